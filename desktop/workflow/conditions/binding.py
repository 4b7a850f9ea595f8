"""Gives every word of a parsed condition its meaning and checks that the types go together."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from desktop.workflow.conditions.functions import calendar_day, called
from desktop.workflow.conditions.scope import Meaning, Scope, option_of
from desktop.workflow.conditions.tokens import Lexeme, numbers_in
from desktop.workflow.conditions.tree import (
    CLAIMS,
    Agree,
    Always,
    Claim,
    Constant,
    Each,
    Holds,
    MemberValue,
    Node,
    Read,
    Sort,
    Today,
    Value,
    all_parts,
    any_parts,
    opposite,
)
from desktop.workflow.conditions.types import (
    MAX_DEPTH,
    MAX_NESTED_QUANTIFIERS,
    ConditionFault,
    FactKind,
    FactType,
)
from desktop.workflow.conditions.typing import Loose, Typed, Typing, member_sort, multiplied, negated_number, total

if TYPE_CHECKING:
    from lark import Token, Tree

    Raw = Tree[Token]

Found = Node | Loose
_TRANSPARENT: Final = {"brackets", "list"}


class Binder:
    """Turns the raw tree of one condition into claims and values."""

    def __init__(self, scope: Scope, lexemes: list[Lexeme]) -> None:
        self._scope = scope
        self._lexemes = lexemes
        self._typing = Typing(scope.names)
        self._members: dict[str, FactKind] = {}  # the sets that the members in scope come from
        self._depth = 0
        self._bind: dict[str, Callable[[Raw], Found]] = {
            "either": lambda tree: any_parts(map(self.claim, _trees(tree))),
            "both": lambda tree: all_parts(map(self.claim, _trees(tree))),
            "negation": lambda tree: opposite(self.claim(_trees(tree)[0])),
            "quantifier": self._quantifier,
            "compare": self._compare,
            "belongs": self._belongs,
            "contains": self._contains,
            "sum": self._sum,
            "product": lambda tree: multiplied([(self._value(part), self._column(part)) for part in _trees(tree)]),
            "negative": lambda tree: negated_number(self._value(_trees(tree)[0]), self._column(_trees(tree)[0])),
            "number": lambda tree: Constant(Sort.NUMBER, Decimal(self._first(tree).text)),
            "string": lambda tree: Constant(Sort.TEXT, self._first(tree).text),
            "date": self._date,
            "boolean": lambda tree: Always(self._first(tree).kind == "TRUE"),
            "today": lambda _: Today(),
            "word": lambda tree: self._named(self._first(tree)),
            "call": self._call,
            "brackets": lambda tree: self._found(_trees(tree)[0]),
        }

    def claim(self, tree: "Raw") -> Claim:
        """Return a part that must be a claim, something that is yes or no.

        Errors: ConditionFault `unknown_name`, `not_a_condition`, `too_deep`, and those of the parts.
        """
        node = self._found(tree)
        if isinstance(node, Loose):
            raise self._typing.unknown(node, self._column(tree))
        if not isinstance(node, CLAIMS):
            raise ConditionFault("not_a_condition", self._column(tree), {"found": node.sort.value})
        return node

    def _found(self, tree: "Raw") -> Found:
        deeper = tree.data not in _TRANSPARENT
        self._depth += deeper
        if self._depth > MAX_DEPTH:
            raise ConditionFault("too_deep", self._column(tree), {"limit": MAX_DEPTH})
        node = self._bind[tree.data](tree)
        self._depth -= deeper
        return node

    def _typed(self, tree: "Raw", *, option_for: Found | None = None) -> Typed:
        """Return a part that must be a value; beside an enum a word may be one of its options."""
        node = self._found(tree)
        if (loose := self._as_option(tree, node, option_for)) is not None:
            return loose
        if isinstance(node, CLAIMS):
            raise ConditionFault("type_mismatch", self._column(tree), {"expected": "value", "found": Sort.BOOL.value})
        return node

    def _value(self, tree: "Raw") -> Value:
        return self._typing.fitted(self._typed(tree), None, self._column(tree))

    def _as_option(self, tree: "Raw", node: Found, other: Found | None) -> Loose | None:
        """Take a fact's name or a yes beside an enum for the option of the same word, if it is one."""
        if tree.data not in {"word", "boolean"} or not isinstance(other, Read | MemberValue):
            return None
        kind = self._scope.names.find(other.code) if other.sort in {Sort.ENUM, Sort.SET} else None
        word = self._first(tree)
        if kind is None or option_of(kind, word.text) is None:
            return None
        if isinstance(node, Read) and node.sort is Sort.ENUM:
            raise ConditionFault("ambiguous_name", word.column, {"name": word.text, "candidates": (node.code,)})
        return Loose(word.text)

    def _compare(self, tree: "Raw") -> Claim:
        left, right = _trees(tree)
        sign = _tokens(tree)[0]
        operator = self._lexemes[sign].operator
        first, second = self._found(left), self._found(right)
        first, second = self._as_option(left, first, second) or first, self._as_option(right, second, first) or second
        columns = self._column(left), self._column(right)
        if isinstance(first, CLAIMS) and isinstance(second, CLAIMS):
            return _agreement(operator, first, second, columns[1])
        values = _no_claim(first, second, columns[0]), _no_claim(second, first, columns[1])
        return self._typing.comparison(operator, *values, columns)

    def _belongs(self, tree: "Raw") -> Claim:
        left, right = _trees(tree)
        negative = self._lexemes[_tokens(tree)[0]].kind == "NOT_IN"
        if right.data == "list":
            item = self._typed(left)
            options = [(self._typed(part, option_for=item), self._column(part)) for part in _trees(right)]
            claim: Claim = self._typing.within(item, options, self._column(left))
        else:
            claim = self._among(right, left)
        return opposite(claim) if negative else claim

    def _contains(self, tree: "Raw") -> Claim:
        left, right = _trees(tree)
        claim = self._among(left, right)
        return opposite(claim) if self._lexemes[_tokens(tree)[0]].kind == "LACKS" else claim

    def _among(self, members: "Raw", item: "Raw") -> Claim:
        container = self._typed(members)
        value = self._typed(item, option_for=container)
        return self._typing.contains(container, value, (self._column(members), self._column(item)))

    def _sum(self, tree: "Raw") -> Node:
        signs = [1, *(1 if self._lexemes[index].kind == "PLUS" else -1 for index in _tokens(tree))]
        parts = [(self._value(part), self._column(part)) for part in _trees(tree)]
        return total([(sign, value, column) for sign, (value, column) in zip(signs, parts, strict=True)])

    def _date(self, tree: "Raw") -> Node:
        word = self._first(tree)
        year, month, day = (int(part.group()) for part in numbers_in(word.text))
        return calendar_day(year, month, day, word.column)

    def _call(self, tree: "Raw") -> Node:
        word = self._first(tree)
        arguments = [(self._found(part), self._column(part)) for part in _trees(tree)]
        return called(word.operator, word.text, arguments, word.column, self._typing)

    def _quantifier(self, tree: "Raw") -> Claim:
        quantifier, variable, _, members, _ = (self._lexemes[index] for index in _tokens(tree))
        self._check_variable(variable)
        found = self._named(members)
        container = self._typing.set_fact(found, members.column) if not isinstance(found, CLAIMS) else None
        kind = self._scope.names.find(container.code) if container else None
        if container is None or kind is None:
            raise ConditionFault("not_a_set", members.column, {"found": Sort.BOOL.value})
        self._members[variable.text] = kind
        claim = self.claim(_trees(tree)[0])
        del self._members[variable.text]
        return Each(quantifier.kind == "ALL", variable.text, container, claim)

    def _check_variable(self, variable: Lexeme) -> None:
        if len(self._members) == MAX_NESTED_QUANTIFIERS:
            raise ConditionFault("too_many_quantifiers", variable.column, {"limit": MAX_NESTED_QUANTIFIERS})
        if "." in variable.text or " " in variable.text:
            raise ConditionFault("syntax", variable.column, {"found": variable.text, "after": "", "kind": "WORD"})
        if variable.text in self._members or self._scope.knows(variable.text, ()):
            raise ConditionFault("name_taken", variable.column, {"name": variable.text})

    def _named(self, word: Lexeme) -> Found:
        meaning = self._scope.resolve(word.text, self._members, word.column)
        if meaning is None:
            return Loose(word.text)
        if meaning.variable is not None:
            return self._of_member(meaning, meaning.variable, word)
        if meaning.kind is None:
            return Loose(word.text)
        self._refuse_shadowed(meaning, meaning.kind, word)
        return _fact(meaning, meaning.kind)

    def _of_member(self, meaning: Meaning, variable: str, word: Lexeme) -> Found:
        members = self._members[variable]
        if (meaning.kind is None) is (members.members == "subjects"):
            values = {"expected": "fact of the member" if meaning.kind is None else "member itself"}
            raise ConditionFault("type_mismatch", word.column, values)
        if meaning.kind is None:
            return MemberValue(variable, members.code, member_sort(members))
        return _fact(meaning, meaning.kind)

    def _refuse_shadowed(self, meaning: Meaning, kind: FactKind, word: Lexeme) -> None:
        """Refuse a fact that, written out by another of its names, would be taken for the member's."""
        heads = {name.partition(".")[0] for name in (kind.code, kind.zh, kind.en)}
        for variable in self._members:
            same_role = meaning.role is not None and self._scope.names.is_role(variable) == meaning.role
            if same_role or (meaning.role is None and variable in heads):
                raise ConditionFault("shadowed_name", word.column, {"name": word.text, "member": variable})

    def _first(self, tree: "Raw") -> Lexeme:
        return self._lexemes[_tokens(tree)[0]]

    def _column(self, tree: "Raw") -> int:
        """Return the column where a part of the condition begins."""
        node = tree.children[0]
        while not isinstance(node, str):
            node = node.children[0]
        return self._lexemes[node.start_pos or 0].column


