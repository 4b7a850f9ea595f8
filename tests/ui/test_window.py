"""The window at the desk: rail, pages, palette, lock, and everything that is switched while it runs."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop import words
from desktop.app import performer_on
from desktop.ui import navigation, theme
from desktop.ui.crash import CrashReporter
from desktop.ui.navigation import PageEntry, Seat
from desktop.ui.pages.page import Page
from desktop.ui.palette import Command, Palette, found
from desktop.ui.runner import Runner
from desktop.ui.sizes import SIZES, Size
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.window import IDLE_MS, Window
from desktop.usecases.context import Session
from desktop.usecases.permissions import Permission, Role
from desktop.usecases.topics import Topic
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.page_checks import check_everywhere, check_page
from tests.ui.page_parts import settle

__all__ = ["sqlite_database"]

ABOUT = next(entry for entry in navigation.PAGES if entry.code == "about")
HALL = ("临洮县政务服务中心", "Lintao Service Hall")


class Notes(Page):
    """A page with one field, which counts how often it reads."""

    topics = frozenset({Topic.DRAFTS})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.reads = 0
        self.opened: list[object] = []
        self.field = QLineEdit()
        Column(self).addWidget(self.field)
        self.retranslate()

    def open(self, argument: object) -> None:
        self.opened.append(argument)

    def reload(self) -> None:
        self.reads += 1

    def retranslate(self) -> None:
        self.field.setAccessibleName("备注" if words.language() == "zh" else "Notes")


def session(*roles: Role) -> Session:
    return Session(uuid4(), uuid4(), uuid4(), "李娜", frozenset(roles or {Role.CLERK}), None, "3")


@pytest.fixture
def window(
    qapp: QApplication, look: SetLook, sqlite_database: Database, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Window]:
    """A clerk's desk with two more pages, one of which only the administrator sees."""
    more = (
        PageEntry("notes", "Notes", "edit", None, Notes),
        PageEntry("back_up", "Back up", "save", Permission.BACK_UP, Notes),
        PageEntry("note", "Note", "edit", None, Notes, on_rail=False, under="notes"),
    )
    monkeypatch.setattr(navigation, "PAGES", (ABOUT, *more))
    runner = Runner(performer_on(sqlite_database))
    made = Window(qapp)
    made.furnish(Seat(runner))
    qtbot.addWidget(made)
    made.show()
    assert made.seat is not None
    made.seat.set_session(session())
    made.begin(HALL)
    settle()
    yield made
    made.close()
    runner.close()


def notes(window: Window) -> Notes:
    window.workspace.go("notes")
    settle()
    page = window.workspace.pages["notes"]
    assert isinstance(page, Notes)
    return page


def test_the_rail_offers_what_the_person_may_see(window: Window) -> None:
    assert list(window.workspace.rail.buttons) == ["about", "notes"]
    window.workspace.go("back_up")
    assert window.workspace.current() == "about"


def test_an_administrator_sees_more(window: Window) -> None:
    assert window.seat is not None
    window.seat.set_session(session(Role.ADMINISTRATOR))
    window.begin(HALL)
    assert list(window.workspace.rail.buttons) == ["about", "notes", "back_up"]


def test_a_press_on_the_rail_shows_the_page_and_marks_it(window: Window) -> None:
    window.workspace.rail.buttons["notes"].click()
    assert window.workspace.current() == "notes"
    assert window.workspace.rail.buttons["notes"].isChecked()
    assert not window.workspace.rail.buttons["about"].isChecked()


def test_a_page_without_a_place_in_the_rail_marks_the_one_it_belongs_to(window: Window) -> None:
    assert window.workspace.rail.buttons["about"].isChecked()
    window.workspace.go("note")
    assert window.workspace.rail.buttons["notes"].isChecked()


def test_a_page_is_gone_to_with_what_it_is_to_open(window: Window) -> None:
    assert window.seat is not None
    window.seat.go("notes", "R-12")
    assert notes(window).opened == ["R-12"]


def test_a_visible_page_reads_again_when_its_data_change_and_only_then(window: Window) -> None:
    page = notes(window)
    assert page.reads == 1
    runner = page.seat.runner
    runner.tell(frozenset({Topic.PEOPLE}))
    settle()
    assert page.reads == 1
    runner.tell(frozenset({Topic.DRAFTS, Topic.PEOPLE}))
    runner.tell(frozenset({Topic.DRAFTS}))
    settle()
    assert page.reads == 2


def test_a_hidden_page_reads_again_when_it_is_shown(window: Window) -> None:
    page = notes(window)
    window.workspace.go("about")
    page.seat.runner.tell(frozenset({Topic.DRAFTS}))
    settle()
    assert page.reads == 1
    window.workspace.go("notes")
    settle()
    assert page.reads == 2


