"""The keys of the records: one random data key, kept wrapped in a small file beside them.

The data key itself never touches the disk in the clear. Each *wrap* is one way to get it back: the seat's key
file, or the secret service of the operating system. More ways (the officers' recovery passphrase) are more
entries of the same list. Keys for the database, attachments and identity numbers are derived from it by name,
so that no two uses share a key.
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.faults import Fault, StorageFault
from db.files import write_json_file, write_whole
from db.secret_service import SecretService, fetch_secret, keep_secret

KEY_FILE = "yijian.key.json"
_FORMAT = "yijian-keys"
_WRAPPING = "AES-256-GCM"
_DERIVATION = "HKDF-SHA256"
_CHECKING = "HMAC-SHA256"
_BYTES = 32


@dataclass(frozen=True, repr=False)
class Keys:
    """The data key of one set of records, unwrapped, and the keys derived from it."""

    id: UUID
    check: str
    path: Path
    _data_key: bytes

    @classmethod
    def create(
        cls, folder: Path, *, key_file: Path | None = None, secret_service: SecretService | None = None
    ) -> "Keys":
        """Make a new data key for the records in the folder; FileExistsError when they have one already.

        The key is wrapped by the seat's key file (by default `keys/seat.key` in the folder, made when missing)
        and, when one is given, by the secret service too.
        """
        path = folder / KEY_FILE
        if path.exists():
            raise FileExistsError(path)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys = cls(uuid4(), "", path, secrets.token_bytes(_BYTES))
        keys = cls(keys.id, keys._check(), path, keys._data_key)
        wraps = [keys._wrap("key_file", _seat_key(key_file or default_key_file(folder), make=True))]
        if secret_service is not None:
            secret = secrets.token_bytes(_BYTES)
            if keep_secret(secret_service, keys.id, secret):
                wraps.append(keys._wrap("secret_service", secret))
        write_json_file(path, keys._document(wraps), replace=False)
        return keys

    @classmethod
    def load(cls, folder: Path, *, key_file: Path | None = None, secret_service: SecretService | None = None) -> "Keys":
        """Return the keys of the records in the folder; see `load_file` for the faults."""
        return cls.load_file(
            folder / KEY_FILE, key_file=key_file or default_key_file(folder), secret_service=secret_service
        )

    @classmethod
    def load_file(cls, path: Path, *, key_file: Path, secret_service: SecretService | None = None) -> "Keys":
        """Return the keys wrapped in this file.

        StorageFault key_missing: the file, or everything that could open it, is not there. key_damaged: the
        file has been altered. wrong_key: it is whole, but what should open it belongs to other records.
        """
        document = _read(path)
        tried = 0
        for wrap in document["wraps"]:
            wrapping = _wrapping_key(wrap["way"], UUID(document["id"]), key_file, secret_service)
            if wrapping is None:
                continue
            tried += 1
            data_key = _unwrap(wrap, wrapping, document["id"])
            if data_key is not None:
                return cls._checked(document, path, data_key)
        raise StorageFault(Fault.WRONG_KEY if tried else Fault.KEY_MISSING, path=path, key_file=key_file)

    @classmethod
    def _checked(cls, document: dict[str, Any], path: Path, data_key: bytes) -> "Keys":
        keys = cls(UUID(document["id"]), document["check"]["value"], path, data_key)
        if not hmac.compare_digest(keys._check(), keys.check):
            raise StorageFault(Fault.KEY_DAMAGED, path=path)
        return keys

    @property
    def database_key(self) -> bytes:
        """The key of the embedded store (32 bytes)."""
        return self.sub_key("database")

    def sub_key(self, name: str) -> bytes:
        """Return the key for one use by its name, always the same for the same records (32 bytes)."""
        derive = HKDF(SHA256(), length=_BYTES, salt=self.id.bytes, info=f"yijian/{name}/1".encode())
        return derive.derive(self._data_key)

    def _check(self) -> str:
        """Return a value that tells the right key from a wrong one and betrays nothing of it."""
        return hmac.new(self.sub_key("check"), self.id.bytes, hashlib.sha256).hexdigest()[:32]

    def _wrap(self, way: str, wrapping: bytes) -> dict[str, str]:
        nonce = secrets.token_bytes(12)
        wrapped = AESGCM(wrapping).encrypt(nonce, self._data_key, f"{self.id}/{way}".encode())
        return {
            "way": way,
            "algorithm": _WRAPPING,
            "nonce": base64.b64encode(nonce).decode(),
            "wrapped": base64.b64encode(wrapped).decode(),
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
        }

    def _document(self, wraps: list[dict[str, str]]) -> dict[str, Any]:
        document = {
            "format": _FORMAT,
            "version": 1,
            "id": str(self.id),
            "derivation": _DERIVATION,
            "check": {"algorithm": _CHECKING, "value": self.check},
            "wraps": wraps,
        }
        return {**document, "digest": _digest(document)}


def default_key_file(folder: Path) -> Path:
    """Return where the seat's key lies when nothing else is set: inside the folder of the records."""
    return folder / "keys" / "seat.key"


def _digest(document: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def _read(path: Path) -> dict[str, Any]:
    """Read the file of wrapped keys and prove that nobody altered a letter of it."""
    try:
        document = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise StorageFault(Fault.KEY_MISSING, path=path) from None
    except ValueError:
        raise StorageFault(Fault.KEY_DAMAGED, path=path) from None
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise StorageFault(Fault.KEY_DAMAGED, path=path)
    if _digest({name: value for name, value in document.items() if name != "digest"}) != document.get("digest"):
        raise StorageFault(Fault.KEY_DAMAGED, path=path)
    return document


def _unwrap(wrap: dict[str, str], wrapping: bytes, id_: str) -> bytes | None:
    if wrap["algorithm"] != _WRAPPING:
        return None
    nonce, wrapped = base64.b64decode(wrap["nonce"]), base64.b64decode(wrap["wrapped"])
    try:
        return AESGCM(wrapping).decrypt(nonce, wrapped, f"{id_}/{wrap['way']}".encode())
    except InvalidTag:
        return None


def _wrapping_key(way: str, id_: UUID, key_file: Path, service: SecretService | None) -> bytes | None:
    if way == "key_file":
        return _seat_key(key_file, make=False) if key_file.exists() else None
    if way == "secret_service" and service is not None:
        return fetch_secret(service, id_)
    return None


def _seat_key(path: Path, *, make: bool) -> bytes:
    """Return the seat's key, making it when asked; only the owner may read it."""
    if make and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, secrets.token_hex(_BYTES), replace=False)
    try:
        key = bytes.fromhex(path.read_text("ascii"))
    except ValueError:
        raise StorageFault(Fault.KEY_DAMAGED, path=path) from None
    if len(key) != _BYTES:
        raise StorageFault(Fault.KEY_DAMAGED, path=path)
    return key
