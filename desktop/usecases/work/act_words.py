"""The words of law as the hall says them: acts, states, gates, who acts, and a sentence for every "no"."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from desktop.usecases.letters.procedure_words import wording
from desktop.words import _, gettext_noop, here, pick
from desktop.workflow.catalogue.definitions import Text
from desktop.workflow.planning.plan import Actor
from desktop.workflow.procedure.legal_states import ActKind, ActorRole, Gate, LegalState
from desktop.workflow.time.limits import Limit

ACTS: Mapping[ActKind, str] = {
    ActKind.SUBMIT: gettext_noop("Pass on to the department"),
    ActKind.CORRECT: gettext_noop("Correct on the spot"),
    ActKind.NOT_REQUIRED: gettext_noop("No need to apply"),
    ActKind.NOT_OURS: gettext_noop("Not in our charge"),
    ActKind.SUPPLEMENT: gettext_noop("Ask for more papers"),
    ActKind.RESUPPLY: gettext_noop("Take in the papers asked for"),
    ActKind.PROMISE: gettext_noop("Let papers follow under a promise"),
    ActKind.ACCEPT: gettext_noop("Accept"),
    ActKind.NOT_ACCEPT: gettext_noop("Do not accept"),
    ActKind.ASSIGN: gettext_noop("Give to a reviewer"),
    ActKind.OBJECT: gettext_noop("Hear somebody with an interest"),
    ActKind.HEARING_OPEN: gettext_noop("Open a hearing"),
    ActKind.HEARING_CLOSE: gettext_noop("Close the hearing"),
    ActKind.SUSPEND: gettext_noop("Pause the count of days"),
    ActKind.RESUME: gettext_noop("Take up again"),
    ActKind.EXTEND: gettext_noop("Extend the limit"),
    ActKind.NOTE_REPORT: gettext_noop("Note a report"),
    ActKind.KEEP_PROMISE: gettext_noop("Take in a paper promised"),
    ActKind.BREAK_PROMISE: gettext_noop("Note that a promised paper did not come"),
    ActKind.GRANT: gettext_noop("Grant"),
    ActKind.REFUSE: gettext_noop("Refuse"),
    ActKind.ISSUE: gettext_noop("Issue the result"),
    ActKind.SERVE: gettext_noop("Hand over the result"),
    ActKind.CLEAR_CHECK: gettext_noop("Note that the check found all as promised"),
    ActKind.FAIL_CHECK: gettext_noop("Note that the check found a promise not kept"),
    ActKind.OBSERVE: gettext_noop("Note a decision of another system"),
    ActKind.WITHDRAW: gettext_noop("Withdraw"),
    ActKind.TERMINATE: gettext_noop("End the procedure"),
    ActKind.LAPSE: gettext_noop("Note that it lapsed"),
    ActKind.ANNUL: gettext_noop("Annul the decision"),
    ActKind.REVOKE_UNLAWFUL: gettext_noop("Revoke an unlawful permit"),
    ActKind.WITHDRAW_PERMIT: gettext_noop("Withdraw the permit"),
    ActKind.REVOKE_PENALTY: gettext_noop("Revoke the permit as a penalty"),
    ActKind.DEREGISTER: gettext_noop("Strike off the register"),
}
STATES: Mapping[LegalState, str] = {
    LegalState.NONE: gettext_noop("Not begun"),
    LegalState.SUBMITTED: gettext_noop("Handed in, not accepted yet"),
    LegalState.SUPPLEMENT: gettext_noop("More papers asked for"),
    LegalState.ACCEPTED: gettext_noop("Accepted"),
    LegalState.REVIEWING: gettext_noop("Under review"),
    LegalState.SUSPENDED: gettext_noop("Paused"),
    LegalState.GRANTED: gettext_noop("Granted, result not out yet"),
    LegalState.REFUSED: gettext_noop("Not granted"),
    LegalState.NOT_ACCEPTED: gettext_noop("Not accepted"),
    LegalState.WITHDRAWN: gettext_noop("Withdrawn"),
    LegalState.TERMINATED: gettext_noop("Procedure ended"),
    LegalState.LAPSED: gettext_noop("Lapsed"),
    LegalState.ISSUED: gettext_noop("Result is out"),
    LegalState.SERVED: gettext_noop("Result handed over"),
    LegalState.ANNULLED: gettext_noop("Decision annulled"),
    LegalState.REVOKED_UNLAWFUL: gettext_noop("Permit revoked as unlawful"),
    LegalState.PERMIT_WITHDRAWN: gettext_noop("Permit withdrawn by the department"),
    LegalState.PENALTY_REVOKED: gettext_noop("Permit revoked as a penalty"),
    LegalState.DEREGISTERED: gettext_noop("Struck off the register"),
}
GATES: Mapping[Gate, str] = {
    Gate.SUBMIT: gettext_noop("handing in"),
    Gate.ACCEPT: gettext_noop("acceptance"),
    Gate.DECIDE: gettext_noop("the decision"),
    Gate.ISSUE: gettext_noop("issuing the result"),
}
ACTOR_ROLES: Mapping[ActorRole, str] = {
    ActorRole.CLERK: gettext_noop("the counter"),
    ActorRole.REVIEWER: gettext_noop("a reviewer of the department"),
    ActorRole.APPROVER: gettext_noop("whoever approves for the department"),
    ActorRole.APPLICANT: gettext_noop("the applicant"),
    ActorRole.CLOCK: gettext_noop("a date"),
    ActorRole.OTHER_SYSTEM: gettext_noop("the system that decides it"),
}
ACTORS: Mapping[Actor, str] = {
    Actor.APPLICANT: gettext_noop("the applicant"),
    Actor.COUNTER: gettext_noop("the counter"),
    Actor.DEPARTMENT: gettext_noop("the department"),
    Actor.OTHER_AGENCY: gettext_noop("another body"),
    Actor.REGISTRY: gettext_noop("a register"),
    Actor.CLOCK: gettext_noop("a date"),
    Actor.NOBODY: gettext_noop("nobody"),
}
REFUSALS: Mapping[str, str] = {
    # the law's own
    "not_from_state": gettext_noop(
        "This is not the step for it: the item stands at “{state}”. Somebody else may just have gone on with it."
    ),
    "role_may_not": gettext_noop("This is done by {roles}, not by you."),
    "reason_missing": gettext_noop("A reason is needed. Write it down and try again."),
    "note_missing": gettext_noop("A note is needed. Write it down and try again."),
    "gate_closed": gettext_noop("Something is still missing before {gate}. See what is missing."),
    "legal_time_in_future": gettext_noop("An act cannot be dated in the future. Check the time."),
    "backdated_without_reason": gettext_noop("This is written down {days} days late. Give the reason."),
    "undoes_record": gettext_noop(
        "On record already: {acts}. What is written down later cannot undo it. Give a time after {on}."
    ),
    "observed_without_source": gettext_noop("Say in which system it was decided and under which number."),
    "observed_contradicts": gettext_noop("What the other system says does not fit: the item stands at “{state}”."),
    "nothing_listed": gettext_noop("Nothing is missing, so there is nothing to ask for."),
    "already_notified": gettext_noop("Everything missing was asked for on {on}; it may be asked for once only."),
    "late_notice_without_reason": gettext_noop("The notice was due on {due}. Give the reason why it comes late."),
    "nothing_deferred": gettext_noop("No paper may follow later here."),
    "deferral_without_day": gettext_noop("Give the day by which the paper is to follow."),
    "deferral_day_past": gettext_noop("The day by which the paper is to follow is past. Give a later one."),
    "deferral_too_late": gettext_noop("The paper has to follow by {latest}. Give an earlier day."),
    "no_open_promise": gettext_noop("No paper is owing under a promise."),
    "no_such_promise": gettext_noop("This paper is not owing under a promise."),
    "no_listed_ground": gettext_noop("The item names no ground on which its days may be paused."),
    "already_paused": gettext_noop("The days are paused on this ground already."),
    "ground_not_listed": gettext_noop("The item does not name this ground. Choose one of the list."),
    "expected_end_missing": gettext_noop("Give the day on which the days are expected to run again."),
    "expected_end_not_later": gettext_noop("The expected day has to be later than today."),
    "nothing_to_resume": gettext_noop("Nothing is paused."),
    "ground_not_open": gettext_noop("The days are not paused on this ground."),
    "hearing_not_closed": gettext_noop("The hearing is still open. Close it first."),
    "no_open_hearing": gettext_noop("No hearing is open."),
    "no_extension": gettext_noop("The law gives no extension here."),
    "already_extended": gettext_noop("The limit was extended on {on}; it may be extended once only."),
    "extension_too_late": gettext_noop("The limit ended on {due}; it can be extended no more."),
    "extension_too_long": gettext_noop("The law gives {longest} at the longest. Ask for less."),
    "limit_unreadable": gettext_noop("“{text}” is no limit. Write it like 10 workdays."),
    "not_instant": gettext_noop("Only an item done at once is decided in this step."),
    "no_rule_to_lapse": gettext_noop("No rule lets this item lapse."),
    "resupply_still_open": gettext_noop("The papers may still be brought until {due}."),
    "no_check_owed": gettext_noop("Nothing is left to be checked here."),
    "put_right_day_missing": gettext_noop("Give the day by which it has to be put right."),
    "put_right_day_past": gettext_noop("The day to put it right has to be later than today. Give a later one."),
    "still_owing": gettext_noop("Papers are still to be handed in. Take them in first, or note what was not kept."),
    "already_served": gettext_noop("This was handed over on {on}; it is handed over once only."),
    "time_without_zone": gettext_noop("The time of the act is incomplete. Try again."),
    "against_advice": gettext_noop(
        "By the facts the conditions are not met. To decide so all the same, give the reason."
    ),
    "valid_until_past": gettext_noop("The result would end on {day}, which is over. Give a later day."),
    "request_over": gettext_noop(
        "This request has ended; nothing in it changes any more. Log what is still needed as a new one."
    ),
    "way_closed": gettext_noop("This way is not open any more. Choose another one."),
    "nothing_ticked": gettext_noop("Tick at least one of them."),
    "defect_undescribed": gettext_noop("Say what is wrong with it; the person has to put it right."),
    "no_such_day": gettext_noop("There is no such day. Type year, month and day."),
    "method_missing": gettext_noop("Choose how it is handed over."),
    "redo_missing": gettext_noop("Say whether a new decision was ordered: what comes next hangs on it."),
    # the work of departments
    "task_unknown": gettext_noop("This work is not here any more. Choose another from the list."),
    "task_taken": gettext_noop("A colleague has taken this work. Take another one."),
    "round_over": gettext_noop("This application has been followed by another one. Choose the newer work."),
    "other_department": gettext_noop("This belongs to another department, which has to do it."),
    "not_your_departments": gettext_noop(
        "Nothing of this request belongs to your department, so it is not shown to you."
    ),
    "request_unknown": gettext_noop("There is no such request. Check the number."),
    "no_plan": gettext_noop("This request has no plan, so there is nothing to decide."),
    "letter_unknown": gettext_noop("There is no such letter on file."),
    # logging a request
    "demand_unknown": gettext_noop("The catalogue no longer has this matter. Choose another one."),
    "fact_unknown": gettext_noop("The catalogue no longer asks for this. Leave it out."),
    "paper_unknown": gettext_noop("The catalogue does not know this paper. Leave it out."),
    "value_unfit": gettext_noop("One answer does not fit its question. Check it."),
    "stopped_here": gettext_noop("As answered, this cannot be done here. See the advice beside the plan."),
    "twin_open": gettext_noop("The same matter is under way already: {numbers}. Go on with that one."),
    "words_missing": gettext_noop("What the person wants is missing. Write it down."),
    "not_at_once": gettext_noop("Nothing here can be finished at the counter. Log it, and the department goes on."),
    "named_though_anonymous": gettext_noop(
        "A report without a name keeps no name. Go on without a name, or say that it is not anonymous."
    ),
    "paper_may_not_follow": gettext_noop("{paper} may not follow later. It is needed now, or stays open."),
    "promise_past": gettext_noop("The day promised for the paper is past. Give a later one."),
    "promise_too_late": gettext_noop("The paper has to follow by {latest}. Give an earlier day."),
    # who takes part
    "role_unknown": gettext_noop("The catalogue no longer names everybody who takes part. Choose the matter again."),
    "role_empty": gettext_noop("{role}: nobody is named yet. Name somebody, or say that the name is not known yet."),
    "nobody_in_role": gettext_noop("Something is told about somebody who is not named yet. Name them first."),
    "role_of_another_kind": gettext_noop("{name} cannot stand as “{role}”. Choose somebody of the right kind."),
    "guardian_needed": gettext_noop("{name} is {age} years old. A guardian has to take part; name the guardian."),
    "mandate_ended": gettext_noop("The authority ended on {until}. Ask for one that still holds."),
    "mandate_without_scope": gettext_noop("Say what the agent was sent for."),
    "mandate_by_oneself": gettext_noop("{role}: nobody acts for themselves. Choose somebody else, or leave it out."),
    "agent_unnamed": gettext_noop("{role}: who acts for another gives a name."),
    "lone_surrogate": gettext_noop("Character {place} of the text is damaged. Type it again."),
    # people
    "already_has": gettext_noop("This person has such a number already."),
    "already_known": gettext_noop("This number belongs to somebody on file. Open that file instead."),
    "identifier_format": gettext_noop("The number is not right. Check it digit by digit."),
    "too_long": gettext_noop("This is {length} characters long; {limit} fit. Shorten it."),
    "identifier_province": gettext_noop(
        "The number begins with a place code that does not exist. Check its first two digits."
    ),
    "identifier_checksum": gettext_noop(
        "The last character does not fit the rest of the number. Check it digit by digit."
    ),
    "identifier_length": gettext_noop("The number has {length} characters, not {expected}. Check it."),
    "identifier_birth_impossible": gettext_noop("The day of birth in the number does not exist. Check it."),
    "identifier_birth_future": gettext_noop("The day of birth in the number is yet to come. Check it."),
    "identifier_birth_implausible": gettext_noop(
        "By the number the person is over {oldest_years} years old. Check it."
    ),
    "identifier_too_long": gettext_noop("The number is {length} characters long; {limit} fit. Check it."),
    "identifier_lone_surrogate": gettext_noop("Character {place} of the number is damaged. Type it again."),
    "identifier_or_reason_needed": gettext_noop("Give a number, or the reason why there is none."),
    "unknown_identifier": gettext_noop("There is no such number on file."),
    "unknown_kind": gettext_noop("This kind is not known. Choose one of the list."),
    "unknown_subject": gettext_noop("This person or body is not on file, or takes no part in this request."),
    "wrong_identifier_kind": gettext_noop("This kind of number does not belong to somebody of this kind."),
    "name_unchanged": gettext_noop("The new name is the old one."),
    "validity_ends_before_it_begins": gettext_noop("It ends before it begins. Check both days."),
    # accounts and settings
    "approver_reviews": gettext_noop("Only a reviewer can approve for a department."),
    "auditor_alone": gettext_noop("An auditor has no other role."),
    "department_needed": gettext_noop("A reviewer needs a department."),
    "last_administrator": gettext_noop("This is the last administrator. Name another one first."),
    "no_role": gettext_noop("The account has no role. Give it one."),
    "own_account": gettext_noop("Nobody changes the own account. Ask another administrator."),
    "unknown_account": gettext_noop("There is no such account."),
    "unknown_department": gettext_noop("There is no such department."),
    "unknown_division": gettext_noop("There is no such place code. Check it."),
    "unknown_zone": gettext_noop("There is no such time zone."),
    "code_missing": gettext_noop("The code is missing."),
}


def act_words(act: ActKind, procedure: str = "", *, service_owed: bool = False) -> str:
    """Name an act, as the procedure calls it; where a decision is still to be served, it is that which is served."""
    if act is ActKind.SERVE and service_owed:
        return _("Serve the decision")
    return _(wording(procedure).acts.get(act) or ACTS[act])


def state_words(state: LegalState, procedure: str = "", *, check_owed: bool = False, service_owed: bool = False) -> str:
    """Say where an item stands in law, as the procedure calls it, and what is still to come: a check, the service."""
    said = _(wording(procedure).states.get(state) or STATES[state])
    if service_owed:
        return _("{state}, decision to be served").format(state=said)
    return _("{state}, still to be checked").format(state=said) if check_owed else said


def actor_words(actor: Actor) -> str:
    """Say who must act."""
    return _(ACTORS[actor])


def spoken(values: Mapping[str, object]) -> dict[str, str]:
    """Give the values of a refusal as they are said: days, states, gates, acts and lists in words.

    A value `procedure` says in the words of which procedure acts and states are told.
    """
    procedure = str(values.get("procedure", ""))
    return {name: _spoken(value, procedure) for name, value in values.items()}


def _spoken(value: object, procedure: str) -> str:
    match value:
        case datetime():
            return here().date_time(value)
        case date():
            return here().date(value)
        case Limit():
            return str(value)
        case Text():
            return pick(value)
        case tuple() | list() | frozenset():
            return here().listing(_spoken(member, procedure) for member in value)
        case StrEnum():
            return _enum_words(value, procedure)
    return str(value)


def _enum_words(value: StrEnum, procedure: str) -> str:
    if isinstance(value, ActKind):
        return act_words(value, procedure)
    if isinstance(value, LegalState):
        return state_words(value, procedure)
    tables: tuple[Mapping[Any, str], ...] = (GATES, ACTOR_ROLES, ACTORS)
    for table in tables:
        if any(type(key) is type(value) for key in table):
            return _(table[value])
    return str(value)
