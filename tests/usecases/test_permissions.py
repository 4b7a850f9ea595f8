"""Who may do what: the table, its meaning, and that every use case asks it first."""

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from desktop.usecases.context import Context
from desktop.usecases.hall import accounts, calendar, department_cards, hall_settings, halls, signing_in, stays
from desktop.usecases.needs import unmet_needs
from desktop.usecases.people import people, people_cards
from desktop.usecases.permissions import GRANTED, Permission, Role, allowed
from desktop.usecases.prepared import Prepared
from desktop.usecases.refused import Refused
from desktop.usecases.work import calendar_effects
from tests.usecases.conftest import SmallHall

MODULES: tuple[ModuleType, ...] = (
    accounts, calendar, calendar_effects, department_cards, hall_settings, halls, people, people_cards, signing_in,
    stays, unmet_needs,
)  # fmt: skip
ASKED: dict[str, Permission] = {
    "list_accounts": Permission.SEE_ACCOUNTS,
    "add_account": Permission.ADD_ACCOUNT,
    "change_roles": Permission.CHANGE_ROLES,
    "deactivate": Permission.DEACTIVATE_ACCOUNT,
    "unlock": Permission.UNLOCK_ACCOUNT,
    "change_password": Permission.CHANGE_OWN_PASSWORD,
    "reset_password": Permission.RESET_PASSWORD,
    "reopen": Permission.ADD_ACCOUNT,
    "rename_account": Permission.CHANGE_ROLES,
    "list_stays": Permission.SEE_ACCOUNTS,
    "end_stay": Permission.DEACTIVATE_ACCOUNT,
    "see_own_account": Permission.CHANGE_OWN_PASSWORD,
    "see_hall": Permission.SEE_HALL,
    "save_hall": Permission.CHANGE_SETTINGS,
    "see_departments": Permission.SEE_HALL,
    "see_year": Permission.SEE_HALL,
    "edit_calendar": Permission.EDIT_CALENDAR,
    "publish_year": Permission.EDIT_CALENDAR,
    "touched_requests": Permission.EDIT_CALENDAR,
    "effect_on": Permission.EDIT_CALENDAR,
    "recount": Permission.EDIT_CALENDAR,
    "list_departments": Permission.SEE_HALL,
    "save_department": Permission.EDIT_DEPARTMENTS,
    "save_counter": Permission.EDIT_COUNTERS,
    "register_person": Permission.REGISTER_PERSON,
    "register_enterprise": Permission.REGISTER_PERSON,
    "register_body": Permission.REGISTER_PERSON,
    "register_thing": Permission.REGISTER_PERSON,
    "form_faults": Permission.REGISTER_PERSON,
    "add_identifier": Permission.CHANGE_PERSON,
    "rename": Permission.CHANGE_PERSON,
    "change_phone": Permission.CHANGE_PERSON,
    "find_people": Permission.FIND_PEOPLE,
    "person_card": Permission.SEE_PERSON,
    "reveal_identifier": Permission.SEE_IDENTIFIER,
    "see_unmet_needs": Permission.ANSWER_UNMET_NEED,
    "own_need": Permission.ANSWER_UNMET_NEED,
    "answer_need": Permission.ANSWER_UNMET_NEED,
    "tell_answer": Permission.ANSWER_UNMET_NEED,
    "log_enquiry": Permission.LOG_REQUEST,
    "make_request_of_need": Permission.ANSWER_UNMET_NEED,
}
# Asked before anybody is signed in, about oneself, or as a part of a use case that has asked already.
NOT_ASKED = {
    "list_accounts_to_sign_in", "sign_in", "sign_out", "authenticated", "wait_left",
    "change_account", "open_account",
    "seed_calendar", "found_hall", "hall_status", "list_counters", "keep_facts", "check_part", "index_requests_of",
    "change_settings", "held_settings", "inputs_of", "rewrite_lines", "check_sight", "hold", "bring_others",
}  # fmt: skip
ABOUT_CITIZENS = {permission for permission in Permission if "person" in permission or "people" in permission} | {
    Permission.SEE_IDENTIFIER,
    Permission.SEE_REQUESTS,
    Permission.SEE_ATTACHMENT,
    Permission.SEE_LETTERS,
    Permission.SEE_TASKS,
    Permission.COPY_OUT,
    Permission.EXPORT,
}
ASKED_BY_ROLE = [(name, role) for name in ASKED for role in Role]


def use_cases() -> dict[str, Callable[..., Any]]:
    return {
        name: function
        for module in MODULES
        for name, function in inspect.getmembers(module, lambda it: inspect.isfunction(it) or isinstance(it, Prepared))
        if not name.startswith("_") and next(iter(inspect.signature(function).parameters), "") == "context"
    }


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_granted_to_somebody_in_the_one_table(permission: Permission) -> None:
    assert GRANTED[permission]


@pytest.mark.parametrize(("permission", "role"), [(permission, role) for permission in Permission for role in Role])
def test_a_role_may_what_the_table_grants_and_nothing_else(permission: Permission, role: Role) -> None:
    assert allowed(frozenset({role}), permission) is (role in GRANTED[permission])
    assert not allowed(frozenset(), permission)
    assert allowed(frozenset(Role), permission)


@pytest.mark.parametrize("permission", sorted(ABOUT_CITIZENS))
def test_administrators_auditors_and_experts_see_no_citizens(permission: Permission) -> None:
    assert not GRANTED[permission] & {Role.ADMINISTRATOR, Role.AUDITOR, Role.EXPERT}


def test_an_auditor_sees_the_log_and_only_the_auditor_does() -> None:
    own = {permission for permission in Permission if Role.AUDITOR in GRANTED[permission]}
    assert own == {Permission.READ_LOG, Permission.SEE_HALL, Permission.CHANGE_OWN_PASSWORD}
    assert GRANTED[Permission.READ_LOG] == {Role.AUDITOR}


def test_who_decides_does_not_log_requests_and_who_logs_does_not_decide() -> None:
    assert not GRANTED[Permission.DECIDE] & GRANTED[Permission.LOG_REQUEST]


def test_every_use_case_says_what_it_asks() -> None:
    assert set(use_cases()) == set(ASKED) | NOT_ASKED


def test_every_use_case_asks_before_it_looks_at_anything(hall: SmallHall) -> None:
    functions, untouched = use_cases(), object()
    for name, role in ASKED_BY_ROLE:
        if role in GRANTED[ASKED[name]]:
            continue
        with pytest.raises(Refused) as refusal:
            hall.write(hall.sessions[role], functions[name], untouched)
        assert (refusal.value.code, refusal.value.values) == ("not_allowed", {"permission": ASKED[name].value}), name


def test_nobody_acts_without_signing_in(hall: SmallHall) -> None:
    functions, untouched = use_cases(), object()
    for name in (*ASKED, "sign_out"):
        with pytest.raises(Refused) as refusal:
            hall.write(None, functions[name], untouched)
        assert refusal.value.code == "not_signed_in", name


def approve(context: Context, _command: None) -> str:
    return context.require(Permission.APPROVE).name


def test_only_a_reviewer_with_the_right_approves(hall: SmallHall) -> None:
    assert hall.write(hall.reviewer, approve) == "reviewer的姓名"
    plain = hall.add(Role.REVIEWER, "reviewer2", "mca")
    with pytest.raises(Refused, match="not_allowed"):
        hall.write(plain, approve)
