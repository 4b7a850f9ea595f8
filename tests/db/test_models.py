"""The tables as migrated are the tables as defined, in both stores, and keep what the hall relies on."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import IntegrityError

from db import models
from db.ids import new_id
from db.migrate import change_version, definitions, newest_version, schema_version
from db.models import Department, Event, Hall, Subject, SubjectIdentifier
from db.open import Database
from tests.db.compared import differences

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
TABLES = definitions().sorted_tables
# The hall's own row leads itself; the search says itself why its file differs.
OF_A_HALL = [table for table in TABLES if table.name not in {"hall", "search_document"}]


def found(connection: Connection) -> UUID:
    hall = new_id()
    row = {"id": hall, "name_zh": "临洮县政务大厅", "name_en": "Lintao", "sample": False, "settings": {}}
    connection.execute(insert(Hall), {**row, "founded_at": NOON})
    return hall


def person(hall: UUID, name: str = "王伟") -> dict[str, object]:
    return {
        "hall_id": hall, "id": new_id(), "kind": "person", "name": name, "provisional": False, "created_at": NOON,
    }  # fmt: skip


def number(subject: dict[str, object]) -> dict[str, object]:
    row = {"hall_id": subject["hall_id"], "subject_id": subject["id"], "kind": "resident", "token": "a" * 64}
    return {**row, "masked": "1*2", "sealed": b"x", "warnings": [], "added_at": NOON}


def test_the_migrated_tables_are_the_defined_ones(database: Database) -> None:
    with database.write() as connection:
        assert differences(connection, definitions()) == []


def test_the_first_form_can_be_taken_back_and_made_again(database: Database) -> None:
    change_version(database, 0)
    with database.read() as connection:
        assert schema_version(connection) == 0
    change_version(database, newest_version())
    with database.write() as connection:
        assert differences(connection, definitions()) == []


@pytest.mark.parametrize("table", OF_A_HALL, ids=lambda table: table.name)
def test_the_hall_leads_every_key_and_index_of_a_table(table: Table) -> None:
    assert table.primary_key.columns[0].name == "hall_id"
    assert all(next(iter(index.columns)).name == "hall_id" for index in table.indexes)
    assert all(rule.column_keys[0] == "hall_id" for rule in table.foreign_key_constraints)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_names_of_constraints_fit_the_server(table: Table) -> None:
    names = [str(rule.name) for rule in table.constraints] + [str(index.name) for index in table.indexes]
    assert all(0 < len(name) <= 63 for name in names)


def test_every_definition_is_exported() -> None:
    exported = {getattr(models, name).__tablename__ for name in models.__all__}
    assert exported == set(definitions().tables) - {"search_document"}


def test_the_log_points_at_nothing_by_a_rule() -> None:
    assert not definitions().tables["event"].foreign_keys


def test_one_number_belongs_to_one_subject(database: Database) -> None:
    with database.write() as connection:
        hall = found(connection)
        holder, other = person(hall), person(hall, "李娜")
        connection.execute(insert(Subject), [holder, other])
        connection.execute(insert(SubjectIdentifier), number(holder))
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(insert(SubjectIdentifier), number(other))


def test_the_same_code_may_stand_in_two_halls(database: Database) -> None:
    with database.write() as connection:
        for hall in (found(connection), found(connection)):
            row = {"hall_id": hall, "code": "mca", "name_zh": "民政局", "name_en": "Civil affairs", "active": True}
            connection.execute(insert(Department), row)
    with database.read() as connection:
        assert connection.execute(select(Department.code)).scalars().all() == ["mca", "mca"]


def test_a_subject_of_another_hall_cannot_be_pointed_at(database: Database) -> None:
    with database.write() as connection:
        one, other = found(connection), found(connection)
        row = person(one)
        connection.execute(insert(Subject), row)
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(insert(Subject), {**person(other), "merged_into": row["id"]})


def test_a_subject_reads_back_as_written(database: Database) -> None:
    with database.write() as connection:
        hall = found(connection)
        row = {**person(hall, "欧阳娜娜"), "birth": date(1950, 1, 2), "details": {"话": [1, None]}}
        connection.execute(insert(Subject), row)
    with database.read() as connection:
        kept = connection.execute(select(Subject.__table__)).mappings().one()
    assert {name: kept[name] for name in row} == row


def test_an_act_can_be_kept_once_only(database: Database) -> None:
    act = {"hall_id": new_id(), "op": new_id(), "kind": "act", "ordinal": 0, "legal_at": NOON, "recorded_at": NOON}
    with database.write() as connection:
        connection.execute(insert(Event), {**act, "seq": 1})
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(insert(Event), {**act, "seq": 2})
