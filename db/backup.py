"""Backups: a whole copy in one step, checked, kept by the disk before it gets its name, with a manifest.

Beside `x.db` (or `x.dump` from a server) lie `x.json`, the manifest, and `x.key.json`, the wrapped keys. A copy
without a manifest was interrupted and does not count.
"""

import hashlib
import re
import shutil
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from db.faults import Fault, StorageFault, classify
from db.files import flush, flush_folder, read_json_file, write_json_file
from db.keys import Keys
from db.sqlcipher import SqliteStore, check_whole, raw_open

if TYPE_CHECKING:
    from db.open import Database

ENDINGS = {"sqlite": ".db", "postgresql": ".dump"}
_FORMAT = "yijian-backup"
_UNSAFE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Backup:
    """One whole backup, as its manifest describes it."""

    path: Path
    kind: str
    made: datetime
    schema_version: int
    sha256: str
    key_check: str

    @property
    def manifest(self) -> Path:
        """Return the file that describes the copy."""
        return self.path.with_suffix(".json")

    @property
    def keys(self) -> Path:
        """Return the wrapped keys that belong to the copy."""
        return self.path.with_suffix(".key.json")

    @classmethod
    def read(cls, manifest: Path) -> "Backup":
        """Return the backup a manifest describes; StorageFault missing, or damaged when it cannot be read."""
        document = read_json_file(manifest)
        if document is None:
            raise StorageFault(Fault.DAMAGED if manifest.exists() else Fault.MISSING, path=manifest)
        try:
            return cls(
                _copy_beside(manifest, document["kind"]),
                document["kind"],
                datetime.fromisoformat(document["made"]),
                int(document["schema_version"]),
                document["sha256"],
                document["key_check"],
            )
        except (KeyError, TypeError, ValueError):
            raise StorageFault(Fault.DAMAGED, path=manifest) from None

    def write(self) -> None:
        """Write the manifest; with it the backup counts."""
        document: dict[str, Any] = {
            "format": _FORMAT,
            "kind": self.kind,
            "made": self.made.isoformat(),
            "schema_version": self.schema_version,
            "bytes": self.path.stat().st_size,
            "sha256": self.sha256,
            "key_check": self.key_check,
        }
        write_json_file(self.manifest, document, replace=False)

    def verify(self) -> None:
        """Prove that not a letter of the copy has changed; StorageFault missing or damaged."""
        if not self.path.exists():
            raise StorageFault(Fault.MISSING, path=self.path)
        if sha256_of(self.path) != self.sha256:
            raise StorageFault(Fault.DAMAGED, path=self.path)


