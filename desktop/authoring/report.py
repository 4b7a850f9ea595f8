"""What an author is told of a catalogue folder: every fault and finding with file and line, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path
from typing import overload

from desktop.authoring.fault_words import sentence
from desktop.authoring.faults import CatalogueFault, CatalogueUnreadable
from desktop.authoring.folder import KINDS, Authored, read_folder
from desktop.authoring.loading import build
from desktop.words import Language, Words, here, in_language
from desktop.workflow.checking.check import Finding, Severity, check


@dataclass(frozen=True, slots=True)
class Told:
    """One fault or finding at its file and line."""

    severity: Severity
    fault: CatalogueFault

    @property
    def is_error(self) -> bool:
        """Whether it stands in the way of publishing."""
        return self.severity is Severity.ERROR

    def line(self, words: Words) -> str:
        """Say it in one line: file, line, severity, sentence."""
        place = f"{self.fault.file}:{self.fault.line}" if self.fault.line else self.fault.file
        head = words.gettext("Error") if self.is_error else words.gettext("Warning")
        said = words.gettext("{severity}: {sentence}").format(severity=head, sentence=sentence(self.fault, words))
        return f"{place} {said}" if place else said


@dataclass(frozen=True, slots=True)
class Report(Sequence[Told]):
    """All that is told of a folder, errors first, with how many entries of each kind and of each severity there are."""

    findings: tuple[Told, ...]
    counts: Mapping[str, int] = field(default_factory=dict)

    @overload
    def __getitem__(self, index: int) -> Told: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Told]: ...
    def __getitem__(self, index: int | slice) -> Told | Sequence[Told]:
        return self.findings[index]

    def __len__(self) -> int:
        return len(self.findings)

    @property
    def may_be_published(self) -> bool:
        """Whether no error stands in the way."""
        return not any(told.is_error for told in self.findings)


def check_folder(path: Path | None = None) -> Report:
    """Read, build and check a folder; None is the catalogue shipped with the program."""
    if path is not None:
        return _report(read_folder(path))
    with as_file(files("resources") / "catalogue") as folder:
        return _report(read_folder(folder))


def lines(report: Report, language: Language | None = None) -> Iterator[str]:
    """Say every finding in a line of its own, in the seat's language or another."""
    words = here() if language is None else in_language(language)
    return (told.line(words) for told in report.findings)


def _report(authored: Authored) -> Report:
    try:
        found = tuple(_placed(authored, finding) for finding in check(build(authored)))
    except CatalogueUnreadable as unreadable:
        found = tuple(Told(Severity.ERROR, fault) for fault in unreadable.faults)
    told = tuple(sorted(found, key=lambda each: (not each.is_error, each.fault.file, each.fault.line)))
    counts = Counter({section: len(authored.entries[kind]) for section, kind in KINDS.items()})
    counts.update("errors" if each.is_error else "warnings" for each in told)
    return Report(told, dict(counts))


def _placed(authored: Authored, finding: Finding) -> Told:
    """Put a finding at its file and line; a text it names is looked for within its field."""
    kind, code, at = finding.where
    values = {"entry": code, **finding.values}
    if kind not in authored.entries:
        return Told(finding.severity, CatalogueFault("", 0, finding.code, values))
    wanted = [str(finding.values[key]) for key in ("text", "role", "material", "fact") if key in finding.values]
    file, line = authored.place(kind, code, at, wanted[0] if wanted else None)
    return Told(finding.severity, CatalogueFault(file, line, finding.code, values))
