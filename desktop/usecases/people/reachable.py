"""Whether anybody can still be asked about a matter: who left neither name nor telephone cannot."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from db.queries.people import subjects
from desktop.usecases.context import Context
from desktop.usecases.values import NO_PHONE, is_phone

_ABLE_TO_ANSWER: Final = frozenset({"person", "enterprise", "sole_trader", "body"})


def is_nobody_to_ask(context: Context, demand: str, people: Sequence[UUID], told: Iterable[tuple[str, object]]) -> bool:
    """Tell whether nobody can be asked any more about a plain matter: no name, no telephone.

    `people` are those who take part, `told` the codes of the facts told with what was said.
    """
    wants = context.catalogue.demands[demand].wants
    items = [item for want in wants for item in context.catalogue.providers.get(want.outcome, ())]
    if not items or not all(item.plain_item for item in items):
        return False
    facts = context.catalogue.facts
    if any(code in facts and is_phone(facts[code]) and value not in (None, NO_PHONE) for code, value in told):
        return False
    rows = subjects(context.connection, context.hall_id, list(people)).values()
    return not any(row.kind in _ABLE_TO_ANSWER and (row.name or row.phone) for row in rows)
