"""What a name in a condition means: a fact, somebody's fact, or the member a quantifier goes through."""

from collections.abc import Collection
from dataclasses import dataclass

from desktop.workflow.conditions.characters import same_spelling
from desktop.workflow.conditions.types import ConditionFault, FactKind, Names


@dataclass(frozen=True, slots=True)
class Meaning:
    """A fact with whose it is: a role's, a quantified member's, or (neither) the default subject's.

    Without a fact it is the quantified member itself.
    """

    kind: FactKind | None
    role: str | None = None
    variable: str | None = None


class Scope:
    """Resolves names once per parse; the members in scope win over facts, a whole name over role.fact."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._plain: dict[str, Meaning | None] = {}

    def knows(self, name: str, variables: Collection[str]) -> bool:
        """Tell whether the name means something, be it more than one thing."""
        return self.meaning(name, variables) is not None or bool(self.names.ambiguous(name))

    def resolve(self, name: str, variables: Collection[str], column: int) -> Meaning | None:
        """Return what the name means, or nothing; ConditionFault `ambiguous_name` when several facts share it."""
        head, _, rest = name.partition(".")
        for part in (rest,) if head in variables else (name, rest if self.names.is_role(head) else ""):
            candidates = self.names.ambiguous(part) if part else ()
            if len(candidates) > 1:
                raise ConditionFault("ambiguous_name", column, {"name": name, "candidates": candidates})
            if part == name and self.names.find(name):
                break
        return self.meaning(name, variables)

    def meaning(self, name: str, variables: Collection[str]) -> Meaning | None:
        """Return what the name means, without asking whether something else is called the same."""
        head, _, rest = name.partition(".")
        if head not in variables:
            return self._find_plain(name)
        kind = self.names.find(rest) if rest else None
        return Meaning(kind, variable=head) if kind or not rest else None

    def _find_plain(self, name: str) -> Meaning | None:
        if name not in self._plain:
            self._plain[name] = self._look_up(name)
        return self._plain[name]

    def _look_up(self, name: str) -> Meaning | None:
        if kind := self.names.find(name):
            return Meaning(kind)
        head, _, rest = name.partition(".")
        role = self.names.is_role(head) if rest else None
        kind = self.names.find(rest) if role else None
        return Meaning(kind, role=role) if kind else None


def option_of(kind: FactKind, word: str) -> str | None:
    """Return the option's code for a code or label, in whatever width it is written."""
    if word in kind.options:
        return word
    if (code := kind.option_labels.get(word)) in kind.options:
        return code
    word = same_spelling(word)
    by_spelling = {same_spelling(label): code for label, code in kind.option_labels.items() if code in kind.options}
    by_spelling |= {same_spelling(code): code for code in kind.options}
    return by_spelling.get(word)
