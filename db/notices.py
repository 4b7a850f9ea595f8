"""Hearing that somebody has changed something: a hint to look again, never the news itself."""

import threading
from typing import Any, Protocol

from sqlalchemy import Connection

from db.faults import StorageFault, classify
from db.postgres import PostgresStore
from db.sqlcipher import SqliteStore

CHANNEL = "yijian_changes"


def notify(connection: Connection) -> None:
    """Tell the other seats, when this transaction is kept, that something has changed.

    The embedded store needs no telling: its readers see the change of the file.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"NOTIFY {CHANNEL}")


class ChangeFeed(Protocol):
    """Says whether anything may have changed since it was asked last; asking costs next to nothing."""

    def mark(self) -> str:
        """Return a mark that differs from the last one when anything may have changed since."""

    def poll(self) -> bool:
        """Return whether anything may have changed since the last poll, without waiting."""

    def fileno(self) -> int | None:
        """Return what to watch for news, or None when there is nothing to watch and one must poll."""

    def close(self) -> None:
        """Stop listening."""


class SqliteFeed:
    """Watches the file's own count of changes, on a handle that does nothing else (5 µs)."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self._turn = threading.Lock()
        self._handle = store.connect()
        self._seen = self.mark()

    def mark(self) -> str:
        """Return the file's count of changes by others than this handle."""
        self._store.check_present()
        with self._turn:
            return str(self._handle.execute("PRAGMA data_version").fetchone()[0])

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
    """Listens on a line of its own; when the line breaks, the next poll makes a new one and counts as news."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self._line: Any = None
        self._turn = threading.Lock()
        self._listen()

    def _listen(self) -> None:
        self._line = self._store.connect()
        self._line.execute(f"LISTEN {CHANNEL}")

    def mark(self) -> str:
        """Return the server's count of transactions: no table, no row that writers would queue for."""
        with self._turn:
            row = self._ask("SELECT pg_current_snapshot()::text")
        return str(row[0])

    def _ask(self, statement: str) -> Any:
        import psycopg

        try:
            return self._line.execute(statement).fetchone()
        except psycopg.OperationalError:
            self._listen()
            return self._line.execute(statement).fetchone()

    def poll(self) -> bool:
        """Read what has arrived; a broken line is made anew and counts as news, for what was said meanwhile is lost.

        StorageFault server_away while the server cannot be reached; try again later.
        """
        import psycopg

        with self._turn:
            if self._line.closed:
                self._listen()
                return True
            try:
                return any(True for _ in self._line.notifies(timeout=0))
            except psycopg.OperationalError as error:
                self._line.close()
                raise_or_listen(error)
                self._listen()
                return True

    def drain(self) -> bool:
        """Do what poll does, under the name a caller woken by `fileno` expects."""
        return self.poll()

    def fileno(self) -> int | None:
        """Return the line's descriptor to watch, or None while the line is down; it changes with a new line."""
        return None if self._line.closed else int(self._line.fileno())

    def close(self) -> None:
        """Hang up."""
        self._line.close()


def raise_or_listen(error: Exception) -> None:
    """Let an error rise that is not a broken line."""
    code = classify(error)
    if code is None:
        raise error
    if code != "server_away":
        raise StorageFault(code) from error
