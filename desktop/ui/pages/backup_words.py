"""Words for backups: why one was taken, and what lies in the folder."""

from desktop.ui.widgets.status_mark import Status
from desktop.usecases.backups.backups import BackupState
from desktop.words import _, gettext_noop

REASONS: dict[str, str] = {
    "asked": gettext_noop("Asked for"),
    "by-itself": gettext_noop("By itself"),
    "replaced": gettext_noop("Before a restore"),
    "import": gettext_noop("Before an import"),
}
STATES: dict[BackupState, tuple[str, Status]] = {
    BackupState.WHOLE: (gettext_noop("Complete"), "done"),
    BackupState.UNFINISHED: (gettext_noop("Interrupted, does not count"), "not_needed"),
    BackupState.UNREADABLE: (gettext_noop("Cannot be read"), "refused"),
}


def reason_words(reason: str) -> str:
    """Say why a backup was taken; one of another program's making has no reason."""
    if reason.startswith("before-schema"):
        return _("Before an update")
    return _(REASONS[reason]) if reason in REASONS else _("Unknown")


def state_words(state: BackupState) -> str:
    """Say what lies there."""
    return _(STATES[state][0])


def state_status(state: BackupState) -> Status:
    """The shape that stands before it."""
    return STATES[state][1]
