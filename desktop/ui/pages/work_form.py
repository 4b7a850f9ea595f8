"""The form of one act: what it is about, what the law wants said with it, and the button that is named by the act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.kept_words import REASON, KeptWords
from desktop.ui.pages.log_people import called
from desktop.ui.pages.work_fields import FIELDS, AnyField, fault_of, make_field, prefill, say_field, value_of
from desktop.ui.pages.work_leaves import BROUGHT, TICKED, Leaves
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import page_around
from desktop.ui.widgets.text_box import TextBox
from desktop.usecases.reasons import MOST_ANSWER, MOST_REASON, fault_of_reason
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.timeline import CaseView
from desktop.usecases.work.act_needs import MISSING, Written
from desktop.usecases.work.act_words import act_words
from desktop.usecases.work.offers import against_advice
from desktop.usecases.work.work import Handed, Offer, TaskView
from desktop.words import _, gettext_noop, pick
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.procedure.profiles import ENDING, GRAVE, PROFILES

_WRITTEN = {
    Written.NOTHING: gettext_noop("Reason"),
    Written.REASON: gettext_noop("Reason"),
    Written.NOTE: gettext_noop("Note"),
    Written.ANSWER: gettext_noop("Answer"),
}
WITH_REMEDIES = frozenset({ActKind.REFUSE, ActKind.NOT_ACCEPT})
READ_BY_THE_PERSON = WITH_REMEDIES | {
    ActKind.NOT_REQUIRED,
    ActKind.NOT_OURS,
    ActKind.EXTEND,
    ActKind.BREAK_PROMISE,
    ActKind.FAIL_CHECK,
    ActKind.TERMINATE,
    ActKind.LAPSE,
    ActKind.WITHDRAW,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """An act chosen on the page, with what its form says and the papers that come with it."""

    act: ActKind
    reason: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    papers: tuple[Handed, ...] = ()


def needs_form(view: TaskView, offer: Offer) -> bool:
    """Tell whether anything has to be said with an act before it is done, or whether it is too grave for one press."""
    needs = view.needs_of(offer.act)
    if offer.act in GRAVE or needs.written is not Written.NOTHING or offer.act is ActKind.SUPPLEMENT:
        return True
    if offer.act in TICKED:
        return bool(needs.leaves)
    return bool(FIELDS.get(offer.act)) and (offer.act is not ActKind.ISSUE or needs.numbered)


class ActForm(QWidget):
    """What an act needs before it is done: what it is about, the values the law asks for, and its reason."""

    given = Signal(object)  # a Chosen
    left = Signal()

    def __init__(self, view: TaskView, offer: Offer, case: CaseView, words: KeptWords) -> None:
        super().__init__()
        self._words, self._card = words, f"act:{view.row.id}:{offer.act}"
        self.view, self.offer, self.case = view, offer, case
        self.needs = view.needs_of(offer.act)
        self.leaves = Leaves(view, offer.act)
        self.fields: dict[str, AnyField] = {name: make_field(name) for name in FIELDS.get(offer.act, ())}
        self.method, self.ground, self.day, self.whom = (
            self.fields.get(name) for name in ("method", "ground", "day", "whom")
        )
        self.title: Label = RunningText("", "strong") if offer.act in GRAVE else Heading("", 3)
        self.note, self.notice = RunningText("", "muted"), Notice()
        self.reason = Field(TextBox(lines=2), hanzi=30)
        self.go = Button("", "danger" if offer.act in ENDING else "primary", icon="check")
        self.leave = Button("", "quiet")
        self._arrange()
        self.go.clicked.connect(partial(self._on_go))
        self.leave.clicked.connect(partial(self._on_leave))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._on_escape)
        self.say(case)
        for name, one in self.fields.items():
            prefill(name, one, self.needs)
        self._take_up()

    def _take_up(self) -> None:
        """Put back what was written into this form before and not sent, and keep what is written from now on."""
        written: dict[str, QWidget] = {name: one.editor for name, one in self.fields.items()}
        written |= {leaf: defect.wrong.editor for leaf, defect in self.leaves.defects.items()}
        kept = self._words.of(self._card)
        for leaf, defect in self.leaves.defects.items():
            defect.tick.set_on(on=bool(kept.get(leaf)))
        self._words.attach(self._card, {**written, REASON: self.reason.editor})

    def forget(self) -> None:
        """Keep what is written no longer: the act is done."""
        self._words.forget(self._card)

    @property
    def listed(self) -> tuple[str, ...]:
        """What the act is about."""
        return self.leaves.listed

    @property
    def is_check(self) -> bool:
        """Whether there is nothing to say with the act, only to say again that it is meant."""
        return not (self.fields or self._wants_reason() or self.leaves.listed)

    def still_fits(self, view: TaskView) -> bool:
        """Tell whether the form is still about what the task lacks or owes now."""
        return view.needs_of(self.offer.act).leaves == self.leaves.listed

    def take_focus(self) -> None:
        """Put the keyboard where the form begins: the first answer that is not known beforehand."""
        empty = (one for name, one in self.fields.items() if value_of(name, one) is None)
        if (first := next(empty, None)) is not None:
            self._focus(first)
        elif self._wants_reason():
            self._focus(self.reason)  # type: ignore[arg-type] # a field is a field
        elif self.leaves.ticks is not None and self.leaves.listed:
            self.leaves.ticks.setFocus()
        else:
            self.go.setFocus()

    def _focus(self, field: Field[QWidget]) -> None:
        """Put the keyboard into a field, and keep in sight with it the button that sends it off."""
        field.focus()
        page = page_around(self)
        if page is not None:
            page.hold(field, beside=self.go)

    def say(self, case: CaseView) -> None:
        """Say the words in the language of the seat; what was typed stays."""
        act = self.offer.act
        self.case = case
        self.title.set_text(self._what())
        self.leaves.say(case)
        for name, one in self.fields.items():
            say_field(name, one, self.view, act)
        self.note.setText(self._note())
        self.note.setVisible(bool(self.note.text()))
        self.reason.set_label(_(_WRITTEN[self.needs.written]))
        self.reason.set_help(self._about_reason())
        self.go.set_text(act_words(act, self.view.task.item.procedure))
        self.leave.set_text(_("Cancel"))
        if self.notice.isVisible() or self.reason.error():
            self._say_faults()

    def _what(self) -> str:
        """Name the act; of a grave one also on what it is done, and for whom."""
        row, item, act = self.view.row, self.view.task.item, self.offer.act
        named = act_words(act, item.procedure)
        if act not in GRAVE:
            return named
        return _("{act}: {item}, {who}.").format(act=named, item=pick(item.name), who=row.applicant or called(None))

    def _note(self) -> str:
        act, task = self.offer.act, self.view.task
        if against_advice(task, act):
            return _("By the facts the conditions are not met. You decide; the reason is kept.")
        if act not in WITH_REMEDIES:
            return ""
        if PROFILES[task.item.procedure].standards.reconsideration is not None:
            return _(
                "The letter gives the reason, the legal basis, and where to turn: reconsideration within 60 days, a "
                "suit within 6 months."
            )
        return _("The letter gives the reason, the legal basis, and where to ask again.")

    def _about_reason(self) -> str:
        read = self.offer.act in READ_BY_THE_PERSON or self.needs.written is Written.ANSWER
        return _("The person reads it in the letter.") if read else ""

    def chosen(self) -> Chosen:
        """Give the act with what the form says now."""
        said = dict(pair for name, one in self.fields.items() if (pair := value_of(name, one)) is not None)
        values = self.leaves.values() | said
        if self.offer.act is ActKind.PROMISE:
            values = {"deferred": dict.fromkeys(self.leaves.chosen(), said.get("expected_end"))}
        papers = self.leaves.papers(self.case.catalogue) if self.offer.act in BROUGHT else ()
        return Chosen(self.offer.act, self.reason.editor.toPlainText().strip(), values, papers)

    def _wants_reason(self) -> bool:
        return self.needs.written is not Written.NOTHING

    def _say_faults(self) -> bool:
        """Say beside each field what is wrong with it; the first one takes the keyboard. True when nothing is."""
        wrong: list[Field[QWidget]] = []
        for name, one in self.fields.items():
            code = fault_of(name, one, self.offer.act)
            one.set_error(refusal_words(Refused(code)) if code else "")
            wrong += [one] if code else []
        undescribed = self.leaves.faulty_field()
        if undescribed is not None:
            undescribed.set_error(refusal_words(Refused("defect_undescribed")))
            wrong.append(undescribed)  # type: ignore[arg-type] # a field is a field
        most = MOST_ANSWER if self.needs.written is Written.ANSWER else MOST_REASON
        missing = MISSING.get(self.needs.written, "reason_missing")
        said = self.reason.editor.toPlainText()
        unfit = fault_of_reason(said, most, missing=missing) if self._wants_reason() else None
        self.reason.set_error("" if unfit is None else refusal_words(unfit))
        wrong += [self.reason] if unfit else []  # type: ignore[list-item] # a field is a field
        code = self.leaves.fault()
        if code:
            self.notice.say_problem(refusal_words(Refused(code)))
        else:
            self.notice.clear()
        if wrong and not code:
            self._focus(wrong[0])
        return not wrong and not code

    def _arrange(self) -> None:
        column = Column(self, spacing=1)
        for widget in (self.title, self.note, self.notice, self.leaves, *self.fields.values(), self.reason):
            column.addWidget(widget)
        column.addWidget(Flow(self.go, self.leave))
        self.reason.setVisible(self._wants_reason())

    def _on_go(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        if self._say_faults():
            self.given.emit(self.chosen())

    @Slot()
    def _on_escape(self) -> None:
        """Leave, unless that would lose what is written."""
        lines = (one.editor for one in self.fields.values())
        written = any(isinstance(line, QLineEdit) and line.text().strip() for line in lines)
        if not (written or self.reason.editor.toPlainText().strip()):
            self.left.emit()

    def _on_leave(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.left.emit()
