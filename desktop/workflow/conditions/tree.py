"""The tree of a condition: claims, which are yes, no or not known, over values."""

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.workflow.conditions.types import FactRef, FactType


class Sort(enum.Enum):
    """What may be compared with what: a bare number goes with any quantity, money only with money or a bare number."""

    NUMBER = "number"
    QUANTITY = "quantity"
    MONEY = "money"
    TEXT = "text"
    ENUM = "enum"
    DATE = "date"
    SET = "set"
    BOOL = "bool"
    SUBJECT = "subject"


_SORTS: Final = {
    FactType.BOOL: Sort.BOOL,
    FactType.INT: Sort.QUANTITY,
    FactType.DECIMAL: Sort.QUANTITY,
    FactType.MONEY: Sort.MONEY,
    FactType.TEXT: Sort.TEXT,
    FactType.ENUM: Sort.ENUM,
    FactType.DATE: Sort.DATE,
    FactType.SET: Sort.SET,
}

NUMERIC: Final = frozenset({Sort.NUMBER, Sort.QUANTITY, Sort.MONEY})
ORDERED: Final = NUMERIC | {Sort.DATE}


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written in the condition; an option remembers whose option it is."""

    sort: Sort
    value: Decimal | str | date
    option_of: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A fact: of its default subject, of a role, or of the member a quantifier goes through (`variable`)."""

    code: str
    type: FactType
    role: str | None = None
    variable: str | None = None

    @property
    def sort(self) -> Sort:
        """What the fact may be compared with."""
        return _SORTS[self.type]

    @property
    def ref(self) -> FactRef:
        """The fact as it is looked up, when it is not a member's."""
        return FactRef(self.role, self.code)


@dataclass(frozen=True, slots=True)
class MemberValue:
    """The member itself that a quantifier goes through, of a set of plain values; `code` is the set's fact."""

    variable: str
    code: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Today:
    """The hall's day, an argument of the evaluation."""

    sort: Sort = Sort.DATE


@dataclass(frozen=True, slots=True)
class NextDay:
    """The day of this number and month that comes next, today included; a 29 February comes in leap years only."""

    month: int
    day: int
    sort: Sort = Sort.DATE


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms added (+1) or taken away (-1), exactly; or a date with days added or taken away."""

    terms: tuple[tuple[int, "Value"], ...]
    sort: Sort


@dataclass(frozen=True, slots=True)
class Product:
    """Numbers multiplied, exactly; at most one of them is money."""

    factors: tuple["Value", ...]
    sort: Sort


@dataclass(frozen=True, slots=True)
class Negative:
    """A number with its sign turned."""

    operand: "Value"
    sort: Sort


@dataclass(frozen=True, slots=True)
class Age:
    """Full years from a date to today."""

    born: "Value"
    sort: Sort = Sort.QUANTITY


@dataclass(frozen=True, slots=True)
class Days:
    """Calendar days from the first date to the second; negative when the second is earlier."""

    start: "Value"
    end: "Value"
    sort: Sort = Sort.QUANTITY


@dataclass(frozen=True, slots=True)
class Months:
    """Full months from the first date to the second; negative when the second is earlier."""

    start: "Value"
    end: "Value"
    sort: Sort = Sort.QUANTITY


@dataclass(frozen=True, slots=True)
class Count:
    """How many members a set has."""

    members: Read
    sort: Sort = Sort.QUANTITY


Value = Constant | Read | MemberValue | Today | NextDay | Sum | Product | Negative | Age | Days | Months | Count


@dataclass(frozen=True, slots=True)
class Always:
    """A claim settled in the text itself: yes or no."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Holds:
    """A yes-or-no fact that is yes."""

    fact: Read


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values of one sort compared: == != < <= > >=."""

    operator: str
    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class Within:
    """A value that is one of those listed."""

    item: Value
    options: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Contains:
    """A value that is among the members of a set fact."""

    members: Read
    item: Value


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that has a value; itself never unknown."""

    fact: Read


@dataclass(frozen=True, slots=True)
class Agree:
    """Two claims with the same (or, not `same`, with opposite) answers."""

    left: "Claim"
    right: "Claim"
    same: bool


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a claim."""

    claim: "Claim"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part, at least two, none of them an AllOf."""

    parts: tuple["Claim", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part at least, of two or more, none of them an AnyOf."""

    parts: tuple["Claim", ...]


@dataclass(frozen=True, slots=True)
class Each:
    """A claim that holds for every member (`every`) or for some member of a set."""

    every: bool
    variable: str
    members: Read
    claim: "Claim"


Claim = Always | Holds | Compare | Within | Contains | Known | Agree | Not | AllOf | AnyOf | Each
Node = Claim | Value

CLAIMS: Final = (Always, Holds, Compare, Within, Contains, Known, Agree, Not, AllOf, AnyOf, Each)


def opposite(claim: Claim) -> Claim:
    """Return the negation, never doubled, so that negating twice gives the same tree."""
    if isinstance(claim, Always):
        return Always(not claim.holds)
    return claim.claim if isinstance(claim, Not) else Not(claim)


def all_parts(parts: Iterable[Claim]) -> Claim:
    """Join claims by "and", flat; none at all is always true."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AllOf) else (part,))]
    return AllOf(tuple(flat)) if len(flat) > 1 else flat[0] if flat else Always(holds=True)


def any_parts(parts: Iterable[Claim]) -> Claim:
    """Join claims by "or", flat; none at all is never true."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,))]
    return AnyOf(tuple(flat)) if len(flat) > 1 else flat[0] if flat else Always(holds=False)


_CHILDREN: Final[dict[type, Callable[..., tuple["Node", ...]]]] = {
    Sum: lambda node: tuple(term for _, term in node.terms),
    Product: lambda node: node.factors,
    Negative: lambda node: (node.operand,),
    Age: lambda node: (node.born,),
    Days: lambda node: (node.start, node.end),
    Months: lambda node: (node.start, node.end),
    Count: lambda node: (node.members,),
    Holds: lambda node: (node.fact,),
    Compare: lambda node: (node.left, node.right),
    Within: lambda node: (node.item, *node.options),
    Contains: lambda node: (node.members, node.item),
    Known: lambda node: (node.fact,),
    Agree: lambda node: (node.left, node.right),
    Not: lambda node: (node.claim,),
    AllOf: lambda node: node.parts,
    AnyOf: lambda node: node.parts,
    Each: lambda node: (node.members, node.claim),
}


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below one."""
    below = _CHILDREN.get(type(node))
    return below(node) if below else ()


def walk(node: Node) -> Iterator[Node]:
    """Go through a node and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def reads_of(claim: Claim) -> frozenset[FactRef]:
    """Return every fact the claim may read; a quantified member's as "each of the set's"."""
    return frozenset(_reads(claim, {}))


def _reads(node: Node, sets: dict[str, str]) -> Iterator[FactRef]:
    if isinstance(node, Read):
        yield FactRef.of_each(sets[node.variable], node.code) if node.variable else node.ref
    if isinstance(node, Each):
        sets = {**sets, node.variable: ".".join(filter(None, (node.members.role, node.members.code)))}
    for child in children(node):
        yield from _reads(child, sets)
