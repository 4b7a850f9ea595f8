"""What is known on a day: who stands for a role, a fact's best answer, which papers and outcomes are on file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, cast

from desktop.workflow.catalogue.deepest import deepest_first
from desktop.workflow.catalogue.definitions import (
    APPLICANT,
    CASE,
    Catalogue,
    Demand,
    Fact,
    FromRoles,
    Item,
    Material,
    Outcome,
    Source,
    Want,
)
from desktop.workflow.conditions.condition import NO_ANSWER, UNKNOWN, FactRef, Verdict
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.in_order import in_order
from desktop.workflow.planning.inputs import DECLINED, FactValue, HeldOutcome, Inputs, Key, Kind, Paper, PaperState
from desktop.workflow.planning.stand_ins import stand_ins
from desktop.workflow.procedure.acts import fold
from desktop.workflow.procedure.legal_states import TAKEN_AWAY, Act, ActKind, LegalState
from desktop.workflow.procedure.profiles import PROFILES
from desktop.workflow.procedure.rounds import GatePass, RoundState
from desktop.workflow.time.calendars import WorkCalendar
from desktop.workflow.time.limits import end_of

Bound = Mapping[str, str]
_RANK = {source: rank for rank, source in enumerate(Source)}
REACHED = frozenset({LegalState.ISSUED, LegalState.SERVED})
"""States in which a round's outcome exists."""
_MEANT_ANEW = frozenset({"payment", "notice"})


class Aim(NamedTuple):
    """An outcome the demand wants, for its subject, and whether it applies here."""

    want: Want
    key: Key
    applies: Truth


