"""What a condition speaks about: facts, whose they are, their types, the names people use, and the faults."""

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, NamedTuple, Protocol, runtime_checkable

MAX_CHARACTERS: Final = 2_000
MAX_DEPTH: Final = 50
MAX_DIGITS: Final = 30
MAX_NESTED_QUANTIFIERS: Final = 3  # each one multiplies the work by the size of a set

Language = Literal["zh", "en"]

_OF_SUBJECT = "@"
_OF_EACH = "*"


class FactRef(NamedTuple):
    """One fact of somebody: the fact's default subject (no role), a role, one subject, or each member of a set.

    A role is written plainly (`groom`). Two marks that no role can begin with say the rest: `@` one subject itself,
    met while a set of subjects is gone through; `*` each member of a set, met only in the static list of what is read.
    """

    role: str | None
    code: str

    @classmethod
    def of_subject(cls, subject: str, code: str) -> "FactRef":
        """Name a fact of one subject directly, without a role."""
        return cls(_OF_SUBJECT + subject, code)

    @classmethod
    def of_each(cls, members: str, code: str) -> "FactRef":
        """Name a fact of every member of the set called `members`."""
        return cls(_OF_EACH + members, code)

    @property
    def subject(self) -> str | None:
        """The subject named directly, when one is."""
        return self.role[1:] if self.role and self.role.startswith(_OF_SUBJECT) else None

    @property
    def each_of(self) -> str | None:
        """The set whose every member is meant, when one is."""
        return self.role[1:] if self.role and self.role.startswith(_OF_EACH) else None


class FactType(enum.StrEnum):
    """The types a fact may have; money is in yuan, exact."""

    BOOL = "bool"
    INT = "int"
    DECIMAL = "decimal"
    TEXT = "text"
    ENUM = "enum"
    DATE = "date"
    MONEY = "money"
    SET = "set"


@dataclass(frozen=True, slots=True)
class FactKind:
    """What the catalogue says of a fact, as far as a condition needs it.

    `options` are the codes of an enum or the possible members of a set; `option_labels` leads from the words an expert
    may write (随父, father's) to the code. The members of a set are plain values, or subjects with facts of their own.
    """

    code: str
    type: FactType
    options: tuple[str, ...] = ()
    zh: str = ""
    en: str = ""
    option_labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    members: Literal["values", "subjects"] = "values"


class Names(Protocol):
    """The dictionary a condition is read with."""

    def find(self, name: str) -> FactKind | None:
        """Return the fact with this code, Chinese name or English name."""
        ...

    def is_role(self, name: str) -> str | None:
        """Return the role's code when the word is a role's code or Chinese name."""
        ...

    def ambiguous(self, name: str) -> tuple[str, ...]:
        """Return the codes of all facts that share the name, when there are several."""
        ...


@runtime_checkable
class NearNames(Protocol):
    """A dictionary that can also say which names look like a mistyped one."""

    def near(self, name: str) -> tuple[str, ...]:
        """Return up to a few known names close to this one, the closest first."""
        ...


@runtime_checkable
class RoleNames(Protocol):
    """A dictionary that can also say how a role is called in a language."""

    def role_name(self, code: str, language: Language) -> str | None:
        """Return what people call the role, when there is a word for it."""
        ...


class Absent(enum.Enum):
    """Why a fact has no value: nobody was asked yet, or the answer was "I do not know"."""

    UNKNOWN = "unknown"
    NO_ANSWER = "no_answer"


UNKNOWN: Final = Absent.UNKNOWN
NO_ANSWER: Final = Absent.NO_ANSWER

Lookup = Callable[[FactRef], object]
"""Gives a fact's value: bool, int, Decimal, str, date, a set of str, or UNKNOWN, NO_ANSWER, None for none."""


class CaseDays(NamedTuple):
    """The days a condition is read by: the hall's today, and the day the case was opened, where there is a case."""

    today: date | None
    opened: date | None = None

    @property
    def counted_from(self) -> date | None:
        """The day from which a day of the year is the next: a case that waits does not slip into another year."""
        return self.opened or self.today


class ConditionFault(ValueError):
    """A condition that cannot be accepted: a stable code, the column (from 1) in the text as written, and the values.

    Codes: empty, too_long, too_long_without_spaces, too_deep, too_many_quantifiers, invisible_character,
    lookalike_character, compatibility_character, unexpected_character, unclosed_string, bad_escape, unbalanced,
    syntax, unexpected_end, chained_comparison, unknown_name, ambiguous_name, unknown_function, unknown_option,
    number_too_large, number_with_unit, leading_zero, bad_date, type_mismatch, mixed, not_a_condition, not_a_set,
    wrong_arguments, name_taken, shadowed_name, not_a_table, too_many_rows.
    """

    def __init__(self, code: str, column: int, values: Mapping[str, object] | None = None) -> None:
        super().__init__(code, column, dict(values or {}))
        self.code = code
        self.column = column
        self.values: Mapping[str, object] = dict(values or {})

    def __str__(self) -> str:
        return f"{self.code} at column {self.column}: {dict(self.values)}"


class WrongValue(TypeError):
    """A fact whose stored value is not of the type the catalogue gives it."""

    def __init__(self, ref: FactRef, expected: FactType, value: object) -> None:
        super().__init__(f"{ref.code} should be {expected}, not {type(value).__name__}")
        self.ref, self.expected, self.value = ref, expected, value


def suggestions(names: Names, name: str) -> tuple[str, ...]:
    """Return known names near a mistyped one, when the dictionary can tell."""
    return names.near(name) if isinstance(names, NearNames) else ()


def codes_of(refs: Iterable[FactRef]) -> frozenset[str]:
    """Return the fact codes alone, whoever they belong to."""
    return frozenset(ref.code for ref in refs)
