"""Lists from elsewhere are read whatever they are saved as, and refused with a reason when they are no lists."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.usecases.imports import table as imports_table
from desktop.usecases.imports.table import read_table
from desktop.usecases.refused import Refused

COLUMNS = {"name": ("事项名称", "name"), "department": ("部门", "dept"), "day": ("日期", "day")}
LIST = '事项名称,部门\n残疾人证办理,残联\n,\n“一件事”,"民政局\n社会事务科"\n高龄津贴,民政局\n'


def read(path: Path, *needed: str) -> list[tuple[int, str, str]]:
    rows = read_table(path, COLUMNS, needed or ("name",)).rows
    return [(row.line, row.text("name"), row.text("department")) for row in rows]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_is_read_in_every_encoding_with_the_lines_its_rows_begin_in(tmp_path: Path, encoding: str) -> None:
    found = read(write(tmp_path / "list.csv", LIST, encoding))
    assert found == [
        (2, "残疾人证办理", "残联"),
        (4, "“一件事”", "民政局\n社会事务科"),
        (6, "高龄津贴", "民政局"),
    ]


@pytest.mark.parametrize("head", ["name,dept", "NAME ; Dept", "事项名称（必填）\t部门*", "部门,其他,事项名称"])
def test_columns_are_known_by_their_usual_names_in_any_order(tmp_path: Path, head: str) -> None:
    mark = next(mark for mark in ";\t," if mark in head)
    cells = ["甲" if any(word in title.casefold() for word in ("name", "名称")) else "乙" for title in head.split(mark)]
    found = read(write(tmp_path / "list.csv", f"{head}\n{mark.join(cells)}\n"), "name", "department")
    assert found == [(2, "甲", "乙")]


def test_a_workbook_is_read_with_its_times_and_numbers(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    morning = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001  a sheet knows no zone
    for row in (
        ["事项名称", "部门", "日期"],
        ["甲", 12.0, morning],
        [None, None, None],
        ["乙", "=1+1"],
    ):
        sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    rows = read_table(tmp_path / "list.xlsx", COLUMNS, ("name",)).rows
    assert (rows[0].line, rows[0].text("name"), rows[0].text("department")) == (2, "甲", "12")
    assert rows[0].cells["day"] == morning
    assert [row.line for row in rows] == [2, 4]


def test_what_stands_beyond_the_last_column_is_counted(tmp_path: Path) -> None:
    rows = read_table(write(tmp_path / "list.csv", "name,dept\n甲,乙,丙,丁\n"), COLUMNS, ("name",)).rows
    assert rows[0].surplus == 2


def test_columns_nobody_knows_are_named(tmp_path: Path) -> None:
    assert read_table(write(tmp_path / "list.csv", "name,颜色\n甲,红\n"), COLUMNS, ("name",)).unknown == ("颜色",)


def bomb() -> bytes:
    """An archive of a few kilobytes that unpacks to far more."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 3_000_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("list.csv", b"", "list_empty"),
        ("list.csv", b"name\n\xff\xff\x80", "encoding_unknown"),
        ("list.csv", b"\x89PNG\x00\x00\x00", "file_not_a_table"),
        ("list.csv", "部门\n民政局\n".encode(), "columns_missing"),
        ("list.csv", b"name,name\na,b\n", "column_twice"),
        ("list.csv", b"name\n" + b"x" * 300_000 + b"\n", "row_unreadable"),
        ("list.xlsx", b"name,dept\n", "file_not_a_table"),
        ("list.xlsx", b"PK\x03\x04 and no more", "file_not_a_table"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused) as refused:
        read(tmp_path / name)
    assert refused.value.code == code


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path / "none.csv")
    assert (refused.value.code, refused.value.values) == ("file_missing", {"file": "none.csv"})


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "list.xlsx").write_bytes(bomb())
    monkeypatch.setattr(imports_table, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(Refused) as refused:
        read(tmp_path / "list.xlsx")
    assert refused.value.code == "file_too_large"


def test_a_list_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports_table, "MAX_ROWS", 3)
    with pytest.raises(Refused) as refused:
        read(write(tmp_path / "list.csv", "name\n" + "甲\n" * 4))
    assert (refused.value.code, refused.value.values) == ("rows_too_many", {"limit": 3})
