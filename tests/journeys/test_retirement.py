"""退休: the pension first, then the housing fund is sealed, paid out and closed, and medical insurance changes."""

from desktop.ui.pages.work import WorkPage
from desktop.workflow.procedure.legal_states import ActKind
from tests.journeys.town import Town


def test_a_pension_is_assessed_and_the_fund_and_the_insurance_follow(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("赵国强")
    desk.need("我要退休", "retirement")
    desk.answer(contribution_years=31, early_retirement=False, housing_fund_member=True)
    desk.answer(works_flexibly=True, file_review_needed=True, outside_province_household=False)
    assert "独生子女" not in desk.shown(desk.log.papers), "it is no offer while it is open who is meant"
    desk.answer(only_child_supplement=True)
    assert "独生子女父母光荣证或承诺书" in desk.shown(desk.log.papers)
    desk.answer(only_child_supplement=False)
    assert desk.asked() == []
    assert "独生子女" not in desk.shown(desk.log.papers), "it is offered to nobody who has no such supplement"
    desk.hand_in("id_card", "personnel_file", "savings_card")
    number = desk.submit()

    # On Tuesday the office accepts. Promised in fifteen working days: 4 to 24 March. Twenty by law: to the 31st.
    town.at(3, 3)
    desk = town.desk("human_resources")
    desk.act(number, "normal_retirement", "accept")
    assert "3月24日" in desk.shown()
    assert "3月31日" in desk.shown()
    desk = town.desk("housing_fund")
    desk.act(number, "housing_fund_withdrawal_on_retirement", "accept")
    assert "3月6日" in desk.shown()
    assert "等您办：公积金个人账户封存" in desk.shown()
    assert ActKind.GRANT not in desk.page("work", WorkPage).work.acts.buttons
    desk = town.desk("healthcare_security")
    desk.act(number, "medical_retired_change", "accept")
    assert "3月10日" in desk.shown()

    town.at(3, 5)
    desk = town.desk("human_resources")
    desk.act(number, "normal_retirement", "grant")
    desk.act(number, "normal_retirement", "issue")
    desk = town.desk("housing_fund")
    desk.act(number, "housing_fund_sealing", "grant")
    desk.act(number, "housing_fund_withdrawal_on_retirement", "grant")
    desk.act(number, "housing_fund_withdrawal_on_retirement", "issue")
    desk = town.desk("healthcare_security")
    desk.act(number, "medical_retired_change", "grant")
    desk.act(number, "medical_retired_change", "issue")

    town.at(3, 6)
    desk = town.desk("clerk")
    desk.hand_out(number)
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    assert told.count("结果已领取：") == 4
