"""The hall's catalogue: facts, papers, outcomes, items and demands, frozen once published."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import Field

from desktop.workflow.catalogue.requirements import All, Deferral, Part, Phase, Requirement
from desktop.workflow.conditions.condition import Condition, FactKind, FactNames, FactType, parse
from desktop.workflow.procedure.procedures import ItemKind, ItemTiming, PauseGround
from desktop.workflow.time.limits import Limit, Unit

CASE = "case"
"""The subject of what is about the matter itself and about nobody's file."""

APPLICANT = "applicant"


class Text(Part):
    """A text in both languages."""

    zh: str
    en: str


class Wording(Text):
    """A text with its plain wording for the simplified steps."""

    plain: Text | None = None


class Source(StrEnum):
    """Where a fact may come from, best first."""

    REGISTRY = "registry"
    OUTCOME = "outcome"
    DERIVED = "derived"
    DECLARED = "declared"


class Provenance(Part):
    """Where a value of the catalogue comes from: codes of `sources`; `G` (general knowledge) makes a draft."""

    codes: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether the value rests on general knowledge only."""
        return bool(self.codes) and set(self.codes) <= {"G"}


class FromRoles(Part):
    """What a yes-or-no fact is where somebody is `named` in a role, or two roles are held by the `same` one."""

    holds: bool
    named: str | None = None
    same: tuple[str, str] | None = None


class Fact(Part):
    """Something the hall may need to know.

    `about` is the role it is asked of by default, or `case` for what concerns only this matter. `rule` derives it from
    other facts; `from_outcome` answers it yes while a valid outcome is on file (rule 13); `from_roles` answers it by
    who takes part, the first row that applies.
    """

    code: str
    name: Text
    type: FactType
    about: str = APPLICANT
    unit: str | None = None
    options: Mapping[str, Text] = Field(default_factory=dict)
    question: Wording | None = None
    help: Text | None = None
    sources: tuple[Source, ...] = (Source.DECLARED,)
    valid_for: Limit | None = None
    sensitive: bool = False
    members: Literal["values", "subjects"] = "values"
    minimum: int | None = None
    maximum: int | None = None
    rule: str | None = None
    from_outcome: str | None = None
    from_roles: tuple[FromRoles, ...] = ()
    src: tuple[str, ...] = ()

    @property
    def kind(self) -> FactKind:
        """The fact as the condition language sees it."""
        labels = {label: code for code, text in self.options.items() for label in (text.zh, text.en)}
        return FactKind(
            code=self.code,
            type=self.type,
            options=tuple(self.options),
            zh=self.name.zh,
            en=self.name.en,
            option_labels=labels,
            members=self.members,
        )


class Material(Part):
    """A paper the hall may take: who brings it, what it may look like, whether it may be owing."""

    code: str
    name: Text
    plain: Text | None = None
    about: str = APPLICANT
    forms: tuple[Literal["original", "copy", "shared", "form", "photo"], ...] = ("original",)
    origin: Literal["applicant", "government", "hospital", "other", "hall"] = "applicant"
    issuer: str | None = None
    valid_for: Limit | None = None
    substitutes: tuple[str, ...] = ()
    provided_by: tuple[str, ...] = ()
    deferrable: Deferral | None = None
    carries: tuple[str, ...] = ()
    src: tuple[str, ...] = ()


class Outcome(Part):
    """What a person leaves with: a certificate, a registration, a payment, a notice, a consent."""

    code: str
    name: Text
    plain: Text | None = None
    kind: Literal["certificate", "registration", "permit", "payment", "notice", "consent"] = "certificate"
    about: str = APPLICANT
    valid_for: Limit | None = None
    issuer: str | None = None
    src: tuple[str, ...] = ()


class Department(Part):
    """A department whose acts the hall prepares, takes in and hands out."""

    code: str
    name: Text
    short: Text | None = None


class Window(Part):
    """A time within which something must be filed after an event, named by the fact that dates it.

    `of` is the role the fact is about, if another than usual; `consequence` says what the rule links to being late.
    """

    limit: Limit
    after: str | None = None
    of: str | None = None
    text: Text | None = None
    consequence: Text | None = None
    basis: str | None = None
    src: tuple[str, ...] = ()


class Fee(Part):
    """What an item costs: the first row whose condition holds; an amount in yuan."""

    amount: Decimal = Decimal(0)
    when: str | None = None
    text: Text | None = None


CHECKED_WITHIN = Limit(20, Unit.WORKDAYS)
"""The time for the check of what is owed after a decision, where the item names none."""


class Item(Part):
    """A service item (事项): one department's procedure that provides outcomes when its requirements hold."""

    code: str
    name: Text
    plain: Text | None = None
    department: str
    about: str = APPLICANT
    open_to: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    eligible: str | None = None
    requires: Mapping[Phase, Requirement] = Field(default_factory=dict)
    procedure: str = "public_service"
    kind: ItemKind = ItemKind.PROMISED
    statutory: Limit | None = None
    promised: Limit | None = None
    extend: Limit | None = None
    afterwards: Limit | None = None
    pauses: tuple[PauseGround, ...] = ()
    window: Window | None = None
    fees: tuple[Fee, ...] = ()
    joint: str | None = None
    special: Text | None = None
    channel: Text | None = None
    note: Text | None = None
    base_code: str | None = None
    on_change: Mapping[str, Literal["ignore", "notify", "reverify", "redecide", "revoke"]] = Field(default_factory=dict)
    basis: str | None = None
    plain_item: bool = False
    src: tuple[str, ...] = ()

    @property
    def timing(self) -> ItemTiming:
        """The item's times as the legal states count them."""
        return ItemTiming(
            kind=self.kind,
            statutory=self.statutory,
            promised=self.promised,
            extend=self.extend,
            joint=self.joint is not None,
            pauses=self.pauses,
            afterwards=self.afterwards or (CHECKED_WITHIN if Phase.POST in self.requires else None),
        )

    def required(self, phase: Phase) -> Requirement:
        """Give what must hold before a gate; nothing asked is an empty `All`."""
        return self.requires.get(phase, NOTHING)


