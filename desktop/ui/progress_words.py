"""Where a matter stands, in sentences one reads out to the person at the counter."""

from desktop.ui.widgets.status_mark import Status
from desktop.usecases.requests.progress import Progress, Step
from desktop.usecases.work.act_words import state_words
from desktop.words import _, here, ngettext, pick
from desktop.workflow.planning.plan import Actor

Said = tuple[Status, str]


def summary(progress: Progress) -> Said:
    """Say in one sentence how it stands and who has it."""
    if progress.status == "withdrawn":
        return "not_needed", _("The request was withdrawn.")
    if progress.status != "open":
        day = here().date(progress.closed or progress.today, progress.today)
        if progress.status == "done":
            return "done", _("Finished on {day}.").format(day=day)
        return "refused", _("Ended on {day} without a result.").format(day=day)
    out = sum(step.stage.to_collect for step in progress.steps)
    if out:
        return "ready", ngettext(
            "{n} result is out and can be collected here.", "{n} results are out and can be collected here.", out
        ).format(n=out)
    if any(step.stage.to_serve for step in progress.steps):
        return "ready", _("A decision waits at this hall's counter to be handed over.")
    if progress.to_bring or progress.questions:
        return "waiting", _("It waits for the applicant.")
    return _with_departments(progress)


def sentences(progress: Progress) -> list[Said]:
    """Say what is still to bring, then each step: what is done, who has it, and until when."""
    said: list[Said] = []
    if progress.to_bring:
        papers = here().listing(pick(paper) for paper in progress.to_bring)
        said.append(("waiting", _("Still to bring: {papers}.").format(papers=papers)))
    if progress.questions:
        n = progress.questions
        said.append(
            (
                "waiting",
                ngettext("{n} question is not answered yet.", "{n} questions are not answered yet.", n).format(n=n),
            )
        )
    said += [_step(step, progress) for step in sorted(progress.steps, key=_order)]
    return said


def _with_departments(progress: Progress) -> Said:
    """Say which departments have it, and by when all of it is due."""
    names = dict.fromkeys(pick(step.department) for step in progress.steps if _is_with_department(step))
    if not names:
        return "ready", _("It is under way.")
    who = here().listing(names)
    dates = [step.due for step in progress.steps if step.due is not None]
    if not dates or any(step.accepting and step.due is not None for step in progress.steps):
        return "ready", _("With {departments}.").format(departments=who)
    day = here().date(max(dates), progress.today)
    return "ready", _("With {departments}, due by {day}.").format(departments=who, day=day)


def _is_with_department(step: Step) -> bool:
    over = step.stage.done or step.stage.ended or step.stage.to_collect
    return step.actor is Actor.DEPARTMENT and step.stage.begun and not over


def _order(step: Step) -> int:
    """What can be collected first, then what is under way, what is over last."""
    if step.stage.to_collect or step.stage.to_serve:
        return 0
    return 3 if step.stage.done or step.stage.ended else 1 if step.stage.begun else 2


def _step(step: Step, progress: Progress) -> Said:
    item, on = pick(step.item), here().date(step.on, progress.today) if step.on is not None else ""
    stage = step.stage
    if stage.to_collect:
        return "ready", _("{item}: out since {day}, to be collected here.").format(item=item, day=on)
    if stage.done:
        return "done", _("{item}: handed over on {day}.").format(item=item, day=on)
    state = state_words(step.state, step.procedure, check_owed=step.check_owed)
    if stage.to_serve:
        told = _("{item}: {state}, {day}; the decision waits at this hall's counter.")
        return "refused", told.format(item=item, state=state, day=on)
    if stage.ended:
        return "refused", _("{item}: {state}, {day}.").format(item=item, state=state, day=on)
    return _under_way(step, item, state, progress)


def _under_way(step: Step, item: str, state: str, progress: Progress) -> Said:
    if step.actor is Actor.APPLICANT:
        return "waiting", _("{item}: waits for the applicant.").format(item=item)
    if step.actor is Actor.COUNTER:
        return "ready", _("{item}: at this hall's counter.").format(item=item)
    if step.actor is not Actor.DEPARTMENT or not step.stage.begun:  # not begun, it waits for another department
        return "waiting", _("{item}: {state}.").format(item=item, state=state)
    department = pick(step.department)
    if step.due is None:
        told = _("{item}: with {department}, {state}.")
        return "ready", told.format(item=item, department=department, state=state)
    overdue = step.due < progress.today
    told = _("{item}: with {department}, {state}; due by {day}.")
    if overdue:
        told = _("{item}: with {department}, {state}; it was due on {day}.")
    elif step.accepting:
        told = _("{item}: with {department}, {state}; by {day} it says whether it accepts.")
    elif step.estimated:
        told = _("{item}: with {department}, {state}; due about {day}.")
    day = here().date(step.due, progress.today)
    return "overdue" if overdue else "ready", told.format(item=item, department=department, state=state, day=day)
