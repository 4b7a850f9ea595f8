"""A county's list of items, row by row: name, department, kind, limits, checklist, and what is odd about each."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from desktop.cleaning import TextFault, clean_code, clean_line, clean_name
from desktop.identity import IdentityFault, check_uscc
from desktop.usecases.imports.report import Tally
from desktop.usecases.imports.table import Table, TableRow
from desktop.workflow.time.calendars import TimeFault
from desktop.workflow.time.limits import Limit, Unit

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (
        "事项名称",
        "name",
        "名称",
        "实施事项名称",
        "办理项名称",
        "业务办理项名称",
        "服务事项名称",
        "item name",
        "item",
    ),
    "department": (
        "部门",
        "dept",
        "department",
        "实施主体",
        "实施部门",
        "所属部门",
        "办理部门",
        "责任部门",
        "主管部门",
    ),
    "code": ("事项编码", "item_code", "code", "实施编码", "编码", "事项代码", "基本编码"),
    "main_item": ("主项名称", "main_item", "主项", "目录名称", "基本目录名称"),
    "type": ("事项类型", "task_type", "type", "类型", "权力类型"),
    "kind": ("办件类型", "kind", "project_type", "办理类型"),
    "statutory": ("法定办结时限", "statutory", "法定时限", "法定期限", "legal_limit"),
    "promised": ("承诺办结时限", "promised", "承诺时限", "承诺期限", "办理时限", "limit"),
    "checklist": ("申请材料", "checklist", "材料", "材料清单", "materials", "所需材料"),
    "department_code": ("部门编码", "dept_code", "部门代码", "统一社会信用代码", "实施主体编码"),
}  # fmt: skip
LONG_NAME: Final = 60
MAX_NAME: Final = 200
MAX_PAPERS: Final = 80
MAX_CODE: Final = 80
_LIMITS: Final = frozenset({"statutory", "promised"})

_IMPLEMENTED: Final = re.compile(r"[0-9A-Z]{11,16}-\d{12}-\d{3}-[0-9A-Z]{18}-\d-\d{2}")
_ORGANISATION: Final = re.compile(r"[0-9A-Z]{8}-?[0-9X]")
_PAPER_ENDS: Final = re.compile(r"[;；\n|]+")
_PAPER_COMMAS: Final = re.compile(r"[、,，](?![^（(]*[）)])")
_NUMBERED: Final = re.compile(r"^\s*[（(]?\d{1,2}[)）.．、]\s*")
_OPTIONAL: Final = re.compile(
    r"[（(\[【](?:非必要|非必须|可选|选填|如有|若有|optional)[^）)\]】]*[）)\]】]", re.IGNORECASE
)
_BARE: Final = re.compile(r"\d{1,4}")
_PROCEDURES: Final[Mapping[str, str]] = {
    "1": "permit", "行政许可": "permit",
    "5": "benefit", "行政给付": "benefit",
    "6": "public_service", "行政检查": "public_service",
    "7": "confirmation", "行政确认": "confirmation",
    "8": "benefit", "行政奖励": "benefit",
    "9": "confirmation", "行政裁决": "confirmation",
    "10": "filing", "其他行政权力": "filing",
    "20": "public_service", "公共服务": "public_service",
}  # fmt: skip
_INSTANT: Final[Mapping[str, bool]] = {
    "即办件": True, "即办": True, "1": True, "jb": True, "instant": True,
    "承诺件": False, "承诺": False, "2": False, "cn": False, "promised": False,
}  # fmt: skip


@dataclass(frozen=True)
class ListedItem:
    """One item of the list as it will be kept; `key` tells it from every other."""

    line: int
    key: str
    values: Mapping[str, Any]
    department: str
    """The department's name as the list has it."""

    @property
    def code(self) -> str:
        """The item's own code in this hall, the same each time the list is read."""
        return f"county_{hashlib.sha256(self.key.encode()).hexdigest()[:12]}"


def read_items(table: Table, tally: Tally) -> list[ListedItem]:
    """Read every row; what cannot be taken, is odd or stands there twice is told with its line."""
    found: dict[str, ListedItem] = {}
    names: dict[tuple[str, str], int] = {}
    odd_departments: set[str] = set()
    if not table.fields & _LIMITS:
        tally.note(1, "no_column_of_limits")
    if "checklist" not in table.fields:
        tally.note(1, "no_column_of_papers")
    for row in table.rows:
        item = _read(row, table, tally)
        if item is None:
            continue
        first = found.get(item.key)
        if first is not None:
            tally.refuse(row.line, "item_twice", first=first.line)
            continue
        found[item.key] = item
        earlier = names.setdefault((item.values["name"], item.department), row.line)
        if earlier != row.line:
            tally.note(row.line, "name_twice", first=earlier, name=item.values["name"])
        _look_at_department_code(row, tally, odd_departments)
    return list(found.values())


