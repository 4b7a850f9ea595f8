"""How a person's number, phone and name are shown where not everybody may read them whole."""

import unicodedata

_STAR = "*"
_MOST_STARS = 8


def mask_id(number: str) -> str:
    """Keep the first 6 and last 4 signs of an identity number (110105********002X); a short one keeps only 1 and 1."""
    return _starred(number, 6, 4) if len(number) >= 14 else _starred(number, 1, 1)


def mask_phone(phone: str) -> str:
    """Keep the first 3 and last 4 digits of a phone (138****8000); a short one keeps only its last 2."""
    return _starred(phone, 3, 4) if len(phone) >= 10 else _starred(phone, 0, 2)


def mask_name(name: str) -> str:
    """Keep the first character, and of three or more also the last (王*, 李*龙, 欧**娜); never empty.

    At most eight stars stand between, so that a long name neither fills the line nor tells its length.
    """
    signs = _signs(name.strip())
    if len(signs) < 2:
        return _STAR
    last = signs[-1] if len(signs) > 2 else ""
    return signs[0] + _STAR * min(len(signs) - 2 + (not last), _MOST_STARS) + last


def _starred(text: str, head: int, tail: int) -> str:
    """Star all but the head and tail; what is too short for both is starred whole."""
    hidden = len(text) - head - tail
    if hidden < 1:
        return _STAR * max(len(text), 1)
    return text[:head] + _STAR * hidden + text[-tail:]


def _signs(name: str) -> list[str]:
    """Split a name into what the eye counts as one: a character together with its marks and variation selectors."""
    signs: list[str] = []
    for point in name:
        if signs and unicodedata.category(point).startswith("M"):
            signs[-1] += point
        else:
            signs.append(point)
    return signs
