"""开办餐饮店: an enterprise opens a restaurant, from sign-in to hand-out, with the program started again midway."""

from typing import Final

from tests.journeys.town import Town

NAME: Final = "临洮县洮阳餐饮有限公司"
COLD_DISHES: Final = "后厨没有设置专用的凉菜间，不符合食品安全法第三十三条。"
FIRE_PAPERS: Final = frozenset({"fire_safety_rules", "evacuation_plan", "floor_plan", "fire_equipment_plan"})


def test_a_restaurant_is_opened_from_sign_in_to_hand_out(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who(NAME, "enterprise")
    desk.need("开餐馆", "open_restaurant")
    desk.click(desk.log.roles.parts["legal_representative"].not_known)
    desk.answer(small_eatery=False, public_gathering=False, outdoor_sign=True, large_outdoor_advert=False)
    desk.answer(sells_tobacco=False)
    desk.answer(premises_area=86)
    assert desk.asked() == []
    desk.hand_in()
    number = desk.submit()
    assert number == "20260302-0001"

    # On Monday the city's office tells how the sign is to be hung, at once.
    desk = town.desk("urban_management")
    desk.act(number, "outdoor_sign_notice", "accept")
    desk.act(number, "outdoor_sign_notice", "grant")
    desk.act(number, "outdoor_sign_notice", "issue")

    # On Tuesday the department accepts. Ten working days run from there: 4–6, 9–13 and 16, 17 March.
    town.at(3, 3)
    desk = town.desk("market_supervision")
    desk.act(number, "food_licence_new", "accept")

    assert "3月17日" in desk.shown()
    desk.act(number, "business_licence_check", "accept")
    desk.act(number, "business_licence_check", "grant")
    desk.act(number, "business_licence_check", "issue")

    town.at(3, 9)
    desk = town.desk("market_supervision")
    desk.act(number, "food_licence_new", "assign")
    desk.act(number, "food_licence_new", "grant")
    desk.act(number, "food_licence_new", "issue")

    # On Tuesday the 10th the owner comes back once and takes everything home.
    town.at(3, 10)
    desk = town.desk("clerk")
    desk.act(number, "food_licence_new", "serve")
    desk.act(number, "outdoor_sign_notice", "serve")
    page = desk.open_request(number)

    assert "已办结" in desk.shown(page)


def test_fire_papers_follow_as_promised_and_a_refused_licence_is_applied_for_anew(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who(NAME, "enterprise")
    desk.need("开火锅店", "open_restaurant")
    desk.click(desk.log.roles.parts["legal_representative"].not_known)
    desk.answer(small_eatery=False, public_gathering=True, fire_by_promise=True, outdoor_sign=False)
    desk.answer(large_outdoor_advert=False, sells_tobacco=False, premises_area=320)
    assert FIRE_PAPERS.isdisjoint(key.code for key in desk.log.papers.boxes), "they follow after the opinion"
    desk.hand_in()
    number = desk.submit()

    town.at(3, 3)
    desk = town.desk("fire_rescue")
    for act in ("accept", "grant", "issue"):
        desk.act(number, "fire_opinion_by_promise", act)
    desk = town.desk("market_supervision")
    desk.act(number, "food_licence_new", "accept")
    for act in ("accept", "grant", "issue"):
        desk.act(number, "business_licence_check", act)
    town.at(3, 10)
    desk = town.desk("market_supervision")
    desk.act(number, "food_licence_new", "refuse", COLD_DISHES)

    # The letter names the reason, the law and where to turn; the fire opinion is handed out all the same.
    town.at(3, 11)
    desk = town.desk("clerk")
    refusal = desk.letter(number, "不予行政许可决定书")
    for words in (
        "不予许可-20260310-0001",
        "已于2026年3月3日受理",
        COLD_DISHES,
        "食品安全法第三十五条",
        "60日内",
        "6个月内",
    ):
        assert words in refusal
    handed = desk.hand_out(number, "派来的人")
    assert "公众聚集场所投入使用、营业前消防安全检查" in handed
    assert "不予行政许可决定书（《食品经营许可证》新办）" in handed
    page = desk.open_request(number)
    for paper in sorted(FIRE_PAPERS):
        desk.click(page.papers.buttons[paper, "original"])
    assert "还缺" not in desk.shown(page.papers)
    assert "不予许可" in desk.shown(page.tasks)

    # The fire brigade still owes the check on site, by 31 March; only then is nothing open any more.
    assert "3月31日" in desk.shown(page)
    town.at(3, 20)
    desk = town.desk("fire_rescue")
    desk.act(number, "fire_opinion_by_promise", "clear_check")

    # The kitchen is put right. What was handed in stays good, and only the licence is asked for.
    town.at(3, 23)
    desk = town.desk("clerk")
    desk.who_again("洮阳餐饮", NAME)
    desk.need("办食品证", "open_restaurant")
    desk.click(desk.log.roles.parts["legal_representative"].not_known)
    desk.answer(small_eatery=False, public_gathering=False, outdoor_sign=False, large_outdoor_advert=False)
    desk.answer(sells_tobacco=False, premises_area=320)
    desk.hand_in()
    again = desk.submit()
    desk = town.desk("market_supervision")
    # Ten working days from Monday the 23rd: 24–27, 30, 31 March, 1–3 April, and 7 April after the holiday.
    desk.act(again, "food_licence_new", "accept")
    # The business licence was verified three weeks ago, and that result is on file.
    assert "4月7日" in desk.shown()
    desk.act(again, "food_licence_new", "grant")
    desk.act(again, "food_licence_new", "issue", number="JY26211240001234")
    town.at(3, 30)
    desk = town.desk("clerk")
    assert "《食品经营许可证》新办" in desk.hand_out(again, "派来的人")
    assert "已办结" in desk.shown(desk.open_request(again))