class Known:
    """The inputs of one request, read for one day; nothing is guessed and nothing is changed."""

    def __init__(
        self,
        catalogue: Catalogue,
        calendar: WorkCalendar,
        inputs: Inputs,
        today: date,
        run_out: Mapping[Key, date] = MappingProxyType({}),
    ) -> None:
        stood_in = stand_ins(catalogue, calendar, inputs, today)
        self.gone = stood_in.items
        self.catalogue = catalogue = stood_in.catalogue
        self.calendar = calendar
        self.inputs = inputs
        self.today = today
        self.run_out = run_out
        """The items whose result is needed again, and until when it was good: they stand before another round."""
        self.demand: Demand = catalogue.demands[inputs.demand]
        self._derived: dict[Key, object] = {}
        self._rounds: dict[Key, tuple[int, RoundState]] = {}
        self._states: dict[tuple[Key, int], RoundState] = {}
        self._things: Mapping[Kind, Mapping[str, Fact | Material | Outcome | Item]] = {
            Kind.FACT: catalogue.facts,
            Kind.MATERIAL: catalogue.materials,
            Kind.OUTCOME: catalogue.outcomes,
            Kind.ITEM: catalogue.items,
        }

    # -- who ----------------------------------------------------------------------------------------------------

    def subject(self, role: str | None, about: str, bound: Mapping[str, str]) -> str:
        """Give the subject of a thing: of the role named, else of whom the catalogue says it is about.

        A role nobody fills yet is a provisional subject of this request, named after the role (rule 26).
        """
        name = role or about
        if name == CASE:
            return CASE
        if name in bound:
            return bound[name]
        filled = self.inputs.roles.get(name, ())
        if filled:
            return filled[0]
        return f"role:{name}" if self.demand.role(name) or name == APPLICANT else self.subject(None, APPLICANT, bound)

    def key(self, kind: Kind, code: str, role: str | None = None, bound: Mapping[str, str] | None = None) -> Key:
        """Give the vertex of a thing for the role's subject."""
        return Key(kind, code, self.subject(role, self._things[kind][code].about, bound or {}))

    # -- what is wanted -----------------------------------------------------------------------------------------

    def wanted_key(self, want: Want) -> Key:
        """Give the outcome a want aims at, for its subject."""
        return self.key(Kind.OUTCOME, want.outcome, want.of)

    def is_taken(self, want: Want) -> bool:
        """Tell whether a want is aimed at: what is only offered must have been chosen."""
        if not want.opt_in:
            return True
        return self.inputs.choices.get(self.wanted_key(want).leaf, DECLINED) != DECLINED

    @cached_property
    def aims(self) -> tuple[Aim, ...]:
        """Every outcome aimed at, in the author's order, with whether it applies."""
        taken = (want for want in self.demand.wants if self.is_taken(want))
        return tuple(Aim(want, self.wanted_key(want), self._is_wanted_here(want)) for want in taken)

    def _is_wanted_here(self, want: Want) -> Truth:
        """Tell whether a want applies; what was done for it does not turn it away again, nor what it has ended."""
        if want.when is None:
            return Truth.TRUE
        applies = self.judge(want.when).truth
        if applies is not Truth.TRUE and self.was_made_here(self.wanted_key(want)):
            return self._before_all_acts.judge(want.when).truth
        return applies

    @cached_property
    def _before_all_acts(self) -> Known:
        return Known(self.catalogue, self.calendar, replace(self.inputs, acts=()), self.today)

    @cached_property
    def _anew(self) -> frozenset[Key]:
        aims = (aim for aim in self.aims if aim.applies is not Truth.FALSE)
        return frozenset(aim.key for aim in aims if self._is_meant_anew(aim.want))

    def _is_meant_anew(self, want: Want) -> bool:
        return self.catalogue.outcomes[want.outcome].kind in _MEANT_ANEW if want.anew is None else want.anew

    # -- facts --------------------------------------------------------------------------------------------------

    @cached_property
    def _answers(self) -> dict[tuple[str, str], list[FactValue]]:
        found: dict[tuple[str, str], list[FactValue]] = {}
        for value in self.inputs.facts:
            if value.until is None or value.until >= self.today:
                found.setdefault((value.subject, value.code), []).append(value)
        return found

    def fact(self, code: str, subject: str) -> object:
        """Give a fact's best valid answer: UNKNOWN when nobody answered, NO_ANSWER when somebody did not know.

        Of answers from one source the one told last stands, whenever it was written down, also where it is that nobody
        knows; the highest-ranked source stands, and one without an answer falls through to the next (rules 17 and 19).
        """
        fact = self.catalogue.facts[code]
        if fact.from_outcome and self._is_in_force(fact.from_outcome, subject):  # also where another is wanted anew
            return True
        answers = self._answers.get((subject, code), [])
        best = _best(answers)
        if best is not None:
            return best.value
        told = next((row.holds for row in fact.from_roles if self._applies(row)), None)
        if told is not None:
            return told
        if fact.rule:
            return self._derive(fact, subject)
        return NO_ANSWER if answers else UNKNOWN

    def answer(self, fact: Key) -> FactValue | None:
        """Give the answer to a fact that stands, with its source and its day; None where nobody told it."""
        return _best(self._answers.get((fact.subject, fact.code), ()))

    def _applies(self, row: FromRoles) -> bool:
        """Tell whether those who take part are as a row says; a role nobody fills settles nothing."""
        roles = self.inputs.roles
        if row.same is None:
            return bool(row.named and roles.get(row.named))
        one, other = (roles.get(role, ()) for role in row.same)
        return bool(one) and tuple(one) == tuple(other)

    @cached_property
    def answered(self) -> Mapping[Key, Source]:
        """Every fact that was answered, and from which source the answer that stands comes."""
        found = ((Key(Kind.FACT, code, subject), _best(answers)) for (subject, code), answers in self._answers.items())
        return {key: best.source for key, best in found if best is not None}

    def fact_at(self, key: Key, item: Key, passed: GatePass) -> object:
        """Give what was answered by the moment an item passed a gate; an answer without a day has always been there."""
        acts = self._acts.get((item.code, item.subject), {}).get(self.round(item)[0], ())
        at = next((act.legal for act in acts if act.op == passed.op), None)
        told = (one for one in self.inputs.facts if (one.subject, one.code) == (key.subject, key.code))
        best = _best(one for one in told if _is_by(one, passed.on, at))
        return UNKNOWN if best is None else best.value

    def _derive(self, fact: Fact, subject: str) -> object:
        """Judge a fact's rule, and first the rules of the facts it reads, so that a chain of them may be long."""
        wanted = Key(Kind.FACT, fact.code, subject)
        if wanted not in self._derived:
            for key in deepest_first(wanted, self._rules_below):
                truth = self.judge(cast("str", self.catalogue.facts[key.code].rule), self.whose(key)).truth
                self._derived[key] = {Truth.TRUE: True, Truth.FALSE: False}.get(truth, UNKNOWN)
        return self._derived[wanted]

    def _rules_below(self, key: Key) -> tuple[Key, ...]:
        """Begin with a derived fact, not known as yet, and give the derived facts its rule reads."""
        self._derived[key] = UNKNOWN
        reads = self.catalogue.condition(cast("str", self.catalogue.facts[key.code].rule)).reads
        facts = (ref for ref in reads if ref.each_of is None and self.catalogue.facts[ref.code].rule)
        keys = (self.fact_key(ref, self.whose(key)) for ref in facts)
        return tuple(each for each in keys if each not in self._derived)

    def whose(self, fact: Key) -> Bound:
        """Give whom the rule of a derived fact speaks of."""
        return {} if fact.subject == CASE else {self.catalogue.facts[fact.code].about: fact.subject}

    def fact_key(self, ref: FactRef, bound: Mapping[str, str]) -> Key:
        """Give the vertex a condition speaks of."""
        subject = ref.subject
        if subject is not None:
            return Key(Kind.FACT, ref.code, subject)
        return self.key(Kind.FACT, ref.code, ref.role, bound)

    def judge(self, condition: str, bound: Mapping[str, str] | None = None) -> Verdict:
        """Value a condition for the subjects of this request."""
        within = bound or {}

        def lookup(ref: FactRef) -> object:
            key = self.fact_key(ref, within)
            return self.fact(key.code, key.subject)

        return self.catalogue.condition(condition).evaluate(lookup, self.today, self.inputs.opened)

    def unknown(self, condition: str, bound: Mapping[str, str] | None = None) -> tuple[Key, ...]:
        """Give the facts that could still settle a condition, down to those somebody can answer."""
        found: dict[Key, None] = {}
        way = [self._missing_of(condition, bound or {})]
        while way:
            key = next(way[-1], None)
            if key is None:
                way.pop()
                continue
            fact = self.catalogue.facts[key.code]
            if fact.rule and Source.DECLARED not in fact.sources:
                way.append(self._missing_of(fact.rule, self.whose(key)))
            else:
                found[key] = None
        return tuple(found)

    def _missing_of(self, condition: str, bound: Bound) -> Iterator[Key]:
        refs = sorted(self.judge(condition, bound).missing, key=str)
        return (self.fact_key(ref, bound) for ref in refs)

    # -- papers and outcomes ------------------------------------------------------------------------------------

    def paper(self, code: str, subject: str) -> Paper | None:
        """Give the latest word on a paper of a subject: valid and received, else what became of the last one."""
        said = self.papers_said((code,), subject)
        return said[-1] if said else None

    def papers_said(self, codes: Collection[str], subject: str) -> list[Paper]:
        """Give every word on papers of a subject in the order in which they came, whenever it was written down."""
        these = (paper for paper in self.inputs.papers if paper.code in codes and paper.subject == subject)
        return in_order(these, lambda paper: (paper.received, paper.at))

    def has_paper(self, code: str, subject: str) -> bool:
        """Tell whether a paper is in hand and still good."""
        paper = self.paper(code, subject)
        return (
            paper is not None
            and paper.state is PaperState.RECEIVED
            and (paper.until is None or paper.until >= self.today)
        )

    def on_file(self, outcome: str, subject: str) -> HeldOutcome | None:
        """Give a valid outcome on file for a subject; where it is wanted anew, only one since the demand was opened."""
        anew = Key(Kind.OUTCOME, outcome, subject) in self._anew
        return self._held(outcome, subject, self.inputs.opened if anew else None)

    def is_lost(self, outcome: Key) -> bool:
        """Tell whether what this request stands on was taken away elsewhere; what is wanted anew it never stood on."""
        return outcome in self.inputs.lost and outcome not in self._anew

    def _held(self, outcome: str, subject: str, after: date | None) -> HeldOutcome | None:
        if self._ended_on(outcome, subject) is not None:
            return None
        for held in self.inputs.held:
            there = held.code == outcome and held.subject == subject and held.valid_on(self.today)
            if there and (after is None or held.since > after):
                return held
        return None

    def _ended_on(self, outcome: str, subject: str) -> date | None:
        """Give the day since which an item of this very request has ended an outcome."""
        return self._ended_here.get((outcome, subject))

    @cached_property
    def _ended_here(self) -> Mapping[tuple[str, str], date]:
        """The outcomes that items of this very request have ended, and since when (rule 5)."""
        done = ((key, self._made_on(state)) for key, _, state in self._done)
        return {(outcome, key.subject): day for key, day in done for outcome in self.item_of(key).ends}

    @cached_property
    def _done(self) -> tuple[tuple[Key, int, RoundState], ...]:
        """Every round of this request that has come to its result."""
        rounds = ((key, number) for key in self.begun for number in self._acts[key.code, key.subject])
        states = ((key, number, self._state(key, number)) for key, number in rounds)
        return tuple(each for each in states if each[2].state in REACHED)

    @cached_property
    def made(self) -> tuple[HeldOutcome, ...]:
        """What items of this very request have issued, good until their act says, else the catalogue (rule 5)."""
        return tuple(self._made(*done, outcome) for done in self._done for outcome in self.item_of(done[0]).provides)

    def _made(self, item: Key, number: int, state: RoundState, outcome: str) -> HeldOutcome:
        since = self._made_on(state)
        acts = self._acts[item.code, item.subject][number]
        said = (act.date_value("valid_until") for act in acts if act.kind is ActKind.ISSUE)
        until = next((day for day in said if day is not None), None)
        until = until or end_of(since, self.catalogue.outcomes[outcome].valid_for)
        ended = self._ended_on(outcome, item.subject)
        return HeldOutcome(item.subject, outcome, since, until, ended if ended is not None and ended > since else None)

    def _made_on(self, state: RoundState) -> date:
        """Give the day a round's result came out; of one decided elsewhere, the first day known of it."""
        return state.issued_on or state.served_on or state.decided_on or self.today

    def made_here(self, outcome: Key) -> HeldOutcome | None:
        """Give what this very matter has issued and is still in force."""
        place = (outcome.code, outcome.subject)
        there = (one for one in self.made if (one.code, one.subject) == place and one.valid_on(self.today))
        return next(there, None)

    def was_made_here(self, outcome: Key) -> bool:
        """Tell whether this very matter has issued an outcome, whatever has become of it since."""
        return any((one.code, one.subject) == (outcome.code, outcome.subject) for one in self.made)

    def ran_out(self, outcome: Key) -> date | None:
        """Give the last day of what this very matter issued and is good no longer; None where it is, or was ended."""
        place = (outcome.code, outcome.subject)
        made = [one for one in self.made if (one.code, one.subject) == place]
        if any(one.ended is not None or one.valid_on(self.today) for one in made):
            return None
        return max((one.until for one in made if one.until is not None), default=None)

    def makers(self, outcome: Key) -> tuple[Key, ...]:
        """Give the items of this request that have issued an outcome."""
        done = dict.fromkeys(key for key, _, _ in self._done if key.subject == outcome.subject)
        return tuple(key for key in done if outcome.code in self.item_of(key).provides)

    def _is_in_force(self, outcome: str, subject: str) -> bool:
        return bool(self._held(outcome, subject, None) or self.made_here(Key(Kind.OUTCOME, outcome, subject)))

    def proofs(self, paper: Key) -> tuple[Key, ...]:
        """Give the outcomes a paper shows: its owner's own; of a paper about the matter, as the catalogue says."""
        return tuple(
            self._proof(outcome, paper.subject) for outcome in self.catalogue.materials[paper.code].provided_by
        )

    def _proof(self, outcome: str, owner: str) -> Key:
        if CASE in {owner, self.catalogue.outcomes[outcome].about}:
            return self.key(Kind.OUTCOME, outcome)
        return Key(Kind.OUTCOME, outcome, owner)

    # -- rounds -------------------------------------------------------------------------------------------------

    @cached_property
    def _acts(self) -> dict[tuple[str, str], dict[int, list[Act]]]:
        found: dict[tuple[str, str], dict[int, list[Act]]] = {}
        for act in self.inputs.acts:
            found.setdefault((act.item, act.subject), {}).setdefault(act.round, []).append(act)
        return found

    def round(self, key: Key) -> tuple[int, RoundState]:
        """Give the number and state of an item's latest round; round 1 not begun when nothing was done yet.

        Where the result of the latest has run out and is needed again, or its decision was taken away, it is the next
        one, not begun (rule 6).
        """
        if key not in self._rounds:
            number = max(self._acts.get((key.code, key.subject), {}), default=1)
            last = self._state(key, number)
            if (key in self.run_out and last.state in REACHED) or last.may_follow(self.today):
                number += 1
            self._rounds[key] = (number, self._state(key, number))
        return self._rounds[key]

    def stands_anew(self, key: Key) -> bool:
        """Tell whether an item that was begun stands before another round."""
        number, state = self.round(key)
        return number > 1 and state.state is LegalState.NONE

    def taken_away(self, key: Key) -> RoundState | None:
        """Give the round whose decision was taken away and that the latest is to take the place of; None elsewhere."""
        number, state = self.round(key)
        before = self._state(key, number - 1) if number > 1 and state.state not in REACHED else None
        return before if before is not None and before.state in TAKEN_AWAY else None

    def is_for_itself(self, key: Key) -> bool:
        """Tell whether an item provides what is aimed at here: that is applied for anew only by who wants it."""
        aimed = {aim.key for aim in self.aims if aim.applies is not Truth.FALSE}
        return any(Key(Kind.OUTCOME, code, key.subject) in aimed for code in self.item_of(key).provides)

    def rounds(self, key: Key) -> dict[int, RoundState]:
        """Give the states of all rounds of an item that were begun, by number."""
        return {number: self._state(key, number) for number in self._acts.get((key.code, key.subject), ())}

    def _state(self, key: Key, number: int) -> RoundState:
        if (key, number) not in self._states:
            item, acts = self.catalogue.items[key.code], self._acts.get((key.code, key.subject), {}).get(number, ())
            state = fold(PROFILES[item.procedure], item.timing, tuple(acts), self.calendar, self.today)
            self._states[key, number] = state
        return self._states[key, number]

    @cached_property
    def begun(self) -> tuple[Key, ...]:
        """Every item this request has begun, in the order of its first act."""
        return tuple(Key(Kind.ITEM, item, subject) for item, subject in self._acts)

    def item_of(self, key: Key) -> Item:
        """Give the item of a vertex."""
        return self.catalogue.items[key.code]

    def bound(self, key: Key) -> Bound:
        """Give whom an item's own role stands for while its requirements are read."""
        return {} if key.subject == CASE else {self.item_of(key).about: key.subject}

    def eligible(self, key: Key) -> Truth:
        """Say whether somebody may have an item; it advises and never guards (rule 12)."""
        condition = self.item_of(key).eligible
        return self.judge(condition, self.bound(key)).truth if condition else Truth.TRUE

    def fitting(self, ways: Sequence[Key]) -> Sequence[Key]:
        """Give the ways of which one will be taken, in the author's order: up to the first that is surely open.

        Those somebody is not eligible for are left out; where that is all of them the first stays, and a person decides
        (rule 12).
        """
        found: list[Key] = []
        for way in ways:
            eligible = self.eligible(way)
            if eligible is not Truth.FALSE:
                found.append(way)
            if eligible is Truth.TRUE:
                break
        return found or ways[:1]


def _best(answers: Iterable[FactValue]) -> FactValue | None:
    """Give the answer that stands: each source's latest word, of the highest source that knows (rules 17 and 19)."""
    latest = {answer.source: answer for answer in in_order(answers, lambda answer: (answer.since, answer.at))}
    known = (answer for answer in latest.values() if answer.value is not None)
    return min(known, key=lambda answer: _RANK[answer.source], default=None)


def _is_by(answer: FactValue, day: date, at: datetime | None) -> bool:
    """Tell whether an answer was there at a moment; where one of the moments is not known, by the end of its day."""
    if answer.at is not None and at is not None:
        return answer.at <= at
    return answer.since is None or answer.since <= day
