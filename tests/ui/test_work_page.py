"""The work of a department by clicks on real records: taken, asked for, accepted, decided, issued and handed over."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop import words
from desktop.ui.navigation import PAGES, Seat
from desktop.ui.pages.work import ALL, WorkPage
from desktop.ui.refusals import SENTENCES, refusal_words
from desktop.ui.runner import Runner
from desktop.ui.widgets.buttons import Button
from desktop.usecases import work as work_use_case
from desktop.usecases.act_words import ACTORS, ACTS, GATES, NEEDED, REFUSALS, STATES
from desktop.usecases.context import Session
from desktop.usecases.perform import Performer
from desktop.usecases.refused import Refused
from desktop.usecases.requests import Handed, ReceivePapers, log_request, receive_papers, see_request
from desktop.usecases.topics import Topic
from desktop.usecases.work import DoAct, do_act
from desktop.workflow.legal_states import ActKind, Gate, LegalState
from desktop.workflow.plan import Actor
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.page_checks import check_everywhere
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]
PROGRAM = Path(__file__).parents[2] / "desktop"


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


@pytest.fixture
def seat(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[Seat]:
    """The reviewer's seat."""
    runner = Runner(hall.performer)
    found = Seat(runner)
    found.set_session(hall.reviewer)
    yield found
    runner.close()


def log(hall: SmallHall, *, food: bool = False) -> UUID:
    hall.clock.move(minutes=1)
    logged = hall.write(hall.clerk, log_request, stall_request(food=food))
    found: UUID = logged.request
    return found


def page_of(seat: Seat, qtbot: QtBot, session: Session) -> WorkPage:
    seat.set_session(session)
    page = WorkPage(seat)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    come(qtbot, seat, page)
    return page


def come(qtbot: QtBot, seat: Seat, page: WorkPage) -> None:
    """Wait until everything asked for has been answered and shown."""
    qtbot.waitUntil(lambda: seat.runner.pending == 0 and not page._soon.isActive() and not page._stale)


def press(qtbot: QtBot, seat: Seat, page: WorkPage, button: Button) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    come(qtbot, seat, page)


def act(qtbot: QtBot, seat: Seat, page: WorkPage, kind: ActKind) -> None:
    press(qtbot, seat, page, page.work.acts.buttons[kind])


def go(qtbot: QtBot, seat: Seat, page: WorkPage) -> None:
    assert page.work.acts.form is not None
    press(qtbot, seat, page, page.work.acts.form.go)


def state_of(page: WorkPage) -> LegalState:
    assert page.view is not None
    return page.view.task.state.state


