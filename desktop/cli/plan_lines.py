"""A plan told in lines on the command line, in the language of the seat."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from desktop.words import _, here, pick

if TYPE_CHECKING:
    from datetime import date

    from desktop.workflow.catalogue.definitions import Catalogue
    from desktop.workflow.planning.inputs import Key
    from desktop.workflow.planning.plan import PaperView, Plan, Question, Task
    from desktop.workflow.time.calendars import WorkCalendar


def plan_lines(answer: "Plan", catalogue: "Catalogue", calendar: "WorkCalendar") -> Iterator[str]:
    """Tell what is asked next, the papers, the tasks with their state, who must act and the dates."""
    from desktop.workflow.conditions.truth import Truth
    from desktop.workflow.planning.plan import Wanted

    yield _("{matter} ({code}), on {day}").format(
        matter=pick(answer.demand.name), code=answer.demand.code, day=here().date(answer.today)
    )
    if answer.route is not None:
        yield _("Stops here: {outcome}").format(outcome=pick(answer.route.outcome))
    if answer.value is Truth.TRUE:
        yield _("Everything asked for is there.")
    yield from _section(_("Asked next"), (_question(each, answer, catalogue) for each in answer.questions))
    yield from _section(_("Papers"), (_paper(each, answer, catalogue) for each in answer.papers))
    tasks = [task for task in answer.tasks if task.wanted is not Wanted.NOT_NEEDED]
    yield from _section(_("Tasks"), (_task(each, answer, catalogue, calendar) for each in tasks))
    if answer.advice:
        yield from _section(_("Advice"), (pick(advice.text) for advice in answer.advice))
    yield from _whole(answer, calendar)


def _section(title: str, entries: Iterable[str]) -> Iterator[str]:
    found = list(entries)
    yield f"{title} ({len(found)})"
    yield from (f"  {entry}" for entry in found)


def _question(question: "Question", answer: "Plan", catalogue: "Catalogue") -> str:
    from desktop.usecases.work.act_words import actor_words
    from desktop.workflow.planning.plan import Actor

    fact = catalogue.facts[question.key.code]
    said = _whose(question.key, answer) + pick(fact.question or fact.name)
    if question.actor is Actor.APPLICANT:
        return said
    return _("{what} · from {who}").format(what=said, who=actor_words(question.actor))


def _paper(paper: "PaperView", answer: "Plan", catalogue: "Catalogue") -> str:
    from desktop.workflow.planning.plan import PaperLine

    said = {
        PaperLine.NEEDED: _("needed"),
        PaperLine.OFFERED: _("if there is one"),
        PaperLine.COMING: _("comes from a department"),
        PaperLine.ON_FILE: _("on file"),
        PaperLine.RECEIVED: _("handed over"),
        PaperLine.OWING: _("owing"),
        PaperLine.DEFECTIVE: _("to be replaced"),
    }[paper.line]
    several = _(" (one of several)") if paper.one_of else ""
    return f"{_whose(paper.key, answer)}{pick(catalogue.materials[paper.key.code].name)} · {said}{several}"


def _task(task: "Task", answer: "Plan", catalogue: "Catalogue", calendar: "WorkCalendar") -> str:
    from desktop.authoring.window_words import filing_words
    from desktop.usecases.work.act_words import actor_words, state_words

    department = catalogue.departments.get(task.item.department)
    parts = [
        _whose(task.key, answer) + pick(task.item.name),
        task.item.department if department is None else pick(department.short or department.name),
        state_words(task.state.state, task.item.procedure),
        _("next: {who}").format(who=actor_words(task.actor)),
        *_dates(task, answer, calendar),
        *([] if task.filing is None else [filing_words(task.filing, here(), answer.today)]),
    ]
    return " · ".join(parts)


def _dates(task: "Task", answer: "Plan", calendar: "WorkCalendar") -> Iterator[str]:
    """Tell the limit, and when the task is due or would be."""
    from desktop.authoring.limit_words import limit_words
    from desktop.authoring.trial import by_if_today

    if task.due is not None:
        yield _("due by {day}").format(day=here().date(task.due.date, answer.today))
        return
    found = by_if_today(task, calendar, answer.today)
    if found is None:
        yield _("no limit")
        return
    day = here().date(found.date, answer.today)
    said = _("{period}; accepted today, by {day}").format(period=limit_words(found.limit, here()), day=day)
    yield _("{date} (estimated)").format(date=said) if found.estimated else said


def _whole(answer: "Plan", calendar: "WorkCalendar") -> Iterator[str]:
    """Tell the promise of the whole matter."""
    from desktop.authoring.limit_words import limit_words
    from desktop.workflow.time.deadlines import due

    promised = answer.demand.promised
    if answer.matter_due is not None:
        day = answer.matter_due.date
        yield _("The whole matter: by {day}").format(day=here().date(day, answer.today))
    elif promised is not None:
        day = due(answer.today, promised, calendar, today=answer.today).date
        said = _("The whole matter: {period}; accepted today, by {day}")
        yield said.format(period=limit_words(promised, here()), day=here().date(day, answer.today))
    else:
        return
    yield from _longer(answer, calendar, day)


def _longer(answer: "Plan", calendar: "WorkCalendar", day: "date") -> Iterator[str]:
    """Name the items whose own guides promise longer than the whole matter: the guides contradict each other."""
    from desktop.authoring.trial import by_if_today
    from desktop.workflow.planning.plan import Wanted

    names = []
    for task in answer.tasks:
        own = task.due or by_if_today(task, calendar, answer.today)
        if task.wanted is not Wanted.NOT_NEEDED and own is not None and own.date > day:
            names.append(pick(task.item.name))
    if names:
        said = _("The guides contradict each other here. By their own guides these take longer: {items}")
        yield said.format(items=here().listing(dict.fromkeys(names)))


def _whose(key: "Key", answer: "Plan") -> str:
    """Name whose a thing is, where it is not the applicant's or the case's."""
    from desktop.workflow.catalogue.definitions import APPLICANT, CASE

    if key.subject in {CASE, f"role:{APPLICANT}"}:
        return ""
    role = answer.demand.role(key.subject.removeprefix("role:"))
    return _("{whose}: ").format(whose=key.subject if role is None else pick(role.name))
