"""Papers that may follow (容缺): promised at the counter until a day, and let by the department's own act."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from db.queries.requests import promises_of
from desktop.usecases.context import Context
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import OWING, Handed
from desktop.workflow.catalogue.definitions import CASE
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import PaperLine, PaperView, Plan, Task
from desktop.workflow.procedure.acts import Papers
from desktop.workflow.procedure.legal_states import Gate
from desktop.workflow.time.deadlines import add_months

HERE = frozenset({PaperLine.ON_FILE, PaperLine.RECEIVED})
"""The lines of papers that are there."""
_OWED = frozenset({PaperLine.NEEDED, PaperLine.DEFECTIVE})
_ASKED = _OWED | {PaperLine.OWING}


class Kept(StrEnum):
    """How far a promise has come: told at the counter, gone on with by a department, or found not kept."""

    TOLD = "told"
    ACCEPTED = "accepted"
    BROKEN = "broken"


@dataclass(frozen=True)
class OpenPromise:
    """A paper that was to follow and is not here: the day it was promised for, and the items that ask for it."""

    key: Key
    due: date
    items: tuple[Key, ...]
    stands: Kept

    def is_missed(self, today: date) -> bool:
        """Whether its day is past."""
        return self.due < today


def last_days(plan: Plan) -> Mapping[Key, date]:
    """Give the papers that may follow, each with the last day it may be promised for; a month where nothing says so."""
    return _last_days(plan, _OWED)


def papers_of(plan: Plan, task: Task) -> Papers:
    """Give what a plan knows of a task's papers for the law's conditions on promises.

    What one department has let follow may follow for another as well, until the same day.
    """
    days = _last_days(plan, _OWED | {PaperLine.OWING})
    missing = (one.key for one in task.gates[Gate.ACCEPT].missing if one.deferrable and one.key in days)
    return Papers(
        {key.leaf: days[key] for key in missing},
        frozenset(paper.key.leaf for paper in plan.papers if paper.line not in HERE),
    )


def _last_days(plan: Plan, lines: Collection[PaperLine]) -> dict[Key, date]:
    month = add_months(plan.today, 1)
    return {paper.key: paper.due or month for paper in plan.papers if paper.deferrable and paper.line in lines}


def check_promises(context: Context, papers: Iterable[Handed], plan: Plan) -> None:
    """See that each paper promised may follow, until a day the law lets the department agree to.

    Refused paper_may_not_follow (paper), promise_past, promise_too_late (latest).
    """
    latest = last_days(plan)
    for paper in papers:
        if paper.promise_due is None:
            continue
        key = Key(Kind.MATERIAL, paper.code, paper.subject)
        if key not in latest:
            material = context.catalogue.materials.get(paper.code)
            raise Refused("paper_may_not_follow", paper=paper.code if material is None else material.name)
        if paper.promise_due < context.today:
            raise Refused("promise_past", which=paper.code)
        if paper.promise_due > latest[key]:
            raise Refused("promise_too_late", latest=latest[key], which=paper.code)


def promised_papers(context: Context, request: UUID) -> Mapping[str, date]:
    """Give what was promised at the counter and has not come yet: the leaf of each paper, and the day."""
    found: dict[str, date] = {}
    for subject, code, state, day, of in promises_of(context.connection, context.hall_id, request):
        leaf = Key(Kind.MATERIAL, code, CASE if subject is None else str(subject)).leaf
        found.pop(leaf, None)
        if state == OWING and day is not None and of == request:
            found[leaf] = day
    return found


def open_promises(context: Context, request: UUID, plan: Plan) -> tuple[OpenPromise, ...]:
    """Give the papers of a request that are owing under a promise, the nearest day first.

    The department's own day stands before the counter's. What the plan asks for no more is owing no more; what a
    department has found not kept is owing until it comes, or is decided upon.
    """
    asked = [
        paper for paper in plan.papers if (paper.line in _ASKED and paper.deferrable) or paper.line is PaperLine.OWING
    ]
    told = promised_papers(context, request) if asked else {}
    found = (_open_promise(plan, paper, told.get(paper.key.leaf)) for paper in asked)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.due, one.key)))


def _open_promise(plan: Plan, paper: PaperView, told: date | None) -> OpenPromise | None:
    states = [task.state for key in paper.items if (task := plan.task(key)) is not None]
    let = [each for state in states for each in state.deferrals if each.leaf == paper.key.leaf and not each.kept_on]
    days = [each.due for each in let if each.due is not None]
    day = min(days, default=told)
    if day is None:
        return None
    broken, here = any(each.broken_on for each in let), [state for state in states if state.accepted_on]
    stands = Kept.BROKEN if broken else Kept.ACCEPTED if let and here else Kept.TOLD
    return OpenPromise(paper.key, day, paper.items, stands)
