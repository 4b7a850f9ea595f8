"""Scans on the log page: attached to a paper that is handed over, kept with the draft, bound when it is logged."""

from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.pages.log import LogPage
from desktop.ui.pages.log_paper import PaperPart
from desktop.ui.widgets.attachments import AttachmentsCard
from desktop.usecases.papers.attachments import Place, list_attachments
from tests.databases import sqlite_database
from tests.ui.log_desk import own_faults
from tests.ui.test_log_page import area, begun, database, page, performer, press, quiet, seat
from tests.usecases.conftest import SmallHall, _quick_hashes, clock, hall
from tests.usecases.scans import png

__all__ = ["_quick_hashes", "clock", "database", "hall", "page", "performer", "seat", "sqlite_database"]


@pytest.fixture
def paper(page: LogPage, qtbot: QtBot) -> PaperPart:
    """The application form, ticked as handed over."""
    begun(qtbot, page)
    area(qtbot, page, "60")
    part = next(part for key, part in page.papers.parts.items() if key.code == "form")
    part.box.click()
    quiet(qtbot, page)
    return part


def scans_of(part: PaperPart) -> AttachmentsCard:
    assert part.scans is not None
    return part.scans


def attach(qtbot: QtBot, page: LogPage, part: PaperPart, file: Path) -> None:
    file.write_bytes(png())
    scans_of(part).add_files([str(file)])
    qtbot.waitUntil(lambda: not page.papers.is_busy(), timeout=20_000)
    quiet(qtbot, page)


def test_a_paper_takes_scans_once_it_is_handed_over(page: LogPage, qtbot: QtBot, paper: PaperPart) -> None:
    others = [part for part in page.papers.parts.values() if part is not paper]
    assert scans_of(paper).isVisible()
    assert all(part.scans is None for part in others)
    assert scans_of(paper).add.accessibleName() == "附上扫描件或文件：申请书"
    paper.box.click()
    quiet(qtbot, page)
    assert not scans_of(paper).isVisible()


def test_a_scan_is_bound_to_its_paper_when_the_request_is_logged(
    page: LogPage, qtbot: QtBot, paper: PaperPart, tmp_path: Path, hall: SmallHall
) -> None:
    attach(qtbot, page, paper, tmp_path / "申请书.png")
    assert paper.attachments == scans_of(paper).attachments()
    with qtbot.waitSignal(page.logged) as logged:
        press(qtbot, page, page.send.submit)
    request: UUID = logged.args[0].request
    (row,) = hall.read(hall.clerk, list_attachments, Place(request))
    assert row.name == "申请书.png"
    assert row.paper_id is not None


def test_a_scan_is_there_again_with_the_draft(page: LogPage, qtbot: QtBot, paper: PaperPart, tmp_path: Path) -> None:
    attach(qtbot, page, paper, tmp_path / "申请书.png")
    kept = page.papers.state()
    assert kept["papers"][0]["attachments"] == [str(each) for each in paper.attachments]
    page.papers.begin(page.papers.catalogue)
    page.papers.restore(kept)
    quiet(qtbot, page)
    (again,) = [part for key, part in page.papers.parts.items() if key.code == "form"]
    assert again is not paper
    assert [view.row.name for view in scans_of(again).rows.values()] == ["申请书.png"]


def test_a_form_is_not_sent_while_a_scan_is_on_its_way(
    page: LogPage, qtbot: QtBot, paper: PaperPart, tmp_path: Path
) -> None:
    (tmp_path / "申请书.png").write_bytes(png())
    scans_of(paper).add_files([str(tmp_path / "申请书.png")])
    page.send.submit.click()  # before the worker's answer can have come
    assert "还有扫描件正在附上" in page.send.notice.text()
    qtbot.waitUntil(lambda: not page.papers.is_busy(), timeout=20_000)
    quiet(qtbot, page)
    assert len(paper.attachments) == 1
    with qtbot.waitSignal(page.logged):
        press(qtbot, page, page.send.submit)


def test_the_page_with_scans_keeps_the_rules_of_every_page(
    page: LogPage, qtbot: QtBot, paper: PaperPart, tmp_path: Path
) -> None:
    attach(qtbot, page, paper, tmp_path / "申请书.png")
    assert own_faults(page) == []
