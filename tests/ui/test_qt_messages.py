"""What Qt says is passed on, but for the one line that an offscreen window is no warning."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.qt_messages import NOISE, QtMessages


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """What whoever listened before hears."""
    said: list[str] = []

    def hear(_kind: QtMsgType, _context: object, message: str) -> None:
        said.append(message)

    before = qInstallMessageHandler(hear)
    yield said
    qInstallMessageHandler(before)


def test_only_the_line_about_size_hints_is_dropped(qapp: QApplication, heard: list[str]) -> None:
    messages = QtMessages()
    messages.install()
    messages.install()
    try:
        qWarning(NOISE)
        qWarning(NOISE + " and more")
        qWarning("something else")
    finally:
        messages.remove()
    assert heard == [NOISE + " and more", "something else"]
    qWarning(NOISE)
    assert heard[-1] == NOISE


def test_a_window_drawn_offscreen_says_nothing(qapp: QApplication, heard: list[str]) -> None:
    messages = QtMessages()
    messages.install()
    window = QWidget()
    window.setMinimumSize(100, 100)
    window.show()
    window.setMinimumSize(200, 200)
    qapp.processEvents()
    window.close()
    messages.remove()
    assert heard == []


def test_without_a_listener_the_words_go_to_the_terminal(
    qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    before = qInstallMessageHandler(None)
    messages = QtMessages()
    messages.install()
    qWarning(NOISE)
    qWarning("something else")
    messages.remove()
    qInstallMessageHandler(before)
    assert capsys.readouterr().err == "something else\n"
