"""The answer of the engine: goals, questions, papers and tasks, each with who must act and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.workflow.catalogue import Advice, Demand, Item, Route
from desktop.workflow.deadlines import Due
from desktop.workflow.inputs import Key
from desktop.workflow.legal_states import Gate
from desktop.workflow.rounds import RoundState
from desktop.workflow.truth import Truth


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
    """One thing that is missing, and who must act; `one_of` names the alternatives it is one of."""

    key: Key
    actor: Actor
    one_of: str = ""
    department: str = ""
    deferrable: bool = False
    unknown_condition: str = ""


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
    """A paper the plan speaks of: its line, the items that ask for it, and the alternatives it is one of."""

    key: Key
    line: PaperLine
    items: tuple[Key, ...]
    one_of: str = ""
    deferrable: bool = False
    until: date | None = None


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

    @property
    def gates_open(self) -> Mapping[Gate, bool]:
        """The gates as the legal states ask for them."""
        return {gate: view.readiness in {Readiness.OPEN, Readiness.PASSED} for gate, view in self.gates.items()}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a vertex is in the plan: what asks for it, by which kind of rule, under which condition and article."""

    parent: Key | None
    rule: str
    condition: str = ""
    basis: str = ""


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

    @property
    def value(self) -> Truth:
        """Whether the whole need is met: the least of the goals that apply; no goal at all is not met."""
        applying = [goal for goal in self.goals if goal.applies is not Truth.FALSE]
        if not applying:
            return Truth.FALSE
        return Truth(min(min(goal.applies, goal.value) for goal in applying))

    def task(self, key: Key) -> Task | None:
        """Give the task of an item."""
        return next((task for task in self.tasks if task.key == key), None)
