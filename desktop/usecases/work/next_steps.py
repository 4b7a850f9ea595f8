"""The ordinary next step of a task for who looks, and what is only to be passed on, or chosen once more."""

from desktop.usecases.work.act_needs import TaskView
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.plan import Actor, Alternative, Missing, Plan, Task, Wanted
from desktop.workflow.procedure.legal_states import ActKind, LegalState

FIRST = (
    ActKind.SUBMIT,
    ActKind.RESUPPLY,
    ActKind.ACCEPT,
    ActKind.GRANT,
    ActKind.ISSUE,
    ActKind.SERVE,
    ActKind.RESUME,
    ActKind.CLEAR_CHECK,
)
"""The ordinary steps in their order; what the hall passes on by itself is none, what the counter passes on is one."""


def next_step(view: TaskView) -> ActKind | None:
    """Give the ordinary step that may be done now; a decision that takes a reason is none."""
    allowed = {offer.act for offer in view.offers if offer.allowed and not offer.needs_reason}
    if not waits_for_counter(view.task):
        allowed.discard(ActKind.SUBMIT)
    ordinary = next((act for act in FIRST if act in allowed), None)
    return ordinary or (ActKind.SUPPLEMENT if ActKind.SUPPLEMENT in allowed else None)


def leads_to(view: TaskView, missing: Missing) -> bool:
    """Tell whether a task is what is missing itself, or provides it."""
    key = view.task.key
    return key == missing.key or any(reason.parent == missing.key for reason in view.plan.reasons.get(key, ()))


def waits_for_counter(task: Task) -> bool:
    """Tell whether a task is not begun, and the counter is to pass it on or to tell the applicant of it."""
    return task.wanted is Wanted.NEEDED and task.state.state is LegalState.NONE and task.actor is Actor.COUNTER


def is_lost(task: Task) -> bool:
    """Tell whether a task takes the place of what was on file and was taken away in another request."""
    return task.proposed and task.actor is Actor.COUNTER


def is_applied_for_again(alternative: Alternative, plan: Plan) -> bool:
    """Tell whether what is proposed is no other way, but the same again after it was taken away."""
    tasks = (plan.task(key) for way in alternative.ways for key in way.keys)
    return any(task is not None and (task.taken_away is not None or is_lost(task)) for task in tasks)


def to_choose(plan: Plan) -> tuple[Alternative, ...]:
    """Give what waits for the applicant's choice; not where the only way left is the counter's to pass on."""
    return tuple(one for one in plan.alternatives if one.proposed and not _is_passed_on_by_hand(one, plan))


def _is_passed_on_by_hand(alternative: Alternative, plan: Plan) -> bool:
    ways = [way for way in alternative.ways if way.value is not Truth.FALSE]
    tasks = [plan.task(key) for way in ways for key in way.keys]
    return len(tasks) == 1 and tasks[0] is not None and waits_for_counter(tasks[0])
