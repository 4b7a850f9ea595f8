"""After the decision: what is owed stays in sight, a way out ends it in writing, remedies have a last day."""

from datetime import date
from uuid import UUID

import pytest

from db.queries.hand_outs import DECISIONS as DECISIONS_KEPT
from desktop.letters.content import Annulment, CheckFailed, Ending, Letter, ResultHandover, WayOut
from desktop.letters.render import render
from desktop.usecases.letters.letters import list_letters, see_letter
from desktop.usecases.permissions import Permission, allowed
from desktop.usecases.refused import Refused
from desktop.usecases.requests.overview import see_overview
from desktop.usecases.requests.progress import tell_progress
from desktop.usecases.requests.request_groups import Group
from desktop.usecases.requests.request_list import ListQuery, see_list
from desktop.usecases.requests.requests import (
    Answer,
    CorrectFact,
    Handed,
    Logged,
    ReceivePapers,
    RequestRow,
    correct_fact,
    log_request,
    receive_papers,
    see_request,
)
from desktop.usecases.requests.timeline import lines_of, see_case
from desktop.usecases.work.day_begun import begin_day
from desktop.usecases.work.hand_out import HandOver, Result, WaitingQuery, hand_over, list_waiting
from desktop.usecases.work.telling import tell_elsewhere
from desktop.usecases.work.withdrawing import WithdrawRequest, withdraw_request
from desktop.usecases.work.work import DoAct, TaskView, WorkQuery, do_act, list_work, see_task
from desktop.usecases.work.worklist import owed_of
from desktop.words import in_language
from desktop.workflow.catalogue.definitions import Catalogue, Route, Text
from desktop.workflow.catalogue.requirements import All, Known, LeafKind, Need, Phase
from desktop.workflow.procedure.legal_states import AGAINST, ActKind, LegalState
from desktop.workflow.procedure.rounds import ClockName
from tests.usecases.conftest import Clock, SmallHall
from tests.usecases.small_case import STALL, stall_request
from tests.usecases.stalls import stall_catalogue, two_departments

AFTER = {
    Phase.ACCEPT: All(parts=(Known(code="sells_food"), Need(kind=LeafKind.MATERIAL, code="site_plan"))),
    Phase.POST: All(parts=(Need(kind=LeafKind.MATERIAL, code="health_card"),)),
}


def elsewhere(when: str = "sells_food") -> Catalogue:
    """The stall, which whoever sells food has to go elsewhere for."""
    fields = {name: getattr(STALL, name) for name in Catalogue.model_fields}
    out = Route(when=when, outcome=Text(zh="请到食品摊点服务站办理。", en="Go to the food stall station."))
    demand = STALL.demands["open_stall"].model_copy(update={"routing": (out,)})
    return Catalogue(**(fields | {"demands": {"open_stall": demand}}))


def log(hall: SmallHall, *, papers: tuple[str, ...] = ("site_plan",)) -> UUID:
    logged = hall.write(hall.clerk, log_request, stall_request(food=False, papers=papers))
    assert isinstance(logged, Logged)
    return logged.request


def do(hall: SmallHall, request: UUID, act: ActKind, reason: str = "", **values: object) -> None:
    session = hall.clerk if act is ActKind.SERVE else hall.reviewer
    hall.write(session, do_act, DoAct(task_of(hall, request), act, reason, values=values))
    hall.clock.move(minutes=1)


def task_of(hall: SmallHall, request: UUID) -> UUID:
    task: UUID = hall.read(hall.clerk, see_request, request).tasks[0].id
    return task


def row_of(hall: SmallHall, request: UUID) -> RequestRow:
    row: RequestRow = hall.read(hall.clerk, see_request, request).row
    return row


def view_of(hall: SmallHall, request: UUID) -> TaskView:
    view: TaskView = hall.read(hall.reviewer, see_task, task_of(hall, request))
    return view


def newest(hall: SmallHall, request: UUID) -> Letter:
    letter: Letter = hall.read(hall.clerk, see_letter, hall.read(hall.clerk, list_letters, request)[0].id).letter
    return letter


def later(hall: SmallHall, days: int) -> None:
    hall.clock.move(days=days)
    hall.sessions = {role: hall.sign_in(role.value) for role in hall.sessions}


