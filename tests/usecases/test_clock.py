"""A clock that was set back: it is said, and nothing kept is lost, doubled or put out of order."""

import pytest

from db.open import Database
from desktop.usecases.clock import ClockBehind, clock_behind
from desktop.usecases.hall.signing_in import SignIn, sign_in
from desktop.usecases.perform import Performer
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import Handed, ReceivePapers, log_request, receive_papers, see_request
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.procedure.legal_states import ActKind
from tests.usecases.conftest import CALENDAR, MORNING, PASSWORD, Clock, SmallHall
from tests.usecases.small_case import STALL, stall_request

pytestmark = pytest.mark.bad_input("a clock set back")


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, STALL, CALENDAR, clock)


def test_a_clock_that_is_behind_the_log_is_noticed(hall: SmallHall) -> None:
    assert hall.read(hall.clerk, clock_behind) is None
    hall.clock.move(minutes=-4)
    assert hall.read(hall.clerk, clock_behind) is None  # two seats may differ by as much
    hall.clock.move(days=-1)
    behind = hall.read(hall.clerk, clock_behind)
    assert isinstance(behind, ClockBehind)
    assert (behind.recorded, behind.now) == (MORNING, hall.clock.now)
    assert hall.read(None, clock_behind) == behind


def test_an_act_under_the_wrong_clock_does_not_hide_that_it_is_wrong(hall: SmallHall) -> None:
    hall.clock.move(days=-2)
    hall.write(hall.clerk, log_request, stall_request())
    assert hall.read(hall.clerk, clock_behind) is not None
    hall.clock.move(days=2)
    assert hall.read(hall.clerk, clock_behind) is None


def test_before_there_is_a_hall_no_clock_is_wrong(performer: Performer) -> None:
    assert performer.read(None, clock_behind, None) is None


def test_numbers_stay_single_and_the_history_keeps_its_order(hall: SmallHall) -> None:
    first = hall.write(hall.clerk, log_request, stall_request())
    hall.clock.move(days=-1)
    numbers = [hall.write(hall.clerk, log_request, stall_request()).number for _each in range(2)]
    hall.write(hall.clerk, receive_papers, ReceivePapers(first.request, (Handed("case", "health_card"),)))
    hall.clock.move(days=1)
    numbers += [first.number, hall.write(hall.clerk, log_request, stall_request()).number]
    assert len(set(numbers)) == 4
    history = hall.read(hall.clerk, see_request, first.request).history
    kinds = [event.kind for event in history if event.kind in {"request_logged", "papers_received"}]
    assert kinds == ["request_logged", "papers_received"]


def test_an_act_before_what_it_rests_on_is_refused_and_goes_through_when_the_clock_is_right(hall: SmallHall) -> None:
    request = hall.write(hall.clerk, log_request, stall_request(food=False)).request
    before = hall.read(hall.clerk, see_request, request)
    accept = DoAct(before.tasks[0].id, ActKind.ACCEPT)
    hall.clock.move(days=-3)
    with pytest.raises(Refused, match="not_from_state"):
        hall.write(hall.reviewer, do_act, accept)
    hall.clock.move(days=3)
    assert hall.read(hall.clerk, see_request, request).tasks == before.tasks
    hall.write(hall.reviewer, do_act, accept)
    (after,) = hall.read(hall.clerk, see_request, request).tasks
    assert after.state == "accepted"


def test_a_wait_after_wrong_passwords_does_not_become_a_day(hall: SmallHall) -> None:
    for _each in range(5):
        with pytest.raises(Refused, match="wrong_login_or_password"):
            hall.write(None, sign_in, SignIn("clerk", "falsch falsch"))
    with pytest.raises(Refused, match="wait_before_next_try"):
        hall.sign_in("clerk")
    hall.clock.move(days=-1)
    assert hall.sign_in("clerk", PASSWORD).name == "clerk的姓名"
