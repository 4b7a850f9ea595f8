"""Bringing tables to the form the program knows: whole or not at all, and never at the cost of a row."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, Table, Text, text

from db.backup import list_backups
from db.base import JSON_TYPE, Base, Identifier, UtcDateTime
from db.faults import Fault, StorageFault
from db.keys import Keys
from db.migrate import (
    SCRIPTS,
    bring_up_to_date,
    change_version,
    definitions,
    draft,
    newest_version,
    open_up_to_date,
    schema_version,
)
from db.open import Database, Place, open_database
from tests.databases import server_or_skip
from tests.db.compared import differences
from tests.db.seats import ROOT, said

FIRST = """
import sqlalchemy as sa
from alembic import op
from db.base import Identifier

revision = "0001"
down_revision = None
minimum_seat = 1

def upgrade():
    op.create_table(
        "family",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("street", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_family"),
    )
    op.create_table(
        "child",
        sa.Column("id", Identifier(), nullable=False),
        sa.Column("family_id", Identifier(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_child"),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name="fk_child_family_id_family", ondelete="CASCADE"),
    )

def downgrade():
    op.drop_table("child")
    op.drop_table("family")
"""
REBUILD = """
import os
import signal
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
minimum_seat = 2

def upgrade():
    with op.batch_alter_table("family", recreate="auto") as table:
        table.add_column(sa.Column("district", sa.Text(), server_default="城东", nullable=False))
        table.alter_column("name", type_=sa.String(200))
        table.create_unique_constraint("uq_family_street", ["street"])
    if os.environ.get("DIE_HALF_WAY"):
        os.kill(os.getpid(), signal.SIGKILL)
    op.create_table("visit", sa.Column("id", sa.Integer(), primary_key=True))

def downgrade():
    op.drop_table("visit")
    with op.batch_alter_table("family") as table:
        table.drop_constraint("uq_family_street", type_="unique")
        table.alter_column("name", type_=sa.Text())
        table.drop_column("district")
"""
ORPHANS = """
from alembic import op

revision = "0002"
down_revision = "0001"

def upgrade():
    op.execute("DELETE FROM family")

def downgrade():
    pass
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A folder of migrations with the first one."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        shutil.copyfile(SCRIPTS / name, folder / name)
    return add(folder, "0001_families", FIRST)


def add(folder: Path, name: str, content: str) -> Path:
    (folder / "versions" / f"{name}.py").write_text(content)
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Records without any table, once in a file and once on a server."""
    folder = tmp_path / "empty"
    keys = Keys.create(folder)
    url = None if request.param == "sqlite" else request.getfixturevalue("empty_url")
    database = open_database(Place(folder, url), keys)
    yield database
    database.close()


@pytest.fixture
def filled(empty: Database, scripts: Path) -> Database:
    """Records in the first form with 50 families of four."""
    bring_up_to_date(empty, scripts=scripts)
    with empty.write() as connection:
        for number in range(50):
            family = number.to_bytes(16, "big")
            connection.execute(
                text("INSERT INTO family VALUES (:id, :name, :street)"),
                {"id": _id(empty, family), "name": f"王{number}", "street": f"人民路{number}号"},
            )
            for child in range(4):
                connection.execute(
                    text("INSERT INTO child VALUES (:id, :family)"),
                    {"id": _id(empty, bytes([child + 1]) + family[1:]), "family": _id(empty, family)},
                )
    return empty


def _id(database: Database, value: bytes) -> object:
    return value if database.kind == "sqlite" else value.hex()


def rows(database: Database) -> dict[str, Sequence[Any]]:
    """Return every row of every table of ours, with the columns all forms share."""
    with database.read() as connection:
        return {
            "family": connection.execute(text("SELECT id, name, street FROM family ORDER BY id")).all(),
            "child": connection.execute(text("SELECT id, family_id FROM child ORDER BY id")).all(),
        }


def version_of(database: Database) -> int:
    with database.read() as connection:
        return schema_version(connection)


def tables_of(database: Database) -> set[str]:
    metadata = MetaData()
    with database.read() as connection:
        metadata.reflect(connection)
    return set(metadata.tables)


def migrate_elsewhere(database: Database, scripts: Path, **environment: str) -> "subprocess.Popen[str]":
    """Bring the tables up to date in a process of its own."""
    program = (
        "import sys; from pathlib import Path; from db.keys import Keys; from db.open import Place;"
        "from db.migrate import open_up_to_date; folder = Path(sys.argv[1]);"
        "open_up_to_date(Place(folder, sys.argv[2] or None), Keys.load(folder), scripts=Path(sys.argv[3])).close()"
    )
    place = database.place
    command = [sys.executable, "-c", program, str(place.folder), place.url or "", str(scripts)]
    pipe = subprocess.PIPE
    return subprocess.Popen(  # noqa: S603 our own program
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=pipe, stderr=pipe, text=True
    )


def test_new_records_are_made_by_running_every_migration(empty: Database, scripts: Path) -> None:
    add(scripts, "0002_rebuild", REBUILD)
    done = bring_up_to_date(empty, scripts=scripts)
    assert (done.before, done.after) == (0, 2)
    assert version_of(empty) == 2
    assert {"family", "child", "visit"} <= tables_of(empty)


def test_without_any_migration_there_is_nothing_to_do(empty: Database, tmp_path: Path) -> None:
    (tmp_path / "none" / "versions").mkdir(parents=True)
    assert bring_up_to_date(empty, scripts=tmp_path / "none").after == 0
    assert tables_of(empty) == set()


def test_rebuilding_a_table_loses_no_row_of_any_table(filled: Database, scripts: Path) -> None:
    before = rows(filled)
    assert [len(before["family"]), len(before["child"])] == [50, 200]
    bring_up_to_date(filled, scripts=add(scripts, "0002_rebuild", REBUILD))
    assert rows(filled) == before
    change_version(filled, 1, scripts=scripts)
    assert rows(filled) == before
    assert version_of(filled) == 1
    assert "visit" not in tables_of(filled)


def test_after_a_migration_references_are_watched_again(filled: Database, scripts: Path) -> None:
    bring_up_to_date(filled, scripts=add(scripts, "0002_rebuild", REBUILD))
    with filled.write() as connection:
        connection.execute(text("DELETE FROM family"))
    assert rows(filled) == {"family": [], "child": []}


def test_a_migration_killed_half_way_leaves_the_old_form_and_can_be_repeated(filled: Database, scripts: Path) -> None:
    before, tables = rows(filled), tables_of(filled)
    add(scripts, "0002_rebuild", REBUILD)
    process = migrate_elsewhere(filled, scripts, DIE_HALF_WAY="1")
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert (version_of(filled), rows(filled), tables_of(filled)) == (1, before, tables)
    said(migrate_elsewhere(filled, scripts))
    assert (version_of(filled), rows(filled)) == (2, before)
    assert tables_of(filled) == tables | {"visit"}


@pytest.mark.parametrize("empty", ["sqlite"], indirect=True)  # a server checks references itself, row by row
def test_a_migration_that_breaks_a_reference_is_undone(filled: Database, scripts: Path) -> None:
    before = rows(filled)
    with pytest.raises(RuntimeError, match="200 references"):
        bring_up_to_date(filled, scripts=add(scripts, "0002_orphans", ORPHANS))
    assert (version_of(filled), rows(filled)) == (1, before)


def test_three_seats_that_start_at_once_migrate_once(empty: Database, scripts: Path) -> None:
    add(scripts, "0002_rebuild", REBUILD)
    processes = [migrate_elsewhere(empty, scripts) for _ in range(3)]
    assert [said(process) for process in processes] == [""] * 3
    assert version_of(empty) == 2


@pytest.mark.bad_input("an older schema")
def test_filled_records_are_backed_up_before_they_are_changed(
    filled: Database, scripts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if filled.kind == "postgresql":  # the server's own tools: older ones refuse a newer server
        monkeypatch.setenv("PATH", f"{server_or_skip().bin}{os.pathsep}{os.environ['PATH']}")
    before = rows(filled)
    backups = tmp_path / "backups"
    done = bring_up_to_date(filled, backups=backups, scripts=add(scripts, "0002_rebuild", REBUILD))
    (backup,) = list_backups(backups)
    assert backup.path == done.backup
    assert backup.schema_version == 1
    assert "before-schema-1" in backup.path.name
    assert rows(filled) == before


def test_new_records_need_no_backup(empty: Database, scripts: Path, tmp_path: Path) -> None:
    assert bring_up_to_date(empty, backups=tmp_path / "backups", scripts=scripts).backup is None


@pytest.mark.bad_input("a newer schema")
def test_records_of_a_later_program_are_left_alone(filled: Database, scripts: Path) -> None:
    bring_up_to_date(filled, scripts=add(scripts, "0002_rebuild", REBUILD))
    (scripts / "versions" / "0002_rebuild.py").unlink()
    with pytest.raises(StorageFault) as caught:
        bring_up_to_date(filled, scripts=scripts)
    assert caught.value.code is Fault.SCHEMA_NEWER
    assert caught.value.values == {"found": 2, "known": 1, "minimum": 2}


def test_a_later_form_that_still_serves_this_program_is_opened(filled: Database, scripts: Path) -> None:
    add(scripts, "0002_rebuild", REBUILD.replace("minimum_seat = 2", "minimum_seat = 1"))
    bring_up_to_date(filled, scripts=scripts)
    (scripts / "versions" / "0002_rebuild.py").unlink()
    assert bring_up_to_date(filled, scripts=scripts).after == 2


@pytest.mark.bad_input("an older schema")
def test_a_seat_that_may_not_migrate_says_so(filled: Database, scripts: Path) -> None:
    add(scripts, "0002_rebuild", REBUILD)
    with pytest.raises(StorageFault) as caught:
        bring_up_to_date(filled, may_migrate=False, scripts=scripts)
    assert caught.value.code is Fault.SCHEMA_OLDER_THAN_MINIMUM
    assert version_of(filled) == 1


@pytest.mark.parametrize("empty", ["postgresql"], indirect=True)  # a file proves its key at every page
def test_a_seat_with_keys_of_its_own_is_kept_off_the_shared_records(
    filled: Database, scripts: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    with pytest.raises(StorageFault) as caught:
        open_up_to_date(Place(other, filled.place.url), Keys.create(other), scripts=scripts)
    assert caught.value.code is Fault.WRONG_KEY


def test_alembic_is_not_loaded_when_there_is_nothing_to_do(sqlite_database: Database) -> None:
    program = (
        "import sys; from pathlib import Path; from db.keys import Keys; from db.open import Place;"
        "from db.migrate import open_up_to_date; folder = Path(sys.argv[1]);"
        "open_up_to_date(Place(folder), Keys.load(folder)).close();"
        "print(sorted({'alembic', 'psycopg', 'keyring', 'mako'} & sys.modules.keys()))"
    )
    sqlite_database.close()
    command = [sys.executable, "-c", program, str(sqlite_database.place.folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 our own program
    assert done.stdout.strip() == "[]"


def test_every_migration_is_numbered_in_one_line(database: Database) -> None:
    from alembic.script import ScriptDirectory

    from db.migrate import configuration

    with database.read() as connection:
        steps = list(ScriptDirectory.from_config(configuration(connection)).walk_revisions())
    numbers = sorted(int(step.revision) for step in steps)
    assert numbers == list(range(1, newest_version() + 1))
    assert {step.revision: step.down_revision for step in steps} == {
        f"{number:04d}": f"{number - 1:04d}" if number > 1 else None for number in numbers
    }


def test_the_migrated_tables_are_the_defined_ones(database: Database) -> None:
    if newest_version() == 0:
        pytest.skip("there is no migration yet")
    with database.read() as connection:
        assert differences(connection, definitions()) == []


def test_every_migration_can_be_undone_and_done_again(database: Database) -> None:
    machinery = {"schema_state", "alembic_version"}
    tables = tables_of(database) - machinery
    change_version(database, 0)
    assert tables_of(database) <= machinery
    bring_up_to_date(database)
    assert tables_of(database) - machinery == tables


def test_a_missing_column_is_a_difference(filled: Database) -> None:
    with filled.read() as connection:
        found = differences(connection, MetaData())
    assert {difference[0] for difference in found} == {"remove_table"}
    assert len(found) == 2


def test_the_next_migration_is_drafted_from_the_definitions(empty: Database, scripts: Path) -> None:
    metadata = MetaData(naming_convention=Base.metadata.naming_convention)
    Table("family", metadata, Column("id", Identifier(), primary_key=True), Column("name", Text(), nullable=False))
    Table("visit", metadata, Column("at", UtcDateTime(), nullable=False))
    path = draft(empty, "Visits of a family", metadata=metadata, scripts=scripts)
    assert path.name == "0002_visits_of_a_family.py"
    assert "db.base.UtcDateTime(" in path.read_text()
    bring_up_to_date(empty, scripts=scripts)
    with empty.read() as connection:
        assert differences(connection, metadata) == []
    assert {"family", "visit"} == tables_of(empty) - {"schema_state", "alembic_version"}


def test_the_first_migration_can_be_drafted_too(empty: Database, scripts: Path) -> None:
    (scripts / "versions" / "0001_families.py").unlink()
    metadata = MetaData(naming_convention=Base.metadata.naming_convention)
    Table("visit", metadata, Column("id", Identifier(), primary_key=True), Column("facts", JSON_TYPE))
    path = draft(empty, "Visits", metadata=metadata, scripts=scripts)
    assert path.name == "0001_visits.py"
    assert "db.base.JSON_TYPE" in path.read_text()
    bring_up_to_date(empty, scripts=scripts)
    with empty.read() as connection:
        assert differences(connection, metadata) == []
    assert version_of(empty) == 1


def test_opening_up_to_date_closes_what_it_opened_when_it_fails(empty: Database, scripts: Path) -> None:
    add(scripts, "0002_broken", "revision = '0002'\ndown_revision = '0001'\n\ndef upgrade():\n    raise KeyError\n")
    empty.close()
    with pytest.raises(KeyError):
        open_up_to_date(empty.place, empty.keys, scripts=scripts)
    if empty.kind == "sqlite":
        held = {path.resolve() for path in Path("/proc/self/fd").iterdir() if path.exists()}
        assert empty.place.presence_file not in held
