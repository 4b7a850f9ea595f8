"""What somebody types wrongly is answered beside its field, in the language of the seat, and what was typed stays."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot
from sqlalchemy import select

import desktop
from db.models.request import Request
from db.open import Database
from desktop import words
from desktop.identity import resident_check_digit
from desktop.ui.navigation import Seat
from desktop.ui.pages.log_register import RegisterForm
from desktop.ui.runner import Runner
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.text_box import MOST, TextBox
from desktop.usecases.people.people import NewPerson, NoIdentifier, person_card, register_person
from desktop.usecases.perform import Performer
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import log_request
from tests.databases import sqlite_database
from tests.ui.conftest import Put, SetLook
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.small_case import STALL, stall_request

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]

LANGUAGE = pytest.mark.parametrize("language", words.LANGUAGES)
RARE = ("𠮷田㐂", "𫝀𪚥", "阿卜杜拉·买买提·𬭶", "王e\u0301", "鿏〇")


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


@pytest.fixture
def form(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[RegisterForm]:
    """The form of somebody new at a clerk's seat."""
    runner = Runner(hall.performer)
    seat = Seat(runner)
    seat.set_session(hall.clerk)
    window, shown = QMainWindow(), RegisterForm(seat, ("person",))
    window.setCentralWidget(shown)
    qtbot.addWidget(window)
    window.show()
    shown.ask()
    yield shown
    window.close()
    runner.close()


def keep(qtbot: QtBot, form: RegisterForm) -> None:
    form.keep.click()
    qtbot.waitUntil(lambda: form.seat.runner.pending == 0, timeout=20_000)


def said(field: Field[Any], language: words.Language, zh: str, en: str) -> bool:
    """Say whether the error of a field is a sentence of that language, and no code."""
    error = field.error()
    return (zh if language == "zh" else en) in error and "_" not in error


IMPOSSIBLE = [
    ("110105194902310026", "号码中的出生日期不存在", "The day of birth in the number does not exist"),
    ("110105194912310021", "校验码不符", "The last character does not fit"),
    ("090105194912310020", "地区代码不存在", "begins with a place code that does not exist"),
    ("1101051949123100", "应为18位", "The number has 16 characters, not 18"),
    ("二三四五六七八九十", "应为18位", "The number has 9 characters, not 18"),
]


@pytest.mark.bad_input("an impossible identity number")
@LANGUAGE
@pytest.mark.parametrize(("number", "zh", "en"), IMPOSSIBLE)
def test_an_impossible_number_is_questioned_beside_its_field_and_kept(
    form: RegisterForm, qtbot: QtBot, look: SetLook, *, language: words.Language, number: str, zh: str, en: str
) -> None:
    look(language=language)
    form.full_name.editor.setText("王小明")
    form.number.editor.setText(number)
    keep(qtbot, form)
    assert said(form.number, language, zh, en), form.number.error()
    assert (form.full_name.editor.text(), form.number.editor.text()) == ("王小明", number)


@LANGUAGE
def test_a_place_that_is_in_no_list_is_taken_and_questioned(
    form: RegisterForm, qtbot: QtBot, look: SetLook, language: words.Language
) -> None:
    look(language=language)
    told: list[str] = []
    form.warned.connect(told.append)
    form.full_name.editor.setText("王小明")
    form.number.editor.setText("51022119800101001" + resident_check_digit("51022119800101001"))
    keep(qtbot, form)
    (what,) = told
    assert ("地区代码查不到" if language == "zh" else "not in the list of places") in what


@pytest.mark.bad_input("a date in 1880")
@LANGUAGE
@pytest.mark.parametrize("way", ["number", "birth"])
def test_a_birth_in_1880_is_questioned_and_kept(
    form: RegisterForm, qtbot: QtBot, look: SetLook, *, language: words.Language, way: str
) -> None:
    look(language=language)
    form.full_name.editor.setText("王小明")
    if way == "number":
        form.number.editor.setText("110105188012310023")
    else:
        form.birth.editor.set_value(date(1880, 12, 31))
    keep(qtbot, form)
    field = form.number if way == "number" else form.birth
    assert said(field, language, "超过130岁", "over 130 years old"), field.error()
    assert form.full_name.editor.text() == "王小明"


@pytest.mark.bad_input("a name with rare characters")
@pytest.mark.parametrize("name", RARE)
def test_a_rare_name_is_registered_as_it_is_typed(form: RegisterForm, qtbot: QtBot, hall: SmallHall, name: str) -> None:
    taken: list[object] = []
    form.registered.connect(taken.append)
    form.full_name.editor.insert(name)
    keep(qtbot, form)
    (named,) = taken
    card = hall.read(hall.clerk, person_card, named.subject)  # type: ignore[attr-defined]
    assert card.name == name.replace("e\u0301", "é")