def _agreement(operator: str, left: Claim, right: Claim, column: int) -> Claim:
    """Return the claim that two claims have the same answer; beside a plain yes or no it is the claim itself."""
    if operator not in {"==", "!="}:
        raise ConditionFault("type_mismatch", column, {"operator": operator, "type": Sort.BOOL.value})
    same = operator == "=="
    for settled, other in ((right, left), (left, right)):
        if isinstance(settled, Always):
            return other if settled.holds is same else opposite(other)
    return Agree(left, right, same)


def _no_claim(node: Found, other: Found, column: int) -> Typed:
    if isinstance(node, CLAIMS):
        expected = "value" if isinstance(other, (Loose, *CLAIMS)) else other.sort.value
        raise ConditionFault("type_mismatch", column, {"expected": expected, "found": Sort.BOOL.value})
    return node


def _fact(meaning: Meaning, kind: FactKind) -> Node:
    read = Read(kind.code, kind.type, meaning.role, meaning.variable)
    return Holds(read) if kind.type is FactType.BOOL else read


def _trees(tree: "Raw") -> "list[Raw]":
    return [child for child in tree.children if not isinstance(child, str)]


def _tokens(tree: "Raw") -> list[int]:
    """Return which words stand directly in a part of the condition."""
    return [child.start_pos or 0 for child in tree.children if isinstance(child, str)]
