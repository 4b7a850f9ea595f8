"""Logging while nobody knows yet what to bring: it is said before it, and with the number; no paper is denied."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop.ui.pages.log import LogPage
from desktop.usecases.perform import Performer
from desktop.workflow.catalogue.definitions import Catalogue, Want
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.log_desk import OFFERED, clerk_at, for_whom, in_need, person, press, quiet
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]


def _undecided() -> Catalogue:
    """Give a catalogue in which an answer decides whether somebody moves in, and so which papers it takes."""
    moves = OFFERED.demands["move_in"].model_copy(
        update={"wants": (Want(outcome="entry", when="在外县"),), "routing": (), "advice": ()}
    )
    return OFFERED.model_copy(update={"demands": {**OFFERED.demands, "move_in": moves}})


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, _undecided(), CALENDAR, clock)


@pytest.fixture
def page(hall: SmallHall, look: SetLook, qtbot: QtBot) -> Iterator[LogPage]:
    person(hall, "王秀英")
    with clerk_at(hall, qtbot) as shown:
        for_whom(qtbot, shown, "王秀英")
        yield shown


def answer(qtbot: QtBot, page: LogPage) -> None:
    page.questions.tell("abroad", value=True)
    quiet(qtbot, page)


def test_before_logging_it_is_said_that_nobody_knows_yet_what_to_bring(page: LogPage, qtbot: QtBot) -> None:
    in_need(qtbot, page, "迁户口")
    assert page.send.unknown.isVisible()
    assert "要哪些材料，答完1个问题才知道" in page.send.unknown.text()
    answer(qtbot, page)
    assert not page.send.unknown.isVisible()


def test_after_logging_no_paper_is_said_to_be_missing_while_an_answer_decides_which(
    page: LogPage, qtbot: QtBot
) -> None:
    in_need(qtbot, page, "迁户口")
    press(qtbot, page, page.send.submit)
    assert page.done.missing.text() == "要哪些材料，答完下面1个问题才知道。"
    assert page.done.open_questions.text() == "还没有回答：\n1. 在外县"


def test_what_is_only_to_be_told_leaves_no_doubt_about_papers(page: LogPage, qtbot: QtBot) -> None:
    in_need(qtbot, page, "问一下")
    assert not page.send.unknown.isVisible()
    assert page.papers._none.text() == "不需要材料。"
    press(qtbot, page, page.send.submit)
    assert page.done.missing.text() == "不缺材料。"
    assert "请说明要反映的事情。" in page.done.open_questions.text()
