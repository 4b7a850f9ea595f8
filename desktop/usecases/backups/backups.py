"""Backups from the window: what lies where, a new one, a proof that one can be restored, and what a restore would lose.

These are long pieces of work on the records as a whole, so they are given whoever carries out use cases and a report
to call (`Runner.work`). A fault of a backup is Refused backup_… with the fault's code, and nothing has changed then.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from db.backup import ENDINGS, Backup, backup_name, find_backup, list_backups
from db.dump import decrypt
from db.faults import Fault, StorageFault
from db.files import read_json_file
from db.keys import Keys, default_key_file
from db.migrate import newest_version, open_up_to_date
from db.open import Database, Place
from db.queries.backups import count_acts, count_requests, last_recorded, last_recorded_since, looked_into
from db.restore import restore
from db.retention import prune
from desktop.paths import Paths
from desktop.usecases.backups.backup_faults import backup_code
from desktop.usecases.context import Context, Session
from desktop.usecases.hall.own_password import confirm_password
from desktop.usecases.hall.seat_keys import keys_at
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused

ASKED: Final = "asked"
BY_ITSELF: Final = "by-itself"
EVERY: Final = timedelta(minutes=30)
_TICK: Final = 0.1
_COMING_AND_GOING: Final = ("signed_in", "signed_out", "sign_in_failed", "confirmation_failed", "backed_up", "restored")

Report = Callable[[int, int], bool]


class BackupState(StrEnum):
    """What lies in the folder under a backup's name."""

    WHOLE = "whole"
    UNFINISHED = "unfinished"
    """The copy was interrupted before it counted."""
    UNREADABLE = "unreadable"
    """Its description is damaged, or the copy it describes is gone."""


@dataclass(frozen=True)
class BackupRow:
    """One backup as it lies in the folder."""

    path: Path
    state: BackupState
    made: datetime | None
    size: int
    reason: str
    """Why it was taken: asked, by-itself, replaced, before-schema-3."""


@dataclass(frozen=True)
class BackupsView:
    """The folder of backups, the newest first, and how the records stand to the last good one."""

    folder: Path
    rows: tuple[BackupRow, ...]
    now: datetime
    acts_since: int
    """How many acts were logged after the last good backup."""
    restorable: bool
    """Whether a check restores a backup into a scratch place; a server's is read through instead."""

    @property
    def last_good(self) -> BackupRow | None:
        """Return the newest whole backup."""
        return next((row for row in self.rows if row.state is BackupState.WHOLE), None)


@dataclass(frozen=True)
class Proven:
    """What a check found in a backup."""

    made: datetime
    restored: bool
    """Whether it was restored and opened; otherwise every piece of it was read and found unaltered."""
    hall: str = ""
    requests: int = 0
    last_act: datetime | None = None


@dataclass(frozen=True)
class Lost:
    """What has happened since a backup was made, and would no longer be in the records after a restore."""

    made: datetime
    acts: int
    requests: int
    last_act: datetime | None


@dataclass(frozen=True)
class Restored:
    """The records as they were at the backup, open again, and where those before it are kept."""

    database: Database
    made: datetime
    replaced: Path | None


@dataclass(frozen=True, repr=False)
class RestoreWish:
    """A backup to put back; `own_password` is the administrator's, typed again."""

    path: Path
    own_password: str


def backups_folder(place: Place) -> Path:
    """Give the folder in which this seat's backups lie unless another is named."""
    return Paths(place.folder).backups


def may(context: Context, permission: Permission) -> None:
    """Ask whether who is signed in may do something with the records as a whole."""
    context.require(permission)


def see_backups(performer: Performer, _report: Report, *, session: Session, folder: Path | None = None) -> BackupsView:
    """Show what lies in the folder; one that is not there yet is empty. Refused backup_folder_unusable."""
    performer.read(session, may, Permission.BACK_UP)
    place = performer.database.place
    where = folder or backups_folder(place)
    zone = performer.read(session, _zone, None)
    with _refusals():
        rows = sorted(_rows(where, zone), key=lambda row: row.made or datetime.min.replace(tzinfo=UTC), reverse=True)
    last = next((row.made for row in rows if row.state is BackupState.WHOLE), None)
    acts = performer.read(session, _acts_since, last)
    return BackupsView(where, tuple(rows), performer.clock().astimezone(zone), acts, place.kind == "sqlite")


