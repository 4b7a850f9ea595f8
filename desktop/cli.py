"""The command line: it opens the window, and does what needs none."""

import ctypes
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from pydantic import ValidationError

from desktop import words
from desktop.log import start_log
from desktop.paths import Paths, paths_in
from desktop.settings import Settings, data_folder_asked, load_settings
from desktop.words import _, ngettext

if TYPE_CHECKING:
    from db.keys import Keys
    from db.open import Place

ANYWHERE: dict[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
"""What Qt itself needs of a Linux system, and the Debian packages that have it."""

ON_A_SCREEN: dict[str, str] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt needs besides to show windows on an X server."""

Data = Annotated[Path | None, typer.Option("--data", help="Folder of records, keys and log. 数据文件夹。")]
Server = Annotated[str | None, typer.Option("--database", help="Address of a PostgreSQL server. 数据库地址。")]
Lang = Annotated[str | None, typer.Option("--lang", help="zh, en")]

app = typer.Typer(
    name="yijian",
    help="Yijian: a service hall's desk. 一键：政务服务大厅办事桌面。",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
)
catalogue = typer.Typer(help="Check what the hall offers. 检查事项目录。")
app.add_typer(catalogue, name="catalogue")


def main() -> None:
    """Run the command line."""
    app()


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    data: Data = None,
    database: Server = None,
    lang: Lang = None,
    theme: Annotated[str | None, typer.Option(help="light, dark, high_contrast, low_glare")] = None,
    size: Annotated[str | None, typer.Option(help="standard, large, larger, largest")] = None,
) -> None:
    """Open the window."""
    paths = paths_in(data_folder_asked(data))
    settings = _settings(paths, database=database, language=lang, theme=theme, size=size)
    words.set_language(settings.language)
    context.obj = (paths, settings)
    if context.invoked_subcommand is not None:
        return
    start_log(paths.log_file)
    screen = has_screen()
    missing = missing_libraries(on_a_screen=screen)
    if missing:
        say_missing(missing)
        raise typer.Exit(1)
    raise typer.Exit(_open_window(paths, settings) if screen else _play_tour(paths, settings))


@catalogue.command("check")
def check_catalogue(
    folder: Annotated[Path | None, typer.Argument(help="Folder of the catalogue. 目录文件夹。")] = None,
) -> None:
    """Say every fault of a catalogue with its file and line. 检查目录并指出错误所在行。"""
    from desktop.authoring import CatalogueUnreadable, load_catalogue

    try:
        load_catalogue(folder)
    except CatalogueUnreadable as unreadable:
        for fault in unreadable.faults:
            values = words.here().listing(f"{name}={value}" for name, value in fault.values.items())
            print(f"{fault.file}:{fault.line}: {fault.code} {values}".rstrip())
        raise typer.Exit(1) from None
    print(_("The catalogue has no faults."))


@app.command()
def backup(
    context: typer.Context,
    to: Annotated[Path, typer.Option("--to", help="File or folder to write to. 备份到文件或文件夹。")],
) -> None:
    """Write a whole, checked copy of the records. 备份。"""
    from datetime import UTC, datetime

    from db.backup import backup_name
    from db.faults import StorageFault
    from db.open import keys_for, open_database

    place = _place(context)
    _expect_records(place)
    target = to / backup_name(datetime.now(UTC), "asked", place.kind) if to.is_dir() else to
    try:
        database = open_database(place, keys_for(place))
        try:
            done = database.backup(target)
        finally:
            database.close()
    except StorageFault as fault:
        _fail(fault.code.value)
    except FileExistsError:
        _stop(_("There is a file of this name already: {file}").format(file=target))
    print(_("Backed up to {file}").format(file=done.path))


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The backup, or its manifest. 备份文件。")],
) -> None:
    """Put a backup back in place of the records; what it replaces is kept. 恢复。"""
    from db.backup import Backup
    from db.faults import StorageFault
    from db.restore import restore as put_back

    paths, _settings_of = context.obj
    place = _place(context)
    try:
        found = Backup.read(file.with_suffix(".json"))
        replaced = put_back(found, place, _keys_of(found.keys, place), backups=paths.backups)
    except StorageFault as fault:
        _fail(fault.code.value)
    print(_("Restored from {file}").format(file=found.path))
    if replaced is not None:
        print(_("What was there before is kept in {file}").format(file=replaced))


def has_screen() -> bool:
    """Whether a window can be shown: somebody chose a platform of Qt, or this Linux has a display."""
    if "QT_QPA_PLATFORM" in os.environ or not sys.platform.startswith("linux"):
        return os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_libraries(*, on_a_screen: bool) -> list[tuple[str, str]]:
    """The libraries of this Linux that Qt needs and cannot load, each with the Debian package that has it."""
    if not sys.platform.startswith("linux"):
        return []
    needed = {**ANYWHERE, **(ON_A_SCREEN if on_a_screen and os.environ.get("DISPLAY") else {})}
    return [(library, package) for library, package in needed.items() if not _loads(library)]


def say_missing(missing: list[tuple[str, str]]) -> None:
    """Say which libraries are missing, and the line that brings them."""
    count = len(missing)
    print(
        ngettext(
            "The window cannot be opened: {n} library of the system is missing.",
            "The window cannot be opened: {n} libraries of the system are missing.",
            count,
        ).format(n=count),
        file=sys.stderr,
    )
    print("  " + words.here().listing(library for library, _package in missing), file=sys.stderr)
    print(_("Install them with:"), file=sys.stderr)
    print("  sudo apt install " + " ".join(package for _library, package in missing), file=sys.stderr)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _open_window(paths: Paths, settings: Settings) -> int:
    from desktop.app import run

    return run(paths, settings)


def _play_tour(paths: Paths, settings: Settings) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    print(_("This machine has no screen, so the window is drawn into pictures instead."))
    from desktop.app import play_tour

    for picture in play_tour(paths, settings):
        print("  " + str(picture))
    return 0


def _settings(paths: Paths, **given: str | None) -> Settings:
    try:
        return load_settings(paths.seat_file, **given)
    except ValidationError as error:
        names = sorted({str(each["loc"][0]) for each in error.errors() if each["loc"]})
        _stop(_("This cannot be set so: {names}").format(names=words.here().listing(names)))


def _place(context: typer.Context) -> "Place":
    from db.open import Place

    paths, settings = context.obj
    return Place(paths.folder, settings.url)


def _expect_records(place: "Place") -> None:
    """A backup of nothing would be a comfort that is not one."""
    if not place.note.exists() and place.url is None:
        _fail("missing")


def _keys_of(file: Path, place: "Place") -> "Keys":
    """The keys of a backup: the place's own where they are there, else the copy that lies beside the backup."""
    from db.keys import KEY_FILE, Keys, default_key_file

    if (place.folder / KEY_FILE).exists():
        return Keys.load(place.folder)
    return Keys.load_file(file, key_file=default_key_file(place.folder))


def _fail(code: str) -> NoReturn:
    from desktop.ui.store_faults import fault_words

    what, next_step = fault_words(code)
    _stop(f"{what}\n{next_step}")


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)
