"""Bringing the tables to the form this program knows: each migration whole or not at all, after a backup.

Migrations lie in `db/migrations/versions` as `0001_what.py`, `0002_what.py` …; the number is the version of
the schema. A new database is made by running all of them. Alembic is imported only when there is work.
"""

import importlib
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import IntegrityError

from db.base import Base
from db.faults import Fault, StorageFault
from db.keys import Keys
from db.open import Database, Place, open_database

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
_DEFINED_IN = ("db.models", "db.search")
_NUMBERED = re.compile(r"(\d{4})_\w+\.py")


@dataclass(frozen=True)
class Migrated:
    """What was done: the form of the tables before and after, and the backup taken first."""

    before: int
    after: int
    backup: Path | None


def newest_version(scripts: Path = SCRIPTS) -> int:
    """Return the newest form this program knows; 0 while there is no migration."""
    names = (_NUMBERED.fullmatch(path.name) for path in (scripts / "versions").glob("*.py"))
    return max((int(name[1]) for name in names if name), default=0)


def schema_version(connection: Connection) -> int:
    """Return the form the tables have now; 0 for an empty store."""
    if connection.dialect.name == "sqlite":
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar() is None:
        return 0
    return int(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or 0)


def minimum_seat(connection: Connection) -> int:
    """Return the oldest form a seat must know to work with these tables."""
    return int(connection.execute(text("SELECT minimum_seat FROM schema_state")).scalar_one())


def open_up_to_date(
    place: Place, keys: Keys, *, backups: Path | None = None, may_migrate: bool = True, scripts: Path = SCRIPTS
) -> Database:
    """Open the records and bring the tables to the form this program knows."""
    database = open_database(place, keys)
    try:
        database.migrated = bring_up_to_date(database, backups=backups, may_migrate=may_migrate, scripts=scripts)
        database.take_stock()
    except BaseException:
        database.close()
        raise
    return database


def bring_up_to_date(
    database: Database, *, backups: Path | None = None, may_migrate: bool = True, scripts: Path = SCRIPTS
) -> Migrated:
    """Run the migrations that are missing; the usual case, none, costs a look or two.

    `backups` is the folder for the backup taken before tables that hold something are changed; None takes none.
    StorageFault schema_newer: the tables are of a later program that no longer serves this one.
    schema_older_than_minimum: they are of an earlier program, and this seat may not change them. wrong_key: the
    server's records were begun with other keys than this seat has.
    """
    newest = newest_version(scripts)
    with database.read() as connection:
        found = schema_version(connection)
        minimum = minimum_seat(connection) if found > newest else 0
        if found and database.kind == "postgresql":
            _check_keys(connection, database.keys)
    if minimum > newest:
        raise StorageFault(Fault.SCHEMA_NEWER, found=found, known=newest, minimum=minimum)
    if found >= newest:
        return Migrated(found, found, None)
    if not may_migrate:
        raise StorageFault(Fault.SCHEMA_OLDER_THAN_MINIMUM, found=found, needed=newest)
    return change_version(database, newest, backups=backups, scripts=scripts)


def change_version(
    database: Database, version: int, *, backups: Path | None = None, scripts: Path = SCRIPTS
) -> Migrated:
    """Bring the tables to this very form, up or down, in one transaction among all seats."""
    with database.alone():
        with database.read() as connection:
            before = schema_version(connection)
        backup = _backup_first(database, before, backups) if backups and before else None
        try:
            before = _change(database, version, scripts)
        except IntegrityError:  # two seats made the first table at the same moment, and the other one was faster
            before = _change(database, version, scripts)
    database.remember_schema(version)
    return Migrated(before, version, backup)


def _change(database: Database, version: int, scripts: Path) -> int:
    with database.store.rebuilding() as connection:
        _hold_state(connection, database.keys)
        before = schema_version(connection)  # read again: another seat may have been faster
        if before != version:
            _run(connection, before, version, scripts)
        return before


