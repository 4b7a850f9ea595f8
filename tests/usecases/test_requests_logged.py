"""Logging a request: who takes part and in what capacity, papers that may follow, and what is finished at once."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from db.models.hall import Hall
from db.models.paper import Paper
from db.models.request import Request, RequestRole
from db.open import Database
from desktop.letters.text import Bilingual
from desktop.usecases.hall.halls import CounterForm, save_counter
from desktop.usecases.letters.letter_contents import about_of, naming_in
from desktop.usecases.letters.letters import list_letters
from desktop.usecases.people.people import NewEnterprise, NewPerson, NoIdentifier, register_enterprise, register_person
from desktop.usecases.perform import Performer
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.at_once import SETTING
from desktop.usecases.requests.case import inputs_of
from desktop.usecases.requests.requests import (
    Answer,
    CorrectFact,
    Form,
    Handed,
    ListQuery,
    Logged,
    LogRequest,
    Mandate,
    ReceivePapers,
    correct_fact,
    list_page,
    log_request,
    look,
    receive_papers,
    see_request,
)
from desktop.usecases.requests.timeline import see_case
from desktop.usecases.work.hand_out import hand_over_now
from desktop.usecases.work.promises import promised_papers
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.catalogue.definitions import (
    CASE,
    Catalogue,
    Demand,
    Fact,
    Item,
    Material,
    Outcome,
    Role,
    Text,
    Want,
)
from desktop.workflow.catalogue.requirements import All, Deferral, LeafKind, Need, Phase
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.planning.plan import PaperLine
from desktop.workflow.procedure.legal_states import ActKind, LegalState
from desktop.workflow.procedure.procedures import ItemKind
from desktop.workflow.time.limits import Limit
from tests.usecases.conftest import CALENDAR, CATALOGUE, Clock, SmallHall

FIRST = date(2026, 3, 2)


def _text(zh: str) -> Text:
    return Text(zh=zh, en=zh)


def _item(code: str, outcome: str, papers: tuple[str, ...], **more: Any) -> Item:
    return Item(
        code=code,
        name=_text(code),
        provides=(outcome,),
        requires={Phase.ACCEPT: All(parts=tuple(Need(kind=LeafKind.MATERIAL, code=paper) for paper in papers))},
        **{"department": "mca", "about": "case", "procedure": "public_service", **more},
    )


OFFERED = Catalogue(
    version="logged",
    departments=CATALOGUE.departments,
    facts={
        "anonymous_report": Fact(code="anonymous_report", name=_text("匿名举报"), type=FactType.BOOL, about=CASE),
        "birth_date": Fact(code="birth_date", name=_text("出生日期"), type=FactType.DATE),
    },
    materials={
        "form": Material(code="form", name=_text("申请表"), about=CASE, forms=("form",), origin="hall"),
        "proof": Material(
            code="proof",
            name=_text("住址证明"),
            about=CASE,
            forms=("original", "copy"),
            deferrable=Deferral(limit=Limit.parse("5 workdays")),
        ),
        "photo": Material(code="photo", name=_text("照片"), about=CASE, forms=("photo",)),
    },
    outcomes={
        code: Outcome(code=code, name=_text(code), about=CASE) for code in ("card", "licence", "register", "answer")
    },
    items={
        "card_made": _item("card_made", "card", ("form",), kind=ItemKind.INSTANT, promised=Limit.parse("1 workdays")),
        "licence_new": _item("licence_new", "licence", ("proof",), promised=Limit.parse("10 workdays")),
        "entered": _item("entered", "register", ("photo",), department="amr", kind=ItemKind.INSTANT),
        "answered": _item("answered", "answer", (), procedure="enquiry"),
    },
    demands={
        "get_card": Demand(
            code="get_card",
            name=_text("办卡"),
            roles=(
                Role(code="applicant", name=_text("申请人")),
                Role(code="guardian", name=_text("监护人"), optional=True),
            ),
            wants=(Want(outcome="card"),),
        ),
        "move_house": Demand(
            code="move_house", name=_text("迁居"), wants=(Want(outcome="licence"), Want(outcome="register"))
        ),
        "newborn": Demand(
            code="newborn",
            name=_text("出生"),
            roles=(
                Role(code="applicant", name=_text("申请人")),
                Role(code="child", name=_text("孩子")),
                Role(code="father", name=_text("父亲"), optional=True),
                Role(code="heir", name=_text("继承人"), set_of="heirs"),
            ),
            wants=(Want(outcome="card"),),
        ),
        "report": Demand(code="report", name=_text("举报"), wants=(Want(outcome="answer"),)),
        "complain": Demand(
            code="complain",
            name=_text("投诉"),
            roles=(Role(code="applicant", name=_text("投诉人")),),
            wants=(Want(outcome="answer"),),
        ),
        "get_licence": Demand(
            code="get_licence",
            name=_text("领证"),
            roles=(Role(code="applicant", name=_text("申请人")),),
            wants=(Want(outcome="licence"),),
        ),
    },
)


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, OFFERED, CALENDAR, clock)


def person(hall: SmallHall, name: str, birth: date | None = None) -> UUID:
    new = NewPerson(name, birth=birth, no_identifier=NoIdentifier.NOT_AT_HAND)
    found: UUID = hall.write(hall.clerk, register_person, new).subject
    return found


def log(hall: SmallHall, form: Form, **more: Any) -> Logged:
    logged = hall.write(hall.clerk, log_request, LogRequest(form, **more))
    assert isinstance(logged, Logged)
    return logged


def refusal(hall: SmallHall, form: Form, **more: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        log(hall, form, **more)
    return refused.value


def rows(hall: SmallHall, model: Any, *columns: str) -> list[tuple[Any, ...]]:
    with hall.performer.database.read() as connection:
        found = connection.execute(select(*(getattr(model, column) for column in columns)).order_by(model.id))
        return [tuple(row) for row in found]


# --- who takes part ---


def test_a_role_that_has_to_be_filled_is_asked_for(hall: SmallHall) -> None:
    found = refusal(hall, Form("newborn", unnamed=("heir",)))
    assert (found.code, found.values["which"]) == ("role_empty", "child")


def test_a_child_without_a_name_yet_gets_a_file_that_has_none(hall: SmallHall) -> None:
    logged = log(hall, Form("newborn", {"applicant": (person(hall, "王秀英"),)}, unnamed=("child", "heir")))
    seen = hall.read(hall.clerk, see_request, logged.request)
    assert [(role.role, role.name) for role in seen.roles] == [("applicant", "王秀英"), ("child", "")]


def test_a_letter_calls_whom_nobody_has_named_by_the_role(hall: SmallHall) -> None:
    logged = log(hall, Form("newborn", {"applicant": (person(hall, "王秀英"),)}, unnamed=("child", "heir")))
    (child,) = (role.subject_id for role in hall.read(hall.clerk, see_request, logged.request).roles if not role.name)
    naming = hall.read(hall.clerk, naming_in, hall.read(hall.clerk, about_of, logged.request))
    assert naming.belonging(Bilingual(zh="照片"), str(child)).zh == "照片（孩子）"


def test_one_person_stands_in_two_roles_and_a_set_holds_several(hall: SmallHall) -> None:
    mother, heir, child = person(hall, "王秀英"), person(hall, "王小明"), person(hall, "王小红")
    form = Form("newborn", {"applicant": (mother,), "child": (child,), "heir": (mother, heir, mother)})
    seen = hall.read(hall.clerk, see_request, log(hall, form).request)
    assert [(role.role, role.name) for role in seen.roles] == [
        ("applicant", "王秀英"),
        ("child", "王小红"),
        ("heir", "王秀英"),
        ("heir", "王小明"),
    ]


def test_an_enterprise_is_no_child(hall: SmallHall) -> None:
    firm = hall.write(
        hall.clerk, register_enterprise, NewEnterprise("洮阳餐饮有限公司", no_identifier=NoIdentifier.NOT_AT_HAND)
    )
    found = refusal(hall, Form("newborn", {"child": (firm.subject,)}, unnamed=("heir",)))
    assert (found.code, found.values["name"]) == ("role_of_another_kind", "洮阳餐饮有限公司")


def test_a_role_the_demand_does_not_name_is_refused(hall: SmallHall) -> None:
    assert refusal(hall, Form("get_card", {"witness": (person(hall, "王秀英"),)})).code == "role_unknown"


def test_an_agent_is_kept_with_capacity_scope_and_end(hall: SmallHall) -> None:
    mandate = Mandate("relative", "hand_in", FIRST + timedelta(days=30))
    roles = {"applicant": (person(hall, "王秀英"),), "agent": (person(hall, "王小明"),)}
    log(hall, Form("get_card", roles, mandates={"agent": mandate}))
    kept = rows(hall, RequestRole, "role", "capacity", "scope", "until")
    assert kept == [("applicant", None, None, None), ("agent", "relative", "hand_in", FIRST + timedelta(days=30))]


@pytest.mark.parametrize(
    ("mandate", "code"),
    [
        (Mandate("relative", "whole", FIRST - timedelta(days=1)), "mandate_ended"),
        (Mandate("relative"), "mandate_without_scope"),
    ],
)
def test_an_agent_needs_an_authority_that_holds(hall: SmallHall, mandate: Mandate, code: str) -> None:
    roles = {"applicant": (person(hall, "王秀英"),), "agent": (person(hall, "王小明"),)}
    assert refusal(hall, Form("get_card", roles, mandates={"agent": mandate})).code == code


def test_an_authority_that_ends_today_still_holds(hall: SmallHall) -> None:
    roles = {"applicant": (person(hall, "王秀英"),), "agent": (person(hall, "王小明"),)}
    assert log(hall, Form("get_card", roles, mandates={"agent": Mandate(scope="whole", until=FIRST)})).number


def test_nobody_is_the_own_agent(hall: SmallHall) -> None:
    one = person(hall, "王秀英")
    form = Form("get_card", {"applicant": (one,), "agent": (one,)}, mandates={"agent": Mandate(scope="whole")})
    assert refusal(hall, form).code == "mandate_by_oneself"


@pytest.mark.parametrize("demand", ["get_card", "get_licence"])
def test_nobody_under_eighteen_asks_without_a_guardian(hall: SmallHall, demand: str) -> None:
    form = Form(demand, {"applicant": (person(hall, "王小明", date(2008, 3, 3)),)})
    assert hall.read(hall.clerk, look, form).guardian_advised
    found = refusal(hall, form)
    assert (found.code, found.values["age"], found.values["may_act_alone"]) == ("guardian_needed", 17, True)


def test_a_person_of_eighteen_asks_alone(hall: SmallHall) -> None:
    form = Form("get_licence", {"applicant": (person(hall, "王小明", date(2008, 3, 2)),)})
    assert not hall.read(hall.clerk, look, form).guardian_advised
    assert log(hall, form).number


def test_a_minor_acts_alone_for_a_reason_which_the_record_keeps(hall: SmallHall) -> None:
    form = Form("get_licence", {"applicant": (person(hall, "王小明", date(2010, 3, 1)),)})
    logged = log(hall, form, why_alone="满16周岁，自己打工")
    (event,) = [
        one for one in hall.read(hall.clerk, see_request, logged.request).history if one.kind == "request_logged"
    ]
    assert (event.data or {})["reason"] == "满16周岁，自己打工"


def test_no_reason_lets_a_child_of_seven_act_alone(hall: SmallHall) -> None:
    form = Form("get_licence", {"applicant": (person(hall, "王小明", date(2018, 3, 3)),)})
    found = refusal(hall, form, why_alone="自己来的")
    assert (found.code, found.values["age"], found.values["may_act_alone"]) == ("guardian_needed", 7, False)


def with_guardian(hall: SmallHall, guardians_birth: date | None) -> Form:
    child, guardian = person(hall, "王小明", date(2018, 3, 3)), person(hall, "王大明", guardians_birth)
    return Form("get_licence", {"applicant": (child,), "guardian": (guardian,)})


@pytest.mark.parametrize(("birth", "age"), [(date(2008, 3, 3), 17), (date(2015, 1, 1), 11)])
def test_a_minor_is_no_guardian(hall: SmallHall, birth: date, age: int) -> None:
    found = refusal(hall, with_guardian(hall, birth))
    assert (found.code, found.values["age"]) == ("guardian_is_minor", age)


def test_a_minor_is_no_agent(hall: SmallHall) -> None:
    roles = {"applicant": (person(hall, "王秀英"),), "agent": (person(hall, "王小明", date(2017, 1, 1)),)}
    found = refusal(hall, Form("get_licence", roles, mandates={"agent": Mandate(scope="whole")}))
    assert (found.code, found.values["age"], found.values["which"]) == ("agent_is_minor", 9, "agent")
    assert refusal_words(found) == "王小明今年9岁，不能做代办人。请另找一位成年的代办人。"


@pytest.mark.parametrize("birth", [date(2008, 3, 2), None])
def test_who_is_of_age_or_whose_age_nobody_knows_may_be_guardian(hall: SmallHall, birth: date | None) -> None:
    assert log(hall, with_guardian(hall, birth)).number


def test_at_seventeen_one_who_lives_on_own_work_may_be_guardian_at_ten_nobody(hall: SmallHall) -> None:
    assert log(hall, with_guardian(hall, date(2009, 1, 1)), why_alone="监护人满16周岁，以自己的劳动收入生活").number
    assert refusal(hall, with_guardian(hall, date(2016, 1, 1)), why_alone="自己来的").code == "guardian_is_minor"


@pytest.mark.parametrize(
    ("birth", "code"), [(date(2030, 1, 1), "birth_future"), (date(1775, 1, 1), "birth_implausible")]
)
def test_a_day_nobody_can_be_born_on_is_refused_at_logging_and_at_correcting(
    hall: SmallHall, birth: date, code: str
) -> None:
    one = person(hall, "王秀英")
    told = Answer(str(one), "birth_date", birth)
    assert refusal(hall, Form("get_licence", {"applicant": (one,)}, (told,))).code == code
    logged = log(hall, Form("get_licence", {"applicant": (one,)}))
    with pytest.raises(Refused, match=code):
        hall.write(hall.clerk, correct_fact, CorrectFact(logged.request, told))


def test_a_correction_that_makes_the_applicant_a_minor_advises_a_guardian(hall: SmallHall) -> None:
    one = person(hall, "王秀英")
    logged = log(hall, Form("get_licence", {"applicant": (one,)}))
    assert not hall.read(hall.clerk, see_case, logged.request).guardian_missing
    hall.write(hall.clerk, correct_fact, CorrectFact(logged.request, Answer(str(one), "birth_date", date(2016, 1, 1))))
    assert hall.read(hall.clerk, see_case, logged.request).guardian_missing


def test_a_minor_who_acts_alone_for_a_reason_is_not_advised_again(hall: SmallHall) -> None:
    form = Form("get_licence", {"applicant": (person(hall, "王小明", date(2010, 3, 1)),)})
    logged = log(hall, form, why_alone="满16周岁，自己打工")
    assert not hall.read(hall.clerk, see_case, logged.request).guardian_missing


def test_a_child_may_complain_without_a_guardian(hall: SmallHall) -> None:
    form = Form("complain", {"applicant": (person(hall, "王小明", date(2015, 3, 3)),)})
    assert not hall.read(hall.clerk, look, form).guardian_advised
    assert log(hall, form).number


def test_a_child_with_a_guardian_may_ask(hall: SmallHall) -> None:
    child, mother = person(hall, "王小明", date(2015, 1, 1)), person(hall, "王秀英")
    form = Form("get_card", {"applicant": (child,), "guardian": (mother,)}, mandates={"guardian": Mandate("parent")})
    assert not hall.read(hall.clerk, look, form).guardian_advised
    assert log(hall, form).number


# --- papers that may follow ---


def test_a_paper_may_follow_until_a_day_within_its_limit(hall: SmallHall) -> None:
    seen = hall.read(hall.clerk, look, Form("move_house"))
    assert {key.code: day for key, day in seen.last_days.items()} == {"proof": date(2026, 3, 9)}


def test_a_promise_is_kept_with_the_paper_and_does_not_count_as_the_paper(hall: SmallHall) -> None:
    day = date(2026, 3, 6)
    logged = log(hall, Form("move_house", papers=(Handed(CASE, "proof", "copy", day),)))
    assert rows(hall, Paper, "code", "state", "promise_due", "received_at") == [("proof", "owing", day, None)]
    (paper,) = [paper for paper in logged.plan.papers if paper.key.code == "proof"]
    assert paper.line is PaperLine.NEEDED


def test_a_promise_is_offered_to_the_department_whose_act_opens_it(hall: SmallHall) -> None:
    day = date(2026, 3, 6)
    request = log(hall, Form("move_house", papers=(Handed(CASE, "proof", "original", day),))).request
    promised = hall.read(hall.clerk, promised_papers, request)
    assert promised == {"material:proof:case": day}
    (task,) = [t for t in hall.read(hall.clerk, see_request, request).tasks if t.item == "licence_new"]
    hall.clock.move(minutes=5)
    hall.write(hall.reviewer, do_act, DoAct(task.id, ActKind.PROMISE, values={"deferred": dict(promised)}))
    hall.clock.move(minutes=5)
    plan = hall.write(hall.reviewer, do_act, DoAct(task.id, ActKind.ACCEPT))
    (accepted,) = [t for t in plan.tasks if t.item.code == "licence_new"]
    assert accepted.state.state is LegalState.ACCEPTED
    hall.write(hall.clerk, receive_papers, ReceivePapers(request, (Handed(CASE, "proof"),)))
    assert hall.read(hall.clerk, promised_papers, request) == {}


@pytest.mark.parametrize(
    ("code", "day", "refused"),
    [
        ("photo", date(2026, 3, 6), "paper_may_not_follow"),
        ("proof", date(2026, 3, 1), "promise_past"),
        ("proof", date(2026, 3, 10), "promise_too_late"),
    ],
)
def test_a_promise_nobody_could_agree_to_is_refused(hall: SmallHall, code: str, day: date, refused: str) -> None:
    assert refusal(hall, Form("move_house", papers=(Handed(CASE, code, promise_due=day),))).code == refused


# --- at once ---

CARD = Form("get_card", papers=(Handed(CASE, "form", "form"),))


def test_an_instant_item_is_finished_in_the_act_that_logs_it(hall: SmallHall) -> None:
    assert [key.code for key in hall.read(hall.clerk, look, CARD).at_once] == ["card_made"]
    logged = log(hall, CARD, at_once=True)
    assert [(result.item.code, result.number) for result in logged.results] == [("card_made", "办结-20260302-0001")]
    assert [task.state.state for task in logged.plan.tasks] == [LegalState.ISSUED]
    kinds = [line.kind for line in hall.read(hall.clerk, list_letters, logged.request)]
    assert sorted(kinds) == ["grant", "receipt"]


def test_the_result_handed_over_ends_the_request(hall: SmallHall) -> None:
    logged = log(hall, CARD, at_once=True)
    hall.clock.move(minutes=1)
    handed = hall.write(hall.clerk, hand_over_now, logged.request)
    assert [item.en for item in handed.items] == [task.item.name.en for task in logged.plan.tasks]
    assert hall.read(hall.clerk, see_request, logged.request).row.status == "done"
    assert hall.write(hall.clerk, hand_over_now, logged.request) is None


def test_what_lacks_a_paper_is_not_finished_and_nothing_is_kept(hall: SmallHall) -> None:
    assert hall.read(hall.clerk, look, Form("get_card")).at_once == ()
    assert refusal(hall, Form("get_card"), at_once=True).code == "not_at_once"
    assert hall.read(hall.clerk, list_page, ListQuery()) == ()


def test_nothing_is_finished_while_another_part_of_the_matter_lacks_a_paper(hall: SmallHall) -> None:
    photo = Form("move_house", papers=(Handed(CASE, "photo", "photo"),))
    assert hall.read(hall.clerk, look, photo).at_once == ()
    assert refusal(hall, photo, at_once=True).code == "not_at_once"


def test_only_the_instant_part_of_a_matter_is_finished(hall: SmallHall) -> None:
    papers = (Handed(CASE, "proof"), Handed(CASE, "photo", "photo"))
    logged = log(hall, Form("move_house", papers=papers), at_once=True)
    assert {task.item.code: task.state.state for task in logged.plan.tasks} == {
        "licence_new": LegalState.SUBMITTED,
        "entered": LegalState.ISSUED,
    }


@pytest.mark.parametrize(("rule", "finished"), [(True, True), (False, False), (["mca"], True), (["amr"], False)])
def test_the_hall_says_whether_its_counters_finish_items(hall: SmallHall, rule: object, finished: bool) -> None:  # noqa: FBT001  parametrized
    with hall.performer.database.write() as connection:
        settings = connection.scalar(select(Hall.settings)) or {}
        connection.execute(Hall.__table__.update().values(settings={**settings, SETTING: rule}))  # type: ignore[attr-defined]
    assert bool(hall.read(hall.clerk, look, CARD).at_once) is finished


def test_a_counter_of_one_department_finishes_that_departments_items_only(hall: SmallHall) -> None:
    hall.write(hall.administrator, save_counter, CounterForm("B01", "市场监管窗口", "amr"))
    clerk = hall.sign_in("clerk", counter="B01")
    assert hall.read(clerk, look, CARD).at_once == ()
    photo = Form("move_house", papers=(Handed(CASE, "proof"), Handed(CASE, "photo", "photo")))
    assert [key.code for key in hall.read(clerk, look, photo).at_once] == ["entered"]


# --- plain words, visits ---


def test_a_plain_word_is_kept_as_its_kind(hall: SmallHall) -> None:
    log(hall, Form("report"))
    assert rows(hall, Request, "kind") == [("report",)]


def test_an_anonymous_report_keeps_no_name(hall: SmallHall) -> None:
    answers = (Answer(CASE, "anonymous_report", True),)
    form = Form("report", {"agent": (person(hall, "王秀英"),)}, answers, mandates={"agent": Mandate(scope="whole")})
    assert refusal(hall, form).code == "named_though_anonymous"
    assert log(hall, Form("report", answers=answers)).number


def test_several_matters_of_one_visit_are_joined(hall: SmallHall) -> None:
    first = log(hall, CARD)
    second = log(hall, Form("move_house"), visit=first.visit)
    other = log(hall, Form("report"))
    assert second.visit == first.visit != other.visit
    assert [visit for (visit,) in rows(hall, Request, "visit_id")] == [first.visit, first.visit, other.visit]


def test_a_fact_the_catalogue_does_not_have_is_refused_while_looking(hall: SmallHall) -> None:
    with pytest.raises(Refused, match="fact_unknown"):
        hall.read(hall.clerk, look, Form("report", answers=(Answer(CASE, "colour", "red"),)))


def test_the_engine_knows_who_takes_part(hall: SmallHall) -> None:
    child = person(hall, "王小红")
    logged = log(hall, Form("newborn", {"child": (child,)}, unnamed=("heir",)))

    def roles(context: Any, request: UUID) -> Any:
        return inputs_of(context, request).roles

    assert hall.read(hall.clerk, roles, logged.request)["child"] == (str(child),)
