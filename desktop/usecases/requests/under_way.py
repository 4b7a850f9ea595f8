"""What may be written in a request: only while it is under way, and only of who takes part in it."""

from uuid import UUID

from db.queries.requests import request_status, roles_of
from desktop.usecases.context import Context
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case_records import subject_of
from desktop.usecases.work.worklist import OPEN


def check_open(context: Context, request: UUID) -> None:
    """See that a request has not ended; it is read once it is held. Refused request_unknown, request_over."""
    status = request_status(context.connection, context.hall_id, request)
    if status is None:
        raise Refused("request_unknown")
    if status != OPEN:
        raise Refused("request_over")


def check_part(context: Context, request: UUID, *subjects: str) -> None:
    """See that a thing is told of the case itself or of who takes part. Refused unknown_subject, nobody_in_role."""
    named = [whose for subject in subjects if (whose := subject_of(subject)) is not None]
    there = {role.subject_id for role in roles_of(context.connection, context.hall_id, request)}
    for whose in named:
        if whose not in there:
            raise Refused("unknown_subject", subject=whose)
