"""How a contact at the counter ends: promises, items finished on the spot, ways out, plain words, what follows."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.models.hall import Hall
from db.models.paper import Paper
from db.models.request import Request
from db.open import Database
from desktop.ui.pages.log import LogPage
from desktop.ui.pages.log_editors import Story
from desktop.ui.pages.log_paper import PaperPart
from desktop.usecases.perform import Performer
from desktop.usecases.requests.case import CHOICE
from desktop.usecases.requests.requests import ListQuery, list_page, see_request
from desktop.usecases.topics import Topic
from desktop.workflow.catalogue.definitions import Want
from desktop.workflow.planning.inputs import TAKEN
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.heard import with_keyboard
from tests.ui.log_desk import (
    OFFERED,
    clerk_at,
    for_whom,
    in_need,
    key,
    own_faults,
    person,
    press,
    quiet,
    shortcut,
    typed,
)
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, OFFERED, CALENDAR, clock)


@pytest.fixture
def page(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[LogPage]:
    person(hall, "王秀英")
    with clerk_at(hall, qtbot) as shown:
        yield shown


def begun(qtbot: QtBot, page: LogPage, words: str) -> None:
    for_whom(qtbot, page, "王秀英")
    in_need(qtbot, page, words)


def part(page: LogPage, code: str) -> PaperPart:
    return next(part for at, part in page.papers.parts.items() if at.code == code)


def asked(page: LogPage) -> set[str]:
    return {at.code for at in page.papers.boxes}


def story(page: LogPage) -> Story:
    editor = next(field.editor for at, field in page.questions.fields.items() if at.code == "request_text")
    assert isinstance(editor, Story)
    return editor


def rows(hall: SmallHall, *columns: Any) -> list[tuple[Any, ...]]:
    with hall.performer.database.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


# --- papers ---


def test_a_paper_is_taken_in_the_form_it_is_handed_over_in(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page, "迁户口")
    proof = part(page, "proof")
    assert not proof.forms["copy"].isVisible()
    press(qtbot, page, proof.box)
    assert [(paper.code, paper.form) for paper in page.papers.papers()] == [("proof", "original")]
    press(qtbot, page, proof.forms["copy"])
    assert [(paper.code, paper.form) for paper in page.papers.papers()] == [("proof", "copy")]


def test_a_paper_is_promised_until_the_last_day_there_may_be(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    begun(qtbot, page, "迁户口")
    proof = part(page, "proof")
    assert not part(page, "deed").later.isVisible()
    press(qtbot, page, proof.later)
    assert proof.due.editor.value() == date(2026, 3, 9)
    assert "承诺" in page.send._open.text()
    proof.due.editor.set_value(date(2026, 4, 9))
    proof.due.editor.edited.emit()
    quiet(qtbot, page)
    press(qtbot, page, page.send.submit)
    assert "3月9日" in proof.due.error()
    proof.due.editor.set_value(date(2026, 3, 6))
    proof.due.editor.edited.emit()
    quiet(qtbot, page)
    assert proof.due.error() == ""
    press(qtbot, page, page.send.submit)
    assert "3月6日" in page.done.missing.text()
    assert rows(hall, Paper.code, Paper.state, Paper.promise_due) == [("proof", "owing", date(2026, 3, 6))]


def test_one_key_takes_in_all_papers(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page, "迁户口")
    choice = next(iter(page.papers.choices.values()))
    choice.editor.set_value("lease+licence_of_owner")
    choice.editor.chosen.emit("lease+licence_of_owner")
    quiet(qtbot, page)
    assert asked(page) == {"form", "proof", "lease", "licence_of_owner"}
    shortcut(qtbot, page, page.papers.all_here, Qt.Key.Key_F7)
    assert {paper.code for paper in page.papers.papers()} == {"form", "proof", "lease", "licence_of_owner"}
    assert "材料" not in page.send._open.text()


def test_the_way_chosen_is_kept_with_the_request(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    begun(qtbot, page, "迁户口")
    choice = next(iter(page.papers.choices.values()))
    choice.editor.set_value("lease+licence_of_owner")
    choice.editor.chosen.emit("lease+licence_of_owner")
    quiet(qtbot, page)
    press(qtbot, page, page.send.submit)
    (row,) = hall.read(hall.clerk, list_page, ListQuery())
    history = hall.read(hall.clerk, see_request, row.id).history
    chosen = [event.data for event in history if event.kind == CHOICE]
    assert chosen == [{"of": "item:entered:case#accept.2", "way": "lease+licence_of_owner"}]


def test_what_is_offered_along_is_taken_in_and_put_aside(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page, "迁户口")
    ((offer, box),) = page.choices.boxes.items()
    press(qtbot, page, box)
    assert page.choices.choices() == {offer.leaf: TAKEN}
    assert page.plan is not None
    assert "paid" in {task.key.code for task in page.plan.tasks}
    press(qtbot, page, page.choices.boxes[offer])
    assert page.choices.choices() == {}
    assert "paid" not in {task.key.code for task in page.plan.tasks}


def test_a_paper_of_the_matter_before_is_not_asked_for_again(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page, "办卡")
    press(qtbot, page, part(page, "form").box)
    assert page.papers.papers()
    press(qtbot, page, part(page, "form").box)
    assert page.papers.papers() == ()


# --- at once ---


def test_an_instant_item_is_finished_with_one_button_and_handed_over(
    page: LogPage, hall: SmallHall, qtbot: QtBot
) -> None:
    begun(qtbot, page, "办卡")
    assert page.send.finish.isHidden()
    press(qtbot, page, part(page, "form").box)
    assert "制卡" in page.send._at_once.text()
    press(qtbot, page, page.send.finish)
    assert page.done.results.rows() == [("制卡", "办结-20260302-0001")]
    assert with_keyboard() is page.done.hand_over
    hall.clock.move(minutes=1)
    press(qtbot, page, page.done.hand_over)
    (row,) = hall.read(hall.clerk, list_page, ListQuery())
    assert row.status == "done"
    assert page.done.hand_over.isHidden()


def test_a_plain_instant_item_takes_eight_keys_at_most(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    page.who.focus_first()
    keys = 0

    def stroke(which: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        nonlocal keys
        keys += 1
        key(qtbot, page, which, modifiers)

    typed(qtbot, page, "wangxiuying")
    stroke(Qt.Key.Key_Return)
    assert page.who.settled
    typed(qtbot, page, "bk")
    stroke(Qt.Key.Key_Return)
    assert with_keyboard() is part(page, "form").box
    stroke(Qt.Key.Key_Space)
    keys += 1
    shortcut(qtbot, page, page.send.finish, Qt.Key.Key_Return, CONTROL)
    assert page.done.results.rows()
    stroke(Qt.Key.Key_Space)
    (row,) = hall.read(hall.clerk, list_page, ListQuery())
    assert row.status == "done"
    keys += 1
    shortcut(qtbot, page, page.done.next, Qt.Key.Key_F2)
    assert with_keyboard() is page.who.search.editor
    assert keys <= 8


def test_what_only_a_department_decides_says_so(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    with hall.performer.database.write() as connection:
        connection.execute(Hall.__table__.update().values(settings={"counter_decides": False}))  # type: ignore[attr-defined]
    begun(qtbot, page, "办卡")
    press(qtbot, page, part(page, "form").box)
    assert page.send.finish.isHidden()
    assert page.send._elsewhere.text() == "制卡由民政局决定。"


def test_the_receipt_has_the_room_of_the_plan_and_comes_to_the_top(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page, "迁户口")
    assert page.explained.isVisible()
    press(qtbot, page, page.send.submit)
    assert not page.explained.isVisible()
    press(qtbot, page, page.done.receipt)
    letters = page.done.letters
    assert letters is not None
    qtbot.waitUntil(lambda: 0 <= letters.mapTo(page.body.viewport(), QPoint(0, 0)).y() < 60)
    assert letters.preview.zoom >= 70
    press(qtbot, page, page.done.next)
    begun(qtbot, page, "迁户口")
    assert page.explained.isVisible()


def test_the_button_promises_no_more_than_is_finished_at_the_counter(
    hall: SmallHall, look: SetLook, qtbot: QtBot
) -> None:
    both = OFFERED.demands["get_card"].model_copy(update={"wants": (Want(outcome="card"), Want(outcome="subsidy"))})
    hall.performer.catalogue = OFFERED.model_copy(update={"demands": {**OFFERED.demands, "get_card": both}})
    person(hall, "王秀英")
    with clerk_at(hall, qtbot) as page:
        begun(qtbot, page, "办卡")
        press(qtbot, page, part(page, "form").box)
        assert page.send.finish.text().startswith("登记，并当场办结1项")
        assert page.send._elsewhere.text() == "发放补贴由民政局决定。"
        press(qtbot, page, page.send.finish)
        assert [name for name, _number in page.done.results.rows()] == ["制卡"]


# --- ways out, plain words ---


def test_a_way_out_stands_beside_the_need_and_may_be_kept_as_an_enquiry(
    page: LogPage, hall: SmallHall, qtbot: QtBot
) -> None:
    begun(qtbot, page, "迁户口")
    assert "带上全家户口簿。" in page.need.advice.text()
    away = next(field.editor for at, field in page.questions.fields.items() if at.code == "abroad")
    away.setFocus()
    key(qtbot, page, Qt.Key.Key_Y)
    assert "请到外县办理。" in page.need.route.text()
    assert not page.send.isVisible()
    press(qtbot, page, page.need.enquire)
    assert "20260302-0001" in page.need.notice.text()
    assert rows(hall, Request.kind, Request.words) == [("enquiry", "迁入户口：迁户口")]
    key(qtbot, page, Qt.Key.Key_N)
    assert page.send.isVisibleTo(page) or page.need.enquire.isHidden()


def test_a_plain_word_asks_for_its_text_first_and_keeps_it_whole(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    begun(qtbot, page, "问一下")
    assert with_keyboard() is story(page)
    words = "想问问低保怎么办。\n" + "家里的情况是这样的，" * 60
    story(page).setPlainText(words)
    shortcut(qtbot, page, page.send.submit, Qt.Key.Key_Return, CONTROL)
    assert page.done.number.text() == "20260302-0001"
    ((kind, kept),) = rows(hall, Request.kind, Request.words)
    assert (kind, kept) == ("enquiry", words)


def test_a_report_without_a_name_keeps_none(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    begun(qtbot, page, "举报")
    anonymous = next(field.editor for at, field in page.questions.fields.items() if at.code == "anonymous_report")
    anonymous.setFocus()
    key(qtbot, page, Qt.Key.Key_Y)
    assert page.summary()[0] == ""
    story(page).setPlainText("有人偷排污水。")
    press(qtbot, page, page.send.submit)
    assert rows(hall, Request.kind) == [("report",)]
    (row,) = hall.read(hall.clerk, list_page, ListQuery())
    assert "王秀英" not in {role.name for role in hall.read(hall.clerk, see_request, row.id).roles}


def test_whoever_gives_no_name_is_not_asked_whether_it_is_anonymous(page: LogPage, qtbot: QtBot) -> None:
    press(qtbot, page, page.who.anonymous)
    in_need(qtbot, page, "举报")
    quiet(qtbot, page)
    assert page.questions.answer("anonymous_report") is True


# --- afterwards ---


def test_another_matter_of_the_same_person_joins_the_visit(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    begun(qtbot, page, "办卡")
    press(qtbot, page, page.send.submit)
    press(qtbot, page, page.done.more)
    assert page.summary()[0] == "王秀英"
    assert with_keyboard() is page.need.search.editor
    in_need(qtbot, page, "迁户口")
    press(qtbot, page, page.send.submit)
    first, second = (visit for (visit,) in rows(hall, Request.visit_id))
    assert first == second
    press(qtbot, page, page.done.next)
    assert page.summary() == ("", "")
    for_whom(qtbot, page, "王秀英")
    in_need(qtbot, page, "问一下")
    press(qtbot, page, page.send.submit)
    assert len({visit for (visit,) in rows(hall, Request.visit_id)}) == 2


def test_the_receipt_is_seen_and_the_request_opened(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page, "办卡")
    press(qtbot, page, page.send.submit)
    press(qtbot, page, page.done.receipt)
    assert page.done.letters is not None
    assert [line.kind for line in page.done.letters.lines] == ["receipt"]
    gone: list[object] = []
    page.seat.page_requested.connect(lambda code, what: gone.append((code, what)))
    press(qtbot, page, page.done.open)
    assert gone == [("request", page.done.request)]


def test_the_own_act_makes_the_page_read_nothing_again(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page, "办卡")
    asked_before = page._asked
    press(qtbot, page, page.send.submit)
    quiet(qtbot, page)
    assert page._asked == asked_before
    page.seat.runner.tell(frozenset({Topic.PAPERS}))
    quiet(qtbot, page)
    assert page._asked == asked_before


def test_what_another_seat_changes_is_looked_at_again(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page, "办卡")
    asked_before = page._asked
    page.seat.runner.tell(frozenset({Topic.PAPERS}))
    qtbot.waitUntil(lambda: page._asked > asked_before)
    quiet(qtbot, page)


def test_a_half_typed_form_is_kept_and_put_back(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    begun(qtbot, page, "生孩子")
    press(qtbot, page, page.roles.parts["mother"].quick[0])
    press(qtbot, page, page.roles.parts["child"].not_known)
    press(qtbot, page, page.roles.add_buttons["agent"])
    born = next(at for at in page.questions.fields if at.code == "born")
    page.questions._on_said(born, date(2026, 2, 1))
    quiet(qtbot, page)
    state, form, summary = json.loads(json.dumps(page.state())), page.form(), page.summary()
    assert summary == ("王秀英", "孩子出生")
    page.begin()
    quiet(qtbot, page)
    assert page.form() is None
    page.restore(state)
    quiet(qtbot, page)
    assert page.form() == form
    assert json.loads(json.dumps(page.state())) == state
    press(qtbot, page, page.send.submit)
    assert page.done.number.text() == "20260302-0001"
    assert page.state() == {}


def test_papers_promises_ways_and_half_typed_names_are_put_back(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page, "迁户口")
    press(qtbot, page, part(page, "proof").later)
    press(qtbot, page, part(page, "deed").box)
    press(qtbot, page, next(iter(page.choices.boxes.values())))
    state, form = json.loads(json.dumps(page.state())), page.form()
    page.begin()
    page.restore(state)
    quiet(qtbot, page)
    assert page.form() == form
    page.begin()
    press(qtbot, page, page.who.new)
    page.who.picker.form.full_name.editor.setText("赵春")
    state = json.loads(json.dumps(page.state()))
    page.begin()
    page.restore(state)
    assert page.who.picker.form.full_name.editor.text() == "赵春"
    assert page.who.picker.form.full_name.isVisible()


@pytest.mark.parametrize("words", ["生孩子", "迁户口"])
def test_the_page_keeps_the_rules_of_every_page(page: LogPage, qtbot: QtBot, words: str) -> None:
    begun(qtbot, page, words)
    if words == "生孩子":
        press(qtbot, page, page.roles.parts["child"].not_known)
        press(qtbot, page, page.roles.add_buttons["agent"])
        press(qtbot, page, page.roles.parts["agent"].look)
        press(qtbot, page, page.send.submit)
    else:
        press(qtbot, page, part(page, "proof").later)
    assert own_faults(page) == []


def test_the_number_keeps_the_rules_of_every_page(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page, "办卡")
    press(qtbot, page, part(page, "form").box)
    press(qtbot, page, page.send.finish)
    assert own_faults(page) == []
