"""What people hold from other requests: what was issued and still stands, and what was taken away since."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from db.queries.requests import EventRow, acts_of
from db.queries.shared_record import IN_FORCE, TAKEN_AWAY, OutcomeRow, outcomes_of
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
    """What people hold or held, and what they held after a moment and hold no longer."""

    held: tuple[HeldOutcome, ...]
    lost: tuple[Key, ...]


class _Issue(NamedTuple):
    """What was issued: to whom, by which item, when, when that was written down, and until when the act says so.

    `taken` is the day it was taken away again.
    """

    subject: str
    item: Item
    since: datetime
    recorded: datetime
    until: date | None
    taken: date | None


def on_file(context: Context, subjects: Sequence[UUID], request: UUID | None, opened: datetime | None) -> OnFile:
    """Give what items of other requests provide, each until something another of them did has ended it (rule 5).

    What was taken away was good until that day, for whatever is judged as of an earlier one. Lost is what an act
    written down after the request was opened has taken away: the request may stand on it.
    """
    outcomes = outcomes_of(context.connection, context.hall_id, [str(subject) for subject in subjects], request)
    known = [row for row in outcomes if row.item in context.catalogue.items]
    if not known:
        return OnFile((), ())
    acts = _Acts(context, known)
    issues = [acts.issue(row) for row in known if row.state in IN_FORCE]
    over = [acts.issue(row) for row in known if row.state not in IN_FORCE and acts.came_out(row)]
    ends: dict[tuple[str, str], list[_Issue]] = {}
    for issue in issues:
        for code in issue.item.ends:
            ends.setdefault((issue.subject, code), []).append(issue)
    held = tuple(one for issue in (*issues, *over) for one in _held(context, issue, ends))
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
            elif takes_away(data):
                self._against[this] = event

    def issue(self, row: OutcomeRow) -> _Issue:
        """Give the act by which an outcome of another request came out: from when, and maybe until when.

        That is the act of issuing; of an item granted at once its grant, of a decision of elsewhere its observation.
        Handing it over changes nothing of it.
        """
        act, against = self._out.get(_round_of(row)), self._against.get(_round_of(row))
        values = {} if act is None or not act.data else act.data.get("values") or {}
        since = (row.since if act is None else act.legal_at).astimezone(self._context.zone)
        recorded = row.since if act is None else act.recorded_at
        item = self._context.catalogue.items[row.item]
        taken = None if against is None else against.legal_at.astimezone(self._context.zone).date()
        return _Issue(row.subject, item, since, recorded, read_day(values.get("valid_until")), taken)

    def came_out(self, row: OutcomeRow) -> bool:
        """Tell whether what a round decided had come out before it was taken away."""
        out = self._out.get(_round_of(row))
        if out is None or _round_of(row) not in self._against:
            return False
        # Granted, and never issued: nobody could stand on it.
        instant = self._context.catalogue.items[row.item].kind is ItemKind.INSTANT
        return instant or (out.data or {})["act"] != ActKind.GRANT

    def taken_away(self, row: OutcomeRow, opened: datetime) -> Iterator[Key]:
        """Give what a round had brought out and an act written down after a moment has taken away."""
        if self.came_out(row) and self._against[_round_of(row)].recorded_at >= opened:
            item = self._context.catalogue.items[row.item]
            yield from (Key(Kind.OUTCOME, code, row.subject) for code in item.provides)


def _round_of(row: OutcomeRow) -> _Round:
    return row.request_id, row.item, row.subject, row.round


def _brings_out(data: Mapping[str, Any]) -> bool:
    """Tell whether an act may be the one by which a result came out, where nobody issued it."""
    if data["act"] == ActKind.OBSERVE:
        return (data.get("values") or {}).get("state") in {LegalState.ISSUED, LegalState.SERVED}
    return bool(data["act"] == ActKind.GRANT)


def takes_away(data: Mapping[str, Any]) -> bool:
    """Tell whether an act takes away what was issued; of a decision of elsewhere the state it was found in tells."""
    if data["act"] == ActKind.OBSERVE:
        return (data.get("values") or {}).get("state") in TAKEN_AWAY
    return data["act"] in ENDING


def _held(context: Context, issue: _Issue, ends: Mapping[tuple[str, str], Sequence[_Issue]]) -> Iterator[HeldOutcome]:
    """Give what an item provided, good until the day its act says, else the catalogue's, or its end after that act.

    It ends where another item has ended it, or where it was taken away.
    """
    start = issue.since.date()
    for code in issue.item.provides:
        outcome = context.catalogue.outcomes.get(code)
        if outcome is not None:
            over = [end.since.date() for end in _ends_of(issue, code, ends)]
            over += [] if issue.taken is None else [issue.taken]
            until = issue.until or end_of(start, outcome.valid_for)
            yield HeldOutcome(issue.subject, code, start, until, min(over, default=None))


def _ended_after(issue: _Issue, ends: Mapping[tuple[str, str], Sequence[_Issue]], opened: datetime) -> Iterator[Key]:
    """Give what an item provided and another ended by an act written down after a moment."""
    for code in issue.item.provides:
        if any(end.recorded >= opened for end in _ends_of(issue, code, ends)):
            yield Key(Kind.OUTCOME, code, issue.subject)


def _ends_of(issue: _Issue, code: str, ends: Mapping[tuple[str, str], Sequence[_Issue]]) -> Iterator[_Issue]:
    return (end for end in ends.get((issue.subject, code), ()) if end.since > issue.since)
