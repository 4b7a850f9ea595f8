"""个人身后: a son and heir sends a lawyer after his father's death; one certificate opens everything else."""

from datetime import date

from tests.journeys.town import Town


def test_an_heir_settles_everything_through_an_agent(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("张建军")
    desk.need("老人走了", "after_a_death")
    desk.role("deceased", "张德福", number="621124193005050039")
    desk.role("agent", "马志远")
    desk.mandate("agent", "lawyer", "whole", date(2026, 6, 30))
    desk.answer(
        has_death_certificate=False,
        normal_death=True,
        death_date=date(2026, 2, 26),
        cremated=False,
        deceased_pension="employee",
    )
    desk.answer(drew_pension=True, work_injury_record=True, medical_account_balance=False, deceased_housing_fund=True)
    desk.answer(held_driving_licence=False, held_equity=False, small_deposit_left=False)
    desk.answer(will_check_wanted=False, heirs_in_dispute=False)
    assert desk.asked() == []
    papers = desk.shown(desk.log.papers)
    assert papers.count("死亡证明") == 1
    assert "逝者张德福：死亡证明：由部门提供，不用交" in papers
    desk.hand_in()
    number = desk.submit()
    receipt = desk.letter(number, "收件回执")
    assert "张建军（代理人：马志远，律师）" in receipt
    assert receipt.count("死亡证明（张德福）") == 1

    # The certificate first: five working days from Monday, 3–6 and 9 March; it is out the same day.
    desk = town.desk("health")
    desk.act(number, "death_certificate_natural", "accept")
    assert "3月9日" in desk.shown()
    desk.act(number, "death_certificate_natural", "grant")
    desk.act(number, "death_certificate_natural", "issue", number="2026-621124-0107")

    # With it the others begin on Tuesday.
    town.at(3, 3)
    desk = town.desk("public_security")
    desk.act(number, "household_cancellation_death", "grant")
    desk = town.desk("healthcare_security")
    desk.act(number, "medical_insurance_end", "accept")
    assert "3月10日" in desk.shown()
    desk.act(number, "medical_insurance_end", "grant")
    desk.act(number, "medical_insurance_end", "issue")
    # Thirty working days: 18 in March from the 4th, 30 March to 3 April, then 7–10 and 13–15 April.
    desk = town.desk("human_resources")
    desk.act(number, "pension_stop", "grant")
    desk.act(number, "pension_account_claim", "accept")
    assert "4月15日" in desk.shown()
    assert "马志远、律师" in desk.shown()
    desk.act(number, "pension_account_claim", "grant")
    desk.act(number, "pension_account_claim", "issue")
    # Three days by law, three working days as promised: both are Friday the 6th.
    desk = town.desk("housing_fund")
    desk.act(number, "deceased_housing_fund_claim", "accept")
    shown = desk.shown()
    assert "法定最迟\n3月6日" in shown
    assert "承诺期限\n3月6日" in shown
    desk.act(number, "deceased_housing_fund_claim", "grant")
    desk.act(number, "deceased_housing_fund_claim", "issue")

    # On Thursday the lawyer takes everything; each result is signed for by him.
    town.at(3, 5)
    desk = town.desk("clerk")
    assert "已发给马志远：死亡医学证明（推断）书办理（正常死亡）、" in desk.hand_out(number, "马志远")
    assert "收件人\n马志远" in desk.letter(number, "送达回证")
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    assert told.count("结果已领取：") == 6
    assert "马志远、律师、受托办理：全部事宜、有效至6月30日" in told
