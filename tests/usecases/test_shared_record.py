"""What is on record of a person is shared: what one request changes, the person's other open requests hear of."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import pytest

from desktop.usecases.context import Context
from desktop.usecases.people.people import (
    ChangePhone,
    NewPerson,
    NoIdentifier,
    Rename,
    change_phone,
    register_person,
    rename,
)
from desktop.usecases.permissions import Role as AccountRole
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import inputs_of
from desktop.usecases.requests.request_groups import Group
from desktop.usecases.requests.request_list import ListQuery, see_list
from desktop.usecases.requests.requests import (
    Answer,
    CorrectFact,
    Form,
    Handed,
    LogRequest,
    ReceivePapers,
    RequestView,
    correct_fact,
    log_request,
    receive_papers,
    see_request,
)
from desktop.usecases.requests.timeline import lines_of, see_case
from desktop.usecases.topics import Topic
from desktop.usecases.work import shared_record
from desktop.usecases.work.choosing import ChooseWay, choose_way
from desktop.usecases.work.day_begun import begin_day, requests_of_another_day
from desktop.usecases.work.shared_record import MOVED
from desktop.usecases.work.withdrawing import WithdrawRequest, withdraw_request
from desktop.usecases.work.work import DoAct, TaskRow, WorkQuery, do_act, list_work
from desktop.words import in_language
from desktop.workflow.catalogue.definitions import (
    Catalogue,
    Demand,
    Department,
    Fact,
    Item,
    Material,
    Outcome,
    Role,
    Text,
    Want,
)
from desktop.workflow.catalogue.requirements import All, Known, LeafKind, Need, Phase, When
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.planning.inputs import Inputs, Key, Kind
from desktop.workflow.planning.known import Known as Facts
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.time.limits import Limit
from tests.usecases.conftest import CALENDAR, SmallHall


def _named(code: str) -> dict[str, Any]:
    return {"code": code, "name": Text(zh=code, en=code)}


def _item(code: str, department: str, outcome: str, *parts: Any) -> Item:
    requires = {Phase.ACCEPT: All(parts=parts)} if parts else {}
    limits = {"promised": Limit.parse("5 workdays"), "statutory": Limit.parse("20 workdays")}
    return Item(
        **_named(code), department=department, provides=(outcome,), procedure="permit", requires=requires, **limits
    )


def _demand(code: str, *wants: str) -> Demand:
    applicant = Role(code="applicant", name=Text(zh="申请人", en="Applicant"))
    return Demand(**_named(code), roles=(applicant,), wants=tuple(Want(outcome=one) for one in wants))


_PHOTO = Need(kind=LeafKind.MATERIAL, code="photo")
TOWN: Final = Catalogue(
    version="test",
    departments={code: Department(**_named(code)) for code in ("mca", "amr")},
    facts={
        "contact_phone": Fact(**_named("contact_phone"), type=FactType.TEXT, about="applicant"),
        "sells_food": Fact(**_named("sells_food"), type=FactType.BOOL, about="applicant"),
    },
    materials={"photo": Material(**_named("photo"), about="applicant")},
    outcomes={code: Outcome(**_named(code), about="applicant") for code in ("card", "permit", "badge", "food_card")},
    items={
        "new_card": _item("new_card", "mca", "card"),
        "new_permit": _item("new_permit", "amr", "permit", Need(kind=LeafKind.OUTCOME, code="card")),
        "new_badge": _item(
            "new_badge",
            "amr",
            "badge",
            Known(code="contact_phone"),
            Known(code="sells_food"),
            When(condition="sells_food", part=_PHOTO),
        ),
        "new_food_card": _item("new_food_card", "amr", "food_card", Need(kind=LeafKind.OUTCOME, code="badge")),
    },
    demands={
        "get_card": _demand("get_card", "card"),
        "get_permit": _demand("get_permit", "permit"),
        "get_badge": _demand("get_badge", "badge"),
        "open_stall": Demand(
            **_named("open_stall"),
            roles=(Role(code="applicant", name=Text(zh="申请人", en="Applicant")),),
            wants=(Want(outcome="badge"), Want(outcome="food_card", when="sells_food")),
        ),
    },
)
"""A card; a permit that stands on the card; a badge that asks for facts, with a photo for who sells food."""


@pytest.fixture(autouse=True)
def _town(hall: SmallHall) -> None:
    hall.performer.catalogue = TOWN
    hall.sessions[AccountRole.EXPERT] = hall.add(AccountRole.REVIEWER, "amr_reviewer", "amr", approver=True)


def person(hall: SmallHall, phone: str = "") -> UUID:
    new = NewPerson("陈小妹", phone=phone or None, no_identifier=NoIdentifier.NOT_AT_HAND)
    subject: UUID = hall.write(hall.clerk, register_person, new).subject
    return subject


def log(hall: SmallHall, demand: str, who: UUID, *answers: Answer) -> UUID:
    form = Form(demand, {"applicant": (who,)}, answers)
    request: UUID = hall.write(hall.clerk, log_request, LogRequest(form, despite_twin=True)).request
    hall.clock.move(minutes=1)
    return request


def view(hall: SmallHall, request: UUID) -> RequestView:
    found: RequestView = hall.read(hall.clerk, see_request, request)
    return found


def task(hall: SmallHall, request: UUID, item: str) -> TaskRow:
    return next(row for row in view(hall, request).tasks if row.item == item)


def reviewer(hall: SmallHall, row: TaskRow) -> Any:
    return hall.reviewer if row.department == "mca" else hall.sessions[AccountRole.EXPERT]


def do(hall: SmallHall, request: UUID, item: str, *acts: ActKind, reason: str = "", **values: object) -> Any:
    done = None
    for act in acts:
        row = task(hall, request, item)
        done = hall.performer.write(reviewer(hall, row), do_act, DoAct(row.id, act, reason, values=values))
        hall.clock.move(minutes=1)
    return done


def issued_card(hall: SmallHall, who: UUID) -> UUID:
    request = log(hall, "get_card", who)
    do(hall, request, "new_card", ActKind.ACCEPT, ActKind.GRANT, ActKind.ISSUE)
    served = DoAct(task(hall, request, "new_card").id, ActKind.SERVE, values={"method": "in_person"})
    hall.write(hall.clerk, do_act, served)
    hall.clock.move(minutes=1)
    return request


def moved(hall: SmallHall, request: UUID) -> list[dict[str, Any]]:
    return [event.data or {} for event in view(hall, request).history if event.kind == MOVED]


def told(hall: SmallHall, session: Any, request: UUID) -> list[str]:
    case = hall.read(session, see_case, request)
    lines = lines_of(case.view.history, case.catalogue, case.zone, in_language("zh"), case.view.facts)
    return [line.sentence for line in lines]


def waiting_for(hall: SmallHall, session: Any) -> list[UUID]:
    return [row.id for row in hall.read(session, see_list, ListQuery(group=Group.WAITS_FOR_ME)).rows]


TAKING_AWAY: Final = {
    ActKind.ANNUL: "复议撤销",
    ActKind.REVOKE_UNLAWFUL: "骗取许可",
    ActKind.WITHDRAW_PERMIT: "规划修改",
    ActKind.REVOKE_PENALTY: "严重违法",
    ActKind.DEREGISTER: "依法终止",
}


@pytest.mark.parametrize("act", [ActKind.ANNUL, ActKind.REVOKE_UNLAWFUL])
def test_a_certificate_taken_away_stops_the_request_that_stands_on_it_and_the_clerk_sees_it(
    hall: SmallHall, act: ActKind
) -> None:
    who = person(hall)
    card = issued_card(hall, who)
    permit = log(hall, "get_permit", who)
    assert [row.item for row in view(hall, permit).tasks] == ["new_permit"]
    do(hall, permit, "new_permit", ActKind.ACCEPT)
    assert permit not in waiting_for(hall, hall.clerk)
    done = do(hall, card, "new_card", act, reason=TAKING_AWAY[act])
    assert {Topic.REQUESTS, Topic.TASKS} <= done.topics
    after = view(hall, permit)
    assert (after.row.status, after.row.next_actor) == ("open", "counter")
    assert (task(hall, permit, "new_permit").state, task(hall, permit, "new_permit").readiness) == (
        "accepted",
        "blocked",
    )
    assert task(hall, permit, "new_card").state == "none", "nobody has applied for another card"
    assert moved(hall, permit) == [{"by": str(card), "act": act.value, "item": "new_card"}]
    assert permit in waiting_for(hall, hall.clerk)
    assert [
        row.request_id for row in hall.read(reviewer(hall, task(hall, permit, "new_permit")), list_work, WorkQuery())
    ] == []


def sign_in_anew(hall: SmallHall, days: int) -> datetime:
    hall.clock.move(days=days)
    for role, login in ((AccountRole.CLERK, "clerk"), (AccountRole.REVIEWER, "reviewer")):
        hall.sessions[role] = hall.sign_in(login)
    hall.sessions[AccountRole.EXPERT] = hall.sign_in("amr_reviewer")
    return hall.clock.now


@pytest.mark.parametrize("taken_away_before", [False, True])
def test_a_late_act_is_judged_by_what_was_on_file_on_its_own_day(hall: SmallHall, *, taken_away_before: bool) -> None:
    who = person(hall)
    card, permit = issued_card(hall, who), log(hall, "get_permit", who)
    moments = [sign_in_anew(hall, 1)]
    do(hall, card, "new_card", ActKind.ANNUL, reason="复议撤销")
    moments.append(sign_in_anew(hall, 1) - timedelta(hours=1))
    sign_in_anew(hall, 1)
    (held,) = hall.read(hall.clerk, inputs_of, permit).held
    assert (held.code, held.ended) == ("card", moments[0].date())
    row = task(hall, permit, "new_permit")
    accept = DoAct(row.id, ActKind.ACCEPT, "当日已办，补录", moments[0] - timedelta(days=1, hours=-1))
    if taken_away_before:
        with pytest.raises(Refused, match="gate_closed"):
            hall.write(reviewer(hall, row), do_act, replace(accept, legal=moments[1]))
    else:
        hall.write(reviewer(hall, row), do_act, accept)
        assert task(hall, permit, "new_permit").state == "accepted"


def test_what_was_taken_away_is_applied_for_again_once_the_applicant_wants_it(hall: SmallHall) -> None:
    who = person(hall)
    card, permit = issued_card(hall, who), log(hall, "get_permit", who)
    do(hall, card, "new_card", ActKind.REVOKE_UNLAWFUL, reason="骗取许可")
    assert task(hall, permit, "new_card").state == "none"
    leaf = Key(Kind.OUTCOME, "card", str(who)).leaf
    hall.write(hall.clerk, choose_way, ChooseWay(permit, leaf, "new_card"))
    assert task(hall, permit, "new_card").state == "submitted"
    assert view(hall, permit).row.next_actor == "department"


def test_a_certificate_taken_away_before_the_request_was_logged_is_simply_applied_for(hall: SmallHall) -> None:
    who = person(hall)
    card = issued_card(hall, who)
    do(hall, card, "new_card", ActKind.REVOKE_UNLAWFUL, reason="骗取许可")
    assert task(hall, log(hall, "get_permit", who), "new_card").state == "submitted"


def test_a_certificate_granted_elsewhere_ends_the_waiting(hall: SmallHall) -> None:
    who = person(hall)
    card, permit = log(hall, "get_card", who), log(hall, "get_permit", who)
    do(hall, permit, "new_card", ActKind.ACCEPT)
    assert task(hall, permit, "new_permit").state == "none"
    do(hall, card, "new_card", ActKind.ACCEPT, ActKind.GRANT)
    assert moved(hall, permit) == []
    do(hall, card, "new_card", ActKind.ISSUE)
    row = task(hall, permit, "new_permit")
    assert row.state == "submitted"
    assert [each.id for each in hall.read(reviewer(hall, row), list_work, WorkQuery())] == [row.id]
    assert task(hall, permit, "new_card").state == "accepted", "what was begun here stays as it was"
    assert moved(hall, permit) == [{"by": str(card), "act": "issue", "item": "new_card"}]
    number = view(hall, card).row.number
    assert f"办件{number}有变动，本件随之更新：mca已出结果：new_card。" in told(hall, hall.clerk, permit)


def test_who_may_not_see_the_other_request_is_not_told_its_number(hall: SmallHall) -> None:
    who = person(hall)
    card = issued_card(hall, who)
    permit = log(hall, "get_permit", who)
    do(hall, card, "new_card", ActKind.REVOKE_PENALTY, reason="严重违法")
    number = view(hall, card).row.number
    lines = told(hall, hall.sessions[AccountRole.EXPERT], permit)
    assert any("另一办件" in line for line in lines)
    assert not any(number in line for line in lines)
    assert any(number in line for line in told(hall, hall.clerk, permit))


def test_a_telephone_told_on_the_persons_page_answers_the_question_of_a_request(hall: SmallHall) -> None:
    who = person(hall)
    badge = log(hall, "get_badge", who, Answer(str(who), "sells_food", False))
    assert view(hall, badge).row.next_actor == "applicant"
    done = hall.performer.write(hall.clerk, change_phone, ChangePhone(who, "13800138000"))
    assert Topic.REQUESTS in done.topics
    after = view(hall, badge)
    assert after.row.next_actor == "department"
    assert after.plan is not None
    assert after.plan.questions == ()
    assert moved(hall, badge) == [{"by": None, "file": "phone"}]
    assert any("当事人档案有变动" in line for line in told(hall, hall.clerk, badge))
    hall.write(hall.clerk, change_phone, ChangePhone(who, ""))
    again = view(hall, badge)
    assert again.plan is not None
    assert [question.key.code for question in again.plan.questions] == ["contact_phone"]


def phone_of(hall: SmallHall, request: UUID, who: UUID) -> object:
    inputs = hall.read(hall.clerk, inputs_of, request)
    return Facts(TOWN, CALENDAR, inputs, hall.clock.now.date()).fact("contact_phone", str(who))


def test_of_a_telephone_told_and_one_put_right_in_the_file_the_later_stands(hall: SmallHall) -> None:
    who = person(hall, "13700137000")
    told_first = (Answer(str(who), "contact_phone", "13800138000"), Answer(str(who), "sells_food", False))
    badge = log(hall, "get_badge", who, *told_first)
    assert phone_of(hall, badge, who) == "13800138000"
    hall.write(hall.clerk, change_phone, ChangePhone(who, "13900139000"))
    fresh = log(hall, "get_badge", who)
    assert [phone_of(hall, one, who) for one in (badge, fresh)] == ["13900139000"] * 2
    assert view(hall, fresh).facts[-1].value == "13900139000", "the page shows what the plan goes by"
    hall.clock.move(minutes=1)
    hall.write(hall.clerk, correct_fact, CorrectFact(fresh, Answer(str(who), "contact_phone", "13600136000")))
    assert [phone_of(hall, one, who) for one in (badge, fresh)] == ["13600136000"] * 2
    hall.clock.move(minutes=1)
    hall.write(hall.clerk, change_phone, ChangePhone(who, "", badge))
    plan = view(hall, badge).plan
    assert plan is not None
    assert [question.key.code for question in plan.questions] == ["contact_phone"], "the number was wrong"


def test_a_fact_corrected_in_one_request_drops_a_task_nobody_started_in_another(hall: SmallHall) -> None:
    who = person(hall, "13800138000")
    stall = log(hall, "open_stall", who, Answer(str(who), "sells_food", True))
    badge = log(hall, "get_badge", who)
    before = task(hall, stall, "new_food_card")
    assert (before.state, before.readiness != "closed") == ("none", True)
    hall.write(hall.clerk, correct_fact, CorrectFact(badge, Answer(str(who), "sells_food", False), "听错了"))
    assert task(hall, stall, "new_food_card").readiness == "closed"
    assert moved(hall, stall) == [{"by": str(badge), "fact": "sells_food"}]
    hall.write(hall.clerk, correct_fact, CorrectFact(badge, Answer(str(who), "sells_food", None)))
    asked = view(hall, stall).plan
    assert asked is not None
    assert "sells_food" in [question.key.code for question in asked.questions]


def test_a_paper_of_the_person_serves_the_other_request_and_its_defect_stops_it(hall: SmallHall) -> None:
    who = person(hall, "13800138000")
    one, other = (log(hall, "get_badge", who, Answer(str(who), "sells_food", True)) for _ in range(2))
    assert view(hall, other).row.next_actor == "applicant"
    hall.write(hall.clerk, receive_papers, ReceivePapers(one, (Handed(str(who), "photo"),)))
    assert view(hall, other).row.next_actor == "department"
    leaf = Key(Kind.MATERIAL, "photo", str(who)).leaf
    do(hall, one, "new_badge", ActKind.SUPPLEMENT, listed=[leaf], defects={leaf: "照片模糊"})
    assert view(hall, other).row.next_actor == "applicant"
    assert [list(line) for line in moved(hall, other)] == [["by", "papers"], ["by", "act", "item"]]


def test_what_leaves_the_other_request_as_it_was_is_no_line_of_its_history(hall: SmallHall) -> None:
    who = person(hall, "13800138000")
    permit = log(hall, "get_permit", who)
    badge = log(hall, "get_badge", who, Answer(str(who), "sells_food", True))
    hall.write(hall.clerk, receive_papers, ReceivePapers(badge, (Handed(str(who), "photo"),)))
    assert moved(hall, permit) == []


@contextmanager
def at_once(requests: int) -> Iterator[None]:
    """Let all that hear of a change, but the first so many, wait for the next look at the day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared_record, "AT_ONCE", requests)
        yield


