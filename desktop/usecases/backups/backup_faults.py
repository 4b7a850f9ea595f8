"""What can go wrong with a backup, in words for the window and the command line: it is the backup, not the records."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from db.faults import Fault, StorageFault
from desktop.words import _, gettext_noop

SENTENCES: Mapping[str, str] = {
    "backup_stopped": gettext_noop("Stopped. No backup was made, and nothing was left behind."),
    "backup_name_taken": gettext_noop("There is a backup of this name already. Try again."),
    "backup_folder_unusable": gettext_noop("This folder is not there or cannot be used. Choose another one."),
    "backup_records_damaged": gettext_noop(
        "The records themselves are damaged, so no backup of them was made. Restore the last good backup."
    ),
    "backup_damaged": gettext_noop("This backup is damaged and cannot be used. Nothing was changed; take another one."),
    "backup_truncated": gettext_noop("This backup is not complete. Nothing was changed; take another one."),
    "backup_wrong_key": gettext_noop("This backup was made with the key of another hall. Nothing was changed."),
    "backup_key_missing": gettext_noop("The key that belongs to this backup is missing. Nothing was changed."),
    "backup_key_damaged": gettext_noop("The key file beside this backup is damaged. Nothing was changed."),
    "backup_schema_newer": gettext_noop(
        "This backup was made by a newer version of the program. Install that version first; nothing was changed."
    ),
    "backup_missing": gettext_noop("This backup is not there any more. Nothing was changed."),
    "backup_no_backup": gettext_noop("There is no backup {path}. Check its name and folder. Nothing was changed."),
    "backup_no_backup_in_folder": gettext_noop(
        "There is no whole backup in the folder {path}. Name another folder. Nothing was changed."
    ),
    "backup_not_a_backup": gettext_noop(
        "{path} is no whole backup: its description (.json) is not beside it. "
        "Copy all files of the backup together, or take another one. Nothing was changed."
    ),
    "backup_not_a_database": gettext_noop("This is no backup of records like these. Nothing was changed."),
    "backup_in_use": gettext_noop(
        "The records are open in a window. Close Yijian at this and every other seat first. Nothing was changed."
    ),
    "backup_disk_full": gettext_noop("The disk is full. Nothing was lost; free some space and try again."),
    "backup_disk_failed": gettext_noop("The disk reports an error. Choose another folder; nothing was changed."),
    "backup_read_only": gettext_noop("This folder cannot be written to. Choose another one."),
    "backup_no_access": gettext_noop("You may not use this folder. Choose another one."),
    "backup_tools_missing": gettext_noop(
        "The server's own tools (pg_dump, pg_restore) are missing here. Have them installed, then try again."
    ),
    "backup_tools_failed": gettext_noop("The server's own tools could not do it. Nothing was changed; try again."),
    "backup_server_away": gettext_noop("The hall's server does not answer. Check the network, then try again."),
    "backup_locked_too_long": gettext_noop("Another seat has been writing for too long. Wait, then try again."),
}
OTHER: Final = gettext_noop("The backup could not be used. Nothing was changed; try again.")


def backup_code(fault: StorageFault, records: Path | None = None) -> str:
    """Give the code of the answer no; damage is the records' own only where they lie."""
    if fault.code in {Fault.DAMAGED, Fault.TRUNCATED} and records is not None and fault.values.get("path") == records:
        return "backup_records_damaged"
    return f"backup_{fault.code.value}"


def backup_fault_words(fault: StorageFault, records: Path | None = None) -> str:
    """Say what is wrong with a backup and what to do now."""
    return _(SENTENCES.get(backup_code(fault, records), OTHER)).format(**fault.values)
