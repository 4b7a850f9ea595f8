"""Opening the records: where they are, whether they are the ones expected, and lending connections to them."""

import os
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection

from db.faults import Fault, StorageFault, classify
from db.files import read_json_file, write_json_file
from db.keys import KEY_FILE, Keys
from db.locks import Presence, writing_turn
from db.notices import ChangeFeed, PostgresFeed, SqliteFeed
from db.postgres import PostgresStore, server_url
from db.secret_service import SecretService
from db.sqlcipher import PAGE, SqliteStore, check_whole, connect

if TYPE_CHECKING:
    from db.backup import Backup
    from db.migrate import Migrated

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
        """Return the note, or None when no records are expected here; a note nobody can read still expects some."""
        if not path.exists():
            return None
        document = read_json_file(path) or {}
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
        self.migrated: Migrated | None = None
        """What was done to the tables when they were opened, None before that was looked at."""
        self._presence = presence
        self._counter: SqliteFeed | None = None

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
        """Return a mark that differs from the last one when anything may have changed since.

        On a server it is the count of its transactions: no row that all writers would queue for.
        """
        if isinstance(self.store, SqliteStore):
            self._counter = self._counter or SqliteFeed(self.store)
            return str(self._counter.mark())
        with self.read() as connection:
            return str(connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one())

    def is_whole(self) -> bool:
        """Return whether every page of the embedded store is as it was written; a server looks after its own."""
        if not isinstance(self.store, SqliteStore):
            return True
        with closing(self.store.connect()) as handle:
            return check_whole(handle)

    def take_stock(self) -> None:
        """Let the embedded store see how much it holds, so that it finds its way; a server does that by itself.

        It is a comfort: records that cannot be written now say so at the first act that would.
        """
        if isinstance(self.store, SqliteStore):
            with suppress(StorageFault):
                self.store.take_stock()

    def backup(self, target: Path) -> "Backup":
        """Write a whole, checked copy under this name with its manifest; see `db.backup.back_up`."""
        from db.backup import back_up

        return back_up(self, target)

    def remember_schema(self, version: int) -> None:
        """Note which form the tables have, so that an emptied or exchanged file is noticed at the next opening."""
        if self.kind == "sqlite":
            Note(self.keys.check, version).write(self.place.note)

    def close(self) -> None:
        """Give everything back."""
        if self._counter is not None:
            self._counter.close()
            self._counter = None
        self.store.close()
        if self._presence is not None:
            self._presence.leave()


def keys_for(place: Place, *, key_file: Path | None = None, secret_service: SecretService | None = None) -> Keys:
    """Return the keys of the records at this place, made new only where no records are.

    StorageFault key_missing, key_damaged, wrong_key: see `db.keys.Keys.load_file`.
    """
    alone = not place.note.exists() and not place.file.exists()
    if alone and not (place.folder / KEY_FILE).exists():
        return Keys.create(place.folder, key_file=key_file, secret_service=secret_service)
    return Keys.load(place.folder, key_file=key_file, secret_service=secret_service)


def open_database(place: Place, keys: Keys, *, patience: float = _PATIENCE) -> Database:
    """Open the records at this place, or make an empty store where none is expected.

    `patience` is how many seconds a writer waits for its turn, and how long a server may take for one act.
    Every StorageFault of an embedded store is raised here or by the first act that meets it.
    """
    os.umask(0o077)
    if place.url is not None:
        return Database(place, keys, PostgresStore(server_url(place.url), patience=patience), None)
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
        presence = Presence(place.presence_file)
        try:
            store = _open_file(place, keys, patience)
        except BaseException:
            presence.leave()
            raise
    except OSError as error:
        code = classify(error)
        if code is None:
            raise
        raise StorageFault(code, path=place.folder) from error
    return Database(place, keys, store, presence)


def _open_file(place: Place, keys: Keys, patience: float) -> SqliteStore:
    if Note.read(place.note) is None:
        with writing_turn(place.lock_file, patience):
            _make_file(place, keys)
    note = Note.read(place.note) or Note(keys.check, 0)
    if not place.file.exists():
        raise StorageFault(Fault.MISSING, path=place.file)
    if place.file.stat().st_size < PAGE:  # the driver would take a few bytes for a new file and write over them
        raise StorageFault(Fault.TRUNCATED, path=place.file)
    key_fits = note.key_check == keys.check if note.key_check else None
    with closing(connect(place.file, keys.database_key, key_fits=key_fits)) as handle:
        version = int(handle.execute("PRAGMA user_version").fetchone()[0])
    if version < note.schema_version:
        raise StorageFault(Fault.TRUNCATED, path=place.file, found=version, expected=note.schema_version)
    if note != Note(keys.check, version):  # a migration was killed before it could note itself, or nobody could read it
        Note(keys.check, version).write(place.note)
    return SqliteStore(place.file, place.lock_file, keys.database_key, key_fits=True, patience=patience)


def _make_file(place: Place, keys: Keys) -> None:
    """Make an empty store where nobody expects one, or take in a file that came without its note."""
    if Note.read(place.note) is not None:  # another process was faster
        return
    if place.file.exists() and 0 < place.file.stat().st_size < PAGE:
        raise StorageFault(Fault.NOT_A_DATABASE, path=place.file)
    with closing(connect(place.file, keys.database_key, "rwc")) as handle:
        version = int(handle.execute("PRAGMA user_version").fetchone()[0])
    Note(keys.check, version).write(place.note)