@pytest.fixture
def promised(hall: SmallHall) -> UUID:
    """A licence handed over, with the health certificate owed afterwards."""
    hall.performer.catalogue = stall_catalogue(requires=AFTER)
    request = log(hall)
    for act in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE, ActKind.SERVE):
        do(hall, request, act, method="in_person")
    return request


def card(hall: SmallHall, request: UUID) -> None:
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, (Handed("case", "health_card"),)))


def test_what_is_owed_after_the_decision_keeps_the_request_open(hall: SmallHall, promised: UUID) -> None:
    row = row_of(hall, promised)
    # Twenty working days from Monday 2 March: 3–6, 9–13, 16–20, 23–27 and 30 March.
    assert (row.status, row.next_actor, row.next_due) == ("open", "applicant", date(2026, 3, 30))
    with pytest.raises(Refused, match="still_owing"):
        do(hall, promised, ActKind.CLEAR_CHECK)
    card(hall, promised)
    assert row_of(hall, promised).next_actor == "department"
    assert [one.request_id for one in hall.read(hall.reviewer, list_work, WorkQuery())] == [promised]
    do(hall, promised, ActKind.CLEAR_CHECK)
    row = row_of(hall, promised)
    assert (row.status, row.next_actor, row.next_due) == ("done", None, None)
    assert hall.read(hall.reviewer, list_work, WorkQuery()) == ()


def test_the_list_says_of_a_check_that_it_is_owed_as_the_plan_does(hall: SmallHall, promised: UUID) -> None:
    def said() -> tuple[str, bool]:
        view = view_of(hall, promised)
        owed = owed_of(view.row)
        assert owed == (view.task.state.check_owed, view.task.state.service_owed)
        return view.row.readiness, owed.check

    assert said() == ("blocked", True), "the card is still out"
    card(hall, promised)
    assert said() == ("open", True)
    do(hall, promised, ActKind.CLEAR_CHECK)
    assert said()[1] is False


def test_the_list_says_of_a_decision_that_it_is_to_be_served_as_the_plan_does(hall: SmallHall) -> None:
    hall.performer.catalogue = stall_catalogue(requires=AFTER)
    request = log(hall)
    for act, owed in ((ActKind.ACCEPT, False), (ActKind.REFUSE, True), (ActKind.SERVE, False)):
        do(hall, request, act, "不符合条件", method="in_person")
        view = view_of(hall, request)
        assert owed_of(view.row).service is view.task.state.service_owed is owed


def test_what_is_owed_past_its_day_is_the_departments_to_settle(hall: SmallHall, promised: UUID, clock: Clock) -> None:
    later(hall, 40)
    card_late = hall.read(hall.reviewer, see_task, task_of(hall, promised)).task
    assert card_late.actor.value == "department"
    with pytest.raises(Refused, match="put_right_day_missing"):
        do(hall, promised, ActKind.FAIL_CHECK, "没有健康证明")
    do(hall, promised, ActKind.FAIL_CHECK, "没有健康证明", expected_end=date(2026, 4, 20))
    notice = newest(hall, promised)
    assert isinstance(notice, CheckFailed)
    assert notice.put_right_by.on == date(2026, 4, 20)
    assert "2026年4月20日" in render(notice).words
    assert row_of(hall, promised).next_due == date(2026, 4, 20)
    do(hall, promised, ActKind.REVOKE_UNLAWFUL, "逾期没有改正")
    row = row_of(hall, promised)
    assert (row.status, row.next_actor) == ("open", "counter")
    do(hall, promised, ActKind.SERVE, method="in_person")
    row = row_of(hall, promised)
    assert (row.status, row.next_actor) == ("ended", None)


def test_a_check_owed_does_not_keep_the_result_from_being_handed_out(hall: SmallHall) -> None:
    hall.performer.catalogue = stall_catalogue(requires=AFTER)
    request = log(hall)
    for act in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE):
        do(hall, request, act)
    assert [one.request for one in hall.read(hall.clerk, list_waiting, WaitingQuery()).results] == [request]
    assert row_of(hall, request).next_actor == "counter"


def test_what_one_department_makes_for_another_waits_for_nobody(hall: SmallHall) -> None:
    hall.performer.catalogue = stall_catalogue(procedure="verification")
    request = log(hall)
    for act in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE):
        do(hall, request, act)
    assert hall.read(hall.clerk, list_waiting, WaitingQuery()).results == ()
    assert hall.read(hall.clerk, list_work, WorkQuery()) == ()
    assert (row_of(hall, request).status, row_of(hall, request).next_actor) == ("done", None)


