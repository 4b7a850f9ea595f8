"""新生儿出生: mother and father act for their child; four departments, and one day to fetch everything."""

from datetime import date

from desktop.ui.pages.work import WorkPage
from desktop.workflow.procedure.legal_states import ActKind
from tests.journeys.town import Town


def test_parents_act_for_their_newborn_child(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("李秀兰")
    desk.need("给孩子上户口", "newborn")
    desk.role("child", "张小满")
    desk.same("mother", "李秀兰")
    desk.role("father", "张建军")
    desk.click(desk.log.roles.add_buttons["guardian"])
    desk.same("guardian", "张建军")
    desk.mandate("guardian", "parent")
    desk.answer(in_wedlock=True, same_ethnicity=True, born_in_hospital=True, follows_parent="father")
    assert "father_collects_birth_certificate" not in desk.asked(), "the mother is here herself"
    desk.answer(child__birth_date=date(2026, 2, 20))
    desk.answer(mother_employee_insured=True)
    assert desk.asked() == []
    assert (
        "出生登记：婴儿出生后一个月以内申报，最后一天是3月20日 周五，还有18天。" in desk.shown()
    )  # born on 20 February
    desk.hand_in()
    number = desk.submit()
    tasks = desk.open_request(number).tasks
    desk.click(next(box.name for box in tasks.boxes if box.row.item == "birth_registration"))
    assert "3月2日 周一递交，没有逾期。" in desk.shown(tasks)
    receipt = desk.letter(number, "收件回执")
    assert "居民身份证（张建军）" in receipt
    assert "居民身份证（李秀兰）" not in receipt  # her own need no name

    # On Monday the health bureau accepts: five working days, 3–6 and 9 March. What is given at once is given at once.
    desk = town.desk("health")
    desk.act(number, "birth_certificate_first", "accept")
    assert "3月9日" in desk.shown()
    desk.act(number, "vaccination_certificate_new", "grant")
    desk.act(number, "parenting_guidance_registration", "grant")

    # On Tuesday the others accept. Ten working days: 4–6, 9–13, 16 and 17 March.
    town.at(3, 3)
    desk = town.desk("public_security")
    desk.act(number, "birth_registration", "accept")
    assert "3月17日" in desk.shown()
    assert "出生医学证明（张小满）：等卫健局" in desk.shown()
    assert "居民身份证（张建军）\n已收" in desk.shown()  # what it was accepted with lies beside the decision
    assert ActKind.GRANT not in desk.page("work", WorkPage).work.acts.buttons
    # Thirty: 18 in March from the 4th, 30 March to 3 April, then 7–10 and 13–15 April; the 6th is a holiday.
    desk = town.desk("human_resources")
    desk.act(number, "social_security_card_newborn", "accept")
    assert "4月15日" in desk.shown()
    # Twenty promised: up to 31 March; thirty by law.
    desk = town.desk("healthcare_security")
    desk.act(number, "maternity_benefit", "accept")
    assert "3月31日" in desk.shown()
    assert "4月15日" in desk.shown()

    town.at(3, 5)
    desk = town.desk("health")
    desk.act(number, "birth_certificate_first", "grant")
    desk.act(number, "birth_certificate_first", "issue", number="Q620012345")
    desk = town.desk("public_security")
    desk.act(number, "birth_registration", "grant")
    desk.act(number, "birth_registration", "issue")
    desk = town.desk("human_resources")
    desk.act(number, "social_security_card_newborn", "grant")
    desk.act(number, "social_security_card_newborn", "issue")
    desk = town.desk("healthcare_security")
    desk.act(number, "maternity_benefit", "grant")
    desk.act(number, "maternity_benefit", "issue")
    desk.act(number, "resident_medical_insurance_newborn", "grant")

    # On Monday the 9th the mother comes once and takes everything home.
    town.at(3, 9)
    desk = town.desk("clerk")
    assert "已发给李秀兰：预防接种证办理、" in desk.hand_out(number)
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    assert told.count("结果已领取：") == 7
    assert "有效期至2036年3月5日" in told  # the card, ten years
    assert "张建军、父母" in told  # the guardian, and as what
