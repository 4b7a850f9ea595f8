"""Taking a copy of the records, and putting one back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.stops import stop, stop_at_fault
from desktop.words import _

if TYPE_CHECKING:
    from db.keys import Keys
    from db.open import Place


def backup(
    context: typer.Context,
    to: Annotated[Path, typer.Option("--to", help="File or folder to write to. 备份到文件或文件夹。")],
) -> None:
    """Write a whole, checked copy of the records. 备份。"""
    from datetime import UTC, datetime

    from db.backup import backup_name
    from db.faults import StorageFault
    from db.open import open_database
    from desktop.usecases.backups.backup_faults import backup_fault_words
    from desktop.usecases.hall.seat_keys import keys_at

    place = place_of(context)
    expect_records(place)
    target = to / backup_name(datetime.now(UTC), "asked", place.kind) if to.is_dir() else to
    if not target.parent.is_dir():
        stop(_("The folder {folder} is not there. Make it first, or name another one.").format(folder=target.parent))
    try:
        database = open_database(place, keys_at(place))
    except StorageFault as fault:
        stop_at_fault(fault.code.value)
    try:
        done = database.backup(target)
    except StorageFault as fault:
        stop(backup_fault_words(fault, None if place.url else place.file))
    except FileExistsError as error:
        stop(_("There is a file of this name already: {file}").format(file=error.args[0]))
    finally:
        database.close()
    print(_("Backed up to {file}").format(file=done.path))


def restore(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="The backup, or a folder: its newest. 备份文件，或备份文件夹（取最新一份）。")
    ],
) -> None:
    """Put a backup back in place of the records; what it replaces is kept. 恢复。"""
    from db.backup import find_backup
    from db.faults import StorageFault
    from db.restore import restore as put_back
    from desktop.usecases.backups.backup_faults import backup_fault_words

    paths, _settings = context.obj
    place = place_of(context)
    try:
        found = find_backup(file)
        replaced = put_back(found, place, _keys_of(found.keys, place), backups=paths.backups)
    except StorageFault as fault:
        stop(backup_fault_words(fault))
    print(_("Restored from {file}").format(file=found.path))
    if replaced is not None:
        print(_("What was there before is kept in {file}").format(file=replaced))


def place_of(context: typer.Context) -> "Place":
    """Where the records lie that the command is about."""
    from db.open import Place

    paths, settings = context.obj
    return Place(paths.folder, settings.database)


def expect_records(place: "Place") -> None:
    """Stop where there are none: a backup of nothing would be a comfort that is not one."""
    if not place.note.exists() and place.url is None:
        stop_at_fault("missing")


def _keys_of(file: Path, place: "Place") -> "Keys":
    """The keys of a backup: the place's own where they are there, else the copy that lies beside the backup."""
    from db.keys import KEY_FILE, Keys, default_key_file
    from desktop.usecases.hall.seat_keys import keys_at

    if (place.folder / KEY_FILE).exists():
        return keys_at(place)
    return Keys.load_file(file, key_file=default_key_file(place.folder))
