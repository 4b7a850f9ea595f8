"""Words typed into a card and not sent: kept through Cancel, another page, the lock and the end of the program."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.requests.kept_words import KeepWords, Words, keep_words, words_kept

if TYPE_CHECKING:
    from desktop.ui.navigation import Seat

REST_MS = 500
REASON = "reason"
"""The field of a card in which it is said why."""


class KeptWords(QObject):
    """What stands in the cards of one seat; a card is named after what it is about, so that nothing is mixed up."""

    def __init__(self, seat: "Seat") -> None:
        super().__init__()  # no child of the seat: whoever tidies up the two may come upon either first
        self._seat = seat
        self._words: dict[str, dict[str, str]] = {}
        self._touched: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self.keep_now)
        seat.session_changed.connect(self._on_session)

    def begin(self) -> None:
        """Read what who has just sat down typed before and did not send."""
        if self._seat.may(Permission.KEEP_DRAFT):
            self._seat.runner.read(self, words_kept, None, done=self._on_read)

    def of(self, card: str) -> Mapping[str, str]:
        """Give what was typed into a card and not sent, by its field."""
        return self._words.get(card, {})

    def keep(self, card: str, field: str, said: str) -> None:
        """Keep what stands in a field of a card now."""
        if self._words.get(card, {}).get(field, "") != said:
            self._words.setdefault(card, {})[field] = said
            self._touch(card)

    def attach(self, card: str, editors: Mapping[str, QWidget]) -> bool:
        """Put back into the fields of a card what was typed before, and keep what is typed from now on.

        True when anything was put back.
        """
        said = dict(self.of(card))
        for name, editor in editors.items():
            if said.get(name):
                _put(editor, said[name])
            if isinstance(editor, QLineEdit | QPlainTextEdit):
                editor.textChanged.connect(partial(self._on_typed, card, name, editor))
        return any(said.get(name) for name in editors)

    def forget(self, card: str) -> None:
        """Keep the words of a card no longer: they were sent."""
        if self._words.pop(card, None) is not None:
            self._touch(card)

    @Slot()
    def keep_now(self) -> None:
        """Keep everything typed since the last time."""
        self._timer.stop()
        if self._touched and self._seat.may(Permission.KEEP_DRAFT):
            words = {card: dict(self._words.get(card, {})) for card in self._touched}
            self._seat.runner.write(self, keep_words, KeepWords(words), refused=partial(self._on_refused, set(words)))
        self._touched = set()

    def _on_refused(self, cards: set[str], _refusal: Refused) -> None:
        """Keep for the next time what could not be kept now; it still stands in its card."""
        self._touched |= cards

    def _on_read(self, words: Words) -> None:
        self._words = {card: dict(said) for card, said in words.items()} | self._words

    def _on_typed(self, card: str, name: str, editor: QWidget, _text: str = "") -> None:
        self.keep(card, name, _said(editor))

    def _touch(self, card: str) -> None:
        self._touched.add(card)
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_session(self) -> None:
        """Let go of the words of who sat here before; they are kept by then."""
        self._timer.stop()
        self._words, self._touched = {}, set()


def _said(editor: QWidget) -> str:
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return editor.text() if isinstance(editor, QLineEdit) else ""


def _put(editor: QWidget, said: str) -> None:
    if isinstance(editor, QPlainTextEdit):
        editor.setPlainText(said)
    elif isinstance(editor, QLineEdit):
        editor.setText(said)
