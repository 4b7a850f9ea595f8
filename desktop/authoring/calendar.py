"""The working calendar shipped with the program, from the published holiday notices."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from desktop.workflow.time.calendars import WorkCalendar, from_rows


@cache
def shipped_calendar() -> WorkCalendar:
    """Give the calendar of all published years, read once."""
    content = json.loads((files("resources") / "calendar" / "workdays.json").read_text(encoding="utf-8"))
    return from_rows(content["days"], content["published"])