def text_of(page: WorkPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_a_request_goes_from_taken_to_issued_by_clicks(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    press(qtbot, seat, page, page.take)
    assert page.work.title.text() == "摊位许可"
    for kind in (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE):
        hall.clock.move(minutes=5)
        act(qtbot, seat, page, kind)
    assert state_of(page) is LegalState.ISSUED
    assert ActKind.SERVE not in page.work.acts.buttons


def test_the_clerk_hands_the_result_over(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    request = log(hall)
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    for kind in (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE):
        hall.clock.move(minutes=5)
        hall.write(hall.reviewer, do_act, DoAct(task.id, kind))
    page = page_of(seat, qtbot, hall.clerk)
    page.table.selectRow(0)
    come(qtbot, seat, page)
    assert ActKind.GRANT not in page.work.acts.buttons
    act(qtbot, seat, page, ActKind.SERVE)
    go(qtbot, seat, page)
    assert hall.read(hall.clerk, see_request, request).row.status == "done"


def test_a_supplement_lists_everything_missing(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall, food=True)
    page = page_of(seat, qtbot, hall.reviewer)
    assert page.model.rows == []
    page.which.editor.set_value(ALL)
    page.which.editor.chosen.emit(ALL)
    come(qtbot, seat, page)
    page.table.selectRow(0)
    come(qtbot, seat, page)
    assert "健康证明" in text_of(page)
    assert ActKind.ACCEPT not in page.work.acts.buttons
    act(qtbot, seat, page, ActKind.SUPPLEMENT)
    form = page.work.acts.form
    assert form is not None
    assert form.listed == ("material:health_card:case",)
    go(qtbot, seat, page)
    assert state_of(page) is LegalState.SUPPLEMENT
    assert page.view is not None
    assert page.view.task.state.notices[0].listed == ("material:health_card:case",)


def test_a_refusal_asks_for_its_reason_in_place(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    request = log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    press(qtbot, seat, page, page.take)
    for kind in (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.REFUSE):
        act(qtbot, seat, page, kind)
    form = page.work.acts.form
    assert form is not None
    form.go.click()
    assert "理由" in form.reason.error()
    assert state_of(page) is LegalState.REVIEWING
    form.reason.editor.setPlainText("场地不在规划摊区内")
    form.go.click()
    come(qtbot, seat, page)
    assert state_of(page) is LegalState.REFUSED
    assert hall.read(hall.clerk, see_request, request).row.status == "ended"


def test_a_form_left_alone_gives_the_buttons_back(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    press(qtbot, seat, page, page.take)
    act(qtbot, seat, page, ActKind.NOT_ACCEPT)
    form = page.work.acts.form
    assert form is not None
    assert not page.work.acts.buttons[ActKind.ACCEPT].isVisible()
    press(qtbot, seat, page, form.leave)
    assert page.work.acts.form is None
    assert page.work.acts.buttons[ActKind.ACCEPT].isVisible()
    assert state_of(page) is LegalState.SUBMITTED


def test_what_is_typed_stays_when_the_case_changes_beside_it(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    request = log(hall, food=True)
    page = page_of(seat, qtbot, hall.reviewer)
    (task,) = hall.read(hall.clerk, see_request, request).tasks
    page.open(task.id)
    come(qtbot, seat, page)
    act(qtbot, seat, page, ActKind.NOT_ACCEPT)
    form = page.work.acts.form
    assert form is not None
    form.reason.editor.setPlainText("不属于许可范围")
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, (Handed("case", "health_card"),)))
    seat.runner.tell(frozenset({Topic.PAPERS}))
    come(qtbot, seat, page)
    assert ActKind.ACCEPT in page.work.acts.buttons
    assert page.work.acts.form is not None
    assert page.work.acts.form.chosen().reason == "不属于许可范围"


def test_what_cannot_be_done_says_why(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    press(qtbot, seat, page, page.take)
    acts = page.work.acts
    assert not acts.why_not.isVisible()
    press(qtbot, seat, page, acts.fold)
    assert acts.why_not.isVisible()
    said = dict(acts.why_not.rows())
    assert "没有缺少" in said["一次性告知补正"]
    assert "已收件，待受理" in said["出具结果"]
    assert not any("{" in why or "原因" in why for why in said.values())


def test_taking_twice_goes_on_to_the_next_one(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    first, second = log(hall), log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    taken = []
    for _time in range(2):
        page.take.click()
        come(qtbot, seat, page)
        assert page.view is not None
        taken.append(page.view.row.request_id)
    assert taken == [first, second]


def test_every_act_state_gate_and_actor_has_a_name() -> None:
    assert (set(ACTS), set(STATES), set(GATES), set(ACTORS)) == (set(ActKind), set(LegalState), set(Gate), set(Actor))


def test_the_page_asks_for_the_permissions_the_use_case_asks_for() -> None:
    assert dict(NEEDED) == work_use_case._PERMISSION


def codes_in(*parts: str) -> set[str]:
    """Every code the program gives with its faults, read from its source."""
    found: set[str] = set()
    for path in (path for part in parts for path in PROGRAM.glob(part)):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'(?:Refused|RefusedAndKept|[A-Z][a-z]+Fault)\(\s*"([a-z_]+)"', text))
    return found


def test_every_code_of_a_refusal_has_a_sentence_in_chinese(look: SetLook) -> None:
    typed = codes_in("cleaning.py")
    found = codes_in("workflow/acts.py", "workflow/legal_states.py", "usecases/*.py") | typed
    found |= {f"identifier_{code}" for code in codes_in("identity.py") | typed}
    assert len(found) > 80
    assert found - set(SENTENCES) - set(REFUSALS) == set()
    assert {code for code, said in REFUSALS.items() if words._(said) == said} == set()


def test_a_refusal_says_its_values_in_words(look: SetLook) -> None:
    refusal = Refused("not_from_state", state=LegalState.GRANTED)
    assert "已准予，待出结果" in refusal_words(refusal)


def test_the_page_is_in_the_rail() -> None:
    assert "work" in [entry.code for entry in PAGES]


def test_the_page_keeps_the_rules_of_every_page(hall: SmallHall, seat: Seat, qtbot: QtBot) -> None:
    log(hall)
    page = page_of(seat, qtbot, hall.reviewer)
    press(qtbot, seat, page, page.take)
    for kind in (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.REFUSE):
        act(qtbot, seat, page, kind)
    assert check_everywhere(page) == []