def _read(row: TableRow, table: Table, tally: Tally) -> ListedItem | None:
    try:
        name = clean_line(row.text("name"), max_points=MAX_NAME)
        department = clean_name(row.text("department"))
        main = clean_line(row.text("main_item"), max_points=MAX_NAME)
        code = clean_code(row.text("code"), max_points=MAX_CODE)
    except TextFault as fault:
        tally.refuse(row.line, fault.code, **fault.values)
        return None
    if not name or not department:
        tally.refuse(row.line, "name_missing" if not name else "department_missing")
        return None
    if len(name) > LONG_NAME:
        tally.note(row.line, "name_long", length=len(name))
    if row.surplus:
        tally.note(row.line, "cells_beyond", n=row.surplus)
    _look_at_code(row.line, code, tally)
    if table.fields & _LIMITS and not any(row.text(field) for field in _LIMITS):
        tally.note(row.line, "limit_missing")
    papers = _papers(row, tally)
    if papers is None:
        return None
    values = {
        "source_code": code or None,
        "name": name,
        "main_item": main if main not in {"", "未分类", name} else None,
        "procedure": _procedure(row, name, table, tally),
        "instant": _instant(row, table, tally),
        "statutory": _limit(row, "statutory", tally),
        "promised": _limit(row, "promised", tally),
        "checklist": papers,
    }
    return ListedItem(row.line, code or f"{department}|{name}", values, department)


def _look_at_code(line: int, code: str, tally: Tally) -> None:
    if not code:
        tally.note(line, "code_missing")
    elif not _IMPLEMENTED.fullmatch(code):
        tally.note(line, "code_odd", code=code)


def _look_at_department_code(row: TableRow, tally: Tally, seen: set[str]) -> None:
    """Say once of each code that it is neither a credit code nor an organisation code; the name is what counts."""
    code = row.text("department_code")
    if not code or code in seen:
        return
    seen.add(code)
    try:
        check_uscc(code)
    except IdentityFault:
        if not _ORGANISATION.fullmatch(code):
            tally.note(row.line, "department_code_odd", code=code[:40], department=row.text("department"))


def _procedure(row: TableRow, name: str, table: Table, tally: Tally) -> str:
    written = row.text("type").lstrip("0")
    procedure = _PROCEDURES.get(written)
    if procedure is None:
        if "type" in table.fields:
            tally.note(row.line, "type_unknown", type=written[:40])
        return "public_service"
    return "registration" if procedure == "filing" and "登记" in name and "备案" not in name else procedure


def _instant(row: TableRow, table: Table, tally: Tally) -> bool:
    written = row.text("kind").casefold()
    known = _INSTANT.get(written)
    if known is None and "kind" in table.fields:
        tally.note(row.line, "kind_unknown", kind=written[:40])
    return bool(known)


def _limit(row: TableRow, field: str, tally: Tally) -> str | None:
    """Read a limit; a bare number counts working days, and a limit nobody can read is not made up."""
    written = row.text(field)
    if not written:
        return None
    if _BARE.fullmatch(written):
        limit = Limit(int(written), Unit.WORKDAYS)
        tally.note(row.line, "limit_bare", limit=written, column=COLUMNS[field][0])
        return str(limit)
    try:
        return str(Limit.parse(written))
    except TimeFault:
        tally.note(row.line, "limit_unknown", limit=written[:40], column=COLUMNS[field][0])
        return None


def _papers(row: TableRow, tally: Tally) -> list[dict[str, Any]] | None:
    """Take the checklist apart, one paper once; None when a paper's name cannot be kept."""
    found: dict[str, bool] = {}
    written = row.text("checklist")
    ends = _PAPER_ENDS if _PAPER_ENDS.search(written) else _PAPER_COMMAS
    for part in ends.split(written):
        optional = _OPTIONAL.search(part) is not None
        try:
            name = clean_line(_NUMBERED.sub("", _OPTIONAL.sub("", part)), max_points=MAX_NAME)
        except TextFault as fault:
            tally.refuse(row.line, f"paper_{fault.code}", **fault.values)
            return None
        if name:
            found[name] = found.get(name, True) and optional
    if len(found) > MAX_PAPERS:
        tally.refuse(row.line, "papers_too_many", limit=MAX_PAPERS)
        return None
    return [{"name": name, "optional": optional} for name, optional in found.items()]
