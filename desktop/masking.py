"""How a person's number and phone are shown where not everybody may read them whole."""

_STAR = "*"


def mask_id(number: str) -> str:
    """Keep the first 6 and last 4 signs of an identity number (110105********002X); a short one keeps only 1 and 1."""
    return _starred(number, 6, 4) if len(number) >= 14 else _starred(number, 1, 1)


def mask_phone(phone: str) -> str:
    """Keep the first 3 and last 4 digits of a phone (138****8000); a short one keeps only its last 2."""
    return _starred(phone, 3, 4) if len(phone) >= 10 else _starred(phone, 0, 2)


def _starred(text: str, head: int, tail: int) -> str:
    """Star all but the head and tail; what is too short for both is starred whole."""
    hidden = len(text) - head - tail
    if hidden < 1:
        return _STAR * max(len(text), 1)
    return text[:head] + _STAR * hidden + text[-tail:]
