"""The letters of a request on real records: listed, seen on paper, and kept as a file."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.letters.render import render
from desktop.ui.navigation import Seat
from desktop.ui.pages.letter_panel import LetterPanel
from desktop.ui.runner import Runner
from desktop.ui.sizes import Size
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.usecases.letters.letters import list_letters, see_letter
from desktop.usecases.perform import Performer
from desktop.usecases.requests.requests import log_request, see_request
from desktop.usecases.topics import Topic
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.procedure.legal_states import ActKind
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.page_checks import check_everywhere
from tests.ui.page_parts import settle
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


@pytest.fixture
def request_id(hall: SmallHall) -> UUID:
    found: UUID = hall.write(hall.clerk, log_request, stall_request(food=False)).request
    return found


@pytest.fixture
def panel(hall: SmallHall, look: SetLook, request_id: UUID, qtbot: QtBot) -> Iterator[LetterPanel]:
    runner = Runner(hall.performer)
    seat = Seat(runner)
    seat.set_session(hall.clerk)
    shown = LetterPanel(seat)
    qtbot.addWidget(shown)
    shown.show()
    with qtbot.waitSignal(shown.shown):
        shown.show_request(request_id)
    yield shown
    runner.close()


def test_a_request_just_logged_shows_its_receipt(panel: LetterPanel) -> None:
    assert [button.text() for button in panel.buttons.values()] == ["收件回执 收件-20260302-0001"]
    assert panel.preview.page_count >= 1
    assert panel.none.isHidden()


def test_an_act_brings_its_letter_to_the_front(
    panel: LetterPanel, hall: SmallHall, request_id: UUID, clock: Clock, qtbot: QtBot
) -> None:
    clock.move(minutes=1)
    (task,) = hall.read(hall.clerk, see_request, request_id).tasks
    panel.seat.set_session(hall.reviewer)
    with qtbot.waitSignal(panel.shown) as seen:
        panel.seat.runner.write(panel, do_act, DoAct(task.id, ActKind.ACCEPT))
    assert [line.kind for line in panel.lines] == ["acceptance", "receipt"]
    assert seen.args == [panel.lines[0].id]
    with qtbot.waitSignal(panel.shown) as seen:
        panel.buttons[panel.lines[1].id].click()
    assert seen.args == [panel.lines[1].id]


def test_a_letter_is_kept_whole_or_not_at_all(
    panel: LetterPanel, hall: SmallHall, request_id: UUID, tmp_path: Path
) -> None:
    (line,) = hall.read(hall.clerk, list_letters, request_id)
    rendered = render(hall.read(hall.clerk, see_letter, line.id).letter)
    assert panel.save_to(rendered, str(tmp_path / "letter.pdf"))
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")
    assert not panel.save_to(rendered, str(tmp_path / "no such folder" / "letter.pdf"))
    assert [path.name for path in tmp_path.glob("*letter*")] == ["letter.pdf"]
    assert not (tmp_path / "no such folder").exists()
    assert panel.notice.isVisible()


def test_a_letter_is_seen_in_either_language_or_both_and_in_large_print(panel: LetterPanel) -> None:
    pages = panel.preview.page_count
    titles = []
    for language in ("zh", "en", "both"):
        panel.language.editor.set_value(language)
        panel.language.editor.chosen.emit(language)
        titles.append(panel.preview.paper.accessibleName())
    assert "收件回执" in titles[0]
    assert "Receipt" in titles[1]
    assert "收件回执" in titles[2]
    assert "Receipt" in titles[2]
    panel.print_size.editor.set_value("large")
    panel.print_size.editor.chosen.emit("large")
    assert panel.preview.page_count >= pages


def test_each_letter_says_when_whose_and_by_whom(panel: LetterPanel) -> None:
    assert [label.text() for label in panel._whose.values()] == [
        "2026年3月2日 周一 09:30，临洮县政务大厅，经办人clerk的姓名"
    ]


def test_many_letters_are_folded_to_the_newest_and_the_chosen_one(
    panel: LetterPanel, hall: SmallHall, request_id: UUID, clock: Clock, qtbot: QtBot
) -> None:
    (task,) = hall.read(hall.clerk, see_request, request_id).tasks
    for act in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE):
        hall.write(hall.reviewer, do_act, DoAct(task.id, act))
    hall.write(hall.clerk, do_act, DoAct(task.id, ActKind.SERVE, values={"method": "in_person"}))
    panel.seat.runner.tell(frozenset({Topic.TASKS}))
    qtbot.waitUntil(lambda: len(panel.lines) == 4)
    assert panel.more.isHidden()
    panel._show_lines((*panel.lines, *(line._replace(id=uuid4()) for line in panel.lines)))
    settle()
    assert [button.isVisibleTo(panel) for button in panel.buttons.values()] == [True] * 4 + [False] * 4
    assert panel.more.text() == "查看全部8份文书"
    panel.more.click()
    assert all(button.isVisibleTo(panel) for button in panel.buttons.values())


def test_the_panel_keeps_the_rules_of_every_page(panel: LetterPanel) -> None:
    page = ScrollPage()
    page.add(panel)
    assert check_everywhere(page) == []


@pytest.mark.parametrize(("size", "readable"), [("standard", 70), ("largest", 110)])
def test_a_letter_can_be_read_at_the_width_of_a_page(
    panel: LetterPanel, look: SetLook, size: Size, readable: int
) -> None:
    look(size=size)
    panel.resize(1110, 900)
    settle()
    assert panel.preview.zoom >= readable
    panel.preview.paper.setFocus()
    QTest.keyClick(panel.preview.paper, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert panel.preview.zoom > readable
    QTest.keyClick(panel.preview.paper, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert panel.preview.paper.horizontalScrollBar().maximum() == 0


def test_the_pages_of_a_letter_lie_open_on_the_page_around(panel: LetterPanel) -> None:
    page = ScrollPage()
    page.add(panel)
    page.resize(1110, 600)
    page.show()
    settle()
    paper, bar = panel.preview.paper, page.verticalScrollBar()
    assert paper.verticalScrollBar().maximum() == 0
    assert paper.height() >= panel.preview.page_count * panel.preview._painter.page_size().height()
    before = bar.value()
    QTest.keyClick(paper, Qt.Key.Key_PageDown)
    after = bar.value()
    panel.setParent(None)  # it is closed by itself
    assert after > before


def test_no_empty_place_stays_below_a_small_page(panel: LetterPanel) -> None:
    panel.resize(1110, 2000)
    settle()
    panel.preview.set_zoom(50)
    settle()
    paper = panel.preview.paper
    page = panel.preview._painter.page_size().height()
    assert paper.viewport().height() - page <= 2 * paper.fontMetrics().height()


def test_no_button_of_the_preview_is_cut_in_the_largest_size(panel: LetterPanel, look: SetLook) -> None:
    for language in ("zh", "en"):
        look("light", "largest", language)
        panel.resize(700, 1200)
        settle()
        assert panel.minimumSizeHint().width() <= 700
        for button in panel.preview.findChildren(QPushButton):
            assert button.width() >= button.sizeHint().width(), button.text()
            assert button.mapTo(panel, button.rect().topRight()).x() < 700