def back_up_now(performer: Performer, report: Report, *, session: Session, folder: Path | None = None) -> Path:
    """Write a whole, proven copy into the folder and return its path; told to stop, nothing is left behind.

    Refused backup_stopped, backup_disk_full and the other faults, backup_folder_unusable.
    """
    performer.read(session, may, Permission.BACK_UP)
    with _refusals(performer.database.place.file):
        target = _target(performer.database.place, folder, ASKED)
        done = _copied(performer.database, target, report)
    performer.write(session, _note, ("backed_up", {"backup": target.name}))
    return done


def check_backup(performer: Performer, report: Report, *, session: Session, path: Path) -> Proven:
    """Prove that a backup can be restored: it is, into a scratch place that is removed again.

    A server's backup is read through piece by piece instead. Refused backup_… with what is wrong with it.
    """
    performer.read(session, may, Permission.BACK_UP)
    zone = performer.read(session, _zone, None)
    place = performer.database.place
    with _refusals():
        backup = find_backup(path)
        keys = keys_of(backup, place, performer.database.keys)
        report(0, 2)
        backup.verify()
        report(1, 2)
        if backup.schema_version > newest_version():
            raise StorageFault(Fault.SCHEMA_NEWER, path=backup.path)
        if backup.kind == "postgresql":
            with backup.path.open("rb") as file:
                for _piece in decrypt(file, keys.sub_key("dump")):
                    pass
            return Proven(backup.made.astimezone(zone), restored=False)
        with TemporaryDirectory(dir=place.folder, prefix="check-") as scratch:
            found = _restored_apart(backup, Path(scratch), keys)
    last = None if found.last_act is None else found.last_act.astimezone(zone)
    return Proven(found.made.astimezone(zone), True, found.hall, found.requests, last)


def count_lost(performer: Performer, _report: Report, *, session: Session, path: Path) -> Lost:
    """Count what has happened since a backup was made; nobody's data are shown."""
    performer.read(session, may, Permission.RESTORE)
    zone = performer.read(session, _zone, None)
    with _refusals():
        made = find_backup(path).made
    acts, requests, last = performer.read(session, _since, made)
    return Lost(made.astimezone(zone), acts, requests, None if last is None else last.astimezone(zone))


def restore_backup(performer: Performer, report: Report, *, session: Session, wish: RestoreWish) -> Restored:
    """Put a backup in place of the records: alone, proven first; what it replaces is kept as a backup of its own.

    Everybody has to sign in again afterwards. Refused backup_… when it cannot be done: the records are as before.
    Only when even those cannot be opened again is the StorageFault told as it is.
    """
    performer.read(session, may, Permission.RESTORE)
    performer.write(session, confirm_password, wish.own_password)
    place = performer.database.place
    folder = backups_folder(place)
    with _refusals():
        backup = find_backup(wish.path)
        keys = keys_of(backup, place, performer.database.keys)
    report(0, 2)
    performer.database.close()
    try:
        with _refusals():
            replaced = restore(backup, place, keys, backups=folder)
    except Refused:
        performer.take_records(_opened(place))
        raise
    report(1, 2)
    database = _opened(place)
    performer.take_records(database)
    told = {"backup": backup.path.name, "by": str(session.account_id)}
    performer.write(None, _note, ("restored", told))
    report(2, 2)
    return Restored(database, backup.made, replaced)


