"""A request whose values are kept: what is entered moves what stands on it, and the rest is not looked at again.

Values are those of `planning.valuation`, which values from scratch and stays what these are held against.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime

from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.conditions.condition import FactRef
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.incremental.network import Asks, Network, Op
from desktop.workflow.incremental.records import NOTHING_RUN_OUT, Records
from desktop.workflow.incremental.stages import MODES, Mode, is_plain
from desktop.workflow.incremental.values import ISSUED, MADE, UNKNOWN, Values
from desktop.workflow.incremental.weaving import Judged, Ordered, weave
from desktop.workflow.planning.engine import needed_again
from desktop.workflow.planning.inputs import FactValue, HeldOutcome, Inputs, Key, Kind, Paper
from desktop.workflow.planning.valuation import Valuation
from desktop.workflow.procedure.legal_states import TAKEN_AWAY, Act, ActKind, LegalState
from desktop.workflow.time.calendars import WorkCalendar

_REACHED = int(Mode.REACHED)
_NOT_BEGUN = (1, LegalState.NONE, None)


class LiveCase:
    """One request on one day, whose values follow what is entered.

    Other members of a set, another aim, or a step outside the network join it anew, which values everything.
    """

    records: Records
    network: Network
    valuation: Valuation
    values: Values
    _rounds: dict[int, tuple[int, LegalState, datetime | None]]
    _answers: list[object]
    _shaped: tuple[object, ...]
    _run_out: bool

    def __init__(self, catalogue: Catalogue, calendar: WorkCalendar, inputs: Inputs, today: date) -> None:
        """Join the network of a request and value it. Raises what `plan` does."""
        self._begin(Records(catalogue, calendar, inputs, today))

    def another(self, inputs: Inputs, today: date) -> LiveCase:
        """Begin a request on the network of this one, whose own inputs hold nothing but the same roles and choices.

        Work: copying the values, and carrying on what is on record.
        """
        case = copy(self)
        case.go_on_from(Records(self.records.published, self.records.calendar, inputs, today))
        return case

    def go_on_from(self, records: Records) -> None:
        """Take other records in the place of none, on the same network."""
        self.records, self.valuation = records, Valuation(records)
        self._rounds, self._answers, self._run_out = {}, self._answers[:], False
        self.values = self.values.copy(self._read)
        self._catch_up()

    def value(self, key: Key) -> Truth:
        """Give the value of an outcome, an item or a paper the demand leads back to; KeyError for any other."""
        return Truth(self.values[self.network.at[key]])

    def ready(self) -> tuple[Key, ...]:
        """Give the items not begun that nothing holds up any more."""
        found = (self.network.what[number] for number in self.values.ready)
        return tuple(key for key in found if isinstance(key, Key))

    # -- what is entered ----------------------------------------------------------------------------------------

    def tell(self, value: FactValue) -> None:
        """Enter an answer to a fact."""
        self.records.tell(value)
        self._carry(self._told(value))

    def bring(self, paper: Paper) -> None:
        """Enter a paper, or a word on one."""
        self.records.bring(paper)
        self._carry(self._brought(paper))

    def put_on_file(self, held: HeldOutcome) -> None:
        """Enter an outcome on file."""
        self.records.put_on_file(held)
        self._carry(self._looked_up(Key(Kind.OUTCOME, held.code, held.subject)))

    def choose(self, choices: Mapping[str, str]) -> None:
        """Enter what was chosen; of the values only what is aimed at hangs on it."""
        self.records.choose(choices)
        self._aim()

    def do(self, act: Act) -> None:
        """Enter an act, of whichever round of an item."""
        self.records.do(act)
        number = self.network.at.get(Key(Kind.ITEM, act.item, act.subject))
        if number is None:
            self._join_anew()
            return
        before = self.values.modes[number]
        plain = self._step(number, act)
        after = self.values.modes[number]
        if plain and before != _REACHED != after:
            if before != after or self.network.ordered:
                self._carry([number])
            return
        moved = self._given(number, act) if plain and after == _REACHED else self._given_or_ended(number)
        self._carry([number, *moved], acted=True)

    def _told(self, value: FactValue) -> list[int]:
        moved = list(self.network.sweeping.get(value.code, ()))
        number = self.network.answers.get(Key(Kind.FACT, value.code, value.subject))
        return moved if number is None else [*moved, number]

    def _brought(self, paper: Paper) -> list[int]:
        return list(self.network.papers.get((paper.code, paper.subject), ()))

    def _step(self, number: int, act: Act) -> bool:
        """Take the round on; True where the act is plain and the latest, so that nothing else of it need be read."""
        latest, state, at = self._rounds.get(number, _NOT_BEGUN)
        to = None
        if act.round == latest and (at is None or act.legal > at) and act.legal.date() <= self.records.today:
            to = self.network.tables[number].get((state, act.kind)) if is_plain(act) else None
        plain = to is not None
        if to is None:
            latest, folded = self.records.round(Key(Kind.ITEM, act.item, act.subject))
            to = folded.state
        self._rounds[number] = (latest, to, act.legal if at is None or act.legal > at else at)
        again = plain and to in TAKEN_AWAY  # another round may follow; folding stays with one after which it may not
        self.values.modes[number] = Mode.UNBEGUN if again else MODES[to]
        return plain

    def _given(self, number: int, act: Act) -> list[int]:
        """Note what a plain act has issued, and give what looks at it."""
        gives = self.network.gives.get(number)
        if gives is None or (act.kind is ActKind.ISSUE and "valid_until" in act.values):
            return self._given_or_ended(number)
        moved: list[int] = []
        for mark, watching in gives:
            self.values.marks[mark] = ISSUED | MADE
            moved += watching
        return moved

    def _given_or_ended(self, number: int) -> list[int]:
        return [each for outcome in self.network.moved_by[number] for each in self._looked_up(outcome)]

    def _looked_up(self, outcome: Key) -> list[int]:
        """Look up whether an outcome is in force, and give what looks at it."""
        mark = self.network.mark_at.get(outcome)
        if mark is not None:
            made = self.records.made_here(outcome) is not None
            there = made or self.valuation.is_issued(outcome)
            self.values.marks[mark] = (ISSUED if there else 0) | (MADE if made else 0)
            if not made and self.records.has_run_out(outcome):
                self._run_out = True
        return [*self.network.watching.get(outcome, ()), *self.network.swept_by.get(outcome.code, ())]

    # -- beginning ----------------------------------------------------------------------------------------------

    def _begin(self, records: Records) -> None:
        self.records, self.valuation = records, Valuation(records)
        self.network = weave(self.valuation)
        self._rounds, self._run_out = {}, False
        self._answers = [None] * len(self.network)
        self.values = Values(self.network, self._read)
        self._take_in_acts()
        for outcome in self.network.mark_at:
            self._looked_up(outcome)
        self.values.value_all()
        self._shaped = self._shape()
        if self._run_out:
            self._need_again()

    def _join_anew(self, run_out: Mapping[Key, date] = NOTHING_RUN_OUT) -> None:
        known, recomputed = self.records, self.values.recomputed
        self._begin(Records(known.published, known.calendar, known.inputs, known.today, run_out))
        self.values.recomputed += recomputed

    def _catch_up(self) -> None:
        """Enter all that the records hold, at once."""
        inputs, network = self.records.inputs, self.network
        begun = self._take_in_acts()
        if begun is None:
            self._join_anew()
            return
        moved = [*network.daily, *begun]
        for value in inputs.facts:
            moved += self._told(value)
        for paper in inputs.papers:
            moved += self._brought(paper)
        outcomes = dict.fromkeys(Key(Kind.OUTCOME, held.code, held.subject) for held in inputs.held)
        outcomes.update(dict.fromkeys(outcome for number in begun for outcome in network.moved_by[number]))
        for outcome in outcomes:
            moved += self._looked_up(outcome)
        self._carry(moved, acted=bool(begun))

    def _take_in_acts(self) -> list[int] | None:
        """Take every item to where its acts leave it; None where one stands outside the network."""
        begun: list[int] = []
        for key in self.records.begun:
            number = self.network.at.get(key)
            if number is None:
                return None
            latest, folded = self.records.round(key)
            at = max(act.legal for act in self.records.acts_of(key))
            self._rounds[number] = (latest, folded.state, at)
            self.values.modes[number] = MODES[folded.state]
            begun.append(number)
        return begun

    def _carry(self, moved: list[int], *, acted: bool = False) -> None:
        if self.network.ordered:
            self.valuation = Valuation(self.records)  # who takes part is asked anew
            moved += self.network.ordered
        reshaped = self.values.carry(moved)
        if reshaped or (acted and self.network.conditional):
            self._aim()
        if self._run_out:
            self._need_again()

    def _need_again(self) -> None:
        """Let what has run out and is needed again stand before another round, which is asked of a whole plan."""
        known = self.records
        again = needed_again(known.published, known.calendar, known.inputs, known.today)
        if again != known.run_out:
            self._join_anew(again)

    def _aim(self) -> None:
        """Join the network anew where other items count now, other results on file, or others belong to a set."""
        if self._shape() != self._shaped:
            self._join_anew()

    def _shape(self) -> tuple[object, ...]:
        return self.records.shaping(), *(self._answers[number] for number in self.network.sets)

    # -- what is read from the records --------------------------------------------------------------------------

    def _read(self, number: int, before: int) -> int:
        """Value an answer, a condition, a leaf or an order; of an answer, another number where it is another one."""
        what = self.network.what[number]
        match self.network.op[number]:
            case Op.ANSWER if isinstance(what, Key):
                return self._answer(number, what, before)
            case Op.CONDITION if isinstance(what, Judged):
                return self._judged(what)
            case Op.LEAF if isinstance(what, tuple):
                return self._leaf(number, *what)
            case Op.ORDER if isinstance(what, Ordered):
                return self.valuation.after(what.after, what.bound)
        return UNKNOWN

    def _answer(self, number: int, fact: Key, before: int) -> int:
        answer, kept = self.records.fact(fact.code, fact.subject), self._answers[number]
        self._answers[number] = answer
        same = answer is kept or (type(answer) is type(kept) and answer == kept)
        return before if same else before ^ 1

    def _judged(self, what: Judged) -> int:
        def lookup(ref: FactRef) -> object:
            number = what.reads.get(ref)
            if number is not None:
                return self._answers[number]
            key = self.records.fact_key(ref, what.bound)
            return self.records.fact(key.code, key.subject)

        return what.condition.evaluate(lookup, self.records.today, self.records.opened).truth

    def _leaf(self, number: int, asks: Asks, key: Key) -> int:
        if asks is Asks.PAPER:
            return self.valuation.paper_there(key)
        answer = self._answers[self.network.below[number][0]]
        if asks is Asks.KNOWN:
            return self.valuation.fact_known(answer)
        return self.valuation.fact_holds(self.records.catalogue.facts[key.code], answer)
