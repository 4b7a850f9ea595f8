"""What a seat can be set to: command line over environment over the seat's own file over what is usual."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from desktop.words import Language

Theme = Literal["light", "dark", "high_contrast", "low_glare"]
Size = Literal["standard", "large", "larger", "largest"]
Screen = Literal["clerk", "kiosk", "board"]

THEMES: tuple[Theme, ...] = get_args(Theme)
SIZES: tuple[Size, ...] = get_args(Size)
PREFIX = "YIJIAN_"
KEPT = ("language", "theme", "size", "screen")


class UnknownSettings(Exception):
    """Something is to be set so as it cannot be; `names` says which settings."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


@dataclass(frozen=True)
class Settings:
    """One seat's settings; every one can be given as an environment variable ``YIJIAN_…`` too.

    They are read before anything can be painted, so that nothing large is read in for their sake.
    """

    data: Path | None = None
    """Where records, keys and log of this seat are."""
    database: str | None = field(default=None, repr=False)
    """Address of a shared hall's PostgreSQL server, never for a log; without it a file is used."""
    language: Language = "zh"
    """Language of the window."""
    theme: Theme = "light"
    """Colours of the window."""
    size: Size = "standard"
    """Size of the text, in four steps."""
    screen: Screen = "clerk"
    """What the seat is: a clerk's desk, a kiosk or the call board."""

    def __post_init__(self) -> None:
        """See that nothing is chosen that there is not."""
        wrong = [name for name, choices in _CHOICES.items() if getattr(self, name) not in choices]
        if wrong:
            raise UnknownSettings(wrong)


_CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": get_args(Language),
    "theme": THEMES,
    "size": SIZES,
    "screen": get_args(Screen),
}


def data_folder_asked(given: Path | None) -> Path | None:
    """The data folder of the command line or the environment; the seat's file lies in it and cannot name it."""
    asked = os.environ.get(f"{PREFIX}DATA", "")
    return given or (Path(asked) if asked else None)


def load_settings(seat_file: Path, **given: Any) -> Settings:
    """The settings of a seat; what is ``None`` was not given.

    A file that is damaged or says what nobody can be set to counts as empty: a choice of colours must not
    keep a hall closed. UnknownSettings for a wrong environment variable or argument.
    """
    said = _environment() | {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**{**_read(seat_file), **said})
    except UnknownSettings:
        return Settings(**said)


def keep_choice(seat_file: Path, **chosen: str) -> None:
    """Keep what somebody chose at this seat, so that it is there tomorrow."""
    document = {**_read(seat_file), **{name: value for name, value in chosen.items() if name in KEPT}}
    seat_file.parent.mkdir(parents=True, exist_ok=True)
    part = seat_file.with_suffix(".part")
    part.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(seat_file)


def _environment() -> dict[str, Any]:
    """What the environment sets; an empty variable sets nothing."""
    asked = {each.name: os.environ.get(f"{PREFIX}{each.name.upper()}", "") for each in fields(Settings)}
    return {name: Path(said) if name == "data" else said for name, said in asked.items() if said}


def _read(seat_file: Path) -> dict[str, str]:
    try:
        document = json.loads(seat_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(document, dict):
        return {}
    return {name: value for name, value in document.items() if name in KEPT and isinstance(value, str)}
