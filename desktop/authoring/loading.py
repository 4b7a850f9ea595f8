"""The catalogue made of a folder: every entry read, every name and condition checked, all faults told at once."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from threading import Lock

from desktop.authoring.entries import read_entry
from desktop.authoring.faults import CatalogueFault, CatalogueUnreadable
from desktop.authoring.folder import KINDS, Authored, read_folder
from desktop.authoring.kept import kept_catalogue
from desktop.authoring.uses import Use, text_uses
from desktop.authoring.values import Desk
from desktop.workflow.catalogue.definitions import APPLICANT, CASE, Catalogue
from desktop.workflow.conditions.condition import ConditionFault
from desktop.workflow.procedure.profiles import PROFILES


def load_catalogue(path: Path | None = None, *, kept_in: Path | None = None) -> Catalogue:
    """Read and build the catalogue of a folder; None is the one shipped with the program.

    `kept_in` is the folder where the shipped one is kept as it was read, so that the next start is quicker. Raises
    CatalogueUnreadable with every fault found.
    """
    return _read(path) if path is not None else _Shipped.get(kept_in)


def _read(path: Path) -> Catalogue:
    return build(read_folder(path))


class _Shipped:
    """The catalogue shipped with the program, made once: it never changes while the program runs."""

    _made: Catalogue | None = None
    _turn = Lock()

    @classmethod
    def get(cls, kept_in: Path | None) -> Catalogue:
        """Give it, made at the first call."""
        with cls._turn:
            if cls._made is None:
                with as_file(files("resources") / "catalogue") as folder:
                    cls._made = _read(folder) if kept_in is None else kept_catalogue(folder, kept_in, _read)
            return cls._made


def build(authored: Authored) -> Catalogue:
    """Build the catalogue of what was read; raises CatalogueUnreadable with every fault found."""
    faults = list(authored.faults)
    desk = Desk(authored, faults)
    parts: dict[str, dict[str, object]] = {section: {} for section in KINDS}
    for section, kind in KINDS.items():
        for code, entry in authored.entries[kind].items():
            part = read_entry(desk, entry)
            if part is not None:
                parts[section][code] = part
    catalogue = Catalogue.model_validate({"version": authored.version, **parts})
    faults.extend(_name_faults(authored, catalogue))
    faults.extend(_use_faults(authored, catalogue, complete=not faults))
    faults.extend(_profile_faults(authored, catalogue))
    if faults:
        raise CatalogueUnreadable(faults)
    return catalogue


def _name_faults(authored: Authored, catalogue: Catalogue) -> list[CatalogueFault]:
    """Find facts that share the Chinese name conditions would call them by."""
    first: dict[str, str] = {}
    faults: list[CatalogueFault] = []
    for fact in catalogue.facts.values():
        other = first.setdefault(fact.name.zh, fact.code)
        if other != fact.code:
            file, line = authored.place("fact", fact.code, "zh")
            other_file, other_line = authored.place("fact", other, "zh")
            values = {"found": fact.name.zh, "first_file": other_file, "first_line": other_line}
            faults.append(CatalogueFault(file, line, "name_twice", values))
    return faults


def _profile_faults(authored: Authored, catalogue: Catalogue) -> list[CatalogueFault]:
    faults: list[CatalogueFault] = []
    for item in catalogue.items.values():
        if item.procedure not in PROFILES:
            file, line = authored.place("item", item.code, "procedure")
            values = {"found": item.procedure, "known": tuple(PROFILES)}
            faults.append(CatalogueFault(file, line, "unknown_procedure", values))
    return faults


def _use_faults(authored: Authored, catalogue: Catalogue, *, complete: bool) -> list[CatalogueFault]:
    """Read every condition and check every role.

    While entries are missing because of other faults, a name that only they could give is not told as unknown.
    """
    roles = {role.code for demand in catalogue.demands.values() for role in demand.roles} | {APPLICANT, CASE}
    faults: list[CatalogueFault] = []
    for use in text_uses(catalogue):
        file, line = authored.place(use.kind, use.code, use.at, use.text)
        if use.is_role:
            if use.text not in roles | use.roles and complete:
                faults.append(CatalogueFault(file, line, "unknown_role", {"found": use.text}))
            continue
        fault = _condition_fault(catalogue, use)
        if fault is not None and (complete or fault.code != "unknown_name"):
            values = {"text": use.text, "column": fault.column, "condition": fault.code, **fault.values}
            faults.append(CatalogueFault(file, line, "condition_unreadable", values))
    return faults


def _condition_fault(catalogue: Catalogue, use: Use) -> ConditionFault | None:
    try:
        catalogue.condition(use.text)
    except ConditionFault as fault:
        return fault
    return None
