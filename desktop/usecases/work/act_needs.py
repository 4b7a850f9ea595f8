"""What an act is about and what has to be said with it: worked out here, so that a page only asks for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from db.queries.requests import TaskRow
from desktop.usecases.context import Session
from desktop.usecases.work.offers import missing_leaves, offers_of, papers_here
from desktop.usecases.work.promises import papers_of
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Plan, Task, Wanted
from desktop.workflow.procedure.acts import Offer
from desktop.workflow.procedure.legal_states import STANDING, ActKind, Gate, LegalState
from desktop.workflow.procedure.profiles import ANSWERED, PROFILES
from desktop.workflow.time.limits import Limit, end_of

_NOTED = frozenset({ActKind.OBJECT, ActKind.NOTE_REPORT})
"""Acts of which the record says nothing without a note."""
_ASKED_WHY = frozenset({ActKind.WITHDRAW})
"""Acts for which the hall wants a reason though the law wants none."""
_NUMBERED = frozenset({"certificate", "registration", "permit"})
"""The kinds of outcome that have a number of their own."""
_STEPS = frozenset({ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE, ActKind.REFUSE})
"""The steps whose law a decision is taken by: the next one of each gate, or the refusal."""


class Written(StrEnum):
    """What is to be written with an act, if anything: a reason, a note for the record, or the answer itself."""

    NOTHING = "nothing"
    REASON = "reason"
    NOTE = "note"
    ANSWER = "answer"


MISSING: Mapping[Written, str] = MappingProxyType(
    {Written.REASON: "reason_missing", Written.NOTE: "note_missing", Written.ANSWER: "answer_missing"}
)
"""The code that says that nothing is written, by what is to be written: the words of its field."""


@dataclass(frozen=True)
class ActNeeds:
    """What an act is about, what is known of it beforehand, and what it takes.

    `leaves` are what it is about; `written` what has to be written with it; `day` the day that stands in its form:
    the nearest one promised at the counter, or the usual end of what is issued; `numbered` whether what is issued has
    a number; `longest` the longest extension; `grounds` those listed for a pause; `ahead` the states that another
    system may have brought the item to.
    """

    leaves: tuple[str, ...] = ()
    written: Written = Written.NOTHING
    day: date | None = None
    numbered: bool = False
    longest: Limit | None = None
    grounds: tuple[str, ...] = ()
    ahead: tuple[LegalState, ...] = ()


@dataclass(frozen=True)
class TaskView:
    """A task with the case beside it: what may be done now and what each act takes, and why not the rest.

    `here` are the leaves of its papers that are there; `laws` the law that the item and its next step go by, and
    `statutory` the limit it sets. Of the other items that are needed, `together` are decided with this one, and
    `beside` the rest. `followed` is the round that takes the place of one that is over.
    """

    row: TaskRow
    task: Task
    plan: Plan
    offers: tuple[Offer, ...]
    needs: Mapping[ActKind, ActNeeds] = field(default_factory=dict)
    here: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    statutory: Limit | None = None
    together: tuple[Task, ...] = ()
    beside: tuple[Task, ...] = ()
    followed: Task | None = None

    def needs_of(self, act: ActKind) -> ActNeeds:
        """Give what an act is about and takes; nothing where the procedure does not know it."""
        return self.needs.get(act, ActNeeds())


def task_of(plan: Plan, row: TaskRow) -> Task | None:
    """Give the task of a row in the list; None for a round that is over."""
    return plan.task_in(Key(Kind.ITEM, row.item, row.subject), row.round)


def past_of(plan: Plan, row: TaskRow) -> Task | None:
    """Give the task of a row whose round is over."""
    return plan.past(Key(Kind.ITEM, row.item, row.subject), row.round)


def view_of(session: Session, row: TaskRow, plan: Plan, task: Task, promised: Mapping[str, date]) -> TaskView:
    """View a task as somebody may work on it; `promised` are the papers promised at the counter, by leaf.

    On a round that is over nobody works any more.
    """
    followed = plan.task(task.key) if task_of(plan, row) is None else None
    offers = () if followed is not None else offers_of(session, plan, task)
    others = [one for one in plan.tasks if one.key != task.key and one.wanted is not Wanted.NOT_NEEDED]
    joint = task.item.joint
    together = tuple(one for one in others if joint is not None and one.item.joint == joint)
    return TaskView(
        row,
        task,
        plan,
        offers,
        needs={offer.act: _needs(plan, task, offer, promised) for offer in offers},
        here=tuple(key.leaf for key in papers_here(plan, task)),
        laws=_laws(plan, task, offers),
        statutory=PROFILES[task.item.procedure].statutory(task.item.timing),
        together=together,
        beside=tuple(one for one in others if one not in together),
        followed=followed,
    )


def written_with(task: Task, act: ActKind) -> Written:
    """Say what the hall wants written with an act, whatever the law wants."""
    if act is ActKind.GRANT and task.item.procedure in ANSWERED:
        return Written.ANSWER
    if act in _NOTED:
        return Written.NOTE
    return Written.REASON if act in _ASKED_WHY else Written.NOTHING


def _needs(plan: Plan, task: Task, offer: Offer, promised: Mapping[str, date]) -> ActNeeds:
    profile, timing, leaves = PROFILES[task.item.procedure], task.item.timing, _leaves(plan, task, offer.act)
    written = written_with(task, offer.act)
    if written is Written.NOTHING and offer.needs_reason:
        written = Written.REASON
    match offer.act:
        case ActKind.PROMISE:
            return ActNeeds(leaves, written, min((promised[leaf] for leaf in leaves if leaf in promised), default=None))
        case ActKind.ISSUE:
            return ActNeeds(leaves, written, _usual_end(plan, task), numbered=_is_numbered(plan, task))
        case ActKind.EXTEND:
            return ActNeeds(leaves, written, longest=profile.extension(timing))
        case ActKind.SUSPEND:
            return ActNeeds(leaves, written, grounds=tuple(sorted(profile.pause_grounds(timing))))
        case ActKind.OBSERVE:
            return ActNeeds(leaves, written, ahead=_ahead(task))
    return ActNeeds(leaves, written)


def _leaves(plan: Plan, task: Task, act: ActKind) -> tuple[str, ...]:
    """Give everything missing for a notice, what may follow for a promise, what is owing for its answer."""
    match act:
        case ActKind.SUPPLEMENT:
            return missing_leaves(task)
        case ActKind.RESUPPLY:
            papers = (one.key for one in task.gates[Gate.ACCEPT].missing if one.key.kind is Kind.MATERIAL)
            return tuple(dict.fromkeys(key.leaf for key in papers))
        case ActKind.PROMISE:
            return tuple(papers_of(plan, task).may_follow)
        case ActKind.KEEP_PROMISE | ActKind.BREAK_PROMISE:
            return tuple(deferral.leaf for deferral in task.state.open_promises)
    return ()


def _usual_end(plan: Plan, task: Task) -> date | None:
    """Give the last day of what an item provides, as the catalogue has it; None when it is good for ever."""
    known = plan.catalogue.outcomes
    ends = (end_of(plan.today, known[code].valid_for) for code in task.item.provides if code in known)
    return min((end for end in ends if end is not None), default=None)


def _is_numbered(plan: Plan, task: Task) -> bool:
    known = plan.catalogue.outcomes
    return any(known[code].kind in _NUMBERED for code in task.item.provides if code in known)


def _ahead(task: Task) -> tuple[LegalState, ...]:
    profile, now = PROFILES[task.item.procedure], STANDING[task.state.state]
    return tuple(state for state in LegalState if STANDING[state] > now and profile.row_to(state) is not None)


def _laws(plan: Plan, task: Task, offers: Iterable[Offer]) -> tuple[str, ...]:
    """Give the law an item is needed by, then that of the steps that may be taken now."""
    table = PROFILES[task.item.procedure].transitions
    steps = (table.get((task.state.state, offer.act)) for offer in offers if offer.allowed and offer.act in _STEPS)
    reasons = (why.basis for why in plan.reasons.get(task.key, ()))
    found = (*reasons, *(row.basis for row in steps if row is not None))
    return tuple(dict.fromkeys(law for law in found if law))
