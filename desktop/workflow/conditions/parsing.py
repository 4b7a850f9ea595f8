"""From the text of a condition to its tree."""

from desktop.workflow.conditions.binding import Binder
from desktop.workflow.conditions.reading import read_words
from desktop.workflow.conditions.scope import Scope
from desktop.workflow.conditions.tokens import Lexeme
from desktop.workflow.conditions.tree import Claim
from desktop.workflow.conditions.types import ConditionFault, Names, suggestions


def read_claim(text: str, names: Names) -> Claim:
    """Return the tree of a condition written in Chinese or English; every mistake is a ConditionFault."""
    from desktop.workflow.conditions.grammar import raw_tree

    scope = Scope(names)
    lexemes = read_words(text, scope)
    try:
        tree = raw_tree(lexemes)
    except ConditionFault as fault:
        raise _unknown_instead(fault, lexemes, scope) from None
    return Binder(scope, lexemes).claim(tree)


def _unknown_instead(fault: ConditionFault, lexemes: list[Lexeme], scope: Scope) -> ConditionFault:
    """Say "unknown name" when the sentence breaks off at a word that nobody knows."""
    word = next((lexeme for lexeme in lexemes if lexeme.column == fault.column), None)
    if word is None or word.kind != "WORD" or fault.code != "syntax" or scope.knows(word.text, ()):
        return fault
    values = {"name": word.text, "suggestions": suggestions(scope.names, word.text)}
    return ConditionFault("unknown_name", word.column, values)
