"""Logging a request by keys and clicks on real records, from an empty form to the number."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.authoring import load_catalogue
from desktop.ui.navigation import PAGES, Seat
from desktop.ui.pages.log import LogPage
from desktop.ui.runner import Runner
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.yes_no import YesNo
from desktop.usecases.hall.halls import FoundHall, found_hall
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Permission
from desktop.usecases.permissions import Role as Seated
from desktop.usecases.requests.requests import ListQuery, list_page, see_request
from desktop.workflow.catalogue.definitions import (
    Advice,
    Catalogue,
    Demand,
    Fact,
    Item,
    Material,
    Outcome,
    Role,
    Route,
    Scene,
    Text,
    Want,
    Wording,
)
from desktop.workflow.catalogue.requirements import All, Deferral, LeafKind, Need, Phase, When
from desktop.workflow.catalogue.requirements import Any as Either
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.time.limits import Limit
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook, seated
from tests.ui.heard import with_keyboard
from tests.ui.log_desk import own_faults
from tests.ui.page_checks import check_within_frame
from tests.ui.page_parts import settle
from tests.usecases.conftest import CALENDAR, CATALOGUE, PASSWORD, Clock, SmallHall, _quick_hashes, clock, hall

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]

PATIENCE = 20_000


def _fact(code: str, zh: str, en: str, kind: FactType = FactType.BOOL, **more: Any) -> Fact:
    return Fact(code=code, name=Text(zh=zh, en=en), type=kind, about="case", **more)


def _paper(code: str, zh: str, en: str, **more: Any) -> Material:
    return Material(code=code, name=Text(zh=zh, en=en), about="case", **more)


def _handed(code: str, **more: Any) -> Need:
    return Need(kind=LeafKind.MATERIAL, code=code, **more)


OFFERED = Catalogue(
    version="log",
    departments=CATALOGUE.departments,
    scenes={
        "market_entry": Scene(
            code="market_entry", name=Text(zh="准入准营", en="Starting a business"), audience="business"
        )
    },
    facts={
        "area": _fact(
            "area",
            "经营面积",
            "Floor area",
            FactType.DECIMAL,
            unit="m2",
            minimum=1,
            question=Wording(zh="经营场所是多少平方米？", en="How many square metres are the premises?"),
        ),
        "abroad": _fact("abroad", "店在外县", "Shop in another county"),
        "sign": _fact(
            "sign",
            "设户外招牌",
            "Outdoor sign",
            question=Wording(
                zh="是否设置户外招牌？",
                en="Will there be a sign outside?",
                plain=Text(zh="门外要挂招牌吗？", en="Will you hang a sign outside?"),
            ),
        ),
        "rent": _fact(
            "rent",
            "场所来源",
            "Where the premises come from",
            FactType.ENUM,
            options={"own": Text(zh="自有", en="Owned"), "let": Text(zh="租用", en="Rented")},
        ),
    },
    materials={
        "form": _paper("form", "申请书", "Application", forms=("form",), origin="hall"),
        "deed": _paper("deed", "产权证", "Title deed"),
        "lease": _paper("lease", "租赁合同", "Lease", forms=("copy",)),
        "rules": _paper("rules", "食品安全制度", "Food safety rules", deferrable=Deferral()),
        "drawing": _paper("drawing", "招牌效果图", "Drawing of the sign"),
    },
    outcomes={
        "licence": Outcome(code="licence", name=Text(zh="食品经营许可证", en="Food licence")),
        "notice": Outcome(code="notice", name=Text(zh="招牌告知", en="Notice on signs"), about="case"),
    },
    items={
        "licence_new": Item(
            code="licence_new",
            name=Text(zh="食品经营许可", en="New food licence"),
            department="amr",
            provides=("licence",),
            procedure="permit",
            promised=Limit.parse("4 workdays"),
            requires={
                Phase.ACCEPT: All(
                    parts=(
                        Need(kind=LeafKind.FACT, code="area"),
                        Need(kind=LeafKind.FACT, code="rent"),
                        _handed("form"),
                        _handed("rules", deferrable=Deferral()),
                        When(condition="经营面积 >= 10", part=Either(parts=(_handed("deed"), _handed("lease")))),
                    )
                )
            },
        ),
        "sign_told": Item(
            code="sign_told",
            name=Text(zh="招牌告知", en="Notice on signs"),
            department="mca",
            about="case",
            provides=("notice",),
            requires={Phase.ACCEPT: _handed("drawing")},
        ),
    },
    demands={
        "open_restaurant": Demand(
            code="open_restaurant",
            name=Text(zh="开办餐饮店", en="Open a restaurant"),
            words=("开饭店",),
            scene="market_entry",
            roles=(Role(code="applicant", name=Text(zh="申请人", en="Applicant"), kinds=("enterprise", "person")),),
            wants=(Want(outcome="licence"), Want(outcome="notice", when="设户外招牌")),
            order=("abroad", "area", "rent", "sign"),
            routing=(
                Route(
                    when="店在外县",
                    outcome=Text(zh="请到店所在县的大厅办理。", en="Go to the hall of the shop's county."),
                ),
            ),
            advice=(Advice(text=Text(zh="要先有营业执照。", en="A business licence comes first.")),),
        )
    },
)


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, OFFERED, CALENDAR, clock)


@pytest.fixture
def seat(hall: SmallHall, look: SetLook) -> Iterator[Seat]:
    with seated(hall, hall.clerk) as found:
        yield found


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> Iterator[LogPage]:
    window = QMainWindow()
    made = LogPage(seat)
    window.setCentralWidget(made)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: bool(made.need.scenes.count()), timeout=PATIENCE)
    quiet(qtbot, made)
    yield made
    window.close()


def quiet(qtbot: QtBot, page: LogPage) -> None:
    """Wait until every question to the records is answered."""
    qtbot.waitUntil(lambda: page.seat.runner.pending == 0, timeout=PATIENCE)


def type_words(qtbot: QtBot, page: LogPage, box: QLineEdit, words: str) -> None:
    """Type into a box and press Enter, as a clerk does."""
    box.setFocus()
    box.setText(words)
    QTest.keyClick(box, Qt.Key.Key_Return)
    quiet(qtbot, page)


def press(qtbot: QtBot, page: LogPage, button: QWidget) -> None:
    """Press a button, once a press would no longer be taken for the second half of a double one."""
    if isinstance(button, Button):
        qtbot.waitUntil(lambda: not button.is_repeat(), timeout=PATIENCE)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    quiet(qtbot, page)


def name_somebody(qtbot: QtBot, page: LogPage, name: str = "王小明") -> None:
    press(qtbot, page, page.who.new)
    page.who.picker.form.full_name.editor.setText(name)
    press(qtbot, page, page.who.picker.form.keep)


def need_restaurant(qtbot: QtBot, page: LogPage) -> None:
    type_words(qtbot, page, page.need.search.editor, "kfd")
    QTest.keyClick(page.need.search.editor, Qt.Key.Key_Return)
    quiet(qtbot, page)


def begun(qtbot: QtBot, page: LogPage) -> None:
    name_somebody(qtbot, page)
    need_restaurant(qtbot, page)


def editor(page: LogPage, code: str) -> QWidget:
    return next(field.editor for key, field in page.questions.fields.items() if key.code == code)


def asked(page: LogPage) -> list[str]:
    return [key.code for key in page.questions.fields]


def say(qtbot: QtBot, page: LogPage, code: str, key: Qt.Key) -> None:
    answered = editor(page, code)
    assert isinstance(answered, YesNo)
    answered.setFocus()
    QTest.keyClick(answered, key)
    quiet(qtbot, page)


def area(qtbot: QtBot, page: LogPage, figure: str) -> None:
    box = editor(page, "area")
    assert isinstance(box, QLineEdit)
    type_words(qtbot, page, box, figure)


def test_the_page_stands_in_the_rail_for_those_who_may_log() -> None:
    entry = next(entry for entry in PAGES if entry.code == "log")
    assert entry.permission is Permission.LOG_REQUEST


def test_questions_come_only_after_who_and_which_need(page: LogPage, qtbot: QtBot) -> None:
    assert page.questions.isHidden()
    begun(qtbot, page)
    assert not page.questions.isHidden()
    assert asked(page) == ["abroad", "sign", "area", "rent"]


def test_papers_follow_the_answers(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page)
    assert "drawing" not in {key.code for key in page.papers.boxes}
    say(qtbot, page, "sign", Qt.Key.Key_Y)
    assert "drawing" in {key.code for key in page.papers.boxes}
    say(qtbot, page, "sign", Qt.Key.Key_N)
    assert "drawing" not in {key.code for key in page.papers.boxes}
    assert "sign" in asked(page)


def test_a_figure_that_is_none_is_questioned_and_not_taken(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page)
    for wrong in ("很大", "0", "nan"):
        area(qtbot, page, wrong)
        field = next(field for key, field in page.questions.fields.items() if key.code == "area")
        assert "1" in field.error()
        assert page.questions.answers() == ()
    area(qtbot, page, "86.5")
    assert [answer.code for answer in page.questions.answers()] == ["area"]


def test_what_is_being_typed_is_what_is_logged_by_keys(page: LogPage, hall: SmallHall, qtbot: QtBot) -> None:
    begun(qtbot, page)
    area(qtbot, page, "60")
    box = editor(page, "area")
    assert isinstance(box, QLineEdit)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "250")
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.done.isVisible)
    kept = hall.read(hall.clerk, see_request, page.done.request).facts
    assert [row.value for row in kept if row.code == "area"] == ["250"]


def test_a_figure_typed_wrong_at_the_end_stops_the_logging(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page)
    area(qtbot, page, "60")
    box = editor(page, "area")
    assert isinstance(box, QLineEdit)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "6o")
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.questions.answers() == ())
    quiet(qtbot, page)
    assert not page.done.isVisible()
    assert box.hasFocus()


def test_an_emptied_box_takes_the_answer_back(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page)
    area(qtbot, page, "60")
    area(qtbot, page, "")
    assert page.questions.answers() == ()


def test_enter_moves_on_to_the_next_question_and_at_last_to_the_papers(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page)
    area(qtbot, page, "86")
    focused = page.questions.focused()
    assert focused is not None
    assert focused.code == "rent"
    QTest.keyClick(with_keyboard(), Qt.Key.Key_Space)
    quiet(qtbot, page)
    for code in ("abroad", "sign"):
        QTest.keyClick(with_keyboard(), Qt.Key.Key_Return)
        focused = page.questions.focused()
        assert focused is not None
        assert focused.code == code
        QTest.keyClick(with_keyboard(), Qt.Key.Key_N)
        quiet(qtbot, page)
    QTest.keyClick(with_keyboard(), Qt.Key.Key_Return)
    assert with_keyboard() in page.papers.boxes.values()


def test_alternatives_stand_under_one_heading_and_the_one_handed_over_is_chosen(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page)
    area(qtbot, page, "86")
    assert {"deed", "lease"} <= {key.code for key in page.papers.boxes}
    assert [field.label_text() for field in page.papers.choices.values()] == ["以下任交一种："]
    lease = next(box for key, box in page.papers.boxes.items() if key.code == "lease")
    press(qtbot, page, lease)
    assert {paper.code for paper in page.papers.papers()} == {"lease"}
    assert list(page.papers.ways().values()) == ["lease"]
    assert "deed" not in {key.code for key in page.papers.boxes}
    press(qtbot, page, lease)
    assert page.papers.ways() == {}
    assert {"deed", "lease"} <= {key.code for key in page.papers.boxes}


def test_the_plan_beside_the_form_follows_every_answer(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page)
    before = page.picture._picture.nodes
    say(qtbot, page, "sign", Qt.Key.Key_Y)
    after = {node.label for node in page.picture._picture.nodes}
    assert "招牌效果图" in after
    assert "招牌效果图" not in {node.label for node in before}


def test_a_way_out_is_shown_and_nothing_can_be_logged(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page)
    say(qtbot, page, "abroad", Qt.Key.Key_Y)
    assert "请到店所在县的大厅办理。" in page.need.route.text()
    assert not page.send.submit.isEnabled()
    say(qtbot, page, "abroad", Qt.Key.Key_N)
    assert page.need.route.isHidden()
    assert page.send.submit.isEnabled()


def test_a_request_is_logged_and_leaves_with_a_number(page: LogPage, qtbot: QtBot, hall: SmallHall) -> None:
    begun(qtbot, page)
    area(qtbot, page, "86")
    press(qtbot, page, page.send.submit)
    assert page.done.number.text() == "20260302-0001"
    (row,) = hall.read(hall.clerk, list_page, ListQuery())
    seen = hall.read(hall.clerk, see_request, row.id)
    assert [(fact.code, fact.value) for fact in seen.facts] == [("area", "86")]
    assert [role.name for role in seen.roles] == ["王小明"]
    press(qtbot, page, page.done.next)
    assert page.done.isHidden()
    assert page.form() is None


def test_a_second_request_for_the_same_need_is_asked_about(page: LogPage, qtbot: QtBot, hall: SmallHall) -> None:
    for _once in range(2):
        if _once:
            type_words(qtbot, page, page.who.search.editor, "王小明")
            QTest.keyClick(page.who.search.editor, Qt.Key.Key_Return)
            need_restaurant(qtbot, page)
        else:
            begun(qtbot, page)
        press(qtbot, page, page.send.submit)
        if not _once:
            press(qtbot, page, page.done.next)
    assert "20260302-0001" in page.send.notice.text()
    press(qtbot, page, page.send.despite)
    assert page.done.number.text() == "20260302-0002"
    assert len(hall.read(hall.clerk, list_page, ListQuery())) == 2


def test_somebody_without_a_name_can_ask_for_something(page: LogPage, qtbot: QtBot, hall: SmallHall) -> None:
    press(qtbot, page, page.who.anonymous)
    need_restaurant(qtbot, page)
    press(qtbot, page, page.send.submit)
    assert len(hall.read(hall.clerk, list_page, ListQuery())) == 1


def test_a_wrong_number_is_questioned_and_the_name_is_kept(page: LogPage, qtbot: QtBot) -> None:
    press(qtbot, page, page.who.new)
    page.who.picker.form.full_name.editor.setText("王小明")
    page.who.picker.form.number.editor.setText("110101199003077735")
    press(qtbot, page, page.who.picker.form.keep)
    assert page.who.picker.form.number.error()
    assert not page.who.settled
    assert page.who.picker.form.full_name.editor.text() == "王小明"
    assert page.who.picker.form.notice.text() == "有1处要改："


def test_somebody_new_is_a_person_until_another_kind_is_chosen(page: LogPage, qtbot: QtBot) -> None:
    press(qtbot, page, page.who.new)
    form = page.who.picker.form
    assert form.kind.editor.value() == "person"
    assert (form.keep.text(), form.number.label_text()) == ("登记并选用", "身份证号")


def test_words_nothing_fits_are_kept(page: LogPage, qtbot: QtBot) -> None:
    type_words(qtbot, page, page.need.search.editor, "造火箭")
    assert page.need.results.count() == 0
    assert "没有找到与“造火箭”相符的事项" in page.need.none.text()
    assert page.need.nothing.text() == "记下这个需求"
    press(qtbot, page, page.need.nothing)
    assert not page.need.none.isVisible()
    assert page.need.notice.tone == "done"
    assert page.need.words() == ""


def test_what_is_only_near_is_said_to_be_so_and_looked_at_before_it_is_taken(page: LogPage, qtbot: QtBot) -> None:
    type_words(qtbot, page, page.need.search.editor, "开饭馆儿")
    assert "没有正好是“开饭馆儿”的事项，下面是最接近的" in page.need.none.text()
    settle()
    QTest.keyClick(page.need.search.editor, Qt.Key.Key_Return)
    assert page.need.state()["demand"] is None
    item = page.need.results.itemAt(0)
    first = None if item is None else item.widget()
    assert first is not None
    assert with_keyboard() is first
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert page.need.state()["demand"] == "open_restaurant"


def test_scenes_stand_under_the_search_box_and_below_what_words_find(
    page: LogPage, qtbot: QtBot, look: SetLook
) -> None:
    look(size="largest")
    settle()
    need = page.need
    assert need.chips is not None
    assert _below(need, need.chips, need.search)
    assert _below(need, need.nothing, need.chips)
    type_words(qtbot, page, need.search.editor, "kfd")
    settle()
    item = need.results.itemAt(0)
    first = None if item is None else item.widget()
    assert first is not None
    assert _below(need, need.chips, first)
    type_words(qtbot, page, need.search.editor, "造火箭")
    settle()
    assert need.none.isVisible()
    assert _below(need, need.chips, need.none)
    assert _below(need, need.chips, need.nothing)


def _below(card: QWidget, lower: QWidget, upper: QWidget) -> bool:
    return lower.mapTo(card, QPoint(0, 0)).y() >= upper.mapTo(card, QPoint(0, upper.height())).y()


def test_a_shipped_restaurant_is_logged(qtbot: QtBot, look: SetLook, sqlite_database: Database) -> None:
    shipped = load_catalogue()
    offered = shipped.model_copy(update={"departments": {**shipped.departments, **CATALOGUE.departments}})
    small = SmallHall(Performer(sqlite_database, offered, CALENDAR, Clock()), Clock())
    found = FoundHall("临洮县政务大厅", "administrator", "马主任", PASSWORD, division="621124")
    small.write(None, found_hall, found)
    small.sessions[Seated.ADMINISTRATOR] = small.sign_in("administrator")
    runner = Runner(small.performer)
    runner.session = small.add(Seated.CLERK, "clerk")
    page = LogPage(Seat(runner))
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    qtbot.waitUntil(lambda: bool(page.need.scenes.count()), timeout=PATIENCE)
    press(qtbot, page, page.who.anonymous)
    need_restaurant(qtbot, page)
    assert asked(page)[0] == "small_eatery"
    say(qtbot, page, "small_eatery", Qt.Key.Key_N)
    assert page.papers.boxes
    press(qtbot, page, page.send.submit)
    assert "法定代表人" in page.faults.lines()[0]
    press(qtbot, page, page.roles.parts["legal_representative"].not_known)
    press(qtbot, page, page.send.submit)
    assert page.done.number.text().endswith("-0001")
    assert any("食品经营许可证" in step for step, _next in page.done.steps.rows())
    runner.close()


def test_in_large_text_the_form_has_the_room_until_there_is_a_plan(page: LogPage, look: SetLook) -> None:
    assert page.explained.isVisible()
    look(size="largest")
    page.window().resize(900, 480)
    settle()
    assert not page.explained.isVisible()
    assert page.who.isVisible()


def test_in_large_text_form_and_plan_lie_on_one_page_with_one_scroller(
    page: LogPage, look: SetLook, qtbot: QtBot
) -> None:
    begun(qtbot, page)
    assert not page.to_plan.isVisible()
    look(size="largest")
    settle()
    assert page.body.height() > page.height() * 0.9
    assert page.body.isAncestorOf(page.explained)
    assert page.picture.list.isVisible()
    assert page.picture.list.verticalScrollBar().maximum() == 0
    bar = page.body.verticalScrollBar()
    bar.setValue(0)
    page.to_plan.click()
    settle()
    top = page.explained.mapTo(page.body.viewport(), QPoint(0, 0)).y()
    assert 0 < top < page.body.viewport().height() / 4
    assert page.picture.list.hasFocus()
    look(size="standard")
    settle()
    assert not page.body.isAncestorOf(page.explained)
    assert page.explained.height() > page.height() * 0.9


def test_the_keys_bring_a_row_of_the_plan_into_sight_on_the_page(page: LogPage, look: SetLook, qtbot: QtBot) -> None:
    begun(qtbot, page)
    look(size="largest")
    settle()
    page.to_plan.click()
    settle()
    rows = page.picture.list
    QTest.keyClick(rows, Qt.Key.Key_End)
    place = rows.visualRect(rows.currentIndex())
    seen = page.body.viewport().rect()
    assert seen.contains(rows.viewport().mapTo(page.body.viewport(), place.center()))


def test_the_page_can_be_read_and_used_by_everybody_when_empty(page: LogPage) -> None:
    assert own_faults(page) == []


def test_the_page_can_be_read_and_used_by_everybody_when_filled_in(page: LogPage, qtbot: QtBot) -> None:
    begun(qtbot, page)
    say(qtbot, page, "sign", Qt.Key.Key_Y)
    area(qtbot, page, "86")
    assert own_faults(page) == []


def test_the_page_with_picture_and_explanation_fits_within_the_frame(
    page: LogPage, qtbot: QtBot, look: SetLook
) -> None:
    begun(qtbot, page)
    assert page.plan is not None
    look(size="largest")
    page.picture.show_as("picture")
    page.explained.ask(page.plan.tasks[0].key.leaf)
    settle()
    assert page.explained.panel.isVisible()
    assert check_within_frame(page) == []
