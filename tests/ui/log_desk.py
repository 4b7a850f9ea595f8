"""A small hall's log page under the hands of a clerk: what it offers, and the presses that drive it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.navigation import Seat
from desktop.ui.pages.log import LogPage
from desktop.ui.runner import Runner
from desktop.ui.widgets.buttons import Button
from desktop.usecases.people.people import NewPerson, NoIdentifier, register_person
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
from desktop.workflow.catalogue.requirements import All, Deferral, Known, LeafKind, Need, Phase
from desktop.workflow.catalogue.requirements import Any as Either
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.procedure.procedures import ItemKind
from desktop.workflow.time.limits import Limit
from tests.ui.page_checks import Fault, check_everywhere
from tests.usecases.conftest import CATALOGUE, SmallHall

PATIENCE = 20_000


def _text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


def _asks(*codes: str) -> tuple[Need | Known | Either, ...]:
    known = {
        "born": Known(code="born", of="child"),
        "told": Known(code="request_text"),
        "anon": Known(code="anonymous_report"),
    }
    return tuple(known.get(code) or Need(kind=LeafKind.MATERIAL, code=code) for code in codes)


def _item(code: str, names: tuple[str, str], outcome: str, *asks: Any, **more: Any) -> Item:
    filled = {"department": "mca", "about": "case", "procedure": "public_service", **more}
    return Item(code=code, name=_text(*names), provides=(outcome,), requires={Phase.ACCEPT: All(parts=asks)}, **filled)


APPLICANT = Role(code="applicant", name=_text("申请人", "Applicant"), kinds=("person", "enterprise"))
_TWO_PAPERS = All(parts=_asks("lease", "licence_of_owner"))
OFFERED = Catalogue(
    version="desk",
    departments=CATALOGUE.departments,
    scenes={"life": Scene(code="life", name=_text("生活", "Life"), audience="personal")},
    facts={
        "born": Fact(code="born", name=_text("出生日期", "Day of birth"), type=FactType.DATE, about="child"),
        "abroad": Fact(code="abroad", name=_text("在外县", "Elsewhere"), type=FactType.BOOL, about="case"),
        "request_text": Fact(
            code="request_text",
            name=_text("诉求内容", "What it is about"),
            type=FactType.TEXT,
            about="case",
            question=Wording(zh="请说明要反映的事情。", en="Please say what it is about."),
        ),
        "anonymous_report": Fact(
            code="anonymous_report", name=_text("匿名举报", "Without a name"), type=FactType.BOOL, about="case"
        ),
    },
    materials={
        "form": Material(
            code="form", name=_text("申请表", "Application"), about="case", forms=("form",), origin="hall"
        ),
        "deed": Material(code="deed", name=_text("产权证", "Title deed"), about="case"),
        "lease": Material(code="lease", name=_text("租赁合同", "Lease"), about="case"),
        "licence_of_owner": Material(code="licence_of_owner", name=_text("房东执照", "Owner's licence"), about="case"),
        "proof": Material(
            code="proof",
            name=_text("住址证明", "Proof of address"),
            about="case",
            forms=("shared", "original", "copy"),
            deferrable=Deferral(limit=Limit.parse("5 workdays")),
        ),
    },
    outcomes={
        code: Outcome(code=code, name=_text(zh, en), about="case")
        for code, zh, en in (
            ("card", "社保卡", "Card"),
            ("entry", "户口", "Entry"),
            ("birth", "出生证", "Birth certificate"),
            ("answer", "答复", "Answer"),
            ("subsidy", "补贴", "Subsidy"),
        )
    },
    items={
        "card_made": _item("card_made", ("制卡", "Card made"), "card", *_asks("form"), kind=ItemKind.INSTANT),
        "entered": _item(
            "entered",
            ("迁入登记", "Entry"),
            "entry",
            *_asks("form", "proof"),
            Either(parts=(*_asks("deed"), _TWO_PAPERS)),
            promised=Limit.parse("10 workdays"),
        ),
        "paid": _item("paid", ("发放补贴", "Subsidy paid"), "subsidy"),
        "certified": _item("certified", ("签发出生证", "Certificate"), "birth", *_asks("born")),
        "answered": _item("answered", ("答复", "Answer"), "answer", *_asks("told"), procedure="enquiry"),
        "looked_into": _item("looked_into", ("调查", "Inquiry"), "answer", *_asks("anon", "told"), procedure="enquiry"),
    },
    demands={
        "get_card": Demand(
            code="get_card",
            name=_text("办社保卡", "Get a card"),
            words=("办卡",),
            scene="life",
            roles=(APPLICANT, Role(code="guardian", name=_text("监护人", "Guardian"), optional=True)),
            wants=(Want(outcome="card"),),
        ),
        "move_in": Demand(
            code="move_in",
            name=_text("迁入户口", "Move in"),
            words=("迁户口",),
            scene="life",
            roles=(APPLICANT,),
            wants=(Want(outcome="entry"), Want(outcome="subsidy", opt_in=True)),
            routing=(Route(when="在外县", outcome=_text("请到外县办理。", "Go to the other county.")),),
            advice=(Advice(text=_text("带上全家户口簿。", "Bring the register.")),),
        ),
        "newborn": Demand(
            code="newborn",
            name=_text("孩子出生", "A child is born"),
            words=("生孩子",),
            scene="life",
            roles=(
                APPLICANT,
                Role(code="child", name=_text("孩子", "Child")),
                Role(code="mother", name=_text("母亲", "Mother"), in_person=("certified",)),
                Role(code="father", name=_text("父亲", "Father"), optional=True),
                Role(code="house", name=_text("住所", "Home"), kinds=("premises",), optional=True),
            ),
            wants=(Want(outcome="birth"),),
        ),
        "keep_shop": Demand(
            code="keep_shop",
            name=_text("开小卖部", "Keep a shop"),
            words=("开店",),
            scene="life",
            roles=(Role(code="applicant", name=_text("申请人", "Applicant"), kinds=("enterprise", "sole_trader")),),
            wants=(Want(outcome="card"),),
        ),
        "enquiry": Demand(
            code="enquiry",
            name=_text("咨询", "Ask a question"),
            words=("问一下",),
            scene="life",
            roles=(APPLICANT,),
            wants=(Want(outcome="answer", item="answered"),),
        ),
        "report": Demand(
            code="report",
            name=_text("举报", "Report a wrong"),
            words=("举报",),
            scene="life",
            roles=(APPLICANT,),
            wants=(Want(outcome="answer", item="looked_into"),),
        ),
    },
)


@contextmanager
def clerk_at(hall: SmallHall, qtbot: QtBot) -> Iterator[LogPage]:
    """Show the log page of a clerk's seat in a window with the keyboard."""
    runner = Runner(hall.performer)
    runner.session = hall.clerk
    window, page = QMainWindow(), LogPage(Seat(runner))
    window.setCentralWidget(page)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: bool(page.need.scenes.count()), timeout=PATIENCE)
    quiet(qtbot, page)
    yield page
    window.close()
    runner.close()


