"""Why acts cannot be done now: one sentence for all the step does not know, and one for each other reason."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.running_text import RunningText
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.work.act_words import state_words
from desktop.usecases.work.work import Offer, TaskView
from desktop.words import _, here
from desktop.workflow.procedure.legal_states import ActKind

_NOT_THE_STEP = "not_from_state"


class WhyNot(QWidget):
    """The acts that cannot be done, under the reason they share."""

    def __init__(self) -> None:
        super().__init__()
        self.step, self._others = RunningText(), KeyValue(stacked=True)
        column = Column(self, spacing=1)
        column.addWidget(self.step)
        column.addWidget(self._others)

    def show_task(self, view: TaskView, name: Callable[[ActKind], str]) -> None:
        """Say why the acts of a task that may not be done now may not; each is called by its name."""
        refused = [offer for offer in view.offers if not offer.allowed]
        early = [name(offer.act) for offer in refused if offer.code == _NOT_THE_STEP]
        said = _("It stands at “{state}”; this is not the step for: {acts}.")
        state = state_words(view.task.state.state, view.task.item.procedure)
        self.step.set_text(said.format(state=state, acts=here().listing(early)) if early else "")
        self.step.setVisible(bool(early))
        self._others.set_rows(_by_reason(refused, view.task.item.procedure, name))

    def rows(self) -> list[tuple[str, str]]:
        """The names of the acts and the reason they share, but for those this is not the step for."""
        return self._others.rows()


def _by_reason(refused: Sequence[Offer], procedure: str, name: Callable[[ActKind], str]) -> list[tuple[str, str]]:
    """Put the acts with one reason together, in the order of the procedure."""
    found: dict[str, list[str]] = {}
    for offer in refused:
        if offer.code != _NOT_THE_STEP:
            said = refusal_words(Refused(offer.code or "", procedure=procedure, **offer.values))
            found.setdefault(said, []).append(name(offer.act))
    return [(here().listing(names), said) for said, names in found.items()]
