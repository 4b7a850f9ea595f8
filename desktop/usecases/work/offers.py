"""Which acts somebody may do on a task, in what capacity, and why not the others: the law's word, then the hall's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from desktop.usecases.context import Session
from desktop.usecases.permissions import Permission, Role
from desktop.usecases.permissions import allowed as granted
from desktop.usecases.work.promises import HERE, papers_of
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.inputs import Key
from desktop.workflow.planning.plan import Plan, Task
from desktop.workflow.procedure.acts import Offer, allowed
from desktop.workflow.procedure.legal_states import ActKind, ActorRole, Gate, LegalState
from desktop.workflow.procedure.procedures import Profile
from desktop.workflow.procedure.profiles import PROFILES
from desktop.workflow.procedure.rounds import RoundState

NEEDED: Mapping[ActKind, Permission] = MappingProxyType(
    {
        ActKind.SUBMIT: Permission.LOG_REQUEST,
        ActKind.CORRECT: Permission.CHECK_PAPERS,
        ActKind.NOT_REQUIRED: Permission.ACCEPT,
        ActKind.NOT_OURS: Permission.ACCEPT,
        ActKind.SUPPLEMENT: Permission.SUPPLEMENT,
        ActKind.RESUPPLY: Permission.RECEIVE_PAPER,
        ActKind.PROMISE: Permission.ACCEPT,
        ActKind.ACCEPT: Permission.ACCEPT,
        ActKind.NOT_ACCEPT: Permission.ACCEPT,
        ActKind.OBJECT: Permission.RECEIVE_PAPER,
        ActKind.SUSPEND: Permission.PAUSE,
        ActKind.RESUME: Permission.PAUSE,
        ActKind.EXTEND: Permission.EXTEND,
        ActKind.KEEP_PROMISE: Permission.CHECK_PAPERS,
        ActKind.SERVE: Permission.HAND_OUT,
        ActKind.OBSERVE: Permission.COPY_OUT,
        ActKind.WITHDRAW: Permission.WITHDRAW_REQUEST,
    }
)
"""The permission an act takes; every other act is a decision of the department."""

DEPARTMENTS_OWN = frozenset(
    {Permission.ACCEPT, Permission.SUPPLEMENT, Permission.PAUSE, Permission.EXTEND, Permission.DECIDE}
)
"""What only the department in charge may do."""

TAKEN_IN_HAND_FIRST = frozenset({ActKind.GRANT, ActKind.REFUSE})
"""Decisions that a reviewer may take at once on a case just accepted: taking it in hand is part of them."""

_IN_THE_DEPARTMENT = (ActorRole.REVIEWER, ActorRole.APPROVER)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What the law says to each capacity about every act of a task."""

    task: Task
    plan: Plan
    profile: Profile
    by_role: Mapping[ActorRole, Mapping[ActKind, Offer]]


def needed_for(act: ActKind) -> Permission:
    """Give the permission an act takes."""
    return NEEDED.get(act, Permission.DECIDE)


def is_departments_own(act: ActKind) -> bool:
    """Tell whether only the department in charge may do an act."""
    return needed_for(act) in DEPARTMENTS_OWN


def capacities(session: Session, department: str, act: ActKind) -> tuple[ActorRole, ...]:
    """Give the capacities in which somebody may do an act of a department's task, the most fitting first."""
    if not granted(session.roles, needed_for(act)):
        return ()
    own = session.department == department and Role.REVIEWER in session.roles
    inside = _IN_THE_DEPARTMENT[: 2 if session.approver else 1] if own else ()
    at_the_counter = bool(session.roles & {Role.CLERK, Role.SUPERVISOR}) and not is_departments_own(act)
    return (ActorRole.CLERK, *inside) if at_the_counter else inside


def capacity_for(session: Session, task: Task, act: ActKind) -> ActorRole | None:
    """Give the capacity in which somebody does an act; None when there is none in which it may be done.

    Where the law names none of somebody's capacities the first is given, so that the law can say who does it.
    """
    found = capacities(session, task.item.department, act)
    row = PROFILES[task.item.procedure].transitions.get((standing(task, act).state, act))
    fitting = (role for role in found if row is None or role in row.roles)
    return next(fitting, next(iter(found), None))


def standing(task: Task, act: ActKind) -> RoundState:
    """Give the round as an act finds it: a decision on a case just accepted finds it taken in hand."""
    return replace(task.state, state=LegalState.REVIEWING) if takes_in_hand(task, act) else task.state


