"""Why something is in a plan, what it still lacks and who must act, in sentences of the seat's language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.authoring.window_words import filing_words
from desktop.ui.condition_words import natural
from desktop.ui.plan_pictures import name_of
from desktop.usecases.work.act_words import actor_words
from desktop.words import _, gettext_noop, here, language, pick
from desktop.workflow.catalogue.citations import cited
from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.conditions.condition import ConditionFault
from desktop.workflow.conditions.truth import Truth
from desktop.workflow.explaining.explain import Cause, Chain, Lack, Link, NotAsked, Rule, why, why_not, why_not_yet
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import Actor, Plan

Names = Mapping[str, str]
"""The name of a subject by its id, for what is asked of one among several."""

_LINKS: Mapping[Rule, str] = {
    Rule.GOAL: gettext_noop("The person wants it: {what} ({demand})."),
    Rule.PROVIDES: gettext_noop("{what} leads to: {parent}."),
    Rule.CONDITION: gettext_noop("The answer decides what {parent} asks for."),
    Rule.ELIGIBLE: gettext_noop("The answer decides whether the conditions of {parent} are met."),
    Rule.MEMBERS: gettext_noop("{parent} asks for something once for each of them: {what}."),
    Rule.AFTER: gettext_noop("{parent} comes after {what}."),
    Rule.PROVES: gettext_noop("{what} takes the place of a paper: {parent}."),
    Rule.CARRIED: gettext_noop("{what} is shown by: {parent}."),
    Rule.BEGUN: gettext_noop("{what} has been begun already."),
    Rule.ROUTE: gettext_noop("The answer decides whether this is the right place for it."),
}
_REQUIRES = {
    "submit": gettext_noop("When it is handed in, {parent} asks for: {what}."),
    "accept": gettext_noop("Before acceptance, {parent} asks for: {what}."),
    "decide": gettext_noop("Before the decision, {parent} asks for: {what}."),
    "issue": gettext_noop("Before the result is issued, {parent} asks for: {what}."),
    "post": gettext_noop("After the result is out, {parent} asks for: {what}."),
}
_ASKS = gettext_noop("{parent} asks for: {what}.")
_DECIDES_GOAL = gettext_noop("The answer decides whether {parent} is needed.")
_DECIDING = frozenset({Rule.CONDITION, Rule.ELIGIBLE, Rule.ROUTE})
_CAUSES: Mapping[Cause, str] = {
    Cause.ROUTE: gettext_noop("As answered, this is not done here."),
    Cause.NO_DEMAND: gettext_noop("Nothing the person wants leads to it."),
    Cause.NOT_CHOSEN: gettext_noop("It is offered, and nobody has asked for it."),
    Cause.GOAL_NOT_HERE: gettext_noop("It does not apply here."),
    Cause.GOAL_UNDECIDED: gettext_noop("It is not settled yet whether it applies."),
    Cause.CONDITION_FALSE: gettext_noop("The condition for it is not met."),
    Cause.CONDITION_UNDECIDED: gettext_noop("It is not settled yet whether its condition is met."),
    Cause.CONDITION_SETTLED: gettext_noop("It is settled without this answer."),
    Cause.NOT_ELIGIBLE: gettext_noop("The conditions for this way are not met."),
    Cause.OTHER_WAY: gettext_noop("Another way is taken."),
    Cause.WAY_CLOSED: gettext_noop("This way is closed."),
    Cause.ENOUGH: gettext_noop("Enough of the alternatives is there already."),
    Cause.GATE_PASSED: gettext_noop("The step that looks at it is over."),
    Cause.ON_FILE: gettext_noop("It is on file."),
    Cause.RECEIVED: gettext_noop("It has been taken in."),
    Cause.ANSWERED: gettext_noop("It has been answered."),
    Cause.ITEM_NOT_NEEDED: gettext_noop("What would ask for it is not needed."),
    Cause.DONE: gettext_noop("It is done."),
}
_MOST_CHAINS = 3


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the sentences under it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """What is explained, and why it is asked, what is missing and who must act, each under its heading."""

    name: str
    sections: tuple[Section, ...]

    @property
    def text(self) -> str:
        """The whole as it is heard."""
        said = [line for section in self.sections for line in (section.title, *section.lines)]
        return "\n".join((self.name, *said))


def explain(plan: Plan, leaf: str, whose: Names | None = None) -> Explained | None:
    """Explain a vertex of a plan by its word; None for a word the plan knows nothing of."""
    key = _key(leaf)
    if key is None or not _is_known(key, plan.catalogue):
        return None
    said = _Said(plan, whose or {})
    sections = (
        Section(_("Why it is asked"), tuple(said.chains(why(plan, key)))),
        Section(_("Why it is not asked"), tuple(said.not_asked(why_not(plan, key)))),
        Section(_("Time to hand it in"), tuple(said.filing(key))),
        Section(_("What is still missing"), tuple(said.missing(key))),
        Section(_("Who must act"), tuple(said.actors(key))),
    )
    return Explained(said.name(key), tuple(section for section in sections if section.lines))


def condition_words(text: str, catalogue: Catalogue) -> str:
    """Say a condition in words, with the names of its facts instead of their codes."""
    try:
        condition = catalogue.condition(text)
    except ConditionFault:
        return text
    written = condition.to_text(language(), catalogue.names)
    codes = {ref.code: catalogue.facts[ref.code] for ref in condition.reads if ref.code in catalogue.facts}
    for code in sorted(codes, key=len, reverse=True):
        quoted = _("“{name}”").format(name=pick(codes[code].name))
        written = re.sub(rf"(?<![\w.])(?:\w+\.)?{re.escape(code)}(?!\w)", quoted, written)
    return natural(written)


def _in_a_row(sentences: Sequence[str]) -> str:
    """Put sentences after one another, as the language does it."""
    said = sentences[0]
    for more in sentences[1:]:
        said = _("{sentence} {more}").format(sentence=said, more=more)
    return said


def _key(leaf: str) -> Key | None:
    kind, _colon, rest = leaf.partition(":")
    code, colon, subject = rest.partition(":")
    return Key(Kind(kind), code, subject) if colon and kind in set(Kind) else None


def _is_known(key: Key, catalogue: Catalogue) -> bool:
    shelves = {
        Kind.FACT: catalogue.facts.keys(),
        Kind.MATERIAL: catalogue.materials.keys(),
        Kind.OUTCOME: catalogue.outcomes.keys(),
        Kind.ITEM: catalogue.items.keys(),
    }
    return key.code in shelves[key.kind]


class _Said:
    """Puts the explanations of one plan into words."""

    def __init__(self, plan: Plan, whose: Names) -> None:
        self._plan = plan
        self._whose = whose

    def name(self, key: Key) -> str:
        """Name a vertex, and whose it is where that is known."""
        if not _is_known(key, self._plan.catalogue):
            return key.code
        name, whose = name_of(key, self._plan.catalogue), self._whose.get(key.subject)
        return _("{what} ({whose})").format(what=name, whose=whose) if whose else name

    def chains(self, chains: tuple[Chain, ...]) -> Iterator[str]:
        """Say the shortest way up to what the person wants in full, and of the others what asks for it."""
        told: dict[str, None] = {}
        for number, chain in enumerate(chains[:_MOST_CHAINS]):
            for link in chain.links if number == 0 else chain.links[:1]:
                told[self._link(link)] = None
        yield from told

    def _link(self, link: Link) -> str:
        """Say one step: who asks for it or what it decides, under which condition, by which law."""
        reason = link.reason
        parent = "" if reason.parent is None else self.name(reason.parent)
        said = [_(self._sentence(link)).format(what=self.name(link.key), parent=parent, demand=self._demand())]
        if reason.conditions:
            said.append(self._conditions(reason.conditions, open_still=self._is_open(link)))
        if reason.one_of:
            said.append(_("It is one of several ways."))
        if reason.basis:
            article = pick(cited(reason.basis, self._plan.catalogue))
            said.append(_("By law: {article}.").format(article=article))
        return _in_a_row(said)

    @staticmethod
    def _sentence(link: Link) -> str:
        reason = link.reason
        if reason.rule is Rule.REQUIRES:
            return _REQUIRES.get(reason.phase, _ASKS)
        if reason.rule is Rule.CONDITION and reason.parent is None:
            return _LINKS[Rule.ROUTE]
        if reason.rule is Rule.CONDITION and reason.parent is not None and reason.parent.kind is Kind.OUTCOME:
            return _DECIDES_GOAL
        return _LINKS[reason.rule]

    def _is_open(self, link: Link) -> bool:
        """Tell whether the conditions of a step are not settled yet."""
        undecided = {goal.key for goal in self._plan.goals if goal.applies is Truth.UNKNOWN}
        return link.reason.rule in _DECIDING or (link.reason.rule is Rule.GOAL and link.key in undecided)

    def _demand(self) -> str:
        return pick(self._plan.demand.name)

    def _conditions(self, conditions: tuple[str, ...], *, open_still: bool) -> str:
        said = here().listing(condition_words(text, self._plan.catalogue) for text in conditions)
        words = _("The condition is: {condition}.") if open_still else _("This holds here: {condition}.")
        return words.format(condition=said)

    def not_asked(self, found: tuple[NotAsked, ...]) -> Iterator[str]:
        """Say why something is not asked, the plainest cause first."""
        for one in dict.fromkeys(found):
            said = _(_CAUSES[one.cause])
            if one.condition:
                yield _in_a_row((said, self._conditions((one.condition,), open_still=True)))
            elif one.by is not None and one.cause is not Cause.OTHER_WAY:
                yield _("{cause} ({whom})").format(cause=said, whom=self.name(one.by))
            else:
                yield said

    def filing(self, key: Key) -> Iterator[str]:
        """Say by when an item is to be handed in, and by which rule."""
        task = self._plan.task(key)
        if task is None or task.filing is None:
            return
        yield filing_words(task.filing, here(), self._plan.today)
        if task.filing.window.basis:
            article = pick(cited(task.filing.window.basis, self._plan.catalogue))
            yield _("By law: {article}.").format(article=article)

    def missing(self, key: Key) -> Iterator[str]:
        """Say what a vertex still lacks, where that is more than what somebody can do now."""
        found = why_not_yet(self._plan, key)
        own = {one.key for one in found.lack.all()}
        if found.value is Truth.TRUE or (not found.lack.choices and own <= {one.key for one in found.roots} | {key}):
            return
        yield from self._lack(found.lack)

    def _lack(self, lack: Lack) -> Iterator[str]:
        for one in dict.fromkeys(missing.key for missing in lack.missing):
            yield self.name(one)
        for choice in lack.choices:
            ways = [here().listing(dict.fromkeys(self.name(one.key) for one in way.lack.all())) for way in choice.ways]
            enough = _("One of these is enough: {ways}") if choice.enough == 1 else _("{n} of these: {ways}")
            yield enough.format(n=choice.enough, ways=_("; or ").join(ways))

    def actors(self, key: Key) -> Iterator[str]:
        """Say who must act now, and on what."""
        found = why_not_yet(self._plan, key)
        if found.value is Truth.TRUE:
            return
        for actor, rows in found.by_actor.items():
            what = here().listing(dict.fromkeys(self.name(one.key) for one in rows))
            yield _("{who}: {what}").format(who=actor_words(actor), what=what)
        if found.next_actor not in {None, Actor.NOBODY} and found.next_actor is not None:
            yield _("Nothing is missing; it is up to {who}.").format(who=actor_words(found.next_actor))