def food(hall: SmallHall, request: UUID, *, sold: bool) -> None:
    hall.write(hall.clerk, correct_fact, CorrectFact(request, Answer("case", "sells_food", sold), "问错了"))


def test_a_way_out_found_late_is_told_in_writing_and_ended_by_the_department(hall: SmallHall) -> None:
    hall.performer.catalogue = elsewhere()
    request = log(hall)
    food(hall, request, sold=True)
    notice = newest(hall, request)
    assert isinstance(notice, WayOut)
    assert "请到食品摊点服务站办理。" in render(notice).words
    assert [one.zh for one in notice.under_way] == ["摊位许可"]
    row = row_of(hall, request)
    assert (row.status, row.next_actor) == ("open", "department")
    assert [one.request_id for one in hall.read(hall.reviewer, list_work, WorkQuery())] == [request]
    do(hall, request, ActKind.NOT_ACCEPT, "应当到食品摊点服务站办理")
    assert row_of(hall, request).next_actor == "counter"
    do(hall, request, ActKind.SERVE, method="in_person")
    assert (row_of(hall, request).status, row_of(hall, request).next_actor) == ("ended", None)


def test_a_way_out_is_told_once_and_the_matter_goes_on_when_it_was_a_mistake(hall: SmallHall) -> None:
    hall.performer.catalogue = elsewhere()
    request = log(hall)
    for sold in (True, False, True):
        food(hall, request, sold=sold)
    told = [line.kind for line in hall.read(hall.clerk, list_letters, request)]
    assert told.count("way_out") == 1
    food(hall, request, sold=False)
    do(hall, request, ActKind.ACCEPT)
    assert view_of(hall, request).task.state.state is LegalState.ACCEPTED


@pytest.mark.parametrize("asked", [Phase.ACCEPT, Phase.SUBMIT])
def test_a_way_out_that_a_day_brings_waits_for_the_counter_to_tell_it(hall: SmallHall, asked: Phase) -> None:
    hall.performer.catalogue = stall_catalogue(requires={asked: AFTER[Phase.ACCEPT]})
    request = log(hall, papers=())
    letters = [line.kind for line in hall.read(hall.clerk, list_letters, request)]
    hall.performer.catalogue = elsewhere("not sells_food")  # as an age that is reached, or a rule in force from today
    hall.write(hall.reviewer, begin_day, (request,))
    assert (row_of(hall, request).status, row_of(hall, request).next_actor) == ("open", "counter")
    assert [line.kind for line in hall.read(hall.clerk, list_letters, request)] == letters, "a day writes no letter"
    for session in (hall.administrator, hall.reviewer):
        if not allowed(session.roles, Permission.WRITE_LETTER):
            with pytest.raises(Refused, match="not_allowed"):
                hall.write(session, tell_elsewhere, request)
    assert hall.read(hall.clerk, see_case, request).to_tell is not None
    hall.write(hall.clerk, tell_elsewhere, request)
    assert hall.read(hall.clerk, see_case, request).to_tell is None
    told = [line.kind for line in hall.read(hall.clerk, list_letters, request)]
    assert sorted(told) == sorted([*letters, "way_out"])
    assert row_of(hall, request).status == ("open" if asked is Phase.ACCEPT else "ended")