def takes_in_hand(task: Task, act: ActKind) -> bool:
    """Tell whether an act takes the case in hand before it decides."""
    table, state = PROFILES[task.item.procedure].transitions, task.state.state
    straight = (state, act) in table
    return act in TAKEN_IN_HAND_FIRST and not straight and (state, ActKind.ASSIGN) in table


def against_advice(task: Task, act: ActKind) -> bool:
    """Tell whether a decision goes against what the rules find from the facts; it then takes a reason."""
    return act is ActKind.GRANT and task.eligible is Truth.FALSE


def offers_of(session: Session, plan: Plan, task: Task) -> tuple[Offer, ...]:
    """Offer somebody every act of a task's procedure, each with why not where it may not be done by them today."""
    profile = PROFILES[task.item.procedure]
    roles = (ActorRole.CLERK, *_IN_THE_DEPARTMENT)
    judged = _Judged(task, plan, profile, {role: _by_law(plan, task, role) for role in roles})
    return tuple(_offer(session, judged, act) for act in profile.acts())


def _by_law(plan: Plan, task: Task, role: ActorRole) -> dict[ActKind, Offer]:
    """Give what the law says to a capacity about every act."""
    profile, again, papers = PROFILES[task.item.procedure], not_knowable(plan, task), papers_of(plan, task)

    def judge(state: RoundState) -> tuple[Offer, ...]:
        timing, gates = task.item.timing, task.gates_open
        return allowed(profile, timing, state, role, gates, plan.today, not_knowable=again, papers=papers)

    offers = {offer.act: offer for offer in judge(task.state)}
    for act in TAKEN_IN_HAND_FIRST & offers.keys():
        if takes_in_hand(task, act):
            offers[act] = next(offer for offer in judge(standing(task, act)) if offer.act is act)
    return offers


def _offer(session: Session, judged: _Judged, act: ActKind) -> Offer:
    mine = capacities(session, judged.task.item.department, act)
    offer = _best(judged.by_role[role][act] for role in mine)
    if offer is None:
        return _not_mine(session, judged, act)
    if not offer.allowed:
        return offer
    code = _nothing_to_say(judged, act)
    if code is not None:
        return replace(offer, allowed=False, code=code)
    return replace(offer, needs_reason=offer.needs_reason or against_advice(judged.task, act))


def _best(offers: Iterable[Offer]) -> Offer | None:
    """Give the offer that is allowed, else the one the law objects to for another reason than who asks."""
    found = list(offers)
    return min(found, key=lambda offer: (not offer.allowed, offer.code == "role_may_not"), default=None)


def _not_mine(session: Session, judged: _Judged, act: ActKind) -> Offer:
    """Say why an act is not somebody's: that it is not the step for it, or else who does it."""
    offer = _best(by_role[act] for by_role in judged.by_role.values())
    if offer is None or offer.code == "not_from_state":
        return offer or Offer(act, allowed=False, code="not_allowed")
    if granted(session.roles, needed_for(act)):
        return replace(offer, allowed=False, code="other_department", values={"department": session.department})
    roles = judged.profile.transitions[standing(judged.task, act).state, act].roles - {ActorRole.APPLICANT}
    who = roles - {ActorRole.CLERK} if is_departments_own(act) else roles
    return replace(offer, allowed=False, code="role_may_not", values={"roles": tuple(sorted(who))})


def _nothing_to_say(judged: _Judged, act: ActKind) -> str | None:
    """Give the code of why a notice would be empty, or a check done before its papers are there."""
    missing = judged.task.gates[Gate.ACCEPT].missing
    if act is ActKind.SUPPLEMENT and not (missing or papers_here(judged.plan, judged.task)):
        return "nothing_listed"
    if act is ActKind.CLEAR_CHECK and judged.task.owed:
        return "still_owing"
    return None


def papers_here(plan: Plan, task: Task) -> tuple[Key, ...]:
    """Give the papers of a task that are there, and so may turn out to have a defect."""
    return tuple(paper.key for paper in plan.papers if task.key in paper.items and paper.line in HERE)


def missing_leaves(task: Task) -> tuple[str, ...]:
    """Give everything that is missing before acceptance, which one notice names as a whole (一次性告知)."""
    return tuple(dict.fromkeys(one.key.leaf for one in task.gates[Gate.ACCEPT].missing))


def not_knowable(plan: Plan, task: Task) -> frozenset[str]:
    """Give what a second notice may name though the first did not, or though it has been brought since.

    A notice names everything missing, so what is missing now and stands in none became missing later; and of what was
    brought since somebody may find that it is defective.
    """
    told = {leaf for notice in task.state.notices for leaf in notice.listed}
    again = {key.leaf for key in papers_here(plan, task) if key.leaf in told}
    return frozenset(again | (set(missing_leaves(task)) - told))
