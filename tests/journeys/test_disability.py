"""残疾人服务: a brother comes as agent; the assessment follows as promised, and medical insurance is taken along."""

from datetime import date

from tests.journeys.town import Town


def test_an_agent_applies_the_assessment_follows_and_an_offer_is_taken(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("马桂花")
    desk.need("办残疾证", "disability_services")
    desk.role("agent", "马建国")
    desk.mandate("agent", "relative", "whole", date(2026, 12, 31))
    desk.answer(disability_request="new", birth_date=date(1975, 5, 6), disability_kind="physical")
    desk.answer(minimum_living_allowance=True, other_care_support=False, wants_employment_service=False)
    desk.answer(homebound=True)
    offers = {box.text(): box for box in desk.log.choices.boxes.values()}
    assert list(offers) == ["城乡居民养老保险参保登记", "城乡居民医保参保登记"]
    desk.click(offers["城乡居民医保参保登记"])
    assert desk.asked() == ["disability_level"], "it is not known before the assessment"
    desk.hand_in("id_card", "household_register", "disability_photos", "living_allowance_proof", "subsidy_account")
    desk.owe("disability_assessment", date(2026, 3, 20))
    number = desk.submit()
    receipt = desk.letter(number, "收件回执")
    assert "马桂花（代理人：马建国，亲属）" in receipt
    assert "城乡居民参保登记（残疾人）" in receipt
    assert "养老保险" not in receipt, "nobody asked for it"

    # On Tuesday the federation lets the assessment follow and accepts. Twenty-two working days:
    # 20 to 31 March from the 4th, then 1 and 2 April.
    town.at(3, 3)
    desk = town.desk("disabled_federation")
    desk.act(number, "disability_certificate_new", "promise", day=date(2026, 3, 20))
    desk.act(number, "disability_certificate_new", "accept")
    assert "4月2日" in desk.shown()
    assert "3月20日" in desk.shown()

    town.at(3, 18)
    desk = town.desk("disabled_federation")
    desk.act(number, "disability_certificate_new", "keep_promise")
    desk.act(number, "disability_certificate_new", "grant")
    desk.act(number, "disability_certificate_new", "issue", number="62242319750506002X43")
    desk = town.desk("clerk")
    desk.correct(number, "disability_level", 3, "残疾评定表")

    # The others begin now. Fifteen working days from Thursday the 19th: 8 in March, 1–3 and 7–10 April.
    town.at(3, 19)
    desk = town.desk("civil_affairs")
    desk.act(number, "disability_living_subsidy_claim", "accept")
    assert "4月10日" in desk.shown()
    desk.act(number, "disability_living_subsidy_claim", "grant")
    desk.act(number, "disability_living_subsidy_claim", "issue")
    desk = town.desk("healthcare_security")
    desk.act(number, "resident_medical_insurance_disability", "grant")

    town.at(3, 20)
    desk = town.desk("clerk")
    said = desk.hand_out(number, "马建国")
    assert "残疾人证新办" in said
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    assert told.count("结果已领取：") == 3


def test_the_count_stops_while_the_hospital_assesses_and_goes_on_afterwards(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("马桂花")
    desk.need("残疾等级变了", "disability_services")
    desk.answer(disability_request="change", minimum_living_allowance=False, wants_employment_service=False)
    desk.answer(disability_level=None, other_care_support=True)
    desk.hand_in()
    number = desk.submit()

    # Accepted on Monday; twenty-two working days: 3–6, 9–13, 16–20, 23–27, 30 and 31 March, 1 April.
    item = "disability_certificate_change"
    desk = town.desk("disabled_federation")
    desk.act(number, item, "accept")
    assert "4月1日" in desk.shown()

    # On Thursday the person is sent to the hospital. Three days counted; if it takes until the 19th, nineteen are
    # left from there: 20, 23–27, 30, 31 March, 1–3, 7–10 and 13–16 April.
    town.at(3, 5)
    desk = town.desk("disabled_federation")
    why = "到县人民医院做肢体残疾评定"
    desk.act(number, item, "suspend", why, ground="disability_assessment", day=date(2026, 3, 19))
    told = desk.shown()
    assert "4月16日" in told
    assert "4月16日 周四，还有19个工作日；目前中止计时" in told
    assert "等到期日" in desk.shown(desk.open_request(number)), "until then nobody has to act"
    letter = desk.letter(number, "特别程序")
    for words in ("残疾评定", "2026年3月5日", "2026年3月19日", "残疾人证管理办法"):
        assert words in letter

    # The hospital was quicker: from Wednesday the 18th it goes on, and ends a day earlier, on 15 April.
    town.at(3, 18)
    desk = town.desk("disabled_federation")
    desk.act(number, item, "resume")
    assert "4月15日" in desk.shown()
    letter = desk.letter(number, "恢复计时")
    assert "2026年4月15日" in letter
    desk.act(number, item, "grant")
    desk.act(number, item, "issue", number="62242319750506002X42")

    desk = town.desk("clerk")
    assert "残疾类别、等级变更" in desk.hand_out(number)
    told = desk.shown(desk.open_request(number))
    assert "残联中止计时：残疾类别、等级变更。" in told
    assert "已办结" in told