def tell_phone(hall: SmallHall, who: UUID, phone: str) -> None:
    hall.write(hall.clerk, change_phone, ChangePhone(who, phone))


def look_at_the_day(hall: SmallHall) -> None:
    hall.write(hall.reviewer, begin_day, hall.read(hall.reviewer, requests_of_another_day))


def test_of_very_many_requests_the_rest_is_planned_at_the_next_look_at_the_day(hall: SmallHall) -> None:
    who = person(hall)
    badges = [log(hall, "get_badge", who, Answer(str(who), "sells_food", False)) for _ in range(3)]
    with at_once(1):
        tell_phone(hall, who, "13800138000")
    changed_at = hall.clock.now
    assert [view(hall, one).row.next_actor for one in badges] == ["department", "applicant", "applicant"]
    assert [len(moved(hall, one)) for one in badges] == [1, 0, 0], "nobody knows yet whether it moves the rest"
    waiting = hall.read(hall.reviewer, requests_of_another_day)
    assert sorted(waiting) == badges[1:]
    hall.clock.move(minutes=5)
    hall.write(hall.reviewer, begin_day, waiting)
    assert [view(hall, one).row.next_actor for one in badges] == ["department"] * 3
    assert hall.read(hall.reviewer, requests_of_another_day) == ()
    lines = [event for one in badges for event in view(hall, one).history if event.kind == MOVED]
    assert [(line.data, line.actor_id, line.legal_at) for line in lines] == [
        ({"by": None, "file": "phone"}, hall.clerk.account_id, changed_at)
    ] * 3
    assert [line.recorded_at > line.legal_at for line in lines] == [False, True, True]


