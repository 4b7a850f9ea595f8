"""The options several commands share."""

from pathlib import Path
from typing import Annotated, get_args

import typer

from desktop import words
from desktop.cli.stops import stop
from desktop.paths import Paths
from desktop.settings import Settings, UnknownSettings, load_settings
from desktop.words import _

Data = Annotated[Path | None, typer.Option("--data", help="Folder of records, keys and log. 数据文件夹。")]
Server = Annotated[str | None, typer.Option("--database", help="Address of a PostgreSQL server. 数据库地址。")]
Lang = Annotated[str | None, typer.Option("--lang", help="zh, en")]
Theme = Annotated[str | None, typer.Option("--theme", help="light, dark, high_contrast, low_glare")]
Size = Annotated[str | None, typer.Option("--size", help="standard, large, larger, largest")]
Day = Annotated[str | None, typer.Option("--date", help="YYYY-MM-DD")]


def speak(lang: str | None) -> None:
    """Speak the language asked for from here on."""
    if lang is None:
        return
    chosen = next((each for each in get_args(words.Language) if each == lang), None)
    if chosen is None:
        stop(_("There is no language {lang}. There are: {known}.").format(
            lang=lang, known=words.here().listing(words.LANGUAGES)
        ))  # fmt: skip
    words.set_language(chosen)


def settings_asked(paths: Paths, **given: str | None) -> Settings:
    """The settings of the seat with what the command line asks for; what nobody can be set to is said."""
    try:
        return load_settings(paths.seat_file, **given)
    except UnknownSettings as error:
        stop(_("This cannot be set so: {names}").format(names=words.here().listing(error.names)))
