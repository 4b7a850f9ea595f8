"""The embedded store: one encrypted file on the seat's own disk, opened, read and written in turns."""

import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlcipher3 import dbapi2 as driver

from db.base import write_json
from db.faults import READING, Fault, StorageFault, classify, raise_faults
from db.locks import writing_turn

Handle = Any  # the driver has no types
Mode = Literal["ro", "rw", "rwc"]

PAGE = 4096
_BUSY_SECONDS = 5.0
_SETTINGS = (
    "PRAGMA journal_mode = WAL",  # kept in the file: does something only in a new or restored one
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA journal_size_limit = 67108864",
)


def raw_open(file: Path, key: bytes | None, mode: Mode) -> Handle:
    """Open a handle on the file without touching a page of it; StorageFault missing, no_access."""
    try:
        handle = driver.connect(
            f"{file.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
    except driver.OperationalError:
        raise StorageFault(Fault.NO_ACCESS if file.exists() else Fault.MISSING, path=file) from None
    handle.execute("PRAGMA cipher_log_level = NONE")  # it would write to the terminal
    if key is not None:
        handle.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return handle


def connect(file: Path, key: bytes, mode: Mode = "rw", *, key_fits: bool | None = None) -> Handle:
    """Open the store and prove that the key fits; the handle is closed when it does not, else it keeps a lock.

    `key_fits` is what the note beside the file says about the key: True, False, or None when there is no note.
    """
    handle = raw_open(file, key, mode)
    try:
        handle.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for setting in _SETTINGS:
            handle.execute(setting).fetchall()
    except driver.Error as error:
        handle.close()
        raise StorageFault(_diagnose(file, key, error, key_fits=key_fits), path=file) from error
    return handle


def _diagnose(file: Path, key: bytes, error: Exception, *, key_fits: bool | None) -> Fault:
    """Tell apart what the driver reports with one word: a wrong key, damage, a cut file, another kind of file."""
    number = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if number == driver.SQLITE_NOTADB:
        if _is_plain(file):
            return Fault.NOT_A_DATABASE
        if file.stat().st_size % PAGE:
            return Fault.TRUNCATED if key_fits else Fault.NOT_A_DATABASE
        return Fault.DAMAGED if key_fits else Fault.WRONG_KEY
    if number == driver.SQLITE_CORRUPT:
        return Fault.TRUNCATED if _is_cut(file, key) else Fault.DAMAGED
    if number == driver.SQLITE_CANTOPEN:
        return Fault.READ_ONLY if os.access(file, os.R_OK) else Fault.NO_ACCESS
    return classify(error) or Fault.DAMAGED


def _reads(file: Path, key: bytes | None, *statements: str) -> bool:
    with closing(raw_open(file, key, "ro")) as handle:
        try:
            for statement in statements:
                handle.execute(statement).fetchone()
        except driver.Error:
            return False
        return True


def _is_plain(file: Path) -> bool:
    """Say whether the file is a database of somebody else's, never encrypted."""
    return _reads(file, None, "SELECT count(*) FROM sqlite_master")


def _is_cut(file: Path, key: bytes) -> bool:
    """Say whether the file is shorter than its first page says.

    The setting makes the store overlook only that; the question needs no page but the first, as the definitions of the
    tables may lie on pages that are gone.
    """
    question = "PRAGMA user_version"
    return _reads(file, key, "PRAGMA writable_schema = ON", question) and not _reads(file, key, question)


def check_whole(handle: Handle) -> bool:
    """Return whether every page carries its seal, the trees are sound and every reference leads somewhere."""
    try:
        return (
            not handle.execute("PRAGMA cipher_integrity_check").fetchall()
            and handle.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
            and not handle.execute("PRAGMA foreign_key_check").fetchall()
        )
    except driver.Error:
        return False


class SqliteStore:
    """The open file: one writer at a time among all processes, any number of readers beside it."""

    def __init__(self, file: Path, lock_file: Path, key: bytes, *, key_fits: bool | None, patience: float) -> None:
        self.file = file
        self._lock_file = lock_file
        self._key = key
        self._key_fits = key_fits
        self._patience = patience
        self._identity = _identity(file)
        self._writing = threading.local()
        self._writer = self._engine("BEGIN IMMEDIATE", reading=False, pool_size=1, max_overflow=0)
        self._reader = self._engine("BEGIN", reading=True, pool_size=4, max_overflow=12)

    def _engine(self, begin: str, *, reading: bool, pool_size: int, max_overflow: int) -> Engine:
        engine = create_engine(
            "sqlite+pysqlite://",
            module=driver,
            creator=partial(self._handle, reading=reading),
            poolclass=QueuePool,
            pool_size=pool_size,
            max_overflow=max_overflow,
            hide_parameters=True,
            json_serializer=write_json,
            execution_options={READING: reading},
        )
        raise_faults(engine, path=self.file)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine

    def _handle(self, *, reading: bool) -> Handle:
        handle = self.connect()
        if reading:
            handle.execute("PRAGMA query_only = ON")
        return handle

    def connect(self) -> Handle:
        """Open one more handle of the driver's own on the same file."""
        self.check_present()
        return connect(self.file, self._key, key_fits=self._key_fits)

    def check_present(self) -> None:
        """Refuse to go on when the file under our hands is no longer the one that bears the name."""
        if _identity(self.file) != self._identity:
            raise StorageFault(Fault.DELETED_WHILE_OPEN, path=self.file)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the turn to write among all processes, without a transaction."""
        if getattr(self._writing, "now", False):
            raise RuntimeError("a write inside a write would wait for itself for ever")
        with writing_turn(self._lock_file, self._patience):
            self._writing.now = True
            try:
                yield
            finally:
                self._writing.now = False

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Lend a connection inside one transaction that is kept at the end and undone on any error."""
        with self.turn(), self.transaction() as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Begin, and commit at the end, for somebody who already holds the turn."""
        self.check_present()
        with self._writer.connect() as connection, connection.begin():
            yield connection
            self.check_present()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Lend a connection that sees one unchanging moment and cannot write."""
        self.check_present()
        with self._reader.connect() as connection, connection.begin() as reading:
            yield connection
            reading.rollback()

    @contextmanager
    def rebuilding(self) -> Iterator[Connection]:
        """Lend a write transaction in which tables may be rebuilt; the caller holds the turn.

        Foreign keys are off, because dropping the old table would delete every row that refers to it; they are
        all checked before the end instead.
        """
        self.check_present()
        with self._writer.connect() as connection:
            driver_connection = connection.connection.dbapi_connection
            assert driver_connection is not None  # noqa: S101 narrows the type: it was just opened
            driver_connection.execute("PRAGMA foreign_keys = OFF")  # has no effect inside a transaction
            try:
                with connection.begin():
                    yield connection
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                    if broken:
                        raise RuntimeError(f"the rebuilt tables break {len(broken)} references, first {broken[0]}")
            finally:
                driver_connection.execute("PRAGMA foreign_keys = ON")

    def take_stock(self) -> None:
        """Count what the tables hold where that has grown tenfold since the last count, or was never counted.

        Without a count the store takes "of this hall" for a narrow choice, and reads a whole table to find one row.
        Readers learn of a new count only when they begin, so they begin anew.
        """
        with self.turn(), self.transaction() as connection:
            connection.exec_driver_sql("PRAGMA optimize = 0x10002")  # every table, with no limit to the counting
        self._reader.dispose()

    def close(self) -> None:
        """Close every handle; the last one folds the side files into the main one."""
        self._reader.dispose()
        self._writer.dispose()


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
