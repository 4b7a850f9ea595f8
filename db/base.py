"""What every table shares: names of constraints, how values are stored, and the hall that leads each key."""

import enum
import json
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Enum,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from db.ids import new_id

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""How constraints are named, so that a migration can find each one again."""


class Identifier(TypeDecorator[UUID]):
    """An identifier: a real UUID on the server, 16 bytes in the file; both sort by time of making."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the store at hand."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Uuid(as_uuid=True))
        return dialect.type_descriptor(LargeBinary(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        """Turn an identifier into what the driver takes."""
        return value if value is None or dialect.name == "postgresql" else value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:  # noqa: ARG002 SQLAlchemy names it
        """Turn what the driver gives into an identifier."""
        return value if value is None or isinstance(value, UUID) else UUID(bytes=bytes(value))


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always with its time zone in the program and always UTC in the store, where it sorts as it is."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: nobody could say later which hour was meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 as above
        """Give the moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def write_json(value: object) -> str:
    """Write a JSON value as the stores keep it: Chinese stays readable, no spaces, no NaN."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def enum_by_value(kind: type[enum.Enum]) -> Enum:
    """Return the column type that stores a member by its value, as text, with room for longer ones later."""
    return Enum(
        kind, values_callable=_values, native_enum=False, create_constraint=False, length=64, validate_strings=True
    )


def _values(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


JSON_TYPE = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A JSON value: text in the file, JSONB on the server."""

INTEGER_TYPE = BigInteger().with_variant(Integer, "sqlite")
"""A whole number of up to 63 bits; in the file also the row number when it is the only key."""


class Base(DeclarativeBase):
    """The tables of the program: definitions only, statements run on a Core connection."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Identifier(),
        datetime: UtcDateTime(),
        date: Date(),
        str: Text(),
        bytes: LargeBinary(),
        int: INTEGER_TYPE,
        float: Float(53),
        enum.Enum: enum_by_value(enum.Enum),
        dict[str, Any]: JSON_TYPE,
        dict[str, str]: JSON_TYPE,
        dict[str, int]: JSON_TYPE,
        list[Any]: JSON_TYPE,
        list[str]: JSON_TYPE,
    }


class HallKeyed:
    """A row of one hall: the hall leads every key, so that many halls can share a store."""

    hall_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-2)
    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1, default=new_id)
