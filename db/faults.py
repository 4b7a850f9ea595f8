"""What can go wrong with the place where the records are kept, each with a code of its own."""

import errno
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine, ExceptionContext


class Fault(StrEnum):
    """The faults of a store, each of which a person meets on a clear page."""

    DISK_FULL = "disk_full"
    DISK_FAILED = "disk_failed"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    TRUNCATED = "truncated"
    WRONG_KEY = "wrong_key"
    KEY_MISSING = "key_missing"
    KEY_DAMAGED = "key_damaged"
    DELETED_WHILE_OPEN = "deleted_while_open"
    SCHEMA_NEWER = "schema_newer"
    SCHEMA_OLDER_THAN_MINIMUM = "schema_older_than_minimum"
    LOCKED_TOO_LONG = "locked_too_long"
    IN_USE = "in_use"
    NO_ACCESS = "no_access"
    SERVER_AWAY = "server_away"
    SERVER_REFUSED = "server_refused"
    NOT_A_DATABASE = "not_a_database"
    MISSING = "missing"
    NO_BACKUP = "no_backup"
    NO_BACKUP_IN_FOLDER = "no_backup_in_folder"
    NOT_A_BACKUP = "not_a_backup"
    TOOLS_MISSING = "tools_missing"
    TOOLS_FAILED = "tools_failed"


class StorageFault(Exception):
    """The records cannot be reached, read or written; the code says why, the values say where."""

    def __init__(self, code: Fault, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        """Return the code and the values; neither ever holds a person's data."""
        return " ".join([self.code.value, *(f"{name}={value}" for name, value in self.values.items())])


READING = "yijian_reading"
"""The execution option of a connection lent for reading only."""

_SQLITE = {
    5: Fault.LOCKED_TOO_LONG,  # SQLITE_BUSY
    8: Fault.READ_ONLY,  # SQLITE_READONLY
    11: Fault.DAMAGED,  # SQLITE_CORRUPT
    13: Fault.DISK_FULL,  # SQLITE_FULL
    26: Fault.DAMAGED,  # SQLITE_NOTADB: the key was right when the file was opened
}
_SQLITE_IOERR_CORRUPTFS = 10 | (33 << 8)
_SYSTEM = {
    errno.ENOSPC: Fault.DISK_FULL,
    errno.EDQUOT: Fault.DISK_FULL,
    errno.EFBIG: Fault.DISK_FULL,
    errno.EROFS: Fault.READ_ONLY,
    errno.EIO: Fault.DISK_FAILED,
    errno.EACCES: Fault.NO_ACCESS,
    errno.EPERM: Fault.NO_ACCESS,
}
_POSTGRES = {
    "53100": Fault.DISK_FULL,
    "25006": Fault.READ_ONLY,
    "XX001": Fault.DAMAGED,
    "XX002": Fault.DAMAGED,
    "55P03": Fault.LOCKED_TOO_LONG,
    "57014": Fault.LOCKED_TOO_LONG,
    "57P01": Fault.SERVER_AWAY,
    "57P02": Fault.SERVER_AWAY,
    "57P03": Fault.SERVER_AWAY,
    "57P05": Fault.SERVER_AWAY,
    "53300": Fault.SERVER_AWAY,
    "25P03": Fault.SERVER_AWAY,
}


def classify(error: BaseException) -> Fault | None:
    """Return which fault of the store a driver's error is, or None when it is none (a bug, a broken rule)."""
    number = getattr(error, "sqlite_errorcode", None)
    if isinstance(number, int):
        return _classify_sqlite(number, str(error))
    if type(error).__module__.startswith("psycopg"):
        return _classify_postgres(error)
    if isinstance(error, OSError) and error.errno is not None:
        return _SYSTEM.get(error.errno)
    return None


def _classify_sqlite(number: int, message: str) -> Fault | None:
    if number & 0xFF == 10:  # SQLITE_IOERR in all its kinds
        return Fault.DAMAGED if number == _SQLITE_IOERR_CORRUPTFS else Fault.DISK_FAILED
    if number & 0xFF == 14:  # SQLITE_CANTOPEN
        return Fault.MISSING
    # SQLCipher reports a page that fails its seal in the middle of a statement as a plain error.
    if number == 1 and ("HMAC" in message or "codec" in message):
        return Fault.DAMAGED
    return _SQLITE.get(number & 0xFF)


def _classify_postgres(error: BaseException) -> Fault | None:
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return Fault.SERVER_AWAY if state.startswith("08") else _POSTGRES.get(state)
    # Without a state the server said nothing: the connection was never made, or it broke.
    return Fault.SERVER_AWAY if type(error).__name__ in {"OperationalError", "ConnectionTimeout"} else None


Classify = Callable[[BaseException], Fault | None]


def raise_faults(engine: Engine, classify: Classify = classify, **values: object) -> None:
    """Make an engine raise StorageFault for every driver's error that is a fault of the store."""

    def turn(context: ExceptionContext) -> None:
        code = classify(context.original_exception)
        if code is None or (code is Fault.READ_ONLY and _is_reading(context)):
            return
        raise StorageFault(code, **values) from context.original_exception

    event.listen(engine, "handle_error", turn)


def _is_reading(context: ExceptionContext) -> bool:
    """Say whether the connection was lent for reading: writing on it is a bug of ours, not a disk's."""
    options: dict[str, Any] = dict(context.connection.get_execution_options()) if context.connection else {}
    return bool(options.get(READING))