def back_up_if_due(performer: Performer, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Path | None:
    """Back up an embedded store when something was done since the last time and that is half an hour ago.

    Backups that need not be kept any longer are removed, and the store takes stock of what it holds. A server's backups
    are its administrators' own. StorageFault.
    """
    database = performer.database
    if database.kind != "sqlite":
        return None
    folder = backups_folder(database.place)
    last = max((backup.made for backup in list_backups(folder)), default=None) if folder.is_dir() else None
    if last is not None and (timedelta() <= clock() - last < EVERY or not _changed_since(database, last)):
        return None
    if last is None and not _changed_since(database, None):
        return None
    target = _target(database.place, None, BY_ITSELF)
    database.backup(target)
    database.take_stock()
    prune(folder, clock())
    return target


def keys_of(backup: Backup, place: Place, keys: Keys) -> Keys:
    """Give the keys a backup was made with: the present ones, or those that lie wrapped beside it."""
    if backup.key_check == keys.check:
        return keys
    return Keys.load_file(backup.keys, key_file=default_key_file(place.folder))


# -- the folder -------------------------------------------------------------------------------------------------


def _rows(folder: Path, zone: Any) -> Iterator[BackupRow]:
    if not folder.exists():
        return
    for path in folder.iterdir():
        if path.suffix in ENDINGS.values() and path.name.startswith("yijian-"):
            yield _row(path, zone)
        elif path.name.endswith(".part"):
            yield BackupRow(path, BackupState.UNFINISHED, None, path.stat().st_size, "")


def _row(path: Path, zone: Any) -> BackupRow:
    """Describe one copy by its manifest; without one it was interrupted, and counts for nothing."""
    reason, size = _reason(path), path.stat().st_size
    if read_json_file(path.with_suffix(".json")) is None:
        there = path.with_suffix(".json").exists()
        return BackupRow(path, BackupState.UNREADABLE if there else BackupState.UNFINISHED, None, size, reason)
    try:
        backup = Backup.read(path.with_suffix(".json"))
    except StorageFault:
        return BackupRow(path, BackupState.UNREADABLE, None, size, reason)
    return BackupRow(path, BackupState.WHOLE, backup.made.astimezone(zone), size, reason)


def _reason(path: Path) -> str:
    """Read from a name why the backup was taken: yijian-20261123T120000000000Z-asked.db."""
    return path.stem.split("-", 2)[-1] if path.stem.count("-") >= 2 else ""


def _target(place: Place, folder: Path | None, reason: str) -> Path:
    """Name a new backup after this moment, as its manifest will; whatever clock the hall's acts go by."""
    where = folder or backups_folder(place)
    if folder is None:
        where.mkdir(parents=True, exist_ok=True)
    elif not where.is_dir():
        raise NotADirectoryError(where)
    return where / backup_name(datetime.now(UTC), reason, place.kind)


def _copied(database: Database, target: Path, report: Report) -> Path:
    """Copy in one step, so that writers do not make it begin anew, while somebody watches how far it is."""
    done = threading.Event()
    watching = threading.Thread(target=_watch, args=(database, target, report, done), name="backup-progress")
    watching.start()
    try:
        backup = database.backup(target)
    finally:
        done.set()
        watching.join()
    if not report(1, 1):
        for path in (backup.manifest, backup.keys, backup.path):  # the manifest first: without it nothing counts
            path.unlink(missing_ok=True)
        raise Refused("backup_stopped")
    return backup.path


def _watch(database: Database, target: Path, report: Report, done: threading.Event) -> None:
    """Tell every moment how much of the copy is on the disk; a server does not say how much there will be."""
    part = target.with_name(target.name + ".part")
    whole = database.place.file.stat().st_size if database.kind == "sqlite" else 0
    while not done.wait(_TICK):
        try:
            size = part.stat().st_size
        except OSError:  # not begun, or whole and at its place
            continue
        report(min(size, whole), whole)


def _opened(place: Place) -> Database:
    return open_up_to_date(place, keys_at(place), backups=backups_folder(place))


def _restored_apart(backup: Backup, scratch: Path, keys: Keys) -> Proven:
    """Restore a backup where it harms nobody, open it as the program does, and look into it."""
    place = Place(scratch / "hall")
    restore(backup, place, keys, backups=scratch / "backups")
    database = open_up_to_date(place, keys)
    try:
        with database.read() as connection:
            hall, requests = looked_into(connection)
            last = last_recorded(connection)
    finally:
        database.close()
    return Proven(backup.made, True, hall, requests, last)


# -- what the records say ---------------------------------------------------------------------------------------


def _zone(context: Context, _query: None) -> Any:
    return context.zone


def _acts_since(context: Context, moment: datetime | None) -> int:
    """Count the acts logged after a moment; coming and going, and looking, are not counted."""
    return count_acts(context.connection, context.hall_id, _COMING_AND_GOING, moment)


def _since(context: Context, made: datetime) -> tuple[int, int, datetime | None]:
    connection, hall_id = context.connection, context.hall_id
    counted = count_requests(connection, hall_id, made)
    return _acts_since(context, made), counted, last_recorded_since(connection, hall_id, made)


def _changed_since(database: Database, moment: datetime | None) -> bool:
    with database.read() as connection:
        last = last_recorded(connection)
    return last is not None and (moment is None or last > moment)


def _note(context: Context, what: tuple[str, dict[str, str]]) -> None:
    kind, data = what
    if context.hall is not None:
        context.record(kind, data=data)


@contextmanager
def _refusals(records: Path | None = None) -> Iterator[None]:
    """Tell a fault of a backup as the answer no; with the place of the records it is theirs when it happens there."""
    try:
        yield
    except StorageFault as fault:
        raise Refused(backup_code(fault, records), **fault.values) from fault
    except FileExistsError:
        raise Refused("backup_name_taken") from None
    except OSError as error:
        raise Refused("backup_folder_unusable") from error
