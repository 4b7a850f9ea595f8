"""Half-typed forms: kept as they are typed, set aside, taken up again, thrown away, and nobody else's."""

from datetime import timedelta
from uuid import UUID

import pytest

from desktop.usecases.context import Session
from desktop.usecases.hall.signing_in import sign_out
from desktop.usecases.refused import Refused
from desktop.usecases.requests.drafts import (
    OLD_AFTER,
    DraftLine,
    OpenDraft,
    SaveDraft,
    discard_draft,
    list_drafts,
    recover_draft,
    resume_draft,
    save_draft,
)
from tests.usecases.conftest import Clock, SmallHall

TYPED = {"who": {"name": "张三"}, "answers": [1, "两间"], "nested": {"a": None}}


def keep(hall: SmallHall, session: Session, *, draft: UUID | None = None, parked: bool = False) -> UUID:
    kept = hall.write(session, save_draft, SaveDraft(TYPED, draft, "张三", "开饭店", parked))
    assert isinstance(kept, UUID)
    return kept


def listed(hall: SmallHall, session: Session) -> tuple[DraftLine, ...]:
    lines: tuple[DraftLine, ...] = hall.read(session, list_drafts).lines
    return lines


def again(hall: SmallHall, counter: str | None = "A01") -> Session:
    """The clerk signs in again, as after the program was killed."""
    return hall.sign_in("clerk", counter=counter)


def recovered(hall: SmallHall, session: Session) -> OpenDraft | None:
    found: OpenDraft | None = hall.write(session, recover_draft)
    return found


def test_what_is_typed_comes_back_as_it_was_after_the_program_was_killed(hall: SmallHall) -> None:
    keep(hall, hall.clerk)
    found = recovered(hall, again(hall))
    assert found is not None
    assert found.state == TYPED


def test_a_form_typed_on_is_one_draft(hall: SmallHall) -> None:
    draft = keep(hall, hall.clerk)
    assert keep(hall, hall.clerk, draft=draft) == draft
    found = recovered(hall, again(hall))
    assert found is not None
    assert found.draft == draft
    assert recovered(hall, hall.clerk) is not None


def test_the_form_that_is_open_here_is_not_listed_and_one_set_aside_is(hall: SmallHall) -> None:
    keep(hall, hall.clerk)
    aside = keep(hall, hall.clerk, parked=True)
    (line,) = listed(hall, hall.clerk)
    assert (line.draft, line.who, line.what, line.parked) == (aside, "张三", "开饭店", True)


def test_a_form_set_aside_is_not_opened_by_itself(hall: SmallHall) -> None:
    keep(hall, hall.clerk, parked=True)
    session = again(hall)
    assert recovered(hall, session) is None
    assert len(listed(hall, session)) == 1


def test_nobody_sees_or_takes_the_form_of_another_account(hall: SmallHall) -> None:
    draft = keep(hall, hall.clerk, parked=True)
    assert listed(hall, hall.supervisor) == ()
    with pytest.raises(Refused, match="draft_unknown"):
        hall.write(hall.supervisor, resume_draft, draft)
    assert hall.write(hall.supervisor, discard_draft, draft) is None
    assert len(listed(hall, hall.clerk)) == 1


def test_a_form_open_at_another_counter_is_left_there_and_shown_with_the_counter(hall: SmallHall) -> None:
    keep(hall, hall.clerk)
    other = again(hall, "A02")
    assert recovered(hall, other) is None
    (line,) = listed(hall, other)
    assert (line.elsewhere, line.counter) == (True, "A01")


def test_who_left_the_other_counter_finds_the_form_at_the_new_one(hall: SmallHall) -> None:
    keep(hall, hall.clerk)
    hall.write(hall.clerk, sign_out)
    assert recovered(hall, again(hall, "A02")) is not None


def test_two_seats_never_write_over_each_other(hall: SmallHall) -> None:
    draft = keep(hall, hall.clerk)
    other = again(hall, "A02")
    hall.write(other, resume_draft, draft)
    own = keep(hall, hall.clerk, draft=draft)
    assert own != draft
    assert keep(hall, other, draft=draft) == draft


def test_a_form_taken_up_again_is_as_it_was_and_no_longer_set_aside(hall: SmallHall) -> None:
    draft = keep(hall, hall.clerk, parked=True)
    assert hall.write(hall.clerk, resume_draft, draft) == OpenDraft(draft, TYPED, "张三", "开饭店")
    assert listed(hall, hall.clerk) == ()


def test_a_form_thrown_away_can_be_had_back(hall: SmallHall) -> None:
    draft = keep(hall, hall.clerk, parked=True)
    gone = hall.write(hall.clerk, discard_draft, draft)
    assert listed(hall, hall.clerk) == ()
    with pytest.raises(Refused, match="draft_unknown"):
        hall.write(hall.clerk, resume_draft, draft)
    hall.write(hall.clerk, save_draft, gone)
    (line,) = listed(hall, hall.clerk)
    assert (line.who, line.what, line.parked) == ("张三", "开饭店", True)


def test_a_form_nobody_touched_for_a_week_is_put_forward_and_not_lost(hall: SmallHall, clock: Clock) -> None:
    keep(hall, hall.clerk)
    aside = keep(hall, hall.clerk, parked=True)
    clock.now += OLD_AFTER + timedelta(minutes=1)
    session = again(hall)
    assert recovered(hall, session) is None
    lines = listed(hall, session)
    assert len(lines) == 2
    assert all(line.old for line in lines)
    assert aside in {line.draft for line in lines}


def test_typing_is_no_act_of_the_hall(hall: SmallHall) -> None:
    done = hall.performer.write(hall.clerk, save_draft, SaveDraft(TYPED))
    assert done.topics == frozenset()
