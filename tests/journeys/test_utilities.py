"""水电气网联合报装: a builder gets water, power and the internet, after one survey and leave to dig up the road."""

from desktop.ui.pages.work import WorkPage
from desktop.workflow.procedure.legal_states import ActKind
from tests.journeys.town import Town


def test_a_builder_is_connected_after_one_survey_and_leave_to_dig(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("临洮县洮河置业有限公司", "enterprise")
    desk.need("接水", "utility_connection")
    desk.role("legal_representative", "张建军")
    desk.role("agent", "赵丽")
    desk.mandate("agent", "employee", "whole")
    desk.answer(wants_water=True, wants_power=True, wants_gas=False, wants_telecom=True, wants_broadcasting=False)
    desk.answer(outer_lines_needed=True)
    desk.answer(road_digging_length=120)
    assert desk.asked() == []
    desk.hand_in()
    number = desk.submit()
    assert "代理人：赵丽，单位员工" in desk.letter(number, "收件回执")

    # Leave to dig is promised in five working days from Monday the 2nd: 3–6 and 9 March; it waits for the survey.
    desk = town.desk("housing_construction")
    desk.act(number, "utilities_joint_survey", "accept")
    desk.act(number, "outer_lines_joint_approval", "accept")
    assert "3月9日" in desk.shown()
    assert ActKind.GRANT not in desk.page("work", WorkPage).work.acts.buttons
    desk = town.desk("telecom")
    desk.act(number, "telecom_connection", "grant")

    town.at(3, 4)
    desk = town.desk("housing_construction")
    desk.act(number, "utilities_joint_survey", "grant")
    desk.act(number, "utilities_joint_survey", "issue")
    desk.act(number, "outer_lines_joint_approval", "assign")
    desk.act(number, "outer_lines_joint_approval", "grant")
    desk.act(number, "outer_lines_joint_approval", "issue", number="临住建外线2026-007")

    town.at(3, 5)
    desk = town.desk("water_supply")
    desk.act(number, "water_connection", "grant")
    desk = town.desk("power_supply")
    desk.act(number, "power_connection", "grant")

    town.at(3, 6)
    desk = town.desk("clerk")
    desk.hand_out(number, "赵丽")
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    assert told.count("结果已领取：") == 5
