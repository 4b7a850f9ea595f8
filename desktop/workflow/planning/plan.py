"""The answer of the engine: goals, questions, papers and tasks, each with who must act and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.workflow.catalogue.definitions import Advice, Catalogue, Demand, Item, Route, Source, Window
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.inputs import Key
from desktop.workflow.procedure.legal_states import Gate, LegalState
from desktop.workflow.procedure.rounds import RoundState
from desktop.workflow.time.deadlines import Due


class Actor(StrEnum):
    """Who must act next."""

    APPLICANT = "applicant"
    COUNTER = "counter"
    DEPARTMENT = "department"
    OTHER_AGENCY = "other_agency"
    REGISTRY = "registry"
    CLOCK = "clock"
    NOBODY = "nobody"


class Wanted(StrEnum):
    """Whether the demand needs a task: needed, not needed, or begun and no longer needed."""

    NEEDED = "needed"
    UNDECIDED = "undecided"
    NOT_NEEDED = "not_needed"
    COMMITTED = "committed"


class Readiness(StrEnum):
    """A gate: open, blocked by something missing, closed for a reason, or passed."""

    OPEN = "open"
    BLOCKED = "blocked"
    CLOSED = "closed"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, and who must act; `one_of` names the alternatives it is one of.

    `within` leads to it through the alternatives around it, outer first: each with the name of the way it belongs to.
    """

    key: Key
    actor: Actor
    one_of: str = ""
    department: str = ""
    deferrable: bool = False
    unknown_condition: str = ""
    within: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class GateView:
    """Where a gate of a task stands and what is missing before it opens."""

    readiness: Readiness
    missing: tuple[Missing, ...] = ()
    false: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """An outcome the demand aims at: whether it applies here, and whether it is reached."""

    key: Key
    applies: Truth
    value: Truth
    unknown: tuple[Key, ...] = ()

    @property
    def met(self) -> Truth:
        """Whether the goal is met; while it is open whether it applies at all, nothing of it is decided."""
        return self.value if self.applies is Truth.TRUE else Truth.UNKNOWN


@dataclass(frozen=True, slots=True)
class Question:
    """A fact worth asking now, of whom, and what hangs on it."""

    key: Key
    actor: Actor
    rank: tuple[int, ...]
    because: tuple[Key, ...] = ()


class PaperLine(StrEnum):
    """What a paper's line in the plan says."""

    ON_FILE = "on_file"
    RECEIVED = "received"
    NEEDED = "needed"
    OWING = "owing"
    DEFECTIVE = "defective"
    COMING = "coming"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper the plan speaks of: its line, the items that ask for it, and the alternatives it is one of.

    `groups` are those alternatives, of each item that asks for it; none where one of them asks for it outright.
    `until` is how long the paper in hand is good for. `due` is the day a paper owing was promised for; of one that may
    be owing, the latest day it could be promised for today. It is None where nothing says so.
    """

    key: Key
    line: PaperLine
    items: tuple[Key, ...]
    groups: tuple[str, ...] = ()
    deferrable: bool = False
    until: date | None = None
    due: date | None = None

    @property
    def one_of(self) -> str:
        """The first group of alternatives it is one of; empty where it is asked for outright."""
        return next(iter(self.groups), "")


@dataclass(frozen=True, slots=True)
class Filing:
    """The time to hand an item in after an event: its last day, and whether it was, or would be today, too late.

    It never closes a gate: what follows from being late is the department's to decide.
    """

    window: Window
    due: Due

    @property
    def filed(self) -> date | None:
        """The day it was handed in."""
        return self.due.stopped

    @property
    def late(self) -> bool:
        """Whether it was handed in after the last day, or the last day is past."""
        return self.due.overdue


@dataclass(frozen=True, slots=True)
class Task:
    """One item for one subject in its latest round, in its four dimensions."""

    key: Key
    item: Item
    round: int
    wanted: Wanted
    state: RoundState
    gates: Mapping[Gate, GateView]
    actor: Actor
    due: Due | None
    eligible: Truth
    filing: Filing | None = None
    owed: tuple[Missing, ...] = ()
    """What is still to be handed in after the decision."""
    ran_out: date | None = None
    """The last day of the result of the round before, which is needed again; None where there was none."""
    taken_away: RoundState | None = None
    """The round before, whose decision was taken away, until there is a result again; None where there was none."""
    proposed: bool = False
    """Whether it waits for the applicant's choice, in the place of a way that was chosen or begun and is closed."""
    by_counter: bool = False
    """Whether the counter passes it on by hand: nobody begins by themselves again what was taken away."""
    for_person: bool = True
    """Whether the person comes for its result; what one department makes for another is not handed out."""

    @property
    def to_hand_over(self) -> bool:
        """Whether something waits to be handed to the person: a result, or a decision against them (送达)."""
        return self.state.service_owed or (self.state.state is LegalState.ISSUED and self.for_person)

    @property
    def gates_open(self) -> Mapping[Gate, bool]:
        """The gates as the legal states ask for them."""
        return {gate: view.readiness in {Readiness.OPEN, Readiness.PASSED} for gate, view in self.gates.items()}


