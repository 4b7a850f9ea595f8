"""The page of one request on real records: its plan, its dates, its papers and facts, and what may be done."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages.request import RequestPage
from desktop.ui.pages.request_acts import ACT_WORDS
from desktop.ui.pages.request_words import ACTOR_WORDS, STATE_WORDS
from desktop.ui.runner import Runner
from desktop.ui.widgets.yes_no import YesNo
from desktop.usecases.perform import Performer
from desktop.usecases.requests import log_request, see_request
from desktop.usecases.work import DoAct, do_act
from desktop.workflow.legal_states import ActKind, LegalState
from desktop.workflow.plan import Actor
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.page_checks import check_everywhere
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


@pytest.fixture
def seat(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[Seat]:
    """A clerk's seat at the small hall."""
    runner = Runner(hall.performer)
    found = Seat(runner)
    found.set_session(hall.clerk)
    yield found
    runner.close()


@pytest.fixture
def request_id(hall: SmallHall) -> UUID:
    """A stall that sells food; the health certificate is missing."""
    logged = hall.write(hall.clerk, log_request, stall_request(words="想在夜市卖凉皮"))
    found: UUID = logged.request
    return found


@pytest.fixture
def page(seat: Seat, request_id: UUID, qtbot: QtBot) -> Iterator[RequestPage]:
    window, shown = QMainWindow(), RequestPage(seat)
    window.setCentralWidget(shown)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    shown.open(request_id)
    come(qtbot, seat, shown)
    yield shown
    window.close()


def come(qtbot: QtBot, seat: Seat, page: RequestPage) -> None:
    """Wait until everything asked for has been answered and shown."""
    qtbot.waitUntil(lambda: page.case is not None and seat.runner.pending == 0 and not page._soon.isActive())


def text_of(page: Any) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def accept(hall: SmallHall, request: UUID) -> None:
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    hall.write(hall.reviewer, do_act, DoAct(task.id, ActKind.ACCEPT))


def test_a_request_shows_who_wants_what_and_on_whom_it_waits(page: RequestPage) -> None:
    assert page.title.text() == "我要摆摊"
    assert "20260302-0001" in page.who.text()
    assert page.status.text() == "等申请人"
    assert page.who.isVisible()
    assert page.status.isVisible()
    assert "想在夜市卖凉皮" in text_of(page)


def test_a_missing_paper_is_taken_in_and_the_plan_changes(page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    assert page.case is not None
    before = page.case
    page.papers.buttons["health_card", "original"].click()
    qtbot.waitUntil(lambda: page.case is not before)
    come(qtbot, seat, page)
    assert page.papers.buttons == {}
    assert "收到材料：健康证明。" in text_of(page.timeline)
    assert page.status.text() == "等部门"


def test_a_corrected_fact_takes_the_paper_off_the_list(page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    before = page.case
    page.facts.buttons["sells_food"].click()
    field = page.facts.editor.value
    assert field is not None
    assert isinstance(field.editor, YesNo)
    field.editor.set_value("no")
    page.facts.editor.save.click()
    qtbot.waitUntil(lambda: page.case is not before)
    come(qtbot, seat, page)
    assert "health_card" not in {code for code, _form in page.papers.buttons}
    assert "卖食品：否" in text_of(page.facts)
    assert "原先：是" in text_of(page.facts)
    assert page.facts.editor.isHidden()


def test_an_empty_correction_is_questioned_and_nothing_is_written(page: RequestPage, seat: Seat) -> None:
    page.facts.buttons["sells_food"].click()
    page.facts.editor.save.click()
    assert page.facts.editor.value is not None
    assert page.facts.editor.value.error()
    assert seat.runner.pending == 0


def test_a_half_typed_correction_outlives_a_reload(page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    page.facts.buttons["sells_food"].click()
    page.facts.editor.reason.editor.setText("听错了")
    before = page.case
    page.reload()
    qtbot.waitUntil(lambda: page.case is not before)
    assert not page.facts.editor.isHidden()
    assert page.facts.editor.reason.editor.text() == "听错了"


def test_a_date_is_explained_day_by_day(page: RequestPage, seat: Seat, hall: SmallHall, qtbot: QtBot) -> None:
    page.papers.buttons["health_card", "original"].click()
    come(qtbot, seat, page)
    assert page.request is not None
    accept(hall, page.request)
    page.case = None
    page.reload()
    come(qtbot, seat, page)
    assert page.due.text() == "3月9日 周一，还有5个工作日"
    (box,) = page.tasks.boxes
    box.why.click()
    rows = box.ledger.rows()
    assert rows[0] == ("期限", "5个工作日")
    assert ("3月7日 周六至3月8日 周日", "周末，不计入") in rows
    assert rows[-1] == ("到期", "3月9日 周一")


def test_every_act_is_named_with_whether_it_may_be_done(page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    (box,) = page.tasks.boxes
    box.offers.click()
    qtbot.waitUntil(lambda: not box.acts.isHidden())
    answers = dict(box.acts.rows())
    assert answers["撤回申请"].startswith("现在可办")
    assert not answers["送达结果"].startswith("现在可办")
    assert not any("原因" in answer for answer in answers.values())


def test_a_task_leads_to_its_work(page: RequestPage, seat: Seat, qtbot: QtBot) -> None:
    (box,) = page.tasks.boxes
    with qtbot.waitSignal(seat.page_requested) as gone:
        box.go.click()
    assert gone.args == ["work", box.row.id]


def test_every_act_state_and_actor_has_a_word() -> None:
    assert set(ACT_WORDS) == {act.value for act in ActKind}
    assert set(STATE_WORDS) == {state.value for state in LegalState}
    assert set(ACTOR_WORDS) == {actor.value for actor in Actor}


def test_the_page_keeps_the_rules_of_every_page(page: RequestPage) -> None:
    assert check_everywhere(page) == []
