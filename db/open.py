"""Opening the records: where they are, whether they are the ones expected, and lending connections to them."""

import os
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection

from db.faults import Fault, StorageFault
from db.files import read_json_file, write_json_file
from db.keys import Keys
from db.locks import Presence
from db.notices import ChangeFeed, PostgresFeed, SqliteFeed
from db.postgres import PostgresStore, server_url
from db.sqlcipher import SqliteStore, connect

Kind = Literal["sqlite", "postgresql"]
_PATIENCE = 30.0


@dataclass(frozen=True)
class Place:
    """Where the records are: a folder of this seat, and for a shared hall a server besides."""

    folder: Path
    url: str | None = None

    @property
    def kind(self) -> Kind:
        """Return which kind of store this is."""
        return "sqlite" if self.url is None else "postgresql"

    @property
    def file(self) -> Path:
        """Return the file of the embedded store."""
        return self.folder / "yijian.db"

    @property
    def note(self) -> Path:
        """Return the note that says which records are expected here."""
        return self.folder / "yijian.json"

    @property
    def lock_file(self) -> Path:
        """Return the side file on which processes take turns at writing."""
        return self.folder / "yijian.lock"

    @property
    def presence_file(self) -> Path:
        """Return the side file that says who has the records open."""
        return self.folder / "yijian.open"


@dataclass(frozen=True)
class Note:
    """What was expected of the file when it was last made or changed in form."""

    key_check: str
    schema_version: int

    @classmethod
    def read(cls, path: Path) -> "Note | None":
        """Return the note, or None when no records are expected here."""
        document = read_json_file(path)
        if document is None:
            return None
        return cls(str(document.get("key_check", "")), int(document.get("schema_version", 0)))

    def write(self, path: Path) -> None:
        """Write the note beside the file."""
        document: dict[str, Any] = {
            "format": "yijian",
            "key_check": self.key_check,
            "schema_version": self.schema_version,
            "written": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        write_json_file(path, document, replace=True)


class Database:
    """The open records. Connections are lent for one act or one look and given back; nothing is held between."""

    def __init__(self, place: Place, keys: Keys, store: SqliteStore | PostgresStore, presence: Presence | None) -> None:
        self.place = place
        self.keys = keys
        self.store = store
        self._presence = presence
        self._feed: ChangeFeed | None = None

    @property
    def kind(self) -> Kind:
        """Return which kind of store this is."""
        return self.place.kind

    def write(self) -> AbstractContextManager[Connection]:
        """Lend a connection inside one transaction: kept at the end, undone on any error."""
        return self.store.write()

    def read(self) -> AbstractContextManager[Connection]:
        """Lend a connection that sees one unchanging moment and cannot write."""
        return self.store.read()

    def alone(self) -> AbstractContextManager[None]:
        """Hold the turn to write without a transaction; a server has no such turn."""
        return self.store.turn() if isinstance(self.store, SqliteStore) else nullcontext()

    def feed(self) -> ChangeFeed:
        """Open a feed of its own that says when somebody has changed something; the caller closes it."""
        return SqliteFeed(self.store) if isinstance(self.store, SqliteStore) else PostgresFeed(self.store)

    def changes(self) -> str:
        """Return a mark that differs from the last one when anything may have changed since."""
        if self._feed is None:
            self._feed = self.feed()
        return self._feed.mark()

    def backup(self, target: Path) -> Path:
        """Write a whole, checked copy under this name with its manifest, and return its path."""
        from db.backup import back_up

        return back_up(self, target)

    def remember_schema(self, version: int) -> None:
        """Note which form the tables have, so that an emptied or exchanged file is noticed at the next opening."""
        if self.kind == "sqlite":
            Note(self.keys.check, version).write(self.place.note)

    def close(self) -> None:
        """Give everything back."""
        if self._feed is not None:
            self._feed.close()
            self._feed = None
        self.store.close()
        if self._presence is not None:
            self._presence.leave()


def open_database(place: Place, keys: Keys, *, patience: float = _PATIENCE) -> Database:
    """Open the records at this place, or make an empty store where none is expected.

    `patience` is how many seconds a writer waits for its turn, and how long a server may take for one act.
    Every StorageFault of an embedded store is raised here or by the first act that meets it.
    """
    os.umask(0o077)
    if place.url is not None:
        return Database(place, keys, PostgresStore(server_url(place.url), patience=patience), None)
    place.folder.mkdir(parents=True, exist_ok=True)
    presence = Presence(place.presence_file)
    try:
        store = _open_file(place, keys, patience)
    except BaseException:
        presence.leave()
        raise
    return Database(place, keys, store, presence)


def _open_file(place: Place, keys: Keys, patience: float) -> SqliteStore:
    note = Note.read(place.note)
    if note is not None and not place.file.exists():
        raise StorageFault(Fault.MISSING, path=place.file)
    if note is not None and place.file.stat().st_size == 0:
        raise StorageFault(Fault.TRUNCATED, path=place.file)
    key_fits = None if note is None else note.key_check == keys.check
    handle = connect(place.file, keys.database_key, "rw" if note else "rwc", key_fits=key_fits)
    try:
        if note is None:
            handle.execute("PRAGMA journal_mode = WAL")
        version = handle.execute("PRAGMA user_version").fetchone()[0]
    finally:
        handle.close()
    if note is None:
        Note(keys.check, version).write(place.note)
    elif version < note.schema_version:
        raise StorageFault(Fault.TRUNCATED, path=place.file, found=version, expected=note.schema_version)
    return SqliteStore(place.file, place.lock_file, keys.database_key, key_fits=True, patience=patience)
