"""The values of a network, and how a change is carried through it: from the last of a chain on, and cut off early."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from heapq import heapify, heappop, heappush

from desktop.workflow.conditions.truth import Truth
from desktop.workflow.incremental.network import Network, Op
from desktop.workflow.incremental.stages import Mode

FALSE, UNKNOWN, TRUE = map(int, Truth)
ISSUED, MADE = 1, 2
"""The marks of an outcome: in force, and made so by this very request."""
_ANSWER, _CONDITION, _LEAF, _ALL, _SOME, _WHEN, _OUTCOME, _ITEM, _ORDER, _OPEN = map(int, Op)
_UNBEGUN, _LIVE, _ENDED, _REACHED = map(int, Mode)

Read = Callable[[int, int], int]
"""Gives the value of a vertex that is read from the records, by its number and the value it had."""


class Values:
    """The value of every vertex of a network. `recomputed` counts the vertices valued; `ready` are the items to begin.

    A vertex keeps how many of those below it are impossible (`_low`) and open (`_open`), so that one with a thousand
    below it is valued by looking at two numbers. `marks` and `modes` are set by whoever enters acts and outcomes.
    """

    def __init__(self, network: Network, read: Read) -> None:
        size = len(network)
        self.network, self._read = network, read
        self.marks, self.modes = bytearray(len(network.mark_at)), bytearray(size)
        self.ready: set[int] = set()
        self.recomputed = 0
        self._values = bytearray(size)
        self._low, self._open = [0] * size, [0] * size

    def __getitem__(self, number: int) -> int:
        return self._values[number]

    def copy(self, read: Read) -> Values:
        """Give the same values for another request to go on from."""
        other = copy(self)
        other.part(read)
        return other

    def part(self, read: Read) -> None:
        """Keep tables of one's own from now on, and read from other records."""
        self._read, self.recomputed = read, 0
        self.marks, self.modes, self.ready = self.marks[:], self.modes[:], set(self.ready)
        self._values, self._low, self._open = self._values[:], self._low[:], self._open[:]

    def value_all(self) -> None:
        """Value every vertex. Work O(V+E)."""
        network = self.network
        for number in range(len(network)):
            circle = network.circle[number]
            if not circle:
                self._count_below(number)
                self._values[number] = self._valued(number)
            elif number == network.circles[circle][0]:
                self._from_nothing(network.circles[circle])
        self.recomputed += len(network)

    def carry(self, moved: list[int]) -> bool:
        """Value what has moved, and go on from what has another value than before; work as much as changes.

        True where something that shapes the network has moved: the condition of an aim, or the members of a set.
        """
        network, values = self.network, self._values
        above, circle_of, shaping, reshaped = network.above, network.circle, network.shaping, False
        heapify(moved)
        last = -1
        while moved:
            number = heappop(moved)
            if number == last:
                continue
            if circle_of[number]:
                self._turn(network.circles[circle_of[number]], moved)
                continue
            last = number
            before, value = values[number], self._valued(number)
            self.recomputed += 1
            if before != value:
                values[number] = value
                reshaped = reshaped or number in shaping
                for each in above[number]:
                    self._count(each, before, value)
                    heappush(moved, each)
        return reshaped

    def _count(self, number: int, before: int, value: int) -> None:
        """Note of a vertex that one below it has another value."""
        if before != TRUE:
            (self._low if before == FALSE else self._open)[number] -= 1
        if value != TRUE:
            (self._low if value == FALSE else self._open)[number] += 1

    def _count_below(self, number: int) -> None:
        below = [self._values[each] for each in self.network.below[number]]
        self._low[number], self._open[number] = below.count(FALSE), below.count(UNKNOWN)

    # -- circles ------------------------------------------------------------------------------------------------

    def _turn(self, circle: tuple[int, ...], moved: list[int]) -> None:
        """Value a circle anew (rule 14), and note who outside it stands on what has changed."""
        first, last = circle[0], circle[-1]
        while moved and moved[0] <= last:
            heappop(moved)
        before = [self._values[number] for number in circle]
        self._from_nothing(circle)
        for number, was in zip(circle, before, strict=True):
            now = self._values[number]
            for each in self.network.above[number] if now != was else ():
                if not first <= each <= last:
                    self._count(each, was, now)
                    heappush(moved, each)

    def _from_nothing(self, circle: tuple[int, ...]) -> None:
        """Take every vertex of a circle as impossible, and raise them until what comes out is what was assumed."""
        for number in circle:
            self._values[number] = FALSE
        for number in circle:
            self._count_below(number)
        todo = list(reversed(circle))
        while todo:
            number = todo.pop()
            before, value = self._values[number], self._valued(number)
            self.recomputed += 1
            if value != before:
                self._values[number] = value
                inside = [each for each in self.network.above[number] if circle[0] <= each <= circle[-1]]
                for each in inside:
                    self._count(each, before, value)
                todo += inside

    # -- one vertex ---------------------------------------------------------------------------------------------

    def _valued(self, number: int) -> int:
        """Give the value of a vertex from what is below it, or from the records."""
        op, low, open_ = self.network.op[number], self._low[number], self._open[number]
        if op == _ITEM:
            return self._item(number, low, open_)
        if op == _OUTCOME:
            return self._outcome(number, low, open_)
        if op == _ALL:
            return FALSE if low else UNKNOWN if open_ else TRUE
        if op == _SOME:
            possible, enough = len(self.network.below[number]) - low, self.network.enough[number]
            return TRUE if possible - open_ >= enough else UNKNOWN if possible >= enough else FALSE
        if op == _WHEN:
            return self._when(number)
        return UNKNOWN if op == _OPEN else self._read(number, self._values[number])

    def _item(self, number: int, low: int, open_: int) -> int:
        mode = self.modes[number]
        if mode == _UNBEGUN:
            (self.ready.discard if low or open_ else self.ready.add)(number)
            return FALSE if low else UNKNOWN
        self.ready.discard(number)
        if mode == _REACHED:
            return TRUE if all(self.marks[mark] & MADE for mark in self.network.marks[number]) else UNKNOWN
        return UNKNOWN if mode == _LIVE else FALSE

    def _outcome(self, number: int, low: int, open_: int) -> int:
        if self.marks[self.network.marks[number][0]] & ISSUED:
            return TRUE
        items = len(self.network.below[number])
        if items > low + open_:
            return TRUE
        return UNKNOWN if open_ or not items else FALSE

    def _when(self, number: int) -> int:
        condition, part = (self._values[each] for each in self.network.below[number])
        if part == TRUE or condition == FALSE:
            return TRUE
        return part if condition == TRUE else UNKNOWN
