"""The one search over everything a hall keeps: names, numbers, phones and texts of documents of any kind.

The index is derived: dropped and made again it says the same. In the file it is a contentless FTS5 table beside the
map `search_document`; on the server the pieces are an array in that table under a GIN index. `db.search_words` says
what is found by what.

An identity number is never given here in clear: whoever indexes it makes a keyed token of it (an HMAC, 32 and more
hexadecimal digits) for `codes`, and the same token for the query. It is found whole only.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Index,
    Integer,
    Select,
    Table,
    UniqueConstraint,
    bindparam,
    column,
    func,
    select,
    table,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON, Text

from db.base import Base
from db.search_words import Sought, document_words, fold

_PIECES = postgresql.ARRAY(Text).with_variant(JSON(none_as_null=True), "sqlite")
_KEY = ("hall_id", "kind", "ref_id")
_WINDOW = 2_000


class SearchDocument(Base):
    """One document that can be found, and its local number (`place`): the later it was first put in, the higher."""

    __tablename__ = "search_document"
    __table_args__ = (
        UniqueConstraint(*_KEY),
        # Empty in the file, where no row has pieces.
        Index("ix_search_document_pieces", "pieces", postgresql_using="gin", sqlite_where=text("pieces IS NOT NULL")),
    )

    place: Mapped[int] = mapped_column(primary_key=True)
    hall_id: Mapped[UUID]
    kind: Mapped[str]
    ref_id: Mapped[UUID]
    folded: Mapped[str]
    pieces: Mapped[list[str] | None] = mapped_column(_PIECES)
    """On the server only; the file has them in its index alone."""


_DOCUMENT: Table = Base.metadata.tables["search_document"]
_INDEX = table("search_index", column("rowid", Integer))


def _file_row() -> sqlite.Insert:
    row = sqlite.insert(_DOCUMENT).values({name: bindparam(name) for name in (*_KEY, "folded")})
    return row.on_conflict_do_update(index_elements=_KEY, set_={"folded": row.excluded.folded})


def _server_row() -> postgresql.Insert:
    row = postgresql.insert(_DOCUMENT).values({name: bindparam(name) for name in (*_KEY, "folded", "pieces")})
    changed = {"folded": row.excluded.folded, "pieces": row.excluded.pieces}
    return row.on_conflict_do_update(index_elements=_KEY, set_=changed)


# Made once, as making them costs as much as carrying them out.
_FILE_ROW = _file_row().returning(_DOCUMENT.c.place)
_FILE_ENTRY = text("INSERT OR REPLACE INTO search_index(rowid, pieces) VALUES (:place, :pieces)")
_SERVER_ROW = _server_row()


class Hit(NamedTuple):
    """A document found; the `place` of the last one is the `before` of the next page."""

    kind: str
    ref_id: UUID
    place: int


@dataclass(frozen=True)
class _Question:
    """What is asked for: words, in one hall, of these kinds or any, older than a place."""

    sought: Sought
    hall_id: UUID
    kinds: Sequence[str] | None
    before: int | None
    limit: int


class _Migration(Protocol):
    """What Alembic hands to a migration."""

    def get_bind(self) -> Connection: ...


def create_search(target: Connection | _Migration) -> None:
    """Make the empty index; called from a migration with its `op`, or with a connection."""
    connection = _connection(target)
    _DOCUMENT.create(connection)
    if _on_server(connection):
        # The hall leads every key on the server, so that tables can be spread by it; newest of a hall first.
        connection.execute(
            text(
                "ALTER TABLE search_document DROP CONSTRAINT pk_search_document,"
                " ADD CONSTRAINT pk_search_document PRIMARY KEY (hall_id, place)"
            )
        )
        return
    # The ascii tokenizer takes every character beyond ASCII as a letter; the others lose characters newer than they.
    connection.execute(
        text(
            "CREATE VIRTUAL TABLE search_index USING fts5"
            "(pieces, content='', contentless_delete=1, detail=none, tokenize='ascii')"
        )
    )
    connection.execute(text("INSERT INTO search_index(search_index, rank) VALUES ('secure-delete', 1)"))


def drop_search(target: Connection | _Migration) -> None:
    """Take the index away; every document can be put in again from its own rows."""
    connection = _connection(target)
    if not _on_server(connection):
        connection.execute(text("DROP TABLE search_index"))
    _DOCUMENT.drop(connection)


def index_document(
    connection: Connection,
    hall_id: UUID,
    kind: str,
    ref_id: UUID,
    *,
    codes: Iterable[str] = (),
    names: Iterable[str] = (),
    phones: Iterable[str] = (),
    texts: Iterable[str] = (),
) -> None:
    """Let a document be found by these values, and by no other any more; it keeps its place in the order.

    `codes` are numbers people read out (a request's number) and keyed tokens; see the module for identity numbers.
    """
    words = document_words(codes, names, phones, texts)
    pieces = words.pieces | {_kind_piece(kind)}
    row: dict[str, Any] = {"hall_id": hall_id, "kind": kind, "ref_id": ref_id, "folded": words.folded}
    if _on_server(connection):
        connection.execute(_SERVER_ROW, {**row, "pieces": sorted(pieces | {_hall_piece(hall_id)})})
        return
    place = connection.execute(_FILE_ROW, row).scalar_one()
    connection.execute(_FILE_ENTRY, {"place": place, "pieces": " ".join(sorted(pieces))})


def search(
    connection: Connection,
    hall_id: UUID,
    query: str,
    *,
    kinds: Collection[str] | None = None,
    limit: int = 50,
    before: int | None = None,
) -> list[Hit]:
    """Return the newest documents in which every word of the query stands, at most `limit`, older than `before`."""
    wanted = None if kinds is None else sorted(set(kinds))
    question = _Question(Sought(query), hall_id, wanted, before, limit)
    if not question.sought.pieces or wanted == [] or limit < 1:
        return []
    return _find_on_server(connection, question) if _on_server(connection) else _find_in_file(connection, question)


def _find_in_file(connection: Connection, question: _Question) -> list[Hit]:
    """Walk the index from the newest entry down and stop when the page is full."""
    match = " ".join(f'"{piece}"' for piece in question.sought.pieces)
    if question.kinds is not None:
        match += " AND (" + " OR ".join(f'"{_kind_piece(kind)}"' for kind in question.kinds) + ")"
    found = (
        _entries(_DOCUMENT, question)
        .where(*(func.instr(_DOCUMENT.c.folded, part) > 0 for part in question.sought.parts))
        # The sum keeps the index the outer of the two, so that the rows come in its order without sorting.
        .where(text("search_index MATCH :match"), _DOCUMENT.c.place == _INDEX.c.rowid + 0)
    )
    if question.before is not None:
        found = found.where(_INDEX.c.rowid < question.before)
    return _page(connection, found, _INDEX.c.rowid, question.limit, match=match)


def _find_on_server(connection: Connection, question: _Question) -> list[Hit]:
    """Look through the newest documents first, which is enough for frequent words; else ask the index and sort.

    Left to choose, the planner walks the whole table from its newest row for a rare word, or sorts half of it for a
    frequent one: hence a window with a limit of its own, and then materialised candidates.
    """
    newest = select(_DOCUMENT).where(_DOCUMENT.c.hall_id == question.hall_id)
    if question.before is not None:
        newest = newest.where(_DOCUMENT.c.place < question.before)
    window = newest.order_by(_DOCUMENT.c.place.desc()).limit(_WINDOW).subquery("newest")
    hits = _page(connection, _holding(window, question), window.c.place, question.limit)
    if len(hits) == question.limit:
        return hits
    found = _holding(_DOCUMENT, question).where(_DOCUMENT.c.pieces.contains([_hall_piece(question.hall_id)]))
    if question.kinds is not None:
        found = found.where(_DOCUMENT.c.pieces.overlap([_kind_piece(kind) for kind in question.kinds]))
    candidates = found.cte("candidates").prefix_with("MATERIALIZED")
    return _page(connection, select(candidates), candidates.c.place, question.limit)


def _entries(source: FromClause, question: _Question) -> Select[Any]:
    """Select what a hit tells, of the hall, the kinds and the places asked for."""
    found = select(source.c.kind, source.c.ref_id, source.c.place).where(source.c.hall_id == question.hall_id)
    if question.kinds is not None:
        found = found.where(source.c.kind.in_(question.kinds))
    if question.before is not None:
        found = found.where(source.c.place < question.before)
    return found


def _holding(source: FromClause, question: _Question) -> Select[Any]:
    """Select the entries on the server that hold every piece and every part sought."""
    parts = (func.strpos(source.c.folded, part) > 0 for part in question.sought.parts)
    return _entries(source, question).where(source.c.pieces.contains(question.sought.pieces), *parts)


def _page(
    connection: Connection, found: Select[Any], place: ColumnElement[int], limit: int, **values: str
) -> list[Hit]:
    """Fetch one page, newest first."""
    return [Hit(*row) for row in connection.execute(found.order_by(place.desc()).limit(limit), values)]


def _connection(target: Connection | _Migration) -> Connection:
    """Return the connection itself or the migration's."""
    return target if isinstance(target, Connection) else target.get_bind()


def _on_server(connection: Connection) -> bool:
    """Return whether this is the shared store; all else is the file."""
    return connection.dialect.name == "postgresql"


def _kind_piece(kind: str) -> str:
    """Return the piece that marks a document's kind, so that a rare kind is found among many others."""
    return "†" + fold(kind)


def _hall_piece(hall_id: UUID) -> str:
    """Return the piece that marks a document's hall in the index that all halls of a server share."""
    return "‡" + hall_id.hex[-8:]
