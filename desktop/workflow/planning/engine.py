"""The demand-driven engine: a plan is computed backward from what a person needs, from what is known today.

`plan(catalogue, calendar, inputs, today)` is pure. It reads no clock, asks no database and performs no act; the machine
advises, a person decides (个人信息保护法第二十四条).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from desktop.workflow.catalogue.definitions import Catalogue, Route
from desktop.workflow.catalogue.requirements import Phase
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.demanded import Demanded
from desktop.workflow.planning.gates import gates_of
from desktop.workflow.planning.inputs import Inputs, Key, Kind, PaperState
from desktop.workflow.planning.known import REACHED, Known
from desktop.workflow.planning.lasting import holds_until
from desktop.workflow.planning.plan import (
    Actor,
    Filing,
    GateView,
    Goal,
    Missing,
    PaperLine,
    PaperView,
    Plan,
    Question,
    Readiness,
    Task,
    Wanted,
)
from desktop.workflow.planning.renewing import run_out_and_needed
from desktop.workflow.planning.valuation import Valuation
from desktop.workflow.procedure.legal_states import NEXT_GATE, ActKind, Gate, LegalState
from desktop.workflow.procedure.profiles import PROFILES
from desktop.workflow.procedure.rounds import ClockName, Deferral, RoundState
from desktop.workflow.time.calendars import WorkCalendar
from desktop.workflow.time.deadlines import Due, due, matter_clock
from desktop.workflow.time.limits import Limit

_PRESSING = (ClockName.RESUPPLY, ClockName.PROMISED, ClockName.STATUTORY, ClockName.ACCEPTANCE, ClockName.DELIVERY)
_MAY_PROMISE = frozenset({LegalState.NONE, LegalState.SUBMITTED, LegalState.SUPPLEMENT})


def plan(catalogue: Catalogue, calendar: WorkCalendar, inputs: Inputs, today: date) -> Plan:
    """Compute what a demand still takes on a day.

    Raises KeyError for a demand the catalogue does not have, ConditionFault for a catalogue that was never checked.
    """
    planner, route, goals = _walked(catalogue, calendar, inputs, today)
    return planner.plan(route, goals)


def needed_again(catalogue: Catalogue, calendar: WorkCalendar, inputs: Inputs, today: date) -> Mapping[Key, date]:
    """Give the items whose result has run out and is needed again, and until when it was good. Raises what `plan` does.

    They stand before another round, in the plan and in its values.
    """
    return _walked(catalogue, calendar, inputs, today)[0].known.run_out


def _walked(
    catalogue: Catalogue, calendar: WorkCalendar, inputs: Inputs, today: date
) -> tuple[_Planner, Route | None, tuple[Goal, ...]]:
    """Walk the demand, and again while what has run out turns out to be needed."""
    run_out: dict[Key, date] = {}
    while True:
        planner = _Planner(Known(catalogue, calendar, inputs, today, run_out))
        route, goals = planner.walk()
        new = run_out_and_needed(planner.demanded)
        if not new:
            return planner, route, goals
        run_out = {**run_out, **new}


class _Planner:
    """One computation of one plan."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.valuation = Valuation(self.known)
        self.demanded = Demanded(self.known, self.valuation)

    def walk(self) -> tuple[Route | None, tuple[Goal, ...]]:
        """Walk the demand, unless it leads elsewhere."""
        route = self._route()
        return route, () if route is not None else self.demanded.walk()

    def plan(self, route: Route | None, goals: tuple[Goal, ...]) -> Plan:
        """Put together what the walk has found."""
        known, demand = self.known, self.known.demand
        tasks = tuple(self._task(key, goals, route) for key in self._task_keys())
        matter_due = self._matter_due(tasks)
        return Plan(
            demand=demand,
            today=known.today,
            goals=goals,
            questions=self._questions(),
            papers=tuple(self._paper(key) for key in self.demanded.materials),
            tasks=tasks,
            earlier=tuple(task for key in self.known.begun for task in self._earlier(key)),
            reasons={key: tuple(reasons) for key, reasons in self.demanded.reasons.items()},
            values={key: self.valuation.value(key) for key in self.demanded.reasons},
            route=route,
            advice=tuple(a for a in demand.advice if a.when is None or known.judge(a.when).truth is Truth.TRUE),
            matter_due=matter_due,
            not_needed=tuple(key for key in self.demanded.passed_over if key not in self.demanded.items),
            alternatives=tuple(self.demanded.alternatives.values()),
            offers=tuple(self.demanded.offers),
            skipped={key: tuple(causes) for key, causes in self.demanded.skipped.items()},
            answered=known.answered,
            catalogue=known.catalogue,
            holds_until=holds_until(known, tasks, matter_due),
        )

    def _route(self) -> Route | None:
        """Give the first way out of the case whose condition holds; nothing is walked then, and no act is undone."""
        return next((r for r in self.known.demand.routing if self.known.judge(r.when).truth is Truth.TRUE), None)

    # -- questions ----------------------------------------------------------------------------------------------

    def _questions(self) -> tuple[Question, ...]:
        """Order the questions: what routes the case, what decides goals, ways, conditions, and then plain facts."""
        asked = []
        for key, found in self.demanded.asked.items():
            actor = self.demanded.missing.actor(key)
            asked.append(Question(key, actor, (*found.rank, -len(found.because)), tuple(found.because)))
        return tuple(sorted(asked, key=lambda question: question.rank))

    # -- papers -------------------------------------------------------------------------------------------------

    def _paper(self, key: Key) -> PaperView:
        needs = self.demanded.materials[key]
        items = tuple(needs)
        groups = [group for item in items for group in self.demanded.groups.get((key, item), {"": None})]
        deferrable = any(self.demanded.missing.deferral(need, key) is not None for need in needs.values())
        paper = self.known.paper(key.code, key.subject)
        line = self._line(key)
        return PaperView(
            key,
            line,
            items,
            groups=tuple(dict.fromkeys(groups)) if all(groups) else (),
            deferrable=deferrable,
            until=paper.until if paper else None,
            due=self._owing_until(key) if line is PaperLine.OWING else self._latest_promise(key),
        )

    def _line(self, key: Key) -> PaperLine:
        paper = self.known.paper(key.code, key.subject)
        if self.known.has_paper(key.code, key.subject):
            received = paper.received if paper else None
            earlier = received is not None and self.known.inputs.opened is not None
            on_file = earlier and received is not None and received < (self.known.inputs.opened or received)
            return PaperLine.ON_FILE if on_file else PaperLine.RECEIVED
        if self.valuation.value(key) is Truth.TRUE:
            return PaperLine.ON_FILE
        needs = self.demanded.materials[key]
        if self._is_owing(key):
            return PaperLine.OWING
        if paper is not None and paper.state is PaperState.DEFECTIVE:
            return PaperLine.DEFECTIVE
        if all(self.demanded.missing.actor(key, item) is Actor.DEPARTMENT for item in needs):
            return PaperLine.COMING
        return PaperLine.OFFERED if all(need.optional for need in needs.values()) else PaperLine.NEEDED

    def _is_owing(self, key: Key) -> bool:
        return any(deferral.leaf == key.leaf for deferral in self._promises(key))

    def _promises(self, key: Key) -> tuple[Deferral, ...]:
        """Give the open promises of the items that ask for a paper."""
        rounds = (self.known.round(item)[1] for item in self.demanded.materials[key])
        return tuple(deferral for state in rounds for deferral in state.open_promises if deferral.leaf == key.leaf)

    def _owing_until(self, key: Key) -> date | None:
        return min((each.due for each in self._promises(key) if each.due is not None), default=None)

    def _latest_promise(self, key: Key) -> date | None:
        """Give the last day a paper could be promised for today: within its own limit and the item's (容缺)."""
        if self.valuation.value(key) is Truth.TRUE:
            return None
        days = [
            due(self.known.today, limit, self.known.calendar, today=self.known.today).date
            for item, need in self.demanded.materials[key].items()
            if (deferral := self.demanded.missing.deferral(need, key)) is not None
            and self.known.round(item)[1].state in _MAY_PROMISE
            for limit in (deferral.limit, self._limit_of(item))
            if limit is not None
        ]
        return min(days, default=None)

    def _limit_of(self, item: Key) -> Limit | None:
        found = self.known.item_of(item)
        return found.promised or PROFILES[found.procedure].statutory(found.timing)

    # -- tasks --------------------------------------------------------------------------------------------------

    def _task_keys(self) -> tuple[Key, ...]:
        return tuple(dict.fromkeys((*self.demanded.items, *self.known.begun)))

    def _task(self, key: Key, goals: tuple[Goal, ...], route: Route | None) -> Task:
        number, state = self.known.round(key)
        before = self.known.taken_away(key)
        if before is not None and self._is_left(key):
            return self._past(key, number - 1, before)
        gates = gates_of(self.demanded, key)
        owed = self.demanded.missing.of_phase(key, Phase.POST) if state.check_owed else ()
        after = _After(owed, self._is_for_person(key), route is not None)
        proposed = key in self.demanded.waiting_for_choice
        return Task(
            key=key,
            item=self.known.item_of(key),
            round=number,
            wanted=self._wanted(key, state, goals),
            state=state,
            gates=gates,
            actor=self._who_chooses(key) if proposed else self._actor(state, gates, after),
            due=self._due(state, after),
            eligible=self.known.eligible(key),
            filing=self._filing(key, state),
            owed=owed,
            for_person=after.for_person,
            ran_out=self._ran_out(key, number, state),
            taken_away=before,
            proposed=proposed,
            by_counter=before is not None and not (before.redo_ordered or self._is_wished(key)),
        )

    def _is_left(self, key: Key) -> bool:
        """Tell whether an item stands before another round that nothing asks for."""
        return key not in self.demanded.items and self.known.stands_anew(key)

    def _is_wished(self, key: Key) -> bool:
        """Tell whether the applicant has said since that they want what an item provides."""
        provided = (Key(Kind.OUTCOME, code, key.subject) for code in self.known.item_of(key).provides)
        return any(self.known.inputs.choices.get(each.leaf) == key.code for each in provided)

    def _ran_out(self, key: Key, number: int, state: RoundState) -> date | None:
        """Give the last day of the result that a round is to take the place of, until it has a result of its own."""
        if key in self.known.run_out:
            return self.known.run_out[key]
        if number == 1 or state.state in REACHED or self.known.taken_away(key) is not None:
            return None
        provided = (Key(Kind.OUTCOME, code, key.subject) for code in self.known.item_of(key).provides)
        return max((day for each in provided if (day := self.known.ran_out(each)) is not None), default=None)

    def _who_chooses(self, key: Key) -> Actor:
        """Say who must act for what waits for the applicant's choice: of what was lost elsewhere the hall tells first.

        The decision that closes a way of this request tells of it; of another request's nobody has told here.
        """
        provided = (Key(Kind.OUTCOME, code, key.subject) for code in self.known.item_of(key).provides)
        return Actor.COUNTER if any(self.known.is_lost(each) for each in provided) else Actor.APPLICANT

    def _earlier(self, key: Key) -> Iterator[Task]:
        """Give the rounds of an item that another has followed, or is to follow."""
        latest = self.known.round(key)[0]
        last = latest - 1 if self.known.taken_away(key) is not None and self._is_left(key) else latest
        for number, state in self.known.rounds(key).items():
            if number < last:
                yield self._past(key, number, state)

    def _past(self, key: Key, number: int, state: RoundState) -> Task:
        """Give a round that is over, of which at most something is still to be handed over."""
        after = _After((), self._is_for_person(key), leads_elsewhere=False)
        gates = {gate: GateView(Readiness.PASSED) for gate in Gate}
        return Task(
            key=key,
            item=self.known.item_of(key),
            round=number,
            wanted=Wanted.NOT_NEEDED,
            state=state,
            gates=gates,
            actor=self._actor(state, gates, after),
            due=self._due(state, after),
            eligible=Truth.TRUE,
            for_person=after.for_person,
        )

    def _filing(self, key: Key, state: RoundState) -> Filing | None:
        """Count the time to hand an item in from the day its fact tells; None where there is none, or no such day yet.

        It ends with the month's or the last day's rolling as any limit does (民法典 第二百零二、二百零三条).
        """
        window = self.known.item_of(key).window
        if window is None or window.after is None:
            return None
        dated = self.known.key(Kind.FACT, window.after, window.of, self.known.bound(key))
        event, today = self.known.fact(dated.code, dated.subject), self.known.today
        if not isinstance(event, date) or event > today:
            return None
        return Filing(window, due(event, window.limit, self.known.calendar, stopped=state.submitted_on, today=today))

    def _wanted(self, key: Key, state: RoundState, goals: tuple[Goal, ...]) -> Wanted:
        if key in self.demanded.items:
            return Wanted.NEEDED
        if any(goal.applies is Truth.UNKNOWN and key in self.valuation.provider_keys(goal.key) for goal in goals):
            return Wanted.UNDECIDED
        return Wanted.COMMITTED if state.live else Wanted.NOT_NEEDED

    def _is_for_person(self, key: Key) -> bool:
        """Tell whether the person came for what an item provides, and it is handed out at all.

        What an item provided that the catalogue no longer has is nobody's to keep back.
        """
        item = self.known.item_of(key)
        served = (LegalState.ISSUED, ActKind.SERVE) in PROFILES[item.procedure].transitions
        return served and (
            key.code in self.known.gone or any(want.outcome in item.provides for want in self.known.demand.wants)
        )

    def _actor(self, state: RoundState, gates: dict[Gate, GateView], after: _After) -> Actor:
        """Say who must act next for a task: the next gate's missing actors, else the department.

        Where the matter leads elsewhere (a way out), the department ends what it has in hand. While the days are paused
        nobody has to act before the day the pause was to end. Once everything a notice asked for is here, the counter
        passes it back. What is not begun because another department's result comes first waits for that department.
        """
        gate = NEXT_GATE.get(state.state)
        if gate is None:
            to_hand_out = state.state is LegalState.ISSUED and after.for_person
            return Actor.COUNTER if to_hand_out or state.service_owed else _who_owes(state, after.owed)
        if after.leads_elsewhere and state.live:
            return Actor.DEPARTMENT
        accept = gates[Gate.ACCEPT]
        if state.state is LegalState.SUPPLEMENT:
            return Actor.COUNTER if accept.readiness is Readiness.OPEN else Actor.APPLICANT
        if state.state is LegalState.NONE and any(missing.actor is Actor.DEPARTMENT for missing in accept.missing):
            return Actor.DEPARTMENT
        if state.state is LegalState.SUSPENDED:
            return Actor.CLOCK if state.rests_until(self.known.today) else Actor.DEPARTMENT
        view = gates[gate]
        if view.readiness is Readiness.BLOCKED:
            actors = {missing.actor for missing in view.missing}
            return next((actor for actor in Actor if actor in actors), Actor.DEPARTMENT)
        return Actor.COUNTER if state.state is LegalState.NONE else Actor.DEPARTMENT

    @staticmethod
    def _due(state: RoundState, after: _After) -> Due | None:
        """Give the clock that presses and still runs: the promise made to the person before the law's limit.

        Once decided those have stopped: the result is to be delivered (送达), and what was promised to be checked.
        """
        waited_for = state.live or (state.state is LegalState.ISSUED and after.for_person)
        found = (state.clock(name) for name in _PRESSING) if waited_for else ()
        pressing = next((due for due in found if due is not None and due.stopped is None), None)
        check = state.clock(ClockName.AFTERWARDS) if state.check_owed else None
        return min((due for due in (pressing, check) if due is not None), key=lambda due: due.date, default=None)

    def _matter_due(self, tasks: tuple[Task, ...]) -> Due | None:
        """Time the matter's own promise from the first acceptance of any round (rule 22).

        It may be shorter than its items' promises; what is begun again does not begin it again.
        """
        promised = self.known.demand.promised
        if promised is None:
            return None
        states = (state for task in tasks for state in self.known.rounds(task.key).values())
        runs = [run for state in states if (run := state.run()) is not None]
        finished = all(task.state.state in REACHED for task in tasks if task.wanted is Wanted.NEEDED)
        return matter_clock(runs, promised, self.known.calendar, finished=finished, today=self.known.today)


class _After(NamedTuple):
    """What stands after a task's decision: what is owed, whether its result is handed out, whether a way out holds."""

    owed: tuple[Missing, ...]
    for_person: bool
    leads_elsewhere: bool


def _who_owes(state: RoundState, owed: tuple[Missing, ...]) -> Actor:
    """Say who must act after a decision: whoever still owes something in time, then the department that checks."""
    if not state.check_owed:
        return Actor.NOBODY
    clock = state.clock(ClockName.AFTERWARDS)
    in_time = clock is None or not clock.overdue
    actors = {missing.actor for missing in owed} if in_time else set()
    return next((actor for actor in Actor if actor in actors), Actor.DEPARTMENT)
