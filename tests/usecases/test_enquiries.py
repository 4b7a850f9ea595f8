"""A question at the counter: passed on with a limit, or ended at once with its answer."""

from datetime import date
from uuid import UUID

import pytest

from db.open import Database
from desktop.authoring import load_catalogue
from desktop.letters.content import EnquiryReply
from desktop.usecases.letters.letters import list_letters, see_letter
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.perform import Performer
from desktop.usecases.refused import Refused
from desktop.usecases.requests.enquiries import Enquiry, LoggedEnquiry, log_enquiry
from desktop.usecases.requests.requests import Answer, Form, LogRequest, RequestView, log_request, look, see_request
from desktop.usecases.requests.taking_part import AGENT, GUARDIAN, roles_of_demand
from desktop.workflow.catalogue.definitions import CASE
from tests.usecases.conftest import CALENDAR, CATALOGUE, Clock, SmallHall

ASKED = "低保每月几号发？\n我母亲今年八十岁。"


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    """The shipped catalogue: an enquiry is a matter of its own there."""
    shipped = load_catalogue()
    offered = shipped.model_copy(update={"departments": {**shipped.departments, **CATALOGUE.departments}})
    return Performer(database, offered, CALENDAR, clock)


def logged(hall: SmallHall, enquiry: Enquiry) -> tuple[LoggedEnquiry, RequestView]:
    found = hall.write(hall.clerk, log_enquiry, enquiry)
    assert isinstance(found, LoggedEnquiry)
    view = hall.read(hall.clerk, see_request, found.request)
    assert isinstance(view, RequestView)
    return found, view


def test_a_question_without_an_answer_waits_on_its_department_with_a_date(hall: SmallHall) -> None:
    found, view = logged(hall, Enquiry(ASKED))
    assert not found.answered
    assert (view.row.kind, view.row.status, view.row.words) == ("enquiry", "open", ASKED)
    assert view.row.next_actor == "department"
    assert view.row.next_due == date(2026, 3, 5), "three working days"


def test_who_asks_stays_without_a_name_unless_known(hall: SmallHall) -> None:
    _found, view = logged(hall, Enquiry(ASKED))
    assert view.row.applicant == "", "nobody is called by a role"
    person = hall.write(
        hall.clerk, register_person, NewPerson("王小明", phone="13993200001", no_identifier=NoIdentifier.NOT_AT_HAND)
    )
    _found, view = logged(hall, Enquiry(ASKED, subject=person.subject))
    assert view.row.applicant == "王小明"
    assert "13993200001" in {fact.value for fact in view.facts}


def test_nobody_is_asked_for_a_telephone_that_is_on_file(hall: SmallHall) -> None:
    numbers = {"王小明": "13993200001", "李建国": None}
    people = {
        name: hall.write(
            hall.clerk, register_person, NewPerson(name, phone=phone, no_identifier=NoIdentifier.NOT_AT_HAND)
        ).subject
        for name, phone in numbers.items()
    }
    asked = {}
    for name, person in people.items():
        form = Form("help_request", {"applicant": (person,)})
        asked[name] = {question.key.code for question in hall.read(hall.clerk, look, form).plan.questions}
    assert "contact_phone" in asked["李建国"]
    assert "contact_phone" not in asked["王小明"]
    said = (Answer(CASE, "request_text", "下水道堵了"), Answer(CASE, "request_place", "洮阳镇"))
    form = Form("help_request", {"applicant": (people["王小明"],)}, said)
    logged_ = hall.write(hall.clerk, log_request, LogRequest(form))
    view = hall.read(hall.clerk, see_request, logged_.request)
    told = [fact.value for fact in view.facts if fact.code == "contact_phone"]
    assert told == ["13993200001"], "the case tells it, once"


def test_what_nobody_can_be_asked_about_is_closed_as_not_known_and_waits_on_the_department(hall: SmallHall) -> None:
    told = (Answer(CASE, "anonymous_report", value=True), Answer(CASE, "request_text", "夜里倒污水"))
    assert hall.read(hall.clerk, look, Form("report", answers=told)).nobody_to_ask
    logged_ = hall.write(hall.clerk, log_request, LogRequest(Form("report", answers=told)))
    view = hall.read(hall.clerk, see_request, logged_.request)
    assert {fact.code: fact.value for fact in view.facts if fact.value is None} == {
        "request_against": None,
        "request_place": None,
    }
    assert view.plan is not None
    assert view.plan.questions == ()
    assert view.row.next_actor == "department"


def test_who_left_a_telephone_can_still_be_asked(hall: SmallHall) -> None:
    told = (Answer(CASE, "request_text", "下水道堵了"), Answer("role:applicant", "contact_phone", "13893201234"))
    logged_ = hall.write(hall.clerk, log_request, LogRequest(Form("help_request", answers=told)))
    view = hall.read(hall.clerk, see_request, logged_.request)
    assert view.plan is not None
    assert [question.key.code for question in view.plan.questions] == ["request_place"]
    assert view.row.next_actor == "applicant"


def test_letters_are_no_telephone_number(hall: SmallHall) -> None:
    told = (Answer("role:applicant", "contact_phone", "abc"),)
    with pytest.raises(Refused) as refused:
        hall.read(hall.clerk, look, Form("help_request", answers=told))
    assert refused.value.code.startswith("phone_")


def test_only_a_person_has_a_guardian(hall: SmallHall) -> None:
    demands = hall.performer.catalogue.demands
    for demand, kind, may in (
        ("open_restaurant", None, False),
        ("retirement", None, True),
        ("help_request", "enterprise", False),
        ("help_request", "person", True),
    ):
        codes = [role.code for role in roles_of_demand(demands[demand], kind)]
        assert (GUARDIAN in codes) is may, (demand, kind)
        assert AGENT in codes


@pytest.mark.parametrize("name", ["王小明", ""])
def test_a_question_answered_on_the_spot_ends_with_its_answer(hall: SmallHall, name: str) -> None:
    subject: UUID | None = None
    if name:
        subject = hall.write(
            hall.clerk, register_person, NewPerson(name, no_identifier=NoIdentifier.NOT_AT_HAND)
        ).subject
    found, view = logged(hall, Enquiry(ASKED, "每月15日前。\n\n节假日顺延。", subject))
    assert found.answered
    assert (view.row.kind, view.row.status, view.row.next_actor) == ("enquiry", "done", None)
    assert view.row.closed_at is not None
    (line,) = hall.read(hall.clerk, list_letters, found.request)
    reply = hall.read(hall.clerk, see_letter, line.id).letter
    assert isinstance(reply, EnquiryReply)
    assert reply.question.zh == ASKED
    assert [part.zh for part in reply.answer] == ["每月15日前。", "节假日顺延。"]
    assert (reply.applicant.name if reply.applicant else "") == name


def test_a_very_long_question_is_kept_whole(hall: SmallHall) -> None:
    asked = "问" * 3000
    _found, view = logged(hall, Enquiry(asked))
    assert view.row.words == asked


@pytest.mark.parametrize(
    ("words", "code"), [("", "words_missing"), (" \n ", "words_missing"), ("问" * 9000, "too_long")]
)
def test_nothing_and_far_too_much_are_refused(hall: SmallHall, words: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        hall.write(hall.clerk, log_enquiry, Enquiry(words))


def test_a_reviewer_logs_no_enquiry(hall: SmallHall) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        hall.write(hall.reviewer, log_enquiry, Enquiry(ASKED))
