"""Whose requests somebody sees: a reviewer the own department's, who serves the whole hall every one."""

from uuid import UUID

from db.queries.requests import has_task_of
from desktop.usecases.context import Context
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused


def sees_own_only(context: Context) -> bool:
    """Tell whether who asks sees the own department's requests only."""
    return context.staff.roles == {Role.REVIEWER}


def is_in_sight(context: Context, request: UUID) -> bool:
    """Tell whether a request has an item of the department of who asks, or is open to the whole hall's staff."""
    if not sees_own_only(context):
        return True
    return has_task_of(context.connection, context.hall_id, request, context.staff.department)


def check_sight(context: Context, request: UUID) -> None:
    """Let a request be looked at, or worked on, by whom it concerns. Refused not_your_departments."""
    if not is_in_sight(context, request):
        raise Refused("not_your_departments")
