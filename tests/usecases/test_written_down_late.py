"""What is written down late is judged by the papers of its own day, and by nothing that came or went since."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from db.open import Database
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role as StaffRole
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import plan_of_request
from desktop.usecases.requests.requests import (
    Form,
    Handed,
    LogRequest,
    ReceivePapers,
    log_request,
    receive_papers,
    see_request,
)
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.catalogue.definitions import Catalogue, Demand, Item, Material, Outcome, Role, Text, Want
from desktop.workflow.catalogue.requirements import LeafKind, Need, Phase
from desktop.workflow.planning.plan import PaperLine, Plan, Readiness, Task
from desktop.workflow.procedure.legal_states import ActKind, Gate, LegalState
from desktop.workflow.time.limits import Limit
from tests.usecases.conftest import CALENDAR, CATALOGUE, Clock, SmallHall

PLAN = "material:plan:case"
LATE = "当日已办，补录"


def named(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": Text(zh=code, en=code), "about": "case", **more}


def town(phase: Phase, procedure: str) -> Catalogue:
    """A licence that asks for a plan of the site before one of its gates; a plan is good for ten days."""
    fields = {name: getattr(CATALOGUE, name) for name in Catalogue.model_fields}
    need = {phase: Need(kind=LeafKind.MATERIAL, code="plan")}
    days: dict[str, Any] = {"promised": Limit.parse("30 workdays"), "statutory": Limit.parse("40 workdays")}
    shop = Item(**named("shop", department="mca", provides=("licence",), procedure=procedure, requires=need, **days))
    roles = (Role(code="applicant", name=Text(zh="申请人", en="Applicant")),)
    demand = Demand(code="d", name=Text(zh="d", en="d"), roles=roles, wants=(Want(outcome="licence"),))
    changed = {
        "materials": {"plan": Material(**named("plan", valid_for=Limit.parse("10 days")))},
        "outcomes": {"licence": Outcome(**named("licence"))},
        "items": {"shop": shop},
        "demands": {"d": demand},
    }
    return Catalogue(**(fields | changed))


@pytest.fixture
def made(database: Database, clock: Clock, hall: SmallHall) -> Any:
    def make(phase: Phase = Phase.ACCEPT, procedure: str = "permit") -> SmallHall:
        return SmallHall(Performer(database, town(phase, procedure), CALENDAR, clock), clock, hall.sessions)

    return make


def later(hall: SmallHall, days: int) -> datetime:
    """Let days go by, so that everybody signs in anew, and give the time it is then."""
    hall.clock.move(days=days)
    for role in (StaffRole.CLERK, StaffRole.REVIEWER):
        hall.sessions[role] = hall.sign_in(role.value)
    return hall.clock.now


def logged(hall: SmallHall, *papers: str) -> UUID:
    form = Form("d", papers=tuple(Handed("case", code) for code in papers))
    request: UUID = hall.write(hall.clerk, log_request, LogRequest(form)).request
    return request


def bring(hall: SmallHall, request: UUID) -> None:
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, (Handed("case", "plan"),)))


def do(hall: SmallHall, request: UUID, act: ActKind, legal: datetime | None = None) -> Task:
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    hall.write(hall.reviewer, do_act, DoAct(task, act, LATE if legal else "", legal))
    found: Task = hall.read(hall.clerk, plan_of_request, request).tasks[0]
    return found


def test_a_paper_that_came_later_accepts_nothing_on_an_earlier_day(made: Any) -> None:
    hall = made()
    request = logged(hall)
    first = hall.clock.now + timedelta(hours=1)
    second = later(hall, 2)
    bring(hall, request)
    with pytest.raises(Refused, match="gate_closed"):
        do(hall, request, ActKind.ACCEPT, first)
    later(hall, 1)
    assert do(hall, request, ActKind.ACCEPT, second + timedelta(hours=1)).state.accepted_on == second.date()


def test_a_paper_that_came_with_the_act_counts_from_the_acts_own_day(made: Any) -> None:
    hall = made()
    request = logged(hall)
    when = hall.clock.now + timedelta(hours=1)
    later(hall, 2)
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    came = (Handed("case", "plan"),)
    hall.write(hall.reviewer, do_act, DoAct(task, ActKind.ACCEPT, LATE, when, papers=came))
    view = hall.read(hall.clerk, see_request, request)
    assert view.plan.tasks[0].state.accepted_on == when.date()
    (paper,) = view.papers
    assert paper.received_at == when
    assert paper.valid_until == when.date() + timedelta(days=10)


def test_a_paper_that_came_later_grants_nothing_on_an_earlier_day(made: Any) -> None:
    hall = made(Phase.DECIDE)
    request = logged(hall)
    do(hall, request, ActKind.ACCEPT)
    too_early = later(hall, 1)
    came = later(hall, 3)
    bring(hall, request)
    later(hall, 2)
    with pytest.raises(Refused, match="gate_closed"):
        do(hall, request, ActKind.GRANT, too_early)
    assert do(hall, request, ActKind.GRANT, came + timedelta(hours=1)).state.decided_on == came.date()


def test_a_paper_that_has_run_out_since_was_good_on_its_day(made: Any) -> None:
    hall = made(procedure="registration")
    request = logged(hall, "plan")
    when = hall.clock.now + timedelta(days=2)
    later(hall, 14)
    with pytest.raises(Refused, match="gate_closed"):
        do(hall, request, ActKind.ACCEPT)
    assert do(hall, request, ActKind.ACCEPT, when).state.accepted_on == when.date()


@pytest.mark.parametrize("brought", [False, True])
def test_a_timely_notice_written_down_after_silence_names_what_was_missing_then(made: Any, *, brought: bool) -> None:
    hall = made()
    request = logged(hall)
    when = hall.clock.now + timedelta(days=2)
    later(hall, 10)
    assert hall.read(hall.clerk, plan_of_request, request).tasks[0].state.state is LegalState.ACCEPTED
    if brought:
        bring(hall, request)
    task = do(hall, request, ActKind.SUPPLEMENT, when)
    assert task.state.state is LegalState.SUPPLEMENT
    assert (task.state.notices[0].on, task.state.notices[0].listed) == (when.date(), (PLAN,))
    assert task.gates[Gate.ACCEPT].readiness is (Readiness.OPEN if brought else Readiness.BLOCKED)


def test_what_such_a_notice_names_is_due_at_the_decision_where_others_had_gone_on(made: Any) -> None:
    hall = made()
    request = logged(hall)
    when = hall.clock.now + timedelta(days=2)
    later(hall, 10)
    do(hall, request, ActKind.ASSIGN)
    later(hall, 1)
    task = do(hall, request, ActKind.SUPPLEMENT, when)
    assert (task.state.state, task.state.moved_to_decide) == (LegalState.REVIEWING, (PLAN,))
    assert [one.key.leaf for one in task.gates[Gate.DECIDE].missing] == [PLAN]
    bring(hall, request)
    assert do(hall, request, ActKind.GRANT).state.state is LegalState.GRANTED


def send_back(hall: SmallHall, request: UUID, legal: datetime | None) -> PaperLine:
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    values = {"listed": [PLAN], "defects": {PLAN: "图纸看不清"}}
    hall.write(hall.reviewer, do_act, DoAct(task, ActKind.SUPPLEMENT, LATE if legal else "", legal, values))
    return line_of_plan(hall, request)


def line_of_plan(hall: SmallHall, request: UUID) -> PaperLine:
    plan: Plan = hall.read(hall.clerk, plan_of_request, request)
    return plan.papers[0].line


def test_a_late_notice_finds_nothing_wrong_with_what_was_brought_in_its_place(made: Any) -> None:
    hall = made()
    request = logged(hall, "plan")
    when = hall.clock.now + timedelta(hours=2)
    later(hall, 1)
    bring(hall, request)
    later(hall, 1)
    assert send_back(hall, request, when) is PaperLine.RECEIVED
    papers = hall.read(hall.clerk, see_request, request).papers
    assert [(paper.state, paper.received_at) for paper in papers][1] == ("defective", when)
    assert [paper.state for paper in papers] == ["received", "defective", "received"], "as they came"
    (task,) = hall.read(hall.clerk, plan_of_request, request).tasks
    assert (task.state.state, task.gates[Gate.ACCEPT].readiness) == (LegalState.SUPPLEMENT, Readiness.OPEN)


def test_a_late_notice_sends_back_what_was_there_on_its_day(made: Any) -> None:
    hall = made()
    request = logged(hall, "plan")
    when = hall.clock.now + timedelta(hours=2)
    later(hall, 1)
    assert send_back(hall, request, when) is PaperLine.DEFECTIVE


def test_a_paper_written_down_after_a_notice_but_received_before_it_cures_nothing(made: Any) -> None:
    hall = made()
    request = logged(hall, "plan")
    before = hall.clock.now + timedelta(hours=1)
    later(hall, 1)
    assert send_back(hall, request, None) is PaperLine.DEFECTIVE
    came = (Handed("case", "plan"),)
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, came, before))
    assert line_of_plan(hall, request) is PaperLine.DEFECTIVE
    assert [paper.state for paper in hall.read(hall.clerk, see_request, request).papers][-1] == "defective"
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, came))
    assert line_of_plan(hall, request) is PaperLine.RECEIVED