def sha256_of(path: Path) -> str:
    """Return the fingerprint of a closed file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def backup_name(moment: datetime, reason: str, kind: str) -> str:
    """Return the file name of a backup: sorts by time, says why it was taken."""
    return f"yijian-{moment.astimezone(UTC):%Y%m%dT%H%M%S%fZ}-{_UNSAFE.sub('-', reason.lower())}{ENDINGS[kind]}"


def backup_path(to: Path, kind: str) -> Path:
    """Return the name a backup gets: with the ending of its kind, by which its manifest leads to it."""
    if to.suffix == ENDINGS[kind]:
        return to
    return to.with_suffix(ENDINGS[kind]) if to.suffix in ENDINGS.values() else to.with_name(to.name + ENDINGS[kind])


def find_backup(named: Path) -> Backup:
    """Return the backup meant by its copy, manifest or keys, by a name without an ending, or as the folder's newest.

    StorageFault no_backup where nothing lies, no_backup_in_folder, not_a_backup for a file without a manifest, damaged.
    """
    if named.is_dir():
        return _newest(named)
    stem = named.with_name(named.name.removesuffix(".key.json").removesuffix(".json"))
    for manifest in dict.fromkeys((stem.with_suffix(".json"), stem.with_name(stem.name + ".json"))):
        document = read_json_file(manifest)
        if manifest.exists() and (document is None or document.get("format") == _FORMAT):
            return Backup.read(manifest)
    there = next((path for path in (named, *(backup_path(stem, kind) for kind in ENDINGS)) if path.exists()), None)
    raise StorageFault(Fault.NO_BACKUP if there is None else Fault.NOT_A_BACKUP, path=there or named)


def _newest(folder: Path) -> Backup:
    """Return the newest whole backup of a folder, whatever its name."""
    found = []
    for manifest in folder.glob("*.json"):
        with suppress(StorageFault):  # one that is damaged is not the one that is meant
            found.append(Backup.read(manifest))
    whole = [backup for backup in found if backup.path.exists()]
    if not whole:
        raise StorageFault(Fault.NO_BACKUP_IN_FOLDER, path=folder)
    return max(whole, key=lambda backup: backup.made)


def _copy_beside(manifest: Path, kind: str) -> Path:
    """Return the copy a manifest describes; earlier programs left one without an ending where none was typed."""
    named, bare = manifest.with_suffix(ENDINGS[kind]), manifest.with_suffix("")
    return bare if bare.is_file() and not named.exists() else named


def list_backups(folder: Path) -> list[Backup]:
    """Return the whole backups of a folder, oldest first; interrupted ones are left out."""
    found = []
    for manifest in folder.glob("yijian-*.json"):
        document = read_json_file(manifest)
        if document is not None and document.get("format") == _FORMAT:
            found.append(Backup.read(manifest))
    return sorted((each for each in found if each.path.exists()), key=lambda each: each.made)


def back_up(database: "Database", target: Path) -> Backup:
    """Write a whole, checked copy of the records under this name, with the ending of its kind.

    Writers and readers go on meanwhile. FileExistsError rather than replace a file, NotADirectoryError where the folder
    is not there; StorageFault disk_full, damaged (the records themselves), tools_missing.
    """
    target = backup_path(target, database.kind)
    if not target.parent.is_dir():
        raise NotADirectoryError(target.parent)
    for path in (target, target.with_suffix(".json"), target.with_suffix(".key.json")):
        if path.exists():
            raise FileExistsError(path)
    made = datetime.now(UTC)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        version = _copy(database, part)
        flush(part)
        done = Backup(target, database.kind, made, version, sha256_of(part), database.keys.check)
        part.rename(target)
        flush_folder(target.parent)
        shutil.copyfile(database.keys.path, done.keys)
        flush(done.keys)
        done.write()  # last: with the manifest the backup counts
    except OSError as error:
        raise storage_fault(error, target) from error
    finally:
        part.unlink(missing_ok=True)
    return done


def storage_fault(error: OSError, path: Path) -> Exception:
    """Return the fault of the store that an error of the file system is, or the error itself when it is none."""
    code = classify(error)
    return error if code is None else StorageFault(code, path=path)


def _copy(database: "Database", part: Path) -> int:
    """Copy the records into the unnamed file and return the form of their tables."""
    if isinstance(database.store, SqliteStore):
        return copy_file(database.store, database.keys, part)
    from db.dump import dump

    return dump(database, part)


def copy_file(store: SqliteStore, keys: Keys, part: Path) -> int:
    """Copy the embedded store in one step, prove the copy whole, and return the form of its tables."""
    with closing(store.connect()) as source, closing(raw_open(part, keys.database_key, "rwc")) as copy:
        try:
            copy.execute("PRAGMA journal_mode = OFF")  # a copy that fails is thrown away
            source.backup(copy, pages=-1)  # in steps it would begin anew at every write and never end
            copy.execute("PRAGMA journal_mode = DELETE")
            version = int(copy.execute("PRAGMA user_version").fetchone()[0])
        except driver.Error as error:
            raise StorageFault(classify(error) or Fault.DAMAGED, path=store.file) from error
        if not check_whole(copy):
            raise StorageFault(Fault.DAMAGED, path=store.file)
    return version
