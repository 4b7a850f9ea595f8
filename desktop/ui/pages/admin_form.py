"""A form of the administrator in the place of buttons: fields, the own password typed again, and why not."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QWidget

from desktop.ui.pages.admin_words import ROLES, admin_refusal
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button, ButtonRole
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.layouts import Column, to_the_left
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from desktop.words import _, pgettext

AnyField = Field[Any]


class RolesBox(Retranslated, QWidget):
    """The roles, each ticked by itself."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.boxes = {role: QCheckBox() for role in ROLES}
        column = Column(self, spacing=0.2)
        for box in self.boxes.values():
            box.toggled.connect(self.changed)
            to_the_left(column, box)
        self.setFocusProxy(next(iter(self.boxes.values())))
        self.retranslate()

    def value(self) -> frozenset[Role]:
        """The roles that are ticked."""
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())

    def set_value(self, roles: frozenset[Role]) -> None:
        """Tick these roles and no others."""
        for role, box in self.boxes.items():
            box.setChecked(role in roles)

    def name_parts(self, name: str, description: str, label: QLabel | None = None) -> None:
        """Name every box after the question it answers."""
        self._name = name
        if label is not None:
            label.setBuddy(self.focusProxy() or self)
        for box in self.boxes.values():
            box.setAccessibleName(pgettext("choice", "{answer}, {name}").format(answer=box.text(), name=name))
            box.setAccessibleDescription(description)

    def retranslate(self) -> None:
        """Say the roles in the language of the seat."""
        for role, box in self.boxes.items():
            box.setText(_(ROLES[role]))
        self.name_parts(self._name, "")


class AdminForm(Retranslated, Card):
    """Fields, a button that does it and one that does not; a refusal is said beside the field it is about."""

    given = Signal()
    closed = Signal()
    about: ClassVar[Mapping[str, str]] = {}
    """Which field a refusal is about, by its code."""

    def __init__(self, icon: str = "check", role: ButtonRole = "primary") -> None:
        super().__init__()
        self.notice, self.lead = Notice(), RunningText("", "muted")
        self._faulty = False
        self._refused: Refused | None = None
        self.fields: dict[str, AnyField] = {}
        self.save, self.cancel = Button("", role, icon=icon), Button("", "quiet", icon="x")
        self.add(self.notice)
        self.add(self.lead)
        self.lead.hide()
        self.buttons = Flow(self.save, self.cancel)
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self._on_cancel)

    def add_field(self, name: str, field: AnyField) -> None:
        """Put a field into the form; Enter in a line does what the button does."""
        self.fields[name] = field
        self.add(field)
        if isinstance(field.editor, QLineEdit):
            field.editor.returnPressed.connect(self._on_save)

    def add_pair(self, names: tuple[str, str], fields: tuple[AnyField, AnyField]) -> None:
        """Put two fields beside each other, one question in two languages."""
        for name, field in zip(names, fields, strict=True):
            self.fields[name] = field
            field.editor.returnPressed.connect(self._on_save)
        self.add(SideBySide(*fields, shares=(1, 1), least_hanzi=40))

    def finish(self) -> None:
        """Put the buttons below the fields and say the words."""
        self.add(self.buttons)
        self.retranslate()

    def set_lead(self, text: str) -> None:
        """Say above the fields what will happen."""
        self.lead.set_text(text)
        self.lead.setVisible(bool(text))

    def show_only(self, names: Sequence[str]) -> None:
        """Ask these and nothing else."""
        for name, field in self.fields.items():
            field.setVisible(name in names)

    def missing(self) -> list[tuple[str, QWidget]]:
        """What still has to be filled in; each is said beside its field too."""
        return []

    def require(self, name: str, text: str) -> list[tuple[str, QWidget]]:
        """One fault when a line is not filled in."""
        return [] if text_of(self.fields[name]).strip() else [self.fault(name, text)]

    def fault(self, name: str, text: str) -> tuple[str, QWidget]:
        """Say beside a field what is wrong."""
        self.fields[name].set_error(text)
        return text, self.fields[name].editor

    def clear_errors(self) -> None:
        """Take back what was said."""
        self._faulty, self._refused = False, None
        self.notice.clear()
        for field in self.fields.values():
            field.set_error()

    def forget(self) -> None:
        """Empty every line, passwords first of all."""
        for field in self.fields.values():
            if isinstance(field.editor, QLineEdit):
                field.editor.setText("")
        self.clear_errors()

    def set_busy(self, *, busy: bool) -> None:
        """Take no second press while it is being done."""
        self.save.setEnabled(not busy)

    def say_refused(self, refusal: Refused) -> None:
        """Say why not, beside the field it is about; what was typed stays, but for a wrong password."""
        self.set_busy(busy=False)
        self._refused = refusal
        said, name = admin_refusal(refusal), self.about.get(refusal.code)
        if name is None or self.fields[name].isHidden():
            self.notice.say_problem(said)
            return
        self.notice.say_errors([self.fault(name, said)])

    def retranslate(self) -> None:
        """Say the words in the language of the seat; what was wrong is said again, and the keyboard stays."""
        faulty, refused, busy, focused = self._faulty, self._refused, self._is_busy(), QApplication.focusWidget()
        elsewhere = focused is not None and not self.notice.isAncestorOf(focused)  # what is in there is made anew
        self.clear_errors()
        self.cancel.set_text(_("Cancel"))
        if refused is not None:
            self.say_refused(refused)
        elif faulty:
            self._say_faults()
        self.set_busy(busy=busy)
        if focused is not None and elsewhere and QApplication.focusWidget() is self.notice:
            focused.setFocus()

    def _is_busy(self) -> bool:
        return not self.save.isEnabled()

    def _say_faults(self) -> bool:
        """Say what still has to be filled in; True when something has."""
        faults = self.missing()
        self._faulty = bool(faults)
        if faults:
            self.notice.say_errors(faults)
        return self._faulty

    def _on_save(self) -> None:
        if self._is_busy():
            return
        self.clear_errors()
        if not self._say_faults():
            self.set_busy(busy=True)
            self.given.emit()

    def _on_cancel(self) -> None:
        self.forget()
        self.closed.emit()


def text_of(field: AnyField) -> str:
    """What is typed in a line."""
    return field.editor.text() if isinstance(field.editor, QLineEdit) else ""


def password_line() -> QLineEdit:
    """A line whose letters nobody reads."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line
