"""The answer "no" in words: one row a code, filled with the values of the refusal.

To add a refusal, append a row to ``SENTENCES``; each sentence says what stands in the way and what to do.
"""

from desktop.usecases.act_words import REFUSALS, spoken
from desktop.usecases.refused import Refused
from desktop.words import _, gettext_noop

SENTENCES: dict[str, str] = {
    "already_done": gettext_noop("This has been done already."),
    "no_hall": gettext_noop("There is no hall yet. Found one first."),
    "hall_exists": gettext_noop("Another seat has just founded a hall here. Start the program again."),
    "not_signed_in": gettext_noop("Nobody is signed in. Sign in first."),
    "not_allowed": gettext_noop("Your account may not do this. Ask the administrator for the right."),
    "signed_out": gettext_noop("Your stay at this seat has ended. Sign in again."),
    "stay_too_long": gettext_noop("You have been signed in for {hours} hours. Sign in again."),
    "wrong_login_or_password": gettext_noop("Account or password is wrong. Check both and try again."),
    "wait_before_next_try": gettext_noop("Too many wrong passwords. Try again in {seconds} seconds."),
    "account_locked": gettext_noop("This account is locked after too many wrong passwords. Ask the administrator."),
    "unknown_counter": gettext_noop("Counter {counter} does not exist or is closed. Choose another one."),
    "login_missing": gettext_noop("The account's name is missing."),
    "login_taken": gettext_noop("There is an account {login} already. Choose another name."),
    "name_missing": gettext_noop("The name is missing."),
    "password_too_short": gettext_noop("The password is too short: take {shortest} characters or more."),
    "password_too_long": gettext_noop("The password is too long: take {longest} characters or fewer."),
    "password_has_login": gettext_noop("The password contains the account's name. Take another one."),
    "password_too_simple": gettext_noop("This password is easily guessed. Take another one."),
    "password_unchanged": gettext_noop("The new password is the old one. Take another one."),
}
UNNAMED = gettext_noop("This is not possible as it stands (reason {code}).")


def refusal_words(refusal: Refused) -> str:
    """Say why not, and what to do."""
    sentence = SENTENCES.get(refusal.code) or REFUSALS.get(refusal.code)
    if sentence is None:
        return _(UNNAMED).format(code=refusal.code)
    return _(sentence).format(**spoken(refusal.values))
