"""A number told of a fact is written plainly and is one that can be."""

from decimal import Decimal

import pytest

from desktop.workflow.catalogue.definitions import Fact, Text
from desktop.workflow.catalogue.numbers import NumberFault, read_number
from desktop.workflow.conditions.condition import FactType


def fact(kind: FactType = FactType.DECIMAL, unit: str | None = "m2", minimum: int | None = None) -> Fact:
    return Fact(code="n", name=Text(zh="经营面积", en="Area"), type=kind, about="case", unit=unit, minimum=minimum)


@pytest.mark.parametrize(
    ("told", "of", "code"),
    [
        ("1e5", fact(), "number_unreadable"),
        ("1E5", fact(FactType.INT, None), "number_unreadable"),
        ("NaN", fact(), "number_unreadable"),
        ("", fact(), "number_unreadable"),
        ("2.5", fact(FactType.INT), "number_unreadable"),
        ("3.0", fact(FactType.INT), "number_unreadable"),
        ("--5", fact(FactType.INT), "number_unreadable"),
        ("9", fact(FactType.INT, None).model_copy(update={"maximum": 4}), "number_too_large"),
        ("-5", fact(), "number_too_small"),
        ("0", fact(minimum=1), "number_too_small"),
        ("99999999999999", fact(), "number_too_large"),
        ("300", fact(FactType.INT, "years"), "number_too_large"),
        ("9" * 40, fact(FactType.INT, None), "number_too_large"),
    ],
)
def test_a_number_that_cannot_be_is_questioned(told: str, of: Fact, code: str) -> None:
    with pytest.raises(NumberFault) as fault:
        read_number(of, told)
    assert fault.value.code == code


def test_a_number_is_read_as_the_fact_is_kept() -> None:
    assert read_number(fact(), "86.50") == Decimal("86.50")
    assert read_number(fact(FactType.INT, "people"), "3") == 3
    assert read_number(fact(unit=None), "-5") == -5
