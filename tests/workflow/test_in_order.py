"""Papers and answers count by when they came or were told, and only between equals by when they were written down."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest

from desktop.workflow.catalogue.definitions import Source, Want
from desktop.workflow.catalogue.requirements import Phase
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.in_order import in_order
from desktop.workflow.planning.inputs import FactValue, Key, Kind, Paper, PaperState
from desktop.workflow.planning.known import Known
from desktop.workflow.planning.valuation import Valuation
from tests.workflow.small_town import (
    CALENDAR,
    SHANGHAI,
    TODAY,
    WHO,
    fact,
    inputs,
    item,
    need,
    outcome,
    paper_kind,
    town,
)

TOWN = town(
    fact("f1", FactType.INT), paper_kind("p1", substitutes=("p2",)), paper_kind("p2"), outcome("o1"),
    item("i1", "o1", {Phase.ACCEPT: need("p1")}), wants=(Want(outcome="o1"),),
)  # fmt: skip
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=SHANGHAI)


def word(state: PaperState, hours: int, code: str = "p1") -> Paper:
    at = NOON + timedelta(hours=hours)
    return Paper(WHO, code, state, at.date(), at=at)


def there(*papers: Paper) -> Truth:
    known = Known(TOWN, CALENDAR, inputs(papers=papers), TODAY)
    return Valuation(known).value(Key(Kind.MATERIAL, "p1", WHO))


BROUGHT, DEFECTIVE = PaperState.RECEIVED, PaperState.DEFECTIVE


@pytest.mark.parametrize("written", list(permutations(range(3))))
def test_a_paper_brought_after_a_notice_cures_it_in_whatever_order_they_are_written_down(written: list[int]) -> None:
    said = (word(BROUGHT, -30), word(DEFECTIVE, -20), word(BROUGHT, -10))
    assert there(*(said[place] for place in written)) is Truth.TRUE


@pytest.mark.parametrize("code", ["p1", "p2"])
@pytest.mark.parametrize("written", list(permutations(range(3))))
def test_a_paper_that_was_there_before_a_notice_never_cures_it(code: str, written: list[int]) -> None:
    said = (word(BROUGHT, -30), word(BROUGHT, -25, code), word(DEFECTIVE, -20))
    assert there(*(said[place] for place in written)) is Truth.UNKNOWN


def test_of_papers_of_one_day_without_an_hour_the_one_written_last_stands() -> None:
    brought, sent_back = Paper(WHO, "p1", received=TODAY), Paper(WHO, "p1", DEFECTIVE, TODAY)
    assert there(brought, sent_back) is Truth.UNKNOWN
    assert there(sent_back, brought) is Truth.TRUE
    assert there(word(BROUGHT, -1), replace(word(DEFECTIVE, -1), at=None)) is Truth.UNKNOWN


def answered(value: int | None, hours: int, source: Source = Source.DECLARED) -> FactValue:
    at = NOON + timedelta(hours=hours)
    return FactValue("case", "f1", value, source, at.date(), at=at)


def stands(*answers: FactValue) -> object:
    return Known(TOWN, CALENDAR, inputs(facts=answers), TODAY).fact("f1", "case")


def test_the_answer_told_last_stands_whenever_it_is_written_down() -> None:
    assert stands(answered(2, -1), answered(1, -30)) == 2
    assert stands(answered(1, -1), answered(2, -1)) == 2, "between equals the one written last"
    assert stands(answered(2, -30), replace(answered(1, 0), since=None, at=None)) == 1, "one without a day is of now"
    assert stands(answered(9, -9, Source.REGISTRY), answered(2, -1), answered(1, -30)) == 9


def test_what_has_no_day_stands_where_it_was_written() -> None:
    days = [3, None, 1, 5, None, 4]
    told = in_order(range(6), lambda place: (None if days[place] is None else date(2026, 3, days[place] or 1), None))
    assert told == [2, 0, 1, 5, 3, 4]
