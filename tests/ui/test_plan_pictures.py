"""The picture of a plan names things so that no two of them look the same."""

from datetime import date, datetime, timedelta, timezone

from desktop.authoring import load_catalogue
from desktop.ui.plan_pictures import plan_picture
from desktop.ui.widgets.plan_words import state_word
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.inputs import FactValue, Inputs, Key, Kind
from desktop.workflow.procedure.legal_states import Act, ActKind, ActorRole
from desktop.workflow.time.calendars import WorkCalendar
from tests.ui.conftest import SetLook
from tests.workflow.small_town import TODAY, WHO, act, of_item, planned, with_more
from tests.workflow.test_who_acts import CHAIN, LOST

DAY = date(2026, 3, 2)


def labels_of_a_couple(whose: dict[str, str]) -> list[str]:
    catalogue = load_catalogue()
    told = (FactValue("case", "married", value=False), FactValue("case", "cross_border_marriage", value=False))
    roles = {"applicant": ("her",), "bride": ("her",), "groom": ("him",)}
    inputs = Inputs("marry_and_move", roles=roles, facts=told, opened=DAY)
    made = plan(catalogue, WorkCalendar({}, {2026}), inputs, DAY)
    return [node.label for node in plan_picture(made, catalogue, {}, whose).nodes]


def test_two_cards_of_two_people_are_told_apart_by_name(look: SetLook) -> None:
    labels = labels_of_a_couple({"him": "张建军"})
    assert "居民身份证（张建军）" in labels
    assert "居民身份证" in labels  # the applicant's own


def test_what_is_there_once_needs_no_name(look: SetLook) -> None:
    labels = labels_of_a_couple({"him": "张建军", "her": "李秀兰", "case": "某人"})
    assert "近期免冠合影" in labels
    assert not any(label.startswith("结婚登记（") for label in labels)


def test_an_answered_no_is_said_as_no(look: SetLook) -> None:
    catalogue = load_catalogue()
    told = FactValue("case", "married", value=False)
    inputs = Inputs("marry_and_move", roles={"applicant": ("her",), "bride": ("her",)}, facts=(told,), opened=DAY)
    made = plan(catalogue, WorkCalendar({}, {2026}), inputs, DAY)
    answered = {Key(Kind.FACT, "married", "case"): "否"}
    picture = plan_picture(made, catalogue, answered)
    node = next(one for one in picture.nodes + picture.folded if one.id == "fact:married:case")
    assert node.label.endswith("：否")
    assert state_word(node) == "已回答"


def test_an_answered_no_that_leads_nowhere_is_folded_away_and_a_yes_is_not(look: SetLook) -> None:
    catalogue = load_catalogue()
    signs = {value: Key(Kind.FACT, code, "case") for value, code in ((False, "outdoor_sign"), (True, "sells_tobacco"))}
    told = tuple(FactValue("case", key.code, value=value) for value, key in signs.items())
    inputs = Inputs("open_restaurant", roles={"applicant": ("her",)}, facts=told, opened=DAY)
    made = plan(catalogue, WorkCalendar({}, {2026}), inputs, DAY)
    picture = plan_picture(made, catalogue, {signs[False]: "否", signs[True]: "是"})
    assert [node.label for node in picture.folded if node.kind == "question"] == ["设户外招牌：否"]
    assert "零售卷烟：是" in [node.label for node in picture.nodes]


def detail_of(*kinds: ActKind) -> str:
    """The day at the food licence in the picture, after these acts."""
    catalogue, moment = load_catalogue(), datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=8)))
    role = {ActKind.SUBMIT: ActorRole.CLERK}
    acts = tuple(
        Act(
            kind=kind, item="food_licence_new", subject="case", round=1, legal=moment, recorded=moment, by="x",
            role=role.get(kind, ActorRole.REVIEWER), op=str(kind), reason="不符合条件",
        )
        for kind in kinds
    )  # fmt: skip
    inputs = Inputs("open_restaurant", roles={"applicant": ("her",)}, acts=acts, opened=DAY)
    made = plan(catalogue, WorkCalendar({}, {2026}), inputs, DAY)
    picture = plan_picture(made, catalogue)
    return next(node.detail for node in picture.nodes if node.id == "item:food_licence_new:case")


def test_what_is_done_has_no_day_to_keep(look: SetLook) -> None:
    begun = (ActKind.SUBMIT, ActKind.ACCEPT, ActKind.ASSIGN)
    assert detail_of(*begun)
    assert "2026" not in detail_of(*begun), "the year is said when it is another one"
    assert detail_of(*begun, ActKind.GRANT, ActKind.ISSUE) == ""
    assert detail_of(*begun, ActKind.REFUSE) == ""


def test_what_lost_a_result_elsewhere_waits_and_so_does_what_is_only_proposed(look: SetLook) -> None:
    look()
    lost = Inputs(demand="need", roles={"applicant": (WHO,)}, opened=TODAY, lost=(LOST,))
    begun = tuple(act(kind, "i1") for kind in (ActKind.SUBMIT, ActKind.ACCEPT))
    nodes = plan_picture(planned(CHAIN, with_more(lost, acts=begun)), CHAIN).nodes
    states = {node.id: node.state for node in nodes if node.kind == "task"}
    assert states == {of_item("i1").leaf: "waiting", of_item("i2").leaf: "waiting"}


def test_what_an_answer_may_still_call_for_is_not_said_to_be_on_its_way(look: SetLook) -> None:
    catalogue = load_catalogue()

    def states(*told: FactValue) -> set[tuple[str, str]]:
        inputs = Inputs("disability_services", roles={"applicant": ("her",)}, facts=told, opened=DAY)
        made = plan(catalogue, WorkCalendar({}, {2026}), inputs, DAY)
        shown = [node for node in plan_picture(made, catalogue).nodes if node.kind == "outcome"]
        return {(node.label, state_word(node)) for node in shown}

    before = states()
    assert {("换领的残疾人证", "可能要办"), ("残疾人证注销", "可能要办")} <= before
    assert {word for _label, word in before} == {"可能要办"}
    after = states(FactValue("case", "disability_request", value="renew"))
    assert ("换领的残疾人证", "等待中") in after
    assert "残疾人证注销" not in {label for label, _word in after}
