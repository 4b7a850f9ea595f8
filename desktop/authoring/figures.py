"""What each matter takes for typical people: questions, papers, visits, days, beside the published old way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from desktop.authoring.faults import CatalogueFault, CatalogueUnreadable
from desktop.authoring.folder import TYPICAL
from desktop.authoring.nodes import Block, Scalar, read_tree
from desktop.authoring.trial import Given, trial
from desktop.authoring.trial_file import given_of
from desktop.workflow.catalogue.definitions import BeforeAfter, Catalogue, Demand, Text
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.planning.inputs import FactValue
from desktop.workflow.planning.plan import Actor, PaperLine, Plan, Wanted
from desktop.workflow.procedure.procedures import ItemKind
from desktop.workflow.time.calendars import WorkCalendar
from desktop.workflow.time.limits import Limit

_MOST_QUESTIONS = 100


@dataclass(frozen=True)
class TypicalCase:
    """A typical person of a matter, and what that person answers."""

    code: str
    matter: str
    who: Text
    given: Given


@dataclass(frozen=True)
class Figures:
    """What a matter takes for one typical person.

    `papers` are those the person brings, `shared` of them may come from a register; forms that the hall prints for
    signing are apart, and one of several counts once.
    `visits` are one to hand in and, unless everything is given on the spot, one to collect. `unanswered` are questions
    the case says nothing about; `stopped` tells that the matter leads elsewhere.
    """

    case: TypicalCase
    demand: Demand
    questions: int
    papers: int
    shared: int
    forms: int
    visits: int
    tasks: int
    days: Limit | None
    unanswered: tuple[str, ...]
    stopped: bool

    @property
    def before(self) -> BeforeAfter | None:
        """The old way as published, where there is one."""
        return self.demand.before_after


def shipped_cases(catalogue: Catalogue, today: date) -> tuple[TypicalCase, ...]:
    """Read the typical people shipped with the catalogue."""
    with as_file(files("resources") / "catalogue") as folder:
        return typical_cases(catalogue, folder / TYPICAL, today)


def typical_cases(catalogue: Catalogue, path: Path, today: date) -> tuple[TypicalCase, ...]:
    """Read typical people from a file; raises CatalogueUnreadable with every fault at its line."""
    tree, faults = read_tree(path.name, path.read_bytes())
    cases = tuple(_cases(catalogue, path.name, tree, today, faults))
    if faults:
        raise CatalogueUnreadable(faults)
    return cases


def _cases(
    catalogue: Catalogue, file: str, tree: Block, today: date, faults: list[CatalogueFault]
) -> Iterator[TypicalCase]:
    for code, node in tree.parts.items():
        if not isinstance(node, Block):
            continue
        matter, who = node.parts.get("matter"), node.parts.get("who")
        if not isinstance(matter, Scalar) or matter.text not in catalogue.demands or not isinstance(who, Block):
            key = matter.text if isinstance(matter, Scalar) else code
            values = {"key": "matter", "found": key, "near": ()}
            faults.append(CatalogueFault(file, tree.lines[code], "unknown_code", values))
            continue
        case = Block(node.line, {k: v for k, v in node.parts.items() if k not in {"matter", "who"}}, node.lines)
        given = given_of(catalogue, matter.text, file, case, today, faults)
        name = {key: part.text for key, part in who.parts.items() if isinstance(part, Scalar)}
        yield TypicalCase(code, matter.text, Text(zh=name.get("zh", code), en=name.get("en", code)), given)


def figures_of(catalogue: Catalogue, calendar: WorkCalendar, case: TypicalCase, today: date) -> Figures:
    """Ask a typical person until nothing more is asked, and count."""
    answers = {(fact.subject, fact.code): fact for fact in case.given.facts}
    said: list[FactValue] = []
    unanswered: list[str] = []
    plan = _planned(catalogue, calendar, case, said, today)
    for _number in range(_MOST_QUESTIONS):
        told = {(fact.subject, fact.code) for fact in said}
        asked = next(
            (q.key for q in plan.questions if q.actor is Actor.APPLICANT and q.key[1:][::-1] not in told), None
        )
        if asked is None or plan.route is not None:
            break
        answer = answers.get((asked.subject, asked.code))
        if answer is None:
            yes_or_no = catalogue.facts[asked.code].type is FactType.BOOL
            answer = FactValue(asked.subject, asked.code, False if yes_or_no else None)
            unanswered += [] if yes_or_no else [asked.code]
        said.append(answer)
        plan = _planned(catalogue, calendar, case, said, today)
    return _counted(catalogue, case, plan, len(said), tuple(unanswered))


def _planned(
    catalogue: Catalogue, calendar: WorkCalendar, case: TypicalCase, said: list[FactValue], today: date
) -> Plan:
    given = case.given
    return trial(catalogue, calendar, case.matter, today, Given(given.roles, tuple(said), given.papers, given.choices))


def _counted(
    catalogue: Catalogue, case: TypicalCase, plan: Plan, questions: int, unanswered: tuple[str, ...]
) -> Figures:
    needed = [catalogue.materials[group[-1].key.code] for group in plan.papers_of(PaperLine.NEEDED)]
    forms = [material for material in needed if material.origin == "hall"]
    tasks = [task for task in plan.tasks if task.wanted is Wanted.NEEDED]
    at_once = all(task.item.kind is ItemKind.INSTANT for task in tasks)
    limits = [limit for task in tasks if (limit := task.item.promised or task.item.statutory) is not None]
    return Figures(
        case=case,
        demand=plan.demand,
        questions=questions,
        papers=len(needed) - len(forms),
        shared=sum("shared" in material.forms for material in needed),
        forms=len(forms),
        visits=1 if at_once else 2,
        tasks=len(tasks),
        days=plan.demand.promised or max(limits, key=lambda limit: limit.n, default=None),
        unanswered=unanswered,
        stopped=plan.route is not None,
    )
