"""教育入学: a child whose household is elsewhere starts school where the parents live and pay their insurance."""

from datetime import date

from desktop.ui.pages.work import WorkPage
from desktop.workflow.procedure.legal_states import ActKind
from tests.journeys.town import Town


def test_a_child_with_a_household_elsewhere_is_given_a_school_place(town: Town) -> None:
    desk = town.desk("clerk")
    desk.who("马建国")
    desk.need("外地孩子上学", "school_enrolment")
    desk.role("child", "马小军")
    assert desk.asked()[0] == "school_grade", "nobody speaks of starting later before the grade"
    desk.answer(school_grade="grade_one", child__birth_date=date(2020, 5, 12), defers_entry=False)
    desk.answer(child__local_household=False)
    desk.answer(owns_local_home=False)
    assert desk.asked() == []
    desk.hand_in()
    number = desk.submit()
    assert "居民户口簿（马小军）" in desk.letter(number, "收件回执")

    # On Monday the education bureau records the child and accepts. Five working days: 3–6 and 9 March.
    desk = town.desk("education")
    desk.act(number, "enrolment_data_collection", "grant")
    desk.act(number, "school_place_assignment", "accept")
    assert "3月9日" in desk.shown()
    assert "居住证信息核验结论：等公安局" in desk.shown()
    assert ActKind.GRANT not in desk.page("work", WorkPage).work.acts.buttons

    # On Tuesday the police and the insurance office answer. No home is owned here, so nobody looks for one.
    town.at(3, 3)
    desk = town.desk("public_security")
    desk.act(number, "household_verification", "grant")
    desk.act(number, "residence_verification", "grant")
    desk = town.desk("human_resources")
    desk.act(number, "contributions_verification", "grant")

    town.at(3, 5)
    desk = town.desk("education")
    desk.act(number, "school_place_assignment", "grant")
    desk.act(number, "school_place_assignment", "issue")

    # On Friday the father fetches everything.
    town.at(3, 6)
    desk = town.desk("clerk")
    assert "入学资格审核与学位分配" in desk.hand_out(number)
    told = desk.shown(desk.open_request(number))
    assert "已办结" in told
    # What the departments checked for each other is told, and nobody hands it out.
    assert told.count("核验相符：") == 3
    assert told.count("结果已领取：") == 2
    assert "不动产" not in told
