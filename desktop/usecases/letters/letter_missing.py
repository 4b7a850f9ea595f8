"""Everything a case still misses, put as a letter lists it: needs, alternatives, and what depends on an answer."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from desktop.letters.parts import Depends, Missing, Need, NextActor, OneOf, Way
from desktop.letters.text import Bilingual
from desktop.workflow.catalogue.definitions import Catalogue, Item, Text
from desktop.workflow.catalogue.requirements import All, Any, AtLeast, ForEach, Known, LeafKind, Requirement, When
from desktop.workflow.catalogue.requirements import Need as Leaf
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Actor, GateView, Question
from desktop.workflow.planning.plan import Missing as PlannedMissing
from desktop.workflow.planning.plan import Task as PlannedTask
from desktop.workflow.planning.ways import alternative_at

_ACTORS = {
    Actor.APPLICANT: NextActor.APPLICANT,
    Actor.COUNTER: NextActor.HALL,
    Actor.REGISTRY: NextActor.HALL,
    Actor.DEPARTMENT: NextActor.DEPARTMENT,
    Actor.OTHER_AGENCY: NextActor.OTHER_AGENCY,
}


def both(text: Text) -> Bilingual:
    """Take a text of the catalogue into a letter."""
    return Bilingual(zh=text.zh, en=text.en)


@dataclass(frozen=True)
class Naming:
    """How a letter names things: by the catalogue, and with whose they are where several people take part.

    `whose` has a name by the subject, or the role of whom nobody has named; the applicant, whom the letter is
    written to, has none.
    """

    catalogue: Catalogue
    whose: Mapping[str, Bilingual] = field(default_factory=dict)

    def of(self, key: Key) -> Bilingual:
        """Name a vertex of the plan; what the catalogue no longer knows keeps its code."""
        return self.belonging(self._plain(key), key.subject)

    def belonging(self, name: Bilingual, subject: str) -> Bilingual:
        """Say with the name of something whose it is."""
        whose = self.whose.get(subject)
        if whose is None:
            return name
        return Bilingual(zh=f"{name.zh}（{whose.zh}）", en=f"{name.en} ({whose.en or whose.zh})" if name.en else "")

    def _plain(self, key: Key) -> Bilingual:
        catalogue = self.catalogue
        if key.kind is Kind.FACT:
            fact = catalogue.facts.get(key.code)
            return Bilingual(zh=key.code) if fact is None else both(fact.question or fact.name)
        shelves: dict[Kind, Mapping[str, Text]] = {
            Kind.MATERIAL: {code: one.name for code, one in catalogue.materials.items()},
            Kind.OUTCOME: {code: one.name for code, one in catalogue.outcomes.items()},
            Kind.ITEM: {code: one.name for code, one in catalogue.items.items()},
        }
        found = shelves[key.kind].get(key.code)
        return Bilingual(zh=key.code) if found is None else both(found)


def key_of_leaf(leaf: str) -> Key:
    """Read a vertex back from its word."""
    kind, code, subject = leaf.split(":", 2)
    return Key(Kind(kind), code, subject)


def missing_of_task(naming: Naming, task: PlannedTask, views: Iterable[GateView]) -> list[Missing]:
    """List what some gates of a task miss, every alternative as one entry and every open question as one."""
    rows = [row for view in views for row in view.missing if row.actor in _ACTORS]
    listed: list[Missing] = []
    for row in rows:
        entry = _entry(naming, task.item, row, rows)
        if entry not in listed:
            listed.append(entry)
    asked = {entry.question for entry in listed if isinstance(entry, Depends)}
    return [entry for entry in listed if not (isinstance(entry, Need) and entry.name in asked)]


def is_to_be_brought(entry: Missing) -> bool:
    """Tell whether it is for the applicant to see to an entry."""
    match entry:
        case OneOf(ways=ways):
            return any(is_to_be_brought(need) for way in ways for need in way.needs)
        case Need(actor=actor) | Depends(actor=actor):
            return actor is NextActor.APPLICANT


def bare_question(entry: Missing, asked: AbstractSet[Bilingual]) -> Bilingual | None:
    """Give the question of an entry that names no paper, be it what an answer decides or what is only to be known.

    `asked` are the questions of the plan. None for an entry that names something to bring.
    """
    match entry:
        case Depends(question=question, when_so=when_so, otherwise=otherwise):
            return None if when_so or otherwise else question
        case Need(name=name):
            return name if name in asked else None
        case _:
            return None


def together(entries: Iterable[Missing]) -> list[Missing]:
    """Name what several items ask for once, with all of them."""
    listed: dict[Missing, dict[Bilingual, None]] = {}
    for entry in entries:
        alone = entry.model_copy(update={"needed_for": None}) if isinstance(entry, Need) else entry
        items = listed.setdefault(alone, {})
        if isinstance(entry, Need) and entry.needed_for is not None:
            items[entry.needed_for] = None
    return [_needed_for(entry, list(items)) for entry, items in listed.items()]


def _needed_for(entry: Missing, items: list[Bilingual]) -> Missing:
    if not items:
        return entry
    joined = Bilingual(zh="、".join(one.zh for one in items), en="; ".join(one.en or one.zh for one in items))
    return entry.model_copy(update={"needed_for": joined})


def question_entry(naming: Naming, question: Question) -> Depends:
    """List a question that is still open."""
    return Depends(question=naming.of(question.key), actor=_ACTORS.get(question.actor, NextActor.APPLICANT))


def need_of(naming: Naming, key: Key, actor: Actor = Actor.APPLICANT, item: Item | None = None) -> Need:
    """List one thing that is needed."""
    needed_for = None if item is None else both(item.name)
    return Need(name=naming.of(key), needed_for=needed_for, actor=_ACTORS.get(actor, NextActor.APPLICANT))


def _entry(naming: Naming, item: Item, row: PlannedMissing, rows: list[PlannedMissing]) -> Missing:
    if row.unknown_condition:
        return _depends(naming, item, row)
    if row.one_of:
        return _one_of(naming, item, row, [other for other in rows if other.one_of == row.one_of])
    return need_of(naming, row.key, row.actor, item)


def _depends(naming: Naming, item: Item, row: PlannedMissing) -> Depends:
    """Say what an answer decides: the papers asked for where the condition holds."""
    parts = (part for one in item.requires.values() for part in _inside(one))
    guarded = [part.part for part in parts if isinstance(part, When) and part.condition == row.unknown_condition]
    keys = dict.fromkeys(key for part in guarded for key in _leaves(part, row.key.subject))
    needs = tuple(need_of(naming, key, item=item) for key in keys)
    return Depends(question=naming.of(row.key), when_so=needs, actor=_ACTORS[row.actor])


def _one_of(naming: Naming, item: Item, row: PlannedMissing, group: list[PlannedMissing]) -> Missing:
    """Put the ways that are still open side by side, each with everything that is needed together."""
    whole = alternative_at(item, row.one_of)
    open_leaves = {(other.key.kind, other.key.code): other for other in group}
    ways: list[Way] = []
    for part in () if whole is None else whole.parts:
        found = [open_leaves[key.kind, key.code] for key in _leaves(part, "") if (key.kind, key.code) in open_leaves]
        needs = tuple(dict.fromkeys(need_of(naming, other.key, other.actor) for other in found))
        if needs:
            ways.append(Way(needs=needs))
    if len(ways) < 2:
        return need_of(naming, row.key, row.actor, item)
    k = whole.k if isinstance(whole, AtLeast) else 1
    return OneOf(purpose=_choice(item, k), ways=tuple(ways))


def _choice(item: Item, k: int) -> Bilingual:
    if k == 1:
        return both(item.name)
    return Bilingual(zh=f"{item.name.zh}（以下至少{k}项）", en=f"{item.name.en} (at least {k} of these)")


def _inside(requirement: Requirement) -> Iterator[Requirement]:
    """Walk a requirement and everything in it."""
    yield requirement
    match requirement:
        case All() | Any() | AtLeast():
            for part in requirement.parts:
                yield from _inside(part)
        case When() | ForEach():
            yield from _inside(requirement.part)


def _leaves(requirement: Requirement, subject: str) -> Iterator[Key]:
    """Give what a requirement asks for: papers, outcomes and facts."""
    kinds = {LeafKind.FACT: Kind.FACT, LeafKind.MATERIAL: Kind.MATERIAL, LeafKind.OUTCOME: Kind.OUTCOME}
    for part in _inside(requirement):
        if isinstance(part, Leaf):
            yield Key(kinds[part.kind], part.code, subject)
        elif isinstance(part, Known):
            yield Key(Kind.FACT, part.code, subject)
