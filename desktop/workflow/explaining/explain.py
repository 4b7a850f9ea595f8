"""Explanations of a plan: why something is in it, why it is not there yet, why it is not asked; data, no sentences.

Nothing here decides anything: every answer is read off the plan, so that a person can check the machine's advice
(个人信息保护法第二十四条).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.workflow.explaining.lacking import Choice, Lack, WayLack, WhyNotYet, why_not_yet
from desktop.workflow.explaining.unasked import NotAsked, why_not
from desktop.workflow.planning.inputs import Key
from desktop.workflow.planning.plan import Cause, Plan, Reason, Rule

__all__ = [
    "Cause",
    "Chain",
    "Choice",
    "Lack",
    "Link",
    "NotAsked",
    "Rule",
    "WayLack",
    "WhyNotYet",
    "why",
    "why_not",
    "why_not_yet",
]


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the way up: a vertex, and why it is there (by whom asked, rule, conditions, gate, article)."""

    key: Key
    reason: Reason


@dataclass(frozen=True, slots=True)
class Chain:
    """The way from a vertex up to what the person wanted, was asked at the door, or has begun."""

    links: tuple[Link, ...]

    @property
    def top(self) -> Key:
        """The wanted outcome (or the task under way) at the end of the way."""
        return self.links[-1].key

    @property
    def conditions(self) -> tuple[str, ...]:
        """Every condition on the way, nearest first, each once."""
        return tuple(dict.fromkeys(text for link in self.links for text in link.reason.conditions))

    @property
    def basis(self) -> tuple[str, ...]:
        """Every article on the way, nearest first, each once."""
        return tuple(dict.fromkeys(link.reason.basis for link in self.links if link.reason.basis))


def why(plan: Plan, key: Key) -> tuple[Chain, ...]:
    """Say why a vertex is in the plan: for each reason of its own the shortest way up, shortest first.

    Empty for what is not in the plan (see `why_not`). Work grows with the reasons of the plan, O(V+E).
    """
    upward = _shortest(plan)
    chains = []
    for reason in plan.reasons.get(key, ()):
        links = _up(Link(key, reason), upward)
        if links is not None:
            chains.append(Chain(links))
    return tuple(sorted(chains, key=lambda chain: len(chain.links)))


def _shortest(plan: Plan) -> Mapping[Key, Reason]:
    """Give each vertex the reason that leads up the shortest way, breadth first from what is wanted."""
    below: dict[Key | None, list[tuple[Key, Reason]]] = {}
    for key, reasons in plan.reasons.items():
        for reason in reasons:
            below.setdefault(reason.parent, []).append((key, reason))
    found: dict[Key, Reason] = {}
    waiting: deque[Key | None] = deque([None])
    while waiting:
        for key, reason in below.get(waiting.popleft(), ()):
            if key not in found:
                found[key] = reason
                waiting.append(key)
    return found


def _up(link: Link, upward: Mapping[Key, Reason]) -> tuple[Link, ...] | None:
    links = [link]
    seen = {link.key}
    while (parent := links[-1].reason.parent) is not None:
        if parent in seen or parent not in upward:
            return None
        seen.add(parent)
        links.append(Link(parent, upward[parent]))
    return tuple(links)
