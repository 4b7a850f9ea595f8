"""What is on file for the next request: what another request issued, until its day or until something ended it."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from desktop.usecases.context import Context
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.permissions import Role as AccountRole
from desktop.usecases.requests.case import inputs_of
from desktop.usecases.requests.requests import Form, LogRequest, ReceivePapers, log_request, receive_papers, see_request
from desktop.usecases.requests.timeline import lines_of, see_case
from desktop.usecases.work.hand_out import HandOver, WaitingQuery, hand_over, list_waiting
from desktop.usecases.work.work import DoAct, WorkQuery, do_act, list_work, see_task
from desktop.words import in_language
from desktop.workflow.catalogue.definitions import Catalogue, Demand, Department, Item, Outcome, Role, Text, Want
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.procedure.procedures import ItemKind
from desktop.workflow.time.limits import Limit
from tests.usecases.conftest import SmallHall


def _demand(code: str, outcome: str) -> Demand:
    applicant = Role(code="applicant", name=Text(zh="申请人", en="Applicant"))
    return Demand(code=code, name=Text(zh=code, en=code), roles=(applicant,), wants=(Want(outcome=outcome),))


def _item(code: str, outcome: str, ends: tuple[str, ...] = ()) -> Item:
    name = Text(zh=code, en=code)
    promised = Limit.parse("5 workdays")
    return Item(code=code, name=name, department="mca", provides=(outcome,), ends=ends, promised=promised)


CARDS: Final = Catalogue(
    version="test",
    departments={"mca": Department(code="mca", name=Text(zh="民政局", en="Civil affairs"))},
    outcomes={
        "card": Outcome(code="card", name=Text(zh="证件", en="Card")),
        "end_of_card": Outcome(code="end_of_card", name=Text(zh="注销通知", en="End of the card")),
    },
    items={
        "new_card": _item("new_card", "card"),
        "cancel_card": _item("cancel_card", "end_of_card", ("card",)),
        "change_card": _item("change_card", "card", ("card",)),
    },
    demands={
        "get_card": _demand("get_card", "card").model_copy(
            update={"wants": (Want(outcome="card", item="new_card"),)},
        ),
        "give_up_card": _demand("give_up_card", "end_of_card"),
        "change_of_card": _demand("change_of_card", "card").model_copy(
            update={"wants": (Want(outcome="card", item="change_card", anew=True),)}
        ),
    },
)
"""A card that is made out, changed and given up, each by a request of its own."""


def _person(hall: SmallHall) -> UUID:
    hall.performer.catalogue = CARDS
    new = NewPerson("陈小妹", no_identifier=next(iter(NoIdentifier)), witness="李四")
    subject: UUID = hall.write(hall.clerk, register_person, new).subject
    return subject


def _logged(hall: SmallHall, demand: str, person: UUID) -> UUID:
    form = Form(demand, {"applicant": (person,)})
    request: UUID = hall.write(hall.clerk, log_request, LogRequest(form, despite_twin=True)).request
    return request


def _brought_to_its_end(hall: SmallHall, demand: str, person: UUID) -> UUID:
    """Log a request and carry its one item to the day it is issued."""
    request = _logged(hall, demand, person)
    for act in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE):
        task = hall.read(hall.clerk, see_request, request).tasks[0].id
        values = {"number": "1"} if act is ActKind.ISSUE else {}
        hall.write(hall.reviewer, do_act, DoAct(task, act, values=values))
        hall.clock.move(minutes=1)
    return request


def _items(hall: SmallHall, request: UUID) -> list[str]:
    return [task.item for task in hall.read(hall.clerk, see_request, request).tasks]


def _in_force(context: Context, request: UUID) -> list[str]:
    return [one.code for one in inputs_of(context, request).held if one.valid_on(context.today)]


def test_what_another_request_ended_is_no_longer_on_file(hall: SmallHall) -> None:
    person = _person(hall)
    _brought_to_its_end(hall, "get_card", person)
    assert _items(hall, _logged(hall, "get_card", person)) == [], "a card that stands is not made out again"
    _brought_to_its_end(hall, "give_up_card", person)
    assert _items(hall, _logged(hall, "get_card", person)) == ["new_card"]


def test_what_was_issued_after_an_end_is_on_file_also_on_the_same_day(hall: SmallHall) -> None:
    person = _person(hall)
    _brought_to_its_end(hall, "get_card", person)
    _brought_to_its_end(hall, "give_up_card", person)
    _brought_to_its_end(hall, "get_card", person)
    later = _logged(hall, "get_card", person)
    assert hall.read(hall.clerk, _in_force, later) == ["end_of_card", "card"]


def test_a_change_ends_the_old_card_and_not_the_new_one(hall: SmallHall) -> None:
    person = _person(hall)
    _brought_to_its_end(hall, "get_card", person)
    _brought_to_its_end(hall, "change_of_card", person)
    later = _logged(hall, "get_card", person)
    assert hall.read(hall.clerk, _in_force, later) == ["card"]
    assert _items(hall, later) == []


def test_what_one_person_gave_up_the_other_still_holds(hall: SmallHall) -> None:
    person, other = _person(hall), _person(hall)
    _brought_to_its_end(hall, "get_card", other)
    _brought_to_its_end(hall, "give_up_card", person)
    assert _items(hall, _logged(hall, "get_card", other)) == []


def _without(code: str) -> Catalogue:
    items = {name: item for name, item in CARDS.items.items() if name != code}
    fields = {name: getattr(CARDS, name) for name in Catalogue.model_fields}
    return Catalogue(**(fields | {"items": items, "version": "next"}))


def test_a_case_accepted_stays_in_hand_when_the_catalogue_drops_its_item_until_it_is_ended(hall: SmallHall) -> None:
    request = _logged(hall, "get_card", _person(hall))
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    hall.write(hall.reviewer, do_act, DoAct(task, ActKind.ACCEPT))
    hall.clock.move(minutes=1)
    hall.performer.catalogue = _without("new_card")
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, ()))
    (row,) = hall.read(hall.reviewer, list_work, WorkQuery())
    assert (row.id, row.state, row.department) == (task, "accepted", "mca")
    assert hall.read(hall.reviewer, see_task, task).task.item.name.zh == "目录已不收的事项（new_card）"
    case = hall.read(hall.clerk, see_case, request)
    assert lines_of(case.view.history, case.catalogue, case.zone, in_language("zh"))
    hall.write(hall.reviewer, do_act, DoAct(task, ActKind.TERMINATE, "事项已取消"))
    assert hall.read(hall.clerk, see_request, request).tasks[0].state == "terminated"


def test_a_result_out_is_handed_over_also_when_the_catalogue_drops_its_item(hall: SmallHall) -> None:
    request = _brought_to_its_end(hall, "get_card", _person(hall))
    hall.performer.catalogue = _without("new_card")
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, ()))
    (found,) = hall.read(hall.clerk, list_waiting, WaitingQuery()).results
    hall.write(hall.clerk, hand_over, HandOver((found.task,), "in_person"))
    assert hall.read(hall.clerk, see_request, request).tasks[0].state == "served"


def test_a_result_given_at_once_counts_from_its_grant_and_not_from_the_day_it_is_handed_over(hall: SmallHall) -> None:
    person = _person(hall)
    at_once = CARDS.items["new_card"].model_copy(update={"kind": ItemKind.INSTANT, "promised": None})
    card = CARDS.outcomes["card"].model_copy(update={"valid_for": Limit.parse("30 days")})
    fields = {name: getattr(CARDS, name) for name in Catalogue.model_fields}
    shelves = {"items": {**CARDS.items, "new_card": at_once}, "outcomes": {**CARDS.outcomes, "card": card}}
    hall.performer.catalogue = Catalogue(**(fields | shelves))
    request = _logged(hall, "get_card", person)
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    hall.write(hall.reviewer, do_act, DoAct(task, ActKind.GRANT))
    later = _logged(hall, "give_up_card", person)
    granted = hall.clock.now.date()
    hall.clock.move(days=25)
    hall.sessions[AccountRole.CLERK] = hall.sign_in("clerk")
    hall.write(hall.clerk, hand_over, HandOver((task,), "in_person"))
    (held,) = hall.read(hall.clerk, inputs_of, later).held
    assert (held.since, held.until) == (granted, granted + timedelta(days=30))
