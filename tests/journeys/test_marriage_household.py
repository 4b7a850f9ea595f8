"""结婚落户: two people marry, both at the counter; her household book and her identity card follow the marriage."""

from datetime import date

from desktop.ui.pages.work import WorkPage
from desktop.workflow.procedure.legal_states import ActKind
from tests.journeys.town import Town


def test_a_couple_marries_in_person_and_her_household_moves_to_his(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("李秀兰", number="62112419970101002X")
    desk.need("领证", "marry_and_move")
    desk.role("groom", "张建军")
    desk.same("bride", "李秀兰")
    assert desk.shown(desk.log.roles).count("须本人到场：内地居民结婚登记。") == 2
    desk.click(desk.log.roles.add_buttons["agent"])
    assert "代办人不能代替：男方、女方。" in desk.shown(desk.log.roles)
    desk.click(desk.log.roles.parts["agent"].drop)
    desk.answer(married=False, cross_border_marriage=False, both_in_person=False)
    desk.answer(joins_spouse_household=True, wants_new_id_card=True, wants_birth_registration=True)
    assert desk.asked() == ["birth_date"]  # his; hers stands in her number
    desk.answer(groom__birth_date=date(1995, 1, 1))
    desk.hand_in()
    assert "可当场办结" not in desk.shown(desk.log.send), "one of the two cannot finish it"
    desk.answer(both_in_person=True)
    assert "可当场办结：内地居民结婚登记。" in desk.shown(desk.log.send)
    desk.click(desk.log.send.finish)
    desk.until(desk.log.done.isVisible, "the number")
    number = desk.log.done.number.text().split()[-1]
    receipt = desk.letter(number, "收件回执")
    assert "居民身份证（张建军）\n原件，核对后当场退还" in receipt
    assert "下次来的时候" not in receipt  # nothing is left for them to bring

    # On Tuesday: five working days for the household book, 4–6, 9 and 10 March; the card waits for it, sixty days by
    # law: 28 in March from the 4th, 30 in April, 2 in May, all of them holidays up to the 5th, so the 6th of May.
    town.at(3, 3)
    desk = town.desk("public_security")
    desk.act(number, "spouse_household_transfer", "accept")
    assert "3月10日" in desk.shown()
    desk.act(number, "identity_card_exchange", "accept")
    assert "5月6日" in desk.shown()
    assert "等您办：夫妻投靠户口迁移" in desk.shown()
    assert ActKind.GRANT not in desk.page("work", WorkPage).work.acts.buttons
    for item in ("spouse_household_transfer", "identity_card_exchange"):
        desk.act(number, item, "grant")
        desk.act(number, item, "issue")

    # On Thursday she fetches everything.
    town.at(3, 5)
    desk = town.desk("clerk")
    said = desk.hand_out(number)
    assert said == "已发给李秀兰：内地居民结婚登记、生育登记、夫妻投靠户口迁移、居民身份证换领。"
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    assert told.count("结果已领取：") == 4
    assert "李秀兰 · 出生日期：1997年1月1日" in told
    assert "3月2日 周一\n09:30  卫健局已办好：生育登记。" in told