def test_a_way_out_that_a_day_brings_opens_nothing_that_is_over(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    request = log(hall)
    do(hall, request, ActKind.NOT_ACCEPT, "材料不符")
    do(hall, request, ActKind.SERVE, method="in_person")
    hall.performer.catalogue = elsewhere("not sells_food")
    hall.write(hall.reviewer, begin_day, (request,))
    assert (row_of(hall, request).status, row_of(hall, request).next_actor) == ("ended", None)


def test_nothing_open_is_without_a_next_actor_after_a_way_out(hall: SmallHall) -> None:
    hall.performer.catalogue = elsewhere()
    request = log(hall, papers=())
    food(hall, request, sold=True)
    rows = hall.read(hall.supervisor, see_list, ListQuery(statuses=("open",))).rows
    assert [row.next_actor for row in rows if row.id == request] == ["department"]


def test_the_remedies_of_a_refusal_run_from_the_day_it_was_served(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    request = log(hall)
    do(hall, request, ActKind.ACCEPT)
    do(hall, request, ActKind.REFUSE, "占用消防通道")
    assert view_of(hall, request).task.state.clock(ClockName.RECONSIDERATION) is None
    later(hall, 3)
    do(hall, request, ActKind.SERVE, method="in_person")
    state = view_of(hall, request).task.state
    found = {clock.name: clock.due.date for clock in state.clocks}
    # Sixty days after Thursday 5 March is Monday 4 May; six months after it is Saturday 5 September, so Monday the 7th.
    assert found[ClockName.RECONSIDERATION] == date(2026, 5, 4)
    assert found[ClockName.LITIGATION] == date(2026, 9, 7)
    served = newest(hall, request)
    assert isinstance(served, ResultHandover)
    words = render(served).words
    assert "2026年5月4日" in words
    assert "2026年9月7日" in words
    later(hall, 1)
    with pytest.raises(Refused, match="already_served"):
        do(hall, request, ActKind.SERVE, method="in_person")


def waiting(hall: SmallHall) -> tuple[Result, ...]:
    found: tuple[Result, ...] = hall.read(hall.clerk, list_waiting, WaitingQuery()).results
    return found


def to_hand_out(hall: SmallHall) -> int:
    """The figure of the overview."""
    tiles = hall.read(hall.clerk, see_overview).mine
    number: int = next(tile.number for tile in tiles if tile.group is Group.TO_HAND_OUT)
    return number


DECISIONS = [
    ((ActKind.ACCEPT, ActKind.REFUSE), "不予行政许可决定书（摊位许可）"),
    ((ActKind.NOT_ACCEPT,), "不予受理通知书（摊位许可）"),
    ((ActKind.NOT_REQUIRED,), "不需要许可告知书（摊位许可）"),
    ((ActKind.NOT_OURS,), "不属本机关职权告知书（摊位许可）"),
    ((ActKind.ACCEPT, ActKind.TERMINATE), "终止办理告知书（摊位许可）"),
]


@pytest.mark.parametrize(("acts", "document"), DECISIONS)
def test_a_decision_against_the_person_waits_at_the_counter_until_it_is_served(
    hall: SmallHall, acts: tuple[ActKind, ...], document: str
) -> None:
    hall.performer.catalogue = STALL
    request = log(hall)
    for act in acts:
        do(hall, request, act, "" if act is ActKind.ACCEPT else "不符合条件")
    row = row_of(hall, request)
    assert (row.status, row.next_actor, row.next_due) == ("open", "counter", None)
    (found,) = waiting(hall)
    assert (found.decision, found.item.zh) == (True, document)
    assert [one.request_id for one in hall.read(hall.clerk, list_work, WorkQuery())] == [request]
    assert hall.read(hall.reviewer, list_work, WorkQuery()) == ()
    assert to_hand_out(hall) == 1
    served = hall.write(hall.clerk, hand_over, HandOver((found.task,), "in_person"))
    assert [item.zh for item in served.items] == [document]
    letter = newest(hall, request)
    assert isinstance(letter, ResultHandover)
    assert letter.documents[0].name.zh == document
    assert (row_of(hall, request).status, row_of(hall, request).next_actor) == ("ended", None)
    assert waiting(hall) == ()
    assert to_hand_out(hall) == 0
    assert hall.read(hall.clerk, list_work, WorkQuery()) == ()


def test_progress_and_the_story_tell_of_the_decision_and_its_service(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    request = log(hall)
    do(hall, request, ActKind.NOT_ACCEPT, "不在受理范围")
    stage = hall.read(hall.clerk, tell_progress, request).steps[0].stage
    assert (stage.to_serve, stage.ended, stage.to_collect) == (True, True, False)
    do(hall, request, ActKind.SERVE, method="in_person")
    case = hall.read(hall.clerk, see_case, request)
    told = lines_of(case.view.history, case.catalogue, case.zone, in_language("zh"))
    assert told[-1].sentence == "决定书已送达：摊位许可。"


def test_a_check_between_departments_that_does_not_agree_is_served_to_nobody(hall: SmallHall) -> None:
    hall.performer.catalogue = stall_catalogue(procedure="verification")
    request = log(hall)
    do(hall, request, ActKind.ACCEPT)
    do(hall, request, ActKind.REFUSE, "信息不一致")
    assert waiting(hall) == ()
    assert to_hand_out(hall) == 0
    assert (row_of(hall, request).status, row_of(hall, request).next_actor) == ("ended", None)


def test_what_was_decided_before_a_withdrawal_is_still_handed_over_once(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    request = log(hall)
    do(hall, request, ActKind.NOT_ACCEPT, "不在受理范围")
    hall.write(hall.clerk, withdraw_request, WithdrawRequest(request, "不办了"))
    (found,) = waiting(hall)
    hall.write(hall.clerk, hand_over, HandOver((found.task,), "in_person"))
    assert waiting(hall) == ()
    assert row_of(hall, request).status == "withdrawn"


def test_a_result_handed_over_after_a_withdrawal_leaves_every_list(hall: SmallHall) -> None:
    hall.performer.catalogue = two_departments()
    request = log(hall)
    stall = next(task for task in hall.read(hall.clerk, see_request, request).tasks if task.item == "stall")
    for act in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE):
        hall.write(hall.reviewer, do_act, DoAct(stall.id, act))
    hall.write(hall.clerk, withdraw_request, WithdrawRequest(request, "不办了"))
    assert [row.id for row in hall.read(hall.clerk, list_work, WorkQuery())] == [stall.id]
    hall.write(hall.clerk, hand_over, HandOver((stall.id,), "in_person"))
    found = {row.item: row.state for row in hall.read(hall.clerk, see_request, request).tasks}
    assert found == {"stall": "served", "food": "withdrawn"}
    assert hall.read(hall.clerk, list_work, WorkQuery()) == ()


ENDINGS = [
    (ActKind.REVOKE_UNLAWFUL, "撤销行政许可决定书", "行政许可法 第六十九条"),
    (ActKind.WITHDRAW_PERMIT, "撤回行政许可决定书", "行政许可法 第八条"),
    (ActKind.REVOKE_PENALTY, "吊销行政许可决定书", "行政处罚法 第九条"),
    (ActKind.DEREGISTER, "注销行政许可决定书", "行政许可法 第七十条"),
]


@pytest.mark.parametrize(("act", "title", "article"), ENDINGS)
def test_what_was_granted_ends_by_a_decision_in_writing_that_is_served(
    hall: SmallHall, act: ActKind, title: str, article: str
) -> None:
    hall.performer.catalogue = STALL
    request = log(hall)
    for step in (ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE, ActKind.SERVE):
        do(hall, request, step, method="in_person")
    do(hall, request, act, "申请材料是伪造的", bad_faith=True)
    letter = newest(hall, request)
    assert isinstance(letter, Ending)
    words = render(letter).words
    for told in (title, article, "申请材料是伪造的", "摊位许可", "行政复议", "行政诉讼", "2026年3月2日"):
        assert told in words
    assert ("2029年3月2日" in words) is (act is ActKind.REVOKE_UNLAWFUL)
    assert view_of(hall, request).task.state.clock(ClockName.RECONSIDERATION) is None
    (found,) = waiting(hall)
    assert found.item.zh == f"{title}（摊位许可）"
    later(hall, 3)
    do(hall, request, ActKind.SERVE, method="in_person")
    due = view_of(hall, request).task.state.clock(ClockName.RECONSIDERATION)
    assert due is not None
    assert due.date == date(2026, 5, 4)


def test_an_annulled_decision_is_told_in_writing(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    request = log(hall)
    do(hall, request, ActKind.ACCEPT)
    do(hall, request, ActKind.REFUSE, "占用消防通道")
    do(hall, request, ActKind.ANNUL, "复议机关决定撤销，责令重新作出决定", redo=True)
    letter = newest(hall, request)
    assert isinstance(letter, Annulment)
    words = render(letter).words
    for told in ("决定被撤销告知书", "责令重新作出决定", "重新作出决定", "行政复议法"):
        assert told in words
    assert letter.number.startswith("撤销告知-")
    assert waiting(hall) == ()


def test_the_store_and_the_law_name_the_same_decisions_against_the_person() -> None:
    assert set(DECISIONS_KEPT) == {state.value for state in AGAINST}
