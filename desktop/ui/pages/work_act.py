"""The acts on a task: what may be done now as named buttons, the form an act needs in place, and why not the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.request_dates import GROUNDS
from desktop.ui.refusals import refusal_words
from desktop.ui.widgets.buttons import Button, ButtonRole
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.text_box import TextBox
from desktop.usecases.act_words import DEPARTMENTS_OWN, act_words, needed_for
from desktop.usecases.refused import Refused
from desktop.usecases.work import Offer, TaskView
from desktop.words import _, gettext_noop
from desktop.workflow.legal_states import ActKind, Gate
from desktop.workflow.profiles import PROFILES

METHODS = {
    "in_person": gettext_noop("In person at the counter"),
    "agent": gettext_noop("To the agent"),
    "post": gettext_noop("By post"),
}
WITH_VALUES = frozenset(
    {
        ActKind.SUPPLEMENT,
        ActKind.SERVE,
        ActKind.SUSPEND,
        ActKind.PROMISE,
        ActKind.KEEP_PROMISE,
        ActKind.BREAK_PROMISE,
        ActKind.NOT_OURS,
        ActKind.EXTEND,
    }
)
MAY_COME_LATE = frozenset({ActKind.SUPPLEMENT})
"""Acts that need a reason only when they come late."""
FIRST = (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE, ActKind.SERVE)
GRAVE = frozenset(
    {
        ActKind.NOT_ACCEPT,
        ActKind.REFUSE,
        ActKind.TERMINATE,
        ActKind.LAPSE,
        ActKind.ANNUL,
        ActKind.WITHDRAW,
        ActKind.REVOKE_UNLAWFUL,
        ActKind.WITHDRAW_PERMIT,
        ActKind.REVOKE_PENALTY,
        ActKind.DEREGISTER,
    }
)

Names = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """An act chosen on the page, with what its form says."""

    act: ActKind
    reason: str
    values: Mapping[str, object]


class ActForm(QWidget):
    """What an act needs before it is done: its reason, and the values the law asks for."""

    given = Signal(object)  # a Chosen
    left = Signal()

    def __init__(self, view: TaskView, offer: Offer, names: Names) -> None:
        super().__init__()
        self.view, self.offer, self._names = view, offer, names
        self.listed = _listed(view, offer.act)
        self.title, self.about = Heading("", 3), Label("", "label")
        self._lines = [Label() for _leaf in self.listed]
        self.method = Field(Choice()) if offer.act is ActKind.SERVE else None
        self.ground = Field(Choice()) if offer.act is ActKind.SUSPEND else None
        self.day = Field(DateEdit()) if offer.act in {ActKind.SUSPEND, ActKind.PROMISE} else None
        self.whom = Field(QLineEdit(), hanzi=20) if offer.act is ActKind.NOT_OURS else None
        self.reason = Field(TextBox(lines=2), hanzi=30)
        self.go = Button("", "danger" if offer.act in GRAVE else "primary", icon="check")
        self.leave = Button("", "quiet")
        self._arrange()
        self.go.clicked.connect(partial(self._on_go))
        self.leave.clicked.connect(partial(self._on_leave))
        self.say(names)
        if self.method is not None:
            self.method.editor.set_value("in_person")

    def first(self) -> QWidget:
        """Give the place where the keyboard starts."""
        for field in (self.ground, self.day, self.whom):
            if field is not None:
                return field.editor
        return self.reason.editor if self.offer.needs_reason else self.go

    def say(self, names: Names) -> None:
        """Say the words in the language of the seat; what was typed stays."""
        act = act_words(self.offer.act)
        self._names = names
        self.title.set_text(act)
        self.about.set_text(_("This is about:"))
        for line, leaf in zip(self._lines, self.listed, strict=True):
            line.set_text(names(leaf))
        self._say_fields()
        self.reason.set_label(_("Reason"))
        late = self.offer.act in MAY_COME_LATE and not self.offer.needs_reason
        self.reason.set_help(_("Only when it comes late.") if late else _("The person reads it in the letter."))
        if self.reason.error():
            self.reason.set_error(refusal_words(Refused("reason_missing")))
        self.go.set_text(act)
        self.leave.set_text(_("Not now"))

    def _say_fields(self) -> None:
        if self.method is not None:
            self.method.set_label(_("How it is handed over"))
            _set_options(self.method.editor, [(key, _(said)) for key, said in METHODS.items()])
        if self.ground is not None:
            item = self.view.task.item
            listed = sorted(PROFILES[item.procedure].pause_grounds(item.timing))
            self.ground.set_label(_("Ground"))
            _set_options(self.ground.editor, [(key, _(GROUNDS[key]) if key in GROUNDS else key) for key in listed])
        if self.day is not None:
            paused = self.offer.act is ActKind.SUSPEND
            self.day.set_label(_("Expected to run again on") if paused else _("To follow by"))
        if self.whom is not None:
            self.whom.set_label(_("Who is in charge"))

    def _arrange(self) -> None:
        column = Column(self, spacing=1)
        fields = [field for field in (self.method, self.ground, self.day, self.whom) if field is not None]
        for widget in (self.title, self.about, *self._lines, *fields, self.reason, Flow(self.go, self.leave)):
            column.addWidget(widget)
        self.about.setVisible(bool(self.listed))
        self.reason.setVisible(self.offer.needs_reason or self.offer.act in MAY_COME_LATE)

    def chosen(self) -> Chosen:
        """Give the act with what the form says now."""
        return Chosen(self.offer.act, self.reason.editor.toPlainText().strip(), self._values())

    def _values(self) -> dict[str, object]:
        act, day = self.offer.act, None if self.day is None else self.day.editor.value()
        values: dict[str, object] = {}
        if act is ActKind.SUPPLEMENT:
            values["listed"] = list(self.listed)
        if act in {ActKind.KEEP_PROMISE, ActKind.BREAK_PROMISE}:
            values["leaves"] = list(self.listed)
        if act is ActKind.PROMISE:
            values["deferred"] = dict.fromkeys(self.listed, day)
        if act is ActKind.SUSPEND and isinstance(day, date):
            values["expected_end"] = day
        if self.ground is not None:
            values["ground"] = self.ground.editor.value()
        if self.method is not None:
            values["method"] = self.method.editor.value()
        if self.whom is not None:
            values["to_whom"] = self.whom.editor.text().strip()
        return values

    def _on_go(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        chosen = self.chosen()
        missing = self.offer.needs_reason and not chosen.reason
        self.reason.set_error(refusal_words(Refused("reason_missing")) if missing else "")
        if missing:
            self.reason.focus()
            return
        self.given.emit(chosen)

    def _on_leave(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.left.emit()


class ActsCard(Card):
    """Buttons for what may be done, the form of the one chosen, and the others folded away with why not."""

    given = Signal(object)  # a Chosen

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._view: TaskView | None = None
        self._names: Names = str
        self.buttons: dict[ActKind, Button] = {}
        self.form: ActForm | None = None
        self._rows, self._place = Column(spacing=1), Column(spacing=1)
        self._choices, place = QWidget(), QWidget()
        for holder, layout in ((self._choices, self._rows), (place, self._place)):
            holder.setLayout(layout)
            self.add(holder)
        self.fold = Button("", "link")
        self.why_not = KeyValue()
        self.add(Flow(self.fold))
        self.add(self.why_not)
        self.why_not.hide()
        self.fold.clicked.connect(partial(self._on_fold))

    def show_task(self, view: TaskView, names: Names) -> None:
        """Offer the acts of a task; `names` says what a leaf is called. A form that is open stays if it still fits."""
        self.set_title(_("What to do"))
        same = self._view is not None and self._view.row.id == view.row.id
        self._view, self._names = view, names
        refusals = [(offer, self._refusal(offer)) for offer in view.offers]
        offered = [offer for offer, refusal in refusals if refusal is None]
        self._say_buttons(sorted(offered, key=_order))
        refused = sorted(
            ((offer, no) for offer, no in refusals if no is not None), key=lambda one: one[1].code == "not_from_state"
        )
        others = [(act_words(offer.act), refusal_words(no)) for offer, no in refused]
        self.why_not.set_rows(others)
        self.fold.setVisible(bool(others))
        self._say_fold()
        self._keep_form(offered if same else [])

    def _keep_form(self, offered: list[Offer]) -> None:
        """Keep an open form whose act may still be done, with what was typed; what it is about is read anew."""
        form, view = self.form, self._view
        if form is None or view is None:
            return
        offer = next((offer for offer in offered if offer.act is form.offer.act), None)
        if offer is None:
            self.close_form()
        elif form.listed == _listed(view, offer.act):
            form.say(self._names)
        else:
            self.open_form(offer, form.reason.editor.toPlainText())

    def open_form(self, offer: Offer, reason: str = "") -> None:
        """Put the form of an act in the place of the buttons."""
        if self._view is None:
            return
        self.close_form()
        self.form = ActForm(self._view, offer, self._names)
        self.form.reason.editor.setPlainText(reason)
        self.form.given.connect(self.given)
        self.form.left.connect(self.close_form)
        self._place.addWidget(self.form)
        self._choices.hide()
        self.form.first().setFocus()

    def close_form(self) -> None:
        """Put the form of an act away."""
        emptied(self._place)
        self.form = None
        self._choices.show()

    def set_busy(self, *, busy: bool) -> None:
        """Take no second act while one is being done."""
        for button in (*self.buttons.values(), *((self.form.go,) if self.form is not None else ())):
            button.setEnabled(not busy)

    def _refusal(self, offer: Offer) -> Refused | None:
        """Why an act may not be done by who is signed in; None when it may."""
        view, session = self._view, self._seat.session
        if not offer.allowed:
            return Refused(offer.code or "not_allowed", **offer.values)
        permission = needed_for(offer.act)
        if view is None or session is None or not self._seat.may(permission):
            return Refused("not_allowed")
        if permission in DEPARTMENTS_OWN and session.department != view.row.department:
            return Refused("other_department")
        if offer.act in {ActKind.SUPPLEMENT, ActKind.PROMISE} and not _listed(view, offer.act):
            return Refused("nothing_listed" if offer.act is ActKind.SUPPLEMENT else "nothing_deferred")
        return None

    def _say_buttons(self, offers: list[Offer]) -> None:
        emptied(self._rows)
        self.buttons = {}
        flow = Flow()
        for offer in offers:
            role: ButtonRole = "danger" if offer.act in GRAVE else ""
            if offer.act in FIRST and not any(act in FIRST for act in self.buttons):
                role = "primary"
            button = Button(act_words(offer.act), role)
            button.clicked.connect(partial(self._on_act, offer))
            self.buttons[offer.act] = button
            flow.add(button)
        self._rows.addWidget(flow if offers else Label(_("There is nothing for you to do here now."), "muted"))

    def _say_fold(self) -> None:
        shown = not self.why_not.isHidden()
        self.fold.set_text(_("Fold away what cannot be done") if shown else _("What cannot be done now, and why"))

    def _on_fold(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.why_not.setVisible(self.why_not.isHidden())
        self._say_fold()

    def _on_act(self, offer: Offer, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        if offer.needs_reason or offer.act in WITH_VALUES:
            self.open_form(offer)
        else:
            self.given.emit(Chosen(offer.act, "", {}))


def _set_options(choice: Choice, options: list[tuple[str, str]]) -> None:
    """Name the options anew and keep what was chosen."""
    chosen = choice.value()
    choice.set_options(options)
    choice.set_value(chosen)


def _order(offer: Offer) -> tuple[bool, bool]:
    """The ordinary next step first, what ends the matter last."""
    return offer.act in GRAVE, offer.act not in FIRST


def _listed(view: TaskView, act: ActKind) -> tuple[str, ...]:
    """The leaves an act is about: everything missing for a supplement, what may follow for a promise."""
    missing = view.task.gates[Gate.ACCEPT].missing
    match act:
        case ActKind.SUPPLEMENT:
            return tuple(dict.fromkeys(one.key.leaf for one in missing))
        case ActKind.PROMISE:
            return tuple(dict.fromkeys(one.key.leaf for one in missing if one.deferrable))
        case ActKind.KEEP_PROMISE | ActKind.BREAK_PROMISE:
            return tuple(deferral.leaf for deferral in view.task.state.open_promises)
    return ()
