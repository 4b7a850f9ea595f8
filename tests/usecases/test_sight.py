"""Whose requests a reviewer sees, and how a case is told: corrections from and to, outcomes until their day."""

from datetime import date
from uuid import UUID

import pytest

from desktop.usecases.context import Context
from desktop.usecases.letters.letters import list_letters, see_letter
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import inputs_of
from desktop.usecases.requests.progress import FindRequests, find_requests, tell_progress
from desktop.usecases.requests.requests import (
    Answer,
    CorrectFact,
    Form,
    Handed,
    LogRequest,
    ReceivePapers,
    correct_fact,
    log_request,
    receive_papers,
    see_request,
)
from desktop.usecases.requests.timeline import lines_of, see_case
from desktop.usecases.work.work import DoAct, do_act, see_task
from desktop.words import in_language
from desktop.workflow.procedure.legal_states import ActKind
from tests.usecases.conftest import SmallHall
from tests.usecases.small_case import STALL, stall_request
from tests.usecases.stalls import stall_catalogue


@pytest.fixture
def logged(hall: SmallHall) -> UUID:
    """A stall licence, which is the civil affairs department's."""
    hall.performer.catalogue = STALL
    request: UUID = hall.write(hall.clerk, log_request, stall_request(food=False, words="摆摊卖衣服")).request
    return request


def do(hall: SmallHall, request: UUID, act: ActKind, reason: str = "", **values: object) -> None:
    session = hall.clerk if act is ActKind.SERVE else hall.reviewer
    task = hall.read(hall.clerk, see_request, request).tasks[0].id
    hall.write(session, do_act, DoAct(task, act, reason, values=values))
    hall.clock.move(minutes=1)


def test_a_reviewer_sees_the_own_departments_requests_and_no_others(hall: SmallHall, logged: UUID) -> None:
    stranger = hall.add(Role.REVIEWER, "stranger", "amr")
    view = hall.read(hall.reviewer, see_request, logged)
    letter = hall.read(hall.reviewer, list_letters, logged)[0].id
    paper = ReceivePapers(logged, (Handed("case", "health_card"),))
    fact = CorrectFact(logged, Answer("case", "sells_food", True))
    for use_case, query in (
        (see_request, logged),
        (see_case, logged),
        (tell_progress, logged),
        (list_letters, logged),
        (see_letter, letter),
        (see_task, view.tasks[0].id),
    ):
        with pytest.raises(Refused, match="not_your_departments"):
            hall.read(stranger, use_case, query)
    for act, command in ((receive_papers, paper), (correct_fact, fact)):
        with pytest.raises(Refused, match="not_your_departments"):
            hall.write(stranger, act, command)
    found = FindRequests("摆摊卖衣服")
    assert hall.read(stranger, find_requests, found) == ()
    assert [one.request for one in hall.read(hall.reviewer, find_requests, found)] == [logged]
    assert [one.request for one in hall.read(hall.supervisor, find_requests, found)] == [logged]


def told(hall: SmallHall, request: UUID) -> list[str]:
    case = hall.read(hall.clerk, see_case, request)
    lines = lines_of(case.view.history, case.catalogue, case.zone, in_language("zh"), case.view.facts)
    return [part for line in lines for part in (line.sentence, *line.more)]


def test_a_correction_is_told_with_what_stood_before_and_after(hall: SmallHall, logged: UUID) -> None:
    hall.clock.move(minutes=1)
    hall.write(hall.clerk, correct_fact, CorrectFact(logged, Answer("case", "sells_food", True), "听错了"))
    hall.clock.move(minutes=1)
    opening = Answer("case", "opens_on", date(2026, 3, 9))
    hall.write(hall.clerk, correct_fact, CorrectFact(logged, opening, ""))
    said = told(hall, logged)
    assert "卖食品由否改为是。" in said
    assert "开张日期更正为2026年3月9日 周一。" in said


def test_the_reason_of_a_refusal_is_told_once(hall: SmallHall, logged: UUID) -> None:
    do(hall, logged, ActKind.ACCEPT)
    do(hall, logged, ActKind.REFUSE, "占用消防通道")
    assert told(hall, logged).count("理由：占用消防通道") == 1


def test_a_result_on_file_is_good_until_the_day_its_act_says(hall: SmallHall) -> None:
    person = stall_catalogue(about="applicant")
    outcome = person.outcomes["stall_licence"].model_copy(update={"about": "applicant"})
    fields = {name: getattr(person, name) for name in type(person).model_fields}
    hall.performer.catalogue = type(person)(**(fields | {"outcomes": {"stall_licence": outcome}}))
    new = NewPerson("陈小妹", no_identifier=next(iter(NoIdentifier)), witness="李四")
    subject = hall.write(hall.clerk, register_person, new).subject
    form = Form(
        "open_stall",
        {"applicant": (subject,)},
        (Answer("case", "sells_food", False),),
        (Handed("case", "site_plan"),),
    )
    first = hall.write(hall.clerk, log_request, LogRequest(form)).request
    for act in (ActKind.ACCEPT, ActKind.GRANT):
        do(hall, first, act)
    do(hall, first, ActKind.ISSUE, number="1", valid_until=date(2026, 12, 31))
    do(hall, first, ActKind.SERVE, method="in_person")
    second = hall.write(hall.clerk, log_request, LogRequest(form, despite_twin=True)).request

    def held(context: Context, request: UUID) -> list[tuple[str, date | None]]:
        return [(one.code, one.until) for one in inputs_of(context, request).held]

    assert hall.read(hall.clerk, held, second) == [("stall_licence", date(2026, 12, 31))]