@pytest.mark.bad_input("a name of 110 characters")
@LANGUAGE
def test_a_name_of_110_characters_is_taken_and_one_of_201_is_questioned(
    form: RegisterForm, qtbot: QtBot, look: SetLook, hall: SmallHall, language: words.Language
) -> None:
    look(language=language)
    name = "阿卜杜拉·" * 22
    assert len(name) == 110
    taken: list[object] = []
    form.registered.connect(taken.append)
    form.full_name.editor.setText(name)
    keep(qtbot, form)
    (named,) = taken
    assert hall.read(hall.clerk, person_card, named.subject).name == name  # type: ignore[attr-defined]
    form.begin()
    form.full_name.editor.setText("长" * 201)
    keep(qtbot, form)
    assert said(form.full_name, language, "姓名有201个字，最多200个", "The name is 201 characters long; 200 fit")
    assert form.full_name.editor.text() == "长" * 201


@pytest.mark.bad_input("a text of 100,000 characters")
@LANGUAGE
def test_a_text_of_100_000_characters_is_refused_in_words_and_nothing_is_half_kept(
    hall: SmallHall, look: SetLook, language: words.Language
) -> None:
    look(language=language)
    with pytest.raises(Refused) as refusal:
        hall.write(hall.clerk, log_request, stall_request(words="长" * 100_000))
    sentence = refusal_words(refusal.value)
    assert "100000" in sentence
    assert "4000" in sentence
    assert ("请" if language == "zh" else "Shorten it") in sentence
    with hall.performer.database.read() as connection:
        assert connection.execute(select(Request.id)).all() == []


@pytest.mark.bad_input("a text of 100,000 characters")
def test_a_book_that_is_pasted_does_not_hold_the_window_and_is_still_too_long(put: Put) -> None:
    box = TextBox()
    put(box)
    QGuiApplication.clipboard().setText("长" * 5_000_000)
    box.paste()
    assert len(box.toPlainText()) == MOST + 1
    QGuiApplication.clipboard().setText("短")
    box.selectAll()
    box.paste()
    assert box.toPlainText() == "短"


@LANGUAGE
@pytest.mark.parametrize(
    "person",
    [
        NewPerson("半\ud842个", no_identifier=NoIdentifier.LOST),
        NewPerson("王小明", "半\ud842个"),
        NewPerson("王小明", phone="半\ud842个", no_identifier=NoIdentifier.LOST),
        NewPerson("王小明", phone="1380013800", no_identifier=NoIdentifier.LOST),
        NewPerson("王小明", phone="1" * 5000, no_identifier=NoIdentifier.LOST),
        NewPerson("王小明", birth="1990-02-30", no_identifier=NoIdentifier.LOST),
        NewPerson("王小明", birth="昨天", no_identifier=NoIdentifier.LOST),
        NewPerson("王小明", birth="2990-01-01", no_identifier=NoIdentifier.LOST),
        NewPerson("王小明", birth="1" * 5000, no_identifier=NoIdentifier.LOST),
    ],
)
def test_whatever_is_wrong_with_a_person_is_said_in_words(
    hall: SmallHall, look: SetLook, language: words.Language, person: NewPerson
) -> None:
    look(language=language)
    with pytest.raises(Refused) as refusal:
        hall.write(hall.clerk, register_person, person)
    sentence = refusal_words(refusal.value)
    assert refusal.value.code not in sentence
    assert sentence.endswith("。" if language == "zh" else ".")
    assert language == "en" or not any("a" <= letter <= "z" for letter in sentence)


def refused_codes() -> dict[str, str]:
    """Return every code with which the program refuses, and a place where it does."""
    found = {}
    for file in sorted(Path(desktop.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            named = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith("Refused")
            )
            if isinstance(node, ast.Call) and named and node.args and isinstance(node.args[0], ast.Constant):
                found[str(node.args[0].value)] = f"{file.name}:{node.lineno}"
    return found


def worded_codes() -> set[str]:
    """Return every code some table of the program has a sentence for."""
    found = set()
    for file in Path(desktop.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                found |= {str(key.value) for key, value in pairs if isinstance(key, ast.Constant) and _says(value)}
    return found


def _says(value: ast.expr) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"gettext_noop", "_"}
        for node in ast.walk(value)
    )


def test_every_refusal_has_a_sentence() -> None:
    codes = refused_codes()
    assert len(codes) > 80
    worded = worded_codes()
    assert {code: place for code, place in codes.items() if code not in worded} == {}
