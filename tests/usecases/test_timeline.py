"""The history of a request, as it is told in both languages."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from db.open import Database
from db.queries.requests import EventRow
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import (
    Answer,
    CorrectFact,
    Handed,
    ReceivePapers,
    correct_fact,
    log_request,
    receive_papers,
    see_request,
)
from desktop.usecases.requests.timeline import ACTS, SENTENCES, CaseView, Line, lines_of, see_case
from desktop.usecases.work.work import DoAct, do_act
from desktop.words import LANGUAGES, Language, catalogue, in_language
from desktop.workflow.procedure.legal_states import ActKind
from tests.usecases.conftest import CALENDAR, MORNING, SHANGHAI, Clock, SmallHall
from tests.usecases.small_case import STALL, stall_request


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, STALL, CALENDAR, clock)


def event(kind: str, late: int = 0, **data: Any) -> EventRow:
    return EventRow(1, uuid4(), kind, uuid4(), MORNING, MORNING + timedelta(days=late), data)


def told(row: EventRow, language: Language = "zh") -> Line:
    (line,) = lines_of([row], STALL, SHANGHAI, in_language(language))
    return line


def sentences(case: CaseView) -> list[str]:
    return [line.sentence for line in lines_of(case.view.history, STALL, case.zone, in_language("zh"))]


def test_a_request_is_told_from_its_logging_to_its_acceptance(hall: SmallHall) -> None:
    request = hall.write(hall.clerk, log_request, stall_request()).request
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, (Handed("case", "health_card"),)))
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    hall.write(hall.reviewer, do_act, DoAct(task.id, ActKind.ACCEPT))
    hall.write(hall.clerk, correct_fact, CorrectFact(request, Answer("case", "sells_food", False), "听错了"))
    case = hall.read(hall.clerk, see_case, request)
    assert sentences(case)[0] == "已登记：我要摆摊。"
    assert "收到材料：健康证明。" in sentences(case)
    assert "民政局已受理：摊位许可。" in sentences(case)
    assert sentences(case)[-1] == "已更正：卖食品。"


def test_a_look_at_a_request_is_no_part_of_its_story() -> None:
    assert lines_of([event("request_seen"), event("task_seen")], STALL, SHANGHAI, in_language("zh")) == ()


@pytest.mark.parametrize("act", list(ActKind))
def test_every_act_has_a_sentence_of_its_own(act: ActKind) -> None:
    line = told(event("act", act=act.value, item="stall"), "en")
    assert "Stall permit" in line.sentence
    assert "code" not in line.sentence


@pytest.mark.parametrize("sentence", [*ACTS.values(), *SENTENCES.values()])
def test_every_sentence_is_said_in_chinese_too(sentence: str) -> None:
    assert sentence in catalogue("zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_no_sentence_yet_is_told_with_its_code(language: Language) -> None:
    assert "moon_rose" in told(event("moon_rose"), language).sentence
    assert "act:sing" in told(event("act", act="sing", item="stall"), language).sentence


def test_what_the_catalogue_no_longer_knows_keeps_its_code() -> None:
    assert "old_paper" in told(event("papers_received", papers=["old_paper"])).sentence
    assert "old_item" in told(event("act", act="accept", item="old_item")).sentence


def test_a_notice_says_what_it_asks_for_and_why() -> None:
    values = {"listed": ["material:health_card:case", "material:site_plan:case"]}
    line = told(event("act", act="supplement", item="stall", reason="看不清", values=values))
    assert line.sentence == "民政局要求补正：摊位许可。"
    assert line.more == ("理由：看不清", "需要补交：健康证明、场地平面图")


def test_what_was_written_down_on_a_later_day_says_so() -> None:
    assert told(event("act", late=2, act="accept", item="stall")).more == ("补记于2026年3月4日 周三",)


def test_a_person_without_the_right_sees_no_case(hall: SmallHall) -> None:
    request = hall.write(hall.clerk, log_request, stall_request()).request
    with pytest.raises(Refused, match="not_allowed"):
        hall.read(hall.sessions[Role.AUDITOR], see_case, request)
