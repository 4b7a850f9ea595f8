"""Trying a demand without a hall: what is asked, which papers, which tasks, who must act, by when."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.words import Unit as SpokenUnit
from desktop.words import Words
from desktop.workflow.calendars import WorkCalendar
from desktop.workflow.catalogue import CASE, Catalogue, Fact, Material, Outcome
from desktop.workflow.conditions import FactType
from desktop.workflow.engine import plan
from desktop.workflow.inputs import FactValue, Inputs, Key, Kind
from desktop.workflow.limits import Unit
from desktop.workflow.plan import PaperLine, Plan, Wanted
from desktop.workflow.truth import Truth

UNITS: Mapping[Unit, SpokenUnit] = {
    Unit.WORKDAYS: "working_day",
    Unit.DAYS: "day",
    Unit.MONTHS: "month",
    Unit.YEARS: "year",
    Unit.HOURS: "hour",
}


class TrialFault(ValueError):
    """A trial that cannot be made: a code and the values its sentence needs."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def trial(catalogue: Catalogue, calendar: WorkCalendar, demand: str, said: Mapping[str, Any], today: date) -> Plan:
    """Plan a demand from facts written as `name: value` or `role.name: value`.

    Raises TrialFault demand_unknown, fact_unknown, value_unfit.
    """
    if demand not in catalogue.demands:
        raise TrialFault("demand_unknown", demand=demand, known=", ".join(sorted(catalogue.demands)))
    facts = tuple(_fact(catalogue, str(name), value) for name, value in said.items())
    return plan(catalogue, calendar, Inputs(demand, facts=facts, opened=today), today)


def _fact(catalogue: Catalogue, name: str, value: Any) -> FactValue:
    role, _, last = name.rpartition(".")
    found = catalogue.names.find(last)
    if found is None:
        raise TrialFault("fact_unknown", fact=name, near=", ".join(catalogue.names.near(last)))
    fact = catalogue.facts[found.code]
    named = catalogue.names.is_role(role) if role else fact.about
    subject = CASE if named == CASE else f"role:{named or fact.about}"
    return FactValue(subject, fact.code, _value(fact, value))


def _value(fact: Fact, value: Any) -> object:
    """Give a written value the type of its fact; an option may be written by its code or by its name."""
    if value is None:
        return None
    match fact.type:
        case FactType.BOOL if isinstance(value, bool):
            return value
        case FactType.INT if isinstance(value, int) and not isinstance(value, bool):
            return int(value)
        case FactType.DECIMAL | FactType.MONEY if isinstance(value, int | float | str) and not isinstance(value, bool):
            return Decimal(str(value))
        case FactType.DATE if isinstance(value, date):
            return date(value.year, value.month, value.day)
        case FactType.ENUM if (code := fact.kind.option_labels.get(str(value), str(value))) in fact.options:
            return code
        case FactType.TEXT if isinstance(value, str):
            return value
        case FactType.SET if isinstance(value, list):
            return frozenset(fact.kind.option_labels.get(str(one), str(one)) for one in value)
    raise TrialFault("value_unfit", fact=fact.code, value=value)


def lines(answer: Plan, catalogue: Catalogue, words: Words) -> Iterator[str]:
    """Say a plan in lines, in a language."""
    say = words.gettext
    yield words.pick(answer.demand.name)
    if answer.route is not None:
        yield say("Stops here: {outcome}").format(outcome=words.pick(answer.route.outcome))
    yield from _section(say("Asked next"), (_question(q.key, catalogue, words) for q in answer.questions))
    yield from _section(say("Papers"), (_paper(p.key, p.line, p.one_of, catalogue, words) for p in answer.papers))
    yield from _section(say("Tasks"), _tasks(answer, words))
    yield from _section(say("Advice"), (words.pick(advice.text) for advice in answer.advice))


def _section(title: str, entries: Iterator[str]) -> Iterator[str]:
    found = list(entries)
    yield f"{title} ({len(found)})"
    yield from (f"  {entry}" for entry in found)


def name_of(key: Key, catalogue: Catalogue) -> Fact | Material | Outcome | Any:
    """Give the catalogue's entry for a vertex."""
    things: Mapping[Kind, Mapping[str, Any]] = {
        Kind.FACT: catalogue.facts,
        Kind.MATERIAL: catalogue.materials,
        Kind.OUTCOME: catalogue.outcomes,
        Kind.ITEM: catalogue.items,
    }
    return things[key.kind][key.code]


def _question(key: Key, catalogue: Catalogue, words: Words) -> str:
    fact = catalogue.facts[key.code]
    return words.pick(fact.question or fact.name)


def _paper(key: Key, line: PaperLine, one_of: str, catalogue: Catalogue, words: Words) -> str:
    said = {
        PaperLine.NEEDED: words.gettext("needed"),
        PaperLine.OFFERED: words.gettext("if there is one"),
        PaperLine.COMING: words.gettext("comes from a department"),
        PaperLine.ON_FILE: words.gettext("on file"),
        PaperLine.RECEIVED: words.gettext("handed over"),
        PaperLine.OWING: words.gettext("owing"),
        PaperLine.DEFECTIVE: words.gettext("to be replaced"),
    }[line]
    group = words.gettext(" (one of several)") if one_of else ""
    return f"{words.pick(name_of(key, catalogue).name)} · {said}{group}"


def _tasks(answer: Plan, words: Words) -> Iterator[str]:
    for task in answer.tasks:
        if task.wanted is Wanted.NEEDED:
            limit = task.item.promised or task.item.statutory
            period = f" · {words.period(limit.n, UNITS[limit.unit])}" if limit is not None else ""
            yield f"{words.pick(task.item.name)} · {task.item.department}{period}"


def as_json(answer: Plan) -> dict[str, Any]:
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
            {"paper": p.key.code, "subject": p.key.subject, "line": p.line.value, "one_of": bool(p.one_of)}
            for p in answer.papers
        ],
        "tasks": [
            {
                "item": task.key.code,
                "department": task.item.department,
                "wanted": task.wanted.value,
                "state": task.state.state.value,
                "gates": {gate.value: view.readiness.value for gate, view in task.gates.items()},
                "actor": task.actor.value,
                "due": task.due.date.isoformat() if task.due else None,
            }
            for task in answer.tasks
        ],
        "met": answer.value is Truth.TRUE,
    }