def test_the_rail_gives_way_to_a_menu_with_words_and_comes_back(window: Window) -> None:
    rail, bar = window.workspace.rail, window.workspace.bar
    assert not bar.menu.isVisible()
    rail.fold.click()
    settle()
    assert not rail.isVisible()
    assert bar.menu.isVisible()
    assert bar.menu.text() == "菜单"
    bar.menu.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words[:2] == ["关于\tCtrl+1", "Notes\tCtrl+2"]
    assert "咨询\tCtrl+E" in words
    menu.actions()[1].trigger()
    assert window.workspace.current() == "notes"
    menu.actions()[-1].trigger()
    menu.close()
    assert rail.isVisible()
    assert not bar.menu.isVisible()


def test_the_rail_gives_way_to_a_page_that_would_be_cut_beside_it(window: Window, look: SetLook, qtbot: QtBot) -> None:
    rail, page = window.workspace.rail, notes(window)
    scroll, wide = ScrollPage(margins=0), QWidget()
    scroll.add(wide)
    layout = page.layout()
    assert layout is not None
    layout.addWidget(scroll)
    look(size="largest")
    rail.toggle()
    window.resize(1024, 700)
    settle()
    assert rail.isVisible()
    wide.setMinimumWidth(1024 - rail.width())
    qtbot.waitUntil(lambda: not rail.isVisible())
    settle()
    assert scroll.width() <= window.width()
    rail.toggle()
    settle()
    assert not rail.isVisible(), "there is no room for it"
    window.resize(1366, 700)
    qtbot.waitUntil(rail.isVisible)


def test_the_keys_of_the_pages_work_while_the_rail_is_folded(window: Window) -> None:
    window.activateWindow()
    window.workspace.rail.toggle()
    settle()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.current() == "notes"


def test_large_text_folds_the_rail_until_the_person_unfolds_it(window: Window, look: SetLook) -> None:
    rail = window.workspace.rail
    shown = {}
    for size in SIZES:
        look(size=size)
        shown[size] = rail.isVisible()
    assert shown == {"standard": True, "large": True, "larger": False, "largest": False}
    rail.toggle()
    assert rail.isVisible()
    look(size="larger")
    assert rail.isVisible()
    look()
    assert rail.isVisible()


def test_in_large_text_one_button_of_the_rail_opens_the_quick_acts(window: Window, look: SetLook) -> None:
    rail = window.workspace.rail
    assert not rail.more.isVisible()
    look(size="largest")
    rail.toggle()
    settle()
    assert rail.more.isVisible()
    assert rail.more.mapTo(window, rail.more.rect().bottomLeft()).y() < 768
    chosen: list[str] = []
    rail.act_chosen.connect(chosen.append)
    rail.more.click()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [action.text() for action in menu.actions()][:2] == ["咨询\tCtrl+E", "查进度\tCtrl+J"]
    menu.actions()[-1].trigger()
    menu.close()
    assert chosen == ["keys"]


@pytest.mark.parametrize("width", [1024, 1366])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", ["larger", "largest"])
def test_the_bar_keeps_to_one_row_in_large_text(
    window: Window, look: SetLook, size: Size, language: words.Language, width: int
) -> None:
    bar = window.workspace.bar
    assert bar.look.size_button.isVisible()
    look(size=size, language=language)
    window.resize(width, 768)
    settle()
    assert window.width() == width
    assert bar.height() <= 96
    assert bar.where.sizeHint().height() < 2 * bar.where.fontMetrics().height()
    assert HALL[language == "en"] in bar.where.accessibleName()
    assert bar.where.text() == HALL[language == "en"] or "…" in bar.where.text()
    assert not bar.look.size_button.isVisible()
    bar.look.display_button.click()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.actions()[0].trigger()
    menu.close()
    sizes = QApplication.activePopupWidget()
    assert sizes is not None
    sizes.actions()[0].trigger()
    sizes.close()
    assert theme.current().size == "standard"
    settle()
    assert bar.look.size_button.isVisible() or width < 1366


def test_the_lock_keeps_what_is_half_typed_and_hides_it(window: Window) -> None:
    page = notes(window)
    page.field.setText("写到一半")
    question = QDialog(window)
    question.open()
    window.lock()
    settle()
    assert not page.field.isVisible()
    assert not question.isVisible()
    window.unlock()
    settle()
    assert notes(window).field.text() == "写到一半"
    assert question.isVisible()
    question.close()


def test_five_minutes_without_a_sign_of_life_lock_the_seat(window: Window) -> None:
    assert window._idle.interval() == IDLE_MS == 300_000
    window._idle.timeout.emit()
    assert window.stack.currentWidget() is window.lock_page


