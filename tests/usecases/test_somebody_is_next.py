"""Whatever is undone, an open request has somebody next: it is reached, impossible, withdrawn, or somebody's to do.

The publish check passes no catalogue in which nobody provides what is wanted.
"""

from dataclasses import replace
from random import Random
from typing import Any, Final

from hypothesis import assume, given, settings

from desktop.usecases.work.worklist import OPEN, next_actor, status_of
from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.planning.inputs import Inputs, Key, Kind
from desktop.workflow.planning.plan import Actor, Plan
from desktop.workflow.procedure.legal_states import TAKEN_AWAY, ActKind, ActorRole, LegalState
from desktop.workflow.procedure.profiles import PROFILES
from tests.workflow.random_catalogues import Case, cases
from tests.workflow.small_town import WHO, act, planned, with_more

UNDOING: Final = (
    ActKind.ANNUL, ActKind.REVOKE_UNLAWFUL, ActKind.WITHDRAW_PERMIT, ActKind.REVOKE_PENALTY, ActKind.DEREGISTER,
    ActKind.REFUSE, ActKind.NOT_ACCEPT, ActKind.WITHDRAW, ActKind.TERMINATE,
)  # fmt: skip
ONWARD: Final = (ActKind.SUBMIT, ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE, ActKind.SERVE)
TOWNS: Final = settings(derandomize=True, deadline=None, max_examples=70)


@TOWNS
@given(cases())
def test_whatever_is_undone_an_open_request_has_somebody_next(case: Case) -> None:
    assume(all(case.catalogue.providers.get(want.outcome) for want in case.catalogue.demands["need"].wants))
    assume(planned(case.catalogue, case.known).goals)
    known = case.known
    for _ in range(12):
        answer = planned(case.catalogue, known)
        if status_of(answer) == OPEN:
            assert next_actor(answer) is not None, _told(answer)
        _anew_where_needed(answer)
        known = _do_something(case.catalogue, known, answer, case.chance)


def _anew_where_needed(answer: Plan) -> None:
    """What was taken away and is needed stands before another round, and is nobody's only where it cannot be had."""
    for task in answer.tasks:
        if task.state.state in TAKEN_AWAY and task.key in answer.reasons and not task.state.barred_until:
            assert task.wanted.value == "not_needed", task.key
        if task.taken_away is not None and task.state.state is LegalState.NONE:
            assert task.actor is not Actor.NOBODY, task.key
            assert task.actor is not Actor.CLOCK, task.key


def _do_something(catalogue: Catalogue, known: Inputs, answer: Plan, chance: Random) -> Inputs:
    """Do an act that the table allows on a round of some item, undoing as often as going on; any gate is let be.

    Now and then what was on file is taken away elsewhere.
    """
    if known.held and chance.random() < 0.1:
        gone, *left = known.held
        return replace(known, held=tuple(left), lost=(*known.lost, Key(Kind.OUTCOME, gone.code, gone.subject)))
    items = [Key(Kind.ITEM, code, WHO) for code in catalogue.items]
    found = {key: answer.task(key) for key in chance.sample(items, len(items))}
    for key, task in found.items():
        state, number = (LegalState.NONE, 1) if task is None else (task.state.state, task.round)
        table = PROFILES[catalogue.items[key.code].procedure].transitions
        kinds = [kind for kind in (UNDOING if chance.random() < 0.5 else ONWARD) if (state, kind) in table]
        if kinds:
            kind = chance.choice(kinds)
            said: dict[str, Any] = {name: True for name in ("bad_faith", "redo") if chance.random() < 0.15}
            done = act(kind, key.code, number=number, role=ActorRole.APPROVER, reason="错了", **said)
            return with_more(known, acts=(replace(done, op=f"{done.op}{len(known.acts)}"),))
    return known


def _told(answer: Plan) -> list[tuple[object, ...]]:
    tasks = [(t.key.code, t.round, t.state.state, t.wanted, t.actor, t.proposed) for t in answer.tasks]
    return [*tasks, *((goal.key.code, goal.applies, goal.value, goal.unknown) for goal in answer.goals)]
