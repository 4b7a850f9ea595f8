"""What a hall says of itself reaches its letters, and each department shows who does and approves its work."""

import pytest
from sqlalchemy import update

from db.models.hall import Hall
from desktop.letters.render import render
from desktop.usecases.hall.department_cards import DepartmentCard, see_departments
from desktop.usecases.hall.hall_settings import Both, HallForm, change_settings, save_hall, see_hall
from desktop.usecases.hall.halls import DepartmentForm, hall_status, list_departments, save_department
from desktop.usecases.letters.letter_contents import hall_part
from desktop.usecases.letters.letters import list_letters, see_letter
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import ReceivePapers, log_request, receive_papers, see_request
from desktop.usecases.work.work import DoAct, do_act
from desktop.workflow.procedure.legal_states import ActKind
from tests.usecases.conftest import SmallHall
from tests.usecases.small_case import STALL, stall_request

FULL = HallForm(
    Both("临洮县政务服务中心", "Lintao Service Hall"),
    "621124",
    "0932-2241234",
    Both("甘肃省定西市临洮县洮阳镇文峰中路1号", "1 Wenfeng Road, Lintao"),
    Both("周一至周五 8:30–12:00，14:30–18:00", "Mon–Fri 8:30–12:00, 14:30–18:00"),
    Both("临洮县人民政府", "People's Government of Lintao County"),
    Both("临洮县人民法院", "People's Court of Lintao County"),
)


def code_of(hall: SmallHall, form: HallForm) -> str:
    with pytest.raises(Refused) as refusal:
        hall.write(hall.administrator, save_hall, form)
    return refusal.value.code


def test_what_is_saved_is_what_is_shown(hall: SmallHall) -> None:
    hall.write(hall.administrator, save_hall, FULL)
    assert hall.read(hall.clerk, see_hall) == FULL
    status = hall.read(None, hall_status)
    assert (status.name_zh, status.name_en, status.division) == ("临洮县政务服务中心", "Lintao Service Hall", "621124")


def test_an_emptied_setting_is_gone_and_the_rest_stays(hall: SmallHall) -> None:
    hall.write(hall.administrator, save_hall, FULL)
    before = hall.read(hall.clerk, lambda context, _: context.zone.key)
    hall.write(hall.administrator, save_hall, HallForm(Both("临洮县政务服务中心")))
    assert hall.read(hall.clerk, see_hall) == HallForm(Both("临洮县政务服务中心"))
    assert hall.read(hall.clerk, lambda context, _: context.zone.key) == before


def test_a_change_of_settings_keeps_what_it_does_not_name(hall: SmallHall) -> None:
    hall.write(hall.administrator, save_hall, FULL)
    hall.write(hall.administrator, lambda context, _: change_settings(context, {"calendar": 7}))
    assert hall.read(hall.clerk, see_hall) == FULL


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (HallForm(Both(" ")), "name_missing"),
        (HallForm(Both("大厅"), "999999"), "unknown_division"),
        (HallForm(Both("大厅"), address=Both("", "1 Road")), "chinese_missing"),
        (HallForm(Both("厅" * 2000)), "too_long"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(hall: SmallHall, form: HallForm, code: str) -> None:
    assert code_of(hall, form) == code
    assert hall.read(hall.clerk, see_hall).name.zh == "临洮县政务大厅"


def test_letters_say_where_the_hall_is_and_where_to_turn(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    hall.write(hall.administrator, save_hall, FULL)
    logged = hall.write(hall.clerk, log_request, stall_request(food=False))
    task = hall.read(hall.clerk, see_request, logged.request).tasks[0].id
    for act in (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.REFUSE):
        hall.write(hall.reviewer, do_act, DoAct(task, act, "场地不在规划区内" if act is ActKind.REFUSE else ""))
        hall.clock.move(minutes=1)
    lines = hall.read(hall.clerk, list_letters, logged.request)
    pages = [render(hall.read(hall.clerk, see_letter, line.id).letter, ("zh",)).parts[0].words for line in lines]
    assert any("临洮县人民政府" in page and "临洮县人民法院" in page for page in pages)
    part = hall.read(hall.clerk, lambda context, _: hall_part(context))
    assert (part.address.zh, part.phone, part.hours.en) == (FULL.address.zh, FULL.phone, FULL.hours.en)


def test_a_hall_that_has_told_no_address_has_none_on_its_letters(hall: SmallHall) -> None:
    part = hall.read(hall.clerk, lambda context, _: hall_part(context))
    assert (part.address, part.hours) == (None, None)


@pytest.mark.parametrize("is_practice", [False, True])
def test_only_the_letters_of_a_practice_hall_say_that_they_are_not_valid(hall: SmallHall, *, is_practice: bool) -> None:
    hall.performer.catalogue = STALL
    sample = update(Hall).values(sample=is_practice)
    hall.write(hall.administrator, lambda context, _: context.connection.execute(sample).rowcount)
    logged = hall.write(hall.clerk, log_request, stall_request(food=False))
    receipt = hall.read(hall.clerk, list_letters, logged.request)[0].id
    rendered = render(hall.read(hall.clerk, see_letter, receipt).letter)
    assert rendered.across == (("练习 · 无效", "PRACTICE, NOT VALID") if is_practice else ())


def card(hall: SmallHall, code: str) -> DepartmentCard:
    found: DepartmentCard = next(each for each in hall.read(hall.administrator, see_departments) if each.code == code)
    return found


def test_a_department_shows_its_reviewers_who_approves_and_its_work(hall: SmallHall) -> None:
    hall.performer.catalogue = STALL
    hall.add(Role.REVIEWER, "second", "mca")
    found = card(hall, "mca")
    assert found.reviewers == ("reviewer的姓名", "second的姓名")
    assert found.approvers == ("reviewer的姓名",)
    assert (found.items, found.under_way) == (1, 0)
    logged = hall.write(hall.clerk, log_request, stall_request(papers=()))
    assert card(hall, "mca").under_way == 1
    hall.write(hall.clerk, receive_papers, ReceivePapers(logged.request))
    assert card(hall, "amr").reviewers == ()


def test_a_department_the_catalogue_brought_later_is_offered_and_taken_in(hall: SmallHall) -> None:
    departments = {**hall.performer.catalogue.departments}
    departments["nhsa"] = departments["mca"].model_copy(update={"code": "nhsa"})
    hall.performer.catalogue = hall.performer.catalogue.model_copy(update={"departments": departments})
    assert (card(hall, "nhsa").here, card(hall, "nhsa").active) == (False, False)
    hall.write(hall.administrator, save_department, DepartmentForm("nhsa", "医疗保障局"))
    assert (card(hall, "nhsa").here, card(hall, "nhsa").name_zh) == (True, "医疗保障局")


def test_departments_stand_in_the_order_of_their_names(hall: SmallHall) -> None:
    for code, name in (("x1", "住房和城乡建设局"), ("x2", "公安局"), ("x3", "应急管理局"), ("x4", "A科")):
        hall.write(hall.administrator, save_department, DepartmentForm(code, name))
    ordered = ["A科", "公安局", "民政局", "市场监督管理局", "应急管理局", "住房和城乡建设局"]
    assert [row.name_zh for row in hall.read(hall.clerk, list_departments)] == ordered
    assert [each.name_zh for each in hall.read(hall.administrator, see_departments) if each.here] == ordered
