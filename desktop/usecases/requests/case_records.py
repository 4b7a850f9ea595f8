"""What a case leaves in the records: its facts, its papers and its words."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from db.ids import new_id
from db.models.fact import Fact
from db.models.paper import Paper
from desktop.cleaning import TextFault, clean_text
from desktop.usecases.context import Context
from desktop.usecases.papers.attachments import bind_attachments
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import BIRTH_DATE, OWING, Answer, Handed
from desktop.usecases.values import birth_of, kept
from desktop.workflow.catalogue.definitions import CASE
from desktop.workflow.planning.inputs import PaperState
from desktop.workflow.time.limits import end_of

_MOST_WORDS = 4000
_NEW_FACT = insert(Fact)
_NEW_PAPER = insert(Paper)


def keep_facts(context: Context, request: UUID | None, event: UUID, answers: Iterable[Answer]) -> None:
    """Write down what was told, in a request or for somebody's file alone.

    Refused fact_unknown, value_unfit, and as `check_births` says.
    """
    answers = tuple(answers)
    check_births(context, answers)
    rows = [_fact_row(context, request, event, answer) for answer in answers]
    if rows:
        context.connection.execute(_NEW_FACT, rows)


def check_births(context: Context, answers: Iterable[Answer]) -> None:
    """See that every day of birth that was told is one somebody can have. Refused birth_future, birth_implausible."""
    for answer in answers:
        if answer.code == BIRTH_DATE and isinstance(answer.value, date):
            birth_of(answer.value, context.today)


def _fact_row(context: Context, request: UUID | None, event: UUID, answer: Answer) -> dict[str, Any]:
    fact = context.catalogue.facts.get(answer.code)
    if fact is None:
        raise Refused("fact_unknown", fact=answer.code)
    return {
        "hall_id": context.hall_id,
        "id": new_id(),
        "subject_id": subject_of(answer.subject),
        "request_id": request,
        "code": answer.code,
        "value": kept(fact, answer.value),
        "source": "declared",
        "legal_at": context.now,
        "recorded_at": context.now,
        "valid_until": end_of(context.today, fact.valid_for),
        "replaces": None,
        "evidence": None,
        "event_id": event,
    }


def keep_paper(context: Context, request: UUID, event: UUID, paper: Handed, received: datetime | None = None) -> None:
    """Write down a paper handed over with the files on it, or one that is owing with the day it was promised for.

    It counts from the moment it was `received`, which is now where nothing else is said.
    Refused paper_unknown, attachment_unknown.
    """
    material = context.catalogue.materials.get(paper.code)
    if material is None:
        raise Refused("paper_unknown", paper=paper.code)
    here: dict[str, Any] = {"state": OWING, "received_at": None, "valid_until": None}
    if paper.promise_due is None:
        at = (received or context.now).astimezone(context.zone)
        until: date | None = end_of(at.date(), material.valid_for)
        here = {"state": PaperState.RECEIVED.value, "received_at": at, "valid_until": until}
    row = new_id()
    kept_row = {
        "hall_id": context.hall_id,
        "id": row,
        "subject_id": subject_of(paper.subject),
        "request_id": request,
        "code": paper.code,
        "form": paper.form,
        "note": None,
        "promise_due": paper.promise_due,
        "replaces": None,
        "event_id": event,
        **here,
    }
    context.connection.execute(_NEW_PAPER, kept_row)
    bind_attachments(context, request, row, paper.attachments)


def subject_of(subject: str) -> UUID | None:
    """Give whose file a thing belongs to; None for the case itself. Refused nobody_in_role, unknown_subject."""
    if subject == CASE:
        return None
    if subject.startswith("role:"):
        raise Refused("nobody_in_role", which=subject.removeprefix("role:"))
    try:
        return UUID(subject)
    except ValueError:
        raise Refused("unknown_subject") from None


def own_words(text: str) -> str | None:
    """Clean what a person said in the person's own words; None when nothing was said."""
    try:
        return clean_text(text, max_points=_MOST_WORDS) or None
    except TextFault as fault:
        raise Refused(fault.code, **fault.values) from None
