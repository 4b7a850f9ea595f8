"""What is told of a person, enterprise, body or thing when it is registered or changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

Sex = Literal["M", "F"]
ThingKind = Literal["premises", "vehicle", "object"]


class NoIdentifier(StrEnum):
    """Why somebody has no number."""

    ANONYMOUS = "anonymous"
    LOST = "lost"
    NOT_AT_HAND = "not_at_hand"
    NEWBORN = "newborn"
    UNREGISTERED = "unregistered"
    FOREIGN = "foreign"
    NOT_ESTABLISHED = "not_established"
    OTHER = "other"


@dataclass(frozen=True, repr=False)
class NewPerson:
    """A person as told; with a number, or with the reason why there is none and perhaps a witness."""

    name: str = ""
    identifier: str | None = None
    identifier_kind: str | None = None
    """None tells the kind by the shape; else a `FreeKind`."""
    birth: str | date | None = None
    sex: Sex | None = None
    phone: str | None = None
    area: str | None = None
    no_identifier: NoIdentifier | None = None
    witness: str | None = None


@dataclass(frozen=True, repr=False)
class NewEnterprise:
    """An enterprise or sole trader; one still to be established has no code yet."""

    name: str
    credit_code: str | None = None
    kind: Literal["enterprise", "sole_trader"] = "enterprise"
    phone: str | None = None
    area: str | None = None
    no_identifier: NoIdentifier | None = None


@dataclass(frozen=True, repr=False)
class NewBody:
    """A public body, institution, association or village committee."""

    name: str
    credit_code: str | None = None
    phone: str | None = None
    area: str | None = None
    no_identifier: NoIdentifier | None = None


@dataclass(frozen=True, repr=False)
class NewThing:
    """Premises, a vehicle or another thing that has a file of its own."""

    kind: ThingKind
    name: str
    area: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Registered:
    """Who was registered, and what the clerk should look at again."""

    subject: UUID
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class AddIdentifier:
    """Another number of somebody, shown for a request or at another time."""

    subject: UUID
    number: str
    kind: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    request: UUID | None = None


@dataclass(frozen=True, repr=False)
class Rename:
    """A new name; the old one was borne until a day, and there is a reason why it changed or was wrong."""

    subject: UUID
    name: str
    until: date | None = None
    reason: str | None = None
    request: UUID | None = None


@dataclass(frozen=True, repr=False)
class ChangePhone:
    """A new phone, or none, told for a request or at another time."""

    subject: UUID
    phone: str | None
    request: UUID | None = None