def test_a_key_begins_the_five_minutes_again(window: Window, qtbot: QtBot, qapp: QApplication) -> None:
    qtbot.waitUntil(lambda: window._idle.remainingTime() < IDLE_MS - 50, timeout=5000)
    page = notes(window)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    before = window._idle.remainingTime()
    qapp.sendEvent(page.field, event)
    assert window._idle.remainingTime() > before


def test_nothing_of_the_desk_can_be_reached_while_it_is_locked(window: Window) -> None:
    window.lock()
    window.open_palette()
    assert window.findChildren(Palette) == []


def test_language_theme_and_size_are_switched_live_and_told(window: Window, qtbot: QtBot) -> None:
    told: list[tuple[str, str]] = []
    window.chosen.connect(lambda name, value: told.append((name, value)))
    look = window.workspace.bar.look
    look.language_button.click()
    assert window.workspace.rail.buttons["about"].text() == "About"
    assert window.workspace.bar.where.text() == HALL[1]
    assert look.language_button.text() == "中文"
    window.set_theme("dark")
    window.set_size("largest")
    assert (theme.current().theme, theme.current().size) == ("dark", "largest")
    window.set_language("zh")
    assert told == [("language", "en"), ("theme", "dark"), ("size", "largest"), ("language", "zh")]


def test_the_size_button_offers_four_sizes_with_the_present_one_marked(window: Window) -> None:
    window.workspace.bar.look.size_button.click()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    actions = popup.actions()
    assert [action.text() for action in actions] == ["标准字号", "大字", "特大字", "最大字"]
    assert [action.isChecked() for action in actions] == [True, False, False, False]
    actions[1].trigger()
    popup.close()
    assert theme.current().size == "large"


def test_the_palette_finds_by_words_and_by_the_initials_of_their_pinyin(window: Window) -> None:
    commands = window.commands()
    assert [command.words for command in found(commands, "关于")] == ["前往：关于"]
    assert [command.words for command in found(commands, "sdbj")] == ["锁定本机"]
    assert found(commands, "没有这样的事") == []


def test_enter_in_the_palette_does_the_first_that_is_found(window: Window, qapp: QApplication) -> None:
    window.workspace.go("notes")
    window.open_palette()
    palette = window.findChildren(Palette)[0]
    palette.box.setText("about" if words.language() == "en" else "关于")
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    qapp.sendEvent(palette.box, enter)
    settle()
    assert window.workspace.current() == "about"


def test_a_bug_is_told_on_the_page_with_its_number(window: Window) -> None:
    reporter = CrashReporter()
    reporter.noticed.connect(window.say_crash)
    reference = reporter.report(ZeroDivisionError())
    assert reference in window.workspace.notice.text()
    assert window.workspace.notice.isVisible()


def test_a_store_out_of_reach_is_told_as_what_it_is(window: Window) -> None:
    window.say_fault("server_away")
    assert "大厅服务器没有应答" in window.workspace.notice.text()


def test_a_store_within_reach_again_is_told_in_place_of_the_fault(window: Window) -> None:
    window.say_fault("server_away")
    window.say_within_reach()
    assert window.workspace.notice.tone == "done"
    assert "又连上了" in window.workspace.notice.text()
    window.lock()
    window.say_fault("server_away")
    window.say_within_reach()
    assert window.lock_page.notice.tone == "done"


def test_the_desk_keeps_the_rules(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "PAGES", (ABOUT,))
    window.begin(HALL)
    assert check_everywhere(window) == []


def test_the_palette_keeps_the_rules(look: SetLook, qtbot: QtBot) -> None:
    shown = (("前往：办件", "Go to: Requests"), ("锁定本机", "Lock the seat"), ("退出登录", "Sign out"))
    for language, at in (("zh", 0), ("en", 1)):
        look("light", "standard", language)
        palette = Palette([Command(each[at], "lock", lambda: None) for each in shown])
        qtbot.addWidget(palette)
        for size in ("standard", "largest"):
            for name in theme.THEMES:
                look(name, size, language)
                assert check_page(palette) == []


class Sprawling(Notes):
    """A page that asks for more room than any screen has."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.field.setMinimumSize(2000, 1500)


def test_no_page_shown_or_hidden_makes_the_window_larger(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    sprawling = PageEntry("sprawling", "Notes", "edit", None, Sprawling)
    monkeypatch.setattr(navigation, "PAGES", (ABOUT, sprawling))
    window.begin(HALL)
    window.resize(1366, 768)
    window.workspace.go("sprawling")
    settle()
    assert (window.width(), window.height()) == (1366, 768)
    window.workspace.go("about")
    settle()
    assert window.minimumSizeHint().width() < 1366
