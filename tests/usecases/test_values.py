"""A fact is kept only as something it can be."""

from decimal import Decimal

import pytest

from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.values import kept
from desktop.workflow.catalogue.definitions import Fact, Text
from desktop.workflow.conditions.condition import FactType

AREA = Fact(code="area", name=Text(zh="经营面积", en="Area"), type=FactType.DECIMAL, about="case", unit="m2", minimum=1)


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [("-5", "number_too_small", "“经营面积”不能小于1"), (Decimal("1e14"), "number_too_large", "不能大于10000000")],
)
def test_a_number_that_cannot_be_is_refused_whoever_sends_it(value: object, code: str, said: str) -> None:
    with pytest.raises(Refused, match=code) as refusal:
        kept(AREA, value)
    assert said in refusal_words(refusal.value)


def test_a_number_that_can_be_is_kept_exactly() -> None:
    assert kept(AREA, "86.50") == "86.50"
