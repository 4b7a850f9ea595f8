"""Papers that may follow (容缺): promised at the counter until a day, and let by the department's own act."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from db.queries.requests import promises_of
from desktop.usecases.case import OWING, Form
from desktop.usecases.context import Context
from desktop.usecases.refused import Refused
from desktop.workflow.catalogue import CASE
from desktop.workflow.deadlines import add_months
from desktop.workflow.inputs import Key, Kind
from desktop.workflow.plan import PaperLine, Plan

_OWED = frozenset({PaperLine.NEEDED, PaperLine.DEFECTIVE})


def last_days(context: Context, plan: Plan) -> Mapping[Key, date]:
    """Give the papers that may follow, each with the last day it may be promised for; a month where nothing says so."""
    month = add_months(context.today, 1)
    may_follow = (paper for paper in plan.papers if paper.deferrable and paper.line in _OWED)
    return {paper.key: paper.due or month for paper in may_follow}


def check_promises(context: Context, form: Form, plan: Plan) -> None:
    """See that each paper promised may follow, until a day the law lets the department agree to.

    Refused paper_may_not_follow (paper), promise_past, promise_too_late (latest).
    """
    latest = last_days(context, plan)
    for paper in form.papers:
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
