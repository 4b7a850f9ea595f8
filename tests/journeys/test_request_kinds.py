"""Requests that are no licence: a report without a name, a complaint with its answer, a question answered at once."""

from tests.journeys.town import Town


def test_a_report_without_a_name_is_looked_into_and_names_nobody(town: Town) -> None:
    desk = town.desk("clerk")
    desk.click(desk.log.who.anonymous)
    desk.need("举报", "report")
    desk.answer(request_against="洮阳镇某造纸厂", request_place="洮阳镇老桥下", request_text="半夜往洮河排污水。")
    assert desk.asked() == []
    number = desk.submit()

    # Fifteen working days from Tuesday the 3rd: 4–6, 9–13, 16–20, 23 and 24 March.
    town.at(3, 3)
    desk = town.desk("administrative_approval")
    desk.act(number, "report_item", "accept")
    assert "3月24日" in desk.shown()
    town.at(3, 12)
    desk = town.desk("administrative_approval")
    desk.act(number, "report_item", "grant", "已查实，责令停产整改。")
    desk.act(number, "report_item", "issue")

    town.at(3, 13)
    desk = town.desk("clerk")
    desk.hand_out(number)
    assert "已办结" in desk.shown(desk.open_request(number))
    answer = desk.letter(number, "答复")
    assert "您好：" in answer
    assert "您举报的情况" in answer
    assert "半夜往洮河排污水。" in answer
    assert "已查实，责令停产整改。" in answer


def test_a_complaint_is_answered_in_the_words_of_the_department(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("孙丽华")
    desk.need("商家不退钱", "complaint")
    desk.answer(request_against="洮阳镇惠民电器店", request_place="洮阳镇文峰路", contact_phone="13893201234")
    desk.answer(request_text="洗衣机坏了，商家不退钱。")
    assert desk.asked() == []
    number = desk.submit()

    # Fifteen working days from Monday the 2nd: 3–6, 9–13, 16–20 and 23 March.
    desk = town.desk("administrative_approval")
    desk.act(number, "complaint_item", "accept")
    assert "3月23日" in desk.shown()
    town.at(3, 12)
    desk = town.desk("administrative_approval")
    desk.act(number, "complaint_item", "grant", "商家已退款1200元。")
    desk.act(number, "complaint_item", "issue")

    town.at(3, 13)
    desk = town.desk("clerk")
    desk.hand_out(number)
    assert "已办结" in desk.shown(desk.open_request(number))
    answer = desk.letter(number, "答复")
    assert "孙丽华：" in answer
    assert "您于2026年3月2日投诉的情况已收到，现答复如下。" in answer
    assert "您问" not in answer
    assert "商家已退款1200元。" in answer
    assert "准予" not in answer


def test_a_question_answered_on_the_spot_is_done_with_its_answer(town: Town) -> None:
    desk = town.desk("clerk")
    assert "20260302-0001" in desk.enquire("低保每月几号发？", "每月10日前发到社保卡。")

    desk = town.desk("supervisor")
    assert "已办结" in desk.shown(desk.open_request("20260302-0001"))
    assert "每月10日前发到社保卡。" in desk.letter("20260302-0001", "答复")
