"""Seeding a fault: one piece of one function's source is changed in place, for as long as a test runs."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from types import FunctionType


@contextmanager
def seeded(function: object, old: str, new: str) -> Iterator[None]:
    """Change a piece of a function's source, wherever the function is held; it must stand there exactly once."""
    assert isinstance(function, FunctionType)
    source = textwrap.dedent(inspect.getsource(function))
    source = source[source.index("def ") :]
    assert source.count(old) == 1, f"{old!r} stands {source.count(old)} times in {function.__qualname__}"
    made: dict[str, object] = {}
    changed = compile("from __future__ import annotations\n" + source.replace(old, new), "<seeded>", "exec")
    exec(changed, function.__globals__, made)  # noqa: S102 — our own source with one piece changed
    faulty = made[function.__name__]
    assert isinstance(faulty, FunctionType)
    kept = function.__code__
    function.__code__ = faulty.__code__
    try:
        yield
    finally:
        function.__code__ = kept
