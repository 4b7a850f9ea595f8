"""What a hall offers: the shipped catalogue, and beside it the hall's own plain items from its county's list.

A plain item is a department, a limit and a checklist. Each becomes an item, the result it gives and the demand that
leads to it, so that it is found, logged, receipted, worked on and counted like everything else.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final, Literal
from uuid import UUID

from sqlalchemy import Connection, update

from db.base import write_json
from db.models import Hall
from db.queries.hall_items import HallItemRow, hall_items
from db.queries.halls import DepartmentRow, departments, hall_row
from desktop.usecases.context import Context
from desktop.workflow.catalogue.definitions import (
    APPLICANT,
    CASE,
    Catalogue,
    Demand,
    Department,
    Item,
    Material,
    Outcome,
    Role,
    Text,
    Want,
)
from desktop.workflow.catalogue.requirements import All, LeafKind, Need, Phase, Requirement
from desktop.workflow.procedure.procedures import ItemKind
from desktop.workflow.time.calendars import TimeFault
from desktop.workflow.time.limits import Limit

REVISION: Final = "items"
"""The hall's setting that counts how often its items were changed."""

_KINDS: Final = ("person", "enterprise", "sole_trader", "body")
_APPLICANT: Final = Role(code=APPLICANT, name=Text(zh="申请人", en="Applicant"), kinds=_KINDS)
_AGENT: Final = Role(code="agent", name=Text(zh="代理人", en="Agent"), kinds=("person",), optional=True)
_OUTCOMES: Final[Mapping[str, Literal["certificate", "registration", "permit", "payment", "notice", "consent"]]] = {
    "permit": "permit",
    "confirmation": "certificate",
    "benefit": "payment",
    "registration": "registration",
}


def catalogue_of(connection: Connection, hall: UUID, shipped: Catalogue) -> Catalogue:
    """Give what a hall offers today: the shipped catalogue with the hall's own items beside it."""
    rows = [row for row in hall_items(connection, hall) if row.active]
    return merged(shipped, rows, departments(connection, hall)) if rows else shipped


def merged(shipped: Catalogue, rows: Iterable[HallItemRow], known: Iterable[DepartmentRow]) -> Catalogue:
    """Put plain items beside a catalogue; the version names both, so that every act tells by which list it was done."""
    rows = tuple(rows)
    papers = _Papers(shipped)
    items = {f"{row.code}_item": _item(row, papers) for row in rows}
    names = {row.code: row for row in known}
    own = {row.department: names[row.department] for row in rows if row.department in names}
    # Validated parts are put together as they are: nothing that was worked out of the shipped catalogue is taken over.
    return Catalogue.model_construct(
        version=_version(shipped, rows),
        facts=shipped.facts,
        materials={**shipped.materials, **papers.new},
        outcomes={**shipped.outcomes, **{f"{row.code}_result": _outcome(row) for row in rows}},
        items={**shipped.items, **items},
        demands={**shipped.demands, **{row.code: _demand(row) for row in rows}},
        departments={**{code: _department(row) for code, row in own.items()}, **shipped.departments},
        scenes=shipped.scenes,
        laws=shipped.laws,
    )


def count_revision(context: Context) -> None:
    """Say in the hall's settings that its items are others now, so that every seat puts them together anew."""
    hall = hall_row(context.connection, context.hall_id)
    settings = {} if hall is None else hall.settings
    changed = {**settings, REVISION: int(settings.get(REVISION, 0)) + 1}
    context.connection.execute(update(Hall).where(Hall.id == context.hall_id).values(settings=changed))


def _version(shipped: Catalogue, rows: tuple[HallItemRow, ...]) -> str:
    said = write_json([shipped.version, *(list(row) for row in sorted(rows, key=lambda row: row.code))])
    return hashlib.sha256(said.encode()).hexdigest()


class _Papers:
    """The papers of the checklists: one that the shipped catalogue has by this very name is that one."""

    def __init__(self, shipped: Catalogue) -> None:
        self.new: dict[str, Material] = {}
        self._known = {m.name.zh: m.code for m in shipped.materials.values() if m.about in {APPLICANT, CASE}}

    def code_of(self, name: str) -> str:
        """Give the code of a paper, which is made the first time its name is heard."""
        code = self._known.get(name)
        if code is None:
            code = f"paper_{hashlib.sha256(name.encode()).hexdigest()[:12]}"
            self._known[name] = code
            self.new[code] = Material(code=code, name=_text(name), about=CASE)
        return code


def _item(row: HallItemRow, papers: _Papers) -> Item:
    asked: tuple[Requirement, ...] = tuple(
        Need(kind=LeafKind.MATERIAL, code=papers.code_of(str(each["name"])), optional=bool(each.get("optional")))
        for each in row.checklist
    )
    return Item(
        code=f"{row.code}_item",
        name=_text(row.name),
        department=row.department,
        about=CASE,
        open_to=_KINDS,
        provides=(f"{row.code}_result",),
        requires={Phase.ACCEPT: All(parts=asked)} if asked else {},
        procedure=row.procedure,
        kind=ItemKind.INSTANT if row.instant else ItemKind.PROMISED,
        statutory=_limit(row.statutory),
        promised=_limit(row.promised),
        base_code=row.source_code,
        plain_item=True,
    )


def _outcome(row: HallItemRow) -> Outcome:
    name = Text(zh=f"{row.name}办理结果", en=f"{row.name}: result")
    return Outcome(
        code=f"{row.code}_result",
        name=name,
        kind=_OUTCOMES.get(row.procedure, "notice"),
        about=CASE,
        issuer=row.department,
    )


def _demand(row: HallItemRow) -> Demand:
    spoken = tuple(word for word in (row.main_item, row.source_code) if word)
    return Demand(
        code=row.code,
        name=_text(row.name),
        words=spoken,
        lead=row.department,
        roles=(_APPLICANT, _AGENT),
        wants=(Want(outcome=f"{row.code}_result"),),
        promised=_limit(row.promised),
    )


def _department(row: DepartmentRow) -> Department:
    return Department(code=row.code, name=Text(zh=row.name_zh, en=row.name_en or row.name_zh))


def _text(name: str) -> Text:
    return Text(zh=name, en=name)


def _limit(text: str | None) -> Limit | None:
    try:
        return None if text is None else Limit.parse(text)
    except TimeFault:
        return None
