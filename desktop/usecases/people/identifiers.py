"""Numbers people and enterprises are known by: checked, sealed, and found by a keyed token."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.keys import Keys
from desktop.cleaning import TextFault, clean_code
from desktop.identity import Checked, IdentityFault, check_identity, check_uscc
from desktop.usecases.refused import Refused

_NONCE: Final = 12
_AES_256_GCM: Final = b"\x01"
"""The first byte of a sealed number: how it is sealed."""
_FREE_NUMBER: Final = re.compile(r"[A-Z0-9][A-Z0-9/-]{3,31}")


class FreeKind(StrEnum):
    """Numbers without a rule that could be checked."""

    PASSPORT = "passport"
    OTHER = "other"


@dataclass(frozen=True, repr=False)
class Known:
    """A checked number: its kind, the one way it is written, and what to look at again."""

    kind: str
    normal: str
    warnings: tuple[str, ...] = ()
    birth: date | None = None
    sex: str | None = None
    area: str | None = None


def check_person_number(text: str, kind: str | None, today: date) -> Known:
    """Check a person's number, of a kind told by its shape unless it is a passport or another free number.

    Refused identifier_<fault>, where the faults are those of `desktop.identity`.
    """
    if kind is not None and kind in set(FreeKind):
        return _free(text, FreeKind(kind))
    return _checked(lambda: check_identity(text, today))


def check_credit_code(text: str) -> Known:
    """Check a unified social credit code; Refused identifier_<fault>."""
    return _checked(lambda: check_uscc(text))


def token(keys: Keys, kind: str, normal: str) -> str:
    """Return what stands for a number in the records: without the key nobody can try numbers against it."""
    return hmac.new(keys.sub_key("identifier token"), f"{kind}\n{normal}".encode(), hashlib.sha256).hexdigest()


def tokens_of_query(keys: Keys, text: str, today: date) -> tuple[str, ...]:
    """Return the tokens of every kind of number a query could be; none for what is no number."""
    ways: Iterable[Callable[[], Known]] = (
        lambda: check_person_number(text, None, today),
        lambda: check_credit_code(text),
        lambda: check_person_number(text, FreeKind.PASSPORT, today),
        lambda: check_person_number(text, FreeKind.OTHER, today),
    )
    found = []
    for way in ways:
        try:
            known = way()
        except Refused:
            continue
        found.append(token(keys, known.kind, known.normal))
    return tuple(found)


def seal(keys: Keys, token_: str, normal: str) -> bytes:
    """Return the number encrypted for the record that has this token, and for no other."""
    nonce = secrets.token_bytes(_NONCE)
    return _AES_256_GCM + nonce + _cipher(keys).encrypt(nonce, normal.encode(), token_.encode())


def unseal(keys: Keys, token_: str, sealed: bytes) -> str:
    """Return the number as it is written; InvalidTag when it was altered or belongs to another record."""
    nonce, rest = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    return _cipher(keys).decrypt(nonce, rest, token_.encode()).decode()


def _cipher(keys: Keys) -> AESGCM:
    return AESGCM(keys.sub_key("identifier"))


def _checked(check: Callable[[], Checked]) -> Known:
    try:
        found = check()
    except IdentityFault as fault:
        raise Refused(f"identifier_{fault.code}", **fault.values) from None
    said = found.fields
    return Known(found.kind.value, found.normal, found.warnings, said.birth, said.sex, said.area)


def _free(text: str, kind: FreeKind) -> Known:
    try:
        number = clean_code(text)
    except TextFault as fault:
        raise Refused(f"identifier_{fault.code}", **fault.values) from None
    if not _FREE_NUMBER.fullmatch(number):
        raise Refused("identifier_format")
    return Known(kind.value, number, ("unchecked",))
