"""A matter small enough to be read at once: a stall licence that asks one question and up to two papers."""

from typing import Final

from desktop.usecases.requests.requests import Answer, Form, Handed, LogRequest
from desktop.workflow.catalogue.definitions import (
    Catalogue,
    Demand,
    Department,
    Fact,
    Item,
    Material,
    Outcome,
    Role,
    Text,
    Want,
)
from desktop.workflow.catalogue.requirements import All, Known, LeafKind, Need, Phase, When
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.time.limits import Limit

STALL: Final = Catalogue(
    version="test",
    departments={
        "mca": Department(code="mca", name=Text(zh="民政局", en="Civil affairs")),
        "amr": Department(code="amr", name=Text(zh="市场监督管理局", en="Market regulation")),
    },
    facts={
        "sells_food": Fact(
            code="sells_food", name=Text(zh="卖食品", en="Sells food"), type=FactType.BOOL, about="case"
        ),
        "opens_on": Fact(code="opens_on", name=Text(zh="开张日期", en="Opening day"), type=FactType.DATE, about="case"),
    },
    materials={
        "site_plan": Material(code="site_plan", name=Text(zh="场地平面图", en="Site plan"), about="case"),
        "health_card": Material(code="health_card", name=Text(zh="健康证明", en="Health certificate"), about="case"),
    },
    outcomes={"stall_licence": Outcome(code="stall_licence", name=Text(zh="摊位证", en="Stall licence"), about="case")},
    items={
        "stall": Item(
            code="stall",
            name=Text(zh="摊位许可", en="Stall permit"),
            department="mca",
            about="case",
            provides=("stall_licence",),
            procedure="permit",
            promised=Limit.parse("5 workdays"),
            statutory=Limit.parse("20 workdays"),
            requires={
                Phase.ACCEPT: All(
                    parts=(
                        Known(code="sells_food"),
                        Need(kind=LeafKind.MATERIAL, code="site_plan"),
                        When(condition="sells_food", part=Need(kind=LeafKind.MATERIAL, code="health_card")),
                    )
                )
            },
        )
    },
    demands={
        "open_stall": Demand(
            code="open_stall",
            name=Text(zh="我要摆摊", en="Open a stall"),
            roles=(Role(code="applicant", name=Text(zh="申请人", en="Applicant")),),
            wants=(Want(outcome="stall_licence"),),
        )
    },
)


def stall_request(*, food: bool = True, papers: tuple[str, ...] = ("site_plan",), words: str = "") -> LogRequest:
    """Somebody wants to open a stall."""
    handed = tuple(Handed("case", code) for code in papers)
    return LogRequest(Form("open_stall", answers=(Answer("case", "sells_food", food),), papers=handed), words=words)
