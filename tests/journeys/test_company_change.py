"""企业信息变更: an employee sent by the company; midway it turns out that the name changes too."""

from datetime import date

from tests.journeys.town import Town


def test_a_company_changes_its_address_and_midway_its_name(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("临洮县洮阳建材有限公司", "enterprise")
    desk.need("公司搬家", "company_change")
    assert list(desk.log.roles.add_buttons) == ["agent"], "a company has no guardian"
    desk.role("legal_representative", "马建国")
    desk.role("agent", "李晓梅")
    desk.mandate("agent", "employee", "whole", date(2026, 4, 30))
    assert "agent_involved" not in desk.asked()  # an agent is named: that is the answer
    desk.answer(company_type="limited", change_resolved_on=date(2026, 2, 26), changes_name=False)
    desk.answer(changes_representative=False, changes_address=True, changes_scope=False, changes_capital=False)
    desk.answer(crosses_registrar=False, has_insured_staff=True, has_employer_fund_account=False)
    assert desk.asked() == []
    desk.hand_in()
    number = desk.submit()
    receipt = desk.letter(number, "收件回执")
    assert "（代理人：李晓梅，单位员工）" in receipt
    assert "授权委托书" in receipt

    # Accepted on Monday; three working days: 3, 4 and 5 March.
    desk = town.desk("market_supervision")
    desk.act(number, "company_change_registration", "accept")
    assert "3月5日" in desk.shown()

    # On Tuesday the agent says that the name changes too: a new seal joins the plan, nothing done is undone.
    town.at(3, 3)
    desk = town.desk("clerk")
    page = desk.correct(number, "changes_name", True, "股东会决议里名称也改了")
    assert page.facts.buttons["changes_name"].isVisible()
    told = desk.shown(page)
    assert "公章刻制备案\n未开始" in told
    assert "市场主体变更登记\n已受理" in told
    assert "变更名称：是" in told
    assert "原先：否" in told

    desk = town.desk("market_supervision")
    desk.act(number, "company_change_registration", "grant")
    desk.act(number, "company_change_registration", "issue")
    town.at(3, 4)
    desk = town.desk("public_security")
    desk.act(number, "seal_filing", "grant")
    desk = town.desk("tax")
    desk.act(number, "tax_information_change", "grant")
    desk = town.desk("human_resources")
    desk.act(number, "social_insurance_change", "accept")
    assert "3月11日" in desk.shown()  # five working days promised: 5, 6, 9–11 March
    desk.act(number, "social_insurance_change", "grant")
    desk.act(number, "social_insurance_change", "issue")
    desk = town.desk("bank")
    desk.act(number, "basic_account_change", "accept")
    assert "3月25日" in desk.shown()  # fifteen: 5, 6, 9–13, 16–20 and 23–25 March
    desk.act(number, "basic_account_change", "grant")
    desk.act(number, "basic_account_change", "issue")

    town.at(3, 9)
    desk = town.desk("clerk")
    assert "已发给李晓梅：市场主体变更登记、" in desk.hand_out(number, "李晓梅")
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    assert told.count("市监局已受理：市场主体变更登记。") == 1
    assert told.count("结果已领取：") == 5
