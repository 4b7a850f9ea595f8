"""The ordinary next step of a task, for who looks: what its primary button does, and what its key is for."""

from desktop.ui.pages.begun_anew import waits_for_counter
from desktop.usecases.work.work import TaskView
from desktop.workflow.procedure.legal_states import ActKind

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
