"""What is to be done once more, and why: its result has run out, or was taken away; and whose the next step is."""

from desktop.ui.pages.request_words import actor_words, state_words
from desktop.usecases.requests.timeline import CaseView
from desktop.words import _, here
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.plan import Actor, Alternative, Plan, Task, Wanted
from desktop.workflow.procedure.legal_states import LegalState


def waits_for_counter(task: Task) -> bool:
    """Tell whether a task is not begun, and the counter is to pass it on or to tell the applicant of it."""
    return task.wanted is Wanted.NEEDED and task.state.state is LegalState.NONE and task.actor is Actor.COUNTER


def is_lost(task: Task) -> bool:
    """Tell whether a task takes the place of what was on file and was taken away in another request."""
    return task.proposed and task.actor is Actor.COUNTER


def anew_rows(task: Task, case: CaseView) -> list[tuple[str, str]]:
    """Say of what is to be done once more what became of its last result, and what to do now."""
    label = _("Result it stood on") if is_lost(task) else _("Result of the last time")
    about = [(label, said) for said in _last_result(task, case)]
    to_do = _to_do(task)
    return [*about, *([(_("What to do now"), to_do)] if to_do else [])]


def followed_rows(task: Task) -> list[tuple[str, str]]:
    """Say of a round that is over what has become of it: the `task` that takes its place."""
    if task.state.state is LegalState.NONE:
        said = _("To be done again; next is: {who}").format(who=actor_words([task.actor.value]))
    else:
        said = _("Done again: {state}").format(state=state_words(task.state.state, task.item.procedure))
    return [(_("What came of it"), said)]


def _last_result(task: Task, case: CaseView) -> list[str]:
    if task.ran_out is not None:
        day = here().date(task.ran_out, case.today)
        return [_("Was good until {day}; it has run out and is needed again").format(day=day)]
    before = task.taken_away
    if before is not None:
        what = state_words(before.state, task.item.procedure)
        if before.ended_on is None:
            return [_("{what}; it is needed again").format(what=what)]
        return [
            _("{what} on {day}; it is needed again").format(what=what, day=here().date(before.ended_on, case.today))
        ]
    return [_("The result on file was taken away in another request; it is needed again")] if is_lost(task) else []


def _to_do(task: Task) -> str:
    """Say what to do about what has run out or was taken away, and is not begun again."""
    if task.state.state is not LegalState.NONE or not (task.ran_out or task.taken_away or is_lost(task)):
        return ""
    if task.proposed and task.for_person:
        if is_lost(task):
            return _("Tell the applicant. If they want it, pass it on to the department.")
        return _("Ask the applicant. If they want it, choose it under “Apply again” on the request.")
    if task.actor is Actor.COUNTER:
        return _("Look at the papers and facts, put right what was wrong, then pass it on to the department.")
    if task.actor is Actor.APPLICANT:
        return _("What is missing is to be brought first; then pass it on to the department.")
    return ""


def is_applied_for_again(alternative: Alternative, plan: Plan) -> bool:
    """Tell whether what is proposed is no other way, but the same again after it was taken away."""
    tasks = (plan.task(key) for way in alternative.ways for key in way.keys)
    return any(task is not None and (task.taken_away is not None or is_lost(task)) for task in tasks)


def is_passed_on_by_hand(alternative: Alternative, plan: Plan) -> bool:
    """Tell whether nothing is to be chosen, because the only way left is the counter's to pass on."""
    ways = [way for way in alternative.ways if way.value is not Truth.FALSE]
    tasks = [plan.task(key) for way in ways for key in way.keys]
    return len(tasks) == 1 and tasks[0] is not None and waits_for_counter(tasks[0])
