"""What is to be done once more, and why: its result has run out, or was taken away; and whose the next step is."""

from desktop.ui.pages.request_words import actor_words, state_words
from desktop.usecases.requests.timeline import CaseView
from desktop.usecases.work.next_steps import is_lost
from desktop.words import _, here
from desktop.workflow.planning.plan import Actor, Task
from desktop.workflow.procedure.legal_states import LegalState


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
