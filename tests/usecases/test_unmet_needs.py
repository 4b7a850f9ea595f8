"""Unmet needs on both stores: seen by who leads the hall, owned, answered once, told, or made a request."""

from typing import Any
from uuid import UUID

import pytest

from db.open import Database
from desktop.authoring import load_catalogue
from desktop.usecases.needs.needs import Unmet, record_unmet_need
from desktop.usecases.needs.unmet_needs import (
    AnswerNeed,
    OwnNeed,
    UnmetLine,
    UnmetQuery,
    answer_need,
    make_request_of_need,
    own_need,
    see_unmet_needs,
    tell_answer,
)
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.perform import Performer
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import see_request
from tests.usecases.conftest import CALENDAR, CATALOGUE, Clock, SmallHall


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    """The shipped catalogue: an enquiry is a matter of its own there."""
    shipped = load_catalogue()
    offered = shipped.model_copy(update={"departments": {**shipped.departments, **CATALOGUE.departments}})
    return Performer(database, offered, CALENDAR, clock)


def kept(hall: SmallHall, words: str = "想给狗办户口", subject: UUID | None = None) -> UUID:
    need: UUID = hall.write(hall.clerk, record_unmet_need, Unmet(words, subject))
    return need


def lines(hall: SmallHall, **query: Any) -> tuple[UnmetLine, ...]:
    found: tuple[UnmetLine, ...] = hall.read(hall.supervisor, see_unmet_needs, UnmetQuery(**query)).lines
    return found


def refusal(hall: SmallHall, act: Any, command: Any) -> str:
    with pytest.raises(Refused) as refused:
        hall.write(hall.supervisor, act, command)
    return refused.value.code


def test_a_supervisor_sees_whose_need_it_is_and_until_when_it_is_answered(hall: SmallHall) -> None:
    new = NewPerson("王秀英", phone="13993200001", no_identifier=NoIdentifier.NOT_AT_HAND)
    kept(hall, subject=hall.write(hall.clerk, register_person, new).subject)
    hall.clock.move(minutes=1)
    kept(hall, "想学开飞机")
    first, second = lines(hall)
    assert (first.words, first.who, first.phone, first.recorder) == (
        "想给狗办户口",
        "王秀英",
        "139****0001",
        "clerk的姓名",
    )
    assert (second.words, second.who, second.phone) == ("想学开飞机", "", None)
    assert (first.due - first.recorded_at.date()).days == 14, "ten working days, two weekends"


def test_a_page_of_needs_goes_on_where_the_last_one_ended(hall: SmallHall) -> None:
    for number in range(3):
        kept(hall, f"需求{number}")
    view = hall.read(hall.supervisor, see_unmet_needs, UnmetQuery(limit=2))
    assert [line.words for line in view.lines] == ["需求0", "需求1"]
    assert [line.words for line in lines(hall, after=view.after, limit=2)] == ["需求2"]


def test_an_owner_is_somebody_who_may_answer(hall: SmallHall) -> None:
    need, owner = kept(hall), hall.supervisor.account_id
    assert refusal(hall, own_need, OwnNeed(need, hall.clerk.account_id)) == "owner_may_not"
    hall.write(hall.supervisor, own_need, OwnNeed(need, owner))
    (line,) = lines(hall)
    assert (line.owner_id, line.owner) == (owner, "supervisor的姓名")
    hall.write(hall.supervisor, own_need, OwnNeed(need, None))
    (line,) = lines(hall)
    assert line.owner is None


def test_an_answer_is_kept_with_its_day_and_given_once(hall: SmallHall) -> None:
    need = kept(hall)
    assert refusal(hall, answer_need, AnswerNeed(need, " \n ")) == "answer_missing"
    assert refusal(hall, tell_answer, need) == "need_unanswered"
    hall.write(hall.supervisor, answer_need, AnswerNeed(need, "犬只登记由公安局办，请到城关派出所。"))
    assert lines(hall) == ()
    (line,) = lines(hall, answered=True)
    assert line.answer == "犬只登记由公安局办，请到城关派出所。"
    assert line.answered_at == hall.clock.now
    assert line.owner == "supervisor的姓名", "who answers owns it, if nobody did"
    assert refusal(hall, answer_need, AnswerNeed(need, "改口")) == "need_answered"
    assert refusal(hall, own_need, OwnNeed(need, None)) == "need_answered"
    hall.write(hall.supervisor, tell_answer, need)
    (line,) = lines(hall, answered=True)
    assert line.told_at == hall.clock.now
    assert refusal(hall, tell_answer, need) == "need_told"


def test_a_need_becomes_a_request_in_the_persons_own_words(hall: SmallHall) -> None:
    need = kept(hall)
    logged = hall.write(hall.supervisor, make_request_of_need, need)
    assert hall.read(hall.supervisor, see_request, logged.request).row.words == "想给狗办户口"
    (line,) = lines(hall, answered=True)
    assert (line.request, line.number, line.answer) == (logged.request, logged.number, None)
    assert refusal(hall, make_request_of_need, need) == "need_answered"


def test_a_need_nobody_recorded_is_not_on_file(hall: SmallHall) -> None:
    nowhere = UUID(int=7)
    assert refusal(hall, answer_need, AnswerNeed(nowhere, "好")) == "need_unknown"
    assert refusal(hall, tell_answer, nowhere) == "need_unknown"
