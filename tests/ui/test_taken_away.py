"""A check that was annulled: the request and the work page say so, and the counter passes it on again in one press."""

from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.navigation import Seat
from desktop.ui.pages.request import RequestPage
from desktop.ui.pages.work import WorkPage
from desktop.ui.pages.work_form import Chosen
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.status_mark import StatusMark
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import see_request
from desktop.workflow.catalogue.requirements import Phase
from desktop.workflow.procedure.legal_states import ActKind
from tests.databases import sqlite_database
from tests.ui.page_parts import settle
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.test_run_out import CHECKED, OUT, do, log, town
from tests.usecases.test_taken_away import annulled, person, task

SAID = "决定已撤销（3月2日 周一），需要重新办理"
LOST = "已有存档的结果在另一件办件中已撤销，需要重新办理"
__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, town(Phase.DECIDE, CHECKED, "applicant"), CALENDAR, clock)


def said(rows: KeyValue) -> str:
    return "\n".join(label.text() for label in rows.findChildren(QLabel))


def said_now(page: RequestPage) -> str:
    return "\n".join(mark.text() for mark in page.now.findChildren(StatusMark))


def request_page(seat: Seat, request: UUID, qtbot: QtBot) -> RequestPage:
    page = RequestPage(seat)
    qtbot.addWidget(page)
    page.open(request)
    qtbot.waitUntil(lambda: page.case is not None)
    return page


def test_the_request_says_what_was_annulled_and_what_to_do_now(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = request_page(seat, annulled(hall, "licence"), qtbot)
    told = {(box.row.item, box.row.round): said(box.rows) for box in page.tasks.boxes}
    assert SAID in told["check", 2]
    assert "核对材料和信息，有误的先更正，再转交部门重新办理。" in told["check", 2]
    assert set(told) == {("check", 2), ("shop", 1)}
    assert page.ways.isHidden()


def test_the_counter_finds_it_on_its_list_and_passes_it_on_in_one_press(
    hall: SmallHall, seat: Seat, qtbot: QtBot
) -> None:
    request = annulled(hall, "licence")
    page = WorkPage(seat)
    qtbot.addWidget(page)
    page.reload()
    qtbot.waitUntil(lambda: bool(page.model.rows))
    assert [(row.item, row.round) for row in page.model.rows] == [("check", 2)]
    page.open(page.model.rows[0].id)
    qtbot.waitUntil(lambda: page.view is not None)
    acts = page.work.acts
    assert SAID in said(page.work.facts)
    assert acts.first is ActKind.SUBMIT
    acts.buttons[ActKind.SUBMIT].click()
    qtbot.waitUntil(lambda: task(hall, request, "check", 2).state == "submitted")
    settle()


def test_the_department_sees_what_became_of_what_it_annulled(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    request = log(hall, "licence", roles={"applicant": (person(hall),)})
    do(hall, request, "check", *OUT)
    seat.set_session(hall.reviewer)
    page = WorkPage(seat)
    qtbot.addWidget(page)
    page.open(task(hall, request, "check", 1).id)
    qtbot.waitUntil(lambda: page.view is not None)
    page.work.acts.given.emit(Chosen(ActKind.ANNUL, "看错了号码"))
    qtbot.waitUntil(lambda: any(row.round == 2 for row in hall.read(hall.clerk, see_request, request).tasks))
    settle()
    page.reload()
    qtbot.waitUntil(lambda: page.view is not None and page.view.followed is not None)
    assert "需要重新办理，下一步由窗口办" in said(page.work.facts)
    assert "撤销" in page.notice.text()
    assert page.work.acts.buttons == {}
    assert page.work.evidence.missing.isHidden(), "what is over lacks nothing, and has nothing ready either"


@pytest.mark.parametrize(("answer", "next_is"), [("yes", "submitted"), ("no", "none")])
def test_who_annuls_says_whether_a_new_decision_was_ordered(
    hall: SmallHall, seat: Seat, qtbot: QtBot, *, answer: str, next_is: str
) -> None:
    request = log(hall, "licence", roles={"applicant": (person(hall),)})
    do(hall, request, "check", *OUT)
    seat.set_session(hall.reviewer)
    page = WorkPage(seat)
    qtbot.addWidget(page)
    page.open(task(hall, request, "check", 1).id)
    qtbot.waitUntil(lambda: page.view is not None)
    assert page.view is not None
    acts = page.work.acts
    acts.open_form(next(offer for offer in page.view.offers if offer.act is ActKind.ANNUL))
    assert acts.form is not None
    acts.form.reason.editor.setPlainText("看错了号码")
    acts.form.go.click()
    assert acts.form.fields["redo"].error() == "请选择是否责令重新作出决定，接下来由谁办要看这一项。"
    acts.form.fields["redo"].editor.set_value(answer)
    acts.form.go.click()
    qtbot.waitUntil(lambda: any(row.round == 2 for row in hall.read(hall.clerk, see_request, request).tasks))
    settle()
    assert task(hall, request, "check", 2).state == next_is


def test_another_request_that_stood_on_it_says_so_with_its_next_step(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    who = person(hall)
    one = log(hall, "licence", roles={"applicant": (who,)})
    do(hall, one, "check", *OUT)
    other = log(hall, "licence", roles={"applicant": (who,)})
    do(hall, other, "shop", ActKind.ACCEPT)
    do(hall, one, "check", ActKind.ANNUL, reason="看错了号码")
    page = request_page(seat, other, qtbot)
    box = next(box for box in page.tasks.boxes if box.row.item == "check")
    assert LOST in said(box.rows)
    assert box.acts.first is ActKind.SUBMIT
    assert page.ways.isHidden(), "what the counter simply passes on is not chosen among ways as well"
    assert "选定接下来怎么办" not in said_now(page)


def test_what_the_person_came_for_is_asked_of_them(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    page = request_page(seat, annulled(hall, "check"), qtbot)
    (box,) = page.tasks.boxes
    assert SAID in said(box.rows)
    assert box.acts.first is None
    assert not page.ways.isHidden()
    assert "重新办理" in [label.text() for label in page.ways.findChildren(QLabel)]
