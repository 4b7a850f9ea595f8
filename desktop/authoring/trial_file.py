"""The file of a case to be tried, written by hand: who takes part, facts, papers, choices, every slip with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from desktop.authoring.fault_words import sentence
from desktop.authoring.faults import CatalogueFault, CatalogueUnreadable
from desktop.authoring.nodes import MAX_BYTES, Block, Listing, Node, Scalar, kind_of, read_tree
from desktop.authoring.trial import Given, expect_demand, subject_of
from desktop.authoring.values import near
from desktop.words import Words
from desktop.words import gettext_noop as _
from desktop.workflow.catalogue.definitions import (
    APPLICANT,
    CASE,
    Catalogue,
    Demand,
    Fact,
    Item,
    Material,
    Outcome,
    Role,
    Text,
)
from desktop.workflow.catalogue.numbers import NumberFault, least_of, most_of, read_number
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.planning.inputs import FactValue, Key, Kind, Paper, PaperState

SECTIONS = ("roles", "facts", "papers", "choices")
ON_FILE = "on_file"
_YES, _NO = frozenset({"true", "yes", "是", "有"}), frozenset({"false", "no", "否", "无", "没有"})
_STATES: Mapping[str, str] = {
    **{state.value: state.value for state in PaperState},
    ON_FILE: ON_FILE,
    "已交": "received",
    "需更换": "defective",
    "已退": "returned",
    "已在库": ON_FILE,
}
SENTENCES: Mapping[str, str] = {
    "trial_section_unknown": _("There is no section {key}. A case has: {known}."),
    "trial_role_unknown": _("Nobody takes part as {found}. In this matter there are: {known}."),
    "trial_name_taken": _("The name {found} cannot be somebody's here. Choose another."),
    "trial_fact_unknown": _("There is no fact {found}. Did you mean: {near}?"),
    "trial_paper_unknown": _("There is no paper {found}. Did you mean: {near}?"),
    "trial_outcome_unknown": _("There is no result {found}. Did you mean: {near}?"),
    "trial_way_unknown": _("{found} is no way to get it. The ways are: {known}."),
    "trial_state_unknown": _("A paper cannot be {found}. Write one of: {known}."),
    "trial_value_unfit": _("{fact} cannot be {found}. Write {wanted}."),
    "trial_number_small": _("{fact} cannot be {found}. Write at least {least}."),
    "trial_number_large": _("{fact} cannot be {found}. Write at most {most}."),
    "trial_fact_unknown_far": _("There is no fact {found}. Compare it with the names in the catalogue."),
    "trial_paper_unknown_far": _("There is no paper {found}. Compare it with the names in the catalogue."),
    "trial_outcome_unknown_far": _("There is no result {found}. Compare it with the names in the catalogue."),
    "trial_wrong_shape": _("{key}: here stands {found}, but {wanted} is wanted."),
}
"""What is wrong with the file of a case."""

_WANTED: Mapping[FactType, str] = {
    FactType.BOOL: _("yes or no (是, 否, true, false)"),
    FactType.INT: _("a whole number"),
    FactType.DECIMAL: _("a number"),
    FactType.MONEY: _("an amount in yuan"),
    FactType.DATE: _("a date as 2026-03-02"),
    FactType.TEXT: _("a text"),
    FactType.ENUM: _("one of its options: {options}"),
    FactType.SET: _("a list, such as [a, b]"),
}
_SHAPES: Mapping[str, str] = {
    "block": _("keys with values"),
    "list": _("a list"),
    "text": _("a text"),
    "int": _("a whole number"),
    "decimal": _("a number"),
    "bool": _("true or false"),
    "nothing": _("nothing"),
    "name": _("a name or a list of names"),
}


_NUMBER_FAULTS: Mapping[str, str] = {
    "number_unreadable": "trial_value_unfit",
    "number_too_small": "trial_number_small",
    "number_too_large": "trial_number_large",
}


def told(fault: CatalogueFault, words: Words) -> str:
    """Say a fault of a case file in one line: file, line, what is wrong and how to mend it."""
    code = f"{fault.code}_far" if fault.values.get("near") == () else fault.code
    msgid = SENTENCES.get(code)
    said = sentence(fault, words) if msgid is None else words.gettext(msgid).format(**_said(fault, words))
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    return words.gettext("{place} Error: {sentence}").format(place=place, sentence=said)


def read_given(catalogue: Catalogue, demand: str, path: Path, today: date) -> Given:
    """Read the file of a case for one demand.

    Raises CatalogueUnreadable with every fault at its line; TrialFault demand_unknown.
    """
    expect_demand(catalogue, demand)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError:
        raise CatalogueUnreadable([CatalogueFault(path.name, 0, "file_not_readable")]) from None
    tree, faults = read_tree(path.name, raw)
    given = given_of(catalogue, demand, path.name, tree, today, faults)
    if faults:
        raise CatalogueUnreadable(faults)
    return given


def given_of(
    catalogue: Catalogue, demand: str, file: str, tree: Block, today: date, faults: list[CatalogueFault]
) -> Given:
    """Read a case that stands in a block; what cannot be read is told in `faults` and left out."""
    return _Reader(catalogue, demand, file, faults, today).read(tree)


class _Reader:
    """Reads one file; what cannot be read is told and left out."""

    def __init__(self, catalogue: Catalogue, demand: str, file: str, faults: list[CatalogueFault], today: date) -> None:
        self._catalogue, self._demand = catalogue, demand
        self._file, self._faults, self._today = file, faults, today
        self._roles: dict[str, tuple[str, ...]] = {}

    def read(self, tree: Block) -> Given:
        """Read every section; people first, because the others speak of them."""
        for key in tree.parts:
            if key not in SECTIONS:
                self._fault(tree.lines[key], "trial_section_unknown", key=key, known=SECTIONS)
        for line, key, node in self._block(tree, "roles"):
            self._add_role(line, key, node)
        facts = [f for line, key, node in self._block(tree, "facts") if (f := self._fact(line, key, node))]
        papers = [p for line, key, node in self._listed(tree, "papers") if (p := self._paper(line, key, node))]
        choices = [c for line, key, node in self._block(tree, "choices") if (c := self._choice(line, key, node))]
        return Given(self._roles, tuple(facts), tuple(papers), dict(choices))

    # -- sections -----------------------------------------------------------------------------------------------

    def _block(self, tree: Block, section: str) -> Iterator[tuple[int, str, Node]]:
        node = tree.parts.get(section)
        if node is None or kind_of(node) == "nothing":
            return
        if not isinstance(node, Block):
            self._shape(node, section, "block")
            return
        yield from ((node.lines[key], key, part) for key, part in node.parts.items())

    def _listed(self, tree: Block, section: str) -> Iterator[tuple[int, str, Node]]:
        """Give a section that may also be a plain list of names."""
        node = tree.parts.get(section)
        if not isinstance(node, Listing):
            yield from self._block(tree, section)
            return
        for part in node.parts:
            if isinstance(part, Scalar):
                yield part.line, part.text, Scalar(part.line, "received")
            else:
                self._shape(part, section, "text")

    def _add_role(self, line: int, key: str, node: Node) -> None:
        demand = self._catalogue.demands[self._demand]
        role = _role(demand, key)
        if role is None:
            known = tuple(each.code for each in demand.roles)
            self._fault(line, "trial_role_unknown", found=key, known=known)
            return
        parts = node.parts if isinstance(node, Listing) else [node]
        names = [part.text for part in parts if isinstance(part, Scalar) and part.text]
        if len(names) != len(parts) or not names:
            self._shape(node, key, "name")
            return
        for name in names:
            if name == CASE or name.startswith("role:"):
                self._fault(line, "trial_name_taken", found=name)
                return
        self._roles[role] = tuple(names)

    def _fact(self, line: int, key: str, node: Node) -> FactValue | None:
        whose, last = self._whose(key)
        found = self._catalogue.names.find(last)
        if found is None:
            self._fault(line, "trial_fact_unknown", found=key, near=self._catalogue.names.near(last))
            return None
        fact = self._catalogue.facts[found.code]
        if isinstance(node, Scalar) and node.type == "nothing":
            return FactValue(self._subject(whose or fact.about), fact.code, None)
        try:
            value = _value(fact, node)
        except NumberFault as fault:
            limits = {"least": least_of(fact), "most": most_of(fact)}
            shown = node.text if isinstance(node, Scalar) else kind_of(node)
            self._fault(node.line, _NUMBER_FAULTS[fault.code], fact=fact.name, found=shown, wanted=fact, **limits)
            return None
        except ValueError:
            shown = node.text if isinstance(node, Scalar) else kind_of(node)
            self._fault(node.line, "trial_value_unfit", fact=fact.name, found=shown, wanted=fact)
            return None
        return FactValue(self._subject(whose or fact.about), fact.code, value)

    def _paper(self, line: int, key: str, node: Node) -> Paper | None:
        whose, last = self._whose(key)
        material = _named(self._catalogue.materials, last)
        if material is None:
            self._fault(line, "trial_paper_unknown", found=key, near=_near(self._catalogue.materials, last))
            return None
        state = _STATES.get(node.text) if isinstance(node, Scalar) else None
        if state is None:
            shown = node.text if isinstance(node, Scalar) else kind_of(node)
            self._fault(node.line, "trial_state_unknown", found=shown, known=tuple(_STATES)[:4])
            return None
        subject = self._subject(whose or material.about)
        if state == ON_FILE:
            return Paper(subject, material.code, received=self._today - timedelta(days=1))
        return Paper(subject, material.code, PaperState(state), received=self._today)

    def _choice(self, line: int, key: str, node: Node) -> tuple[str, str] | None:
        whose, last = self._whose(key)
        outcome = _named(self._catalogue.outcomes, last)
        if outcome is None:
            self._fault(line, "trial_outcome_unknown", found=key, near=_near(self._catalogue.outcomes, last))
            return None
        ways = {item.code: item for item in self._catalogue.providers.get(outcome.code, ())}
        way = _named(ways, node.text) if isinstance(node, Scalar) else None
        if way is None:
            shown = node.text if isinstance(node, Scalar) else kind_of(node)
            self._fault(node.line, "trial_way_unknown", found=shown, known=tuple(ways))
            return None
        leaf = Key(Kind.OUTCOME, outcome.code, self._subject(whose or outcome.about)).leaf
        return leaf, way.code

    # -- words --------------------------------------------------------------------------------------------------

    def _whose(self, key: str) -> tuple[str, str]:
        """Take `whose.what` apart; a name with a dot of its own stays whole."""
        head, dot, last = key.partition(".")
        known = _role(self._catalogue.demands[self._demand], head)
        if dot and known is not None:
            return known, last
        people = {name for names in self._roles.values() for name in names}
        return (head, last) if dot and head in people else ("", key)

    def _subject(self, whose: str) -> str:
        if any(whose in names for names in self._roles.values()):
            return whose
        return subject_of(self._catalogue, self._demand, self._roles, whose)

    def _shape(self, node: Node, key: str, wanted: str) -> None:
        self._fault(node.line, "trial_wrong_shape", key=key, found=kind_of(node), wanted=wanted)

    def _fault(self, line: int, code: str, **values: object) -> None:
        self._faults.append(CatalogueFault(self._file, line, code, values))


class _Unfit(ValueError):
    """A value that its fact cannot have."""


def _role(demand: Demand, word: str) -> str | None:
    if word == APPLICANT:
        return APPLICANT
    found: Role | None = next((r for r in demand.roles if word in {r.code, r.name.zh, r.name.en}), None)
    return None if found is None else found.code


def _named(
    things: Mapping[str, Material] | Mapping[str, Outcome] | Mapping[str, Item], word: str
) -> Material | Outcome | Item | None:
    """Give the entry that has this code or name."""
    if word in things:
        return things[word]
    return next((thing for thing in things.values() if word in {thing.name.zh, thing.name.en}), None)


def _near(things: Mapping[str, Material] | Mapping[str, Outcome], word: str) -> tuple[str, ...]:
    return near(word, [name for thing in things.values() for name in (thing.code, thing.name.zh, thing.name.en)])


def _value(fact: Fact, node: Node) -> object:
    """Give a written value the type of its fact; an option may be written by its code or by its name."""
    if fact.type is FactType.SET and isinstance(node, Listing):
        return frozenset(_member(fact, part) for part in node.parts)
    if fact.type is FactType.SET or not isinstance(node, Scalar):
        raise _Unfit
    return _VALUES[fact.type](fact, node.text.strip())


def _member(fact: Fact, node: Node) -> str:
    if not isinstance(node, Scalar):
        raise _Unfit
    return _option(fact, node.text.strip()) if fact.options else node.text.strip()


def _yes_or_no(_fact: Fact, text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise ValueError(word)
    return word in _YES


def _day(_fact: Fact, text: str) -> date:
    return date.fromisoformat(text)


def _option(fact: Fact, text: str) -> str:
    code = fact.kind.option_labels.get(text, text)
    if code not in fact.options:
        raise ValueError(text)
    return code


def _text(_fact: Fact, text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


_VALUES: Mapping[FactType, Callable[[Fact, str], object]] = {
    FactType.BOOL: _yes_or_no,
    FactType.INT: read_number,
    FactType.DECIMAL: read_number,
    FactType.MONEY: read_number,
    FactType.DATE: _day,
    FactType.ENUM: _option,
    FactType.TEXT: _text,
}


def _said(fault: CatalogueFault, words: Words) -> dict[str, str]:
    """Say the values of a fault: names in the language, lists in a row, the shapes of things in words."""
    said: dict[str, str] = {}
    for key, value in fault.values.items():
        if isinstance(value, Text):
            said[key] = words.pick(value)
        elif isinstance(value, Fact):
            options = words.listing(words.pick(text) for text in value.options.values())
            said[key] = words.gettext(_WANTED[value.type]).format(options=options)
        elif isinstance(value, tuple):
            said[key] = words.listing(str(part) for part in value)
        else:
            shape = _SHAPES.get(str(value)) if fault.code == "trial_wrong_shape" else None
            said[key] = str(value) if shape is None else words.gettext(shape)
    return said
