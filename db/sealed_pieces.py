"""Files in encrypted pieces: each piece is sealed for its own file and its own place in it, and for no other."""

import hashlib
import hmac
import secrets
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.faults import Fault, StorageFault
from db.keys import Keys

PIECE: Final = 512 * 1024
"""Bytes of a file in one piece: small enough that other seats need not wait while a file is written."""

_NONCE: Final = 12
_AES_256_GCM: Final = b"\x01"
"""The first byte of a sealed piece: how it is sealed."""


def seal_piece(keys: Keys, file: UUID, number: int, content: bytes) -> bytes:
    """Return a piece encrypted for its place in its file."""
    nonce = secrets.token_bytes(_NONCE)
    return _AES_256_GCM + nonce + _cipher(keys).encrypt(nonce, content, _place(file, number))


def open_piece(keys: Keys, file: UUID, number: int, sealed: bytes) -> bytes:
    """Return what a piece holds; StorageFault damaged when it was altered, exchanged or put elsewhere."""
    nonce, rest = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        return _cipher(keys).decrypt(nonce, rest, _place(file, number))
    except (InvalidTag, ValueError) as error:
        raise StorageFault(Fault.DAMAGED) from error


def digest_of(keys: Keys, fingerprint: bytes) -> str:
    """Return what a file is recognised by; `fingerprint` is its SHA-256. Without the key nobody can try files."""
    return hmac.new(keys.sub_key("attachment digest"), fingerprint, hashlib.sha256).hexdigest()


def _cipher(keys: Keys) -> AESGCM:
    return AESGCM(keys.sub_key("attachment"))


def _place(file: UUID, number: int) -> bytes:
    return file.bytes + number.to_bytes(4, "big")
