"""On whom something missing waits: a department by its name, and who looks by the work it is that waits for them."""

from desktop.usecases.requests.timeline import CaseView, department_name
from desktop.usecases.work.act_words import actor_words
from desktop.usecases.work.next_steps import leads_to, next_step
from desktop.usecases.work.work import TaskView
from desktop.words import here
from desktop.workflow.planning.plan import Actor, Missing


def who_words(missing: Missing, case: CaseView) -> str:
    """Say who is to act: of a department which one, since "the department" may be whoever reads it."""
    if missing.actor is Actor.DEPARTMENT and missing.department:
        return department_name(case.catalogue, missing.department, here())
    return actor_words(missing.actor)


def work_on(missing: Missing, case: CaseView) -> TaskView | None:
    """Give the task that leads to something missing, if who looks can go on with it now."""
    leading = (view for view in case.work.values() if leads_to(view, missing))
    return next((view for view in leading if next_step(view) is not None), None)
