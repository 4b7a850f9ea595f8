"""开办餐饮店: an enterprise opens a restaurant, from sign-in to hand-out, with the program started again midway."""

from tests.journeys.town import Town


def test_a_restaurant_is_opened_from_sign_in_to_hand_out(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("临洮县洮阳餐饮有限公司", "enterprise")
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
