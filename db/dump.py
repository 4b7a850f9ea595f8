"""The copy of a shared hall's records: what PostgreSQL's own tools write, encrypted before it meets the disk."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import text

from db.faults import Fault, StorageFault
from db.migrate import schema_version
from db.postgres import PostgresStore

if TYPE_CHECKING:
    from db.open import Database

_HEADER = b"yijian-dump-1 AES-256-GCM\n"
_PIECE = 1 << 20
_SEAL = 16
_MIDDLE, _LAST = b"middle", b"last"
_WHOLLY = ("--clean", "--if-exists", "--single-transaction", "--exit-on-error")
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IS NOT NULL"
)


def encrypt(source: IO[bytes], target: IO[bytes], key: bytes) -> None:
    """Write the source in sealed pieces; the last one is marked, so that a cut file is noticed."""
    prefix = secrets.token_bytes(8)
    target.write(_HEADER + prefix)
    cipher = AESGCM(key)
    piece, number = source.read(_PIECE), 0
    while True:
        following = source.read(_PIECE) if piece else b""
        mark = _MIDDLE if following else _LAST
        target.write(cipher.encrypt(prefix + number.to_bytes(4, "big"), piece, _HEADER + mark))
        if not following:
            return
        piece, number = following, number + 1


def decrypt(source: IO[bytes], key: bytes) -> Iterator[bytes]:
    """Yield the pieces as they were; StorageFault damaged when one is altered, missing or out of place."""
    if source.read(len(_HEADER)) != _HEADER:
        raise StorageFault(Fault.NOT_A_DATABASE)
    prefix, cipher = source.read(8), AESGCM(key)
    sealed, number = source.read(_PIECE + _SEAL), 0
    while True:
        following = source.read(_PIECE + _SEAL)
        mark = _MIDDLE if following else _LAST
        try:
            yield cipher.decrypt(prefix + number.to_bytes(4, "big"), sealed, _HEADER + mark)
        except (InvalidTag, ValueError):
            raise StorageFault(Fault.DAMAGED) from None
        if not following:
            return
        sealed, number = following, number + 1


def dump(database: "Database", part: Path) -> int:
    """Write the server's records encrypted into the file and return the form of their tables."""
    store = _server(database)
    with database.read() as connection:
        version = schema_version(connection)
    with part.open("xb") as file, _running(store, "pg_dump", "--format=custom") as tool:
        encrypt(_pipe(tool.stdout), file, database.keys.sub_key("dump"))
    return version


def load(database: "Database", path: Path) -> None:
    """Put the records of an encrypted dump in place of the server's, wholly or not at all.

    StorageFault in_use while anybody else is connected; tools_missing; tools_failed; damaged.
    """
    store = _server(database)
    with database.read() as connection:
        others = connection.execute(_OTHERS).scalar_one()
    store.close()
    if others:
        raise StorageFault(Fault.IN_USE, connections=others)
    with path.open("rb") as file, _running(store, "pg_restore", *_WHOLLY) as tool:
        for piece in decrypt(file, database.keys.sub_key("dump")):
            _pipe(tool.stdin).write(piece)


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    """Return the end of a pipe that was asked for when the tool was started."""
    if end is None:
        raise ValueError("the tool was started without this pipe")
    return end


def _server(database: "Database") -> PostgresStore:
    if not isinstance(database.store, PostgresStore):
        raise TypeError("an embedded store is copied as a file")
    return database.store


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise StorageFault(Fault.TOOLS_MISSING, program=name)
    return path


def _address(store: PostgresStore) -> str:
    """Return the address without the password: every user of the computer can read a command line."""
    return store.url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


@contextmanager
def _running(store: PostgresStore, name: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Lend a tool of PostgreSQL at work; it is killed when we give up, and its failure is ours."""
    command = [_tool(name), "--no-owner", f"--dbname={_address(store)}", *arguments]
    environment = {**os.environ, "PGPASSWORD": store.url.password or "", "LC_ALL": "C"}
    pipe = subprocess.PIPE
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=complaints) as process,  # noqa: S603 the tool is PostgreSQL's
    ):
        try:
            with suppress(BrokenPipeError):  # the tool has given up, and says why in a moment
                yield process
                process.communicate()
        except BaseException:
            process.kill()
            raise
        status = process.wait()
        if status:
            raise StorageFault(Fault.TOOLS_FAILED, program=name, status=status, reason=_reason(name, complaints))


def _reason(name: str, complaints: IO[bytes]) -> str:
    """Return the tool's own first complaint; the server's details may name people and are left out."""
    complaints.seek(0)
    lines = complaints.read().decode("utf-8", "replace").splitlines()
    return next((line for line in lines if line.startswith(f"{name}: error:")), "")
