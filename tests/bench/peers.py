"""The workflow libraries the engine is measured beside; each plays the long case to its end, the fastest way found."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from tests.bench.long_case import before_of

Play = Callable[[], int]
"""Creates a case and finishes every task; gives how many were finished."""


def spiff(tasks: int) -> Play:
    """SpiffWorkflow (BPMN): a process read beforehand, its manual tasks run round by round as they become ready."""
    from lxml import etree
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.util.task import TaskState

    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(_bpmn(tasks)))
    process = parser.get_spec("case")

    def play() -> int:
        case, finished = BpmnWorkflow(process), 0
        case.do_engine_steps()
        while not case.is_completed():
            for task in case.get_tasks(state=TaskState.READY, manual=True):
                task.run()
                finished += 1
            case.do_engine_steps()
        return finished

    return play


def _bpmn(tasks: int) -> bytes:
    definitions = ET.Element(
        "definitions", xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL", targetNamespace="yijian"
    )
    process = ET.SubElement(definitions, "process", id="case", isExecutable="true")
    for kind, name in (
        ("startEvent", "start"),
        ("parallelGateway", "fork"),
        ("parallelGateway", "join"),
        ("endEvent", "end"),
    ):
        ET.SubElement(process, kind, id=name)
    flows = [("start", "t0"), ("t0", "fork"), ("join", f"t{tasks - 3}"), (f"t{tasks - 1}", "end")]
    flows += [pair for n in range(1, tasks - 3) for pair in (("fork", f"t{n}"), (f"t{n}", "join"))]
    flows += [(f"t{tasks - 3}", f"t{tasks - 2}"), (f"t{tasks - 2}", f"t{tasks - 1}")]
    for number in range(tasks):
        ET.SubElement(process, "manualTask", id=f"t{number}")
    for number, (source, target) in enumerate(flows):
        ET.SubElement(process, "sequenceFlow", id=f"f{number}", sourceRef=source, targetRef=target)
    return ET.tostring(definitions)


class _Task:
    state: str


def transitions(tasks: int) -> Play:
    """transitions: one machine for all tasks of a case, each a model; what waits is counted by ourselves."""
    from transitions import Machine

    before = before_of(tasks)
    after = _after(before)

    def play() -> int:
        models = [_Task() for _ in range(tasks)]
        Machine(models, states=["waiting", "ready", "done"], initial="waiting", auto_transitions=False, transitions=[
            ["open", "waiting", "ready"], ["finish", "ready", "done"],
        ])  # fmt: skip
        left = [len(each) for each in before]
        todo, finished = [0], 0
        models[0].open()  # type: ignore[attr-defined]  # the machine adds its triggers to the model
        while todo:
            number = todo.pop()
            models[number].finish()  # type: ignore[attr-defined]
            finished += 1
            for each in after[number]:
                left[each] -= 1
                if not left[each]:
                    models[each].open()  # type: ignore[attr-defined]
                    todo.append(each)
        return finished

    return play


def counting(tasks: int) -> Play:
    """The floor: nothing but counting what each task still waits for."""
    before = before_of(tasks)
    after = _after(before)

    def play() -> int:
        left = [len(each) for each in before]
        todo, finished = [0], 0
        while todo:
            number = todo.pop()
            finished += 1
            for each in after[number]:
                left[each] -= 1
                if not left[each]:
                    todo.append(each)
        return finished

    return play


def _after(before: tuple[tuple[int, ...], ...]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in before]
    for number, earlier in enumerate(before):
        for each in earlier:
            found[each].append(number)
    return found
