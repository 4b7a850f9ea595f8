"""Everything that is wrong with a form, said at once above it: one line each, and each line leads to its place."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.ui.widgets.field import Field
from desktop.ui.widgets.notice import Notice, Tone, count_words, is_filled
from desktop.words import _


class Fault(NamedTuple):
    """A place that is still open or wrong: what to say of it now, empty once it is put right, and the way there.

    What `may_wait` is told along and keeps nothing back. `is_wrong` tells what is to be put right from what is open.
    """

    where: QWidget
    words: Callable[[], str]
    focus: Callable[[], None]
    may_wait: bool = False
    is_wrong: Callable[[], bool] = lambda: False


def of_field(field: Field[Any], *, may_wait: bool = False, only_open: bool = False) -> Fault:
    """Say of a field what stands under it, after what it asks.

    What is filled in is wrong, unless it is `only_open`: right as it stands, and something is still to be done with it.
    """
    is_wrong = partial(bool, 0) if only_open else partial(is_filled, field.editor)
    return Fault(field, lambda: _field_words(field), field.focus, may_wait, is_wrong)


class FaultSummary(Notice):
    """The faults of a form; what has been put right leaves the list, and with the last the strip goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: tuple[Fault, ...] = ()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.see_again)

    def say_faults(self, faults: Sequence[Fault], straight_to: Fault | None = None) -> None:
        """Say them all, what may wait after the rest.

        A single one has the keyboard at once, of several the strip has it, so that all are heard.

        With `straight_to` the keyboard goes there: to the only one that keeps something back.
        """
        self._places = tuple(sorted(faults, key=lambda fault: fault.may_wait))
        self.see_again()
        first = faults[0] if len(faults) == 1 else straight_to
        if first is not None:
            first.focus()
        elif faults:
            self._take_focus()

    @Slot()
    def see_again(self) -> None:
        """Let go of what has been put right, and say the rest in the language of the seat."""
        self._places = tuple(each for each in self._places if isValid(each.where) and each.words())
        said = [(each.words(), each.focus) for each in self._places]
        may_wait = sum(each.may_wait for each in self._places)
        must = len(said) - may_wait
        wrong = sum(not each.may_wait and each.is_wrong() for each in self._places)
        tone: Tone = "problem" if must else "info"
        if [words for words, _focus in said] == self.lines() and not self.isHidden() and self.tone == tone:
            self._show_count(count_words(must, may_wait, wrong))
        elif said:
            self._show_ways(said, count_words(must, may_wait, wrong), tone)
        else:
            self.clear()

    def clear(self) -> None:
        """Say nothing and take no room."""
        self._places = ()
        super().clear()

    def retranslate(self) -> None:
        """Say it again once the fields, which are told later, have said theirs."""
        if self._places:
            self._later.start()


def _field_words(field: Field[Any]) -> str:
    said, label = field.error(), field.label_text()
    if not said or not label or label in said:
        return said
    if label.endswith(("?", "？")):
        return f"{label} {said}" if label.isascii() else label + said
    return _("{field}: {error}").format(field=label, error=said)
