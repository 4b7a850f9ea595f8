"""What became of a list that was read in: how many rows were taken, and for each other row the line and the reason."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Progress = Callable[[int, int], bool]
"""Hears how much of how much is done; answered False, the work stops at its next resting place."""


def go_on(_done: int, _of: int) -> bool:
    """Never stop."""
    return True


@dataclass(frozen=True)
class Note:
    """Something to be said of one line; `taken` tells whether the row was taken all the same."""

    line: int
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    taken: bool = True


@dataclass(frozen=True)
class ImportReport:
    """The whole of it; a trial (`dry`) says what would be and wrote nothing."""

    rows: int
    added: int = 0
    changed: int = 0
    known: int = 0
    refused: int = 0
    notes: tuple[Note, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    """How many of each kind were added: departments of items, demands of messages."""
    new_departments: tuple[str, ...] = ()
    stopped: bool = False
    dry: bool = False


@dataclass
class Tally:
    """A report while it grows."""

    rows: int
    added: int = 0
    changed: int = 0
    known: int = 0
    notes: list[Note] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    new_departments: list[str] = field(default_factory=list)
    stopped: bool = False

    def note(self, line: int, why: str, /, **values: Any) -> None:
        """Say something of a row that is taken all the same."""
        self.notes.append(Note(line, why, values))

    def refuse(self, line: int, why: str, /, **values: Any) -> None:
        """Say why a row is not taken."""
        self.notes.append(Note(line, why, values, taken=False))

    def report(self, *, dry: bool = False) -> ImportReport:
        """Give the report, its notes in the order of the lines."""
        return ImportReport(
            rows=self.rows,
            added=self.added,
            changed=self.changed,
            known=self.known,
            refused=len({note.line for note in self.notes if not note.taken}),
            notes=tuple(sorted(self.notes, key=lambda note: note.line)),
            kinds=dict(self.kinds.most_common()),
            new_departments=tuple(self.new_departments),
            stopped=self.stopped,
            dry=dry,
        )
