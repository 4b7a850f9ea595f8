"""A dictionary of facts and roles made from lists: the names experts may use in conditions."""

import difflib
from collections.abc import Iterable, Mapping

from desktop.workflow.conditions.types import FactKind, Language

_LONGEST_MISTYPED_NAME = 60


class FactNames:
    """Finds facts by code, Chinese or English name, and roles by code or name; a code wins over any name.

    `roles` leads from the role's code to its (zh, en) names. One name shared by several facts is ambiguous, never
    settled silently.
    """

    def __init__(self, facts: Iterable[FactKind], roles: Mapping[str, tuple[str, str]] | None = None) -> None:
        self._by_code = {fact.code: fact for fact in facts}
        self._by_name: dict[str, list[str]] = {}
        for fact in self._by_code.values():
            for name in {fact.zh, fact.en} - {"", fact.code}:
                self._by_name.setdefault(name, []).append(fact.code)
        self._roles = dict(roles or {})
        self._role_by_name = {name: code for code, pair in self._roles.items() for name in pair if name}

    def find(self, name: str) -> FactKind | None:
        """Return the fact with this code or name; none when several share the name."""
        if fact := self._by_code.get(name):
            return fact
        codes = self._by_name.get(name, ())
        return self._by_code[codes[0]] if len(codes) == 1 else None

    def is_role(self, name: str) -> str | None:
        """Return the role's code for its code, Chinese or English name."""
        return name if name in self._roles else self._role_by_name.get(name)

    def ambiguous(self, name: str) -> tuple[str, ...]:
        """Return the codes of the facts that share the name, when there are several."""
        codes = () if name in self._by_code else tuple(self._by_name.get(name, ()))
        return codes if len(codes) > 1 else ()

    def near(self, name: str) -> tuple[str, ...]:
        """Return up to three known names that look like this one."""
        if len(name) > _LONGEST_MISTYPED_NAME:
            return ()
        known = [*self._by_code, *self._by_name, *self._role_by_name]
        close = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
        within = [other for other in self._by_name if len(name) > 1 and (name in other or other in name)]
        return tuple(dict.fromkeys([*close, *within]))[:3]

    def role_name(self, code: str, language: Language) -> str | None:
        """Return the role's name in the language, when it has one."""
        zh, en = self._roles.get(code, ("", ""))
        return (zh if language == "zh" else en) or None
