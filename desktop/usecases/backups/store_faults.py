"""What can go wrong with the records, in words: what is the matter, and what to do; no window is needed to say it."""

from desktop.words import _, gettext_noop

FAULTS: dict[str, tuple[str, str]] = {
    "disk_full": (
        gettext_noop("The disk is full"),
        gettext_noop("Nothing was lost. Free some space on the disk, then try again."),
    ),
    "disk_failed": (
        gettext_noop("The disk reports an error"),
        gettext_noop("Call whoever looks after this computer. The last backup is whole."),
    ),
    "read_only": (
        gettext_noop("The data folder cannot be written to"),
        gettext_noop("Make the folder writable for you, then try again."),
    ),
    "no_access": (
        gettext_noop("You may not open the data folder"),
        gettext_noop("Ask whoever looks after this computer for access, then try again."),
    ),
    "damaged": (
        gettext_noop("The records are damaged"),
        gettext_noop("Nothing was changed. Restore the last backup: yijian restore FILE."),
    ),
    "truncated": (
        gettext_noop("The records are not complete"),
        gettext_noop("Nothing was changed. Restore the last backup: yijian restore FILE."),
    ),
    "missing": (
        gettext_noop("The records are not where they were"),
        gettext_noop("Nothing new was made in their place. Bring the file back, or restore the last backup."),
    ),
    "not_a_database": (
        gettext_noop("The file in the place of the records is something else"),
        gettext_noop("Nothing was changed. Move it away and bring the records back."),
    ),
    "wrong_key": (
        gettext_noop("The key does not belong to these records"),
        gettext_noop("The records themselves are unharmed. Bring back the key file of this seat."),
    ),
    "key_missing": (
        gettext_noop("The key to the records is missing"),
        gettext_noop("The records themselves are unharmed. Bring back the key file of this seat."),
    ),
    "key_damaged": (
        gettext_noop("The key file is damaged"),
        gettext_noop("The records themselves are unharmed. Bring back the key file from a backup."),
    ),
    "schema_newer": (
        gettext_noop("The records were made by a newer version"),
        gettext_noop("Install the newer version of the program at this seat."),
    ),
    "schema_older_than_minimum": (
        gettext_noop("This seat's program is too old for the records"),
        gettext_noop("Install the newer version of the program at this seat."),
    ),
    "locked_too_long": (
        gettext_noop("Another seat has been writing for too long"),
        gettext_noop("Wait a moment, then try again."),
    ),
    "in_use": (
        gettext_noop("The records are in use alone by another program"),
        gettext_noop("A restore may be running. Wait until it is done, then try again."),
    ),
    "server_away": (
        gettext_noop("The hall's server does not answer"),
        gettext_noop("Check the network, then try again."),
    ),
    "server_refused": (
        gettext_noop("The hall's server does not let this seat in"),
        gettext_noop("Check the address and the account of the database, then try again."),
    ),
    "deleted_while_open": (
        gettext_noop("The records were moved away while they were open"),
        gettext_noop("Bring the file back, then start the program again."),
    ),
}
UNKNOWN = (
    gettext_noop("The records cannot be opened"),
    gettext_noop("Try again. If it happens again, call whoever looks after this computer."),
)


def fault_words(code: str) -> tuple[str, str]:
    """What is wrong with the records, and what to do now."""
    what, next_step = FAULTS.get(code, UNKNOWN)
    return _(what), _(next_step)
