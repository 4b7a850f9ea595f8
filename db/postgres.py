"""The shared store: a PostgreSQL server that several halls or many counters work on together."""

import heapq
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError

from db.base import write_json
from db.faults import READING, Fault, StorageFault, classify, raise_faults

_LOCAL_HOSTS = {None, "", "localhost", "127.0.0.1", "::1"}
PING_SECONDS = 5.0
_SERVER_OPTIONS = {
    "timezone": "UTC",
    "statement_timeout": "20s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
    "client_encoding": "UTF8",
}


def server_url(text: str) -> URL:
    """Return the address of the server with our driver, and with a checked certificate unless it is this computer."""
    url = make_url(text).set(drivername="postgresql+psycopg")
    host = url.query.get("host", url.host)
    local = host in _LOCAL_HOSTS or (isinstance(host, str) and host.startswith("/"))
    return url if local or "sslmode" in url.query else url.update_query_dict({"sslmode": "verify-full"})


class Watchdog:
    """Cuts the line to a server that has stopped answering without hanging up.

    A frozen server process ignores every time limit it was given, and the network keeps the line alive. Only
    closing our own end wakes the thread that waits.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: dict[int, Any] = {}
        self._deadlines: list[tuple[float, int]] = []
        self._next = 0
        self._thread: threading.Thread | None = None

    @contextmanager
    def watching(self, connection: object, seconds: float) -> Iterator[None]:
        """Cut this driver's connection when the work on it takes longer than the seconds."""
        with self._changed:
            self._next += 1
            mine = self._next
            self._watched[mine] = connection
            heapq.heappush(self._deadlines, (time.monotonic() + seconds, mine))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="server-watchdog", daemon=True)
                self._thread.start()
            elif self._deadlines[0][1] == mine:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                del self._watched[mine]

    def rest(self) -> None:
        """End the watch until something is watched again."""
        with self._changed:
            self._thread = None
            self._changed.notify()

    def _run(self) -> None:
        me = threading.current_thread()
        with self._changed:
            while self._thread is me:
                while self._deadlines and self._deadlines[0][1] not in self._watched:
                    heapq.heappop(self._deadlines)
                wait = self._deadlines[0][0] - time.monotonic() if self._deadlines else None
                if wait is None or wait > 0:
                    self._changed.wait(wait)
                else:
                    _hang_up(self._watched[heapq.heappop(self._deadlines)[1]])


def _hang_up(connection: Any) -> None:
    if connection.closed:
        return
    with socket.socket(fileno=os.dup(connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


class PostgresStore:
    """The open line to the server: transactions for writing, unchanging moments for reading."""

    def __init__(self, url: URL, *, patience: float) -> None:
        self.url = url
        self._patience = patience
        self._watchdog = Watchdog()
        self._engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=5,
            max_overflow=10,
            pool_use_lifo=True,
            pool_recycle=1800,
            hide_parameters=True,
            json_serializer=write_json,
            connect_args=connect_arguments(),
        )
        raise_faults(self._engine, self._classify, host=url.query.get("host", url.host), database=url.database)
        event.listen(self._engine, "checkout", self._ping)
        self._moments = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True, **{READING: True}
        )

    def _ping(self, connection: Any, *_: object) -> None:
        """Ask a line that has lain idle whether it still leads somewhere, in the watchdog's sight."""
        driver = self._engine.dialect.loaded_dbapi
        try:
            with self._watchdog.watching(connection, PING_SECONDS):
                self._engine.dialect.do_ping(connection)
        except driver.Error as error:
            raise DisconnectionError from error

    @contextmanager
    def _lend(self, engine: Engine) -> Iterator[Connection]:
        with (
            engine.connect() as connection,
            self._watchdog.watching(connection.connection.dbapi_connection, self._patience),
        ):
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Lend a connection inside one transaction that is kept at the end and undone on any error.

        When the line breaks while the server was asked to keep it, nobody here can know whether it did: the
        fault then carries in_doubt=True and the caller asks by the key of the act.
        """
        with self._lend(self._engine) as connection:
            transaction = connection.begin()
            try:
                yield connection
            except BaseException:
                transaction.rollback()
                raise
            try:
                transaction.commit()
            except StorageFault as fault:
                if fault.code is Fault.SERVER_AWAY:
                    fault.values["in_doubt"] = True
                raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Lend a connection that sees one unchanging moment and cannot write."""
        with self._lend(self._moments) as connection, connection.begin() as reading:
            yield connection
            reading.rollback()

    @contextmanager
    def rebuilding(self) -> Iterator[Connection]:
        """Lend a write transaction in which tables may be rebuilt, however long that takes."""
        with self._engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
            yield connection

    def connect(self) -> Any:
        """Open one more connection of the driver's own, outside every transaction."""
        import psycopg

        try:
            return psycopg.connect(self._address(), autocommit=True, **connect_arguments())
        except psycopg.Error as error:
            code = self._classify(error)
            if code is None:
                raise
            raise StorageFault(code, database=self.url.database) from error

    def _classify(self, error: BaseException) -> Fault | None:
        """Tell a server that is away from one that is there and does not let us in.

        The driver gives no code for a connection that was never made, and the server's words may be Chinese.
        """
        code = classify(error)
        attempt = getattr(error, "pgconn", None)
        if code is not Fault.SERVER_AWAY or attempt is None or getattr(error, "sqlstate", None):
            return code
        from psycopg.conninfo import make_conninfo
        from psycopg.pq import PGconn, Ping

        answer = PGconn.ping(make_conninfo(self._address(), connect_timeout=5).encode())
        return Fault.SERVER_REFUSED if answer == Ping.OK else code

    def _address(self) -> str:
        return self.url.set(drivername="postgresql").render_as_string(hide_password=False)

    def close(self) -> None:
        """Close every line."""
        self._engine.dispose()
        self._watchdog.rest()


def connect_arguments() -> dict[str, Any]:
    """Return what every line is opened with: UTC, and limits on how long the server may keep us waiting."""
    return {
        "connect_timeout": 10,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 30_000,
        "application_name": "yijian",
        "options": " ".join(f"-c {name}={value}" for name, value in _SERVER_OPTIONS.items()),
    }
