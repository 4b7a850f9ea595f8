"""Use cases off the window's thread: one writer, a few readers, and their answers back on the window's thread.

``write`` and ``read`` return at once. The answer comes to ``done`` or ``refused`` only while ``owner`` still exists: a
page may be gone when it arrives. Callbacks are bound methods or ``functools.partial``.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, Protocol
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from desktop.ui.collector import Collector
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic

READERS = 3
OWN_ACTS = 1_000
"""How many of the acts asked for here are remembered; news of them come within a second."""

Answered = Callable[[Any], None]
Denied = Callable[[Refused], None]
Call = Callable[[], Any]


class Outcome(Protocol):
    """What an act brought: its value, and which kinds of data it changed."""

    @property
    def value(self) -> Any:
        """What the use case returned."""

    @property
    def topics(self) -> frozenset[Topic]:
        """What was changed."""


class Performs(Protocol):
    """Whoever carries out use cases; in the program the performer, in one transaction each."""

    def write(self, session: Any, use_case: Any, command: Any, op: UUID | None = None) -> Outcome:
        """Carry out an act."""

    def read(self, session: Any, use_case: Any, query: Any) -> Any:
        """Answer a question."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One thing asked for: by whom, and who is to hear of the outcome."""

    owner: QObject
    done: Answered | None
    refused: Denied | None


class Runner(QObject):
    """Carries out what the window asks for; it lives as long as the program and owns the only signal of change."""

    changed = Signal(object)  # frozenset[Topic]
    refused = Signal(object)  # a Refused nobody else wanted to hear
    broken = Signal(object)  # an error that is a bug, or a store that cannot be reached
    pending_changed = Signal(int)
    progressed = Signal(int, int)  # how much of a long piece of work is done, of how much
    _answered = Signal(int, object)

    def __init__(self, performer: Performs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session: Any = None
        self.pending = 0
        self._performer = performer
        # Who asked stays on this thread: a page whose last trace a worker forgets would be destroyed on its thread.
        self._waiting: dict[int, _Asked] = {}
        self._numbers = count()
        self._own: deque[UUID] = deque(maxlen=OWN_ACTS)
        self._open = True
        self._go_on = True
        self._collector = Collector(self)
        self._writer = ThreadPoolExecutor(1, "writer")
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def write(
        self,
        owner: QObject,
        use_case: Callable[..., Any],
        command: object,
        *,
        done: Answered | None = None,
        refused: Denied | None = None,
        op: UUID | None = None,
    ) -> UUID:
        """Carry out an act; acts are carried out one after the other, in the order they were asked for.

        ``op`` names the act, so that the same act asked for twice is done once; it is returned.
        """
        op = op or uuid4()
        self._own.append(op)
        asked = _Asked(owner, done, refused)
        self._start(
            self._writer, asked, partial(self._performer.write, self.session, use_case, command, op), wrote=True
        )
        return op

    def read(
        self,
        owner: QObject,
        use_case: Callable[..., Any],
        query: object,
        *,
        done: Answered,
        refused: Denied | None = None,
    ) -> None:
        """Answer a question; several are answered at a time, so answers may come in another order."""
        asked = _Asked(owner, done, refused)
        self._start(self._readers, asked, partial(self._performer.read, self.session, use_case, query), wrote=False)

    def work(
        self,
        owner: QObject,
        piece: Callable[[Any, Callable[[int, int], bool]], Any],
        *,
        done: Answered,
        refused: Denied | None = None,
    ) -> None:
        """Carry out a long piece of work that is many acts, in the writers' turn; it tells how far it is.

        The piece is given whoever carries out use cases, and a report to call: answered False, it is to stop.
        """
        self._go_on = True
        call = partial(piece, self._performer, self._report_progress)
        self._start(self._writer, _Asked(owner, done, refused), call, wrote=False)

    def stop_work(self) -> None:
        """Let a long piece of work stop at its next resting place."""
        self._go_on = False

    def is_own(self, op: UUID) -> bool:
        """Whether an act was asked for here; what it changed has been told already, or will be."""
        return op in self._own

    def tell(self, topics: frozenset[Topic]) -> None:
        """Say that something of these kinds has changed, by whomever."""
        self.changed.emit(topics)

    def close(self) -> None:
        """Finish what was begun, start nothing more, and answer nobody."""
        self._open = False
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._collector.stop()

    def _start(self, pool: ThreadPoolExecutor, asked: _Asked, call: Call, *, wrote: bool) -> None:
        if not self._open:
            return
        self._count(1)
        number = next(self._numbers)
        self._waiting[number] = asked
        pool.submit(call).add_done_callback(partial(self._report, number, wrote))

    def _report_progress(self, done: int, of: int) -> bool:
        """On the worker's thread: say how far a long piece of work is, and whether to go on."""
        if self._open:
            self.progressed.emit(done, of)
        return self._go_on and self._open

    def _report(self, number: int, wrote: bool, future: "Future[Any]") -> None:  # noqa: FBT001  bound by partial
        """On the worker's thread: hand the outcome over to the window's."""
        if self._open and not future.cancelled():
            self._answered.emit(number, (wrote, future))

    @Slot(int, object)
    def _on_answered(self, number: int, outcome: "tuple[bool, Future[Any]]") -> None:
        wrote, future = outcome
        asked = self._waiting.pop(number)
        self._count(-1)
        error = future.exception()
        if isinstance(error, Refused):
            self._say_refused(asked, error)
        elif error is not None:
            self.broken.emit(error)
        elif wrote:
            self._say_done(asked, future.result())
        elif asked.done is not None and isValid(asked.owner):
            asked.done(future.result())

    def _say_done(self, asked: _Asked, outcome: Outcome) -> None:
        if asked.done is not None and isValid(asked.owner):
            asked.done(outcome.value)
        if outcome.topics:
            self.changed.emit(frozenset(outcome.topics))

    def _say_refused(self, asked: _Asked, refusal: Refused) -> None:
        if asked.refused is None:
            self.refused.emit(refusal)
        elif isValid(asked.owner):
            asked.refused(refusal)

    def _count(self, by: int) -> None:
        self.pending += by
        self.pending_changed.emit(self.pending)
