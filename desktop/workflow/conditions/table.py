"""The decision table of a condition: rows are alternatives, the cells of a row must all hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from desktop.workflow.conditions.text import Writer
from desktop.workflow.conditions.tree import (
    AllOf,
    Always,
    AnyOf,
    Claim,
    Compare,
    Constant,
    Contains,
    Holds,
    Known,
    Not,
    Read,
    Value,
    Within,
    all_parts,
    any_parts,
    opposite,
)
from desktop.workflow.conditions.types import ConditionFault, FactRef, Language, Names
from desktop.workflow.conditions.typing import flipped

MAX_ROWS: Final = 100

_OPPOSITES: Final = (
    ("==", "!="),
    ("<", ">="),
    (">", "<="),
    ("in", "not in"),
    ("contains", "lacks"),
    ("is", "is not"),
    ("known", "unknown"),
)
_INVERSE: Final = dict(_OPPOSITES) | {second: first for first, second in _OPPOSITES}
_NEGATIVE: Final = frozenset({"not in", "lacks", "is not", "unknown"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One simple comparison: what is compared, how, and with which constants.

    Operators: == != < <= > >= · in, not in · contains, lacks (a set fact) · is, is not (a yes-or-no fact) ·
    known, unknown.
    """

    subject: Value
    operator: str
    values: tuple[Constant, ...] = ()

    @property
    def ref(self) -> FactRef | None:
        """The fact of the cell's column, when it is a fact as it stands."""
        return self.subject.ref if isinstance(self.subject, Read) else None

    def header(self, language: Language, names: Names) -> str:
        """Return the words of the column."""
        writer = Writer(names, language)
        return writer.write(Known(self._fact) if self.operator in {"known", "unknown"} else self.subject)

    def text(self, language: Language, names: Names) -> str:
        """Return the words in the cell; after the header they read as a condition: `经营面积` and `> 300`."""
        writer = Writer(names, language)
        if self.operator in {"is", "known", "is not", "unknown"}:
            return f"{writer.word('==')} {writer.word('false' if self.operator in _NEGATIVE else 'true')}"
        many = self.operator in {"in", "not in"}
        return f"{writer.word(self.operator)} {writer.constants(self.values) if many else writer.write(self.values[0])}"

    @property
    def claim(self) -> Claim:
        """The comparison as a claim."""
        match self.operator:
            case "in" | "not in":
                positive: Claim = Within(self.subject, self.values)
            case "contains" | "lacks":
                positive = Contains(self._fact, self.values[0])
            case "is" | "is not":
                positive = Holds(self._fact)
            case "known" | "unknown":
                positive = Known(self._fact)
            case operator:
                return Compare(operator, self.subject, self.values[0])
        return opposite(positive) if self.operator in _NEGATIVE else positive

    @property
    def _fact(self) -> Read:
        if not isinstance(self.subject, Read):
            raise ConditionFault("not_a_table", 1, {"part": type(self.subject).__name__.lower()})
        return self.subject


Row = tuple[Cell, ...]


def rows_of(claim: Claim, *, negative: bool = False) -> tuple[Row, ...]:
    """Return the alternatives of a claim; no row is "never", a row without cells is "always".

    Errors: ConditionFault `not_a_table` for what is no simple comparison, `too_many_rows` past MAX_ROWS.
    """
    match claim:
        case Not(claim=inner):
            return rows_of(inner, negative=not negative)
        case Always(holds=holds):
            return ((),) if holds is not negative else ()
        case AllOf(parts=parts) | AnyOf(parts=parts):
            inner_rows = [rows_of(part, negative=negative) for part in parts]
            return _crossed(inner_rows) if isinstance(claim, AllOf) is not negative else _stacked(inner_rows)
    return ((_cell(claim, negative=negative),),)


def claim_of(rows: Sequence[Row]) -> Claim:
    """Return the claim of a table; cells that all rows begin or end with are said once, for all of them."""
    if len(rows) < 2:
        return any_parts(map(_row_claim, rows))
    spare = min(map(len, rows)) - 1
    head = _shared(rows, range(spare))
    tail = _shared(rows, range(-1, len(head) - spare - 1, -1))
    middle = [row[len(head) : len(row) - len(tail)] for row in rows]
    claims = [*(cell.claim for cell in head), any_parts(map(_row_claim, middle))]
    return all_parts([*claims, *(cell.claim for cell in reversed(tail))])


def _row_claim(row: Row) -> Claim:
    return all_parts(cell.claim for cell in row)


def _shared(rows: Sequence[Row], places: Iterable[int]) -> list[Cell]:
    shared: list[Cell] = []
    for place in places:
        if any(row[place] != rows[0][place] for row in rows):
            break
        shared.append(rows[0][place])
    return shared


def _crossed(parts: list[tuple[Row, ...]]) -> tuple[Row, ...]:
    rows: tuple[Row, ...] = ((),)
    for part in parts:
        _refuse_too_many(len(rows) * len(part))
        rows = tuple(before + after for before, after in product(rows, part))
    return rows


def _stacked(parts: list[tuple[Row, ...]]) -> tuple[Row, ...]:
    _refuse_too_many(sum(map(len, parts)))
    return tuple(row for part in parts for row in part)


def _refuse_too_many(rows: int) -> None:
    if rows > MAX_ROWS:
        raise ConditionFault("too_many_rows", 1, {"rows": rows, "limit": MAX_ROWS})


def _cell(claim: Claim, *, negative: bool) -> Cell:
    match claim:
        case Compare(operator=operator, left=left, right=Constant() as right):
            cell = Cell(left, operator, (right,))
        case Compare(operator=operator, left=Constant() as left, right=right):
            cell = Cell(right, flipped(operator), (left,))
        case Within(item=item, options=options):
            cell = Cell(item, "in", options)
        case Contains(members=members, item=Constant() as item):
            cell = Cell(members, "contains", (item,))
        case Holds(fact=fact):
            cell = Cell(fact, "is")
        case Known(fact=fact):
            cell = Cell(fact, "known")
        case _:
            raise ConditionFault("not_a_table", 1, {"part": type(claim).__name__.lower()})
    return Cell(cell.subject, _INVERSE[cell.operator], cell.values) if negative else cell
