"""What a seat can be set to: command line over environment over the seat's own file over what is usual."""

import json
import os
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from desktop.words import Language

Theme = Literal["light", "dark", "high_contrast", "low_glare"]
Size = Literal["standard", "large", "larger", "largest"]
Screen = Literal["clerk", "kiosk", "board"]

THEMES: tuple[Theme, ...] = get_args(Theme)
SIZES: tuple[Size, ...] = get_args(Size)
PREFIX = "YIJIAN_"
KEPT = ("language", "theme", "size", "screen")


class Settings(BaseModel):
    """One seat's settings; every one can be given as an environment variable ``YIJIAN_…`` too."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, validate_default=True)

    data: Path | None = Field(None, title="Data folder", description="Where records, keys and log of this seat are.")
    database: SecretStr | None = Field(
        None, title="Database", description="Address of a shared hall's PostgreSQL server; without it a file is used."
    )
    language: Language = Field("zh", title="Language", description="Language of the window: zh or en.")
    theme: Theme = Field("light", title="Theme", description="Colours: light, dark, high_contrast or low_glare.")
    size: Size = Field("standard", title="Size", description="Size of the text, in four steps.")
    screen: Screen = Field("clerk", title="Screen", description="What the seat is: clerk's desk, kiosk or board.")

    @property
    def url(self) -> str | None:
        """The address of the server in the clear; never for a log."""
        return None if self.database is None else self.database.get_secret_value()


def data_folder_asked(given: Path | None) -> Path | None:
    """The data folder of the command line or the environment; the seat's file lies in it and cannot name it."""
    asked = os.environ.get(f"{PREFIX}DATA", "")
    return given or (Path(asked) if asked else None)


def load_settings(seat_file: Path, **given: Any) -> Settings:
    """The settings of a seat; what is ``None`` was not given.

    A file that is damaged or says what nobody can be set to counts as empty: a choice of colours must not
    keep a hall closed. ValidationError for a wrong environment variable or argument.
    """
    said = _environment() | {name: value for name, value in given.items() if value is not None}
    try:
        return Settings.model_validate(_read(seat_file) | said)
    except ValidationError:
        return Settings.model_validate(said)


def keep_choice(seat_file: Path, **chosen: str) -> None:
    """Keep what somebody chose at this seat, so that it is there tomorrow."""
    document = {**_read(seat_file), **{name: value for name, value in chosen.items() if name in KEPT}}
    seat_file.parent.mkdir(parents=True, exist_ok=True)
    part = seat_file.with_suffix(".part")
    part.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(seat_file)


def _environment() -> dict[str, str]:
    """What the environment sets; an empty variable sets nothing."""
    asked = {name: os.environ.get(f"{PREFIX}{name.upper()}", "") for name in Settings.model_fields}
    return {name: value for name, value in asked.items() if value}


def _read(seat_file: Path) -> dict[str, str]:
    try:
        document = json.loads(seat_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(document, dict):
        return {}
    return {name: value for name, value in document.items() if name in KEPT and isinstance(value, str)}
