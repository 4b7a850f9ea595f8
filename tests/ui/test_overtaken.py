"""Two windows on one task: a form that another has overtaken says so, and what is written in it is not just gone."""

from pytestqt.qtbot import QtBot

from desktop.ui.navigation import Seat
from desktop.usecases.requests.requests import see_request
from desktop.usecases.topics import Topic
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.procedure.legal_states import ActKind
from tests.databases import sqlite_database
from tests.ui.test_work_page import act, come, log, page_of, performer, seat
from tests.usecases.conftest import SmallHall, _quick_hashes, clock, hall

__all__ = ["_quick_hashes", "clock", "hall", "performer", "seat", "sqlite_database"]


def test_a_form_whose_act_somebody_else_has_overtaken_says_so(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    request = log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    page.open(task.id)
    come(qtbot, seat, page)
    act(qtbot, seat, page, ActKind.NOT_ACCEPT)
    acts = page.work.acts
    assert acts.form is not None
    acts.form.reason.editor.setPlainText("不属于许可范围")
    hall.write(hall.reviewer, do_act, DoAct(task.id, ActKind.ACCEPT))
    seat.runner.tell(frozenset({Topic.TASKS}))
    come(qtbot, seat, page)
    assert page.work.acts.form is None
    assert acts.notice.text() == "“不予受理”已不能办：刚有人办过这件事项，现在是“已受理”。"
    page.retranslate()
    assert acts.notice.isVisible(), "reading the page again does not take it away"


def test_an_act_of_ones_own_is_not_told_as_somebody_elses(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    request = log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    page.open(task.id)
    come(qtbot, seat, page)
    act(qtbot, seat, page, ActKind.NOT_ACCEPT)
    acts = page.work.acts
    assert acts.form is not None
    acts.form.reason.editor.setPlainText("不属于许可范围")
    acts.form.go.click()
    come(qtbot, seat, page)
    assert page.work.acts.form is None
    assert not acts.notice.isVisible()
