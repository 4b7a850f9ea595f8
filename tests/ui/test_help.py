"""The help beside every page: there in both languages, its links lead somewhere, found by words, read by keyboard."""

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop import words
from desktop.app import performer_on
from desktop.ui import help as manuals
from desktop.ui import theme, translate
from desktop.ui.navigation import PAGES, PageEntry, Seat
from desktop.ui.quick_desk import ACTS
from desktop.ui.runner import Runner
from desktop.ui.widgets.help_panel import HelpBeside, HelpDialog, HelpPanel
from desktop.ui.window import Window
from desktop.words import Language
from tests.databases import sqlite_database
from tests.ui.conftest import Put, SetLook
from tests.ui.page_checks import check_everywhere
from tests.ui.page_parts import settle
from tests.ui.test_window import session

__all__ = ["sqlite_database"]

BESIDES = {"keys", "sign_in", "found_hall"}
"""Manuals of what is no page of the rail."""
NOT_ON_A_BUTTON = {"临洮县民政局", "本级人民政府", "有管辖权的人民法院"}
"""What manuals quote from letters."""
WANTED = sorted({entry.code for entry in PAGES} | BESIDES)
LINK = re.compile(r"\]\(([^)]*)\)")
KEY = re.compile(r"`((?:(?:Ctrl|Alt|Shift)\+)*(?:F\d+|[A-Z0-9]|Enter|Esc|Tab|PageUp|PageDown|\?))`")


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("code", WANTED)
def test_every_page_has_its_manual_in_both_languages(code: str, language: Language) -> None:
    found = manuals.manual(code, language)
    assert found is not None, f"resources/help/{language}/{code}.md is missing"
    assert found.title
    assert re.search(r"^## ", found.markdown, re.MULTILINE)
    assert len(found.plain) > 100


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_manual_belongs_to_something(language: Language) -> None:
    assert set(manuals.manuals(language)) == set(WANTED)
    assert set(manuals.ORDER) == set(WANTED)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_link_leads_to_a_manual(language: Language) -> None:
    for code, manual in manuals.manuals(language).items():
        for target in LINK.findall(manual.markdown):
            assert target.startswith(manuals.LINK), (code, target)
            assert manuals.manual(target.removeprefix(manuals.LINK), language) is not None, (code, target)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_link_is_called_as_what_it_leads_to(language: Language) -> None:
    found = manuals.manuals(language)
    for code, manual in found.items():
        for said, target in re.findall(r"\[([^]]*)\]\(help:([a-z_]*)\)", manual.markdown):
            assert said == found[target].title, code


@pytest.mark.parametrize("code", WANTED)
def test_both_languages_name_the_same_keys_and_links(code: str) -> None:
    zh, en = (manuals.manuals(language)[code].markdown for language in words.LANGUAGES)
    assert "Enter" not in zh, "the key is called as on the buttons"
    assert sorted(KEY.findall(zh.replace("回车", "Enter"))) == sorted(KEY.findall(en))
    assert sorted(LINK.findall(zh)) == sorted(LINK.findall(en))


def test_the_keys_from_anywhere_are_the_programs_own() -> None:
    told = set(KEY.findall(manuals.manuals("en")["keys"].markdown))
    assert {act.keys for act in ACTS} <= told


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("entry", [entry for entry in PAGES if entry.on_rail], ids=lambda entry: entry.code)
def test_a_manual_is_called_as_its_page_is(entry: PageEntry, language: Language) -> None:
    assert manuals.manuals(language)[entry.code].title == words.in_language(language).gettext(entry.title)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_what_a_manual_quotes_stands_on_the_screen(language: Language) -> None:
    chinese = words.catalogue("zh")
    said = {form for forms in chinese.values() for form in forms} if language == "zh" else set(chinese)
    said = {text.split("\x04")[-1] for text in said} | NOT_ON_A_BUTTON
    for code, manual in manuals.manuals(language).items():
        missing = [quoted for quoted in re.findall(r"“([^”]*)”", manual.markdown) if quoted not in said]
        assert missing == [], code


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_manual_is_as_short_as_one_reads_at_a_counter(language: Language) -> None:
    longest = 900 if language == "zh" else 2400
    assert {
        code: len(each.plain) for code, each in manuals.manuals(language).items() if len(each.plain) > longest
    } == {}


