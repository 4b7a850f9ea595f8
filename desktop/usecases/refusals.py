"""The answer "no" in words: one row a code, filled with the values of the refusal.

To add a refusal, append a row to ``SENTENCES``; each sentence says what stands in the way and what to do.
"""

from desktop.usecases.refused import Refused
from desktop.usecases.work.act_words import REFUSALS, spoken
from desktop.words import _, gettext_noop

SENTENCES: dict[str, str] = {
    "already_done": gettext_noop("This has been done already."),
    "no_hall": gettext_noop("There is no hall yet. Found one first."),
    "hall_exists": gettext_noop("Another seat has just founded a hall here. Start the program again."),
    "not_signed_in": gettext_noop("Nobody is signed in. Sign in first."),
    "not_allowed": gettext_noop("Your roles do not allow this. Ask the administrator."),
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
    # files brought to the counter
    "attachment_empty": gettext_noop("The file is empty. Scan the paper again."),
    "attachment_too_large": gettext_noop(
        "The file has {size}; {limit} fit at the most. Scan with fewer dots per inch, or in several parts."
    ),
    "attachment_kind": gettext_noop(
        "Only pictures (JPEG, PNG) and PDF files can be attached. Scan the paper again as one of these."
    ),
    "attachment_name_differs": gettext_noop(
        "The name of the file ends in {ending}, but it holds {kind}. Save it under its right name and attach it again."
    ),
    "attachment_cut": gettext_noop("The end of the file is missing. Copy it again from where it comes, or scan again."),
    "attachment_damaged": gettext_noop("The file is damaged and cannot be read. Copy it again, or scan again."),
    "attachment_too_many_pixels": gettext_noop(
        "The picture is {width} by {height} dots, too many for this seat. Scan it with 300 dots per inch."
    ),
    "attachment_active": gettext_noop(
        "This PDF holds a program or other files. Print it to a plain PDF, or scan the paper."
    ),
    "attachment_twice": gettext_noop("This file is here already: {name}."),
    "attachment_gone": gettext_noop("The file cannot be read. Check that it is still there, then try again."),
    "attachment_not_a_file": gettext_noop("This is not a file but a folder or a device. Choose a file."),
    "attachment_unknown": gettext_noop("This file is not here any more. Attach it again."),
    "attachment_stopped": gettext_noop("Stopped. Nothing of the file was kept."),
    "nothing_owing": gettext_noop("Every promised paper has come, or its day is still ahead. No reminder is needed."),
    # numbers told at the counter
    "number_too_small": gettext_noop("{fact}: at least {least}. Check the number."),
    "number_too_large": gettext_noop("{fact}: at most {most}. Check the number and its unit."),
    # who may act for another
    "guardian_is_minor": gettext_noop(
        "{name} is {age} years old and cannot be a guardian. Name a guardian who is of age."
    ),
    "applicant_dead": gettext_noop(
        "{name} is on record as having died on {day} and cannot apply any more; an agent's authority has ended. Heirs"
        " may apply in their own name (Civil Code, articles 13 and 173). Choose another applicant. If the record is"
        " wrong, correct the date of death in the request where it was told."
    ),
    "agent_dead": gettext_noop("{name} is on record as having died on {day}. Name another agent."),
    "guardian_dead": gettext_noop("{name} is on record as having died on {day}. Name another guardian."),
    "agent_is_minor": gettext_noop(
        "{name} is {age} years old and cannot act for somebody else. Name an agent who is of age."
    ),
    # people heard before a decision
    "hearing_without_day": gettext_noop("The notice says on which day the hearing is. Fill in the day."),
    "hearing_without_place": gettext_noop("The notice says where the hearing is held. Fill in the place."),
    "hearing_too_soon": gettext_noop(
        "A hearing on {hearing_on} had to be announced by {latest}, seven working days before. Choose a later day."
    ),
    # what is half-typed, and results handed out
    "draft_unknown": gettext_noop("This form has been taken up elsewhere or thrown away."),
    "nothing_chosen": gettext_noop("No result is chosen. Tick what is handed over."),
    "already_handed_over": gettext_noop("This result has been handed over already."),
    "several_people": gettext_noop("These results belong to several people. Hand them over one person at a time."),
    "taker_unknown": gettext_noop("This person does not act for the applicant. Choose who takes it."),
    "may_not_collect": gettext_noop("{name} was not sent to collect the result. Ask for an authority to collect."),
    "mandate_over": gettext_noop("The authority of {name} has ended. Ask for one that still holds."),
    "mail_number_missing": gettext_noop("The number of the mail is missing. It stands on the slip of the post."),
    # names, days of birth and phones typed by hand
    "name_too_long": gettext_noop("The name is {length} characters long; {limit} fit. Check it, then shorten it."),
    "name_lone_surrogate": gettext_noop("Character {place} of the name is damaged. Type the name again."),
    "birth_format": gettext_noop("This day of birth cannot be read. Type year, month and day."),
    "birth_too_long": gettext_noop("This day of birth cannot be read. Type year, month and day."),
    "birth_length": gettext_noop("This day of birth cannot be read. Type year, month and day."),
    "birth_impossible": gettext_noop("This day of birth is not in the calendar. Check it."),
    "birth_future": gettext_noop("This day of birth is yet to come. Check it."),
    "birth_implausible": gettext_noop(
        "By this day of birth the person is over {oldest_years} years old. Check the year."
    ),
    "phone_format": gettext_noop("This phone number is not right. Type 11 digits, or a landline with its area code."),
    "phone_length": gettext_noop("This phone number is too long or too short. Check it digit by digit."),
    "phone_too_long": gettext_noop("This phone number is too long or too short. Check it digit by digit."),
    "phone_unchanged": gettext_noop("This is the phone on file. Type the new one, or leave it as it is."),
    # needs that no service answers
    "need_unknown": gettext_noop("This need is not on file. Read the list again."),
    "need_answered": gettext_noop("This need has its answer already. The answer stays as it is."),
    "need_unanswered": gettext_noop("There is no answer to tell yet. Answer the need first."),
    "need_told": gettext_noop("The person has been told already."),
    "owner_may_not": gettext_noop("This account cannot answer needs. Choose somebody else."),
    "answer_missing": gettext_noop("The answer is missing. Write what the person is told."),
    # what is taken out of the hall
    "export_too_large": gettext_noop("More than {limit} requests are found. Search more narrowly, then export again."),
    "export_stopped": gettext_noop("Stopped. No file was written."),
}
UNNAMED = gettext_noop("This is not possible as it stands (reason {code}).")


def sentence_of(code: str) -> str | None:
    """Give the sentence of a code before it is filled and translated; None when nobody has written one."""
    return SENTENCES.get(code) or REFUSALS.get(code)


def refusal_words(refusal: Refused) -> str:
    """Say why not, and what to do."""
    sentence = sentence_of(refusal.code)
    if sentence is None:
        return _(UNNAMED).format(code=refusal.code)
    return _(sentence).format(**spoken(refusal.values))
