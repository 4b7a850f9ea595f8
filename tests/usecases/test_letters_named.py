"""Every letter that the law's table names is composed, and a hearing is told in time, with its day and its place."""

from datetime import date
from typing import Any

import pytest

from desktop.letters.content import Hearing
from desktop.usecases.letters.letter_acts import COMPOSED
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.procedure.profiles import PROFILES, Letter
from tests.usecases.conftest import SmallHall
from tests.usecases.stalls import stall_catalogue
from tests.usecases.test_letters_written import do, log, newest


@pytest.fixture
def stall_hall(hall: SmallHall) -> SmallHall:
    """A hall that has the town's stalls in its catalogue."""
    hall.performer.catalogue = stall_catalogue()
    return hall


def test_every_letter_an_act_names_is_composed_but_the_receipt_of_the_submission() -> None:
    named = {(act, row.letter) for of in PROFILES.values() for (_, act), row in of.transitions.items() if row.letter}
    missing = {(act, letter) for act, letter in named if act not in COMPOSED}
    assert missing == {(ActKind.SUBMIT, Letter.RECEIPT)}


def test_a_hearing_is_told_with_its_day_and_place(stall_hall: SmallHall) -> None:
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.ACCEPT)
    do(stall_hall, request, ActKind.HEARING_OPEN, hearing_on=date(2026, 3, 11), place="政务服务中心三楼听证室")
    letter = newest(stall_hall, request)
    assert isinstance(letter, Hearing)
    assert (letter.held_on, letter.place) == (date(2026, 3, 11), "政务服务中心三楼听证室")


def test_a_hearing_less_than_seven_working_days_ahead_is_refused_with_the_day_it_had_to_be_told(
    stall_hall: SmallHall,
) -> None:
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.ACCEPT)
    with pytest.raises(Refused) as refused:
        # 10 March less seven working days in a plain week: 9 = 1, 6–2 March = 6, Friday 27 February = 7
        do(stall_hall, request, ActKind.HEARING_OPEN, hearing_on=date(2026, 3, 10), place="三楼")
    assert (refused.value.code, refused.value.values["latest"]) == ("hearing_too_soon", date(2026, 2, 27))
    assert "2026" in refusal_words(refused.value)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"place": "三楼"}, "hearing_without_day"),
        ({"hearing_on": date(2026, 3, 11), "place": " "}, "hearing_without_place"),
    ],
)
def test_a_hearing_without_its_day_or_place_is_not_opened(
    stall_hall: SmallHall, values: dict[str, Any], code: str
) -> None:
    request = log(stall_hall).request
    do(stall_hall, request, ActKind.ACCEPT)
    with pytest.raises(Refused) as refused:
        do(stall_hall, request, ActKind.HEARING_OPEN, **values)
    assert refused.value.code == code
