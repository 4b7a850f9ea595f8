"""The words of a request's page: statuses, states, who must act, values and sources, said alike wherever they stand."""

from collections.abc import Iterable
from datetime import date

from desktop.ui.pages.request_dates import overdue_words
from desktop.ui.widgets.status_mark import Status
from desktop.usecases.requests.requests import RequestRow
from desktop.usecases.work import act_words, fact_words
from desktop.words import _, gettext_noop, here, pick
from desktop.workflow.catalogue.definitions import Catalogue, Fact
from desktop.workflow.planning.plan import Actor, PaperLine
from desktop.workflow.procedure.legal_states import LegalState

STATUS_WORDS = {
    "open": gettext_noop("Under way"),
    "done": gettext_noop("Finished"),
    "ended": gettext_noop("Ended, not everything granted"),
    "withdrawn": gettext_noop("Withdrawn"),
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
    return here().listing(act_words.actor_words(Actor(actor)) for actor in actors if actor in set(Actor))


def waiting_words(actors: Iterable[str]) -> str:
    """Say on whom it waits."""
    return _("Waits for {who}").format(who=actor_words(actors))


def next_words(row: RequestRow, today: date) -> str:
    """Say who must act next and by which day."""
    if row.status != "open":
        return ""
    parts = [waiting_words([row.next_actor])] if row.next_actor else []
    if row.next_due is not None:
        late = row.next_due < today
        by = _("by {day}").format(day=here().date(row.next_due, today))
        parts.append(overdue_words(row.next_due, today) if late else by)
    return _("{who}, {when}").format(who=parts[0], when=parts[1]) if len(parts) > 1 else "".join(parts)


def state_words(state: str, procedure: str, *, check_owed: bool = False, service_owed: bool = False) -> str:
    """Say where a task stands in law, as its procedure calls it."""
    return act_words.state_words(LegalState(state), procedure, check_owed=check_owed, service_owed=service_owed)


def value_words(fact: Fact, value: object) -> str:
    """Say the answer to a fact as it is kept, in the language of the seat."""
    return fact_words.value_words(fact, value, here())


def source_words(source: str) -> str:
    """Say where a value comes from."""
    return _(SOURCE_WORDS[source]) if source in SOURCE_WORDS else source


def fact_name(catalogue: Catalogue, code: str) -> str:
    """Name a fact; one the catalogue no longer knows keeps its code."""
    found = catalogue.facts.get(code)
    return code if found is None else pick(found.name)
