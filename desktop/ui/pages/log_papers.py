"""The papers of a need: what is on file is not asked for, what is handed over is ticked, the rest may come later."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox
from shiboken6 import isValid

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_paper import PaperPart
from desktop.ui.pages.log_people import Called
from desktop.ui.pages.log_ways import Ways, paper_ways
from desktop.ui.plan_pictures import name_of
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.attachments import AttachmentsCard
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.faults import Fault
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, to_the_left
from desktop.ui.widgets.status_mark import StatusMark
from desktop.usecases.requests.requests import Handed, Look
from desktop.words import _, here, pick
from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.open_papers import papers_hang_on
from desktop.workflow.planning.plan import Actor, PaperLine, PaperView, Plan, Question

_CONTROL = Qt.KeyboardModifier.ControlModifier
_THERE = frozenset({PaperLine.ON_FILE, PaperLine.RECEIVED, PaperLine.COMING})


class _Shown(NamedTuple):
    """What the rows were made of; the same again changes nothing."""

    papers: tuple[PaperView, ...]
    groups: tuple[Ways, ...]
    last_days: Mapping[Key, date]


class PapersCard(Retranslated, Card):
    """The part of the page after the questions; `handed_over` says that something changed, `finished` goes on."""

    handed_over = Signal()
    finished = Signal()

    def __init__(self, seat: Seat | None = None) -> None:
        """Without a seat no scans can be attached."""
        super().__init__()
        self._make_scans = None if seat is None else partial(AttachmentsCard, seat, hint=False)
        self.catalogue = Catalogue()
        self.parts: dict[Key, PaperPart] = {}
        self.choices: dict[str, Field[Choice]] = {}
        self.all_here = Button(icon="check-check", shortcut="F7")
        self._chosen: dict[str, str] = {}
        self._ticked: dict[Key, str] = {}
        self._called: Mapping[str, Called] = {}
        self._open = 0
        self._shown = _Shown((), (), {})
        self._marks: dict[Key, StatusMark] = {}
        self._laid_out: set[Key] = set()
        self._none = Label(role="muted")
        self._rows = Column(spacing=1)
        self.add(self._none)
        self.column.insertLayout(self.column.count() - 1, self._rows)
        buttons = Column()
        to_the_left(buttons, self.all_here)
        self.column.insertLayout(self.column.count() - 1, buttons)
        self.all_here.clicked.connect(self._on_all_here)
        self.retranslate()

    @property
    def boxes(self) -> dict[Key, QCheckBox]:
        """The box of each paper that is asked for."""
        return {key: part.box for key, part in self.parts.items() if not part.isHidden()}

    def begin(self, catalogue: Catalogue) -> None:
        """Forget every paper."""
        self.catalogue, self._shown = catalogue, _Shown((), (), {})
        for part in self.parts.values():
            part.hide()
            part.deleteLater()
        self.parts, self._chosen, self._ticked = {}, {}, {}
        self._show_rows()

    def show_look(self, look: Look) -> None:
        """List the papers the plan speaks of by now; the keyboard stays on its paper."""
        self._open = len(undecided(look.plan))
        self._say_none()
        shown = _Shown(look.plan.papers, paper_ways(look.plan), look.last_days)
        if shown != self._shown:
            self._shown = shown
            self._show_rows()

    def papers(self) -> tuple[Handed, ...]:
        """What has been handed over, and what is promised."""
        asked = self._asked()
        handed = (part.handed() for key, part in self.parts.items() if key in asked or part.is_here)
        return tuple(one for one in handed if one is not None)

    def is_busy(self) -> bool:
        """Whether a scan is still being taken in; the form is not sent meanwhile."""
        return any(part.scans is not None and part.scans.is_busy() for part in self.parts.values())

    def faults(self) -> list[Fault]:
        """Say at each promise what it lacks."""
        asked = self._asked()
        return [fault for key, part in self.parts.items() if key in asked for fault in part.faults()]

    def ways(self) -> dict[str, str]:
        """The ways that were chosen, by the group they were chosen in."""
        return dict(self._chosen)

    def follow(self, moved: Mapping[str, str]) -> None:
        """Let the papers of a role be somebody's once the role is named."""
        for key in [key for key in self.parts if key.subject in moved]:
            part = self.parts.pop(key)
            part.key = key._replace(subject=moved[key.subject])
            self.parts.setdefault(part.key, part)
        self._shown = _Shown((), (), {})

    def call(self, called: Mapping[str, Called]) -> None:
        """Say of everybody but the applicant whose paper it is."""
        if called != self._called:
            self._called = called
            self._say_rows()

    def say_error(self, code: str, words: str, *, focus: bool) -> bool:
        """Say what is wrong with a promise beside its paper, and go there; False when it is about none."""
        part = next((part for key, part in self.parts.items() if key.code == code and not part.isHidden()), None)
        if part is not None:
            part.due.set_error(words)
            if focus:
                part.due.focus()
        return part is not None

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
        parts = [part for part in self.parts.values() if not part.isHidden()]
        at = QApplication.focusWidget()
        place = next((n for n, part in enumerate(parts) if at is not None and part.isAncestorOf(at)), len(parts))
        if place + 1 < len(parts):
            parts[place + 1].box.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def state(self) -> dict[str, Any]:
        """Give what is handed over, promised and chosen, as it is kept in a draft."""
        parts = (part.state() for part in self.parts.values())
        return {"papers": [one for one in parts if one["here"] or one["later"]], "ways": dict(self._chosen)}

    def restore(self, kept: dict[str, Any]) -> None:
        """Show what was handed over; what the catalogue no longer asks is left out."""
        self._chosen = {str(group): str(way) for group, way in (kept.get("ways") or {}).items()}
        for one in kept.get("papers") or ():
            key = Key(Kind.MATERIAL, one["code"], one["subject"])
            if key.code in self.catalogue.materials:
                self._part(key).restore(one)
        self._show_rows()

    def retranslate(self) -> None:
        """Say the papers in the language of the seat."""
        self.set_title(_("Papers"))
        self.all_here.set_text(_("Mark all as here"))
        self._say_none()
        self._say_rows()

    def _say_none(self) -> None:
        """Say that no paper is needed, or that this shows only once the questions are answered."""
        if self._open:
            self._none.set_text(_("Answer the questions first. Then it shows which papers are needed."))
        else:
            self._none.set_text(_("No papers are needed."))

    def _asked(self) -> dict[Key, PaperView]:
        """The papers with a box: neither there nor coming, but for those that are ticked here."""
        found = {}
        for paper in self._shown.papers:
            ticked = paper.key in self.parts and self.parts[paper.key].is_here
            if paper.line not in _THERE or ticked:
                found[paper.key] = paper
        return found

    def _show_rows(self) -> None:
        """Lay the rows out anew; papers and groups that come again keep their widgets and the keyboard."""
        at = QApplication.focusWidget()
        self._clear_rows()
        asked = self._asked()
        grouped = {key for group in self._shown.groups for key in group.papers()}
        for paper in self._shown.papers:
            if paper.key not in asked and paper.line in _THERE:
                self._marks[paper.key] = StatusMark()
                self._rows.addWidget(self._marks[paper.key])
        for group in self._shown.groups:
            self._add_choice(group)
            for key in [key for key in asked if key in group.papers() and key not in self._laid_out]:
                self._add(key)
        for key in (key for key in asked if key not in grouped):
            self._add(key)
        self._none.setVisible(not self._shown.papers)
        self.all_here.setVisible(sum(paper.line is not PaperLine.OFFERED for paper in asked.values()) > 1)
        self._say_rows()
        if at is not None and isValid(at) and self.isAncestorOf(at) and at.isVisibleTo(self) and not at.hasFocus():
            at.setFocus()

    def _clear_rows(self) -> None:
        # An item that is merely taken lives on, and the widget's next height is lost on the item that follows it.
        while (item := self._rows.itemAt(0)) is not None and (widget := item.widget()) is not None:
            self._rows.removeWidget(widget)
        gone = [*self._marks.values(), *(f for g, f in self.choices.items() if g not in self._groups())]
        for widget in gone:
            widget.hide()
            widget.deleteLater()
        self._marks = {}
        self._laid_out.clear()
        self.choices = {group: field for group, field in self.choices.items() if group in self._groups()}
        asked = self._asked()
        for key, part in self.parts.items():
            if key not in asked:
                part.hide()

    def _groups(self) -> frozenset[str]:
        return frozenset(group.group for group in self._shown.groups)

    def _add_choice(self, group: Ways) -> None:
        field = self.choices.get(group.group)
        if field is None:
            field = self.choices[group.group] = Field(Choice())
            field.editor.chosen.connect(partial(self._on_way, group.group))
        self._rows.addWidget(field)
        field.show()

    def _add(self, key: Key) -> None:
        self._laid_out.add(key)
        part = self._part(key)
        self._rows.addWidget(part)
        part.show()

    def _say_rows(self) -> None:
        """Say the papers in the language of the seat, with whose they are."""
        asked = self._asked()
        for paper in self._shown.papers:
            if paper.key in self._marks:
                coming = paper.line is PaperLine.COMING
                self._marks[paper.key].set_status("waiting" if coming else "done", self._there_words(paper))
            elif paper.key in asked:
                last = self._shown.last_days.get(paper.key)
                self.parts[paper.key].show_paper(self._name(paper.key), paper.line, last)
        for group in self._shown.groups:
            field = self.choices[group.group]
            several = _("Any {n} of these are enough:").format(n=group.enough)
            field.set_label(several if group.enough > 1 else _("One of these is enough:"))
            ways = [(way.name, here().listing(self._thing(key) for key in way.keys)) for way in group.ways]
            field.editor.set_options([] if group.by_ticking else ways)
            field.editor.set_value(group.chosen)

    def _thing(self, key: Key) -> str:
        return self._name(key) if key.kind is Kind.MATERIAL else name_of(key, self.catalogue)

    def _there_words(self, paper: PaperView) -> str:
        name = self._name(paper.key)
        if paper.line is PaperLine.COMING:
            return _("{paper}: on its way").format(paper=name)
        if paper.until is None:
            return _("{paper}: on file, not asked for").format(paper=name)
        words = _("{paper}: on file until {day}, not asked for")
        return words.format(paper=name, day=here().date(paper.until))

    def _part(self, key: Key) -> PaperPart:
        if key not in self.parts:
            part = self.parts[key] = PaperPart(key, self.catalogue.materials[key.code].forms, self._make_scans)
            part.changed.connect(partial(self._on_part, part))
        return self.parts[key]

    def _name(self, key: Key) -> str:
        name, called = pick(self.catalogue.materials[key.code].name), self._called.get(key.subject)
        return name if called is None else _("{whose}: {paper}").format(whose=called.words, paper=name)

    def _on_part(self, part: PaperPart) -> None:
        """Handing over or promising a paper chooses its way; taken back, the way is open again."""
        handed = part.handed() is not None
        for group in self._shown.groups:
            way = group.way_of(part.key)
            if handed and group.by_ticking and group.enough == 1 and way is not None:
                self._ticked[part.key], self._chosen[group.group] = group.group, way
        if not handed and part.key in self._ticked:
            self._chosen.pop(self._ticked.pop(part.key), None)
        self.handed_over.emit()

    def _on_way(self, group: str, way: str) -> None:
        self._chosen[group] = way
        self.handed_over.emit()

    @Slot()
    def _on_all_here(self) -> None:
        for key, paper in self._asked().items():
            if paper.line is not PaperLine.OFFERED:
                self.parts[key].tick()
        self.handed_over.emit()


def undecided(plan: Plan) -> list[Question]:
    """Give the questions for the person on which papers still hang."""
    return [question for question in papers_hang_on(plan) if question.actor is not Actor.REGISTRY]


def is_any_known(plan: Plan) -> bool:
    """Tell whether a plan names a paper of the person's by now, be it handed over already."""
    return any(paper.line not in {PaperLine.OFFERED, PaperLine.COMING} for paper in plan.papers)


def missing_count(plan: Plan) -> int:
    """Count the papers still to come; a group of alternatives is one."""
    return len(plan.papers_of(PaperLine.NEEDED, PaperLine.DEFECTIVE))
