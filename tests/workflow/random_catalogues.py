"""Small catalogues and inputs made at random, for the principles of the engine; the same number gives the same town."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from desktop.workflow.catalogue.definitions import Catalogue, Fact, Item, Material, Outcome, Want
from desktop.workflow.catalogue.requirements import (
    After,
    All,
    Any,
    AtLeast,
    Deferral,
    ForEach,
    Known,
    Need,
    Phase,
    Requirement,
    When,
)
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.planning.inputs import DECLINED, TAKEN, Inputs, Key, Kind
from desktop.workflow.procedure.legal_states import Act, ActKind, ActorRole
from desktop.workflow.procedure.procedures import ItemKind
from tests.workflow.small_town import WHO, act, fact, handed, held, inputs, item, need, outcome, paper_kind, told, town

FACTS = ("f1", "f2", "f3", "f4")
PAPERS = ("p1", "p2", "p3", "p4")
OUTCOMES = ("o1", "o2", "o3", "o4", "o5")
CONDITIONS = ("f1", "not f2", "f1 and f3", "f2 or not f4", "f3 and not f4", "f4", "not f1 or f2")
HEIRS = "heirs"
STEPS = (ActKind.SUBMIT, ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE)
PROFILE = settings(derandomize=True, deadline=None, max_examples=60)
"""Every property is tried on the same sixty towns in every run."""


@dataclass(frozen=True)
class Case:
    """A catalogue, what is known of a request, and the chance it was made from."""

    catalogue: Catalogue
    known: Inputs
    chance: Random


def cases(*, acyclic: bool = False, begun: bool = True) -> st.SearchStrategy[Case]:
    """Make towns; `acyclic` ones have no item that waits for itself, and without `begun` nothing was done yet."""

    def made(number: int) -> Case:
        chance = Random(number)  # noqa: S311 — an invented town, nothing secret
        catalogue = _catalogue(chance, acyclic=acyclic)
        known = _inputs(chance, catalogue, begun=begun)
        return Case(catalogue, known, chance)

    return st.integers(0, 2**32).map(made)


def _catalogue(chance: Random, *, acyclic: bool) -> Catalogue:
    things: list[Fact | Material | Outcome | Item] = [fact(code) for code in FACTS]
    things.append(fact(HEIRS, FactType.SET, minimum=1))
    for code in PAPERS:
        shows = (chance.choice(OUTCOMES),) if chance.random() < 0.4 else ()
        owing = Deferral() if chance.random() < 0.3 else None
        things.append(paper_kind(code, provided_by=shows, deferrable=owing))
    things += [outcome(code) for code in OUTCOMES]
    for number in range(1, 7):
        provides = OUTCOMES[min(number, 5) - 1] if acyclic else chance.choice(OUTCOMES)
        later = OUTCOMES[number:] if acyclic else OUTCOMES
        things.append(_item(chance, number, provides, later))
    return town(*things, wants=tuple(_want(chance, code) for code in chance.sample(OUTCOMES[:3], chance.randint(1, 3))))


def _item(chance: Random, number: int, provides: str, later: tuple[str, ...]) -> Item:
    phases = [phase for phase in (Phase.SUBMIT, Phase.ACCEPT, Phase.DECIDE, Phase.ISSUE) if chance.random() < 0.45]
    return item(
        f"i{number}",
        provides,
        {phase: _requirement(chance, 3, later, number) for phase in phases},
        eligible=chance.choice(CONDITIONS) if chance.random() < 0.3 else None,
        kind=ItemKind.PROMISED,
    )


def _want(chance: Random, code: str) -> Want:
    condition = chance.choice(CONDITIONS) if chance.random() < 0.5 else None
    return Want(outcome=code, when=condition, opt_in=chance.random() < 0.2, anew=chance.random() < 0.2)


def _requirement(chance: Random, depth: int, later: tuple[str, ...], number: int) -> Requirement:
    form = chance.random()
    if depth == 0 or form < 0.35:
        return _leaf(chance, later, number)
    if form < 0.5:
        return When(condition=chance.choice(CONDITIONS), part=_requirement(chance, depth - 1, later, number))
    if form < 0.55:
        return ForEach(members=HEIRS, role="heir", part=need(chance.choice(PAPERS), of="heir"))
    parts = tuple(_requirement(chance, depth - 1, later, number) for _ in range(chance.randint(1, 3)))
    if form < 0.75:
        return Any(parts=parts)
    if form < 0.85:
        return AtLeast(k=chance.randint(1, len(parts)), parts=parts)
    return All(parts=parts)


def _leaf(chance: Random, later: tuple[str, ...], number: int) -> Need | Known | After:
    form = chance.random()
    if form < 0.2:
        return need(chance.choice(FACTS))
    if form < 0.3:
        return Known(code=chance.choice(FACTS))
    if form < 0.65 or not later:
        return need(chance.choice(PAPERS), optional=chance.random() < 0.1)
    if form < 0.9:
        return need(chance.choice(later))
    return After(item=f"i{chance.randint(number + 1, 6)}") if number < 6 else need("p1")


def _inputs(chance: Random, catalogue: Catalogue, *, begun: bool) -> Inputs:
    answers = {code: chance.choice((True, False, None)) for code in FACTS if chance.random() < 0.4}
    facts = tuple(told(code, value) for code, value in answers.items())
    if chance.random() < 0.5:
        facts += (told(HEIRS, frozenset({"ben", "cat"})),)
    return inputs(
        facts=facts,
        papers=tuple(handed(code) for code in PAPERS if chance.random() < 0.3),
        held=tuple(held(code) for code in OUTCOMES if chance.random() < 0.15),
        acts=_acts(chance, catalogue) if begun else (),
        choices={
            Key(Kind.OUTCOME, code, WHO).leaf: chance.choice((TAKEN, DECLINED))
            for code in OUTCOMES
            if chance.random() < 0.3
        },
    )


def _acts(chance: Random, catalogue: Catalogue) -> tuple[Act, ...]:
    done: list[Act] = []
    for code in catalogue.items:
        if chance.random() < 0.25:
            done += [step(kind, code) for kind in STEPS[: chance.randint(1, len(STEPS))]]
    return tuple(done)


def step(kind: ActKind, code: str) -> Act:
    """Do one act of the ordinary procedure."""
    return act(kind, code, role=ActorRole.CLERK if kind is ActKind.SUBMIT else ActorRole.REVIEWER)


def shuffled(case: Case) -> Inputs:
    """Give the same inputs in another order; answers to one fact keep theirs."""
    known, chance = case.known, case.chance
    return replace(
        known,
        facts=tuple(chance.sample(known.facts, len(known.facts))),
        papers=tuple(chance.sample(known.papers, len(known.papers))),
        held=tuple(chance.sample(known.held, len(known.held))),
    )