class Rule(StrEnum):
    """By which kind of rule something is in the plan."""

    GOAL = "goal"
    PROVIDES = "provides"
    REQUIRES = "requires"
    CONDITION = "condition"
    ELIGIBLE = "eligible"
    MEMBERS = "members"
    AFTER = "after"
    PROVES = "proves"
    CARRIED = "carried"
    BEGUN = "begun"
    ROUTE = "route"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a vertex is in the plan: what asks for it, by which rule, under which conditions, gate and law.

    `conditions` are those it stands under, outer first (for a fact, the one it decides); `one_of` is the group of
    alternatives it belongs to.
    """

    parent: Key | None
    rule: Rule
    conditions: tuple[str, ...] = ()
    basis: str = ""
    phase: str = ""
    one_of: str = ""


class Cause(StrEnum):
    """Why something is not asked."""

    ROUTE = "route"
    NO_DEMAND = "no_demand"
    NOT_CHOSEN = "not_chosen"
    GOAL_NOT_HERE = "goal_not_here"
    GOAL_UNDECIDED = "goal_undecided"
    CONDITION_FALSE = "condition_false"
    CONDITION_UNDECIDED = "condition_undecided"
    CONDITION_SETTLED = "condition_settled"
    NOT_ELIGIBLE = "not_eligible"
    OTHER_WAY = "other_way"
    WAY_CLOSED = "way_closed"
    ENOUGH = "enough"
    GATE_PASSED = "gate_passed"
    ON_FILE = "on_file"
    RECEIVED = "received"
    ANSWERED = "answered"
    ITEM_NOT_NEEDED = "item_not_needed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A vertex that was passed over: by whom, why, and the condition or the group of alternatives that decides it."""

    parent: Key | None
    cause: Cause
    condition: str = ""
    one_of: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way among alternatives: its name in a choice, what it asks for, its value, and whether it is followed now."""

    name: str
    keys: tuple[Key, ...]
    value: Truth
    followed: bool


@dataclass(frozen=True, slots=True)
class Alternative:
    """Ways of which `enough` are enough; `Inputs.choices[group]` takes the name of one (or several, with commas).

    `proposed` where what was chosen or begun is closed, and what is followed instead waits for the applicant's choice.
    """

    group: str
    asked_by: Key
    enough: int
    ways: tuple[Way, ...]
    chosen: tuple[str, ...] = ()
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """An outcome nobody asked for that may be taken in: `Inputs.choices[key.leaf]` is `TAKEN` or the item's code."""

    key: Key
    items: tuple[Key, ...]
    applies: Truth
    unknown: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a demand still takes, computed and never stored as truth."""

    demand: Demand
    today: date
    goals: tuple[Goal, ...]
    questions: tuple[Question, ...]
    papers: tuple[PaperView, ...]
    tasks: tuple[Task, ...]
    reasons: Mapping[Key, tuple[Reason, ...]]
    values: Mapping[Key, Truth]
    route: Route | None = None
    advice: tuple[Advice, ...] = ()
    matter_due: Due | None = None
    not_needed: tuple[Key, ...] = field(default=())
    alternatives: tuple[Alternative, ...] = ()
    offers: tuple[Offered, ...] = ()
    skipped: Mapping[Key, tuple[Skipped, ...]] = field(default_factory=dict, repr=False)
    answered: Mapping[Key, Source] = field(default_factory=dict, repr=False)
    catalogue: Catalogue = field(default_factory=Catalogue, repr=False, compare=False)
    earlier: tuple[Task, ...] = ()
    """The rounds that another has followed, or is to follow."""
    holds_until: date | None = None
    """The last day on which it holds if nobody does anything (`lasting.py`); None where no day overtakes it."""

    @property
    def value(self) -> Truth:
        """Whether the whole need is met: the least of the goals that apply; no goal at all is not met."""
        return Truth(min((goal.met for goal in self.goals_here), default=Truth.FALSE))

    @property
    def goals_here(self) -> tuple[Goal, ...]:
        """The goals that apply here, or may still do."""
        return tuple(goal for goal in self.goals if goal.applies is not Truth.FALSE)

    def papers_of(self, *lines: PaperLine) -> tuple[tuple[PaperView, ...], ...]:
        """Give the papers of some lines, those of which one is enough together.

        A paper that serves several items stands in the alternatives of each; what would be said twice is said once.
        """
        groups: dict[str, list[PaperView]] = {}
        for paper in self.papers:
            if paper.line in lines:
                for group in paper.groups or (paper.key.leaf,):
                    groups.setdefault(group, []).append(paper)
        told = {tuple(paper.key for paper in group): tuple(group) for group in groups.values()}
        return tuple(told.values())

    @property
    def asked_outright(self) -> frozenset[Key]:
        """What is asked for whatever is chosen; what stands only within alternatives still open is not among it."""
        below: dict[Key | None, list[Key]] = {}
        for key, reasons in self.reasons.items():
            for reason in reasons:
                if not reason.one_of:
                    below.setdefault(reason.parent, []).append(key)
        found: set[Key] = set()
        way: list[Key | None] = [None]
        while way:
            fresh = set(below.get(way.pop(), ())) - found
            found |= fresh
            way += fresh
        return frozenset(found)

    def task(self, key: Key) -> Task | None:
        """Give the task of an item."""
        return next((task for task in self.tasks if task.key == key), None)

    @property
    def rounds(self) -> tuple[Task, ...]:
        """The tasks, and those of earlier rounds of which something still waits to be handed to the person."""
        return (*self.tasks, *(task for task in self.earlier if task.to_hand_over))

    def task_in(self, key: Key, number: int) -> Task | None:
        """Give the task of a round of an item; None for one that is over."""
        return next((task for task in self.rounds if (task.key, task.round) == (key, number)), None)

    def past(self, key: Key, number: int) -> Task | None:
        """Give a round of an item that another has followed, or is to follow."""
        return next((task for task in self.earlier if (task.key, task.round) == (key, number)), None)
