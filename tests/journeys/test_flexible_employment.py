"""灵活就业参保: somebody who left a job insures herself; another changes his mind midway."""

from desktop.ui.pages.work import WorkPage
from desktop.workflow.procedure.legal_states import ActKind
from tests.journeys.desk import Desk
from tests.journeys.town import Town


def logged(desk: Desk, name: str, *, subsidy: bool) -> str:
    """Log the insurance of somebody who left an employer and whose file is to be moved."""
    desk.who(name)
    desk.need("自己交社保", "flexible_employment_insurance")
    desk.answer(medical_scheme="employee", has_social_security_card=True, personnel_file_transfer=True)
    desk.answer(hard_to_employ=subsidy, left_employer=True, group_file_account=False)
    assert desk.asked() == []
    desk.hand_in("labour_contract")
    desk.hand_in()
    return desk.submit()


def test_somebody_who_left_a_job_insures_herself_and_gets_the_subsidy(town: Town) -> None:
    desk = town.desk("clerk")
    number = logged(desk, "刘小梅", subsidy=True)

    # Twenty working days from Monday the 2nd: 3–6, 9–13, 16–20, 23–27 and 30 March; fifteen end on the 23rd.
    desk = town.desk("human_resources")
    desk.act(number, "flexible_insurance_subsidy", "accept")
    assert "3月30日" in desk.shown()
    assert ActKind.GRANT not in desk.page("work", WorkPage).work.acts.buttons
    desk.act(number, "flexible_employment_registering", "grant")
    desk.act(number, "flexible_employee_pension", "grant")
    desk.act(number, "personnel_file_moving", "accept")
    assert "3月23日" in desk.shown()
    desk = town.desk("healthcare_security")
    desk.act(number, "flexible_employee_medical", "grant")

    town.at(3, 12)
    desk = town.desk("human_resources")
    desk.act(number, "personnel_file_moving", "grant")
    desk.act(number, "personnel_file_moving", "issue")
    desk.act(number, "flexible_insurance_subsidy", "assign")
    desk.act(number, "flexible_insurance_subsidy", "grant")
    desk.act(number, "flexible_insurance_subsidy", "issue")

    town.at(3, 13)
    desk = town.desk("clerk")
    desk.hand_out(number)
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    assert told.count("结果已领取：") == 5


def test_somebody_who_finds_a_job_midway_withdraws_and_keeps_what_was_done(town: Town) -> None:
    desk = town.desk("clerk")
    number = logged(desk, "王强", subsidy=False)
    desk = town.desk("human_resources")
    desk.act(number, "flexible_employment_registering", "grant")
    desk.act(number, "personnel_file_moving", "accept")

    town.at(3, 4)
    desk = town.desk("clerk")
    page = desk.withdraw(number, "找到工作，由单位参保。")
    assert "已撤回" in desk.shown(page)
    letter = desk.letter(number, "撤回")
    assert "该申请自2026年3月4日起撤回，不再办理。" in letter
    assert "灵活就业登记" in desk.hand_out(number)
    told = desk.shown(desk.open_request(number))
    assert "已撤回" in told
    assert "申请人撤回了整件申请。" in told
    assert "结果已领取：灵活就业登记。" in told
