"""Writes a condition out in Chinese or English, so that reading it again gives the same tree."""

from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from typing import Any, Final

from desktop.workflow.conditions.scope import Meaning, Scope, option_of
from desktop.workflow.conditions.tokens import is_name, is_number
from desktop.workflow.conditions.tree import (
    Age,
    Agree,
    AllOf,
    Always,
    AnyOf,
    Compare,
    Constant,
    Contains,
    Count,
    Days,
    Each,
    Holds,
    Known,
    MemberValue,
    Months,
    Negative,
    NextDay,
    Node,
    Not,
    Product,
    Read,
    Sum,
    Today,
    Within,
)
from desktop.workflow.conditions.types import FactKind, Language, Names, RoleNames
from desktop.workflow.conditions.words import keyword, spelled


class Writer:
    """Writes the nodes of one condition in one language.

    Chinese takes the facts' Chinese names where they lead back to the same fact, else their codes; English takes codes.
    """

    def __init__(self, names: Names, language: Language) -> None:
        self._names = names
        self._language: Language = language
        self._scope = Scope(names)
        self._variables: list[str] = []

    def write(self, node: Node) -> str:
        """Return the text of a claim or a value."""
        return _WRITERS[type(node)](self, node)

    def word(self, word: str) -> str:
        """Return an operator, a function or a literal in this language."""
        return spelled(word, self._language)

    def bracketed(self, node: Node, *kinds: type) -> str:
        """Return the text, in brackets when the node is of one of the kinds."""
        return f"({self.write(node)})" if isinstance(node, kinds) else self.write(node)

    def call(self, function: str, *arguments: Node) -> str:
        """Return a function called with its arguments."""
        return f"{self.word(function)}({', '.join(map(self.write, arguments))})"

    def constants(self, constants: Collection[Constant]) -> str:
        """Return a list in brackets."""
        return f"[{', '.join(map(self.write, constants))}]"

    def each(self, claim: Each) -> str:
        """Return a quantified claim; inside it the member's name is known."""
        quantifier = self.word("all" if claim.every else "exists")
        head = f"{quantifier} {claim.variable} {self.word('of')} {self.write(claim.members)}"
        self._variables.append(claim.variable)
        body = self.write(claim.claim)
        self._variables.pop()
        return f"{head}: {body}"

    def name(self, read: Read) -> str:
        """Return what the fact is called here: the first of its names that leads back to it."""
        kind = self._names.find(read.code)
        meaning = Meaning(kind, read.role, read.variable)
        facts = [kind.zh, read.code] if kind and self._language == "zh" else [read.code]
        for owner in self._owners(read):
            for fact in filter(None, facts):
                name = f"{owner}.{fact}" if owner else fact
                if self._leads_to(name, meaning):
                    return name
        owner = read.variable or read.role or ""
        return f"{owner}.{read.code}" if owner else read.code

    def option(self, constant: Constant) -> str:
        """Return the option's word in this language, else its code."""
        kind = self._names.find(constant.option_of or "")
        code = str(constant.value)
        return _option_word(kind, code, self._language) if kind else code

    def _owners(self, read: Read) -> list[str]:
        if read.role is None:
            return [read.variable or ""]
        if self._language == "zh" and isinstance(self._names, RoleNames):
            return list(filter(None, [self._names.role_name(read.role, "zh"), read.role]))
        return [read.role]

    def _leads_to(self, name: str, meaning: Meaning) -> bool:
        writable = is_name(name) and not is_number(name) and keyword(name) is None
        return writable and not self._names.ambiguous(name) and self._scope.meaning(name, self._variables) == meaning


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _option_word(kind: FactKind, code: str, language: Language) -> str:
    labels = [label for label, option in kind.option_labels.items() if option == code]
    fitting = [label for label in labels if label.isascii() is (language == "en") and option_of(kind, label) == code]
    return fitting[0] if fitting else code


def _constant(writer: Writer, node: Constant) -> str:
    if node.option_of is not None:
        return quoted(writer.option(node))
    match node.value:
        case Decimal() as number:
            return format(number, "f")
        case date() as day:
            return day.isoformat()
        case text:
            return quoted(text)


def _sum(writer: Writer, node: Sum) -> str:
    (_, first), *rest = node.terms
    signed = [f" {'+' if sign > 0 else '-'} {writer.bracketed(term, Sum)}" for sign, term in rest]
    return writer.bracketed(first, Sum) + "".join(signed)


def _not(writer: Writer, node: Not) -> str:
    match node.claim:
        case Within(item=item, options=options):
            return f"{writer.write(item)} {writer.word('not in')} {writer.constants(options)}"
        case Contains(members=members, item=item):
            return f"{writer.write(item)} {writer.word('not in')} {writer.write(members)}"
        case Holds() | Known() | Always() as simple:
            return f"{writer.word('not')} {writer.write(simple)}"
        case claim:
            return f"{writer.word('not')} ({writer.write(claim)})"


def _joined(writer: Writer, parts: tuple[Node, ...], word: str, *bracketed: type) -> str:
    return f" {writer.word(word)} ".join(writer.bracketed(part, *bracketed) for part in parts)


def _agree(writer: Writer, node: Agree) -> str:
    left, right = (
        writer.write(side) if isinstance(side, Holds | Known) else f"({writer.write(side)})"
        for side in (node.left, node.right)
    )
    return f"{left} {writer.word('==' if node.same else '!=')} {right}"


_WRITERS: Final[dict[type, Callable[[Writer, Any], str]]] = {
    Constant: _constant,
    Read: Writer.name,
    MemberValue: lambda _, node: str(node.variable),
    Today: lambda writer, _: writer.word("today"),
    NextDay: lambda writer, node: f"{writer.word('next_day')}({node.month}, {node.day})",
    Sum: _sum,
    Product: lambda writer, node: " * ".join(writer.bracketed(factor, Sum, Product) for factor in node.factors),
    Negative: lambda writer, node: "-" + writer.bracketed(node.operand, Sum, Product),
    Age: lambda writer, node: writer.call("age", node.born),
    Days: lambda writer, node: writer.call("days_between", node.start, node.end),
    Months: lambda writer, node: writer.call("months_between", node.start, node.end),
    Count: lambda writer, node: writer.call("count", node.members),
    Always: lambda writer, node: writer.word("true" if node.holds else "false"),
    Holds: lambda writer, node: writer.write(node.fact),
    Compare: lambda writer, node: f"{writer.write(node.left)} {writer.word(node.operator)} {writer.write(node.right)}",
    Within: lambda writer, node: f"{writer.write(node.item)} {writer.word('in')} {writer.constants(node.options)}",
    Contains: lambda writer, node: f"{writer.write(node.item)} {writer.word('in')} {writer.write(node.members)}",
    Known: lambda writer, node: writer.call("known", node.fact),
    Agree: _agree,
    Not: _not,
    AllOf: lambda writer, node: _joined(writer, node.parts, "and", AnyOf, Each),
    AnyOf: lambda writer, node: _joined(writer, node.parts, "or", AllOf, Each),
    Each: Writer.each,
}
