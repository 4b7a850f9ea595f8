"""Who is on record as dead: nobody applies, acts or guards after that (民法典 第十三条、第一百七十三条)."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from db.queries.requests import facts_of
from desktop.usecases.context import Context

DEATH_DATE: Final = "death_date"
"""The fact that tells on which day somebody died."""


def deaths_of(context: Context, subjects: Iterable[UUID]) -> dict[UUID, date]:
    """Give the day of death of those who are on record as dead; the latest word stands, also one that took it back."""
    people = list(dict.fromkeys(subjects))
    if not people:
        return {}
    rows = facts_of(context.connection, context.hall_id, None, people)
    latest = {row.subject_id: row.value for row in rows if row.code == DEATH_DATE and row.subject_id is not None}
    days = {subject: date.fromisoformat(value) for subject, value in latest.items() if isinstance(value, str)}
    return {subject: day for subject, day in days.items() if day <= context.today}
