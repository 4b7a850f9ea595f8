"""What people hold from other requests: what was issued and still stands, and what was taken away since."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from db.queries.requests import EventRow, acts_of
from db.queries.shared_record import IN_FORCE, OutcomeRow, outcomes_of
from desktop.usecases.context import Context
from desktop.workflow.catalogue.definitions import Item
from desktop.workflow.planning.inputs import HeldOutcome, Key, Kind
from desktop.workflow.procedure.legal_states import ActKind, LegalState, read_day
from desktop.workflow.procedure.procedures import ItemKind
from desktop.workflow.time.limits import end_of

_Round = tuple[UUID, str, str, int]
ENDING: Final = frozenset(
    {
        ActKind.ANNUL, ActKind.REVOKE_UNLAWFUL, ActKind.WITHDRAW_PERMIT, ActKind.REVOKE_PENALTY, ActKind.DEREGISTER,
    }
)  # fmt: skip
"""The acts that take away what was issued."""


class OnFile(NamedTuple):
    """What people hold, and what they held after a moment and hold no longer."""

    held: tuple[HeldOutcome, ...]
    lost: tuple[Key, ...]


class _Issue(NamedTuple):
    """What was issued: to whom, by which item, when, when that was written down, and until when the act says so."""

    subject: str
    item: Item
    since: datetime
    recorded: datetime
    until: date | None


def on_file(context: Context, subjects: Sequence[UUID], request: UUID | None, opened: datetime | None) -> OnFile:
    """Give what items of other requests provide, each until something another of them did has ended it (rule 5).

    Lost is what an act written down after the request was opened has taken away: the request may stand on it.
    """
    outcomes = outcomes_of(context.connection, context.hall_id, [str(subject) for subject in subjects], request)
    known = [row for row in outcomes if row.item in context.catalogue.items]
    if not known:
        return OnFile((), ())
    acts = _Acts(context, known)
    issues = [acts.issue(row) for row in known if row.state in IN_FORCE]
    ends: dict[tuple[str, str], list[_Issue]] = {}
    for issue in issues:
        for code in issue.item.ends:
            ends.setdefault((issue.subject, code), []).append(issue)
    held = tuple(one for issue in issues for one in _held(context, issue, ends))
    if opened is None:
        return OnFile(held, ())
    ended = (key for issue in issues for key in _ended_after(issue, ends, opened))
    taken = (key for row in known if row.state not in IN_FORCE for key in acts.taken_away(row, opened))
    return OnFile(held, tuple(dict.fromkeys((*ended, *taken))))


class _Acts:
    """The acts of the rounds that outcomes come from: how each came out, and what took it away."""

    def __init__(self, context: Context, outcomes: Sequence[OutcomeRow]) -> None:
        self._context = context
        self._out: dict[_Round, EventRow] = {}
        self._against: dict[_Round, EventRow] = {}
        for request, event in acts_of(context.connection, context.hall_id, {row.request_id for row in outcomes}):
            data = event.data or {}
            this = (request, str(data["item"]), str(data["subject"]), int(data["round"]))
            if data["act"] == ActKind.ISSUE or (this not in self._out and _brings_out(data)):
                self._out[this] = event
            elif data["act"] in ENDING:
                self._against[this] = event

    def issue(self, row: OutcomeRow) -> _Issue:
        """Give the act by which an outcome of another request came out: from when, and maybe until when.

        That is the act of issuing; of an item granted at once its grant, of a decision of elsewhere its observation.
        Handing it over changes nothing of it.
        """
        act = self._out.get(_round_of(row))
        values = {} if act is None or not act.data else act.data.get("values") or {}
        since = (row.since if act is None else act.legal_at).astimezone(self._context.zone)
        recorded = row.since if act is None else act.recorded_at
        item = self._context.catalogue.items[row.item]
        return _Issue(row.subject, item, since, recorded, read_day(values.get("valid_until")))

    def taken_away(self, row: OutcomeRow, opened: datetime) -> Iterator[Key]:
        """Give what a round had brought out and an act written down after a moment has taken away."""
        out, against = self._out.get(_round_of(row)), self._against.get(_round_of(row))
        item = self._context.catalogue.items[row.item]
        if out is None or against is None or against.recorded_at < opened:
            return
        if (out.data or {})["act"] == ActKind.GRANT and item.kind is not ItemKind.INSTANT:
            return  # granted, and never issued: nobody could stand on it
        yield from (Key(Kind.OUTCOME, code, row.subject) for code in item.provides)


def _round_of(row: OutcomeRow) -> _Round:
    return row.request_id, row.item, row.subject, row.round


def _brings_out(data: Mapping[str, Any]) -> bool:
    """Tell whether an act may be the one by which a result came out, where nobody issued it."""
    if data["act"] == ActKind.OBSERVE:
        return (data.get("values") or {}).get("state") in {LegalState.ISSUED, LegalState.SERVED}
    return bool(data["act"] == ActKind.GRANT)


def _held(context: Context, issue: _Issue, ends: Mapping[tuple[str, str], Sequence[_Issue]]) -> Iterator[HeldOutcome]:
    """Give what an item provided, good until the day its act says, else the catalogue's, or its end after that act."""
    start = issue.since.date()
    for code in issue.item.provides:
        outcome = context.catalogue.outcomes.get(code)
        if outcome is not None:
            ended = min((end.since for end in _ends_of(issue, code, ends)), default=None)
            until = issue.until or end_of(start, outcome.valid_for)
            yield HeldOutcome(issue.subject, code, start, until, ended.date() if ended is not None else None)


def _ended_after(issue: _Issue, ends: Mapping[tuple[str, str], Sequence[_Issue]], opened: datetime) -> Iterator[Key]:
    """Give what an item provided and another ended by an act written down after a moment."""
    for code in issue.item.provides:
        if any(end.recorded >= opened for end in _ends_of(issue, code, ends)):
            yield Key(Kind.OUTCOME, code, issue.subject)


def _ends_of(issue: _Issue, code: str, ends: Mapping[tuple[str, str], Sequence[_Issue]]) -> Iterator[_Issue]:
    return (end for end in ends.get((issue.subject, code), ()) if end.since > issue.since)
