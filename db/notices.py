"""Hearing that somebody has changed something: a hint to look again, never the news itself."""

import threading
from typing import Any, Protocol

from sqlalchemy import Connection

from db.postgres import PostgresStore
from db.sqlcipher import SqliteStore

CHANNEL = "yijian_changes"


def notify(connection: Connection) -> None:
    """Tell the other seats, once this transaction is kept, that something has changed.

    The embedded store needs no telling: its readers see the change of the file.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"NOTIFY {CHANNEL}")


class ChangeFeed(Protocol):
    """Says whether anything may have changed since it was asked last; asking costs next to nothing."""

    def poll(self) -> bool:
        """Return whether anything may have changed since the last poll, without waiting."""

    def fileno(self) -> int | None:
        """Return what to watch for news, or None when one must poll; it may differ after every poll."""

    def close(self) -> None:
        """Stop listening."""


class SqliteFeed:
    """Watches the file's own count of changes, on a handle that does nothing else."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self._turn = threading.Lock()
        self._handle = store.connect()
        self._seen = self.mark()

    def mark(self) -> int:
        """Return the file's count of changes by others than this handle."""
        self._store.check_present()
        with self._turn:
            return int(self._handle.execute("PRAGMA data_version").fetchone()[0])

    def poll(self) -> bool:
        """Return whether anybody, this process too, has written since the last poll."""
        before, self._seen = self._seen, self.mark()
        return before != self._seen

    def fileno(self) -> int | None:
        """Return None: the file cannot call, it must be asked, five times a second."""
        return None

    def close(self) -> None:
        """Close the handle."""
        self._handle.close()


class PostgresFeed:
    """Listens on a line of its own; a broken line is made anew, and that counts as news."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self._line = self._listen()

    def _listen(self) -> Any:
        line = self._store.connect()
        line.execute(f"LISTEN {CHANNEL}")
        return line

    def poll(self) -> bool:
        """Take in what has arrived; what was said while the line was down is lost, so a new line is news too.

        StorageFault server_away while the server cannot be reached; poll again later.
        """
        import psycopg

        try:
            if not self._line.closed:
                return bool(list(self._line.notifies(timeout=0)))
        except psycopg.OperationalError:
            self._line.close()
        self._line = self._listen()
        return True

    drain = poll

    def fileno(self) -> int | None:
        """Return the line's descriptor, which has something to read when news arrive; None while it is down."""
        return None if self._line.closed else int(self._line.fileno())

    def close(self) -> None:
        """Hang up."""
        self._line.close()
