"""Other seats: processes of their own that work on the same records, run as `python -m tests.db.seats act folder …`."""

import os
import pwd
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from db.faults import StorageFault
from db.keys import Keys
from db.open import Database, Place, open_database

ROOT = Path(__file__).parents[2]


def seat(act: str, place: Place, *arguments: object) -> subprocess.Popen[str]:
    """Start another seat that does one thing at the same place."""
    command = [sys.executable, "-m", "tests.db.seats", act, str(place.folder), place.url or "", *map(str, arguments)]
    return subprocess.Popen(  # noqa: S603 our own program
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def said(process: subprocess.Popen[str]) -> str:
    """Wait for a seat to end and return what it said."""
    out, error = process.communicate(timeout=120)
    assert process.returncode == 0, error
    return out.strip()


def make_counter(database: Database) -> None:
    """Make the one counter that all seats count up, and the list of what each has done."""
    with database.write() as connection:
        connection.execute(text("CREATE TABLE counter (value INTEGER NOT NULL)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
        connection.execute(text("CREATE TABLE done (seat INTEGER, number INTEGER, padding TEXT)"))


def count_up(database: Database, name: int, number: int) -> None:
    """Read the counter and write it back one higher: without turns, counts would be lost."""
    lock = " FOR UPDATE" if database.kind == "postgresql" else ""
    with database.write() as connection:
        value = connection.execute(text(f"SELECT value FROM counter{lock}")).scalar_one()  # noqa: S608 a constant
        connection.execute(text("UPDATE counter SET value = :value"), {"value": value + 1})
        connection.execute(text("INSERT INTO done VALUES (:s, :n, :p)"), {"s": name, "n": number, "p": "汉" * 300})


def _count(database: Database, name: str, times: str) -> None:
    for number in range(int(times)):
        count_up(database, int(name), number)
        print(number, flush=True)


def _hold(database: Database) -> None:
    """Hold the turn to write until told to go on."""
    with database.write():
        print("held", flush=True)
        sys.stdin.readline()


def _fill(database: Database, limit: str) -> None:
    """Write until the system refuses a larger file; say with which fault, and how many writes were kept."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    for number in range(100_000):
        try:
            count_up(database, 1, number)
        except StorageFault as fault:
            print(number, fault.code.value)
            return


def _look(database: Database) -> None:
    """Write once and read once, and say how each went."""
    print(*[_outcome(act) for act in (lambda: count_up(database, 1, 1), lambda: read_counter(database))])


def _outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except StorageFault as fault:
        return fault.code.value
    return "done"


def read_counter(database: Database) -> int:
    """Return what the counter says."""
    with database.read() as connection:
        return int(connection.execute(text("SELECT value FROM counter")).scalar_one())


def _become_nobody(folder: Path) -> None:
    """Give up the rights of root, who may write everywhere; first use everything once that Python loads late."""
    if os.geteuid() == 0:
        with tempfile.TemporaryDirectory() as name:
            database = open_database(Place(Path(name)), Keys.create(Path(name)))
            make_counter(database)
            count_up(database, 1, 1)
            read_counter(database)
            database.close()
        nobody = pwd.getpwnam("nobody")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)


def main(act: str, folder: str, url: str, *arguments: str) -> None:
    if act == "look":
        _become_nobody(Path(folder))
    try:
        database = open_database(Place(Path(folder), url or None), Keys.load(Path(folder)))
    except StorageFault as fault:
        print(fault.code.value)
        return
    {"count": _count, "hold": _hold, "fill": _fill, "look": _look}[act](database, *arguments)  # type: ignore[operator]
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