def test_only_manuals_lie_in_the_folder() -> None:
    for language in words.LANGUAGES:
        assert {entry.name for entry in (files("resources") / "help" / language).iterdir()} == {
            f"{code}.md" for code in WANTED
        }


# -- found by words ---------------------------------------------------------------------------------------------


def test_two_characters_find_their_manual_with_the_place() -> None:
    found = {hit.manual.code: hit.excerpt for hit in manuals.find("容缺", "zh")}
    assert "log" in found
    assert "容缺" in found["log"]


def test_a_title_comes_before_a_mention() -> None:
    assert manuals.find("备份", "zh")[0].manual.code == "backup"
    assert manuals.find("calendar", "en") == []
    assert manuals.find("make-up", "en")[0].manual.code == "calendar"


def test_nothing_is_found_without_words() -> None:
    assert manuals.find("  ", "zh") == []


# -- on the screen ----------------------------------------------------------------------------------------------


@pytest.fixture
def panel(put: Put) -> HelpPanel:
    shown = HelpPanel()
    put(shown, width=500)
    shown.show_manual("log")
    settle()
    return shown


@pytest.mark.parametrize("code", WANTED)
def test_no_raw_markup_is_shown(panel: HelpPanel, code: str) -> None:
    for language in words.LANGUAGES:
        translate.switch_language(_app(), language)
        panel.show_manual(code)
        text = panel.text.toPlainText()
        assert text.startswith(manuals.manuals(language)[code].title)
        assert not re.search(r"[`*#\]]|\]\(|^\s*[-+]\s", text, re.MULTILINE), text
    translate.switch_language(_app(), "zh")


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def test_a_link_shows_its_manual_and_any_other_leads_nowhere(panel: HelpPanel) -> None:
    panel.text.anchorClicked.emit(QUrl("help:request"))
    assert panel.text.toPlainText().startswith("办件详情")
    panel.text.anchorClicked.emit(QUrl("https://example.org/"))
    panel.text.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert panel.text.toPlainText().startswith("办件详情")


def test_nothing_is_loaded_from_a_disk_or_a_network(panel: HelpPanel) -> None:
    kind = QTextDocument.ResourceType.ImageResource.value
    assert panel.text.loadResource(kind, QUrl("file:///etc/passwd")) is None
    assert panel.text.loadResource(kind, QUrl("https://example.org/a.png")) is None


def test_words_are_found_as_they_are_typed_and_taken_back(panel: HelpPanel) -> None:
    panel.search.editor.setText("中止")
    assert "待办" in panel.text.toPlainText()
    panel.search.editor.setText("没有这样的字")
    assert "没有找到" in panel.text.toPlainText()
    panel.search.editor.setText("")
    assert panel.text.toPlainText().startswith("办件登记")


def test_what_is_typed_is_never_taken_for_markup(panel: HelpPanel) -> None:
    panel.search.editor.setText("`")
    assert "`" not in panel.text.toPlainText()
    panel.search.editor.setText("[x](help:log)")
    assert "help:log" not in panel.text.toPlainText()


def test_all_topics_lead_to_every_manual(panel: HelpPanel) -> None:
    panel.topics.click()
    assert panel.text.toHtml().count('href="help:') == len(WANTED)


def test_the_manual_is_said_in_the_other_language_at_once(panel: HelpPanel) -> None:
    translate.switch_language(_app(), "en")
    assert panel.text.toPlainText().startswith("Log a request")
    assert panel.text.accessibleName() == "Help: Log a request"
    translate.switch_language(_app(), "zh")
    assert panel.text.accessibleName() == "帮助：办件登记"


def test_the_text_follows_the_size_and_the_colours(panel: HelpPanel, look: SetLook) -> None:
    sizes = []
    for size in ("standard", "largest"):
        look("dark", size)
        settle()
        form = panel.text.document().begin().begin().fragment().charFormat()
        sizes.append(form.font().pixelSize())
        assert form.foreground().color() == theme.current().token("text")
    assert sizes[1] > 2 * sizes[0]


def test_the_panel_keeps_the_rules_of_inclusion(panel: HelpPanel) -> None:
    window = panel.window()
    assert check_everywhere(panel) == []
    assert window is panel.window()


