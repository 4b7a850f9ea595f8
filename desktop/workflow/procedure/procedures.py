"""What a procedure is made of: its transitions, clocks, letters and silence, and what an item says about time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.workflow.procedure.legal_states import ActKind, ActorRole, Gate, LegalState
from desktop.workflow.time.limits import Limit, Unit, counted_back

THIRTY_DAYS = Limit(30, Unit.DAYS)
TEN_WORKDAYS = Limit(10, Unit.WORKDAYS)
PERMIT_LAW = "行政许可法"
PERMIT_GROUNDS = ("hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal", "expert_review")
"""What 行政许可法 第四十五条 names (听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审); others need another law."""


class Effect(StrEnum):
    """What an act does to the clocks and the record of its round."""

    NOTE = "note"
    OPEN_ACCEPTANCE = "open_acceptance"
    HOLD_ACCEPTANCE = "hold_acceptance"
    RESUME_ACCEPTANCE = "resume_acceptance"
    START_LIMIT = "start_limit"
    DEFER = "defer"
    KEEP = "keep"
    BREAK = "break"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    START_DELIVERY = "start_delivery"
    AT_ONCE = "at_once"
    STOP = "stop"
    ISSUE = "issue"
    DELIVER = "deliver"
    END = "end"
    CHECK = "check"


class Letter(StrEnum):
    """The letter an act calls for; each is the department's own, dated and sealed, except the receipt of papers."""

    RECEIPT = "receipt"
    NOT_REQUIRED = "not_required"
    NOT_OURS = "not_ours"
    SUPPLEMENT = "supplement"
    ACCEPTANCE = "acceptance"
    NOT_ACCEPTED = "not_accepted"
    DEFERRAL = "deferral"
    PROMISE_BROKEN = "promise_broken"
    CHECK_FAILED = "check_failed"
    SUSPENSION = "suspension"
    RESUMPTION = "resumption"
    EXTENSION = "extension"
    HEARING = "hearing"
    GRANT = "grant"
    REFUSAL = "refusal"
    PROOF_OF_SERVICE = "proof_of_service"
    WITHDRAWAL = "withdrawal"
    TERMINATION = "termination"
    LAPSE = "lapse"
    ANNULMENT = "annulment"
    ENDING = "ending"


class Guard(StrEnum):
    """A condition of law on an act beyond its state, role and gates; acts.py holds the rules."""

    ONE_NOTICE = "one_notice"
    DEFERRABLE = "deferrable"
    OPEN_PROMISE = "open_promise"
    LISTED_GROUND = "listed_ground"
    OPEN_PAUSE = "open_pause"
    NO_OPEN_HEARING = "no_open_hearing"
    HEARING_TOLD = "hearing_told"
    OPEN_HEARING = "open_hearing"
    EXTENDABLE = "extendable"
    INSTANT = "instant"
    CITED_RULE = "cited_rule"
    CHECK_OWED = "check_owed"
    NOT_SERVED = "not_served"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table: where an act leads, which gates it passes, and what it takes."""

    to: LegalState
    effect: Effect
    roles: frozenset[ActorRole]
    gates: tuple[Gate, ...] = ()
    needs_reason: bool = False
    guard: Guard | None = None
    letter: Letter | None = None
    basis: str | None = None

    @property
    def gate(self) -> Gate | None:
        """The gate the act passes; of an instant decision, the last of them."""
        return self.gates[-1] if self.gates else None


class SilenceCode(StrEnum):
    """What the department's silence is taken to mean."""

    DEEMED_ACCEPTED = "deemed_accepted"
    DEEMED_GRANTED = "deemed_granted"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar on applying again after an act whose `bad_faith` is recorded (行政许可法 第七十八、七十九条)."""

    act: ActKind
    limit: Limit
    basis: str


@dataclass(frozen=True, slots=True)
class Standards:
    """The limits a procedure has by law where an item names none; None where no law is general to the procedure."""

    acceptance: Limit | None = None
    decide: Limit | None = None
    extend: Limit | None = None
    joint_decide: Limit | None = None
    joint_extend: Limit | None = None
    delivery: Limit | None = None
    hearing_request: Limit | None = None
    hearing_organise: Limit | None = None
    hearing_notice: Limit | None = None
    reconsideration: Limit | None = None
    litigation: Limit | None = None


class ItemKind(StrEnum):
    """How an item is handled: at once at the counter, or within a promised limit (即办件 / 承诺件)."""

    INSTANT = "instant"
    PROMISED = "promised"


@dataclass(frozen=True, slots=True)
class PauseGround:
    """A ground on which an item's clock may be paused, and the law that allows it."""

    ground: str
    basis: str