class Want(Part):
    """An outcome a demand aims at, where its condition holds.

    `item` names the one item that counts as the way to it here, where several matters share the outcome.
    `opt_in` ones are offered and never presumed: no goal until a choice takes them in (rule 29). `anew` ones are not
    met by what was on file before the demand was opened (renewal, change, an answer; rule 5); None leaves it to the
    outcome: a payment or a notice is always meant anew.
    """

    outcome: str
    when: str | None = None
    of: str | None = None
    item: str | None = None
    opt_in: bool = False
    anew: bool | None = None


class Role(Part):
    """Somebody or something a demand speaks of."""

    code: str
    name: Text
    kinds: tuple[Literal["person", "enterprise", "sole_trader", "body", "premises", "vehicle", "object"], ...] = (
        "person",
    )
    optional: bool = False
    set_of: str | None = None
    in_person: tuple[str, ...] = ()


class Route(Part):
    """A case that stops before it starts, with where to go instead."""

    when: str
    outcome: Text
    src: tuple[str, ...] = ()


class Advice(Part):
    """A sentence shown while its condition holds; it never stops the case."""

    text: Text
    when: str | None = None
    src: tuple[str, ...] = ()


class BeforeAfter(Part):
    """The old way and the new way as published, for comparison."""

    days: tuple[int, int] | None = None
    papers: tuple[int, int] | None = None
    visits: tuple[int, int] | None = None
    steps: tuple[int, int] | None = None
    src: tuple[str, ...] = ()


class Demand(Part):
    """A need people come with (一件事), the outcomes that meet it, and the words they say it in."""

    code: str
    name: Text
    plain: Text | None = None
    words: tuple[str, ...] = ()
    scene: str | None = None
    lead: str | None = None
    roles: tuple[Role, ...] = ()
    wants: tuple[Want, ...] = ()
    order: tuple[str, ...] = ()
    routing: tuple[Route, ...] = ()
    advice: tuple[Advice, ...] = ()
    promised: Limit | None = None
    visits: int | None = None
    fee_note: Text | None = None
    before_after: BeforeAfter | None = None
    basis: tuple[str, ...] = ()
    src: tuple[str, ...] = ()

    def role(self, code: str) -> Role | None:
        """Give the role of that code."""
        return next((role for role in self.roles if role.code == code), None)


class Scene(Part):
    """A scene of a person's or an enterprise's life, by which demands are found."""

    code: str
    name: Text
    audience: Literal["personal", "business", "field"]
    words: tuple[str, ...] = ()
    """What people say who belong here, though no demand of the scene is meant by it."""


class Law(Part):
    """A law or rule that is cited, by the short Chinese name a citation begins with."""

    code: str
    name: Text


class Catalogue(Part):
    """Everything a hall offers, under the hash of its published files."""

    version: str = "draft"
    facts: Mapping[str, Fact] = Field(default_factory=dict)
    materials: Mapping[str, Material] = Field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = Field(default_factory=dict)
    items: Mapping[str, Item] = Field(default_factory=dict)
    demands: Mapping[str, Demand] = Field(default_factory=dict)
    departments: Mapping[str, Department] = Field(default_factory=dict)
    scenes: Mapping[str, Scene] = Field(default_factory=dict)
    laws: Mapping[str, Law] = Field(default_factory=dict)

    @cached_property
    def names(self) -> FactNames:
        """The names conditions may use: every fact, and every role of every demand."""
        roles = {role.code: (role.name.zh, role.name.en) for demand in self.demands.values() for role in demand.roles}
        return FactNames((fact.kind for fact in self.facts.values()), roles)

    @cached_property
    def _read(self) -> dict[str, Condition]:
        return {}

    def condition(self, text: str) -> Condition:
        """Read a condition of this catalogue, once; raises ConditionFault."""
        if text not in self._read:
            self._read[text] = parse(text, self.names)
        return self._read[text]

    @cached_property
    def providers(self) -> Mapping[str, tuple[Item, ...]]:
        """For each outcome the items that provide it, in the author's order."""
        found: dict[str, list[Item]] = {}
        for item in self.items.values():
            for outcome in item.provides:
                found.setdefault(outcome, []).append(item)
        return {outcome: tuple(items) for outcome, items in found.items()}


NOTHING = All(parts=())
