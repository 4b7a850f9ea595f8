"""The words of law for one round of one item: its acts, its states, its gates, and who may act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from desktop.workflow.time.calendars import TimeFault
from desktop.workflow.time.limits import Limit


class ActKind(StrEnum):
    """What was done, in the order of the procedure: acts of the same instant fold in this order."""

    SUBMIT = "submit"
    CORRECT = "correct"
    NOT_REQUIRED = "not_required"
    NOT_OURS = "not_ours"
    SUPPLEMENT = "supplement"
    RESUPPLY = "resupply"
    PROMISE = "promise"
    ACCEPT = "accept"
    NOT_ACCEPT = "not_accept"
    ASSIGN = "assign"
    OBJECT = "object"
    HEARING_OPEN = "hearing_open"
    HEARING_CLOSE = "hearing_close"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    NOTE_REPORT = "note_report"
    KEEP_PROMISE = "keep_promise"
    BREAK_PROMISE = "break_promise"
    GRANT = "grant"
    REFUSE = "refuse"
    ISSUE = "issue"
    SERVE = "serve"
    CLEAR_CHECK = "clear_check"
    FAIL_CHECK = "fail_check"
    OBSERVE = "observe"
    WITHDRAW = "withdraw"
    TERMINATE = "terminate"
    LAPSE = "lapse"
    ANNUL = "annul"
    REVOKE_UNLAWFUL = "revoke_unlawful"
    WITHDRAW_PERMIT = "withdraw_permit"
    REVOKE_PENALTY = "revoke_penalty"
    DEREGISTER = "deregister"


class LegalState(StrEnum):
    """Where a round stands in law; the last four are the ways a granted outcome ends (撤销 撤回 吊销 注销)."""

    NONE = "none"
    SUBMITTED = "submitted"
    SUPPLEMENT = "supplement"
    ACCEPTED = "accepted"
    REVIEWING = "reviewing"
    SUSPENDED = "suspended"
    GRANTED = "granted"
    REFUSED = "refused"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    LAPSED = "lapsed"
    ISSUED = "issued"
    SERVED = "served"
    ANNULLED = "annulled"
    REVOKED_UNLAWFUL = "revoked_unlawful"
    PERMIT_WITHDRAWN = "permit_withdrawn"
    PENALTY_REVOKED = "penalty_revoked"
    DEREGISTERED = "deregistered"


_S = LegalState
LIVE = frozenset({_S.SUBMITTED, _S.SUPPLEMENT, _S.ACCEPTED, _S.REVIEWING, _S.SUSPENDED, _S.GRANTED})
"""States in which the hall still owes the person something before the outcome exists."""
FINAL = frozenset(
    {_S.WITHDRAWN, _S.ANNULLED, _S.REVOKED_UNLAWFUL, _S.PERMIT_WITHDRAWN, _S.PENALTY_REVOKED, _S.DEREGISTERED}
)
"""States nothing leads out of; applying again opens another round."""
TAKEN_AWAY = FINAL - {_S.WITHDRAWN}
"""States in which a decision, or what was issued by it, stands no longer: what was applied for can be again."""
AGAINST = frozenset(
    {
        _S.REFUSED, _S.NOT_ACCEPTED, _S.TERMINATED, _S.LAPSED,
        _S.REVOKED_UNLAWFUL, _S.PERMIT_WITHDRAWN, _S.PENALTY_REVOKED, _S.DEREGISTERED,
    }
)  # fmt: skip
"""States that a decision against the person leads to: it is served, and the time of the remedies runs from then on."""
STANDING = {
    _S.NONE: 0,
    _S.SUBMITTED: 1,
    _S.SUPPLEMENT: 1,
    _S.ACCEPTED: 2,
    _S.NOT_ACCEPTED: 2,
    _S.REVIEWING: 3,
    _S.SUSPENDED: 3,
    _S.GRANTED: 4,
    _S.REFUSED: 4,
    _S.WITHDRAWN: 4,
    _S.TERMINATED: 4,
    _S.LAPSED: 4,
    _S.ISSUED: 5,
    _S.SERVED: 6,
    _S.ANNULLED: 7,
    _S.REVOKED_UNLAWFUL: 7,
    _S.PERMIT_WITHDRAWN: 7,
    _S.PENALTY_REVOKED: 7,
    _S.DEREGISTERED: 7,
}
"""How far along a state is: an observed act may skip forward, never back."""


class Gate(StrEnum):
    """What must hold before an act: the phases of an item's requirements, in order."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    DECIDE = "decide"
    ISSUE = "issue"


