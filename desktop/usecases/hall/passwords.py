"""Passwords: which are strong enough, how they are kept, and whether one is right (OWASP ASVS, Argon2id)."""

import unicodedata
from functools import cache
from itertools import pairwise
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from desktop.usecases.refused import Refused

SHORTEST: Final = 8
LONGEST: Final = 128
_FEWEST_SIGNS: Final = 4
_COMMON: Final = frozenset(
    {"password", "passw0rd", "password1", "password123", "qwertyui", "qwertyuiop", "qwerty123", "1qaz2wsx", "1q2w3e4r",
     "admin123", "administrator", "a1234567", "a12345678", "abc12345", "abcd1234", "12341234", "11223344", "woaini1314",
     "5201314a", "zaq12wsx", "iloveyou", "letmein1", "welcome1", "p@ssw0rd", "p@ssword", "yijian123"}
)  # fmt: skip
"""Tried first by whoever guesses."""


def check_strength(password: str, login: str) -> None:
    """Let a password pass that is hard to guess; there is no rule about which signs it must hold.

    Refused password_too_short (shortest), password_too_long (longest), password_has_login, password_too_simple.
    """
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise Refused("password_too_short", shortest=SHORTEST)
    if len(plain) > LONGEST:
        raise Refused("password_too_long", longest=LONGEST)
    folded = plain.casefold()
    if len(login) > 2 and login.casefold() in folded:
        raise Refused("password_has_login")
    if folded in _COMMON or len(set(folded)) < _FEWEST_SIGNS or _is_a_run(folded):
        raise Refused("password_too_simple")


def hash_password(password: str) -> str:
    """Return what is kept of a password: an Argon2id hash with its own salt and figures."""
    return _hasher().hash(_plain(password))


def is_right(kept: str | None, password: str) -> bool:
    """Return whether the password is the one kept; without one it takes as long and is wrong."""
    if len(password) > 4 * LONGEST:
        return False
    try:
        _hasher().verify(kept or _nobodys(), _plain(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def needs_new_hash(kept: str) -> bool:
    """Return whether the hash was made with weaker figures than today's."""
    return _hasher().check_needs_rehash(kept)


def _plain(password: str) -> str:
    """Return the password as every keyboard and input method would write it (NFKC)."""
    try:
        password.encode()
    except UnicodeEncodeError as error:
        raise Refused("lone_surrogate", place=error.start + 1) from None
    return unicodedata.normalize("NFKC", password)


def _is_a_run(text: str) -> bool:
    """Return whether every sign follows the one before it by the same step: 12345678, hgfedcba."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps) == 1


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    """Return the hash of no account, so that an unknown login takes as long as a wrong password."""
    return _hasher().hash("nobody's password")
