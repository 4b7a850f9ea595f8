"""The files of a paper by clicks, drops and pastes on real records: taken in, looked at, turned, removed and undone."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from db.open import Database
from desktop import words
from desktop.ui.navigation import Seat
from desktop.ui.runner import Runner
from desktop.ui.widgets.attachment_pictures import decoded, turned
from desktop.ui.widgets.attachment_queue import MOST_AT_ONCE
from desktop.ui.widgets.attachment_view import AttachmentView
from desktop.ui.widgets.attachments import AttachmentsCard
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.usecases.papers.attachment_intake import FileToAttach, attach
from desktop.usecases.papers.attachments import Place, list_attachments, see_attachment
from desktop.usecases.papers.file_kinds import Media
from desktop.usecases.perform import Performer
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import log_request
from desktop.usecases.topics import Topic
from tests.databases import sqlite_database
from tests.ui.conftest import SetLook
from tests.ui.page_checks import check_everywhere
from tests.ui.page_parts import settle
from tests.usecases.conftest import CALENDAR, Clock, SmallHall, _quick_hashes, clock, hall
from tests.usecases.scans import jpeg, pdf, png, png_bomb
from tests.usecases.small_case import STALL, stall_request

__all__ = ["_quick_hashes", "clock", "hall", "sqlite_database"]

PATIENCE = 20_000


@pytest.fixture
def performer(sqlite_database: Database, clock: Clock) -> Performer:
    return Performer(sqlite_database, STALL, CALENDAR, clock)


@pytest.fixture
def card(seat: Seat, qtbot: QtBot) -> Iterator[AttachmentsCard]:
    """The files of a paper on an empty form."""
    window, shown = QMainWindow(), AttachmentsCard(seat)
    window.setCentralWidget(shown)
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    shown.set_name("场地平面图")
    shown.show_form()
    quiet(qtbot, shown)
    yield shown
    window.close()


def quiet(qtbot: QtBot, card: AttachmentsCard) -> None:
    qtbot.waitUntil(lambda: card.seat.runner.pending == 0 and not card.is_busy(), timeout=PATIENCE)


def picture(width: int = 40, height: int = 20, colour: str = "#b34700", form: str = "PNG") -> bytes:
    """A picture as a camera or a scanner makes it."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(form.encode())).write(image)
    return bytes(buffer.data().data())


def kept(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def bring(qtbot: QtBot, card: AttachmentsCard, *paths: str) -> None:
    card.add_files(paths)
    quiet(qtbot, card)


def press(qtbot: QtBot, card: AttachmentsCard, button: Button) -> None:
    qtbot.waitUntil(lambda: not button.is_repeat(), timeout=PATIENCE)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    quiet(qtbot, card)


def names(card: AttachmentsCard) -> list[str]:
    return [view.row.name for view in card.rows.values()]


def undo_of(card: AttachmentsCard) -> Button:
    (undo,) = [button for button in card.notice.findChildren(Button) if button.text() == "撤销"]
    return undo


def test_a_chosen_file_lies_there_with_its_picture_and_size(
    card: AttachmentsCard, qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[object] = []
    card.changed.connect(told.append)
    bring(qtbot, card, kept(tmp_path, "照片.jpg", picture(form="JPEG")), kept(tmp_path, "合同.pdf", pdf()))
    assert names(card) == ["照片.jpg", "合同.pdf"]
    assert told[-1] == card.attachments()
    photograph, contract = card.rows.values()
    assert photograph.thumb.pixmap().toImage().pixelColor(5, 5).red() > 150
    assert (photograph.view.isVisible(), photograph.save.isVisible()) == (True, False)
    assert (contract.view.isVisible(), contract.save.isVisible()) == (False, True)
    assert contract.about.text().startswith("PDF，0.1 KB")
    assert photograph.remove.accessibleName() == "移除：照片.jpg"


def test_the_button_asks_for_files_of_the_kinds_that_are_taken(card: AttachmentsCard, qtbot: QtBot) -> None:
    card.add.click()
    dialog = card.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert "*.pdf" in dialog.nameFilters()[0]
    dialog.reject()
    assert names(card) == []


def drop(card: AttachmentsCard, data: QMimeData) -> bool:
    """Drop something on the card, as a hand does; say whether it was taken."""
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), action, data, button, keys)
    entered.setAccepted(False)
    card.dragEnterEvent(entered)
    if entered.isAccepted():
        card.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, keys, QEvent.Type.Drop))
    return entered.isAccepted()


