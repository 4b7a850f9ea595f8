"""The papers of a need: what is on file is not asked for, what is handed over is ticked, the rest may come later."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox

from desktop.ui.translate import Retranslated
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.status_mark import StatusMark
from desktop.usecases.requests import Handed
from desktop.words import _, pick
from desktop.workflow.catalogue import Catalogue
from desktop.workflow.inputs import Key
from desktop.workflow.plan import PaperLine, PaperView, Plan

_CONTROL = Qt.KeyboardModifier.ControlModifier
_HELD = {PaperLine.ON_FILE, PaperLine.COMING}


class PapersCard(Retranslated, Card):
    """The fourth part of the page; `handed_over` says that a paper was ticked or taken back, `finished` goes on."""

    handed_over = Signal()
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.catalogue = Catalogue()
        self.boxes: dict[Key, QCheckBox] = {}
        self._ticked: set[Key] = set()
        self._papers: tuple[PaperView, ...] = ()
        self._rows = Column(spacing=0.6)
        self.column.insertLayout(self.column.count() - 1, self._rows)
        self.retranslate()

    def begin(self, catalogue: Catalogue) -> None:
        """Forget every paper."""
        self.catalogue, self._papers = catalogue, ()
        self._ticked.clear()
        self._show_rows()

    def show_plan(self, plan: Plan) -> None:
        """List the papers the plan speaks of by now; the keyboard stays on its paper."""
        if plan.papers == self._papers:
            return
        focused = next((key for key, box in self.boxes.items() if box.hasFocus()), None)
        self._papers = plan.papers
        self._show_rows()
        if focused is not None and focused in self.boxes:
            self.boxes[focused].setFocus()

    def papers(self) -> tuple[Handed, ...]:
        """What has been handed over, each in the first form the hall takes."""
        return tuple(Handed(key.subject, key.code, self._form(key)) for key in self.boxes if key in self._ticked)

    def still_missing(self) -> tuple[PaperView, ...]:
        """The papers that are needed and not handed over."""
        return tuple(paper for paper in self._papers if paper.line is PaperLine.NEEDED)

    def focus_first(self) -> bool:
        """Bring the keyboard to the first paper that is asked for; say whether there is one."""
        boxes = list(self.boxes.values())
        if boxes:
            boxes[0].setFocus(Qt.FocusReason.TabFocusReason)
        return bool(boxes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the next paper at Enter, and after the last to what comes next."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & _CONTROL:
            super().keyPressEvent(event)
            return
        boxes = list(self.boxes.values())
        at = next((place for place, box in enumerate(boxes) if box.hasFocus()), len(boxes))
        if at + 1 < len(boxes):
            boxes[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def retranslate(self) -> None:
        """Say the papers in the language of the seat."""
        self.set_title(_("Papers"))
        self._show_rows()

    def _form(self, key: Key) -> str:
        return self.catalogue.materials[key.code].forms[0]

    def _show_rows(self) -> None:
        emptied(self._rows)
        self.boxes = {}
        group = ""
        for paper in sorted(self._papers, key=lambda each: each.one_of):
            if paper.one_of and paper.one_of != group:
                self._rows.addWidget(Label(_("One of these is enough:"), role="label"))
            group = paper.one_of
            self._add(paper)
        if not self._papers:
            self._rows.addWidget(Label(_("No papers are needed so far."), role="muted"))

    def _add(self, paper: PaperView) -> None:
        name = pick(self.catalogue.materials[paper.key.code].name)
        if paper.line in _HELD:
            words = (
                _("{paper}: on file, not asked for") if paper.line is PaperLine.ON_FILE else _("{paper}: on its way")
            )
            status = "done" if paper.line is PaperLine.ON_FILE else "waiting"
            self._rows.addWidget(StatusMark(status, words.format(paper=name)))  # type: ignore[arg-type]
            return
        box = QCheckBox(_label(paper, name, _form_word(self._form(paper.key))))
        box.setChecked(paper.key in self._ticked)
        box.clicked.connect(lambda on, key=paper.key: self._on_clicked(key, on=on))
        self.boxes[paper.key] = box
        self._rows.addWidget(box)

    def _on_clicked(self, key: Key, *, on: bool) -> None:
        (self._ticked.add if on else self._ticked.discard)(key)
        self.handed_over.emit()


def _label(paper: PaperView, name: str, form: str) -> str:
    if paper.line is PaperLine.OFFERED:
        return _("{paper} ({form}), if they have it").format(paper=name, form=form)
    if paper.deferrable:
        return _("{paper} ({form}), may come later").format(paper=name, form=form)
    return _("{paper} ({form})").format(paper=name, form=form)


def _form_word(form: str) -> str:
    return {
        "original": _("original"),
        "copy": _("copy"),
        "shared": _("from a register"),
        "form": _("form of the hall"),
        "photo": _("photo"),
    }.get(form, form)
