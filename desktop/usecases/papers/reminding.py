"""Papers that were to follow and have not come (容缺逾期): who is reminded, in which words, and how often."""

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from desktop.letters.content import Reminder
from desktop.letters.parts import Due, Owing
from desktop.letters.text import Bilingual
from desktop.usecases.context import Context
from desktop.usecases.letters.letter_contents import about_of, applicant_part, naming_in, shared
from desktop.usecases.letters.letter_missing import both, need_of
from desktop.usecases.letters.letters import write_reminder
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.requests.case import plan_of_request
from desktop.usecases.sight import check_sight
from desktop.usecases.topics import Topic
from desktop.usecases.work.promises import Kept, OpenPromise, open_promises
from desktop.usecases.work.worklist import OPEN, status_kept
from desktop.workflow.planning.plan import Plan

REMINDED: Final = "promise_reminded"
_BEFORE_ACCEPTANCE: Final = Bilingual(
    zh="材料补齐以前，部门不能受理；缺的材料由部门一次书面告知。",
    en="The department cannot accept before the papers are here; it will tell in one written notice what is missing.",
)
_AFTER_ACCEPTANCE: Final = Bilingual(
    zh="材料补齐以前，部门不能作出准予的决定；部门可以书面认定承诺没有履行，并依法作出决定。",
    en="Nothing can be granted before the papers are here; the department may state in writing that the promise was"
    " not kept, and decide as the law provides.",
)
_FOUND_BROKEN: Final = Bilingual(
    zh="部门已经书面认定承诺没有履行，将依法作出决定；决定作出以前，材料仍然可以补交。",
    en="The department has stated in writing that the promise was not kept and will decide as the law provides; until"
    " then the papers may still be handed in.",
)
_CONSEQUENCES: Final[Mapping[Kept, Bilingual]] = {
    Kept.BROKEN: _FOUND_BROKEN,
    Kept.ACCEPTED: _AFTER_ACCEPTANCE,
    Kept.TOLD: _BEFORE_ACCEPTANCE,
}


def remind(context: Context, request: UUID) -> UUID:
    """Write the reminder of everything in a request that is owing past its day, and give the letter.

    It is the hall's own letter and decides nothing; it may be written again. Refused nothing_owing.
    """
    context.require(Permission.WRITE_LETTER)
    check_sight(context, request)
    plan = plan_of_request(context, request)
    missed = missed_promises(context, request, plan) if status_kept(context, request) == OPEN else ()
    if not missed:
        raise Refused("nothing_owing")
    data = {"papers": [one.key.code for one in missed]}
    event = context.record(REMINDED, Topic.REQUESTS, Topic.LETTERS, request=request, data=data)
    return write_reminder(context, request, lambda number: _letter(context, request, plan, missed, number), event)


def missed_promises(context: Context, request: UUID, plan: Plan) -> tuple[OpenPromise, ...]:
    """Give the papers of a request that are owing past their day, the longest owing first."""
    return tuple(one for one in open_promises(context, request, plan) if one.is_missed(context.today))


def consequence(promises: Iterable[OpenPromise]) -> Bilingual:
    """Say what the law lets follow as long as papers are owing, by how far the departments have gone."""
    stands = {one.stands for one in promises}
    return next((said for kept, said in _CONSEQUENCES.items() if kept in stands), _BEFORE_ACCEPTANCE)


def _letter(context: Context, request: UUID, plan: Plan, missed: tuple[OpenPromise, ...], number: str) -> Reminder:
    about = about_of(context, request)
    naming = naming_in(context, about)
    items = [task.item for key in dict.fromkeys(key for one in missed for key in one.items) if (task := plan.task(key))]
    return Reminder(
        **shared(context, about, number),
        department=about.hall.name,
        applicant=applicant_part(about),
        items=tuple(both(item.name) for item in items),
        owing=tuple(Owing(need=need_of(naming, one.key), due=Due(on=one.due)) for one in missed),
        where=about.hall.name,
        if_not_kept=consequence(missed),
    )
