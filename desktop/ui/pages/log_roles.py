"""Who takes part: every role the need asks for by name, and an agent or a guardian where somebody acts for another."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from desktop.ui.navigation import Seat
from desktop.ui.pages.log_people import Called, Named, name_words
from desktop.ui.pages.log_role import RolePart
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.faults import Fault
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, emptied
from desktop.ui.widgets.notice import Notice
from desktop.usecases.requests.requests import Mandate
from desktop.usecases.requests.taking_part import AGENT, GUARDIAN, must_be_named, roles_of_demand
from desktop.words import _, here, pick
from desktop.workflow.catalogue.definitions import APPLICANT, Catalogue, Demand, Role


class RolesCard(Retranslated, Card):
    """Required roles stand open, optional ones behind a button; `changed` says that somebody else takes part.

    `finished` goes on, once everybody who has to be named is.
    """

    changed = Signal()
    finished = Signal()
    warned = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.parts: dict[str, RolePart] = {}
        self.add_buttons: dict[str, Button] = {}
        self._catalogue = Catalogue()
        self._demand: Demand | None = None
        self._applicant: Named | None = None
        self._minor = False
        self.notice = Notice()
        self._add_label = Label(role="muted")
        self._adds = Flow(spacing=0.5)
        self._parts = Column(spacing=2)
        self.add(self.notice)
        self.column.insertLayout(self.column.count() - 1, self._parts)
        for widget in (self._add_label, self._adds):
            self.add(widget)
        self.retranslate()

    def begin(self, catalogue: Catalogue) -> None:
        """Forget everybody."""
        self._catalogue, self._demand = catalogue, None
        self.notice.clear()
        self._minor = False
        for code in list(self.parts):
            self._remove(code)

    def show_demand(self, demand: Demand) -> None:
        """Ask for those this need speaks of; who is named already and still takes part stays."""
        self._demand = demand
        roles = {role.code: role for role in roles_of_demand(demand) if role.code != APPLICANT}
        for code in [code for code in self.parts if code not in roles or self.parts[code].role != roles[code]]:
            self._remove(code)
        for code, role in roles.items():
            if must_be_named(role) and code not in self.parts:
                self._open(role)
        self._show_adds()
        self._show_here()

    def show_applicant(self, applicant: Named | None) -> None:
        """Know whom it is for, so that the same person in another role is a click."""
        self._applicant = applicant
        if applicant is not None and applicant.kind != "person" and GUARDIAN in self.parts:
            self._remove(GUARDIAN)
        self._show_adds()
        self._show_here()

    def advise_guardian(self, *, minor: bool, needed: bool) -> None:
        """Say that a child should not stand alone, and open the guardian's place; it stays needed once it is filled."""
        if GUARDIAN in self.parts and self.parts[GUARDIAN].wanted != needed:
            self.parts[GUARDIAN].want(wanted=needed)
        if minor == self._minor:
            return
        self._minor = minor
        if minor and GUARDIAN not in self.parts and self._demand is not None:
            self.open(GUARDIAN)
        if GUARDIAN in self.parts:
            self.parts[GUARDIAN].want(wanted=needed)
        self._say_minor()

    def roles(self) -> dict[str, tuple[UUID, ...]]:
        """Who stands in which role."""
        return {code: tuple(n.subject for n in part.named) for code, part in self.parts.items() if part.named}

    def unnamed(self) -> tuple[str, ...]:
        """The roles whose holder's name is not known yet."""
        return tuple(code for code, part in self.parts.items() if part.unnamed)

    def mandates(self) -> dict[str, Mandate]:
        """The authority of those who act for another."""
        acting = ((code, part.mandate) for code, part in self.parts.items() if part.named)
        return {code: form.mandate() for code, form in acting if form is not None}

    def faults(self) -> list[Fault]:
        """Say at each role who is not named or not taken yet, and what an authority lacks."""
        return [fault for part in self.parts.values() for fault in part.faults()]

    def missing_guardian(self) -> list[Fault]:
        """Say at the guardian's place that a minor does not ask alone."""
        part = self.parts.get(GUARDIAN)
        if part is None or not part.wanted or part.settled:
            return []
        part.set_error(_("The applicant is under 18. A guardian has to take part."))
        return [part.fault()]

    def people(self) -> tuple[Named, ...]:
        """Everybody and everything the form names, the applicant first."""
        found = [each for part in self.parts.values() for each in part.named]
        return tuple(dict.fromkeys([*([self._applicant] if self._applicant else []), *found]))

    def called(self) -> dict[str, Called]:
        """Say of each subject but the applicant how it is called, and of each role without one its own name."""
        found = {f"role:{code}": Called(pick(part.role.name)) for code, part in self.parts.items()}
        for part in self.parts.values():
            for named in part.named:
                found[str(named.subject)] = Called(pick(part.role.name), name_words(named))
        if self._applicant is not None:
            found.pop(str(self._applicant.subject), None)
        return found

    def holders(self) -> dict[str, tuple[str, ...]]:
        """The subjects of each role as the plan calls them."""
        return {code: tuple(str(n.subject) for n in part.named) for code, part in self.parts.items()}

    def open(self, code: str) -> None:
        """Open the place of an optional role and bring the keyboard there."""
        if self._demand is None:
            return
        role = next((role for role in roles_of_demand(self._demand) if role.code == code), None)
        if role is not None and code not in self.parts:
            self._open(role)
            self._show_adds()
            self._show_here()

    def unfilled(self) -> int:
        """Count the roles that still have to be named."""
        return sum(must_be_named(part.role) and not part.settled for part in self.parts.values())

    def focus_open(self) -> bool:
        """Bring the keyboard to the first role that is still to be named; say whether there is one."""
        part = next((part for part in self.parts.values() if not part.settled and must_be_named(part.role)), None)
        if part is not None:
            part.focus_first()
        return part is not None

    def say_error(self, code: str, about: str, words: str, *, focus: bool) -> bool:
        """Say what is wrong beside the role it is about, and go there; False when it is about none."""
        self.open(about)
        part = self.parts.get(about)
        if part is None:
            return False
        if part.mandate is not None and part.named and part.mandate.say_error(code, words, focus=focus):
            return True
        part.set_error(words)
        if focus:
            part.focus_first()
        return True

    def state(self) -> dict[str, Any]:
        """Give who takes part, as it is kept in a draft."""
        return {code: part.state() for code, part in self.parts.items()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Show who took part."""
        for code, state in kept.items():
            self.open(code)
            if code in self.parts:
                self.parts[code].restore(state)
        self._show_here()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.set_title(_("Who takes part"))
        self._add_label.set_text(_("If somebody acts for them or is concerned too:"))
        self._show_adds()
        self._show_here()
        self._say_minor()

    def _say_minor(self) -> None:
        if self._minor:
            self.notice.say("warning", _("The applicant is under 18. A guardian has to take part."))
        else:
            self.notice.clear()

    def _open(self, role: Role) -> None:
        part = RolePart(self.seat, role)
        part.changed.connect(self._on_changed)
        part.warned.connect(self.warned)
        part.filled.connect(partial(self._on_filled, part))
        part.left.connect(partial(self._on_left, role.code))
        self.parts[role.code] = part
        self._parts.addWidget(part)
        part.show()  # at once, so that it can take the keyboard

    def _remove(self, code: str) -> None:
        part = self.parts.pop(code)
        self._parts.removeWidget(part)
        part.hide()
        part.deleteLater()

    def _show_adds(self) -> None:
        layout = self._adds.layout()
        if layout is not None:
            emptied(layout)
        self.add_buttons = {}
        kind = None if self._applicant is None else self._applicant.kind
        roles: Sequence[Role] = () if self._demand is None else roles_of_demand(self._demand, kind)
        for role in roles:
            if role.optional and role.code not in self.parts and role.code != APPLICANT:
                button = Button(pick(role.name), icon="plus")
                button.clicked.connect(partial(self._on_added, role.code))
                self.add_buttons[role.code] = button
                self._adds.add(button)
        for widget in (self._add_label, self._adds):
            widget.setVisible(bool(self.add_buttons))

    def _show_here(self) -> None:
        people = self.people()
        for code, part in self.parts.items():
            acting = code in {AGENT, GUARDIAN}
            here_now = tuple(one for one in people if not (acting and one == self._applicant))
            part.show_here(here_now, self._note(code, part.role))

    def _note(self, code: str, role: Role) -> str:
        """Say who has to come in person: beside the role itself, and beside the agent who cannot stand in for it."""
        if code == AGENT and self._demand is not None:
            own = [pick(each.name) for each in self._demand.roles if each.in_person]
            if own:
                return _("An agent cannot stand in for: {roles}.").format(roles=here().listing(own))
        items = [self._catalogue.items[item].name for item in role.in_person if item in self._catalogue.items]
        if not items:
            return ""
        return _("Has to come in person for: {items}.").format(items=here().listing(pick(name) for name in items))

    def _on_added(self, code: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.open(code)
        self.parts[code].focus_first()

    def _on_left(self, code: str) -> None:
        named = bool(self.parts[code].named)
        self._remove(code)
        self._show_adds()
        if named:
            self._on_changed()

    def _on_filled(self, part: RolePart) -> None:
        if not part.focus_next() and not self.focus_open():
            self.finished.emit()

    def _on_changed(self) -> None:
        self._show_here()
        self.changed.emit()
