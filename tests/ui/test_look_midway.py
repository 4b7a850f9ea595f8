"""The size of the text and the language are changed while a form is half typed: nothing is lost, the keyboard stays."""

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.pages.log import LogPage
from desktop.usecases.perform import Performer
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.heard import with_keyboard
from tests.ui.log_desk import OFFERED, clerk_at, for_whom, in_need, person, press, quiet
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, OFFERED, CALENDAR, clock)


@pytest.fixture
def page(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[LogPage]:
    person(hall, "王秀英")
    with clerk_at(hall, qtbot) as shown:
        yield shown


def change(page: LogPage, look: SetLook, qtbot: QtBot) -> None:
    for size, language in (("largest", "zh"), ("largest", "en"), ("standard", "zh")):
        look(size=size, language=language)
        quiet(qtbot, page)


def test_somebody_new_stays_half_typed_with_the_keyboard_and_the_errors(
    page: LogPage, look: SetLook, qtbot: QtBot
) -> None:
    press(qtbot, page, page.who.new)
    form = page.who.picker.form
    form.number.editor.setText("6211")
    form.phone.editor.setText("1")
    press(qtbot, page, form.keep)
    form.phone.editor.setFocus()
    QTest.keyClicks(form.phone.editor, "39")
    at = with_keyboard()
    change(page, look, qtbot)
    assert with_keyboard() is at
    assert (form.number.editor.text(), form.phone.editor.text()) == ("6211", "139")
    assert form.number.error()
    assert form.full_name.error()
    assert not form.phone.error()  # it was typed anew


def test_a_half_typed_request_stays_with_the_keyboard_in_its_date(page: LogPage, look: SetLook, qtbot: QtBot) -> None:
    for_whom(qtbot, page, "王秀英")
    in_need(qtbot, page, "生孩子")
    press(qtbot, page, page.roles.parts["child"].look)
    picker = page.roles.parts["child"].picker
    assert picker is not None
    picker.search.editor.setText("马小")
    born = next(iter(page.questions.fields.values())).editor
    born.setFocus()
    QTest.keyClicks(with_keyboard(), "2026")
    at = with_keyboard()
    change(page, look, qtbot)
    assert with_keyboard() is at
    assert at.property("text") == "2026"
    assert picker.search.editor.text() == "马小"
