"""Who takes part in a request, and with which authority."""

from desktop.ui.pages.log_people import called, role_words
from desktop.usecases.requests import RoleRow
from desktop.usecases.taking_part import CAPACITIES, SCOPES
from desktop.usecases.timeline import CaseView
from desktop.words import _, here


def people_rows(case: CaseView) -> list[tuple[str, str]]:
    """Who takes part, by role, no line twice; of an agent or a guardian also as what, for what and until when."""
    demand = None if case.view.plan is None else case.view.plan.demand
    rows = ((role_words(demand, role.role), _part(role, case)) for role in case.view.roles)
    return list(dict.fromkeys(rows))


def _part(role: RoleRow, case: CaseView) -> str:
    said = [called(role.name, role.kind)]
    capacities = CAPACITIES.get(role.role, {})
    if role.capacity in capacities:
        said.append(_(capacities[role.capacity]))
    if role.scope in SCOPES:
        said.append(_("sent for: {what}").format(what=_(SCOPES[role.scope])))
    if role.until is not None:
        said.append(_("until {day}").format(day=here().date(role.until, case.today)))
    return here().listing(said)
