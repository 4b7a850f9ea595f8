"""Papers that may follow (容缺): promised at the counter until a day, and let by the department's own act."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from db.queries.requests import promises_of
from desktop.usecases.context import Context
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import OWING, Handed
from desktop.workflow.catalogue.definitions import CASE
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import PaperLine, Plan, Task
from desktop.workflow.procedure.acts import Papers
from desktop.workflow.procedure.legal_states import Gate
from desktop.workflow.time.deadlines import add_months

HERE = frozenset({PaperLine.ON_FILE, PaperLine.RECEIVED})
"""The lines of papers that are there."""
_OWED = frozenset({PaperLine.NEEDED, PaperLine.DEFECTIVE})


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
