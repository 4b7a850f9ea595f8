"""The line of a request as it begins, and its applicant: written here whether it is logged, answered or taken in."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import insert

from db.ids import new_id
from db.models.request import Request, RequestRole
from desktop.usecases.context import Context
from desktop.usecases.requests.numbers import next_number
from desktop.usecases.work.worklist import DONE, OPEN
from desktop.workflow.catalogue.definitions import APPLICANT

NUMBERS: Final = "request"
"""The series of the requests' numbers."""
_NEW: Final = insert(Request)
_NEW_ROLE: Final = insert(RequestRole)


@dataclass(frozen=True)
class NewRequest:
    """A request as it begins; without a demand nothing of it is planned, and closed it was ended as it began."""

    kind: str
    title: str
    words: str | None
    channel: str
    demand: str | None = None
    applicant: UUID | None = None
    visit: UUID | None = None
    opened: datetime | None = None
    """Now, where nothing else is said."""
    closed: datetime | None = None


class Opened(NamedTuple):
    """A request that was written down, and its number."""

    request: UUID
    number: str


def write_request(context: Context, new: NewRequest) -> Opened:
    """Write the line of a request under the next number of the day on which it was opened."""
    request, opened = new_id(), new.opened or context.now
    number = next_number(replace(context, now=opened.astimezone(context.zone)), NUMBERS)
    row = {
        "hall_id": context.hall_id, "id": request, "number": number, "kind": new.kind, "demand": new.demand,
        "catalogue_version": context.catalogue.version, "opened_at": opened, "opened_by": context.staff.account_id,
        "channel": new.channel, "applicant_id": new.applicant, "title": new.title, "words": new.words,
        "status": OPEN if new.closed is None else DONE, "closed_at": new.closed, "next_due": None, "next_actor": None,
        "visit_id": new.visit,
    }  # fmt: skip
    context.connection.execute(_NEW, row)
    return Opened(request, number)


def write_applicant(context: Context, request: UUID, subject: UUID | None) -> None:
    """Write down whose request it is, where that is known and nobody else takes part."""
    if subject is not None:
        row = {
            "hall_id": context.hall_id, "id": new_id(), "request_id": request, "role": APPLICANT,
            "subject_id": subject, "capacity": None, "scope": None, "until": None,
        }  # fmt: skip
        context.connection.execute(_NEW_ROLE, row)