@dataclass(frozen=True, slots=True)
class Renewal:
    """A renewal's old licence: the day it expires, and how long before that the law wants the application.

    `apply_before` is in calendar days, months or years; TimeFault `limit_not_in_calendar_units` otherwise.
    """

    expires: date
    apply_before: Limit = THIRTY_DAYS

    def __post_init__(self) -> None:
        counted_back(self.expires, self.apply_before)


@dataclass(frozen=True, slots=True)
class ItemTiming:
    """What an item says about time; None leaves it to the profile's standards.

    `deemed_acceptance_basis` and `acceptance` are for items whose own law lets silence accept (e.g. 不动产登记暂行条例
    第十七条); `lapse_basis` is the cited rule without which nothing ever lapses; `joint` is handled jointly by several
    departments (统一办理、联合办理、集中办理).
    `afterwards` is the time after the decision in which the department checks what was promised (告知承诺 核查).
    An item with a statutory limit of its own is extended only by its own `extend`.
    """

    kind: ItemKind = ItemKind.PROMISED
    statutory: Limit | None = None
    promised: Limit | None = None
    extend: Limit | None = None
    joint: bool = False
    pauses: tuple[PauseGround, ...] = ()
    supplement_return: Limit = TEN_WORKDAYS
    afterwards: Limit | None = None
    acceptance: Limit | None = None
    deemed_acceptance_basis: str | None = None
    lapse_basis: str | None = None
    renewal: Renewal | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """One procedure: its table, its limits, what silence means, bars on applying again, and where a clock may pause."""

    code: str
    transitions: Mapping[tuple[LegalState, ActKind], Transition]
    standards: Standards
    silence: Mapping[SilenceCode, str]
    bars: tuple[Bar, ...]
    pauses: tuple[PauseGround, ...] = ()
    _skips: Mapping[ActKind, Transition] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows = ((act, row) for (state, act), row in self.transitions.items() if row.to is not state)
        found = {act: row for act, row in rows if row.effect is not Effect.AT_ONCE}
        object.__setattr__(self, "_skips", {act: found[act] for act in ActKind if act in found})

    def acts(self) -> tuple[ActKind, ...]:
        """Give every act of the procedure, in order."""
        kinds = {act for _, act in self.transitions}
        return tuple(act for act in ActKind if act in kinds)

    def skip(self, act: ActKind) -> Transition | None:
        """Give the row an observed act takes when its own state has none: one that leads to another state."""
        return self._skips.get(act)

    def row_to(self, state: LegalState) -> Transition | None:
        """Give a row that leads into a state, for an observation that names only the state."""
        return next((row for row in self._skips.values() if row.to is state), None)

    def acceptance(self, timing: ItemTiming) -> Limit | None:
        """Give the limit for saying whether papers are accepted, the item's own before the procedure's."""
        return timing.acceptance or self.standards.acceptance

    def statutory(self, timing: ItemTiming) -> Limit | None:
        """Give the limit by law for the decision, the item's own before the procedure's."""
        return timing.statutory or (self.standards.joint_decide if timing.joint else self.standards.decide)

    def extension(self, timing: ItemTiming) -> Limit | None:
        """Give the longest extension; the procedure's serves only a limit that is the procedure's too."""
        if timing.extend is not None or timing.statutory is not None:
            return timing.extend
        return self.standards.joint_extend if timing.joint else self.standards.extend

    def pauses_of(self, timing: ItemTiming) -> Mapping[str, PauseGround]:
        """Give the grounds on which the item's clock may pause: the procedure's by law, then what the item adds.

        An item decided at once has none. Leaves out a ground by which an item borrows the permit law: it names all of
        its grounds itself, and for permits only.
        """
        if timing.kind is ItemKind.INSTANT:
            return {}
        own = (pause for pause in timing.pauses if not pause.basis.startswith(PERMIT_LAW))
        return {pause.ground: pause for pause in (*self.pauses, *own)}

    def pause_grounds(self, timing: ItemTiming) -> frozenset[str]:
        """Give the codes of the grounds on which the item's clock may pause."""
        return frozenset(self.pauses_of(timing))

    def silence_basis(self, code: SilenceCode, timing: ItemTiming) -> str | None:
        """Give the rule by which silence decides, the item's own before the procedure's; None when none does."""
        if code is SilenceCode.DEEMED_ACCEPTED and timing.deemed_acceptance_basis is not None:
            return timing.deemed_acceptance_basis
        return self.silence.get(code)
