"""开办超市、便利店: a company comes with next to nothing, is told once what is missing, and brings it all."""

from tests.journeys.town import Town


def test_a_shop_is_told_once_of_everything_missing_and_brings_it(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("临洮县好邻便利店有限公司", "enterprise")
    desk.need("开小卖部", "open_store")
    desk.role("legal_representative", "马秀花")
    desk.answer(has_business_licence=True, sells_loose_food=True, public_gathering=False, sells_tobacco=False)
    desk.answer(outdoor_sign=False)
    assert desk.asked() == []
    desk.hand_in("store_application")
    number = desk.submit()

    # On Wednesday the department asks for all of it; ten working days to bring it: 5, 6, 9–13, 16–18 March.
    town.at(3, 4)
    desk = town.desk("market_supervision")
    desk.act(number, "store_food_licence_new", "supplement")
    assert "补正期限\n3月18日" in desk.shown()
    notice = desk.letter(number, "一次性告知书")
    for paper in ("营业执照", "经营场所使用证明", "食品安全规章制度目录清单", "主要设备设施布局和操作流程文件"):
        assert paper in notice
    assert "开办超市、便利店申请书" not in notice
    assert "在2026年3月18日（星期三）以前" in notice

    # On Monday the 9th they bring everything at once.
    town.at(3, 9)
    desk = town.desk("clerk")
    desk.act(number, "store_food_licence_new", "resupply")

    # On Tuesday it is accepted; ten working days: 11–13, 16–20, 23 and 24 March.
    town.at(3, 10)
    desk = town.desk("market_supervision")
    desk.act(number, "store_food_licence_new", "accept")
    assert "3月24日" in desk.shown()
    desk.act(number, "store_food_licence_new", "grant")
    desk.act(number, "store_food_licence_new", "issue", number="JY16211240001234")

    town.at(3, 12)
    desk = town.desk("clerk")
    assert desk.hand_out(number, "派") == "已发给临洮县好邻便利店有限公司：食品经营许可证新办（食品销售）。"
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    assert "市监局要求补正：食品经营许可证新办（食品销售）。" in told
    assert "需要补交：营业执照、经营场所使用证明、食品安全规章制度目录清单、主要设备设施布局和操作流程文件" in told
    assert "补正材料已收齐：食品经营许可证新办（食品销售）。" in told
    assert "结果已领取：食品经营许可证新办（食品销售）。" in told