def test_a_request_that_was_not_moved_is_planned_later_without_a_line(hall: SmallHall) -> None:
    who = person(hall)
    permit = log(hall, "get_permit", who)
    with at_once(0):
        tell_phone(hall, who, "13800138000")
    look_at_the_day(hall)
    assert hall.read(hall.reviewer, requests_of_another_day) == ()
    assert moved(hall, permit) == []
    tell_phone(hall, who, "13800138001")
    assert moved(hall, permit) == [], "the cause was not kept any longer"


def test_what_a_look_at_the_day_makes_ready_waits_for_the_counter(hall: SmallHall) -> None:
    who = person(hall)
    card, permit = log(hall, "get_card", who), log(hall, "get_permit", who)
    do(hall, card, "new_card", ActKind.ACCEPT, ActKind.GRANT)
    with at_once(0):
        do(hall, card, "new_card", ActKind.ISSUE)
    acts = [event.kind for event in view(hall, permit).history].count("act")
    look_at_the_day(hall)
    after = view(hall, permit)
    assert (task(hall, permit, "new_permit").state, after.row.next_actor) == ("none", "counter")
    assert [event.kind for event in after.history].count("act") == acts
    assert moved(hall, permit) == [{"by": str(card), "act": "issue", "item": "new_card"}]
    listed = [(row.request_id, row.item) for row in hall.read(hall.clerk, list_work, WorkQuery())]
    assert (permit, "new_permit") in listed
    hall.write(hall.clerk, change_phone, ChangePhone(who, "13800138000"))
    assert task(hall, permit, "new_permit").state == "none", "what does not touch it does not pass it on either"
    assert len(moved(hall, permit)) == 1


