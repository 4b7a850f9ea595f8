"""The place where the operating system keeps secrets for the person signed in, when there is one."""

import os
import sys
import threading
from collections.abc import Callable
from typing import Protocol, TypeVar
from uuid import UUID

T = TypeVar("T")

SERVICE = "yijian"

_TRUSTED = ("keyring.backends.SecretService", "keyring.backends.libsecret", "keyring.backends.kwallet",
            "keyring.backends.macOS", "keyring.backends.Windows")  # fmt: skip
"""Back ends that keep a secret encrypted; others write it into a plain file."""


class SecretService(Protocol):
    """Where an operating system keeps secrets for the person signed in to it."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the secret, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the secret."""


def find_secret_service(seconds: float = 3.0) -> SecretService | None:
    """Return the secret service of this computer, or None; without a desktop nobody could answer its question."""
    if sys.platform.startswith("linux") and not _has_desktop():
        return None
    return _in_time(_trusted_back_end, seconds)


def fetch_secret(service: SecretService, id_: UUID, seconds: float = 30.0) -> bytes | None:
    """Return the secret kept under this identifier, or None when there is none or nobody answers in time."""
    text = _in_time(lambda: service.get_password(SERVICE, str(id_)), seconds)
    try:
        return bytes.fromhex(text) if text else None
    except ValueError:
        return None


def keep_secret(service: SecretService, id_: UUID, secret: bytes, seconds: float = 30.0) -> bool:
    """Keep a secret and return whether it can be read back."""
    _in_time(lambda: service.set_password(SERVICE, str(id_), secret.hex()), seconds)
    return fetch_secret(service, id_, seconds) == secret


def _has_desktop() -> bool:
    return "DBUS_SESSION_BUS_ADDRESS" in os.environ and bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


def _trusted_back_end() -> SecretService | None:
    import keyring

    back_end = keyring.get_keyring()
    candidates = getattr(back_end, "backends", [back_end])
    return next((each for each in candidates if type(each).__module__ in _TRUSTED), None)


def _in_time(ask: Callable[[], T], seconds: float) -> T | None:
    """Ask in a thread that may be left behind: a locked service waits for a password for ever."""
    answers: list[T] = []

    def run() -> None:
        try:
            answers.append(ask())
        except Exception:  # noqa: BLE001 whatever a foreign service raises, it has not given the secret
            return

    thread = threading.Thread(target=run, name="secret-service", daemon=True)
    thread.start()
    thread.join(seconds)
    return answers[0] if answers else None
