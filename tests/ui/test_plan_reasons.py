"""Why and why not yet, in sentences: every rule and every cause of the engine has its words in both languages."""

from datetime import date

import pytest

from desktop.authoring import load_catalogue
from desktop.ui import plan_reasons
from desktop.ui.condition_words import natural
from desktop.ui.plan_reasons import Explained, condition_words, explain
from desktop.ui.widgets.plan_explained import ExplainedPlan
from desktop.ui.widgets.plan_why import WhyPanel
from desktop.words import LANGUAGES, Language, in_language
from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.explaining.explain import Cause, Rule
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.inputs import FactValue, Inputs
from desktop.workflow.planning.plan import Plan
from desktop.workflow.time.calendars import WorkCalendar
from tests.ui.conftest import Put, SetLook
from tests.ui.page_parts import settle
from tests.usecases.small_case import STALL
from tests.usecases.stalls import stall_catalogue

DAY = date(2026, 3, 2)
CARD, FOOD = "material:health_card:case", "fact:sells_food:case"


def planned(catalogue: Catalogue = STALL, **told: object) -> Plan:
    facts = tuple(FactValue("case", code, value) for code, value in told.items())
    return plan(catalogue, WorkCalendar({}, {2026}), Inputs("open_stall", facts=facts, opened=DAY), DAY)


def told(found: Explained | None) -> dict[str, tuple[str, ...]]:
    assert found is not None
    return {section.title: section.lines for section in found.sections}


def test_a_paper_says_who_asks_for_it_under_which_condition_by_which_law_and_for_what(look: SetLook) -> None:
    found = told(explain(planned(stall_catalogue(basis="县摊区管理办法 第九条"), sells_food=True), CARD))
    first, second, third = found["为什么需要"]
    assert first == "摊位许可在受理前需要：健康证明。这里符合条件：卖食品。依据：县摊区管理办法 第九条。"
    assert second.startswith("办好摊位许可，就能取得：摊位证。")
    assert third == "申请人要办的就是：摊位证（我要摆摊）。"
    assert found["该谁办"] == ("申请人：健康证明",)


def test_a_question_says_what_hangs_on_its_answer(look: SetLook) -> None:
    found = told(explain(planned(), FOOD))
    assert any("摊位许可" in line for line in found["为什么需要"])
    assert found["该谁办"] == ("申请人：卖食品",)


def test_a_task_says_what_is_missing_by_who_must_act(look: SetLook) -> None:
    found = told(explain(planned(sells_food=True), "item:stall:case"))
    assert found["该谁办"] == ("申请人：场地平面图、健康证明",)


def test_what_is_not_asked_says_why_not(look: SetLook) -> None:
    found = told(explain(planned(sells_food=False), CARD))
    assert "为什么需要" not in found
    assert any("条件" in line for line in found["为什么不需要"])
    assert told(explain(planned(sells_food=False), FOOD))["为什么不需要"] == ("已经回答。",)


def test_whose_it_is_is_said_where_it_is_known(look: SetLook) -> None:
    found = explain(planned(sells_food=True), CARD, {"case": "陈桂兰"})
    assert found is not None
    assert found.name == "健康证明（陈桂兰）"


@pytest.mark.parametrize("leaf", ["", "nothing", "material", "material:unheard_of:case", "moon:health_card:case"])
def test_what_the_plan_knows_nothing_of_is_not_explained(look: SetLook, leaf: str) -> None:
    assert explain(planned(), leaf) is None


def test_a_condition_is_said_with_names_and_not_with_codes(look: SetLook) -> None:
    assert "sells_food" not in condition_words("not sells_food", STALL)
    look(language="en")
    assert condition_words("not sells_food", STALL) == "not “Sells food”"
    assert condition_words("this is no ( condition", STALL) == "this is no ( condition"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_and_every_cause_has_its_sentence(language: Language) -> None:
    said = {**plan_reasons._LINKS, Rule.REQUIRES: plan_reasons._ASKS}
    assert said.keys() == set(Rule)
    assert plan_reasons._CAUSES.keys() == set(Cause)
    words = in_language(language)
    for sentence in (*said.values(), *plan_reasons._CAUSES.values(), *plan_reasons._REQUIRES.values()):
        assert (words.gettext(sentence) != sentence) is (language == "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_in_every_plan_of_the_catalogue_can_be_explained(look: SetLook, language: Language) -> None:
    look(language=language)
    catalogue = load_catalogue()
    calendar = WorkCalendar({}, {2026})
    for demand in catalogue.demands.values():
        roles = {role.code: (f"the {role.code}",) for role in demand.roles}
        made = plan(catalogue, calendar, Inputs(demand.code, roles=roles, opened=DAY), DAY)
        keys = {*made.reasons, *made.not_needed, *made.skipped, *(task.key for task in made.tasks)}
        for key in keys:
            found = explain(made, key.leaf)
            assert found is not None
            assert found.sections, key
            assert "{" not in found.text


def test_the_panel_is_heard_whole_and_says_it_again_in_the_other_language(put: Put, look: SetLook) -> None:
    panel = WhyPanel()
    put(panel)
    assert panel.ask(planned(sells_food=True), CARD)
    assert panel.hasFocus()
    assert "摊位许可在受理前需要" in panel.accessibleDescription()
    look(language="en")
    assert "Before acceptance, Stall permit asks for: Health certificate." in panel.accessibleDescription()
    assert not panel.ask(planned(), "nothing")
    assert panel.isHidden()


def test_where_there_is_little_room_the_explanation_takes_half_and_scrolls(put: Put) -> None:
    shown = ExplainedPlan(shares=True)
    shown.setFixedHeight(400)
    put(shown, width=420)
    shown.set_plan(planned(stall_catalogue(basis="县摊区管理办法 第九条"), sells_food=True))
    shown.view.focus_vertex(CARD)
    shown.view.why_requested.emit(CARD)
    settle()
    assert shown.panel.isVisible()
    assert shown.view.height() >= 150
    shown.panel.leave.click()
    settle()
    assert not shown.panel.isVisible()
    assert shown.view.height() > 350


def test_an_explanation_goes_with_its_plan(put: Put) -> None:
    shown = ExplainedPlan()
    put(shown)
    shown.set_plan(planned(sells_food=True))
    shown.ask(CARD)
    assert shown.panel.isVisible()
    shown.set_plan(None)
    assert not shown.panel.isVisible()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('残疾人证业务 = "注销"', "残疾人证业务是“注销”"),
        ('社保卡事项 属于 ["挂失", "启用"]', "社保卡事项是“挂失”、“启用”之一"),
        ("非 提前退休 且 累计缴费年限 ≥ 15", "“提前退休”为否，并且累计缴费年限不少于15"),
        ("逝者.持有公司股权", "逝者持有公司股权"),
    ],
)
def test_a_condition_is_said_in_words_and_not_in_signs(look: SetLook, written: str, said: str) -> None:
    look()
    assert natural(written) == said


def test_a_condition_is_said_in_words_in_english_too(look: SetLook) -> None:
    look(language="en")
    assert natural("not “Early retirement” and “Years” >= 15") == "not “Early retirement” and “Years” is at least 15"
