"""One role of a request: who stands in it, a click for those already here, a search for everybody else."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_mandate import MandateForm
from desktop.ui.pages.log_people import ICONS, Named, name_words
from desktop.ui.pages.log_picker import SubjectPicker
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.faults import Fault
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, emptied
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.taking_part import REPRESENTING, must_be_named
from desktop.words import _, pgettext, pick
from desktop.workflow.catalogue.definitions import Role


class RolePart(Retranslated, QWidget):
    """`changed`: something here is otherwise; `filled`: somebody was named; `left`: an optional role is left out."""

    changed = Signal()
    filled = Signal()
    left = Signal()
    warned = Signal(str)

    def __init__(self, seat: Seat, role: Role) -> None:
        super().__init__()
        self.seat, self.role = seat, role
        self.named: tuple[Named, ...] = ()
        self.unnamed = False
        self.wanted = False
        self.here: tuple[Named, ...] = ()
        self._note = ""
        self._lacking = False
        self._searching = False
        self.label, self.note, self.error = Label(role="label"), Label(role="muted"), Label(role="error")
        self.error_row = QWidget()
        self.rows = Column(spacing=0.5)
        self.look, self.not_known, self.drop = Button(icon="search"), Button(role="quiet"), Button(role="quiet")
        self.ways = Flow(self.look, self.not_known, self.drop, spacing=0.5)
        self.quick: list[Button] = []
        self.picker: SubjectPicker | None = None
        self.mandate = MandateForm(role.code) if role.code in REPRESENTING else None
        self._column = Column(self, spacing=0.5)
        self._arrange()
        self.look.clicked.connect(self._on_look)
        self.not_known.clicked.connect(self._on_not_known)
        self.drop.clicked.connect(self._on_drop)
        self.retranslate()

    @property
    def settled(self) -> bool:
        """Whether somebody stands here, or it is said that the name is not known yet."""
        return bool(self.named) or self.unnamed

    def show_here(self, here: Sequence[Named], note: str = "") -> None:
        """Offer those the form names already, and say what to mind."""
        fitting = tuple(each for each in here if each.kind in self.role.kinds and each not in self.named)
        if (fitting, note) != (self.here, self._note):
            self.here, self._note = fitting, note
            self._show()

    def want(self, *, wanted: bool) -> None:
        """Say that an optional role should be filled in this case."""
        self.wanted = wanted
        self.retranslate()

    def take(self, named: Named) -> None:
        """Let somebody stand here, in a set beside the others."""
        others = tuple(each for each in self.named if each.subject != named.subject) if self.role.set_of else ()
        self.named, self.unnamed, self._searching = (*others, named), False, False
        self.set_error()
        self._show()
        self.changed.emit()
        self.filled.emit()

    def focus_next(self) -> bool:
        """Bring the keyboard to the authority of who was just named; False where there is none to tell."""
        if self.mandate is None or not self.named:
            return False
        self.mandate.capacity.focus()
        return True

    def focus_first(self) -> None:
        """Bring the keyboard to the first way to name somebody."""
        if self._searching and self.picker is not None:
            self.picker.focus_first()
        else:
            (self.quick or [self.look])[0].setFocus(Qt.FocusReason.TabFocusReason)

    def faults(self) -> list[Fault]:
        """Say who is typed and not taken, who still has to be named, and what the authority of who acts here lacks."""
        typed = self.picker.faults() if self.picker is not None and self._searching else []
        if not typed and not self.settled and must_be_named(self.role):
            self._lacking = True
            self.set_error(self._lacking_words())
            typed = [self.fault()]
        return typed + (self.mandate.faults() if self.mandate is not None and self.named else [])

    def fault(self) -> Fault:
        """What is wrong here, as it is said."""
        return Fault(self, self.error.text, self.focus_first)

    def search(self) -> None:
        """Open the search for somebody who is not here yet."""
        self._searching = True
        if self.picker is None:
            self.picker = SubjectPicker(self.seat, self.role.kinds)
            self.picker.chosen.connect(self._on_picked)
            self.picker.warned.connect(self.warned)
            self._column.insertWidget(self._column.indexOf(self.ways) + 1, self.picker)
            self.picker.show()
        self.picker.begin()
        self._show()
        self.picker.focus_first()

    def set_error(self, words: str = "") -> None:
        """Say what is wrong here; without words nothing is."""
        self._lacking = self._lacking and bool(words)
        self.error.set_text(words)
        self.error_row.setVisible(bool(words))
        self.look.setAccessibleDescription(words)

    def state(self) -> dict[str, Any]:
        """Give who stands here, as it is kept in a draft."""
        typed = self.picker.state() if self._searching and self.picker is not None else None
        mandate = None if self.mandate is None else self.mandate.state()
        named = [each.kept() for each in self.named]
        return {"named": named, "unnamed": self.unnamed, "mandate": mandate, "typed": typed}

    def restore(self, kept: dict[str, Any]) -> None:
        """Show who stood here."""
        self.named = tuple(Named.read(each) for each in kept.get("named") or ())
        self.unnamed = bool(kept.get("unnamed"))
        if self.mandate is not None:
            self.mandate.restore(kept.get("mandate") or {})
        if kept.get("typed"):
            self.search()
            if self.picker is not None:
                self.picker.restore(kept["typed"])
        self._show()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        name = pick(self.role.name)
        optional = self.role.optional and not self.wanted
        self.label.set_text(_("{role} (may be left out)").format(role=name) if optional else name)
        self.drop.set_text(pgettext("role", "Remove"))
        self.drop.setAccessibleName(_("Remove: {role}").format(role=name))
        self.not_known.set_text(_("Name not known yet"))
        self.not_known.setAccessibleName(_("{role}: name not known yet").format(role=name))
        if self._lacking:
            self.set_error(self._lacking_words())
        self._show()

    def _lacking_words(self) -> str:
        return refusal_words(Refused("role_empty", role=self.role.name))

    def _arrange(self) -> None:
        error = Row(self.error_row, spacing=0.4)
        error.addWidget(IconLabel("alert-circle", "danger"), 0, Qt.AlignmentFlag.AlignTop)
        error.addWidget(self.error, 1)
        self.error_row.hide()
        self._column.addWidget(self.label)
        self._column.addWidget(self.note)
        self._column.addLayout(self.rows)
        self._column.addWidget(self.ways)
        if self.mandate is not None:
            self._column.addWidget(self.mandate)
            self.mandate.changed.connect(self.changed)
        self._column.addWidget(self.error_row)

    def _show(self) -> None:
        self._show_named()
        name, several = pick(self.role.name), self.role.set_of is not None
        self.look.setVisible(not self._searching and (several or not self.settled))
        self.look.set_text(_("Add another") if several and self.named else _("Search or register"))
        self.look.setAccessibleName(_("{role}: {act}").format(role=name, act=self.look.text()))
        self.not_known.setVisible(not self.settled and must_be_named(self.role))
        self.drop.setVisible(self.role.optional and not self.named)
        self._show_ways()
        self.note.set_text(self._note)
        self.note.setVisible(bool(self._note))
        if self.picker is not None:
            self.picker.setVisible(self._searching)
        if self.mandate is not None:
            self.mandate.setVisible(bool(self.named))

    def _show_named(self) -> None:
        emptied(self.rows)
        for named in self.named:
            self._add_row(name_words(named), partial(self._on_removed, named))
        if self.unnamed:
            self._add_row(_("Name not known yet"), partial(self._on_removed, None))

    def _add_row(self, words: str, removed: Any) -> None:
        line = Row()
        remove = Button(pgettext("role", "Somebody else"), "quiet", icon="edit")
        remove.setAccessibleName(_("{name}: choose somebody else").format(name=words))
        remove.clicked.connect(removed)
        line.addWidget(Label(words, "strong"), 1)
        line.addWidget(remove)
        if self.role.optional:
            leave = Button(pgettext("role", "Remove"), "quiet", icon="x")
            leave.setAccessibleName(_("Remove: {role}").format(role=pick(self.role.name)))
            leave.clicked.connect(self._on_drop)
            line.addWidget(leave)
        self.rows.addLayout(line)

    def _show_ways(self) -> None:
        """Lay out the ways to name somebody: those here already first, then the search, then leaving it open."""
        layout = self.ways.layout()
        while layout is not None and layout.count():
            layout.takeAt(0)
        for button in self.quick:
            button.hide()
            button.deleteLater()
        open_to_more = not self.unnamed and (not self.named or self.role.set_of is not None)
        self.quick = [self._quick(named) for named in (self.here if open_to_more else ())]
        for button in (*self.quick, self.look, self.not_known, self.drop):
            self.ways.add(button)
        for button in self.quick:
            button.show()
        self.ways.setVisible(
            any(not button.isHidden() for button in (*self.quick, self.look, self.not_known, self.drop))
        )

    def _quick(self, named: Named) -> Button:
        button = Button(name_words(named), icon=ICONS.get(named.kind, "user"))
        button.setAccessibleName(_("{role}: {name}").format(role=pick(self.role.name), name=name_words(named)))
        button.clicked.connect(partial(self._on_quick, named))
        return button

    @Slot(object)
    def _on_picked(self, named: Named) -> None:
        self.take(named)

    def _on_quick(self, named: Named, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.take(named)

    def _on_removed(self, named: Named | None, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.named = tuple(each for each in self.named if each != named)
        self.unnamed = False
        self._show()
        self.changed.emit()
        self.focus_first()

    @Slot()
    def _on_look(self) -> None:
        self.search()

    @Slot()
    def _on_not_known(self) -> None:
        self.named, self.unnamed, self._searching = (), True, False
        self.set_error()
        self._show()
        self.changed.emit()
        self.filled.emit()

    @Slot()
    def _on_drop(self) -> None:
        self.left.emit()
