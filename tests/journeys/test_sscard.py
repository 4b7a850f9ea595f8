"""社会保障卡居民服务: a lost card is replaced on the spot and taken home."""

from tests.journeys.town import Town


def test_a_lost_card_is_replaced_in_one_act_and_handed_over_at_once(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("周敏")
    desk.need("社保卡丢了", "social_security_card_services")
    desk.answer(social_security_card_act="reissue")
    assert desk.asked() == []
    desk.hand_in("identity_document")
    assert "可当场办结：社会保障卡补领/换领。" in desk.shown(desk.log.send)
    desk.click(desk.log.send.finish)
    desk.until(desk.log.done.isVisible, "the number")
    number = desk.log.done.number.text().split()[-1]
    assert number == "20260302-0001"
    desk.click(desk.log.done.hand_over)

    town.at(3, 3)
    desk = town.desk("clerk")
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    assert "结果已领取：社会保障卡补领/换领" in told
