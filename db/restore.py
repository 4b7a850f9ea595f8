"""Putting a backup back in place of the records: alone, proven first, and what it replaces is kept."""

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from db.backup import Backup, back_up, backup_name, storage_fault
from db.faults import Fault, StorageFault
from db.files import flush, flush_folder
from db.keys import KEY_FILE, Keys
from db.locks import Presence
from db.migrate import newest_version
from db.open import Database, Note, Place, open_database
from db.sqlcipher import SqliteStore, check_whole, raw_open

_SIDE_FILES = ("-wal", "-shm", "-journal")


def restore(backup: Backup, place: Place, keys: Keys, *, backups: Path) -> Path | None:
    """Put the backup in place of the records and return where those are kept now, None when there were none.

    `keys` are the keys of the backup (`Keys.load_file(backup.keys, …)` when those of the place are lost).
    StorageFault: in_use while any seat has the records open; missing, damaged, wrong_key, schema_newer of the
    backup. Until the last moment the records stay as they are.
    """
    backup.verify()
    if backup.key_check != keys.check:
        raise StorageFault(Fault.WRONG_KEY, path=backup.path)
    if backup.schema_version > newest_version():
        raise StorageFault(Fault.SCHEMA_NEWER, path=backup.path, found=backup.schema_version, known=newest_version())
    if backup.kind != place.kind:
        raise StorageFault(Fault.NOT_A_DATABASE, path=backup.path, expected=place.kind)
    backups.mkdir(parents=True, exist_ok=True)
    if place.kind == "postgresql":
        return _restore_server(backup, place, keys, backups)
    place.folder.mkdir(parents=True, exist_ok=True)
    presence = Presence(place.presence_file, alone=True)
    try:
        return _restore_file(backup, place, keys, backups)
    finally:
        presence.leave()


def _restore_server(backup: Backup, place: Place, keys: Keys, backups: Path) -> Path:
    from db.dump import load

    database = open_database(place, keys)
    try:
        replaced = back_up(database, backups / _replaced_name(place))
        load(database, backup.path)
    finally:
        database.close()
    return replaced.path


def _restore_file(backup: Backup, place: Place, keys: Keys, backups: Path) -> Path | None:
    part = place.file.with_name(place.file.name + ".part")
    try:
        shutil.copyfile(backup.path, part)
        _prove(part, backup, keys)
        flush(part)
        replaced = _keep(place, keys, backups)
        # A lower number than the file's is harmless; a higher one would look like a cut file after a power cut.
        note = Note.read(place.note)
        Note(keys.check, min(backup.schema_version, note.schema_version if note else 0)).write(place.note)
        _install_keys(backup, place, keys, backups)
        part.replace(place.file)
        flush_folder(place.folder)
        Note(keys.check, backup.schema_version).write(place.note)
    except OSError as error:
        raise storage_fault(error, place.file) from error
    finally:
        part.unlink(missing_ok=True)
    return replaced


def _prove(part: Path, backup: Backup, keys: Keys) -> None:
    """Open the copy as the program will, before anything is replaced."""
    with closing(raw_open(part, keys.database_key, "rw")) as handle:
        if not check_whole(handle):
            raise StorageFault(Fault.DAMAGED, path=backup.path)
        if handle.execute("PRAGMA user_version").fetchone()[0] != backup.schema_version:
            raise StorageFault(Fault.DAMAGED, path=backup.path)


def _keep(place: Place, keys: Keys, backups: Path) -> Path | None:
    """Keep what is about to be replaced: as a proper backup when it is sound, else just as it lies there."""
    if not place.file.exists():
        return None
    kept = backups / _replaced_name(place)
    try:
        _keep_sound(place, keys, kept)
    except StorageFault:
        for ending in ("", *_SIDE_FILES):
            lying, copied = (path.with_name(path.name + ending) for path in (place.file, kept))
            if lying.exists():
                shutil.copyfile(lying, copied)
                flush(copied)
        flush_folder(backups)
    for ending in _SIDE_FILES:  # the next file must not meet the last one's unfinished pages
        place.file.with_name(place.file.name + ending).unlink(missing_ok=True)
    return kept


def _keep_sound(place: Place, keys: Keys, kept: Path) -> None:
    store = SqliteStore(place.file, place.lock_file, keys.database_key, key_fits=True, patience=0)
    try:
        back_up(Database(place, keys, store, None), kept)
    finally:
        store.close()


def _install_keys(backup: Backup, place: Place, keys: Keys, backups: Path) -> None:
    """Bring the backup's wrapped keys along when those of the place are lost or belong to other records."""
    current = place.folder / KEY_FILE
    if keys.path == current:
        return
    if current.exists():
        current.rename(backups / f"{_replaced_name(place)}.key.json")
    shutil.copyfile(backup.keys, current)
    flush(current)


def _replaced_name(place: Place) -> str:
    return backup_name(datetime.now(UTC), "replaced", place.kind)
