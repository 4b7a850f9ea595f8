"""The figures of the engine: the long case beside its peers, what one task costs, and a condition."""

from __future__ import annotations

import gc
import importlib.util
import json
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from desktop.authoring import load_catalogue, shipped_calendar
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.incremental.live import LiveCase
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.inputs import Key, Kind
from tests.bench import peers
from tests.bench.long_case import DAY, WHO, acts_of, catalogue_of, inputs

SIZES: Final = (10, 100, 1_000)
LARGEST: Final = 10_000
FASTER_THAN_SPIFF: Final = {10: 20, 1_000: 400}
VERTICES: Final = 5
_BUDGET_S: Final = 2.0
"""CPU seconds after which nothing is repeated any more."""

Figure = dict[str, Any]


def measure(sizes: tuple[int, ...] = SIZES, largest: int = LARGEST) -> dict[str, Any]:
    """Measure every engine on the long case in this process, in CPU time, the least of several repetitions."""
    rows = {tasks: _row(tasks) for tasks in sizes}
    figures = [*_ratios(rows), _growth(rows), *_vertices((*sizes, largest)), _condition()]
    return {"cases": {str(tasks): row for tasks, row in rows.items()}, "figures": figures}


def _row(tasks: int) -> dict[str, float]:
    """Measure one size, in milliseconds a case from its creation to its last task."""
    played: dict[str, Callable[[], int]] = {"counting": peers.counting(tasks), "ours, incremental": ours(tasks)}
    played["ours, with a JSON event a step"] = ours(tasks, by_json=True)
    if importlib.util.find_spec("transitions"):
        played["transitions"] = peers.transitions(tasks)
    if importlib.util.find_spec("SpiffWorkflow"):
        played["SpiffWorkflow"] = peers.spiff(tasks)
    row = {name: _least_ms(play, tasks) for name, play in played.items()}
    row["ours, a plan from scratch"] = _planned_ms(tasks)
    row["ours, what is ready"] = _ready_ms(tasks)
    row["ours, bytes of memory"] = _memory(tasks)
    return row


def ours(tasks: int, *, by_json: bool = False) -> Callable[[], int]:
    """Create a request on a network joined beforehand, and finish every task by two acts."""
    bare = LiveCase(catalogue_of(tasks), shipped_calendar(), inputs(), DAY)
    goal = Key(Kind.OUTCOME, f"o{tasks - 1}", WHO)
    events = [json.dumps({"finished": number}) for number in range(tasks)] if by_json else None

    def play() -> int:
        case = bare.another(inputs(), DAY)
        for number in range(tasks):
            finished = number if events is None else json.loads(events[number])["finished"]
            for act in acts_of(finished):
                case.do(act)
        assert case.value(goal) == 2
        return tasks

    return play


def _least_ms(play: Callable[[], int], tasks: int) -> float:
    taken: list[float] = []
    gc.collect()
    while not taken or (sum(taken) < _BUDGET_S and len(taken) < 200):
        began = time.process_time()
        finished = play()
        taken.append(time.process_time() - began)
        assert finished == tasks
    return min(taken) * 1000


def _planned_ms(tasks: int) -> float:
    catalogue, calendar = catalogue_of(tasks), shipped_calendar()
    plan(catalogue, calendar, inputs(), DAY)

    def once() -> int:
        return len(plan(catalogue, calendar, inputs(), DAY).tasks)

    return _least_ms(once, tasks)


def _ready_ms(tasks: int) -> float:
    case = LiveCase(catalogue_of(tasks), shipped_calendar(), inputs(), DAY)
    for act in acts_of(0):
        case.do(act)

    def once() -> int:
        return len(case.ready()) + 4

    return _least_ms(once, tasks)


def _memory(tasks: int) -> float:
    """Give what one request more takes, begun on a network that is there."""
    bare = LiveCase(catalogue_of(tasks), shipped_calendar(), inputs(), DAY)
    bare.another(inputs(), DAY)
    gc.collect()
    tracemalloc.start()
    kept = [bare.another(inputs(), DAY) for _ in range(20)]
    size, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / len(kept)


def _ratios(rows: dict[int, dict[str, float]]) -> Iterator[Figure]:
    for tasks, row in rows.items():
        if "SpiffWorkflow" in row:
            ratio = row["SpiffWorkflow"] / row["ours, incremental"]
            goal = FASTER_THAN_SPIFF.get(tasks)
            yield _figure(f"times as fast as SpiffWorkflow, {tasks} tasks", "×", ratio, at_least=goal)
        yield _figure(
            f"÷ bare counting, {tasks} tasks", "×", row["ours, incremental"] / row["counting"],
        )  # fmt: skip


def _growth(rows: dict[int, dict[str, float]]) -> Figure:
    """Compare what one task costs in the largest case with the smallest: 1 is linear."""
    least, most = min(rows), max(rows)
    each = {tasks: rows[tasks]["ours, incremental"] / tasks for tasks in (least, most)}
    return _figure(f"a task of {most} ÷ a task of {least}", "×", each[most] / each[least], at_most=2)


def _vertices(sizes: tuple[int, ...]) -> Iterator[Figure]:
    for tasks in sizes:
        case = LiveCase(catalogue_of(tasks), shipped_calendar(), inputs(), DAY)
        valued: list[int] = []
        for number in range(tasks):
            before = case.values.recomputed
            for act in acts_of(number):
                case.do(act)
            valued.append(case.values.recomputed - before)
        yield _figure(
            f"vertices valued for a finished task, {tasks} tasks", "", statistics.median(valued),
            at_most=VERTICES, most_but_the_head=max(valued[1:]), mean=statistics.mean(valued),
        )  # fmt: skip


def _condition() -> Figure:
    """Evaluate a condition of three comparisons with everything known, in microseconds each."""
    catalogue = load_catalogue()
    answers: dict[str, object] = {"premises_area": Decimal(120), "outdoor_sign": True}
    text = "outdoor_sign and premises_area > 100 and not (premises_area > 500)"
    condition, rounds = catalogue.condition(text), 10_000
    assert condition.evaluate(lambda ref: answers[ref.code], DAY).truth is Truth.TRUE

    def once() -> int:
        for _ in range(rounds):
            condition.evaluate(lambda ref: answers[ref.code], DAY)
        return rounds

    return _figure("evaluating a condition", "µs", _least_ms(once, rounds) * 1000 / rounds, at_most=5)


def _figure(
    name: str, unit: str, value: float, *, at_least: float | None = None, at_most: float | None = None, **more: float
) -> Figure:
    holds = (at_least is None or value >= at_least) and (at_most is None or value <= at_most)
    goal = {"at least": at_least} if at_least is not None else {"at most": at_most} if at_most is not None else {}
    return {"name": name, "unit": unit, "value": round(value, 3), **goal, "holds": holds, **more}
