"""The principles of the engine, each on many small catalogues made at random."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given

from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.catalogue.requirements import Phase
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.explaining.explain import Cause, Rule, why, why_not, why_not_yet
from desktop.workflow.planning.inputs import Inputs, Key, Kind
from desktop.workflow.planning.known import Known
from desktop.workflow.planning.missing import MissingSets
from desktop.workflow.planning.plan import Actor, PaperLine, Plan, Readiness, Task, Wanted
from desktop.workflow.planning.valuation import Valuation
from desktop.workflow.procedure.legal_states import Gate, LegalState
from tests.workflow.random_catalogues import FACTS, HEIRS, OUTCOMES, PAPERS, PROFILE, STEPS, Case, cases, shuffled, step
from tests.workflow.small_town import CALENDAR, TODAY, handed, held, planned, told, with_more

DONE = {LegalState.ISSUED, LegalState.SERVED}


def shown(answer: Plan) -> tuple[object, ...]:
    """What a person sees of a plan."""
    tasks = [(task.key, task.wanted, task.gates, task.actor, task.eligible) for task in answer.tasks]
    return answer.goals, answer.questions, answer.papers, tasks, dict(answer.values), answer.offers


# -- the same inputs give the same plan -------------------------------------------------------------------------------


@PROFILE
@given(cases())
def test_a_plan_is_computed_from_its_inputs_alone(case: Case) -> None:
    before = repr(case.known)
    assert shown(planned(case.catalogue, case.known)) == shown(planned(case.catalogue, case.known))
    assert repr(case.known) == before


@PROFILE
@given(cases())
def test_the_order_in_which_things_were_told_does_not_matter(case: Case) -> None:
    assert shown(planned(case.catalogue, shuffled(case))) == shown(planned(case.catalogue, case.known))


# -- adding something true --------------------------------------------------------------------------------------------


@PROFILE
@given(cases())
def test_a_paper_or_a_result_more_undoes_nothing(case: Case) -> None:
    more = with_more(
        case.known,
        papers=tuple(handed(code) for code in case.chance.sample(PAPERS, 2)),
        held=tuple(held(code) for code in case.chance.sample(OUTCOMES, 1)),
    )
    before, after = values(case.catalogue, case.known), values(case.catalogue, more)
    assert [key for key in before if after[key] < before[key]] == []


def values(catalogue: Catalogue, known: Inputs) -> dict[Key, Truth]:
    valuation = Valuation(Known(catalogue, CALENDAR, known, TODAY))
    kinds = ((Kind.MATERIAL, catalogue.materials), (Kind.OUTCOME, catalogue.outcomes), (Kind.ITEM, catalogue.items))
    keys = [valuation.known.key(kind, code) for kind, things in kinds for code in things]
    return {key: valuation.value(key) for key in keys}


@PROFILE
@given(cases())
def test_the_value_of_a_vertex_does_not_hang_on_which_was_valued_first(case: Case) -> None:
    forward = values(case.catalogue, case.known)
    valuation = Valuation(Known(case.catalogue, CALENDAR, case.known, TODAY))
    backward = {key: valuation.value(key) for key in reversed(list(forward))}
    assert backward == forward


@PROFILE
@given(cases())
def test_a_choice_narrows_what_is_asked_and_never_what_counts(case: Case) -> None:
    free = planned(case.catalogue, case.known)
    ways = {row.group: case.chance.choice(row.ways).name for row in free.alternatives if "#" in row.group}
    narrowed = planned(case.catalogue, replace(case.known, choices={**case.known.choices, **ways}))
    assert [goal.value for goal in narrowed.goals] == [goal.value for goal in free.goals]
    for task in narrowed.tasks:
        other = free.task(task.key)
        if other is not None:
            assert readiness(task) == readiness(other)


@PROFILE
@given(cases(begun=False))
def test_a_choice_asks_for_nothing_that_was_not_asked_for_before(case: Case) -> None:
    free = planned(case.catalogue, case.known)
    ways = {row.group: case.chance.choice(row.ways).name for row in free.alternatives if "#" in row.group}
    narrowed = planned(case.catalogue, replace(case.known, choices={**case.known.choices, **ways}))
    assert {paper.key for paper in narrowed.papers} <= {paper.key for paper in free.papers}
    assert {each.key for each in narrowed.questions} <= {each.key for each in free.questions}


def readiness(task: Task) -> list[Readiness]:
    return [task.gates[gate].readiness for gate in Gate]


# -- what is missing, and who must act --------------------------------------------------------------------------------


@PROFILE
@given(cases())
def test_what_is_decided_misses_nothing_and_what_is_open_misses_something(case: Case) -> None:
    known = Known(case.catalogue, CALENDAR, case.known, TODAY)
    valuation = Valuation(known)
    missing = MissingSets(valuation)
    for code, item in case.catalogue.items.items():
        key = known.key(Kind.ITEM, code)
        for phase in Phase:
            value = valuation.requirement(item.required(phase), known.bound(key))
            found = missing.of_phase(key, phase)
            assert bool(found) is (value is Truth.UNKNOWN) or value is Truth.FALSE
            if value is Truth.TRUE:
                assert found == ()
    for task in planned(case.catalogue, case.known).tasks:
        for view in task.gates.values():
            assert (view.readiness is Readiness.BLOCKED) <= bool(view.missing)
            assert (view.readiness in {Readiness.OPEN, Readiness.PASSED}) <= (not view.missing)


@PROFILE
@given(cases())
def test_everything_that_is_missing_names_who_must_act(case: Case) -> None:
    answer = planned(case.catalogue, case.known)
    assert all(question.actor is not Actor.NOBODY for question in answer.questions)
    for task in answer.tasks:
        assert all(row.actor is not Actor.NOBODY for view in task.gates.values() for row in view.missing)
        open_ = task.wanted is Wanted.NEEDED and (task.state.live or task.state.state is LegalState.NONE)
        assert not open_ or task.actor is not Actor.NOBODY


@PROFILE
@given(cases(begun=False))
def test_an_earlier_gate_never_misses_what_a_later_one_does_not(case: Case) -> None:
    for task in planned(case.catalogue, case.known).tasks:
        missing = [set(task.gates[gate].missing) for gate in Gate]
        assert all(earlier <= later for earlier, later in pairwise(missing))


# -- questions --------------------------------------------------------------------------------------------------------


@PROFILE
@given(cases())
def test_no_question_is_asked_whose_answer_could_change_nothing(case: Case) -> None:
    answer = planned(case.catalogue, case.known)
    for question in answer.questions:
        rules = {reason.rule for reason in answer.reasons[question.key]}
        if rules & {Rule.REQUIRES, Rule.MEMBERS, Rule.CARRIED} or question.key.code == HEIRS:
            continue  # asked for itself
        if hanging(answer, question.key) <= set(answer.reasons) and rules == {Rule.CONDITION}:
            continue  # what hangs on it is needed anyway; the question goes as soon as that is there
        after = [
            planned(case.catalogue, with_more(case.known, facts=(told(question.key.code, value),)))
            for value in (True, False)
        ]
        assert any(beside(each, question.key) != beside(answer, question.key) for each in after), question.key


def hanging(answer: Plan, fact: Key) -> set[Key]:
    """What is asked only where a condition on the fact holds."""
    return {
        key
        for key, causes in answer.skipped.items()
        if any(each.cause is Cause.CONDITION_UNDECIDED and fact.code in each.condition for each in causes)
    }


def beside(answer: Plan, fact: Key) -> tuple[object, ...]:
    """A plan without the question itself."""
    tasks = [
        (
            task.key,
            task.wanted,
            task.eligible,
            [(view.readiness, [row for row in view.missing if row.key != fact]) for view in task.gates.values()],
        )
        for task in answer.tasks
    ]
    questions = [each.key for each in answer.questions if each.key != fact]
    goals = [(goal.key, goal.applies) for goal in answer.goals]
    papers = [(paper.key, paper.line) for paper in answer.papers]
    return goals, questions, papers, tasks, len(answer.alternatives)


@PROFILE
@given(cases())
def test_nothing_is_asked_twice_and_nothing_that_is_known(case: Case) -> None:
    answer = planned(case.catalogue, case.known)
    keys = [question.key for question in answer.questions]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & set(answer.answered) - {key for key in keys if key.code == HEIRS}
    assert not {paper.key for paper in answer.papers if paper.line is PaperLine.NEEDED} & {
        Key(Kind.MATERIAL, paper.code, paper.subject) for paper in case.known.papers
    }


# -- every need comes to its end --------------------------------------------------------------------------------------


@PROFILE
@given(cases(acyclic=True))
def test_whoever_does_what_the_plan_says_comes_to_the_end(case: Case) -> None:
    """Answer, hand in and decide what the plan asks for; in the end every goal is met, or closed for a reason."""
    known = replace(case.known, facts=tuple(each for each in case.known.facts if each.value is not None))
    for _ in range(200):
        answer = planned(case.catalogue, known)
        moved = _next(case, answer, known)
        if moved is None:
            break
        known = moved
    else:
        raise AssertionError("it never ends")
    for goal in answer.goals:
        assert goal.applies is not Truth.UNKNOWN
        reached = goal.value is Truth.TRUE or _is_closed(answer, goal.key)
        assert goal.applies is Truth.FALSE or reached, (goal, [(t.key, readiness(t)) for t in answer.tasks])


def _next(case: Case, answer: Plan, known: Inputs) -> Inputs | None:
    """Do one thing that the plan names somebody for."""
    for question in answer.questions:
        value = frozenset({"ben"}) if question.key.code == HEIRS else case.chance.random() < 0.7
        return with_more(known, facts=(told(question.key.code, value, question.key.subject),))
    for paper in answer.papers:
        if paper.line in {PaperLine.NEEDED, PaperLine.DEFECTIVE}:
            return with_more(known, papers=(handed(paper.key.code, paper.key.subject),))
    for task in answer.tasks:
        act_kind = STEPS[len([each for each in known.acts if each.item == task.key.code]) :][:1]
        if task.wanted in {Wanted.NEEDED, Wanted.COMMITTED} and act_kind and _may(task):
            return with_more(known, acts=(step(act_kind[0], task.key.code),))
    for task in answer.tasks:
        for row in (row for view in task.gates.values() for row in view.missing):
            if row.actor is Actor.OTHER_AGENCY:
                return with_more(known, held=(held(row.key.code, row.key.subject),))
    return None


def _may(task: Task) -> bool:
    state = task.state.state
    gate = {LegalState.NONE: Gate.SUBMIT, LegalState.SUBMITTED: Gate.ACCEPT, LegalState.GRANTED: Gate.ISSUE}
    needed = gate.get(state, Gate.DECIDE if state is LegalState.REVIEWING else None)
    return needed is None or task.gates[needed].readiness is Readiness.OPEN


def _is_closed(answer: Plan, goal: Key) -> bool:
    """Tell whether a goal cannot be met: it is impossible, or a task on its way is closed for a reason."""
    if answer.values.get(goal) is Truth.FALSE:
        return True
    return any(Readiness.CLOSED in readiness(task) for task in answer.tasks)


# -- explanations -----------------------------------------------------------------------------------------------------


@PROFILE
@given(cases())
def test_everything_in_a_plan_can_say_why(case: Case) -> None:
    answer = planned(case.catalogue, case.known)
    goals = {goal.key for goal in answer.goals}
    pulled = [task.key for task in answer.tasks if task.wanted is Wanted.NEEDED]
    for key in (*(each.key for each in answer.questions), *(each.key for each in answer.papers), *pulled):
        chains = why(answer, key)
        assert chains, key
        for chain in chains:
            last = chain.links[-1].reason
            assert chain.top in goals or last.rule in {Rule.BEGUN, Rule.ROUTE}
            assert len({link.key for link in chain.links}) == len(chain.links)


@PROFILE
@given(cases())
def test_what_is_not_there_yet_leads_down_to_somebody_who_can_act(case: Case) -> None:
    answer = planned(case.catalogue, case.known)
    for task in answer.tasks:
        found = why_not_yet(answer, task.key)
        assert set(found.lack.all()) == set(task.gates[Gate.ISSUE].missing)
        assert set(found.first) <= set(found.lack.all())
        assert all(row.actor is not Actor.NOBODY or task_ended(answer, row.key) for row in found.roots)


def task_ended(answer: Plan, key: Key) -> bool:
    task = answer.task(key)
    return task is not None and not task.state.live


@PROFILE
@given(cases())
def test_everything_that_is_not_asked_can_say_why_not(case: Case) -> None:
    answer = planned(case.catalogue, case.known)
    asked = {question.key for question in answer.questions} | {
        paper.key for paper in answer.papers if paper.line not in {PaperLine.ON_FILE, PaperLine.RECEIVED}
    }
    keys = [Key(Kind.FACT, code, "case") for code in FACTS] + [Key(Kind.MATERIAL, code, "ann") for code in PAPERS]
    for key in keys:
        causes = why_not(answer, key)
        assert bool(causes) is (key not in asked), key
        assert (Cause.ANSWERED in {each.cause for each in causes}) <= (key in answer.answered)


# -- gates of the plan and of the walk agree --------------------------------------------------------------------------


@PROFILE
@given(cases())
def test_a_task_that_is_done_has_no_gate_left_to_pass(case: Case) -> None:
    for task in planned(case.catalogue, case.known).tasks:
        if task.state.state in DONE:
            assert set(readiness(task)) == {Readiness.PASSED}
