"""A question about somebody says once whom it is about; an answer that cannot be one is not taken."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.pages.log_editors import editor_for, wrong_words
from desktop.ui.pages.log_people import Called
from desktop.ui.pages.log_questions import asked_of
from desktop.workflow.catalogue import Fact, Text
from desktop.workflow.conditions import FactType
from tests.ui.conftest import SetLook


@pytest.mark.parametrize(
    ("question", "called", "said"),
    [
        ("母亲是否已婚？", Called("母亲", "李秀兰"), "母亲（李秀兰）是否已婚？"),
        ("是否已婚？", Called("母亲", "李秀兰"), "母亲李秀兰：是否已婚？"),
        ("母亲是否已婚？", Called("母亲"), "母亲是否已婚？"),
        ("是否已婚？", Called("母亲"), "母亲：是否已婚？"),
    ],
)
def test_the_name_stands_once(question: str, called: Called, said: str, look: SetLook) -> None:
    assert asked_of(question, called) == said


def test_in_english_the_role_is_found_as_a_word_of_its_own(look: SetLook) -> None:
    look(language="en")
    assert asked_of("Is the child insured?", Called("Child", "Li Na")) == "Is the child (Li Na) insured?"
    assert asked_of("How many children are there?", Called("Child", "Li Na")).startswith("Child Li Na: How many")


def test_letters_typed_as_a_telephone_are_no_answer(look: SetLook, qtbot: QtBot) -> None:
    fact = Fact(code="contact_phone", name=Text(zh="联系电话", en="Telephone"), type=FactType.TEXT)
    said: list[object] = []
    wrong: list[str] = []
    editor = editor_for(fact, said.append, lambda: wrong.append(wrong_words(fact)), lambda: None)
    qtbot.addWidget(editor)
    assert isinstance(editor, QLineEdit)
    editor.setText("abc")
    editor.editingFinished.emit()
    assert said == []
    assert "11" in wrong[0]
    editor.setText("138 9320 1234")
    editor.editingFinished.emit()
    assert said == ["138 9320 1234"]
