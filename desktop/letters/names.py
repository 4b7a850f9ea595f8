"""What the kinds of letters are called on the screen; a letter's own title stands in its template."""

from desktop.letters.content import LetterKind
from desktop.words import _, gettext_noop

_NAMES = {
    LetterKind.RECEIPT: gettext_noop("Receipt of papers"),
    LetterKind.ACCEPTANCE: gettext_noop("Notice of acceptance"),
    LetterKind.NON_ACCEPTANCE: gettext_noop("Notice of non-acceptance"),
    LetterKind.SUPPLEMENT: gettext_noop("One-time supplement notice"),
    LetterKind.DEFERRED_ACCEPTANCE: gettext_noop("Notice of acceptance with papers owing"),
    LetterKind.PROMISE: gettext_noop("Promise to hand in papers owing"),
    LetterKind.SUSPENSION: gettext_noop("Notice of a special procedure (clock paused)"),
    LetterKind.EXTENSION: gettext_noop("Notice of extension"),
    LetterKind.GRANT: gettext_noop("Decision to grant"),
    LetterKind.REFUSAL: gettext_noop("Decision to refuse"),
    LetterKind.RESULT_HANDOVER: gettext_noop("Proof of delivery"),
    LetterKind.WITHDRAWAL: gettext_noop("Confirmation of withdrawal"),
    LetterKind.ENQUIRY_REPLY: gettext_noop("Reply to an enquiry"),
    LetterKind.NOT_REQUIRED: gettext_noop("Notice that no permit is required"),
    LetterKind.NOT_OURS: gettext_noop("Notice that another authority decides"),
    LetterKind.RESUMPTION: gettext_noop("Notice that the count of days goes on"),
    LetterKind.PROMISE_BROKEN: gettext_noop("Notice of a promise not kept"),
    LetterKind.TERMINATION: gettext_noop("Notice that the procedure ends"),
    LetterKind.CHECK_FAILED: gettext_noop("Notice that a check found a promise not kept"),
    LetterKind.WAY_OUT: gettext_noop("Notice where the matter leads"),
    LetterKind.ENDING: gettext_noop("Decision that a result ends"),
    LetterKind.ANNULMENT: gettext_noop("Notice that a decision was annulled"),
    LetterKind.HEARING: gettext_noop("Notice of a hearing"),
    LetterKind.REMINDER: gettext_noop("Reminder of papers owing"),
}


def letter_name(kind: LetterKind) -> str:
    """Say what a kind of letter is called, in the language of this seat."""
    return _(_NAMES[kind])
