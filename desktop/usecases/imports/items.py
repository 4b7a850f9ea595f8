"""Taking in a county's list of items, so that everything it offers is in from the first day as plain items."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pypinyin import lazy_pinyin
from sqlalchemy import insert, update

from db.ids import new_id
from db.models import Department, HallItem
from db.queries.hall_items import hall_items
from db.queries.halls import departments
from desktop.usecases.context import Context, Session
from desktop.usecases.hall.hall_items import count_revision
from desktop.usecases.imports.items_read import COLUMNS, ListedItem, read_items
from desktop.usecases.imports.report import ImportReport, Progress, Tally, go_on
from desktop.usecases.imports.table import read_table
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Permission
from desktop.usecases.topics import Topic

__all__ = ["ImportItems", "ImportReport", "import_items"]

BATCH: Final = 200
_PLACE: Final = re.compile(r"^.{0,8}?[区县市州旗镇乡](?=.{2})")


@dataclass(frozen=True)
class ImportItems:
    """The list to be taken in; a `dry` run only says what would be."""

    path: Path
    dry: bool = False


@dataclass(frozen=True)
class _Known:
    """What the hall has already: its items by code, and its departments by every name they go by."""

    items: Mapping[str, Mapping[str, Any]]
    departments: Mapping[str, str]
    names: Mapping[str, str]
    """How each department is called in full, by code."""


@dataclass(frozen=True)
class _Batch:
    """Some items of the list that are written together, and the departments that come with them."""

    items: tuple[tuple[ListedItem, str], ...]
    departments: Mapping[str, str]


def import_items(
    performer: Performer, progress: Progress = go_on, *, session: Session, command: ImportItems
) -> ImportReport:
    """Take in a list of items in batches, each whole or not at all; the same list a second time changes nothing.

    `progress` hears how many rows of how many are done, and may stop it by answering False. Refused not_allowed, and
    the refusals of `read_table` for a file that is no list.
    """
    known = performer.read(session, _look, None)
    table = read_table(command.path, COLUMNS, ("name", "department"))
    tally = Tally(len(table.rows))
    listed = read_items(table, tally)
    codes = _department_codes(listed, known, tally)
    wanted = [item for item in listed if _is_new_or_changed(item, codes[item.department], known, tally)]
    done = len(listed) - len(wanted)
    for start in range(0, len(wanted), BATCH):
        if not progress(done + start, len(listed)):
            tally.stopped = True
            break
        part = wanted[start : start + BATCH]
        if not command.dry:
            batch = _Batch(tuple((item, codes[item.department]) for item in part), _new(part, codes, known))
            performer.write(session, _take, batch)
        _count(part, codes, known, tally)
    else:
        progress(len(listed), len(listed))
    return tally.report(dry=command.dry)


def _look(context: Context, _query: None) -> _Known:
    context.require(Permission.IMPORT_ITEMS)
    rows = hall_items(context.connection, context.hall_id)
    items = {row.code: {**row._asdict(), "active": row.active} for row in rows}
    named = {row.name_zh: row.code for row in departments(context.connection, context.hall_id)}
    names = {code: name for name, code in named.items()}
    for each in context.catalogue.departments.values():
        names.setdefault(each.code, each.name.zh)
        for text in (each.name, each.short):
            if text is not None:
                named.setdefault(text.zh, each.code)
    return _Known(items, named, names)


def _department_codes(listed: Sequence[ListedItem], known: _Known, tally: Tally) -> dict[str, str]:
    """Give each department of the list its code: one the hall has by this name, or a new one spelt from the name."""
    codes: dict[str, str] = {}
    taken = set(known.departments.values())
    for name in dict.fromkeys(item.department for item in listed):
        bare = _PLACE.sub("", name, count=1)
        code = known.departments.get(name) or known.departments.get(bare)
        if code is None:
            code = _spelt(name, taken)
            tally.new_departments.append(name)
        taken.add(code)
        codes[name] = code
    return codes


def _spelt(name: str, taken: set[str]) -> str:
    letters = "_".join(re.sub(r"[^a-z0-9]", "", part.lower()) for part in lazy_pinyin(name)).strip("_")
    code = first = (letters or "department")[:48].strip("_")
    number = 2
    while code in taken:
        code, number = f"{first}_{number}", number + 1
    return code


def _is_new_or_changed(item: ListedItem, department: str, known: _Known, tally: Tally) -> bool:
    there = known.items.get(item.code)
    same = there is not None and _same(there, {**item.values, "department": department, "active": True})
    tally.known += same
    return not same


def _same(there: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(there[name] == value for name, value in wanted.items())


def _new(part: Sequence[ListedItem], codes: Mapping[str, str], known: _Known) -> dict[str, str]:
    """Give the departments the hall does not have yet, by code."""
    there = set(known.departments.values())
    return {codes[item.department]: item.department for item in part if codes[item.department] not in there}


def _count(part: Sequence[ListedItem], codes: Mapping[str, str], known: _Known, tally: Tally) -> None:
    """Count what is new and changed; a department is counted once, by whichever of its names the list has."""
    for item in part:
        if item.code in known.items:
            tally.changed += 1
        else:
            tally.added += 1
            tally.kinds[known.names.get(codes[item.department], item.department)] += 1


def _take(context: Context, batch: _Batch) -> None:
    """Write some items of the list, new or changed, with the departments they belong to."""
    session = context.require(Permission.IMPORT_ITEMS)
    _add_departments(context, batch.departments)
    there = {row.code for row in hall_items(context.connection, context.hall_id)}
    for item, department in batch.items:
        values = {**item.values, "department": department, "active": True}
        if item.code in there:
            one = (HallItem.hall_id == context.hall_id, HallItem.code == item.code)
            context.connection.execute(update(HallItem).where(*one).values(**values, changed_at=context.now))
            continue
        row = {"hall_id": context.hall_id, "id": new_id(), "code": item.code, **values}
        context.connection.execute(
            insert(HallItem).values(**row, added_at=context.now, added_by=session.account_id, changed_at=None)
        )
    count_revision(context)
    context.record("items_imported", Topic.CATALOGUE, data={"items": len(batch.items)})


def _add_departments(context: Context, wanted: Mapping[str, str]) -> None:
    there = {row.code for row in departments(context.connection, context.hall_id)}
    for code, name in wanted.items():
        if code not in there:
            row = {"hall_id": context.hall_id, "code": code, "name_zh": name, "name_en": name, "active": True}
            context.connection.execute(insert(Department), row)
            context.record("department_saved", Topic.SETTINGS, data={"department": code, "active": True})
