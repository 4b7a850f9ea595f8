"""A question about somebody says once whom it is about; an answer that cannot be one is not taken."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.authoring import load_catalogue, shipped_calendar
from desktop.ui.pages.log_editors import editor_for, wrong_words
from desktop.ui.pages.log_papers import PapersCard
from desktop.ui.pages.log_people import Called
from desktop.ui.pages.log_questions import QuestionsCard, asked_of, says_the_same, unit_words
from desktop.ui.pages.log_ways import other_ways
from desktop.ui.widgets.date_edit import DateEdit
from desktop.usecases.requests.requests import Look
from desktop.words import Language, pick
from desktop.workflow.catalogue.definitions import CASE, Fact, Text
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.inputs import FactValue, Inputs
from desktop.workflow.planning.plan import Plan
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


@pytest.mark.parametrize(
    ("language", "unit", "question", "said"),
    [
        ("zh", "days", "几天？", ""),
        ("zh", "days", "要等多久？", "单位：天。"),
        ("zh", "m2", "经营场所建筑面积是多少平方米？", ""),
        ("en", "yuan", "How much finance is needed?", "In yuan."),
        ("en", "metres", "How many metres of road?", ""),
        ("en", "m", "How many parameters?", "In metres."),
    ],
)
def test_a_unit_the_question_says_is_not_said_again(
    language: Language, unit: str, question: str, said: str, look: SetLook
) -> None:
    look(language=language)
    assert unit_words(unit, question) == said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_plain_wording_adds_a_unit_in_brackets(language: Language, look: SetLook) -> None:
    look(language=language)
    for fact in load_catalogue().facts.values():
        if fact.unit and fact.question and fact.question.plain:
            assert not pick(fact.question.plain).rstrip().endswith(("）", ")")), fact.code


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


@pytest.mark.parametrize("typed", ["-5", "1e5", "99999999999999", "０x5"])
def test_a_size_that_cannot_be_is_asked_again(look: SetLook, qtbot: QtBot, typed: str) -> None:
    fact = Fact(code="area", name=Text(zh="经营面积", en="Area"), type=FactType.DECIMAL, unit="m2", minimum=1)
    said: list[object] = []
    wrong: list[str] = []
    editor = editor_for(fact, said.append, lambda: wrong.append(wrong_words(fact)), lambda: None)
    qtbot.addWidget(editor)
    assert isinstance(editor, QLineEdit)
    editor.setText(typed)
    editor.editingFinished.emit()
    assert said == []
    assert wrong == ["请填数字，例如86。 不能小于1。 不能大于10000000。"]


def restaurant(**told: bool) -> Plan:
    """What a restaurant takes, as far as was told."""
    opened = date(2026, 3, 2)
    facts = tuple(FactValue(CASE, code, value) for code, value in told.items())
    inputs = Inputs(demand="open_restaurant", facts=facts, opened=opened)
    return plan(load_catalogue(), shipped_calendar(), inputs, opened)


def test_a_way_that_a_question_decides_is_not_chosen_a_second_time() -> None:
    asked = restaurant(small_eatery=False, public_gathering=True)
    assert "fire_by_promise" in [question.key.code for question in asked.questions]
    assert [one.group for one in asked.alternatives] == ["outcome:fire_opinion:case"]
    assert other_ways(asked) == ()


def test_the_papers_wait_for_the_questions_and_do_not_say_that_none_is_needed(look: SetLook, qtbot: QtBot) -> None:
    card = PapersCard()
    qtbot.addWidget(card)
    begun = replace(restaurant(), papers=())
    card.show_look(Look(begun))
    assert card._none.text() == "还要先答完问题，才知道需要哪些材料。"
    card.show_look(Look(replace(begun, questions=())))
    assert card._none.text() == "不需要材料。"


@pytest.mark.parametrize(
    ("question", "hint", "same"),
    [
        ("是不是委托别人来办？", "是委托别人来办吗？", True),
        ("Is the name to change?", "Is the name to change?", True),
        ("是否属于消防法所称公众聚集场所？", "店里会坐很多客人，或者有唱歌、跳舞吗？", False),
        ("是否设置户外招牌？", "门外要挂招牌吗？", False),
    ],
)
def test_a_hint_that_only_repeats_its_question_is_left_out(question: str, hint: str, same: bool) -> None:  # noqa: FBT001  a case of the table
    assert says_the_same(question, hint) is same


def test_a_birth_day_ahead_and_a_level_of_nine_are_said_at_their_fields_in_the_language_of_the_seat(
    look: SetLook, qtbot: QtBot
) -> None:
    card, catalogue = QuestionsCard(), load_catalogue()
    qtbot.addWidget(card)
    look()
    card.begin(catalogue)
    opened = date(2026, 3, 2)
    told = (FactValue(CASE, "disability_request", "new"), FactValue("a", "disability_kind", "physical"))
    inputs = Inputs(demand="disability_services", roles={"applicant": ("a",)}, facts=told, opened=opened)
    card.show_plan(plan(catalogue, shipped_calendar(), inputs, opened))
    fields = {key.code: field for key, field in card.fields.items()}
    born, level = fields["birth_date"].editor, fields["disability_level"].editor
    assert isinstance(born, DateEdit)
    assert isinstance(level, QLineEdit)
    with qtbot.assertNotEmitted(card.answered):
        born.set_value(date(2030, 1, 1))
        born.edited.emit()
        level.setText("9")
        level.editingFinished.emit()
    assert fields["birth_date"].error() == "这个出生日期还没到。请核对。"
    assert fields["disability_level"].error() == "请填整数，例如3。 不能小于1。 不能大于4。"
    assert {fault.where for fault in card.faults()} == {fields["birth_date"], fields["disability_level"]}
    look(language="en")
    assert fields["birth_date"].error() == "This day of birth is yet to come. Check it."
    assert fields["disability_level"].error().startswith("Type a whole number")
    born.set_value(date(1980, 1, 1))
    born.edited.emit()
    assert fields["birth_date"].error() == ""
