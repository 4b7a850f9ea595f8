"""Why acts cannot be done now: those expected next with their reasons, and the rest under one line that unfolds."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.layouts import Column, to_the_left
from desktop.ui.widgets.running_text import RunningText
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.work.act_words import state_words
from desktop.usecases.work.work import Offer, TaskView
from desktop.words import _, here, ngettext
from desktop.workflow.procedure.legal_states import ActKind

EXPECTED: Final = (
    ActKind.RESUPPLY,
    ActKind.ACCEPT,
    ActKind.SUPPLEMENT,
    ActKind.GRANT,
    ActKind.REFUSE,
    ActKind.ISSUE,
    ActKind.SERVE,
    ActKind.RESUME,
    ActKind.CLEAR_CHECK,
)
"""The ordinary way of a matter: why one of these cannot be done is what a department asks first."""
_NOT_THE_STEP = "not_from_state"


class WhyNot(Retranslated, QWidget):
    """The acts that cannot be done, under the reason they share."""

    def __init__(self) -> None:
        super().__init__()
        self.step, self._next, self._others = RunningText(), KeyValue(stacked=True), KeyValue(stacked=True)
        self.fold, self._rest = Button("", "link"), QWidget()
        self._folded = 0
        rest = Column(self._rest, spacing=1)
        rest.addWidget(self._others)
        rest.addWidget(self.step)
        column = Column(self, spacing=1)
        column.addWidget(self._next)
        to_the_left(column, self.fold)
        column.addWidget(self._rest)
        self._rest.hide()
        self.fold.clicked.connect(partial(self._on_fold))

    def show_task(self, view: TaskView, name: Callable[[ActKind], str]) -> None:
        """Say why the acts of a task that may not be done now may not; each is called by its name."""
        refused = [offer for offer in view.offers if not offer.allowed]
        early = [name(offer.act) for offer in refused if offer.code == _NOT_THE_STEP]
        said = _("It stands at “{state}”; this is not the step for: {acts}.")
        state = state_words(view.task.state.state, view.task.item.procedure)
        self.step.set_text(said.format(state=state, acts=here().listing(early)) if early else "")
        self.step.setVisible(bool(early))
        groups = _by_reason(refused, view.task.item.procedure)
        ahead = [group for group in groups if _rank(group[1]) < len(EXPECTED)] or groups[:1]
        rest = [group for group in groups if group not in ahead]
        self._next.set_rows(_rows(ahead, name))
        self._next.setVisible(bool(ahead))
        self._others.set_rows(_rows(rest, name))
        self._others.setVisible(bool(rest))
        self._folded = len(early) + sum(len(acts) for _reason, acts in rest)
        self.retranslate()

    def rows(self) -> list[tuple[str, str]]:
        """The names of the acts and the reason they share, but for those this is not the step for."""
        return self._next.rows() + self._others.rows()

    def retranslate(self) -> None:
        """Say the line that unfolds in the language of the seat."""
        more = ngettext("{n} other act cannot be done now", "{n} other acts cannot be done now", self._folded)
        folded = self._rest.isHidden()
        self.fold.set_text(more.format(n=self._folded) if folded else _("Fold these away"))
        self.fold.setVisible(self._folded > 0)

    def _on_fold(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._rest.setVisible(self._rest.isHidden())
        self.retranslate()


def _by_reason(refused: Sequence[Offer], procedure: str) -> list[tuple[str, list[ActKind]]]:
    """Put the acts with one reason together, the reason of what is expected next first."""
    found: dict[str, list[ActKind]] = {}
    for offer in refused:
        if offer.code != _NOT_THE_STEP:
            said = refusal_words(Refused(offer.code or "", procedure=procedure, **offer.values))
            found.setdefault(said, []).append(offer.act)
    return sorted(found.items(), key=lambda group: _rank(group[1]))


def _rank(acts: Sequence[ActKind]) -> int:
    return min(EXPECTED.index(act) if act in EXPECTED else len(EXPECTED) for act in acts)


def _rows(groups: Sequence[tuple[str, Sequence[ActKind]]], name: Callable[[ActKind], str]) -> list[tuple[str, str]]:
    return [(here().listing(name(act) for act in acts), reason) for reason, acts in groups]
