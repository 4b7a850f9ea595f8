"""What is known of one request on one day, to which answers, papers, outcomes and acts are added one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.inputs import FactValue, HeldOutcome, Inputs, Key, Kind, Paper
from desktop.workflow.planning.known import REACHED, Known
from desktop.workflow.procedure.legal_states import Act
from desktop.workflow.time.calendars import WorkCalendar

NOTHING_RUN_OUT: Mapping[Key, date] = MappingProxyType({})
_OF_ACTS = ("_done", "made", "begun", "aims", "_anew", "_before_all_acts")
_OF_ANSWERS = ("answered", "aims", "_anew", "_before_all_acts")


class Records(Known):
    """The inputs of one request, read for one day, which grow; adding one takes no longer the more there are."""

    def __init__(
        self,
        catalogue: Catalogue,
        calendar: WorkCalendar,
        inputs: Inputs,
        today: date,
        run_out: Mapping[Key, date] = NOTHING_RUN_OUT,
    ) -> None:
        self._inputs, self._stale = inputs, False
        super().__init__(catalogue, calendar, inputs, today, run_out)
        self.published = catalogue
        self.opened = inputs.opened
        self._facts, self._papers = list(inputs.facts), list(inputs.papers)
        self._outcomes, self._done_acts = list(inputs.held), list(inputs.acts)

    @property
    def inputs(self) -> Inputs:
        """Everything entered so far, put together only when somebody reads it whole."""
        if self._stale:
            self._stale = False
            self._inputs = replace(
                self._inputs,
                facts=tuple(self._facts),
                papers=tuple(self._papers),
                held=tuple(self._outcomes),
                acts=tuple(self._done_acts),
            )
        return self._inputs

    @inputs.setter
    def inputs(self, inputs: Inputs) -> None:
        self._inputs, self._stale = inputs, False

    def tell(self, value: FactValue) -> None:
        """Add an answer; it is the latest word of its source."""
        answers = self._answers
        self._facts.append(value)
        if value.until is None or value.until >= self.today:
            answers.setdefault((value.subject, value.code), []).append(value)
        self._forget(_OF_ANSWERS)

    def bring(self, paper: Paper) -> None:
        """Add a paper, or a word on one."""
        self._papers.append(paper)
        self._stale = True

    def put_on_file(self, held: HeldOutcome) -> None:
        """Add an outcome on file."""
        self._outcomes.append(held)
        self._forget(_OF_ANSWERS)

    def do(self, act: Act) -> None:
        """Add an act."""
        acts = self._acts
        self._done_acts.append(act)
        acts.setdefault((act.item, act.subject), {}).setdefault(act.round, []).append(act)
        if self._rounds:
            key = Key(Kind.ITEM, act.item, act.subject)
            self._rounds.pop(key, None)
            self._states.pop((key, act.round), None)
        self._forget(_OF_ACTS)

    def choose(self, choices: Mapping[str, str]) -> None:
        """Take the choices as they are now."""
        self.inputs = replace(self.inputs, choices=choices)
        self._forget(_OF_ANSWERS)

    def acts_of(self, item: Key) -> Iterator[Act]:
        """Give every act on an item, of whichever round."""
        for acts in self._acts.get((item.code, item.subject), {}).values():
            yield from acts

    def shaping(self) -> tuple[tuple[Key, str | None, bool], ...]:
        """Give the aims that decide which items count and what is on file: those that name an item or mean anew."""
        pinned = {aim.key for aim in self.aims if aim.want.item is not None}
        told = (aim for aim in self.aims if aim.key in pinned or self._is_meant_anew(aim.want))
        return tuple((aim.key, aim.want.item, aim.applies is not Truth.FALSE) for aim in told)

    def has_run_out(self, outcome: Key) -> bool:
        """Tell whether this very matter has issued an outcome that is good no longer."""
        return self.ran_out(outcome) is not None

    def _forget(self, names: tuple[str, ...]) -> None:
        self._stale = True
        self._derived.clear()  # rules are judged anew when they are next asked for
        cached = self.__dict__
        for name in names:
            cached.pop(name, None)

    # -- what this very request has issued and ended, looked up by outcome ----------------------------------------

    def _ended_on(self, outcome: str, subject: str) -> date | None:
        found: date | None = None
        for item in self._enders.get(outcome, ()):
            for number, state in self.rounds(Key(Kind.ITEM, item, subject)).items():
                if state.state in REACHED and number:
                    found = self._made_on(state)
        return found

    @cached_property
    def _enders(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for item in self.catalogue.items.values():
            for outcome in item.ends:
                found[outcome] = (*found.get(outcome, ()), item.code)
        return found

    def ends(self, outcome: str) -> bool:
        """Tell whether an item may end an outcome."""
        return outcome in self._enders

    def made_here(self, outcome: Key) -> HeldOutcome | None:
        """Give what this very matter has issued and is still in force."""
        return next((made for made in self._made_of(outcome) if made.valid_on(self.today)), None)

    def was_made_here(self, outcome: Key) -> bool:
        """Tell whether this very matter has issued an outcome, whatever has become of it since."""
        return next(self._made_of(outcome), None) is not None

    def _made_of(self, outcome: Key) -> Iterator[HeldOutcome]:
        for item in self.catalogue.providers.get(outcome.code, ()):
            key = Key(Kind.ITEM, item.code, outcome.subject)
            for number, state in self.rounds(key).items():
                if state.state in REACHED:
                    yield self._made(key, number, state, outcome.code)
