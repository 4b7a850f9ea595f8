"""退役军人服务: one visit after the service; the household follows the report, and six things follow the household."""

from datetime import date

from tests.journeys.town import Town


def test_a_veteran_reports_and_everything_follows_in_its_order(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("陈勇")
    desk.need("退役报到", "leave_service")
    desk.answer(settlement_mode="own_employment", has_social_security_card=False, discharge_date=date(2026, 2, 10))
    desk.answer(merit_or_war_disability=False)
    assert desk.asked() == []
    desk.hand_in()
    number = desk.submit()

    desk = town.desk("armed_forces")
    desk.act(number, "reserve_register", "grant")
    desk = town.desk("veterans")
    desk.act(number, "veteran_report", "grant")
    desk = town.desk("public_security")
    desk.act(number, "veteran_household_restore", "grant")

    # On Tuesday the rest is accepted. Twenty working days: 4 to 31 March. Fifteen: to the 24th. Ten: to the 17th.
    town.at(3, 3)
    desk = town.desk("veterans")
    desk.act(number, "veteran_card_application", "accept")
    assert "3月31日" in desk.shown()
    desk.act(number, "own_employment_grant", "accept")
    desk.act(number, "veteran_training_registration", "accept")
    assert "3月10日" in desk.shown()
    desk = town.desk("human_resources")
    desk.act(number, "veteran_pension_transfer", "accept")
    assert "3月24日" in desk.shown()
    desk.act(number, "veteran_social_security_card", "accept")
    assert "3月17日" in desk.shown()
    desk = town.desk("healthcare_security")
    desk.act(number, "veteran_medical_transfer", "accept")
    desk = town.desk("public_security")
    desk.act(number, "identity_card_first_issue", "accept")
    assert "3月31日" in desk.shown()

    town.at(3, 9)
    desk = town.desk("veterans")
    for item in ("veteran_card_application", "own_employment_grant", "veteran_training_registration"):
        desk.act(number, item, "grant")
        desk.act(number, item, "issue")
    desk = town.desk("human_resources")
    for item in ("veteran_pension_transfer", "veteran_social_security_card"):
        desk.act(number, item, "grant")
        desk.act(number, item, "issue")
    desk = town.desk("healthcare_security")
    desk.act(number, "veteran_medical_transfer", "grant")
    desk.act(number, "veteran_medical_transfer", "issue")
    desk = town.desk("public_security")
    desk.act(number, "identity_card_first_issue", "grant")
    desk.act(number, "identity_card_first_issue", "issue")

    town.at(3, 10)
    desk = town.desk("clerk")
    desk.hand_out(number)
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    assert told.count("结果已领取：") == 10
