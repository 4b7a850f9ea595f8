"""Trying a demand without a hall: what is asked, which papers, which tasks, who must act, by when."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop.workflow.catalogue.definitions import APPLICANT, CASE, Catalogue
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.planning.engine import plan
from desktop.workflow.planning.inputs import FactValue, Inputs, Paper
from desktop.workflow.planning.plan import Plan, Task, Wanted
from desktop.workflow.time.calendars import WorkCalendar
from desktop.workflow.time.deadlines import Due, due

_NEAREST = 5


class TrialFault(ValueError):
    """A trial that cannot be made: a code and the values its sentence needs."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Given:
    """What is known of the case that is tried: who takes part by name, facts, papers, and the ways chosen."""

    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: tuple[FactValue, ...] = ()
    papers: tuple[Paper, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)


NOTHING_GIVEN = Given()


def trial(catalogue: Catalogue, calendar: WorkCalendar, demand: str, today: date, given: Given = NOTHING_GIVEN) -> Plan:
    """Plan a demand on a day from what is given. Raises TrialFault demand_unknown."""
    expect_demand(catalogue, demand)
    return plan(
        catalogue,
        calendar,
        Inputs(demand, given.roles, given.facts, given.papers, choices=given.choices, opened=today),
        today,
    )


def expect_demand(catalogue: Catalogue, demand: str) -> None:
    """Raise TrialFault demand_unknown (near: codes that may be meant) for a code the catalogue does not have."""
    if demand not in catalogue.demands:
        raise TrialFault("demand_unknown", demand=demand, near=near_demands(catalogue, demand))


def near_demands(catalogue: Catalogue, word: str) -> tuple[str, ...]:
    """Give the codes of demands that a mistyped code, a name or an everyday word may mean, the nearest first."""
    typed = word.strip().casefold()[:60]
    found: dict[str, float] = {}
    for demand in catalogue.demands.values():
        names = [name.casefold() for name in (demand.code, demand.name.zh, demand.name.en, *demand.words)]
        likeness = max(difflib.SequenceMatcher(None, typed, name).ratio() for name in names)
        if len(typed) > 1 and any(typed in name for name in names):
            likeness += 1
        if likeness >= 0.5:
            found[demand.code] = likeness
    return tuple(sorted(found, key=lambda code: -found[code])[:_NEAREST])


def subject_of(catalogue: Catalogue, demand: str, roles: Mapping[str, tuple[str, ...]], about: str) -> str:
    """Give the subject that stands for a role of a demand: the case, whoever is named, or the role itself."""
    if about == CASE:
        return CASE
    if roles.get(about):
        return roles[about][0]
    if about == APPLICANT or catalogue.demands[demand].role(about) is not None:
        return f"role:{about}"
    return subject_of(catalogue, demand, roles, APPLICANT)


def by_if_today(task: Task, calendar: WorkCalendar, today: date) -> Due | None:
    """Say when a task not begun would be due if the department accepted it today; None without a limit."""
    limit = task.item.promised or task.item.statutory
    return None if limit is None else due(today, limit, calendar, today=today)


def as_json(answer: Plan, calendar: WorkCalendar) -> dict[str, Any]:
    """Give a plan as plain data, for tools."""
    return {
        "demand": answer.demand.code,
        "today": answer.today.isoformat(),
        "route": answer.route.outcome.model_dump() if answer.route else None,
        "goals": [
            {"outcome": goal.key.code, "applies": goal.applies.name, "value": goal.value.name} for goal in answer.goals
        ],
        "questions": [{"fact": q.key.code, "subject": q.key.subject, "actor": q.actor.value} for q in answer.questions],
        "papers": [
            {"paper": p.key.code, "subject": p.key.subject, "line": p.line.value, "one_of": p.one_of}
            for p in answer.papers
        ],
        "tasks": [_task(task, calendar, answer.today) for task in answer.tasks],
        "matter_due": answer.matter_due.date.isoformat() if answer.matter_due else None,
        "met": answer.value is Truth.TRUE,
    }


def _task(task: Task, calendar: WorkCalendar, today: date) -> dict[str, Any]:
    begun = task.due.date if task.due else None
    today_accepted = by_if_today(task, calendar, today) if task.wanted is Wanted.NEEDED else None
    return {
        "item": task.key.code,
        "subject": task.key.subject,
        "department": task.item.department,
        "wanted": task.wanted.value,
        "state": task.state.state.value,
        "gates": {gate.value: view.readiness.value for gate, view in task.gates.items()},
        "missing": {
            gate.value: [one.key.leaf for one in view.missing] for gate, view in task.gates.items() if view.missing
        },
        "actor": task.actor.value,
        "due": begun.isoformat() if begun else None,
        "file_by": task.filing.due.date.isoformat() if task.filing else None,
        "filing_late": task.filing.late if task.filing else None,
        "due_if_accepted_today": today_accepted.date.isoformat() if today_accepted else None,
    }
