"""Names for rows: made by the seat itself, in order of time, never twice (UUID version 7, RFC 9562)."""

import secrets
import threading
import time
from collections.abc import Callable
from uuid import UUID

_RANDOM_BITS = 74
_VERSION_AND_VARIANT = (0x7 << 76) | (0b10 << 62)


def _milliseconds_now() -> int:
    return time.time_ns() // 1_000_000


class IdSource:
    """Gives identifiers that only ever rise, even when the clock stands still or is set back."""

    def __init__(self, milliseconds: Callable[[], int] = _milliseconds_now) -> None:
        self._milliseconds = milliseconds
        self._turn = threading.Lock()
        self._last_time = 0
        self._last_random = 0

    def new(self) -> UUID:
        """Return the next identifier."""
        with self._turn:
            now = self._milliseconds()
            if now > self._last_time:
                self._last_time = now
                # The top bit starts at nought, so that counting on within a millisecond has room.
                self._last_random = secrets.randbits(_RANDOM_BITS - 1)
            else:
                # A random step, so that a copied process (fork) does not count the same numbers.
                self._last_random += 1 + secrets.randbits(32)
                if self._last_random >> _RANDOM_BITS:
                    self._last_time += 1
                    self._last_random = secrets.randbits(_RANDOM_BITS - 1)
            return _assemble(self._last_time, self._last_random)


def _assemble(milliseconds: int, random: int) -> UUID:
    high, low = random >> 62, random & ((1 << 62) - 1)
    return UUID(int=(milliseconds << 80) | (high << 64) | low | _VERSION_AND_VARIANT)


_SOURCE = IdSource()


def new_id() -> UUID:
    """Return a new identifier, later than every one this process made before."""
    return _SOURCE.new()