def _backup_first(database: Database, before: int, backups: Path) -> Path:
    from db.backup import backup_name

    backups.mkdir(parents=True, exist_ok=True)
    return database.backup(backups / backup_name(datetime.now(UTC), f"before-schema-{before}", database.kind)).path


def _check_keys(connection: Connection, keys: Keys) -> None:
    """Refuse a seat with keys of its own: what it encrypts, nobody else in the hall could read.

    An embedded store proves its key at every page; a server does not know of any.
    """
    if connection.execute(text("SELECT key_check FROM schema_state")).scalar_one() != keys.check:
        raise StorageFault(Fault.WRONG_KEY, path=keys.path)


def _hold_state(connection: Connection, keys: Keys) -> None:
    """Make the row of the tables' state when it is new, and hold it, so that only one seat migrates."""
    connection.execute(
        text(
            "CREATE TABLE IF NOT EXISTS schema_state ("
            "one INTEGER NOT NULL CONSTRAINT pk_schema_state PRIMARY KEY, minimum_seat INTEGER NOT NULL,"
            " key_check TEXT NOT NULL)"
        )
    )
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE schema_state IN ACCESS EXCLUSIVE MODE"))
    connection.execute(
        text("INSERT INTO schema_state VALUES (1, 0, :check) ON CONFLICT DO NOTHING"), {"check": keys.check}
    )


def _run(connection: Connection, before: int, version: int, scripts: Path) -> None:
    from alembic import command

    config = configuration(connection, scripts)
    if version > before:
        command.upgrade(config, f"{version:04d}")
    else:
        command.downgrade(config, f"{version:04d}" if version else "base")
    connection.execute(
        text("UPDATE schema_state SET minimum_seat = :minimum"), {"minimum": _stated_minimum(config, version)}
    )
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {version:d}")


def configuration(connection: Connection, scripts: Path = SCRIPTS, metadata: MetaData | None = None) -> "Config":
    """Return what Alembic needs to work on this connection with the migrations of this folder."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection, "metadata": metadata})
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _stated_minimum(config: "Config", version: int) -> int:
    """Return the highest minimum any migration up to this version states."""
    from alembic.script import ScriptDirectory

    steps = [step for step in ScriptDirectory.from_config(config).walk_revisions() if int(step.revision) <= version]
    return max((int(getattr(step.module, "minimum_seat", 1)) for step in steps), default=0)


def definitions() -> MetaData:
    """Return all tables as they are defined now."""
    for name in _DEFINED_IN:
        importlib.import_module(name)
    return Base.metadata


def only_defined(connection: Connection) -> Callable[[str | None, str, object], bool]:
    """Return what leaves out of a comparison the tables no definition knows: ours here, and those of the search."""
    unknown = {"schema_state", "alembic_version"}
    if connection.dialect.name == "sqlite":
        listed = connection.exec_driver_sql("SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow')")
        unknown |= set(listed.scalars())
    return lambda name, kind, _parents: kind != "table" or name not in unknown


def draft(database: Database, what: str, *, metadata: MetaData | None = None, scripts: Path = SCRIPTS) -> Path:
    """Write the next migration as the definitions suggest it, for a person to read and correct; return its path."""
    from alembic import command

    bring_up_to_date(database, scripts=scripts)
    number = newest_version(scripts) + 1
    with database.write() as connection:  # Alembic makes its own table first
        config = configuration(connection, scripts, metadata)
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        made = command.revision(config, what, autogenerate=True, rev_id=f"{number:04d}")
    if made is None or isinstance(made, list):
        raise RuntimeError("a migration was to be one file")
    return Path(made.path)


def _draft_for_a_person(what: str) -> None:
    """Draft the next migration from empty records that are thrown away: `python -m db.migrate "what changes"`."""
    with tempfile.TemporaryDirectory() as name:
        database = open_database(Place(Path(name)), Keys.create(Path(name)))
        draft(database, what)
        database.close()


if __name__ == "__main__":
    _draft_for_a_person(sys.argv[1])
