"""A question about somebody says once whom it is about."""

import pytest

from desktop.ui.pages.log_people import Called
from desktop.ui.pages.log_questions import asked_of
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
