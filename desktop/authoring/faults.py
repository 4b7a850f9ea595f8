"""What is wrong with a catalogue folder: every fault with its file and line, told to the author all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CatalogueFault:
    """One thing an author must mend: where it stands (line from 1, 0 for the whole file), a code and its values."""

    file: str
    line: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


class CatalogueUnreadable(ValueError):
    """A folder that makes no catalogue; `faults` holds everything that is wrong with it, in the order of the files."""

    def __init__(self, faults: Iterable[CatalogueFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line)))
        super().__init__("; ".join(f"{fault.file}:{fault.line} {fault.code}" for fault in self.faults[:20]))
