"""The fields an act's form may have: what each asks, what it gives to the act, and what is wrong with its answer."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.pages.request_dates import GROUNDS
from desktop.ui.pages.work_leaves import leaves_of
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.number_box import NumberBox
from desktop.usecases.act_words import state_words
from desktop.usecases.timeline import CaseView
from desktop.usecases.work import TaskView
from desktop.words import _, gettext_noop
from desktop.workflow.legal_states import STANDING, ActKind, LegalState
from desktop.workflow.limits import Limit, end_of
from desktop.workflow.profiles import PROFILES

AnyField = Field[Any]

METHODS = {
    "in_person": gettext_noop("In person at the counter"),
    "agent": gettext_noop("To the agent"),
    "post": gettext_noop("By post"),
}
FIELDS: Mapping[ActKind, tuple[str, ...]] = {
    ActKind.SERVE: ("method",),
    ActKind.SUSPEND: ("ground", "day"),
    ActKind.PROMISE: ("day",),
    ActKind.FAIL_CHECK: ("day",),
    ActKind.NOT_OURS: ("whom",),
    ActKind.EXTEND: ("days",),
    ActKind.ISSUE: ("number", "until"),
    ActKind.OBSERVE: ("source", "number", "found"),
}
"""The fields of an act's form, besides the list of what it is about and the reason."""

_VALUES = {"day": "expected_end", "until": "valid_until", "whom": "to_whom", "days": "limit", "found": "state"}
"""Where an act keeps what a field says, if under another name."""


def make_field(name: str) -> AnyField:
    """Make an empty field."""
    editors: dict[str, Callable[[], QWidget]] = {
        "method": Choice,
        "ground": Choice,
        "found": Choice,
        "day": DateEdit,
        "until": DateEdit,
        "days": lambda: NumberBox(1, 365),
    }
    widths = {"method": None, "ground": None, "found": 20, "day": None, "until": None, "days": 5}
    return Field(editors.get(name, QLineEdit)(), hanzi=widths.get(name, 20))


def prefill(name: str, field: AnyField, act: ActKind, view: TaskView, case: CaseView) -> None:
    """Write into a field what can be known beforehand: the ordinary way, the longest extension, the usual end.

    Of papers that follow under a promise it is the day that was promised at the counter.
    """
    editor = field.editor
    match name:
        case "method":
            editor.set_value("in_person")
        case "days":
            longest = PROFILES[view.task.item.procedure].extension(view.task.item.timing)
            editor.setRange(1, longest.n if longest else 1)
            editor.setValue(longest.n if longest else 1)
        case "until":
            editor.set_value(usual_end(view, case))
        case "day" if act is ActKind.PROMISE:
            editor.set_value(promised_day(view, case))


def promised_day(view: TaskView, case: CaseView) -> date | None:
    """Give the nearest day promised at the counter for what the act is about; None when nothing was promised."""
    days = (case.promised.get(leaf) for leaf in leaves_of(view, ActKind.PROMISE))
    return min((day for day in days if day is not None), default=None)


def usual_end(view: TaskView, case: CaseView) -> date | None:
    """Give the last day of what an item provides, as the catalogue has it; None when it is good for ever."""
    outcomes = (case.catalogue.outcomes.get(code) for code in view.task.item.provides)
    ends = [end_of(case.today, outcome.valid_for) for outcome in outcomes if outcome is not None]
    return min((end for end in ends if end is not None), default=None)


def say_field(name: str, field: AnyField, view: TaskView, act: ActKind) -> None:
    """Say what a field asks, in the language of the seat; its answer stays."""
    label, more = _labels(name, act, view)
    field.set_label(label)
    field.set_help(more)
    options = _options(name, view)
    if options is not None:
        chosen = field.editor.value()
        field.editor.set_options(options)
        field.editor.set_value(chosen)


def _labels(name: str, act: ActKind, view: TaskView) -> tuple[str, str]:
    """Give the label of a field and the help under it."""
    longest = PROFILES[view.task.item.procedure].extension(view.task.item.timing)
    most = "" if longest is None else _("{n} at the most.").format(n=longest.n)
    days = {ActKind.SUSPEND: _("Expected to run again on"), ActKind.FAIL_CHECK: _("To be put right by")}
    return {
        "method": (_("How it is handed over"), ""),
        "ground": (_("Ground"), ""),
        "day": (days.get(act, _("To follow by")), ""),
        "whom": (_("Who is in charge"), _("The person is sent there, so write its full name.")),
        "days": (_("Working days more"), most),
        "number": (_("Number of the certificate or decision"), ""),
        "until": (_("Good until"), _("Leave it empty when it has no end.")),
        "source": (_("In which system it was decided"), ""),
        "found": (_("What was decided there"), ""),
    }[name]


def _options(name: str, view: TaskView) -> list[tuple[str, str]] | None:
    match name:
        case "method":
            return [(key, _(said)) for key, said in METHODS.items()]
        case "ground":
            listed = sorted(PROFILES[view.task.item.procedure].pause_grounds(view.task.item.timing))
            return [(key, _(GROUNDS[key]) if key in GROUNDS else key) for key in listed]
        case "found":
            return [(state.value, state_words(state, view.task.item.procedure)) for state in _ahead(view)]
    return None


def _ahead(view: TaskView) -> list[LegalState]:
    """Give the states another system may have brought the item to."""
    profile, now = PROFILES[view.task.item.procedure], view.task.state.state
    return [state for state in LegalState if STANDING[state] > STANDING[now] and profile.row_to(state) is not None]


def value_of(name: str, field: AnyField) -> tuple[str, object] | None:
    """Give what a field says under the name the act keeps it by; None when it says nothing."""
    key, editor = _VALUES.get(name, name), field.editor
    if isinstance(editor, NumberBox):
        return key, str(Limit.parse(f"{editor.value()} workdays"))
    said = editor.text().strip() if isinstance(editor, QLineEdit) else editor.value()
    return None if said in (None, "") else (key, said)


def fault_of(name: str, field: AnyField, act: ActKind) -> str:
    """Give the code of what is wrong with an answer, or an empty text."""
    said = value_of(name, field)
    if isinstance(field.editor, DateEdit) and said is None and not field.editor.is_empty():
        return "no_such_day"
    if said is not None or name in {"until", "whom"} or (name, act) == ("number", ActKind.ISSUE):
        return ""
    if name == "day":
        return "expected_end_missing" if act is ActKind.SUSPEND else "deferral_without_day"
    return {"ground": "ground_not_listed", "method": "method_missing"}.get(name, "observed_without_source")
