"""What may be chosen beside the papers: by which item an outcome is reached, and what is offered along with it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.pages.log_ways import Ways, other_ways
from desktop.ui.plan_pictures import name_of
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.wrapping import TickBox
from desktop.words import _, here
from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.inputs import TAKEN, Key
from desktop.workflow.planning.plan import Plan


class ChoicesCard(Retranslated, Card):
    """It takes no room while there is nothing to choose; `chosen` says that something was."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field[Choice]] = {}
        self.boxes: dict[Key, TickBox] = {}
        self._catalogue = Catalogue()
        self._ways: tuple[Ways, ...] = ()
        self._offers: tuple[Key, ...] = ()
        self._made: dict[str, str] = {}
        self._ways_column, self._offers_column = Column(spacing=2), Column(spacing=0.6)
        self._offers_label = Label(role="label")
        self.column.insertLayout(self.column.count() - 1, self._ways_column)
        self.add(self._offers_label)
        self.column.insertLayout(self.column.count() - 1, self._offers_column)
        self.retranslate()

    def begin(self, catalogue: Catalogue) -> None:
        """Forget what was chosen."""
        self._catalogue, self._made = catalogue, {}
        self._show((), ())

    def show_plan(self, plan: Plan) -> None:
        """Offer what may be chosen by now; what was taken along stays, to be put aside again."""
        taken = [goal.key for goal in plan.goals if self._made.get(goal.key.leaf) == TAKEN]
        offered = [offer.key for offer in plan.offers if offer.applies is not Truth.FALSE]
        self._show(other_ways(plan), tuple(dict.fromkeys([*taken, *offered])))

    def has_any(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self._ways or self._offers)

    def choices(self) -> dict[str, str]:
        """What was chosen, by where it was."""
        return dict(self._made)

    def state(self) -> dict[str, Any]:
        """Give what was chosen, as it is kept in a draft."""
        return dict(self._made)

    def restore(self, kept: dict[str, Any]) -> None:
        """Put back what was chosen."""
        self._made = {str(group): str(way) for group, way in kept.items()}

    def retranslate(self) -> None:
        """Say what may be chosen in the language of the seat."""
        self.set_title(_("To choose"))
        self._offers_label.set_text(_("May be done along with it:"))
        for group in self._ways:
            field, words = self.fields[group.group], self._words
            field.set_label(_("Which way?"))
            field.editor.set_options([(way.name, here().listing(words(key) for key in way.keys)) for way in group.ways])
            field.editor.set_value(group.chosen)
        for key, box in self.boxes.items():
            box.set_text(self._words(key))

    def _words(self, key: Key) -> str:
        return name_of(key, self._catalogue)

    def _show(self, ways: tuple[Ways, ...], offers: tuple[Key, ...]) -> None:
        """Keep the widgets, and so the keyboard, of what may still be chosen."""
        if (ways, offers) == (self._ways, self._offers):
            return
        self._ways, self._offers = ways, offers
        _keep(self.fields, [group.group for group in ways], self._make_field, self._ways_column)
        _keep(self.boxes, offers, self._make_box, self._offers_column)
        for key, box in self.boxes.items():
            box.setChecked(self._made.get(key.leaf) == TAKEN)
        self._offers_label.setVisible(bool(offers))
        self.retranslate()

    def _make_field(self, group: str) -> Field[Choice]:
        field: Field[Choice] = Field(Choice())
        field.editor.chosen.connect(partial(self._on_way, group))
        return field

    def _make_box(self, key: Key) -> TickBox:
        box = TickBox()
        box.clicked.connect(partial(self._on_offer, key))
        return box

    def _on_way(self, group: str, way: str) -> None:
        self._made[group] = way
        self.chosen.emit()

    def _on_offer(self, key: Key, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        if self.boxes[key].isChecked():
            self._made[key.leaf] = TAKEN
        else:
            self._made.pop(key.leaf, None)
        self.chosen.emit()


def _keep(shown: dict[Any, Any], wanted: Any, make: Callable[[Any], QWidget], column: Column) -> None:
    """Let a column show what is wanted, in order; what is gone is deleted, what stays is the same widget."""
    for gone in [key for key in shown if key not in wanted]:
        widget = shown.pop(gone)
        widget.hide()
        widget.deleteLater()
    for key in wanted:
        if key not in shown:
            shown[key] = make(key)
            column.addWidget(shown[key], 0, Qt.AlignmentFlag.AlignLeft)
            shown[key].show()
