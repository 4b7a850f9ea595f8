"""Where one round of one item stands: its state, gates, dates, notices, promises, pauses and clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from desktop.workflow.procedure.legal_states import LIVE, TAKEN_AWAY, ActKind, Gate, LegalState
from desktop.workflow.procedure.procedures import ItemTiming, Profile, SilenceCode
from desktop.workflow.time.calendars import WorkCalendar
from desktop.workflow.time.deadlines import Due, ItemRun
from desktop.workflow.time.limits import Extension, Pause

HEARING = "hearing"
"""The ground under which a hearing pauses the clocks."""


class Passed(StrEnum):
    """How a gate was passed: judged here, by silence of the law, or decided elsewhere and not judged here."""

    JUDGED = "judged"
    DEEMED = "deemed"
    NOT_JUDGED = "not_judged"


class ClockName(StrEnum):
    """The clocks of a round."""

    ACCEPTANCE = "acceptance"
    RESUPPLY = "resupply"
    PROMISE = "promise"
    STATUTORY = "statutory"
    PROMISED = "promised"
    DELIVERY = "delivery"
    AFTERWARDS = "afterwards"
    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"


@dataclass(frozen=True, slots=True)
class GatePass:
    """A gate passed: when, how, and by which operation (empty when deemed)."""

    gate: Gate
    on: date
    how: Passed
    op: str = ""


@dataclass(frozen=True, slots=True)
class SupplementNotice:
    """A notice of everything missing, and when the papers came back.

    `overtaken` when others had acted before the notice was recorded.
    """

    on: date
    listed: tuple[str, ...]
    recorded: datetime
    op: str
    returned_on: date | None = None
    overtaken: bool = False


@dataclass(frozen=True, slots=True)
class Deferral:
    """A paper owing under a promise (容缺): the leaf, the day it is due, and how the promise ended."""

    leaf: str
    made_on: date
    due: date | None
    kept_on: date | None = None
    broken_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether the promise is neither kept nor broken."""
        return self.kept_on is None and self.broken_on is None


@dataclass(frozen=True, slots=True)
class Deemed:
    """What silence brought about: under which rule, as of which day, seen from which day on.

    `superseded` when a timely notice arrived late and took its place (kept so that it can be told).
    """

    code: SilenceCode
    basis: str
    as_of: date
    found_on: date
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock of the round and how it stands; `key` is the leaf of a promise, else empty."""

    name: ClockName
    due: Due
    key: str = ""


@dataclass(frozen=True, slots=True)
class RoundWarning:
    """Something in the record a person should look at; a code and values, made into a sentence elsewhere."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoundState:
    """One round of one item as its acts leave it on a day; everything here is derived, nothing is stored."""

    state: LegalState
    submitted_on: date | None
    received_on: date | None
    accepted_on: date | None
    decided_on: date | None
    issued_on: date | None
    served_on: date | None
    ended_on: date | None
    ended_by: ActKind | None
    gates: tuple[GatePass, ...]
    notices: tuple[SupplementNotice, ...]
    deferrals: tuple[Deferral, ...]
    pauses: tuple[Pause, ...]
    extensions: tuple[Extension, ...]
    clocks: tuple[Clock, ...]
    deemed: tuple[Deemed, ...]
    moved_to_decide: tuple[str, ...]
    barred_until: date | None
    redo_ordered: bool
    warnings: tuple[RoundWarning, ...]
    check_owed: bool = False
    """Whether the department still has to check what was promised, after the decision."""
    check_failed_on: date | None = None
    service_owed: bool = False
    """Whether a decision against the person is still to be served: the time of the remedies runs only from then on."""

    @property
    def live(self) -> bool:
        """Whether the hall still owes the person something before the outcome exists."""
        return self.state in LIVE

    def may_follow(self, today: date) -> bool:
        """Tell whether another round may follow: the decision was taken away, and no bar on applying again is open."""
        barred = self.barred_until is not None and today <= self.barred_until
        return self.state in TAKEN_AWAY and not barred

    @property
    def hearing_open(self) -> bool:
        """Whether a hearing was opened and not closed."""
        return any(is_hearing(pause) and pause.end is None for pause in self.pauses)

    @property
    def open_grounds(self) -> tuple[str, ...]:
        """The grounds of the suspensions now open, hearings aside."""
        return tuple(pause.ground for pause in self.pauses if pause.end is None and not is_hearing(pause))

    def rests_until(self, today: date) -> date | None:
        """Give the day until which an open pause is expected to last; None when that day is past."""
        open_ = [p.expected_end for p in self.pauses if p.end is None and not is_hearing(p)]
        return max((day for day in open_ if day is not None and day > today), default=None)

    @property
    def open_promises(self) -> tuple[Deferral, ...]:
        """The papers still owing under a promise."""
        return tuple(deferral for deferral in self.deferrals if deferral.is_open)

    def clock(self, name: ClockName) -> Due | None:
        """Give a clock's due date, None when the round has no such clock."""
        return next((clock.due for clock in self.clocks if clock.name is name), None)

    def passed(self, gate: Gate) -> GatePass | None:
        """Give how and when a gate was passed, None when it was not."""
        return next((passed for passed in self.gates if passed.gate is gate), None)

    def run(self) -> ItemRun | None:
        """Give the round's part in the clock of its matter: acceptance to issue (or the end); None if not accepted."""
        if self.accepted_on is None:
            return None
        stopped = self.issued_on or (None if self.live else self.ended_on or self.decided_on)
        return ItemRun(self.accepted_on, stopped, self.pauses)


def is_hearing(pause: Pause) -> bool:
    """Say whether a pause is a hearing's, which only closing the hearing ends."""
    return pause.key.startswith(ActKind.HEARING_OPEN)


@dataclass(slots=True)
class Draft:
    """A round while its acts are being folded in."""

    profile: Profile
    timing: ItemTiming
    calendar: WorkCalendar
    state: LegalState = LegalState.NONE
    submitted_on: date | None = None
    received_on: date | None = None
    accepted_on: date | None = None
    answered_on: date | None = None
    decided_on: date | None = None
    granted_on: date | None = None
    issued_on: date | None = None
    served_on: date | None = None
    stopped_on: date | None = None
    ended_on: date | None = None
    ended_by: ActKind | None = None
    barred_until: date | None = None
    redo_ordered: bool = False
    checked_on: date | None = None
    check_failed_on: date | None = None
    put_right_by: date | None = None
    moved: tuple[str, ...] = ()
    gates: dict[Gate, GatePass] = field(default_factory=dict)
    notices: list[SupplementNotice] = field(default_factory=list)
    deferrals: dict[str, Deferral] = field(default_factory=dict)
    pauses: list[Pause] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    deemed: list[Deemed] = field(default_factory=list)
    warnings: list[RoundWarning] = field(default_factory=list)

    def warn(self, code: str, **values: object) -> None:
        """Name something a person should look at."""
        self.warnings.append(RoundWarning(code, values))

    def pass_gate(self, gate: Gate, on: date, how: Passed, op: str = "") -> None:
        """Pass a gate; the first passing stands."""
        self.gates.setdefault(gate, GatePass(gate, on, how, op))

    def stop(self, on: date) -> None:
        """Stop the clocks that still run, and end the pauses with them."""
        self.answered_on = self.answered_on or on
        self.stopped_on = self.stopped_on or on
        self.pauses = [p if p.end is not None else replace(p, end=max(on, p.start)) for p in self.pauses]
