"""The words of the overview: what each group of requests is called, what it means exactly, and what is counted."""

from collections.abc import Iterable, Mapping

from desktop.usecases.requests.overview import Unit
from desktop.usecases.requests.request_groups import ANSWER_DAYS, SOON_DAYS, Group
from desktop.words import _, gettext_noop, here, ngettext, pgettext

TITLES: Mapping[Group, str] = {
    Group.LOGGED_TODAY: gettext_noop("Logged by me today"),
    Group.WAITS_FOR_ME: gettext_noop("Waits for me"),
    Group.MY_OVERDUE: gettext_noop("Mine, overdue"),
    Group.MY_DUE_SOON: gettext_noop("Mine, due soon"),
    Group.TO_HAND_OUT: gettext_noop("Results to hand out"),
    Group.PROMISES_DUE: gettext_noop("Promised papers due"),
    Group.PROMISES_MISSED: gettext_noop("Promises not kept"),
    Group.APPLICANT_DEAD: gettext_noop("The applicant has died"),
    Group.READY_TO_TAKE: gettext_noop("Ready to take"),
    Group.IN_MY_HANDS: gettext_noop("In my hands"),
    Group.DEPARTMENT_OVERDUE: gettext_noop("Our department's, overdue"),
    Group.DEPARTMENT_DUE_SOON: gettext_noop("Our department's, due soon"),
    Group.NOBODY_NEXT: gettext_noop("Nobody is next"),
    Group.OVERDUE: gettext_noop("Overdue"),
    Group.DUE_SOON: gettext_noop("Due soon"),
    Group.SENT_BACK: gettext_noop("Going back and forth"),
    Group.PAUSED_TOO_LONG: gettext_noop("Paused for too long"),
}
MEANINGS: Mapping[Group, str] = {
    Group.LOGGED_TODAY: gettext_noop("Whatever has become of them since."),
    Group.WAITS_FOR_ME: gettext_noop("Under way, logged by me, and the counter must act next."),
    Group.MY_OVERDUE: gettext_noop("Under way, logged by me, and the date is past."),
    Group.MY_DUE_SOON: gettext_noop("Under way, logged by me, due today or within {days} working days."),
    Group.TO_HAND_OUT: gettext_noop("What is out and not collected, and decisions to be served, in the whole hall."),
    Group.PROMISES_DUE: gettext_noop("A paper may follow, and was promised for a day within {days} working days."),
    Group.PROMISES_MISSED: gettext_noop("A paper was to follow, its day is past, and it is not here."),
    Group.APPLICANT_DEAD: gettext_noop("Under way, and who applied is on record as dead: heirs go on, or it ends."),
    Group.READY_TO_TAKE: gettext_noop("Everything needed is there, and nobody has it in hand."),
    Group.IN_MY_HANDS: gettext_noop("Taken by me and not at its end."),
    Group.DEPARTMENT_OVERDUE: gettext_noop("Not at its end, and its own date is past."),
    Group.DEPARTMENT_DUE_SOON: gettext_noop("Not at its end, due today or within {days} working days."),
    Group.NOBODY_NEXT: gettext_noop("Under way, and the plan names nobody who must act."),
    Group.OVERDUE: gettext_noop("Under way, and the date is past."),
    Group.DUE_SOON: gettext_noop("Under way, due today or within {days} working days."),
    Group.SENT_BACK: gettext_noop(
        "Under way: supplemented twice in one item, passed back by a department, or begun again after an end."
    ),
    Group.PAUSED_TOO_LONG: gettext_noop("An item is paused, and was to go on before today."),
}
NONE: Mapping[Group, str] = {
    Group.LOGGED_TODAY: gettext_noop("nothing logged today"),
    Group.WAITS_FOR_ME: gettext_noop("nothing waits for you"),
    Group.MY_OVERDUE: gettext_noop("nothing of yours is overdue"),
    Group.MY_DUE_SOON: gettext_noop("nothing of yours is due soon"),
    Group.TO_HAND_OUT: gettext_noop("no result to hand out"),
    Group.PROMISES_DUE: gettext_noop("no promised paper due"),
    Group.PROMISES_MISSED: gettext_noop("no promise unkept"),
    Group.READY_TO_TAKE: gettext_noop("nothing ready to take"),
    Group.IN_MY_HANDS: gettext_noop("nothing in your hands"),
    Group.DEPARTMENT_OVERDUE: gettext_noop("nothing of the department overdue"),
    Group.DEPARTMENT_DUE_SOON: gettext_noop("nothing of the department due soon"),
    Group.NOBODY_NEXT: gettext_noop("everything has somebody next"),
    Group.OVERDUE: gettext_noop("nothing overdue"),
    Group.DUE_SOON: gettext_noop("nothing due soon"),
    Group.SENT_BACK: gettext_noop("nothing goes back and forth"),
    Group.PAUSED_TOO_LONG: gettext_noop("no pause too long"),
}
"""Of a group without such words nothing is said while it is empty: that nobody has died is no news of the day."""
TROUBLE = frozenset(
    {
        Group.PROMISES_MISSED,
        Group.APPLICANT_DEAD,
        Group.MY_OVERDUE,
        Group.DEPARTMENT_OVERDUE,
        Group.NOBODY_NEXT,
        Group.OVERDUE,
        Group.SENT_BACK,
        Group.PAUSED_TOO_LONG,
    }
)
"""The groups that should be empty."""


def group_title(group: Group) -> str:
    """Name a group."""
    return _(TITLES[group])


def group_meaning(group: Group) -> str:
    """Say exactly what a group's figure counts."""
    return _(MEANINGS[group]).format(days=SOON_DAYS)


def figure_words(unit: Unit, number: int) -> str:
    """Say a figure with what it counts: 3件, 3 requests."""
    one, many = {
        Unit.REQUEST: (pgettext("figure", "{n} request"), pgettext("figure", "{n} requests")),
        Unit.ITEM: (pgettext("figure", "{n} item"), pgettext("figure", "{n} items")),
        Unit.DRAFT: (pgettext("figure", "{n} draft"), pgettext("figure", "{n} drafts")),
        Unit.NEED: (pgettext("figure", "{n} need"), pgettext("figure", "{n} needs")),
    }[unit]
    return (one if number == 1 else many).format(n=number)


def in_requests(requests: int) -> str:
    """Say in how many requests what is counted lies."""
    return ngettext("in {n} request", "in {n} requests", requests).format(n=requests)


def nothing_words(groups: Iterable[Group]) -> str:
    """Say in one quiet sentence what there is nothing of, as far as it is worth saying."""
    said = here().listing(_(NONE[group]) for group in groups if group in NONE)
    return _("{what}.").format(what=said[:1].upper() + said[1:]) if said else ""


def needs_meaning() -> str:
    """Say which needs are counted."""
    return _("Needs no service answers, without an answer for {days} working days.").format(days=ANSWER_DAYS)
