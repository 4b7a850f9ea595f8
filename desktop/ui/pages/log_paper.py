"""One paper asked for: handed over and in which form, or promised until a day where it may follow (容缺)."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.ui.translate import Retranslated
from desktop.ui.widgets.attachments import AttachmentsCard
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.faults import Fault, of_field
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.wrapping import TickBox
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import Handed
from desktop.words import _, gettext_noop, here, pgettext
from desktop.workflow.planning.inputs import Key
from desktop.workflow.planning.plan import PaperLine

FORMS = {
    "original": gettext_noop("original"),
    "copy": gettext_noop("copy"),
    "shared": gettext_noop("from a register"),
    "form": gettext_noop("form of the hall"),
    "photo": gettext_noop("photo"),
}


class PaperPart(Retranslated, QWidget):
    """A box to tick; ticked, the forms the hall takes and its scans; not ticked, the promise where there may be one.

    `make_scans` makes the place for scans, which is made when the paper is first ticked.
    """

    changed = Signal()

    def __init__(self, key: Key, forms: Sequence[str], make_scans: Callable[[], AttachmentsCard] | None = None) -> None:
        super().__init__()
        self._make_scans = make_scans
        self.scans: AttachmentsCard | None = None
        self.key, self._forms = key, tuple(forms)
        self._name, self._line = "", PaperLine.NEEDED
        self._last: date | None = None
        self.attachments: tuple[UUID, ...] = ()
        self.more = Column(spacing=0.4, margins=(2.4, 0, 0, 0))
        self.box, self.later = TickBox(), TickBox()
        self.forms: dict[str, Button] = {}
        self._form_row, self._group = Flow(spacing=0.5), QButtonGroup(self)
        self.due: Field[DateEdit] = Field(DateEdit())
        self._arrange()
        self.box.clicked.connect(self._on_box)
        self.later.clicked.connect(self._on_later)
        self.due.editor.edited.connect(self._on_changed)

    def show_paper(self, name: str, line: PaperLine, last: date | None) -> None:
        """Say which paper it is, how the plan sees it, and until when it may follow, if it may."""
        self._name, self._line, self._last = name, line, last
        self.retranslate()

    def handed(self) -> Handed | None:
        """What is handed over or promised; None when neither."""
        key = self.key
        if self.box.isChecked():
            return Handed(key.subject, key.code, self._form(), attachments=self.attachments)
        day = self.due.editor.value()
        return Handed(key.subject, key.code, self._form(), day) if self.later.isChecked() and day is not None else None

    def faults(self) -> list[Fault]:
        """Say at the promise that it lacks its day, or one there may be."""
        self.due.set_error(self._fault())
        return [of_field(self.due)] if self.due.error() else []

    @property
    def is_here(self) -> bool:
        """Whether it is handed over."""
        return self.box.isChecked()

    def tick(self) -> None:
        """Take it as handed over."""
        self.box.setChecked(True)
        self._show()

    def state(self) -> dict[str, Any]:
        """Give it as it is kept in a draft."""
        day = self.due.editor.value()
        return {
            "subject": self.key.subject,
            "code": self.key.code,
            "here": self.box.isChecked(),
            "form": self._form(),
            "later": self.later.isChecked(),
            "due": None if day is None else day.isoformat(),
            "attachments": [str(each) for each in self.attachments],
        }

    def restore(self, kept: dict[str, Any]) -> None:
        """Show it again."""
        self.box.setChecked(bool(kept.get("here")))
        self.later.setChecked(bool(kept.get("later")))
        self.due.editor.set_value(date.fromisoformat(kept["due"]) if kept.get("due") else None)
        self.attachments = tuple(UUID(each) for each in kept.get("attachments") or ())
        if self.scans is not None:
            self.scans.show_form(self.attachments)
        if kept.get("form") in self.forms:
            self.forms[kept["form"]].setChecked(True)
        self._show()

    def retranslate(self) -> None:
        """Say the paper in the language of the seat."""
        words = _("{paper}, if they have it") if self._line is PaperLine.OFFERED else "{paper}"
        only = _(FORMS[self._forms[0]]) if len(self._forms) == 1 else ""
        named = _("{paper} ({form})").format(paper=self._name, form=only) if only else self._name
        self.box.set_text(words.format(paper=named))
        self.later.set_text(_("Follows later, as promised"))
        self.later.setAccessibleName(_("{paper} follows later, as promised").format(paper=self._name))
        self.due.set_label(_("Promised for"))
        latest = _("On {day} at the latest; the department has to agree.")
        self.due.set_help(latest.format(day=here().date(self._last)) if self._last is not None else "")
        if self.due.error() and self._fault():
            self.due.set_error(self._fault())
        for form, button in self.forms.items():
            button.set_text(_(FORMS[form]))
            button.setAccessibleName(pgettext("paper", "{paper}: {form}").format(paper=self._name, form=_(FORMS[form])))
        self._show()

    def _arrange(self) -> None:
        column, more = Column(self, spacing=0.4), self.more
        for form in self._forms if len(self._forms) > 1 else ():
            button = Button("", "choice")
            button.setCheckable(True)
            button.clicked.connect(partial(self._on_form))
            self._group.addButton(button)
            self._form_row.add(button)
            self.forms[form] = button
        if self.forms:  # what is handed over at a counter is rather a paper than a look into a register
            self.forms[next((form for form in self.forms if form != "shared"), self._forms[0])].setChecked(True)
        column.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        more.addWidget(self._form_row)
        more.addWidget(self.later, 0, Qt.AlignmentFlag.AlignLeft)
        more.addWidget(self.due)
        column.addLayout(more)

    def _fault(self) -> str:
        """Say what a promise lacks: its day, or one there is."""
        day = self.due.editor
        if self.box.isChecked() or not self.later.isChecked():
            return ""
        promised = day.value()
        if promised is not None:
            late = self._last is not None and promised > self._last
            return refusal_words(Refused("promise_too_late", latest=self._last)) if late else ""
        return day.fault() or _("Type the day it is promised for, or untick that it follows later.")

    def _form(self) -> str:
        return next((form for form, button in self.forms.items() if button.isChecked()), self._forms[0])

    def _show(self) -> None:
        may_follow = self._last is not None and not self.box.isChecked()
        self._form_row.setVisible(bool(self.forms) and self.box.isChecked())
        self.later.setVisible(may_follow)
        self.due.setVisible(may_follow and self.later.isChecked())
        self._show_scans()

    def _show_scans(self) -> None:
        if self.scans is None and self._make_scans is not None and self.box.isChecked():
            self.scans = self._make_scans()
            self.scans.changed.connect(self._on_scans)
            self.more.addWidget(self.scans)
            self.scans.show_form(self.attachments)
        if self.scans is not None:
            self.scans.set_name(self._name)
            self.scans.setVisible(self.box.isChecked())

    @Slot()
    def _on_box(self) -> None:
        self.later.setChecked(False)
        self._show()
        self.changed.emit()

    @Slot()
    def _on_later(self) -> None:
        """Propose the last day there may be; it can be made an earlier one."""
        self.due.set_error()
        if self.later.isChecked() and self.due.editor.value() is None:
            self.due.editor.set_value(self._last)
        self._show()
        self.changed.emit()

    @Slot(object)
    def _on_scans(self, attachments: tuple[UUID, ...]) -> None:
        self.attachments = attachments
        self.changed.emit()

    def _on_form(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.changed.emit()

    @Slot()
    def _on_changed(self) -> None:
        self.due.set_error()
        self.changed.emit()
