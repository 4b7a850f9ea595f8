"""Who takes part in a request, with which authority, and putting right what is kept of them."""

from functools import partial

from PySide6.QtCore import Signal, Slot

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import THINGS, Named, called, role_words
from desktop.ui.pages.request_person import TITLES, PersonForm, What
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.key_value import KeyValue
from desktop.usecases.permissions import Permission
from desktop.usecases.requests.requests import RoleRow
from desktop.usecases.requests.taking_part import CAPACITIES, SCOPES
from desktop.usecases.requests.timeline import CaseView
from desktop.words import _, here
from desktop.workflow.catalogue.definitions import APPLICANT


class PeopleCard(Card):
    """Who takes part; at the counter a telephone or a name is put right here, and a card shown later added."""

    done = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self._case: CaseView | None = None
        self.rows, self.form = KeyValue(), PersonForm(seat)
        self.phone, self.card = Button("", icon="phone"), Button("", icon="file-plus")
        self.name = Button("", icon="edit")
        self._offered = Flow(self.phone, self.card, self.name)
        for widget in (self.rows, self._offered, self.form):
            self.add(widget)
        self.phone.clicked.connect(partial(self._on_begin, "phone"))
        self.card.clicked.connect(partial(self._on_begin, "card"))
        self.name.clicked.connect(partial(self._on_begin, "name"))
        self.form.done.connect(self._on_done)
        self.form.left.connect(self.put_away)
        self._offered.hide()

    def show_case(self, case: CaseView) -> None:
        """Show who takes part; what is half typed stays."""
        self._case = case
        self.rows.set_rows([*people_rows(case), *owing_rows(case)])
        self._offer()

    def say(self) -> None:
        """Say the words in the language of the seat."""
        self.set_title(_("People"))
        for button, what in ((self.phone, TITLES["phone"]), (self.card, TITLES["card"]), (self.name, TITLES["name"])):
            button.set_text(_(what))
        self.form.say()

    @Slot()
    def put_away(self) -> None:
        """Put the form away."""
        self.form.hide()
        self._offer()

    def _offer(self) -> None:
        may = self._case is not None and bool(reachable(self._case)) and self.seat.may(Permission.CHANGE_PERSON)
        self._offered.setVisible(may and self.form.isHidden())

    def _on_begin(self, what: What, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        if self._case is not None:
            self._offered.hide()
            self.form.begin(what, self._case.view.row.id, reachable(self._case))

    @Slot(str)
    def _on_done(self, said: str) -> None:
        self.put_away()
        self.done.emit(said)


def reachable(case: CaseView) -> tuple[Named, ...]:
    """Give whoever takes part and may have a telephone and a card, each once: people and bodies, no things."""
    people = (Named(role.subject_id, role.name, role.kind) for role in case.view.roles if role.kind not in THINGS)
    return tuple(dict.fromkeys(people))


def people_rows(case: CaseView) -> list[tuple[str, str]]:
    """Who takes part, by role, no line twice; of an agent or a guardian also as what, for what and until when."""
    demand = None if case.view.plan is None else case.view.plan.demand
    rows = ((role_words(demand, role.role), _part(role, case)) for role in case.view.roles)
    return list(dict.fromkeys(rows))


def owing_rows(case: CaseView) -> list[tuple[str, str]]:
    """Say in which other requests these people owe a paper past its day."""
    told = [
        _("No. {number}, promised for {day}").format(number=row.number, day=here().date(row.promise_due, case.today))
        for row in case.missed_elsewhere
    ]
    return [(_("Owing elsewhere"), "\n".join(told))] if told else []


def _part(role: RoleRow, case: CaseView) -> str:
    open_name = not role.name and role.kind == "person" and role.role != APPLICANT
    said = [_("Name not known yet") if open_name else called(role.name, role.kind)]
    capacities = CAPACITIES.get(role.role, {})
    if role.capacity in capacities:
        said.append(_(capacities[role.capacity]))
    if role.scope in SCOPES:
        said.append(_("sent for: {what}").format(what=_(SCOPES[role.scope])))
    if role.until is not None:
        said.append(_("until {day}").format(day=here().date(role.until, case.today)))
    return here().listing(said)
