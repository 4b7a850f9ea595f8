"""What is written with an act: a reason fits on a letter, an answer may be as long as the question was."""

from collections.abc import Mapping
from typing import Final

from desktop.cleaning import TextFault, clean_text
from desktop.usecases.refused import Refused

MOST_REASON: Final = 500
"""Characters of a reason, a note, or what is wrong with a paper."""
MOST_ANSWER: Final = 4000
"""Characters of an answer, the same as of the words it answers."""


def reason_said(text: str, most: int = MOST_REASON) -> str:
    """Give a reason tidied line by line, empty when none was said. Refused too_long (length, limit)."""
    try:
        return clean_text(text, max_points=most).strip()
    except TextFault as fault:
        raise Refused(fault.code, **fault.values) from None


def fault_of_reason(
    text: str, most: int = MOST_REASON, *, needed: bool = True, missing: str = "reason_missing"
) -> Refused | None:
    """Give what is wrong with a reason, to be told beside its field; None for a sound one.

    Where a note or an answer is written instead, `missing` is the code that tells of it by its name.
    """
    try:
        return None if reason_said(text, most) or not needed else Refused(missing)
    except Refused as refusal:
        return refusal


def check_said(values: object) -> None:
    """Look at every text among the values of an act, what is wrong with each paper among them. Refused too_long."""
    match values:
        case str():
            reason_said(values)
        case Mapping():
            check_said(tuple(values.values()))
        case tuple() | list():
            for value in values:
                check_said(value)
