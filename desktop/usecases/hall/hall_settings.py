"""What the hall says of itself: its name, where it is, when it is open, and where people may turn with a complaint.

Letters read the settings ``address``, ``phone``, ``hours``, ``reconsideration_organ`` and ``court`` of the hall's row,
each a text or one in both languages, and take their own general words where a setting is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import update

from db.models import Hall
from db.queries.halls import hall_row, hold_settings
from desktop.cleaning import TextFault, clean_code, clean_line, clean_name
from desktop.identity import divisions
from desktop.usecases.context import Context
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic

IN_BOTH: Final = ("address", "hours", "reconsideration_organ", "court")
"""The settings that letters say in the language of the letter."""


@dataclass(frozen=True)
class Both:
    """A text in Chinese and, where there is one, in English."""

    zh: str = ""
    en: str = ""


@dataclass(frozen=True)
class HallForm:
    """The hall as it is, or as it is to be."""

    name: Both
    division: str | None = None
    """Six digits of GB/T 2260."""
    phone: str = ""
    address: Both = Both()
    hours: Both = Both()
    reconsideration_organ: Both = Both()
    """Where to ask for a decision to be looked at again (行政复议机关)."""
    court: Both = Both()
    """Where to sue (有管辖权的人民法院)."""


def see_hall(context: Context, _query: None = None) -> HallForm:
    """Show what the hall says of itself; everybody who works here may see it."""
    context.require(Permission.SEE_HALL)
    row = hall_row(context.connection, context.hall_id)
    if row is None:
        raise Refused("no_hall")
    told = {name: _both(row.settings.get(name)) for name in IN_BOTH}
    name_en = row.name_en if row.name_en != row.name_zh else ""
    phone = str(row.settings.get("phone") or "")
    return HallForm(Both(row.name_zh, name_en), row.division, phone, **told)


def save_hall(context: Context, form: HallForm) -> None:
    """Write what the hall says of itself; letters already given stay as they were given.

    Refused name_missing, unknown_division (division), or the faults of texts.
    """
    context.require(Permission.CHANGE_SETTINGS)
    name_zh = _cleaned(clean_name, form.name.zh)
    if not name_zh:
        raise Refused("name_missing")
    division = _cleaned(clean_code, form.division or "") or None
    if division is not None and division not in divisions():
        raise Refused("unknown_division", division=division)
    told: dict[str, Any] = {name: _kept(getattr(form, name)) for name in IN_BOTH}
    told["phone"] = _cleaned(clean_line, form.phone)
    values = {"name_zh": name_zh, "name_en": _cleaned(clean_name, form.name.en) or name_zh, "division": division}
    change_settings(context, told)
    context.connection.execute(update(Hall).where(Hall.id == context.hall_id).values(**values))
    context.record("hall_settings_saved", Topic.SETTINGS)


def change_settings(context: Context, values: Mapping[str, Any]) -> None:
    """Put these among the hall's settings, an empty one out of them; nobody else changes them at the same moment."""
    left = {name: value for name, value in held_settings(context).items() if name not in values}
    put = {name: value for name, value in values.items() if value}
    context.connection.execute(update(Hall).where(Hall.id == context.hall_id).values(settings={**left, **put}))


def held_settings(context: Context) -> dict[str, Any]:
    """Give the hall's settings and keep them from everybody else until the transaction ends."""
    return hold_settings(context.connection, context.hall_id)


def _both(told: object) -> Both:
    match told:
        case str():
            return Both(told)
        case {**rest}:
            return Both(str(rest.get("zh") or ""), str(rest.get("en") or ""))
        case _:
            return Both()


def _kept(text: Both) -> dict[str, str]:
    """Return a text as the settings keep it, nothing when the Chinese is empty."""
    zh, en = _cleaned(clean_line, text.zh), _cleaned(clean_line, text.en)
    if en and not zh:
        raise Refused("chinese_missing", text=en)
    return {name: value for name, value in (("zh", zh), ("en", en)) if value}


def _cleaned(clean: Any, typed: str) -> str:
    try:
        cleaned: str = clean(typed)
    except TextFault as fault:
        raise Refused(fault.code, **fault.values) from None
    return cleaned
