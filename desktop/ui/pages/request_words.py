"""The words of a request's page: statuses, states, who must act, values and sources, said alike wherever they stand."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from desktop.ui.widgets.status_mark import Status
from desktop.usecases.requests import RequestRow
from desktop.words import _, gettext_noop, here, pgettext, pick
from desktop.workflow.catalogue import Catalogue, Fact
from desktop.workflow.plan import PaperLine

STATUS_WORDS = {
    "open": gettext_noop("Under way"),
    "done": gettext_noop("Finished"),
    "ended": gettext_noop("Ended without a result"),
    "withdrawn": gettext_noop("Withdrawn"),
}
ACTOR_WORDS = {
    "applicant": gettext_noop("the applicant"),
    "counter": gettext_noop("the counter"),
    "department": gettext_noop("the department"),
    "other_agency": gettext_noop("another body"),
    "registry": gettext_noop("a register"),
    "clock": gettext_noop("a date"),
    "nobody": gettext_noop("nobody"),
}
STATE_WORDS = {
    "none": gettext_noop("Not begun"),
    "submitted": gettext_noop("Handed in, not accepted yet"),
    "supplement": gettext_noop("More papers asked for"),
    "accepted": gettext_noop("Accepted"),
    "reviewing": gettext_noop("Under review"),
    "suspended": gettext_noop("Paused"),
    "granted": gettext_noop("Granted, result not out yet"),
    "refused": gettext_noop("Not granted"),
    "not_accepted": gettext_noop("Not accepted"),
    "withdrawn": gettext_noop("Withdrawn"),
    "terminated": gettext_noop("Procedure ended"),
    "lapsed": gettext_noop("Lapsed"),
    "issued": gettext_noop("Result is out"),
    "served": gettext_noop("Result handed over"),
    "annulled": gettext_noop("Decision annulled"),
    "revoked_unlawful": gettext_noop("Permit revoked as unlawful"),
    "permit_withdrawn": gettext_noop("Permit withdrawn by the department"),
    "penalty_revoked": gettext_noop("Permit revoked as a penalty"),
    "deregistered": gettext_noop("Struck off the register"),
}
SOURCE_WORDS = {
    "registry": gettext_noop("From a register"),
    "outcome": gettext_noop("From a certificate on file"),
    "derived": gettext_noop("Worked out from other answers"),
    "declared": gettext_noop("Told by the person"),
}
LINE_WORDS = {
    PaperLine.ON_FILE: gettext_noop("On file, need not be brought"),
    PaperLine.RECEIVED: gettext_noop("Taken in"),
    PaperLine.NEEDED: gettext_noop("Still missing"),
    PaperLine.OWING: gettext_noop("May follow under a promise"),
    PaperLine.DEFECTIVE: gettext_noop("Has a defect, to be brought again"),
    PaperLine.COMING: gettext_noop("Comes from another item"),
    PaperLine.OFFERED: gettext_noop("May be handed in, need not"),
}
LINE_STATUS: dict[PaperLine, Status] = {
    PaperLine.ON_FILE: "done",
    PaperLine.RECEIVED: "done",
    PaperLine.NEEDED: "waiting",
    PaperLine.OWING: "waiting",
    PaperLine.DEFECTIVE: "overdue",
    PaperLine.COMING: "waiting",
    PaperLine.OFFERED: "not_needed",
}


def status_words(status: str) -> str:
    """Say the status of a request."""
    return _(STATUS_WORDS[status]) if status in STATUS_WORDS else status


def status_of(row: RequestRow) -> Status:
    """Give the shape that stands for where a request is."""
    if row.status == "done":
        return "done"
    if row.status != "open":
        return "not_needed"
    return "ready" if row.next_actor in {"counter", "department"} else "waiting"


def actor_words(actors: Iterable[str]) -> str:
    """Say who must act."""
    return here().listing(_(ACTOR_WORDS[actor]) if actor in ACTOR_WORDS else actor for actor in actors)


def waiting_words(actors: Iterable[str]) -> str:
    """Say on whom it waits."""
    return _("Waits for {who}").format(who=actor_words(actors))


def next_words(row: RequestRow, today: date) -> str:
    """Say who must act next and by which day."""
    if row.status != "open":
        return ""
    parts = [waiting_words([row.next_actor])] if row.next_actor else []
    if row.next_due is not None:
        parts.append(_("by {day}").format(day=here().date(row.next_due, today)))
    return here().listing(parts)


def state_words(state: str) -> str:
    """Say where a task stands in law."""
    return _(STATE_WORDS[state]) if state in STATE_WORDS else state


def value_words(fact: Fact, value: object) -> str:
    """Say the answer to a fact as it is kept."""
    match value:
        case None:
            return pgettext("answer", "I don't know")
        case bool():
            return pgettext("answer", "Yes") if value else pgettext("answer", "No")
        case list() | tuple() | frozenset():
            return here().listing(_option(fact, str(member)) for member in value) or _("None")
    text = str(value)
    match fact.type.value:
        case "date":
            return here().date(date.fromisoformat(text))
        case "money":
            return here().money(Decimal(text))
    return _option(fact, text) + (fact.unit or "")


def source_words(source: str) -> str:
    """Say where a value comes from."""
    return _(SOURCE_WORDS[source]) if source in SOURCE_WORDS else source


def fact_name(catalogue: Catalogue, code: str) -> str:
    """Name a fact; one the catalogue no longer knows keeps its code."""
    found = catalogue.facts.get(code)
    return code if found is None else pick(found.name)


def _option(fact: Fact, key: str) -> str:
    return pick(fact.options[key]) if key in fact.options else key
