"""Which open questions stand between a person and the list of papers: until they are answered it is not whole."""

from collections.abc import Iterable, Iterator

from desktop.workflow.catalogue.definitions import Catalogue, Item
from desktop.workflow.catalogue.requirements import (
    All,
    Any,
    AtLeast,
    ForEach,
    LeafKind,
    Need,
    Requirement,
    When,
    leaves,
)
from desktop.workflow.planning.inputs import Kind
from desktop.workflow.planning.plan import Plan, Question, Reason, Rule


def papers_hang_on(plan: Plan) -> tuple[Question, ...]:
    """Give the questions whose answer may call for papers, in the order they are asked.

    What is only to be known, such as a telephone number, calls for none; neither does what leads elsewhere.
    """
    catalogue = plan.catalogue
    return tuple(
        question
        for question in plan.questions
        if any(_may_call_for_papers(catalogue, reason) for reason in plan.reasons.get(question.key, ()))
    )


def _may_call_for_papers(catalogue: Catalogue, reason: Reason) -> bool:
    parent = reason.parent
    if parent is None or reason.rule not in {Rule.CONDITION, Rule.MEMBERS}:
        return False
    if parent.kind is Kind.OUTCOME:
        return _asks(catalogue, _providing(catalogue, parent.code), set())
    item = catalogue.items.get(parent.code)
    return item is not None and any(
        _asks_one(catalogue, part, set()) for whole in item.requires.values() for part in _hanging(whole, reason)
    )


def _hanging(requirement: Requirement, reason: Reason) -> Iterator[Requirement]:
    """Give what is asked for only under the condition of a reason, or once for each member of its set."""
    match requirement:
        case All() | Any() | AtLeast():
            for part in requirement.parts:
                yield from _hanging(part, reason)
        case When():
            if requirement.condition in reason.conditions:
                yield requirement.part
            yield from _hanging(requirement.part, reason)
        case ForEach():
            if reason.rule is Rule.MEMBERS:
                yield requirement.part
            yield from _hanging(requirement.part, reason)


def _providing(catalogue: Catalogue, outcome: str) -> tuple[Item, ...]:
    return catalogue.providers.get(outcome, ())


def _asks(catalogue: Catalogue, items: Iterable[Item], seen: set[str]) -> bool:
    """Tell whether items ask for a paper, themselves or for what they need of others."""
    for item in items:
        if item.code not in seen:
            seen.add(item.code)
            if any(_asks_one(catalogue, part, seen) for part in item.requires.values()):
                return True
    return False


def _asks_one(catalogue: Catalogue, requirement: Requirement, seen: set[str]) -> bool:
    for leaf in leaves(requirement):
        if not isinstance(leaf, Need):
            continue
        if leaf.kind is LeafKind.MATERIAL and not leaf.optional:
            return True
        if leaf.kind is LeafKind.OUTCOME and _asks(catalogue, _providing(catalogue, leaf.code), seen):
            return True
    return False
