"""Whom and what a form names: one line for each, and the words for their kinds."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from desktop.usecases.people.people import FoundPerson
from desktop.words import _, gettext_noop, here, pgettext, pick
from desktop.workflow.catalogue.definitions import Demand

KINDS = {
    "person": gettext_noop("Person"),
    "enterprise": gettext_noop("Enterprise"),
    "sole_trader": gettext_noop("Sole trader"),
    "body": gettext_noop("Public body"),
    "premises": gettext_noop("Premises"),
    "vehicle": gettext_noop("Vehicle"),
    "object": gettext_noop("Other thing"),
}
ICONS = {
    "person": "user",
    "enterprise": "building",
    "sole_trader": "store",
    "body": "landmark",
    "premises": "home",
    "vehicle": "car",
    "object": "archive",
}
THINGS = frozenset({"premises", "vehicle", "object"})


@dataclass(frozen=True)
class Named:
    """Somebody or something on file: whom the form means, how it is called, of which kind it is."""

    subject: UUID
    name: str
    kind: str = "person"

    def kept(self) -> dict[str, str]:
        """Give it as it is kept in a draft."""
        return {"subject": str(self.subject), "name": self.name, "kind": self.kind}

    @classmethod
    def read(cls, kept: Mapping[str, str]) -> "Named":
        """Read it back from a draft."""
        return cls(UUID(kept["subject"]), kept["name"], kept.get("kind", "person"))


@dataclass(frozen=True)
class Called:
    """How a form calls whom a question or a paper is about: the role, and the name where there is one."""

    role: str
    name: str = ""

    @property
    def words(self) -> str:
        """Both, as they stand before a question."""
        return _("{role} {name}").format(role=self.role, name=self.name) if self.name else self.role


def kind_words(kind: str) -> str:
    """Say of which kind somebody or something is."""
    return _(KINDS[kind]) if kind in KINDS else kind


def name_words(named: Named) -> str:
    """Say how somebody is called; who gives no name is called so."""
    return called(named.name, named.kind)


def called(name: str | None, kind: str = "person") -> str:
    """Give a name, or say that there is none: a person may keep it back, anything else has none yet."""
    return name or (_("Without a name") if kind == "person" else _("Has no name yet"))


def told_apart(found: FoundPerson) -> str:
    """Say what tells one of the same name from another."""
    more = [] if found.kind in {"person", *THINGS} else [kind_words(found.kind)]
    if found.birth is not None:
        more.append(_("born {year}").format(year=found.birth.year))
    phone = [found.phone] if found.phone else []
    return here().listing([called(found.name, found.kind), *more, *found.identifiers, *phone])


def role_words(demand: Demand | None, code: str) -> str:
    """Name a role of a demand, or applicant, agent and guardian where it names none."""
    role = demand.role(code) if demand is not None else None
    if role is not None:
        return pick(role.name)
    everywhere = {
        "applicant": pgettext("role", "Applicant"),
        "agent": pgettext("role", "Agent"),
        "guardian": pgettext("role", "Guardian"),
    }
    return everywhere.get(code, code)
