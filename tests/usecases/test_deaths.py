"""Somebody on record as dead applies for nothing more and acts for nobody; what is still open of theirs is found."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from db.open import Database
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.perform import Performer
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.overview import see_overview
from desktop.usecases.requests.request_groups import Group
from desktop.usecases.requests.request_list import ListQuery, see_list
from desktop.usecases.requests.requests import Answer, CorrectFact, Form, LogRequest, correct_fact, log_request, look
from desktop.workflow.catalogue.definitions import Catalogue, Demand, Fact, Item, Outcome, Role, Scene, Text, Want
from desktop.workflow.catalogue.requirements import Known
from desktop.workflow.conditions.condition import FactType
from tests.usecases.conftest import CALENDAR, CATALOGUE, Clock, SmallHall

DIED = date(2026, 2, 26)


def _text(zh: str) -> Text:
    return Text(zh=zh, en=zh)


def _provided(code: str, about: str, procedure: str, *asks: str) -> tuple[Item, Outcome]:
    requires = {"accept": Known(code=asks[0])} if asks else {}
    item = Item(
        code=code, name=_text(code), department="mca", about=about, provides=(f"{code}_done",), procedure=procedure,
        requires=requires,
    )  # fmt: skip
    return item, Outcome(code=f"{code}_done", name=_text(code), about=about)


_PARTS = (
    _provided("register_death", "deceased", "registration", "death_date"),
    _provided("permit", "applicant", "permit"),
    _provided("ask", "applicant", "enquiry"),
)
_APPLICANT = Role(code="applicant", name=_text("申请人"), kinds=("person",))
_DECEASED = Role(code="deceased", name=_text("逝者"), kinds=("person",))
TOWN = Catalogue(
    version="deaths",
    departments=CATALOGUE.departments,
    scenes={"life": Scene(code="life", name=_text("生活"), audience="personal")},
    facts={"death_date": Fact(code="death_date", name=_text("死亡日期"), type=FactType.DATE, about="deceased")},
    items={item.code: item for item, _outcome in _PARTS},
    outcomes={outcome.code: outcome for _item, outcome in _PARTS},
    demands={
        code: Demand(code=code, name=_text(code), scene="life", roles=roles, wants=(Want(outcome=f"{item}_done"),))
        for code, item, roles in (
            ("after_a_death", "register_death", (_APPLICANT, _DECEASED)),
            ("licence", "permit", (_APPLICANT,)),
            ("enquiry", "ask", (_APPLICANT,)),
        )
    },
)


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, TOWN, CALENDAR, clock)


def person(hall: SmallHall, name: str) -> UUID:
    new = NewPerson(name, no_identifier=NoIdentifier.NOT_AT_HAND)
    found: UUID = hall.write(hall.clerk, register_person, new).subject
    return found


def log(hall: SmallHall, demand: str, applicant: UUID, **more: Any) -> UUID:
    roles = {"applicant": (applicant,), **more.pop("roles", {})}
    found: UUID = hall.write(hall.clerk, log_request, LogRequest(Form(demand, roles, **more))).request
    return found


def death_of(hall: SmallHall, somebody: UUID) -> UUID:
    told = (Answer(str(somebody), "death_date", DIED),)
    return log(hall, "after_a_death", person(hall, "张建军"), roles={"deceased": (somebody,)}, answers=told)


def test_who_is_on_record_as_dead_cannot_apply_and_the_form_says_so_before(hall: SmallHall) -> None:
    father = person(hall, "张德福")
    form = Form("licence", {"applicant": (father,)})
    assert hall.read(hall.clerk, look, form).dead is None
    death_of(hall, father)
    seen = hall.read(hall.clerk, look, form).dead
    assert (seen.code, seen.values["which"]) == ("applicant_dead", "applicant")
    assert "张德福已登记于2026年2月26日 周四去世" in refusal_words(seen)
    assert "继承人可以用自己的名义来办" in refusal_words(seen)
    with pytest.raises(Refused, match="applicant_dead"):
        log(hall, "licence", father)


@pytest.mark.parametrize("role", ["agent", "guardian"])
def test_nobody_on_record_as_dead_acts_for_another(hall: SmallHall, role: str) -> None:
    father, daughter = person(hall, "张德福"), person(hall, "张小兰")
    death_of(hall, father)
    form = Form("licence", {"applicant": (daughter,), role: (father,)})
    assert hall.read(hall.clerk, look, form).dead.code == f"{role}_dead"


def test_who_is_wrongly_on_record_as_dead_may_still_ask_and_applies_once_it_is_put_right(hall: SmallHall) -> None:
    father = person(hall, "张德福")
    wrong = death_of(hall, father)
    log(hall, "enquiry", father)
    hall.clock.move(minutes=1)
    hall.write(hall.clerk, correct_fact, CorrectFact(wrong, Answer(str(father), "death_date", None), "本人到场"))
    assert hall.read(hall.clerk, see_list, ListQuery(among=(log(hall, "licence", father),))).rows


def test_what_is_open_of_somebody_who_died_since_is_found(hall: SmallHall) -> None:
    father = person(hall, "张德福")
    request = log(hall, "licence", father)
    log(hall, "licence", person(hall, "李四"))
    assert found(hall) == []
    hall.clock.move(minutes=1)
    told = death_of(hall, father)
    assert found(hall) == [request]
    (figure,) = [one for one in hall.read(hall.clerk, see_overview).mine if one.group is Group.APPLICANT_DEAD]
    assert figure.number == 1
    hall.clock.move(minutes=1)
    hall.write(hall.clerk, correct_fact, CorrectFact(told, Answer(str(father), "death_date", None), "同名的人"))
    assert found(hall) == []


def found(hall: SmallHall) -> list[UUID]:
    return [row.id for row in hall.read(hall.clerk, see_list, ListQuery(group=Group.APPLICANT_DEAD)).rows]
