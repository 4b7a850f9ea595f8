"""The fields an act's form may have: what each asks, what it gives to the act, and what is wrong with its answer."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.pages.request_dates import GROUNDS
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.number_box import NumberBox
from desktop.usecases.work.act_needs import ActNeeds, TaskView
from desktop.usecases.work.act_words import state_words
from desktop.words import _, gettext_noop
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.time.limits import Limit

AnyField = Field[Any]

METHODS = {
    "in_person": gettext_noop("In person at the counter"),
    "agent": gettext_noop("To the agent"),
    "post": gettext_noop("By post"),
}
REDO = {
    "yes": gettext_noop("Yes: the department decides anew on what was handed in"),
    "no": gettext_noop("No: whoever still needs it applies again"),
}
FIELDS: Mapping[ActKind, tuple[str, ...]] = {
    ActKind.SERVE: ("method",),
    ActKind.SUSPEND: ("ground", "day"),
    ActKind.HEARING_OPEN: ("hearing_on", "place"),
    ActKind.PROMISE: ("day",),
    ActKind.FAIL_CHECK: ("day",),
    ActKind.NOT_OURS: ("whom",),
    ActKind.EXTEND: ("days",),
    ActKind.ISSUE: ("number", "until"),
    ActKind.OBSERVE: ("source", "number", "found"),
    ActKind.ANNUL: ("redo",),
}
"""The fields of an act's form, besides the list of what it is about and the reason."""

_VALUES = {"day": "expected_end", "until": "valid_until", "whom": "to_whom", "days": "limit", "found": "state"}
"""Where an act keeps what a field says, if under another name."""


_MISSING = {
    "ground": "ground_not_listed",
    "method": "method_missing",
    "hearing_on": "hearing_without_day",
    "place": "hearing_without_place",
    "redo": "redo_missing",
}


def make_field(name: str) -> AnyField:
    """Make an empty field."""
    editors: dict[str, Callable[[], QWidget]] = {
        "method": Choice,
        "ground": Choice,
        "found": Choice,
        "redo": Choice,
        "day": DateEdit,
        "until": DateEdit,
        "hearing_on": DateEdit,
        "days": lambda: NumberBox(1, 365),
    }
    widths = {"found": 20, "days": 5}
    return Field(editors.get(name, QLineEdit)(), hanzi=widths.get(name, None if name in editors else 20))


def prefill(name: str, field: AnyField, needs: ActNeeds) -> None:
    """Write into a field what is known beforehand: the ordinary way, the longest extension, the day known to be meant.

    Of papers that follow under a promise it is the day that was promised at the counter.
    """
    editor, most = field.editor, needs.longest.n if needs.longest else 1
    match name:
        case "method":
            editor.set_value("in_person")
        case "days":
            editor.setRange(1, most)
            editor.setValue(most)
        case "until" | "day" if needs.day is not None:
            editor.set_value(needs.day)


def say_field(name: str, field: AnyField, view: TaskView, act: ActKind) -> None:
    """Say what a field asks, in the language of the seat; its answer stays."""
    needs = view.needs_of(act)
    label, more = _labels(name, act, needs)
    field.set_label(label)
    field.set_help(more)
    options = _options(name, needs, view.task.item.procedure)
    if options is not None:
        chosen = field.editor.value()
        field.editor.set_options(options)
        field.editor.set_value(chosen)


def _labels(name: str, act: ActKind, needs: ActNeeds) -> tuple[str, str]:
    """Give the label of a field and the help under it."""
    most = "" if needs.longest is None else _("{n} at the most.").format(n=needs.longest.n)
    days = {ActKind.SUSPEND: _("Expected to run again on"), ActKind.FAIL_CHECK: _("To be put right by")}
    return {
        "method": (_("How it is handed over"), ""),
        "ground": (_("Ground"), ""),
        "day": (days.get(act, _("To follow by")), ""),
        "hearing_on": (_("Day of the hearing"), _("It is announced at least seven working days before.")),
        "place": (_("Place of the hearing"), ""),
        "whom": (_("Who is in charge"), _("The person is sent there, so write its full name.")),
        "days": (_("Working days more"), most),
        "number": (_("Number of the certificate or decision"), ""),
        "until": (_("Good until"), _("Leave it empty when it has no end.")),
        "source": (_("In which system it was decided"), ""),
        "found": (_("What was decided there"), ""),
        "redo": (_("Was a new decision ordered?"), ""),
    }[name]


def _options(name: str, needs: ActNeeds, procedure: str) -> list[tuple[str, str]] | None:
    match name:
        case "method":
            return [(key, _(said)) for key, said in METHODS.items()]
        case "ground":
            return [(key, _(GROUNDS[key]) if key in GROUNDS else key) for key in needs.grounds]
        case "redo":
            return [(key, _(said)) for key, said in REDO.items()]
        case "found":
            return [(state.value, state_words(state, procedure)) for state in needs.ahead]
    return None


def value_of(name: str, field: AnyField) -> tuple[str, object] | None:
    """Give what a field says under the name the act keeps it by; None when it says nothing."""
    key, editor = _VALUES.get(name, name), field.editor
    if isinstance(editor, NumberBox):
        return key, str(Limit.parse(f"{editor.value()} workdays"))
    if name == "redo" and editor.value():
        return key, editor.value() == "yes"
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
    return _MISSING.get(name, "observed_without_source")