# -- at the desk and at the door --------------------------------------------------------------------------------


@pytest.fixture
def window(qapp: QApplication, look: SetLook, sqlite_database: Database, qtbot: QtBot) -> Iterator[Window]:
    runner = Runner(performer_on(sqlite_database))
    made = Window(qapp)
    made.furnish(Seat(runner))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    assert made.seat is not None
    made.seat.set_session(session())
    made.begin(("临洮县政务服务中心", "Lintao"))
    made.workspace.go("about")
    settle()
    yield made
    made.close()
    runner.close()


def press_f1(window: Window, qtbot: QtBot) -> None:
    """Press the key; a button takes its key a tenth of a second later, as it takes a press."""
    was = window.workspace.help.panel.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window.workspace.help.panel.isVisible() is not was)
    settle()


def test_f1_shows_the_manual_of_the_page_beside_it_and_puts_it_away(window: Window, qtbot: QtBot) -> None:
    beside = window.workspace.help
    press_f1(window, qtbot)
    assert beside.panel.isVisible()
    assert beside.pages.isVisible()
    assert beside.panel.text.toPlainText().startswith("关于")
    assert beside.panel.text.hasFocus()
    window.workspace.bar.look.help_button.click()
    assert not beside.panel.isVisible()


def test_another_page_brings_its_own_manual(window: Window, qtbot: QtBot) -> None:
    press_f1(window, qtbot)
    window.workspace.go("my_account")
    assert window.workspace.help.panel.text.toPlainText().startswith("我的账号")


def test_escape_gives_the_keyboard_back_to_the_page(window: Window, qtbot: QtBot) -> None:
    press_f1(window, qtbot)
    QTest.keyClick(window.workspace.help.panel.text, Qt.Key.Key_Escape)
    settle()
    assert not window.workspace.help.panel.isVisible()
    assert not window.workspace.help.panel.text.hasFocus()


def open_dialogs() -> list[HelpDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, HelpDialog) and each.isVisible()]


def test_at_the_largest_size_the_help_opens_over_the_page(window: Window, look: SetLook, qtbot: QtBot) -> None:
    look("light", "largest")
    window.resize(1366, 768)
    settle()
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: len(open_dialogs()) == 1)
    (dialog,) = open_dialogs()
    settle()
    assert not window.workspace.help.panel.isVisible()
    assert dialog.panel.text.height() > 5 * theme.current().px(3)
    assert dialog.panel.text.toPlainText().startswith("关于")
    QTest.keyClick(dialog.panel.text, Qt.Key.Key_Escape)
    settle()
    assert open_dialogs() == []


def test_help_that_is_open_gives_way_when_the_window_becomes_narrow_and_comes_back(put: Put) -> None:
    pages = QStackedWidget()
    pages.addWidget(QLabel("页面"))
    beside = HelpBeside(pages)
    host = put(beside, width=1300)
    beside.setMinimumHeight(500)
    settle()
    beside.show_page("log")
    beside.toggle()
    settle()
    shown = []
    for width in (1300, 500, 1300):
        host.resize(width, 600)
        settle()
        shown.append((pages.isVisible(), beside.panel.isVisible()))
    assert shown == [(True, True), (True, False), (True, True)]


def test_a_manual_longer_than_its_room_opens_at_its_beginning(put: Put) -> None:
    pages = QStackedWidget()
    pages.addWidget(QLabel("页面"))
    beside = HelpBeside(pages)
    put(beside, width=1300)
    beside.setFixedHeight(560)
    settle()
    beside.show_page("log")
    beside.toggle()
    settle()
    assert beside.panel.text.verticalScrollBar().maximum() > 0
    assert beside.panel.text.verticalScrollBar().value() == 0


def test_at_the_door_the_help_of_the_door_opens(window: Window, qtbot: QtBot) -> None:
    for page, title in ((window.sign_in, "登录"), (window.found_hall, "建立大厅")):
        window.show_page(page)
        page.look.help_button.click()
        settle()
        dialog = next(
            each for each in QApplication.topLevelWidgets() if isinstance(each, HelpDialog) and each.isVisible()
        )
        assert dialog.panel.text.toPlainText().startswith(title)
        dialog.panel.close_button.click()
        settle()
