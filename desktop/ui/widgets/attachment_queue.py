"""Files on their way into the records: one after the other, on the worker's thread, with a way to stop."""

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QImage, QImageWriter

from desktop.ui.navigation import Seat
from desktop.ui.widgets.attachment_pictures import prove_picture
from desktop.usecases.context import Session
from desktop.usecases.papers.attachment_intake import Added, FileToAttach, attach
from desktop.usecases.papers.attachments import Place
from desktop.usecases.papers.file_kinds import clean_file_name
from desktop.usecases.refused import Refused
from desktop.words import _

MOST_AT_ONCE = 20
"""Files of one drop: a whole folder dropped by mistake is not read through to its end."""


class AttachmentQueue(QObject):
    """Takes in what it is given, in its order; `place` says where each lies when its turn comes."""

    begun = Signal()
    amount = Signal(int, int)
    added = Signal(object)  # Added
    refused = Signal(str, object)  # what it is called, and a Refused
    too_many = Signal(int)
    failed = Signal()
    """The store failed; the window says so, and what still waited is not begun."""

    def __init__(self, seat: Seat, place: Callable[[], Place], parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat
        self._place = place
        self._waiting: deque[str | QImage] = deque()
        self.busy = False
        seat.runner.progressed.connect(self._on_progressed)
        seat.runner.broken.connect(self._on_broken)

    def add_files(self, paths: Iterable[str]) -> None:
        """Take in files from the disk."""
        chosen = list(paths)
        if len(chosen) > MOST_AT_ONCE:
            self.too_many.emit(len(chosen))
            return
        self._waiting.extend(chosen)
        self._next()

    def add_image(self, image: QImage) -> None:
        """Take in a picture that never was a file."""
        self._waiting.append(image)
        self._next()

    def take(self, data: QMimeData) -> bool:
        """Take in what was dropped or pasted; say whether there was anything to take."""
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if paths:
            self.add_files(paths)
            return True
        image = data.imageData() if data.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self.add_image(image)
            return True
        return False

    def forget(self) -> None:
        """Begin none of those that still wait."""
        self._waiting.clear()

    def stop(self) -> None:
        """Stop the one that is being taken in, and begin no other."""
        self.forget()
        self._seat.runner.stop_work()

    def _next(self) -> None:
        if self.busy or not self._waiting:
            return
        self.busy = True
        self.begun.emit()
        brought, place = self._waiting.popleft(), self._place()
        if isinstance(brought, QImage):
            name = _("pasted picture")
            piece = partial(_attach_image, self._seat.session, brought, name, place)
        else:
            name = clean_file_name(brought)
            piece = partial(_attach_file, self._seat.session, FileToAttach(brought, place, brought))
        self._seat.runner.work(self, piece, done=self._on_added, refused=partial(self._on_refused, name))

    def _on_added(self, added: Added) -> None:
        self.busy = False
        self.added.emit(added)
        self._next()

    def _on_refused(self, name: str, refusal: Refused) -> None:
        self.busy = False
        self.refused.emit(name, refusal)
        self._next()

    @Slot(object)
    def _on_broken(self, _error: BaseException) -> None:
        """Be ready for another try: whose work failed is not said, and one more wait would never end."""
        self.forget()
        self.busy = False
        self.failed.emit()

    @Slot(int, int)
    def _on_progressed(self, done: int, of: int) -> None:
        if self.busy and of:
            self.amount.emit(done, of)


def holds_files(data: QMimeData) -> bool:
    """Say whether something that is dragged or was copied holds files of this computer or a picture."""
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def _attach_file(
    session: Session | None, file: FileToAttach, performer: Any, report: Callable[[int, int], bool]
) -> Added:
    """On the worker's thread: take one file in."""
    return attach(performer, session, file, report, prove_picture)


def _attach_image(
    session: Session | None,
    image: QImage,
    name: str,
    place: Place,
    performer: Any,
    report: Callable[[int, int], bool],
) -> Added:
    """On the worker's thread: write a pasted picture down as a file, and take that in."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    file = FileToAttach(f"{name}.png", place, content=bytes(buffer.data().data()))
    return attach(performer, session, file, report, prove_picture)
