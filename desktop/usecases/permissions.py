"""Who may do what: one permission for each act, and one table that grants them to roles."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Role(StrEnum):
    """What a member of staff is in the hall; one account may be several."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    EXPERT = "expert"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """One act, or one kind of look, that somebody may be allowed."""

    FIND_PEOPLE = "find_people"
    SEE_PERSON = "see_person"
    SEE_IDENTIFIER = "see_identifier"
    REGISTER_PERSON = "register_person"
    CHANGE_PERSON = "change_person"
    MERGE_PEOPLE = "merge_people"

    SEE_REQUESTS = "see_requests"
    LOG_REQUEST = "log_request"
    CHANGE_REQUEST = "change_request"
    WITHDRAW_REQUEST = "withdraw_request"
    REOPEN_REQUEST = "reopen_request"
    CLOSE_REQUEST = "close_request"
    RECORD_FACT = "record_fact"
    RECEIVE_PAPER = "receive_paper"
    RETURN_PAPER = "return_paper"
    ASK_UNLISTED_PAPER = "ask_unlisted_paper"
    ATTACH = "attach"
    SEE_ATTACHMENT = "see_attachment"
    WRITE_LETTER = "write_letter"
    SEE_LETTERS = "see_letters"
    HAND_OUT = "hand_out"
    KEEP_DRAFT = "keep_draft"
    COPY_OUT = "copy_out"

    SEE_TASKS = "see_tasks"
    TAKE_TASK = "take_task"
    ASSIGN_TASK = "assign_task"
    CHECK_PAPERS = "check_papers"
    ACCEPT = "accept"
    SUPPLEMENT = "supplement"
    PAUSE = "pause"
    DECIDE = "decide"
    DECIDE_AT_ONCE = "decide_at_once"
    EXTEND = "extend"
    APPROVE = "approve"
    INTERVENE = "intervene"

    CALL_TICKET = "call_ticket"
    ISSUE_TICKET = "issue_ticket"
    MOVE_TICKET = "move_ticket"
    RECORD_UNMET_NEED = "record_unmet_need"
    ANSWER_UNMET_NEED = "answer_unmet_need"

    SEE_STATISTICS = "see_statistics"
    EXPORT = "export"

    SEE_CATALOGUE = "see_catalogue"
    EDIT_CATALOGUE = "edit_catalogue"
    PUBLISH_CATALOGUE = "publish_catalogue"
    IMPORT_ITEMS = "import_items"
    IMPORT_MESSAGES = "import_messages"

    SEE_ACCOUNTS = "see_accounts"
    ADD_ACCOUNT = "add_account"
    CHANGE_ROLES = "change_roles"
    DEACTIVATE_ACCOUNT = "deactivate_account"
    UNLOCK_ACCOUNT = "unlock_account"
    CHANGE_OWN_PASSWORD = "change_own_password"  # noqa: S105 the name of an act, not a password
    RESET_PASSWORD = "reset_password"  # noqa: S105 the name of an act, not a password
    SEE_HALL = "see_hall"
    EDIT_DEPARTMENTS = "edit_departments"
    EDIT_COUNTERS = "edit_counters"
    EDIT_CALENDAR = "edit_calendar"
    CHANGE_SETTINGS = "change_settings"
    BACK_UP = "back_up"
    RESTORE = "restore"
    PURGE = "purge"
    READ_LOG = "read_log"


_CLERK, _REVIEWER, _SUPERVISOR = Role.CLERK, Role.REVIEWER, Role.SUPERVISOR
_EXPERT, _ADMINISTRATOR, _AUDITOR = Role.EXPERT, Role.ADMINISTRATOR, Role.AUDITOR
_AT_THE_COUNTER = frozenset({_CLERK, _SUPERVISOR})
_ON_THE_CASE = frozenset({_CLERK, _REVIEWER, _SUPERVISOR})
_REVIEW = frozenset({_REVIEWER})
_LEAD = frozenset({_SUPERVISOR})
_OFFICE = frozenset({_ADMINISTRATOR})
_WRITERS = frozenset({_EXPERT})
_EVERYBODY = frozenset(Role)

GRANTED: Final[Mapping[Permission, frozenset[Role]]] = MappingProxyType(
    {
        Permission.FIND_PEOPLE: _ON_THE_CASE,
        Permission.SEE_PERSON: _ON_THE_CASE,
        Permission.SEE_IDENTIFIER: _ON_THE_CASE,
        Permission.REGISTER_PERSON: _AT_THE_COUNTER,
        Permission.CHANGE_PERSON: _AT_THE_COUNTER,
        Permission.MERGE_PEOPLE: _LEAD,
        Permission.SEE_REQUESTS: _ON_THE_CASE,
        Permission.LOG_REQUEST: _AT_THE_COUNTER,
        Permission.CHANGE_REQUEST: _AT_THE_COUNTER,
        Permission.WITHDRAW_REQUEST: _AT_THE_COUNTER,
        Permission.REOPEN_REQUEST: _LEAD,
        Permission.CLOSE_REQUEST: _AT_THE_COUNTER,
        Permission.RECORD_FACT: _ON_THE_CASE,
        Permission.RECEIVE_PAPER: _ON_THE_CASE,
        Permission.RETURN_PAPER: _ON_THE_CASE,
        Permission.ASK_UNLISTED_PAPER: _ON_THE_CASE,
        Permission.ATTACH: _ON_THE_CASE,
        Permission.SEE_ATTACHMENT: _ON_THE_CASE,
        Permission.WRITE_LETTER: _ON_THE_CASE,
        Permission.SEE_LETTERS: _ON_THE_CASE,
        Permission.HAND_OUT: _AT_THE_COUNTER,
        Permission.KEEP_DRAFT: _ON_THE_CASE | _WRITERS,
        Permission.COPY_OUT: _ON_THE_CASE,
        Permission.SEE_TASKS: _ON_THE_CASE,
        Permission.TAKE_TASK: _REVIEW,
        Permission.ASSIGN_TASK: _LEAD,
        Permission.CHECK_PAPERS: _ON_THE_CASE,
        Permission.ACCEPT: _REVIEW,
        Permission.SUPPLEMENT: _REVIEW,
        Permission.PAUSE: _REVIEW,
        Permission.DECIDE: _REVIEW,
        Permission.DECIDE_AT_ONCE: _AT_THE_COUNTER,
        Permission.EXTEND: _REVIEW,
        Permission.APPROVE: _REVIEW,
        Permission.INTERVENE: _LEAD,
        Permission.CALL_TICKET: _ON_THE_CASE,
        Permission.ISSUE_TICKET: _AT_THE_COUNTER,
        Permission.MOVE_TICKET: _AT_THE_COUNTER,
        Permission.RECORD_UNMET_NEED: _ON_THE_CASE,
        Permission.ANSWER_UNMET_NEED: _LEAD,
        Permission.SEE_STATISTICS: _LEAD,
        Permission.EXPORT: _LEAD,
        Permission.SEE_CATALOGUE: _EVERYBODY - {_AUDITOR},
        Permission.EDIT_CATALOGUE: _WRITERS,
        Permission.PUBLISH_CATALOGUE: _WRITERS,
        Permission.IMPORT_ITEMS: _WRITERS | _OFFICE,
        Permission.IMPORT_MESSAGES: _LEAD | _OFFICE,
        Permission.SEE_ACCOUNTS: _OFFICE | _LEAD,
        Permission.ADD_ACCOUNT: _OFFICE,
        Permission.CHANGE_ROLES: _OFFICE,
        Permission.DEACTIVATE_ACCOUNT: _OFFICE,
        Permission.UNLOCK_ACCOUNT: _OFFICE,
        Permission.CHANGE_OWN_PASSWORD: _EVERYBODY,
        Permission.RESET_PASSWORD: _OFFICE,
        Permission.SEE_HALL: _EVERYBODY,
        Permission.EDIT_DEPARTMENTS: _OFFICE,
        Permission.EDIT_COUNTERS: _OFFICE,
        Permission.EDIT_CALENDAR: _OFFICE,
        Permission.CHANGE_SETTINGS: _OFFICE,
        Permission.BACK_UP: _OFFICE,
        Permission.RESTORE: _OFFICE,
        Permission.PURGE: _OFFICE,
        Permission.READ_LOG: frozenset({_AUDITOR}),
    }
)
"""The only place where a permission is given. To approve, one needs the right of an approver besides."""


def allowed(roles: frozenset[Role], permission: Permission) -> bool:
    """Return whether any of the roles has the permission."""
    return not GRANTED[permission].isdisjoint(roles)
