"""The grammar of conditions: how the words may follow one another."""

import functools
from typing import TYPE_CHECKING, Final

from desktop.workflow.conditions.tokens import Lexeme
from desktop.workflow.conditions.types import ConditionFault

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

# "or" binds weaker than "and", "and" weaker than "not"; what a quantifier says of each member goes on as far as it can.
_GRAMMAR: Final = """
?start: either

?either: both (OR both)*
?both: claim (AND claim)*
?claim: NOT claim -> negation
    | (ALL | EXISTS) WORD IN WORD COLON either -> quantifier
    | comparison

?comparison: sum
    | sum COMPARE sum -> compare
    | sum (IN | NOT_IN) sum -> belongs
    | sum (IN | NOT_IN) list -> belongs
    | sum (CONTAINS | LACKS) sum -> contains
list: LSQB [sum (COMMA sum)*] RSQB

?sum: product ((PLUS | MINUS) product)*
?product: factor (TIMES factor)*
?factor: MINUS factor -> negative
    | atom
?atom: NUMBER -> number
    | STRING -> string
    | DATE -> date
    | (TRUE | FALSE) -> boolean
    | TODAY -> today
    | WORD -> word
    | FUNCTION LPAR [sum (COMMA sum)*] RPAR -> call
    | TODAY LPAR RPAR -> today
    | LPAR either RPAR -> brackets

%declare OR AND NOT ALL EXISTS WORD IN NOT_IN CONTAINS LACKS COLON COMPARE COMMA LSQB RSQB LPAR RPAR
%declare PLUS MINUS TIMES NUMBER STRING DATE TRUE FALSE TODAY FUNCTION
"""


@functools.cache
def _grammar() -> "Lark":
    from lark import Lark

    return Lark(_GRAMMAR, parser="lalr", lexer="basic", maybe_placeholders=False)


def raw_tree(lexemes: list[Lexeme]) -> "Tree[Token]":
    """Put the words of one condition into a tree; every token's `start_pos` is the index of its word.

    Errors: ConditionFault `syntax`, `unexpected_end`, `chained_comparison`.
    """
    from lark import Token, UnexpectedToken

    state = _grammar().parse_interactive()
    try:
        for index, lexeme in enumerate(lexemes):
            state.feed_token(Token(lexeme.kind, lexeme.text, start_pos=index, column=lexeme.column))
        tree: Tree[Token] = state.feed_token(Token("$END", ""))
    except UnexpectedToken as error:
        raise _fault(lexemes, None if error.token.type == "$END" else error.token.start_pos) from None
    return tree


_COMPARES: Final = {"COMPARE", "IN", "NOT_IN", "CONTAINS", "LACKS"}


def _fault(lexemes: list[Lexeme], index: int | None) -> ConditionFault:
    if index is None:
        last = lexemes[-1]
        return ConditionFault("unexpected_end", last.column + len(last.text), {"after": last.text})
    found = lexemes[index]
    before = lexemes[index - 1].text if index else ""
    touching = index > 0 and lexemes[index - 1].kind in _COMPARES
    if found.kind in _COMPARES and not touching and _follows_comparison(lexemes, index):
        return ConditionFault("chained_comparison", found.column, {"found": found.text})
    return ConditionFault("syntax", found.column, {"found": found.text, "after": before, "kind": found.kind})


def _follows_comparison(lexemes: list[Lexeme], index: int) -> bool:
    """Look back over one operand for the comparison that it already belongs to."""
    depth = 0
    for lexeme in reversed(lexemes[:index]):
        depth += (lexeme.kind in {"RPAR", "RSQB"}) - (lexeme.kind in {"LPAR", "LSQB"})
        if depth < 0 or (depth == 0 and lexeme.kind in {"AND", "OR", "NOT", "COLON", "COMMA"}):
            return False
        if depth == 0 and lexeme.kind in _COMPARES:
            return True
    return False
