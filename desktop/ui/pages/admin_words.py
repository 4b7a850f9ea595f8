"""Words of the administrator's pages: roles, why something cannot be, how long ago, and how much."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from desktop.usecases.backups.backup_faults import OTHER, SENTENCES
from desktop.usecases.permissions import Role
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.work.act_words import spoken
from desktop.words import _, gettext_noop, here, ngettext

ROLES: Mapping[Role, str] = {
    Role.CLERK: gettext_noop("Clerk: takes in and hands out"),
    Role.REVIEWER: gettext_noop("Reviewer: decides for a department"),
    Role.SUPERVISOR: gettext_noop("Supervisor: sees and leads all work"),
    Role.EXPERT: gettext_noop("Expert: writes the catalogue"),
    Role.ADMINISTRATOR: gettext_noop("Administrator: accounts and backups"),
    Role.AUDITOR: gettext_noop("Auditor: reads the log"),
}
SHORT_ROLES: Mapping[Role, str] = {
    Role.CLERK: gettext_noop("Clerk"),
    Role.REVIEWER: gettext_noop("Reviewer"),
    Role.SUPERVISOR: gettext_noop("Supervisor"),
    Role.EXPERT: gettext_noop("Expert"),
    Role.ADMINISTRATOR: gettext_noop("Administrator"),
    Role.AUDITOR: gettext_noop("Auditor"),
}
REFUSALS: Mapping[str, str] = {
    # accounts
    "no_role": gettext_noop("Choose at least one role."),
    "auditor_alone": gettext_noop("An auditor has no other role, so that nobody audits the own work."),
    "department_needed": gettext_noop("A reviewer belongs to a department. Choose it."),
    "approver_reviews": gettext_noop("Only a reviewer may approve. Give that role too, or take the right away."),
    "unknown_department": gettext_noop("This department is closed or not here. Choose another one."),
    "unknown_account": gettext_noop("This account is not here any more. Choose another one."),
    "own_account": gettext_noop("You cannot close your own account. Another administrator has to do it."),
    "last_administrator": gettext_noop("This is the last administrator. Make somebody else one first."),
    "own_stay": gettext_noop("This is your own session. Sign out instead."),
    "unknown_stay": gettext_noop("This session has ended already."),
    # departments, counters and the hall
    "counter_in_use": gettext_noop("{name} is signed in at this counter. End that session first."),
    "code_missing": gettext_noop("The code is missing. Give one, such as A05."),
    "unknown_division": gettext_noop("There is no place of this code. Six digits are needed, such as 621124."),
    "chinese_missing": gettext_noop("“{text}” has no Chinese. Fill that in too: letters are written in it."),
    # the calendar
    "days_reversed": gettext_noop("The last day comes before the first. Exchange them."),
    "too_many_days": gettext_noop("{most} days at a time at the most. Enter longer spans in parts."),
    "reason_missing": gettext_noop("The reason is missing. Name the holiday, or say why."),
    "year_shipped": gettext_noop("The notice of {year} came with the program and stays."),
    **SENTENCES,
}


def admin_refusal(refusal: Refused) -> str:
    """Say why not, and what to do."""
    sentence = REFUSALS.get(refusal.code)
    if sentence is None and refusal.code.startswith("backup_"):
        sentence = OTHER
    return refusal_words(refusal) if sentence is None else _(sentence).format(**spoken(refusal.values))


def roles_words(roles: frozenset[Role]) -> str:
    """Say what somebody is in the hall, in the order of the table."""
    return here().listing(_(word) for role, word in SHORT_ROLES.items() if role in roles)


def ago(moment: datetime, now: datetime) -> str:
    """Say how long ago something was, as roughly as one speaks: 刚刚, 3小时前, 2天前."""
    span = now - moment
    minutes = int(span / timedelta(minutes=1))
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("{n} minute ago", "{n} minutes ago", minutes).format(n=minutes)
    hours = minutes // 60
    if hours < 24:
        return ngettext("{n} hour ago", "{n} hours ago", hours).format(n=hours)
    days = hours // 24
    return ngettext("{n} day ago", "{n} days ago", days).format(n=days)


def amount(size: int) -> str:
    """Say how large a file is: 12 KB, 3.4 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB" if size < 1_000_000_000 else f"{size / 1_000_000_000:.1f} GB"
