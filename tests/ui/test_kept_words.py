"""Words typed into a card and not sent are there again: after Cancel, another request, and the end of the program."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.pages.request import RequestPage
from desktop.ui.pages.work import WorkPage
from desktop.usecases.context import Session
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.usecases.requests.drafts import list_drafts, recover_draft
from desktop.usecases.requests.kept_words import KeepWords, keep_words, words_kept
from desktop.usecases.requests.requests import see_request
from desktop.workflow.procedure.legal_states import ActKind
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.town import Desk, catalogue, logged
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall

WHY = "搬到外地去了，不办了"
Sit = Callable[[Session], Desk]
__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, catalogue(), CALENDAR, clock)


@pytest.fixture
def sit(hall: SmallHall, qapp: QApplication, look: SetLook, qtbot: QtBot) -> Iterator[Sit]:
    """Start the program for somebody; who sat there before has left."""
    desks: list[Desk] = []

    def sit_down(session: Session) -> Desk:
        if desks:
            desks.pop().close()
        desks.append(Desk(qapp, hall, qtbot, session))
        return desks[-1]

    yield sit_down
    desks.pop().close()


def request_page(desk: Desk, request: UUID) -> RequestPage:
    desk.seat.go("request", request)
    page = desk.window.workspace.pages["request"]
    assert isinstance(page, RequestPage)
    desk.until(lambda: page.case is not None and page.case.view.row.id == request)
    desk.settle()
    return page


def test_why_a_person_withdraws_is_there_again_after_cancel_and_for_no_other_request(hall: SmallHall, sit: Sit) -> None:
    request, other = logged(hall, None), logged(hall, None)
    desk = sit(hall.clerk)
    page = request_page(desk, request)
    page.withdrawing.begin.click()
    page.withdrawing.reason.editor.setPlainText(WHY)
    page.withdrawing.leave.click()
    request_page(desk, other)
    page.withdrawing.begin.click()
    assert page.withdrawing.reason.editor.toPlainText() == ""
    request_page(desk, request)
    page.withdrawing.begin.click()
    assert page.withdrawing.reason.editor.toPlainText() == WHY


def test_what_was_typed_is_there_again_when_the_program_was_closed_and_gone_once_sent(
    hall: SmallHall, sit: Sit
) -> None:
    request = logged(hall, None)
    page = request_page(sit(hall.clerk), request)
    page.withdrawing.begin.click()
    page.withdrawing.reason.editor.setPlainText(WHY)
    desk = sit(hall.clerk)  # at once: nothing has waited for its rest
    assert hall.read(hall.clerk, words_kept) == {f"withdraw:{request}": {"reason": WHY}}
    page = request_page(desk, request)
    page.withdrawing.begin.click()
    assert page.withdrawing.reason.editor.toPlainText() == WHY
    page.withdrawing.go.click()
    desk.until(lambda: hall.read(hall.clerk, see_request, request).row.status == "withdrawn")
    desk.until(lambda: hall.read(hall.clerk, words_kept) == {})


def test_a_correction_and_its_reason_are_there_again(hall: SmallHall, sit: Sit) -> None:
    request = logged(hall, None)
    page = request_page(sit(hall.clerk), request)
    page.facts.buttons["sells_food"].click()
    reason = page.facts.editor.reason.editor
    reason.setText(WHY)
    reason.textEdited.emit(WHY)
    page.facts.editor.cancel.click()
    page.facts.buttons["sells_food"].click()
    assert reason.text() == WHY


def test_the_reason_of_a_refusal_is_there_again_and_not_that_of_another_act(hall: SmallHall, sit: Sit) -> None:
    request = logged(hall, None)
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    for _time in range(2):
        desk = sit(hall.reviewer)
        desk.seat.go("work", task)
        page = desk.window.workspace.pages["work"]
        assert isinstance(page, WorkPage)
        desk.until(lambda page=page: page.view is not None)  # type: ignore[misc]
        desk.settle()
        acts = page.work.acts
        acts.buttons[ActKind.NOT_ACCEPT].click()
        assert acts.form is not None
        if _time:
            assert acts.form.reason.editor.toPlainText() == WHY
        acts.form.reason.editor.setPlainText(WHY)
        acts.form.leave.click()
        acts.buttons[ActKind.SUPPLEMENT].click()
        assert acts.form is not None
        assert acts.form.reason.editor.toPlainText() == ""


def test_words_of_cards_are_no_form_and_those_nobody_touched_for_a_week_go(hall: SmallHall) -> None:
    hall.write(hall.clerk, keep_words, KeepWords({"withdraw:1": {"reason": WHY}}))
    assert hall.read(hall.clerk, list_drafts).lines == ()
    assert hall.write(hall.clerk, recover_draft) is None
    assert hall.read(hall.supervisor, words_kept) == {}
    hall.clock.move(days=5)
    clerk = hall.sign_in(Role.CLERK.value)
    hall.write(clerk, keep_words, KeepWords({"act:2:refuse": {"reason": "缺少证明"}}))
    assert hall.read(clerk, words_kept) == {"withdraw:1": {"reason": WHY}, "act:2:refuse": {"reason": "缺少证明"}}
    hall.clock.move(days=3)
    assert list(hall.read(hall.sign_in(Role.CLERK.value), words_kept)) == ["act:2:refuse"]
