"""Locks between the processes of one seat: a turn at writing, and who has the records open.

The only place that knows how the operating system locks a file.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.faults import Fault, StorageFault, classify


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        code = classify(error)
        if code is None:
            raise
        raise StorageFault(code, path=path) from error


class _Waiter:
    """Waits for a lock in a thread of its own, because the system cannot be told how long to wait."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._turn = threading.Lock()
        self._done = threading.Event()
        self._held = False
        self._given_up = False
        threading.Thread(target=self._wait, name="file-lock", daemon=True).start()

    def _wait(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        with self._turn:
            self._held = True
            if self._given_up:
                os.close(self._descriptor)  # nobody waits any more: closing lets the lock go
        self._done.set()

    def wait(self, seconds: float) -> bool:
        """Return whether the lock came in time; when it did not, the thread lets it go as soon as it comes."""
        try:
            in_time = self._done.wait(seconds)
        except BaseException:
            self._give_up()
            raise
        return in_time or not self._give_up()

    def _give_up(self) -> bool:
        """Return True when the lock has not come; when it came at the last moment it is ours, and False."""
        with self._turn:
            self._given_up = not self._held
            return self._given_up


@contextmanager
def writing_turn(path: Path, seconds: float) -> Iterator[None]:
    """Hold the turn to write; StorageFault locked_too_long when it does not come within the seconds.

    The store has a lock of its own. Here those who wait sleep until the turn is free; there they would ask
    again and again at growing intervals, and an unlucky seat would starve.
    """
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if not _Waiter(descriptor).wait(seconds):
            raise StorageFault(Fault.LOCKED_TOO_LONG, path=path, seconds=seconds) from None
    try:
        yield
    finally:
        os.close(descriptor)


class Presence:
    """Says that a process has the records open; whoever replaces them must be the only one."""

    def __init__(self, path: Path, *, alone: bool = False) -> None:
        self._descriptor: int | None = _open(path)
        try:
            fcntl.flock(self._descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            self.leave()
            raise StorageFault(Fault.IN_USE, path=path) from None

    def leave(self) -> None:
        """Say that the records are no longer open here."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
