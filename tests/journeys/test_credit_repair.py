"""信用修复: a company clears a penalty and leaves the list of abnormal operations, and every platform is told."""

from desktop.ui.pages.work import WorkPage
from desktop.workflow.procedure.legal_states import ActKind
from tests.journeys.town import Town


def test_a_company_clears_its_record_and_every_platform_is_told(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("临洮县洮阳建材有限公司", "enterprise")
    desk.need("公司上了异常名录", "repair_credit")
    desk.answer(penalty_duty_done=True, credit_record_kinds="行政处罚信息、经营异常名录")
    desk.answer(credit_fault_grade="ordinary_fault", months_on_display=5)
    assert desk.asked() == []
    assert "用哪种办法？" not in desk.shown()
    desk.hand_in()
    number = desk.submit()

    # Ten working days from Monday the 2nd of March: 3–6, 9–13 and 16. Five: 3–6 and 9.
    desk = town.desk("development_reform")
    desk.act(number, "penalty_credit_repair", "accept")
    assert "3月16日" in desk.shown()
    desk = town.desk("market_supervision")
    desk.act(number, "abnormal_list_exit", "accept")
    assert "3月9日" in desk.shown()

    # One repair alone is not passed on: the other was asked for as well.
    town.at(3, 6)
    desk = town.desk("market_supervision")
    desk.act(number, "abnormal_list_exit", "assign")
    desk.act(number, "abnormal_list_exit", "grant")
    desk.act(number, "abnormal_list_exit", "issue")
    town.at(3, 12)
    desk = town.desk("development_reform")
    desk.act(number, "penalty_credit_repair", "grant")
    assert ActKind.ISSUE in desk.page("work", WorkPage).work.acts.buttons
    desk.act(number, "penalty_credit_repair", "issue")
    desk.act(number, "credit_repair_sync", "grant")

    town.at(3, 13)
    desk = town.desk("clerk")
    desk.hand_out(number, "派来的人")
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    assert told.count("结果已领取：") == 3
    assert "结果已领取：修复结果同步（地方平台、认定单位）。" in told
