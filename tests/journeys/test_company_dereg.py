"""企业注销登记: notice and taxes first, then the registration with its limit extended, then the offices behind it."""

from datetime import date

from desktop.ui.pages.work import WorkPage
from desktop.workflow.procedure.legal_states import ActKind
from tests.journeys.town import Town


def test_a_company_is_closed_office_by_office_with_an_extension(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("临洮县旧城贸易有限公司", "enterprise")
    desk.need("注销公司", "company_deregistration")
    desk.answer(sole_trader=False, court_wound_up=False, simple_deregistration=True, irregular_standing=False)
    desk.answer(has_branches=False, tax_on_the_spot=True, customs_filer=False, has_social_registration=True)
    desk.answer(notice_ended_on=date(2026, 2, 25), social_dues_settled=True)
    assert desk.asked() == []
    desk.hand_in()
    number = desk.submit()

    # On Tuesday the registration is accepted; what waits for others cannot be decided. By law three days: to Friday.
    town.at(3, 3)
    desk = town.desk("market_supervision")
    desk.act(number, "company_deregistration_registration", "accept")
    assert "3月6日" in desk.shown()
    assert "清税文书：等税务局" in desk.shown()
    assert ActKind.GRANT not in desk.page("work", WorkPage).work.acts.buttons
    desk.act(number, "deregistration_notice", "accept")
    desk.act(number, "deregistration_notice", "grant")
    desk.act(number, "deregistration_notice", "issue")

    # On Friday the chief of the department extends by three working days: 9, 10 and 11 March.
    town.at(3, 6)
    desk = town.desk("market_supervision")
    desk.act(number, "company_deregistration_registration", "extend", "股东之间的清偿协议需要核实，情况复杂。")
    assert "3月11日" in desk.shown()
    letter = desk.letter(number, "延期告知书")
    assert "股东之间的清偿协议需要核实" in letter
    assert "2026年3月11日" in letter

    town.at(3, 9)
    desk = town.desk("tax")
    desk.act(number, "tax_clearing", "accept")
    desk.act(number, "tax_clearing", "grant")
    desk.act(number, "tax_clearing", "issue")
    town.at(3, 10)
    desk = town.desk("market_supervision")
    desk.act(number, "company_deregistration_registration", "grant")
    desk.act(number, "company_deregistration_registration", "issue")
    desk = town.desk("human_resources")
    desk.act(number, "social_insurance_deregistration", "grant")
    desk = town.desk("bank")
    desk.act(number, "account_closing_booking", "grant")
    desk = town.desk("public_security")
    desk.act(number, "seal_cancelling", "grant")

    town.at(3, 11)
    desk = town.desk("clerk")
    said = desk.hand_out(number, "派来的人")
    assert "企业注销登记" in said
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    for item in ("税务注销（清税）", "企业注销登记", "注销社会保险登记", "银行账户注销预约", "企业印章注销"):
        assert f"结果已领取：{item}" in told
