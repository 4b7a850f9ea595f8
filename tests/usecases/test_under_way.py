"""What is told and handed in belongs to a request that is under way, and to those who take part in it."""

import pytest

from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import (
    Answer,
    CorrectFact,
    Handed,
    ReceivePapers,
    correct_fact,
    receive_papers,
)
from desktop.usecases.work.withdrawing import WithdrawRequest, withdraw_request
from tests.usecases.conftest import SmallHall
from tests.usecases.test_shared_record import _town, issued_card, log, person, view

__all__ = ["_town"]


def test_nothing_is_told_in_a_request_of_somebody_who_takes_no_part_in_it(hall: SmallHall) -> None:
    who, stranger = person(hall), person(hall)
    badge = log(hall, "get_badge", who)
    with pytest.raises(Refused, match="unknown_subject"):
        hall.write(hall.clerk, correct_fact, CorrectFact(badge, Answer(str(stranger), "sells_food", True)))
    with pytest.raises(Refused, match="unknown_subject"):
        hall.write(hall.clerk, receive_papers, ReceivePapers(badge, (Handed(str(stranger), "photo"),)))
    theirs = view(hall, log(hall, "get_badge", stranger))
    assert (theirs.facts, theirs.papers) == ((), ())


def test_a_request_that_has_ended_takes_neither_facts_nor_papers(hall: SmallHall) -> None:
    who = person(hall)
    withdrawn, done = log(hall, "get_badge", who), issued_card(hall, who)
    hall.write(hall.clerk, withdraw_request, WithdrawRequest(withdrawn, "不办了"))
    for request in (withdrawn, done):
        before = view(hall, request)
        with pytest.raises(Refused, match="request_over"):
            hall.write(hall.clerk, correct_fact, CorrectFact(request, Answer(str(who), "sells_food", True)))
        with pytest.raises(Refused, match="request_over"):
            hall.write(hall.clerk, receive_papers, ReceivePapers(request, (Handed(str(who), "photo"),)))
        after = view(hall, request)
        assert (after.facts, after.papers, after.row) == (before.facts, before.papers, before.row)
