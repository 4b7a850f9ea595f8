"""How a decision came about: the act, and what stood in evidence at that moment, whatever has come since (rule 7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.catalogue.requirements import All, Any, AtLeast, ForEach, Need, Phase, Requirement, When
from desktop.workflow.catalogue.requirements import Known as KnownFact
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.as_of import as_of
from desktop.workflow.planning.inputs import FactValue, HeldOutcome, Inputs, Key, Kind, Paper
from desktop.workflow.planning.known import Bound, Known
from desktop.workflow.planning.valuation import Valuation
from desktop.workflow.procedure.legal_states import Act, ActKind
from desktop.workflow.time.calendars import WorkCalendar

_JUST_BEFORE = timedelta(microseconds=1)
_ASKED_FOR_A_DECISION = (Phase.SUBMIT, Phase.ACCEPT, Phase.DECIDE)
_DECIDES = frozenset({ActKind.GRANT, ActKind.REFUSE, ActKind.NOT_ACCEPT})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was asked for, whether it was there, and what it was; None where nothing was on record."""

    key: Key
    value: Truth
    shown_by: FactValue | Paper | HeldOutcome | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One condition that was judged, and how it came out."""

    condition: str
    value: Truth


@dataclass(frozen=True, slots=True)
class HowDecided:
    """A decision with its frozen evidence; `against_advice` where it went another way than the rules advised."""

    act: Act
    evidence: tuple[Evidence, ...]
    judgements: tuple[Judgement, ...]
    eligible: Truth
    basis: str = ""

    @property
    def against_advice(self) -> bool:
        """Whether an official decided otherwise than eligibility advised, which takes a reason (rule 12)."""
        advised = {ActKind.GRANT: Truth.FALSE, ActKind.REFUSE: Truth.TRUE}
        return advised.get(self.act.kind) is self.eligible


def how_decided(
    catalogue: Catalogue, calendar: WorkCalendar, inputs: Inputs, item: Key, number: int = 1
) -> HowDecided | None:
    """Say on what a round of an item was decided; None where it was not, or silence decided.

    Facts, papers and outcomes are those on record the moment before the act's legal time, under `catalogue`, which is
    to be the one the gate was judged by.
    """
    rounds = (act for act in inputs.acts if (act.item, act.subject, act.round) == (item.code, item.subject, number))
    decisions = [act for act in rounds if act.kind in _DECIDES]
    if not decisions:
        return None
    act = max(decisions, key=lambda one: one.legal)
    known = Known(catalogue, calendar, as_of(inputs, act.legal - _JUST_BEFORE), act.day)
    read = _Read(known, item)
    return HowDecided(act, tuple(read.evidence), tuple(read.judgements), known.eligible(item), read.basis)


class _Read:
    """Reads what an item asked down to its leaves, under the conditions that held."""

    def __init__(self, known: Known, item: Key) -> None:
        self._known, self._valuation = known, Valuation(known)
        self.judgements: dict[Judgement, None] = {}
        self.evidence: dict[Evidence, None] = {}
        definition, bound = known.item_of(item), known.bound(item)
        self.basis = definition.basis or ""
        if definition.eligible:
            self._judge(definition.eligible, bound)
        for phase in _ASKED_FOR_A_DECISION:
            for key in self._leaves(definition.required(phase), bound):
                self.evidence[Evidence(key, self._value(key), self._shown_by(key))] = None

    def _judge(self, condition: str, bound: Bound) -> Truth:
        value = self._known.judge(condition, bound).truth
        self.judgements[Judgement(condition, value)] = None
        return value

    def _leaves(self, part: Requirement, bound: Bound) -> Iterator[Key]:
        match part:
            case All() | Any() | AtLeast():
                for each in part.parts:
                    yield from self._leaves(each, bound)
            case When():
                if self._judge(part.condition, bound) is not Truth.FALSE:
                    yield from self._leaves(part.part, bound)
            case ForEach():
                for member in self._valuation.members(part, bound) or ():
                    yield from self._leaves(part.part, {**bound, part.role: member})
            case Need():
                yield self._valuation.need_key(part, bound)
            case KnownFact():
                yield self._known.key(Kind.FACT, part.code, part.of, bound)

    def _value(self, key: Key) -> Truth:
        return self._valuation.value(key)

    def _shown_by(self, key: Key) -> FactValue | Paper | HeldOutcome | None:
        match key.kind:
            case Kind.FACT:
                return self._known.answer(key)
            case Kind.MATERIAL:
                return self._known.paper(key.code, key.subject)
        return self._known.on_file(key.code, key.subject) or self._known.made_here(key)