def test_an_act_in_a_request_first_tells_what_had_moved_it(hall: SmallHall) -> None:
    who = person(hall)
    badge = log(hall, "get_badge", who, Answer(str(who), "sells_food", False))
    with at_once(0):
        for phone in ("13800138000", "13800138001"):
            tell_phone(hall, who, phone)
    do(hall, badge, "new_badge", ActKind.ACCEPT)
    kinds = [event.kind for event in view(hall, badge).history if event.kind in {MOVED, "act"}]
    assert kinds[-3:] == [MOVED, MOVED, "act"]
    look_at_the_day(hall)
    assert len(moved(hall, badge)) == 2


def test_papers_that_come_with_an_act_have_the_others_planned_once(
    hall: SmallHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = person(hall, "13800138000")
    one, other = (log(hall, "get_badge", who, Answer(str(who), "sells_food", True)) for _ in range(2))
    planned: list[UUID] = []

    def counted(context: Context, request: UUID) -> Inputs:
        planned.append(request)
        return inputs_of(context, request)

    monkeypatch.setattr(shared_record, "inputs_of", counted)
    row = task(hall, one, "new_badge")
    act = DoAct(row.id, ActKind.ACCEPT, papers=(Handed(str(who), "photo"),))
    hall.write(hall.sessions[AccountRole.EXPERT], do_act, act)
    assert planned == [other]
    assert moved(hall, other) == [{"by": str(one), "papers": ["photo"]}]


def test_every_request_of_somebody_renamed_is_found_by_both_names(hall: SmallHall) -> None:
    who = person(hall)
    over, under_way = log(hall, "get_badge", who), log(hall, "get_card", who)
    hall.write(hall.clerk, withdraw_request, WithdrawRequest(over, "不办了"))
    hall.write(hall.clerk, rename, Rename(who, "林一心", reason="登记时写错"))
    after = log(hall, "get_permit", who)
    for words in ("陈小妹", "林一心", "linyixin"):
        found = [row.id for row in hall.read(hall.clerk, see_list, ListQuery(words)).rows]
        assert sorted(found) == [over, under_way, after], words


def test_a_request_is_found_by_the_telephone_of_now(hall: SmallHall) -> None:
    who = person(hall, "13800138000")
    badge = log(hall, "get_badge", who)
    hall.write(hall.clerk, change_phone, ChangePhone(who, "13900139000"))
    found = {words: hall.read(hall.clerk, see_list, ListQuery(words)).rows for words in ("13900139000", "13800138000")}
    assert {words: [row.id for row in rows] for words, rows in found.items()} == {
        "13900139000": [badge],
        "13800138000": [],
    }


def test_two_who_act_at_once_in_two_requests_of_one_person_both_get_through(hall: SmallHall) -> None:
    who = person(hall)
    first, second = log(hall, "get_card", who), log(hall, "get_card", who)
    for request in (first, second):
        do(hall, request, "new_card", ActKind.ACCEPT, ActKind.GRANT)
    rows = [task(hall, request, "new_card") for request in (first, second)]
    both, faults = threading.Barrier(2), list[BaseException]()

    def act(row: TaskRow) -> None:
        try:
            for kind in (ActKind.ISSUE, ActKind.REVOKE_UNLAWFUL):
                both.wait(5)
                hall.write(hall.reviewer, do_act, DoAct(row.id, kind, "骗取许可"))
        except BaseException as fault:  # noqa: BLE001  whatever a thread met fails the test
            faults.append(fault)
            both.abort()

    threads = [threading.Thread(target=act, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert faults == []
    assert {task(hall, request, "new_card").state for request in (first, second)} == {"revoked_unlawful"}
