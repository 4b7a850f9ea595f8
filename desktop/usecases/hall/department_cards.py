"""The departments as the administrator sees them: what each has to do here, and who does and approves it."""

from collections import Counter
from dataclasses import dataclass

from db.queries.accounts import AccountRow, all_accounts
from db.queries.halls import departments
from db.queries.requests import wanted_by_department
from desktop.usecases.context import Context
from desktop.usecases.hall.name_order import name_order
from desktop.usecases.permissions import Permission, Role

UNDER_WAY = ("submitted", "supplement", "accepted", "reviewing", "suspended", "granted", "issued")


@dataclass(frozen=True)
class DepartmentCard:
    """A department of the hall, or one the catalogue names and the hall does not have yet."""

    code: str
    name_zh: str
    name_en: str
    active: bool
    here: bool
    """Whether the hall has it; False for one that only the catalogue names."""
    in_catalogue: bool
    items: int
    """How many items of the catalogue are its own."""
    under_way: int
    """How many pieces of work it has in hand."""
    reviewers: tuple[str, ...]
    """Names of the open accounts that review for it."""
    approvers: tuple[str, ...]
    """Those of them who may approve."""


def see_departments(context: Context, _query: None = None) -> tuple[DepartmentCard, ...]:
    """Give the hall's departments by name, then those that only the catalogue names."""
    context.require(Permission.SEE_HALL)
    rows = departments(context.connection, context.hall_id)
    named = {row.code: (row.name_zh, row.name_en, row.active) for row in rows}
    known = {code: (each.name.zh, each.name.en, False) for code, each in context.catalogue.departments.items()}
    items = Counter(item.department for item in context.catalogue.items.values())
    work = _under_way(context)
    staff = [row for row in all_accounts(context.connection, context.hall_id) if _reviews(row)]
    cards = []
    names = known | named
    for code in sorted(names, key=lambda code: (code not in named, name_order(names[code][0]))):
        name_zh, name_en, active = names[code]
        own = [row for row in staff if row.department == code]
        reviewers = tuple(row.name for row in own)
        approvers = tuple(row.name for row in own if row.approver)
        seen = code in named, code in known
        cards.append(
            DepartmentCard(code, name_zh, name_en, active, *seen, items[code], work.get(code, 0), reviewers, approvers)
        )
    return tuple(cards)


def _reviews(row: AccountRow) -> bool:
    return row.active and Role.REVIEWER.value in row.roles


def _under_way(context: Context) -> dict[str, int]:
    return wanted_by_department(context.connection, context.hall_id, UNDER_WAY)
