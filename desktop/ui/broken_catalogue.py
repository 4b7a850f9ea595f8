"""A catalogue that cannot be read, in words: which file and line, what is wrong and how to mend it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.authoring.fault_words import sentence
from desktop.authoring.faults import CatalogueFault
from desktop.ui.navigation import Seat
from desktop.words import _, here, ngettext

SHOWN = 3
"""Faults that are said one by one; the rest are counted."""


def broken_words(faults: Sequence[CatalogueFault]) -> tuple[str, str]:
    """Say that the catalogue cannot be read and what is wrong with it, and what to do."""
    lines = [_place(fault) for fault in faults[:SHOWN]]
    left = len(faults) - SHOWN
    if left > 0:
        lines.append(ngettext("and {n} more fault", "and {n} more faults", left).format(n=left))
    lines.append(_("Mend the file and try again. “yijian catalogue check” lists every fault."))
    return _("The catalogue cannot be read."), "\n".join(lines)


def _place(fault: CatalogueFault) -> str:
    if not fault.line:
        return _("{file}: {what}").format(file=fault.file, what=sentence(fault, here()))
    place = _("{file}, line {line}: {what}")
    return place.format(file=fault.file, line=fault.line, what=sentence(fault, here()))


class BrokenCatalogueNote(QObject):
    """Tells everybody who sits down that the hall goes on with the catalogue it had before, and why."""

    def __init__(self, seat: Seat, faults: Sequence[CatalogueFault], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat, self._faults = seat, tuple(faults)
        seat.session_changed.connect(self._on_session_changed)

    @Slot()
    def _on_session_changed(self) -> None:
        if self._seat.session is not None:
            QTimer.singleShot(0, self, self._say)  # the desk is laid out first

    @Slot()
    def _say(self) -> None:
        what, more = broken_words(self._faults)
        goes_on = _("{broken} The hall goes on with the catalogue it had before.").format(broken=what)
        self._seat.say("warning", f"{goes_on}\n{more}")