def quiet(qtbot: QtBot, page: LogPage) -> None:
    """Wait until every question to the records is answered."""
    qtbot.waitUntil(lambda: page.seat.runner.pending == 0 and not page._soon.isActive(), timeout=PATIENCE)


def press(qtbot: QtBot, page: LogPage, button: QWidget) -> None:
    """Press a button, once a press would no longer be taken for the second half of a double one."""
    if isinstance(button, Button):
        qtbot.waitUntil(lambda: not button.is_repeat(), timeout=PATIENCE)
    assert button.isVisible()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    quiet(qtbot, page)


def key(qtbot: QtBot, page: LogPage, which: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    """Press one key in the window that has the keyboard, where it may be a shortcut."""
    window = QGuiApplication.focusWindow()
    assert isinstance(window, QWindow)
    QTest.keyClick(window, which, modifiers or Qt.KeyboardModifier.NoModifier)
    QApplication.processEvents()
    quiet(qtbot, page)


def shortcut(
    qtbot: QtBot, page: LogPage, button: Button, which: Qt.Key, modifiers: Qt.KeyboardModifier | None = None
) -> None:
    """Press the key of a button, and wait until it has pressed the button."""
    with qtbot.waitSignal(button.clicked, timeout=PATIENCE):
        key(qtbot, page, which, modifiers)
    quiet(qtbot, page)


def typed(qtbot: QtBot, page: LogPage, words: str) -> None:
    """Type words where the keyboard is and wait until what rests on them has come."""
    at = QApplication.focusWidget()
    assert at is not None
    with qtbot.waitSignal(page.seat.runner.pending_changed, timeout=PATIENCE):
        QTest.keyClicks(at, words)
    quiet(qtbot, page)


def person(hall: SmallHall, name: str, birth: date | None = None) -> UUID:
    """Put somebody on file."""
    new = NewPerson(name, birth=birth, no_identifier=NoIdentifier.NOT_AT_HAND)
    found: UUID = hall.write(hall.clerk, register_person, new).subject
    return found


def for_whom(qtbot: QtBot, page: LogPage, name: str) -> None:
    """Say who it is for, by the search."""
    page.who.search.editor.setFocus()
    page.who.search.editor.setText(name)
    key(qtbot, page, Qt.Key.Key_Return)
    key(qtbot, page, Qt.Key.Key_Return)


def in_need(qtbot: QtBot, page: LogPage, words: str) -> None:
    """Say what is needed, by the search."""
    page.need.search.editor.setFocus()
    page.need.search.editor.setText(words)
    key(qtbot, page, Qt.Key.Key_Return)
    key(qtbot, page, Qt.Key.Key_Return)
    assert page.plan is not None


def own_faults(page: LogPage) -> list[Fault]:
    """What is wrong with the page; the cells of the picture are painted at its zoom and have their own tests."""
    return [fault for fault in check_everywhere(page) if not _is_a_cell_of_the_picture(fault)]


def _is_a_cell_of_the_picture(fault: Fault) -> bool:
    return fault.widget.startswith("PlanCanvas(") and fault.what.startswith("cell ")
