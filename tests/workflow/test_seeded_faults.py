"""Each seeded fault of the engine is caught: the tests of its rule pass without it and one of them fails with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from types import FunctionType

import pytest

from desktop.workflow.checking import paths as check_paths
from desktop.workflow.conditions import truth
from desktop.workflow.planning import coming, following, gates
from desktop.workflow.planning.demanded import Demanded
from desktop.workflow.planning.engine import _Planner
from desktop.workflow.planning.known import Known, _best
from desktop.workflow.planning.missing import MissingSets
from desktop.workflow.planning.plan import Plan
from desktop.workflow.planning.valuation import Valuation, members_of, too_few
from desktop.workflow.procedure import acts, folding
from desktop.workflow.time import counting, deadlines
from tests.workflow import (
    test_acts,
    test_check,
    test_choices,
    test_deadlines,
    test_engine,
    test_explain,
    test_folding,
    test_papers_of_a_plan,
    test_rules,
    test_wants,
)
from tests.workflow.seeding import seeded


@dataclass(frozen=True)
class Fault:
    """One rule broken in one place, and the test that must see it."""

    name: str
    where: object
    old: str
    new: str
    caught_by: Callable[[], None]


def inner(attribute: object) -> object:
    """Give the function within a property."""
    if isinstance(attribute, cached_property):
        return attribute.func
    return attribute.fget if isinstance(attribute, property) else attribute


def of(owner: type, name: str) -> object:
    return inner(owner.__dict__[name])


FAULTS = [
    Fault(
        "a false condition makes a way of an alternative hold (rule 1)",
        of(Valuation, "guarded"),
        "isinstance(requirement, When)",
        "False",
        test_engine.test_rule_1_a_false_condition_is_no_way_at_all_among_alternatives,
    ),
    Fault(
        "an at-least is content with one part less (rule 1)",
        truth.at_least,
        "largest[k - 1] if len(largest) == k",
        "largest[k - 2] if len(largest) == k",
        test_engine.test_rule_1_also_holds_for_at_least,
    ),
    Fault(
        "a yes-or-no leaf holds when it is answered no (rule 2)",
        of(Valuation, "fact_holds"),
        "holds=value is True",
        "holds=True",
        test_engine.test_rule_2_a_yes_or_no_leaf_holds_only_when_yes,
    ),
    Fault(
        "a need without any goal is met (rule 3)",
        of(Plan, "value"),
        "default=Truth.FALSE",
        "default=Truth.TRUE",
        test_engine.test_rule_3_no_goal_that_applies_is_never_met,
    ),
    Fault(
        "an outcome holds when granted (rule 4)",
        of(Known, "_done"),
        "each[2].state in REACHED",
        "each[2].decided_on is not None",
        test_engine.test_rule_4_an_outcome_holds_when_issued_not_when_granted,
    ),
    Fault(
        "a task nobody needs any more is forgotten (rule 4)",
        of(Demanded, "_begun"),
        "key not in self.items",
        "False",
        test_rules.test_rule_4_a_task_under_way_is_followed_though_nobody_needs_it_any_more,
    ),
    Fault(
        "an old answer meets a new need (rule 5)",
        of(Known, "_held"),
        "after is None or held.since > after",
        "True",
        test_rules.test_rule_5_what_is_wanted_anew_is_not_met_by_what_was_there_before,
    ),
    Fault(
        "what an item ends stays on file (rule 5)",
        of(Known, "_ended_here"),
        "self.item_of(key).ends",
        "()",
        test_rules.test_rule_5_an_item_may_end_what_was_on_file,
    ),
    Fault(
        "only the first round counts (rule 6)",
        of(Known, "round"),
        "max(self._acts.get((key.code, key.subject), {}), default=1)",
        "min(self._acts.get((key.code, key.subject), {}), default=1)",
        test_engine.test_rule_6_applying_again_opens_another_round,
    ),
    Fault(
        "a passed gate is judged again (rule 7)",
        of(MissingSets, "_carried_to"),
        "passed.how is Passed.DEEMED",
        "passed.how is Passed.JUDGED",
        test_engine.test_rule_7_what_a_passed_gate_was_judged_on_is_frozen,
    ),
    Fault(
        "an outcome need not stand at the decision (rule 7)",
        of(MissingSets, "_must_stand"),
        '"until_decision" if key.kind is Kind.OUTCOME else "at_gate"',
        '"at_gate"',
        test_rules.test_rule_7_an_outcome_must_still_stand_at_the_decision_and_a_paper_need_not,
    ),
    Fault(
        "a live round becomes impossible by a changed fact (rule 8)",
        of(Valuation, "_item"),
        "if state.live:",
        "if False:",
        test_engine.test_rule_8_a_live_round_is_never_impossible_by_a_changed_fact,
    ),
    Fault(
        "what does not hold is not told (rule 9)",
        of(MissingSets, "_alternatives"),
        "if closed or",
        "if",
        test_rules.test_rule_9_where_every_way_is_closed_what_closes_them_is_listed,
    ),
    Fault(
        "an empty set passes where there must be somebody (rule 10)",
        too_few,
        "(fact.minimum or 0)",
        "0",
        test_rules.test_rule_10_an_empty_set_is_no_answer_where_there_must_be_somebody,
    ),
    Fault(
        "eligibility closes the gate (rule 12)",
        gates._is_closed,
        "return demanded",
        "return demanded.known.eligible(key) is Truth.FALSE or demanded",
        test_engine.test_rule_12_eligibility_advises_and_never_guards,
    ),
    Fault(
        "a circle is taken for possible (rule 14)",
        of(Valuation, "value"),
        "self._assumed.get(key, Truth.FALSE)",
        "self._assumed.get(key, Truth.TRUE)",
        test_rules.test_rule_14_a_circle_is_valued_from_impossible_upward_until_nothing_changes,
    ),
    Fault(
        "an expired paper is good for ever (rule 15)",
        of(Known, "has_paper"),
        "paper.until >= self.today",
        "True",
        test_rules.test_rule_15_a_day_that_crosses_a_validity_is_a_change_of_input,
    ),
    Fault(
        "a stored choice of an item is not looked at (rule 16)",
        of(Demanded, "choose"),
        "way.code == stored",
        "False",
        test_engine.test_rule_16_a_stored_choice_stands_until_it_is_refused,
    ),
    Fault(
        "a stored choice of a way is not looked at (rule 16)",
        following.follow,
        "if chosen and len(taken) >= enough:",
        "if False:",
        test_choices.test_a_choice_narrows_questions_and_papers_to_its_way,
    ),
    Fault(
        "a choice takes away what counts",
        following.follow,
        "if len(holding) >= enough:",
        "if False:",
        test_explain.test_the_way_not_taken_names_its_alternatives,
    ),
    Fault(
        "not knowing is no answer (rule 17)",
        of(Known, "fact"),
        "NO_ANSWER if answers else UNKNOWN",
        "UNKNOWN",
        test_engine.test_rule_17_not_knowing_is_an_answer_and_passes_the_question_on,
    ),
    Fault(
        "what was declared stands above the register (rule 19)",
        _best,
        "_RANK[answer.source]",
        "-_RANK[answer.source]",
        test_engine.test_rule_19_the_highest_source_with_an_answer_stands,
    ),
    Fault(
        "five working days of silence mean nothing (rule 20, §32)",
        folding._keep_silence,
        "until > limit.date",
        "False",
        test_folding.test_a_permit_not_answered_in_five_working_days_is_accepted_as_of_its_receipt,
    ),
    Fault(
        "silence accepts as of the day it is noticed (§32)",
        folding._keep_silence,
        "basis, draft.received_on, found",
        "basis, found, found",
        test_folding.test_a_permit_not_answered_in_five_working_days_is_accepted_as_of_its_receipt,
    ),
    Fault(
        "what was missing when silence accepted is forgotten (rule 20)",
        of(MissingSets, "_carried_to"),
        "passed.how is Passed.DEEMED",
        "False",
        test_rules.test_rule_20_what_was_missing_when_silence_accepted_is_due_at_the_decision,
    ),
    Fault(
        "paused days are counted (rule 21)",
        counting._workdays_end,
        "for span_start, span_end in spans:",
        "for span_start, span_end in ():",
        test_acts.test_a_suspension_on_a_listed_ground_pauses_both_limits_and_raises_its_alarm,
    ),
    Fault(
        "the day it starts is counted (§82)",
        counting._workdays_end,
        "calendar.rank(start) + n",
        "calendar.rank(start) + n - 1",
        test_deadlines.test_the_ledger_of_twenty_working_days_explains_every_day_of_the_national_holiday,
    ),
    Fault(
        "a limit in calendar days ends on a rest day",
        counting.count_stage,
        "limit.unit is not Unit.HOURS",
        "False",
        test_deadlines.test_thirty_calendar_days_that_end_on_a_holiday_end_on_the_first_working_day_after_it,
    ),
    Fault(
        "a matter counts the days on which no item runs (rule 22)",
        deadlines._gaps,
        "if start > at:",
        "if False:",
        test_deadlines.test_a_matter_does_not_count_the_days_between_two_items,
    ),
    Fault(
        "a limit is extended twice (§42)",
        folding._extend,
        "elif draft.extensions:",
        "elif False:",
        test_acts.test_an_extension_happens_once_within_what_the_law_gives,
    ),
    Fault(
        "a second notice may ask for anything (rule 9)",
        acts._one_notice,
        "not in told | case.not_knowable",
        "in ()",
        test_acts.test_a_second_notice_names_only_what_could_not_be_known_or_came_back_defective,
    ),
    Fault(
        "a broken promise opens the decision",
        of(MissingSets, "promised_until"),
        "deferral.kept_on is not None",
        "not deferral.is_open",
        test_papers_of_a_plan.test_a_broken_promise_does_not_open_the_gate_it_was_due_at,
    ),
    Fault(
        "a paper owing holds the acceptance up",
        gates._of_phase,
        "_ORDER[later] <= _ORDER[gate]",
        "True",
        test_engine.test_a_paper_owing_moves_from_acceptance_to_the_decision,
    ),
    Fault(
        "somebody who joins a set later is never judged (rule 25)",
        of(MissingSets, "_newcomers"),
        "if member not in then:",
        "if False:",
        test_rules.test_rule_25_somebody_who_joins_after_acceptance_is_judged_at_the_next_gate,
    ),
    Fault(
        "order waits for what has ended (rule 28)",
        of(Valuation, "order"),
        "passed or not state.live",
        "passed",
        test_rules.test_rule_28_order_is_free_once_the_other_has_ended,
    ),
    Fault(
        "order waits for what nobody wants (rule 28)",
        of(Valuation, "after_keys"),
        "for key in (*self.known.begun, *self.reach.items) if key.code == requirement.item",
        "for key in (self.reach.items.setdefault(own) or own,)",
        test_engine.test_rule_28_order_alone_holds_nobody_up_when_the_other_is_not_wanted,
    ),
    Fault(
        "what is offered is presumed (rule 29)",
        of(Known, "is_taken"),
        "if not want.opt_in:",
        "if True:",
        test_choices.test_rule_29_what_is_offered_is_no_goal_until_it_is_chosen,
    ),
    Fault(
        "what is sensitive is asked for an offer (rule 29)",
        of(Demanded, "_offer"),
        "facts[f.code].sensitive",
        "False",
        test_choices.test_rule_29_nothing_is_offered_that_is_held_or_hangs_on_a_sensitive_answer,
    ),
    Fault(
        "a way out stops nothing",
        of(_Planner, "walk"),
        "if route is not None",
        "if False",
        test_wants.test_a_way_out_that_applies_stops_questions_papers_and_tasks,
    ),
    Fault(
        "a paper is proved by somebody else's outcome",
        of(Known, "_proof"),
        "CASE in {owner, self.catalogue.outcomes[outcome].about}",
        "True",
        test_papers_of_a_plan.test_what_a_paper_shows_is_looked_for_under_the_papers_owner,
    ),
    Fault(
        "a paper comes from an item nobody wants here",
        coming._providers,
        "item in there and",
        "",
        test_papers_of_a_plan.test_a_paper_comes_from_a_department_only_where_this_demand_wants_its_item,
    ),
    Fault(
        "two items wait for each other's paper",
        coming.coming,
        "before.setdefault(item, {})[provider] = None",
        "pass",
        test_papers_of_a_plan.test_two_items_that_bring_each_other_a_paper_do_not_both_wait,
    ),
    Fault(
        "the members of a set come as they like",
        members_of,
        "sorted(str(member) for member in value)",
        "sorted((str(member) for member in value), reverse=True)",
        test_rules.test_members_come_in_one_order,
    ),
    Fault(
        "the longest way counts its last item only",
        of(check_paths.Way, "then"),
        "Way((item, time), self, self.days + at_least_days(time))",
        "Way((item, time), None, at_least_days(time))",
        test_check.test_a_paper_is_waited_for_where_the_matter_itself_wants_what_it_shows,
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_seeded_fault_is_caught(fault: Fault) -> None:
    fault.caught_by()
    with seeded(fault.where, fault.old, fault.new), pytest.raises((AssertionError, pytest.fail.Exception)):
        fault.caught_by()
    fault.caught_by()


def test_there_are_more_than_twenty_and_each_is_another() -> None:
    assert len({(fault.where, fault.old, fault.new) for fault in FAULTS}) == len(FAULTS) > 20
    assert all(isinstance(fault.where, FunctionType) for fault in FAULTS)
