"""Lists taken out of the hall: what the screen shows, as text only, noted, and refused to those who may not."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from db.models.event import Event
from db.models.request import Request
from db.open import Database
from desktop.usecases import permissions
from desktop.usecases.context import Context
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Permission, Role
from desktop.usecases.refused import Refused
from desktop.usecases.requests import exports
from desktop.usecases.requests.exports import Listing, Table, TableForm, take_out, written
from desktop.usecases.requests.requests import log_request
from tests.usecases.conftest import CALENDAR, Clock, SmallHall
from tests.usecases.small_case import STALL, stall_request

NASTY = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1-1",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "\t=1",
    "\r=1",
    " =1",
    "\n=1",
    "11010519491231002X",
    "621124199001010018",
    "0012",
    "1e5",
    "#REF!",
    "TRUE",
    'a"b,c;d',
    "两\n行",
    "𠮷㐂",
    "<b>&</b>",
    "\x00\x1f\ufffe",
)
SAFE = {
    "\t=1": "'\t=1", "\r=1": "'\n=1", " =1": "' =1", "\n=1": "'\n=1", "\x00\x1f\ufffe": "",
    **{text: f"'{text}" for text in NASTY if text[0] in "=+-@＝"},
}  # fmt: skip


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, STALL, CALENDAR, clock)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@dataclass(frozen=True)
class Asked:
    """A page of the requests, the newest number first."""

    before: str | None = None
    limit: int = 50


def see(context: Context, asked: Asked) -> list[tuple[str, str]]:
    context.require(Permission.SEE_REQUESTS)
    rows = select(Request.number, Request.words).where(Request.hall_id == context.hall_id)
    if asked.before is not None:
        rows = rows.where(Request.number < asked.before)
    found = context.connection.execute(rows.order_by(Request.number.desc()).limit(asked.limit))
    return [(number, words or "") for number, words in found]


def after(rows: list[tuple[str, str]]) -> str | None:
    return rows[-1][0] if len(rows) == exports.PAGE_ROWS else None


def cells(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return rows


LISTING = Listing("办件", ("编号", "原话"), see, Asked(), after, cells)


@pytest.mark.bad_input("formula-like text in an export")
@pytest.mark.parametrize("form", list(TableForm))
def test_a_text_that_looks_like_a_formula_stays_text(form: TableForm) -> None:
    content = written(Table("办件", ("=列",), tuple((text,) for text in NASTY)), form)
    if form is TableForm.CSV:
        assert content.startswith(b"\xef\xbb\xbf")  # by this Excel knows that it is UTF-8
        found = [row[0] for row in read_csv(content)]
    else:
        sheet = load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        column = [row[0] for row in sheet.iter_rows()]
        assert {cell.data_type for cell in column} <= {"s", "inlineStr", "n"}  # an empty one is n
        assert all(cell.value is None or isinstance(cell.value, str) for cell in column)
        assert {cell.number_format for cell in column} == {"@"}
        found = [str(cell.value or "") for cell in column]
    assert found == ["'=列", *(SAFE.get(text, text) for text in NASTY)]
    assert not any(text.lstrip().startswith(("=", "+", "-", "@", "＝")) for text in found)


def test_a_text_longer_than_a_cell_says_that_it_is_cut() -> None:
    (row,) = read_csv(written(Table("办件", ("长" * 100_000,), ()), TableForm.CSV))
    assert len(row[0]) < 32_767
    assert row[0].endswith("…")


@pytest.mark.parametrize("form", list(TableForm))
def test_a_list_is_taken_out_to_its_end(hall: SmallHall, form: TableForm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "PAGE_ROWS", 2)
    for number in range(5):
        hall.clock.move(minutes=1)
        hall.write(hall.clerk, log_request, stall_request(words=f"=第{number}件"))
    told: list[int] = []

    def report(done: int, _of: int) -> bool:
        told.append(done)
        return True

    content = take_out(hall.performer, hall.supervisor, LISTING, form, report)
    if form is TableForm.CSV:
        rows = read_csv(content)
    else:
        sheet = load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        rows = [[str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    assert rows == [["编号", "原话"], *([f"20260302-000{n + 1}", f"'=第{n}件"] for n in (4, 3, 2, 1, 0))]
    assert told == [2, 4, 5]


def test_who_may_not_see_identity_numbers_gets_them_masked(hall: SmallHall, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "身份证11010519491231002X，旧证110105491231002，办件20260302-0001，电话13993200001"
    hall.write(hall.clerk, log_request, stall_request(words=words))
    assert words in take_out(hall.performer, hall.supervisor, LISTING, TableForm.CSV).decode("utf-8-sig")
    narrowed = {**permissions.GRANTED, Permission.SEE_IDENTIFIER: frozenset({Role.REVIEWER})}
    monkeypatch.setattr(permissions, "GRANTED", narrowed)
    said = take_out(hall.performer, hall.supervisor, LISTING, TableForm.CSV).decode("utf-8-sig")
    assert "身份证110105********002X，旧证110105*****1002，办件20260302-0001，电话13993200001" in said


def exported(hall: SmallHall) -> list[dict[str, Any] | None]:
    with hall.performer.database.read() as connection:
        return list(connection.execute(select(Event.data).where(Event.kind == "list_exported")).scalars())


def test_the_log_knows_who_took_out_how_much_and_nothing_about_whom(hall: SmallHall) -> None:
    hall.write(hall.clerk, log_request, stall_request(words="王小明想卖凉皮"))
    take_out(hall.performer, hall.supervisor, LISTING, TableForm.CSV)
    assert exported(hall) == [{"list": "requests", "rows": 1, "form": "csv"}]
    with hall.performer.database.read() as connection:
        actor = connection.execute(select(Event.actor_id).where(Event.kind == "list_exported")).scalar_one()
    assert actor == hall.supervisor.account_id


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_only_who_may_export_gets_a_file(hall: SmallHall, role: Role) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        take_out(hall.performer, hall.sessions[role], LISTING, TableForm.CSV)
    assert exported(hall) == []


def test_stopped_or_too_large_there_is_no_file_and_nothing_noted(
    hall: SmallHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.write(hall.clerk, log_request, stall_request())
    with pytest.raises(Refused, match="export_stopped"):
        take_out(hall.performer, hall.supervisor, LISTING, TableForm.CSV, lambda _done, _of: False)
    monkeypatch.setattr(exports, "MOST_ROWS", 0)
    with pytest.raises(Refused, match="export_too_large"):
        take_out(hall.performer, hall.supervisor, LISTING, TableForm.CSV)
    assert exported(hall) == []