NEXT_GATE: Mapping[LegalState, Gate] = MappingProxyType(
    {
        LegalState.NONE: Gate.SUBMIT,
        LegalState.SUBMITTED: Gate.ACCEPT,
        LegalState.SUPPLEMENT: Gate.ACCEPT,
        LegalState.ACCEPTED: Gate.DECIDE,
        LegalState.REVIEWING: Gate.DECIDE,
        LegalState.SUSPENDED: Gate.DECIDE,
        LegalState.GRANTED: Gate.ISSUE,
    }
)
"""The gate a round stands before; after the last there is none."""


class ActorRole(StrEnum):
    """In what capacity somebody acted."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    APPLICANT = "applicant"
    CLOCK = "clock"
    OTHER_SYSTEM = "other_system"


class ActFault(ValueError):
    """An act the law or the item does not allow here; `code` and `values` make the sentence elsewhere."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Act:
    """One act in one round of one item for one subject, only ever appended.

    `legal` is when it happened, in the hall's zone; `recorded` is when it was written down. `op` names the operation,
    so that a double click is one act. `values`: listed (supplement), deferred (promise: leaf → day due),
    leaves (keep, break), ground, expected_end (suspend; the day to put it right of fail_check), limit (extend),
    to_whom (not_ours), method (serve), number, bad_faith, redo (annul), source, state (observe).
    Raises ActFault `time_without_zone`.
    """

    kind: ActKind
    item: str
    subject: str
    round: int
    legal: datetime
    recorded: datetime
    by: str
    role: ActorRole
    op: str
    reason: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    observed: bool = False

    def __post_init__(self) -> None:
        if self.legal.tzinfo is None or self.recorded.tzinfo is None:
            raise ActFault("time_without_zone", op=self.op)
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    @property
    def day(self) -> date:
        """The day of the act's legal time."""
        return self.legal.date()

    @property
    def recorded_day(self) -> date:
        """The day the act was recorded, in the zone of its legal time."""
        return self.recorded.astimezone(self.legal.tzinfo).date()

    def text(self, key: str) -> str | None:
        """Give a value as text, None when absent or empty."""
        value = self.values.get(key)
        return str(value) if value not in (None, "") else None

    def names(self, key: str) -> tuple[str, ...]:
        """Give a value as a list of names, without repeats, in order; empty when absent."""
        value = self.values.get(key)
        if isinstance(value, str):
            return (value,)
        return tuple(dict.fromkeys(str(name) for name in value)) if isinstance(value, Iterable) else ()

    def date_value(self, key: str) -> date | None:
        """Give a value as a day, from a date or YYYY-MM-DD; None when absent or unreadable."""
        return read_day(self.values.get(key))

    def limit_value(self) -> Limit | None:
        """Give the limit of an extension, from a Limit or its text; None when absent or unreadable."""
        value = self.values.get("limit")
        if isinstance(value, Limit):
            return value
        try:
            return Limit.parse(str(value)) if value else None
        except TimeFault:
            return None

    def deferred(self) -> dict[str, date | None]:
        """Give the leaves a promise defers and the day each is due; None where no readable day is given."""
        value = self.values.get("deferred")
        if not isinstance(value, Mapping):
            return dict.fromkeys(self.names("deferred"))
        return {str(leaf): read_day(day) for leaf, day in value.items()}


def read_day(value: object) -> date | None:
    """Give a day from a date, an instant or YYYY-MM-DD; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