def test_dropped_files_are_taken_and_addresses_of_the_net_are_not(
    card: AttachmentsCard, qtbot: QtBot, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(kept(tmp_path, "图.png", picture())), QUrl("http://example.org/a.png")])
    assert drop(card, data)
    quiet(qtbot, card)
    assert names(card) == ["图.png"]
    elsewhere = QMimeData()
    elsewhere.setUrls([QUrl("http://example.org/a.png")])
    assert not drop(card, elsewhere)
    text = QMimeData()
    text.setText("图.png")
    assert not drop(card, text)


def test_a_copied_picture_is_pasted(card: AttachmentsCard, qtbot: QtBot) -> None:
    image = QImage(9, 9, QImage.Format.Format_RGB32)
    image.fill(QColor("#00467f"))
    QGuiApplication.clipboard().setImage(image)
    card.add.setFocus()
    QTest.keyClick(card.add, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    quiet(qtbot, card)
    assert names(card) == ["粘贴的图片.png"]
    QGuiApplication.clipboard().setText("不是图片")
    QTest.keyClick(card.add, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    quiet(qtbot, card)
    assert "剪贴板里没有文件或图片" in card.notice.text()
    assert len(names(card)) == 1


def test_a_folder_full_of_files_is_not_read_through(card: AttachmentsCard, tmp_path: Path, qtbot: QtBot) -> None:
    bring(qtbot, card, *[kept(tmp_path, f"{no}.png", picture()) for no in range(MOST_AT_ONCE + 1)])
    assert names(card) == []
    assert "一次最多20个" in card.notice.text()


def test_a_turned_picture_stays_turned(card: AttachmentsCard, qtbot: QtBot, tmp_path: Path, hall: SmallHall) -> None:
    bring(qtbot, card, kept(tmp_path, "横.png", picture(40, 20)))
    (view,) = card.rows.values()
    wide = view.thumb.pixmap().size()
    press(qtbot, card, view.turn)
    assert view.thumb.pixmap().size() == wide.transposed()
    card.show_form(card.attachments())
    quiet(qtbot, card)
    (again,) = card.rows.values()
    assert again.thumb.pixmap().size() == wide.transposed()
    assert hall.read(hall.clerk, see_attachment, again.row.id).row.turned == 1


def test_a_removed_file_comes_back_when_one_thinks_again(
    card: AttachmentsCard, qtbot: QtBot, tmp_path: Path, hall: SmallHall
) -> None:
    told: list[object] = []
    bring(qtbot, card, kept(tmp_path, "图.png", picture()))
    (attachment,) = card.attachments()
    card.changed.connect(told.append)
    press(qtbot, card, card.rows[attachment].remove)
    assert (names(card), told) == ([], [()])
    assert card.window().focusWidget() is card.add
    assert hall.read(hall.clerk, list_attachments, Place(form=(attachment,))) == ()
    press(qtbot, card, undo_of(card))
    assert (names(card), told) == (["图.png"], [(), (attachment,)])


def test_a_picture_is_looked_at_in_a_window_of_its_own(card: AttachmentsCard, qtbot: QtBot, tmp_path: Path) -> None:
    bring(qtbot, card, kept(tmp_path, "证.png", picture(400, 200)))
    (row,) = card.rows.values()
    press(qtbot, card, row.view)
    view = card.findChild(AttachmentView)
    assert isinstance(view, AttachmentView)
    first = view.area._picture.pixmap().width()
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.area._picture.pixmap().width() > first
    QTest.keyClick(view, Qt.Key.Key_Plus)
    settle()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.area.horizontalScrollBar().value() > 0
    view.turn.click()
    quiet(qtbot, card)
    assert view.area._picture.pixmap().height() > view.area._picture.pixmap().width()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()


def test_a_copy_is_kept_whole_or_not_at_all(
    card: AttachmentsCard, qtbot: QtBot, tmp_path: Path, hall: SmallHall
) -> None:
    bring(qtbot, card, kept(tmp_path, "合同.pdf", pdf()))
    seen = hall.read(hall.clerk, see_attachment, card.attachments()[0])
    assert card.save_to(seen, str(tmp_path / "副本.pdf"))
    assert (tmp_path / "副本.pdf").read_bytes() == pdf()
    assert not card.save_to(seen, str(tmp_path / "没有的文件夹" / "副本.pdf"))
    assert "副本没有存成" in card.notice.text()


def test_the_files_of_a_request_are_shown_to_everybody_on_the_case(
    seat: Seat, hall: SmallHall, qtbot: QtBot, tmp_path: Path
) -> None:
    request: UUID = hall.write(hall.clerk, log_request, stall_request()).request
    seat.set_session(hall.reviewer)
    shown = AttachmentsCard(seat)
    qtbot.addWidget(shown)
    shown.show_request(request)
    shown.show()
    bring(qtbot, shown, kept(tmp_path, "图.png", picture()))
    (row,) = hall.read(hall.clerk, list_attachments, Place(request))
    assert row.name == "图.png"
    attach(
        hall.performer,
        hall.clerk,
        FileToAttach("later.pdf", Place(request), content=pdf()),
        lambda _done, _of: True,
    )
    shown.seat.runner.tell(frozenset({Topic.PAPERS}))
    quiet(qtbot, shown)
    assert names(shown) == ["图.png", "later.pdf"]


def test_who_may_only_look_is_offered_nothing_else(hall: SmallHall, look: SetLook, qtbot: QtBot) -> None:
    runner = Runner(hall.performer)
    seat = Seat(runner)
    shown = AttachmentsCard(seat)
    qtbot.addWidget(shown)
    shown.show_form()
    shown.show()
    assert not shown.add.isVisible()
    assert not shown.acceptDrops()
    runner.close()


def empty(file: Path) -> None:
    file.touch()


def one_gigabyte(file: Path) -> None:
    with file.open("wb") as written:
        written.truncate(1 << 30)


def filled(content: bytes) -> Callable[[Path], None]:
    def write(file: Path) -> None:
        file.write_bytes(content)

    return write


REFUSED = [
    pytest.param(
        "空.pdf", empty, ("这个文件是空的", "The file is empty"),
        id="empty", marks=pytest.mark.bad_input("an attachment of 0 bytes"),
    ),
    pytest.param(
        "大.pdf", one_gigabyte, ("这个文件有1 GB，最多只能20 MB", "The file has 1 GB; 20 MB fit"),
        id="gigabyte", marks=pytest.mark.bad_input("of 1 GB"),
    ),
    pytest.param(
        "表.xlsx", filled(b"PK\3\4" * 9), ("只能附图片", "Only pictures"),
        id="kind", marks=pytest.mark.bad_input("of a wrong type"),
    ),
    pytest.param(
        "图.pdf", filled(png()), ("文件名以pdf结尾，内容却是PNG", "ends in pdf, but it holds PNG"),
        id="name", marks=pytest.mark.bad_input("of a wrong type"),
    ),
    pytest.param("半.png", filled(png()[:-9]), ("缺了末尾", "The end of the file is missing"), id="cut"),
    # whole by its segments, and no picture
    pytest.param("坏.jpg", filled(jpeg()), ("已损坏", "is damaged"), id="noise"),
    pytest.param("弹.png", filled(png_bomb()), ("60000×60000", "60000 by 60000"), id="bomb"),
    pytest.param("动.pdf", filled(pdf(b"/JavaScript")), ("带有程序", "holds a program"), id="active"),
]  # fmt: skip


@pytest.mark.qt_log_ignore("Quantization table", extend=True)
@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize(("name", "write", "said"), REFUSED)
def test_a_file_that_cannot_be_taken_says_why_in_words(
    card: AttachmentsCard, qtbot: QtBot, tmp_path: Path, look: SetLook, *, language: words.Language, name: str,
    write: Callable[[Path], None], said: tuple[str, str],
) -> None:  # fmt: skip
    look(language=language)
    write(tmp_path / name)
    bring(qtbot, card, str(tmp_path / name))
    assert said[words.LANGUAGES.index(language)] in card.notice.text()
    assert "attachment_" not in card.notice.text()
    assert names(card) == []
    assert card.notice.hasFocus()
    bring(qtbot, card, kept(tmp_path, "good.png", picture()))
    assert names(card) == ["good.png"]  # the next file is taken as ever


@pytest.mark.bad_input("with a path trick")
def test_a_name_full_of_tricks_is_shown_as_the_text_it_is(card: AttachmentsCard, qtbot: QtBot, tmp_path: Path) -> None:
    bring(qtbot, card, kept(tmp_path, "<img src=x>&\u202egpj.png", picture()))
    (view,) = card.rows.values()
    assert view.name.text() == "_img src=x_&gpj.png"
    for label in card.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    bring(qtbot, card, "/dev/zero")
    assert "不是文件" in card.notice.text()
    bring(qtbot, card, str(tmp_path / ".." / "none.png"))
    assert "读不出来" in card.notice.text()


def test_of_several_files_each_that_was_not_taken_is_named(card: AttachmentsCard, qtbot: QtBot, tmp_path: Path) -> None:
    bring(
        qtbot,
        card,
        kept(tmp_path, "空.pdf", b""),
        kept(tmp_path, "好.png", picture()),
        kept(tmp_path, "表.xlsx", b"PK\3\4"),
        kept(tmp_path, "再.png", picture()),
    )
    assert names(card) == ["好.png"]
    lines = card.notice.text().splitlines()
    assert [line.partition("：")[0] for line in lines] == ["空.pdf", "表.xlsx", "再.png"]
    assert "这个文件已经附上：好.png" in lines[2]


def test_a_stopped_file_leaves_nothing(card: AttachmentsCard, qtbot: QtBot, tmp_path: Path, hall: SmallHall) -> None:
    large = kept(tmp_path, "大.pdf", pdf(bytes(19 * 1024 * 1024)))
    with qtbot.waitSignal(card.queue.amount, timeout=PATIENCE):
        card.add_files([large, large])
    assert card.progress.isVisible()
    card.progress.cancel.click()
    quiet(qtbot, card)
    assert names(card) == []
    assert "已停止" in card.notice.text()
    assert not card.progress.isVisible()


def test_the_window_goes_on_while_a_large_file_is_taken_in(card: AttachmentsCard, qtbot: QtBot, tmp_path: Path) -> None:
    beats, tick = count(), QTimer()
    tick.timeout.connect(lambda: next(beats))
    tick.start(5)
    bring(qtbot, card, kept(tmp_path, "大.pdf", pdf(bytes(19 * 1024 * 1024))))
    tick.stop()
    assert names(card) == ["大.pdf"]
    assert next(beats) > 5, "the window stood still"


def test_a_picture_is_drawn_no_larger_than_asked_and_only_by_its_own_reader() -> None:
    image = decoded(picture(4000, 100), Media.PNG, 200)
    assert image is not None
    assert (image.width(), image.height()) == (200, 5)
    assert decoded(picture(form="BMP"), Media.PNG, 200) is None
    assert decoded(pdf(), Media.PDF, 200) is None
    assert turned(image, 5).height() == 200


def test_every_refusal_of_a_file_has_words(look: SetLook) -> None:
    look(language="en")
    assert "reason" not in refusal_words(Refused("attachment_unknown"))


def test_the_files_of_a_paper_keep_the_rules_of_every_page(card: AttachmentsCard, qtbot: QtBot, tmp_path: Path) -> None:
    bring(
        qtbot,
        card,
        kept(tmp_path, "照片.jpg", picture(form="JPEG")),
        kept(tmp_path, "图" * 60 + "abcdefghij" * 4 + ".png", picture()),
        kept(tmp_path, "合同.pdf", pdf()),
    )
    page = ScrollPage()
    card.window().takeCentralWidget()  # type: ignore[attr-defined]
    page.add(card)
    qtbot.addWidget(page)
    assert check_everywhere(page) == []


def test_looking_at_a_picture_keeps_the_rules_of_every_page(
    look: SetLook, qtbot: QtBot, card: AttachmentsCard, tmp_path: Path
) -> None:
    bring(qtbot, card, kept(tmp_path, "照片.png", picture(300, 400)))
    (row,) = card.rows.values()
    image = decoded(picture(300, 400), Media.PNG, 400)
    assert image is not None
    view = AttachmentView(row.row, image, may_change=True)
    view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(view)
    assert check_everywhere(view) == []
