"""What the program has to say, in place: success quietly, a problem with its reason and the way on. Nothing pops up."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from desktop.ui import theme
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, emptied
from desktop.ui.widgets.link import WrappingLink
from desktop.words import _, here, ngettext

Tone = Literal["info", "done", "warning", "problem"]

_ICONS: dict[Tone, tuple[str, str]] = {
    "info": ("info", "accent"),
    "done": ("circle-check", "done"),
    "warning": ("alert-triangle", "warning"),
    "problem": ("alert-circle", "danger"),
}


class Notice(Retranslated, QFrame):
    """A strip above or beside what it speaks of; empty it takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tone: Tone = "info"
        self._faults: list[tuple[str, QWidget]] = []
        self._icon = IconLabel("info", "accent")
        self._what = Label(role="strong")
        self._more = Label()
        self._links = Column(spacing=0)
        column = Column(spacing=0.3)
        column.addWidget(self._what)
        column.addWidget(self._more)
        column.addLayout(self._links)
        row = Row(self, spacing=0.8, margins=(1, 0.8, 1, 0.8))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.hide()

    def say(self, tone: Tone, what: str, more: str = "") -> None:
        """Say something, with more words under it if they help."""
        self._faults = []
        self._show(tone, what, more)

    def say_done(self, what: str, undo: tuple[str, Callable[[], None]] | None = None) -> None:
        """Say that something is done; ``undo`` is the word of a button beside it and what it does."""
        self.say("done", what)
        if undo is not None:
            word, act = undo
            self._add_link(word, act, "undo")

    def say_problem(self, what: str, why: str = "", next_step: str = "") -> None:
        """Say what went wrong, why, and what to do now; it takes the focus, so that it is heard."""
        self.say("problem", what, "\n".join(text for text in (why, next_step) if text))
        self._take_focus()

    def say_errors(self, faults: Sequence[tuple[str, QWidget]]) -> None:
        """Say every error of a form, each a way to its field; it takes the focus."""
        self._faults = list(faults)
        self._show_faults()
        self._take_focus()

    def take_keys(self) -> None:
        """Take the keyboard from what has gone with the act that is told of, so that it falls on nothing else.

        It is no stop of Tab and has no ring: nothing is to be done about good news.
        """
        self._take_focus()

    def clear(self) -> None:
        """Say nothing and take no room."""
        self._faults = []
        self.hide()

    def text(self) -> str:
        """What is said, as it is heard."""
        return "\n".join(text for text in (self._what.text(), self._more.text()) if text)

    def retranslate(self) -> None:
        """Say the count of errors in the other language; what a page said it says again itself."""
        if self._faults:
            self._show_faults()

    def lines(self) -> list[str]:
        """The ways on that are offered, each in its words."""
        links = (self._links.itemAt(at) for at in range(self._links.count()))
        found = (None if item is None else item.widget() for item in links)
        return [link.words() for link in found if isinstance(link, WrappingLink)]

    def _show_faults(self) -> None:
        go = Qt.FocusReason.TabFocusReason
        ways = [(text, partial(widget.setFocus, go)) for text, widget in self._faults]
        wrong = sum(is_filled(widget) for _text, widget in self._faults)
        self._show_ways(ways, count_words(len(ways), wrong=wrong))

    def _show_ways(self, ways: Sequence[tuple[str, Callable[[], None]]], count: str, tone: Tone = "problem") -> None:
        """Say how many places are open or wrong, and each of them as the way there."""
        self._show(tone, count)
        for text, act in ways:
            self._add_link(text, act, "arrow-right")

    def _show_count(self, count: str) -> None:
        """Say the count anew and leave the ways as they are, with the keyboard where it is."""
        self._what.set_text(count)
        self.setAccessibleName(self._what.text())

    def _show(self, tone: Tone, what: str, more: str = "") -> None:
        emptied(self._links)
        self.tone = tone
        self._icon.show_icon(*_ICONS[tone])
        self._what.set_text(what)
        self._more.set_text(more)
        self._more.setVisible(bool(more))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tone == "problem" else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(what)
        self.setAccessibleDescription(more)
        theme.set_role(self, f"notice-{tone}")
        self.show()

    def _add_link(self, text: str, act: Callable[[], None], icon: str) -> None:
        link = WrappingLink(text, icon=icon)
        link.clicked.connect(act)
        self._links.addWidget(link)

    def _take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)


def is_filled(editor: QWidget) -> bool:
    """Tell whether something stands in a field: what is said of it then is to be put right, not to be filled in."""
    if isinstance(editor, QLineEdit):
        return bool(editor.text().strip())
    return isinstance(editor, DateEdit) and not editor.is_empty()


def count_words(count: int, may_wait: int = 0, wrong: int = 0) -> str:
    """Say how many places must be filled, how many put right, and how many more may be left open for now."""
    still = count - wrong
    parts = (
        (still, ngettext("{n} place is still open", "{n} places are still open", still).format(n=still)),
        (wrong, ngettext("{n} place is wrong", "{n} places are wrong", wrong).format(n=wrong)),
    )
    must = here().listing(words for number, words in parts if number)
    more = ngettext("{n} more may be answered later", "{n} more may be answered later", may_wait).format(n=may_wait)
    alone = ngettext("{n} place may be answered later", "{n} places may be answered later", may_wait).format(n=may_wait)
    said = (must if not may_wait else _("{must}; {more}").format(must=must, more=more)) if count else alone
    return _("{count}:").format(count=said)
