"""Needs: what people come with, found in their own words, and kept when no service of the hall answers them."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from pypinyin import Style, lazy_pinyin
from sqlalchemy import insert

from db.ids import new_id
from db.models.writing import UnmetNeed
from desktop.cleaning import TextFault, clean_text
from desktop.usecases.context import Context
from desktop.usecases.needs.likeness import essence, essential_words, likeness
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.workflow.catalogue.definitions import Catalogue, Demand, Scene, Text

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_MOST_WORDS = 4000
_LEAST_PINYIN = 2


@dataclass(frozen=True)
class NeedQuery:
    """What the person says, a scene of life, or both; with neither every need is listed."""

    words: str = ""
    scene: str | None = None
    limit: int = 50


@dataclass(frozen=True)
class FoundNeed:
    """A need the hall serves."""

    code: str
    name: Text
    plain: Text | None
    scene: str | None
    near: bool = False
    """Whether it is only the nearest to what was said, not what was said."""


@dataclass(frozen=True)
class Unmet:
    """A need in the person's own words that no service answers."""

    words: str
    subject: UUID | None = None


def read_catalogue(context: Context, _query: object = None) -> Catalogue:
    """Give what the hall offers today, with the words of its questions and papers."""
    context.require(Permission.LOG_REQUEST)
    return context.catalogue


def list_scenes(context: Context, _query: object = None) -> tuple[Scene, ...]:
    """Give the scenes of life in which the hall serves at least one need, in the catalogue's order."""
    context.require(Permission.LOG_REQUEST)
    served = {demand.scene for demand in context.catalogue.demands.values()}
    return tuple(scene for scene in context.catalogue.scenes.values() if scene.code in served)


def find_needs(context: Context, query: NeedQuery) -> tuple[FoundNeed, ...]:
    """Find needs by everyday words, names, pinyin (whole or initials) and scenes, the nearest first.

    What finds nothing as it was said is looked for without what people say around it. When that finds nothing either,
    the nearest are given and said to be no more: those of the scene people mean by such words, and then by likeness.
    """
    context.require(Permission.LOG_REQUEST)
    catalogue = context.catalogue
    offered = [each for each in catalogue.demands.values() if query.scene in (None, each.scene)]
    wanted = _plain(query.words)
    found = _nearest(offered, lambda demand: _rank(wanted, demand, catalogue.scenes.get(demand.scene or "")))
    core = essence(wanted)
    if not found and core and core != wanted:
        found = _nearest(offered, lambda demand: _rank(core, demand, None))
    near = not found and bool(core)
    if near:
        asked = essential_words(query.words)
        found = _of_scenes_meant(core, offered, catalogue.scenes) or _nearest(
            offered, lambda demand: likeness(core, asked, _names(demand))
        )
    return tuple(FoundNeed(d.code, d.name, d.plain, d.scene, near=near) for d in found[: query.limit])


def record_unmet_need(context: Context, command: Unmet) -> UUID:
    """Keep a need no service answers, for a supervisor to own and answer. Refused words_missing."""
    context.require(Permission.RECORD_UNMET_NEED)
    try:
        said = clean_text(command.words, max_points=_MOST_WORDS)
    except TextFault as fault:
        raise Refused(fault.code, **fault.values) from None
    if not said.strip():
        raise Refused("words_missing")
    need = new_id()
    row = {
        "hall_id": context.hall_id, "id": need, "words": said, "subject_id": command.subject,
        "owner_id": None, "answer": None, "recorded_at": context.now,
        "recorded_by": context.staff.account_id, "answered_at": None, "told_at": None,
        "request_id": None,
    }  # fmt: skip
    context.connection.execute(insert(UnmetNeed).values(**row))
    context.record("unmet_need_recorded", Topic.REQUESTS, subject=command.subject, data={"need": str(need)})
    return need


def _nearest(offered: list[Demand], rank_of: Callable[[Demand], float | None]) -> list[Demand]:
    """Give the needs that have a rank, the lowest first and otherwise as the catalogue has them."""
    ranked = [(rank, demand) for demand in offered if (rank := rank_of(demand)) is not None]
    return [demand for _rank_of, demand in sorted(ranked, key=lambda row: row[0])]


def _of_scenes_meant(core: str, offered: list[Demand], scenes: Mapping[str, Scene]) -> list[Demand]:
    """Give the needs of the scenes that have such words, though no need of theirs was meant."""
    meant = {scene.code for scene in scenes.values() if any(_plain(word) in core for word in scene.words)}
    return [demand for demand in offered if demand.scene in meant]


@lru_cache(maxsize=40_000)
def _plain(text: str) -> str:
    """Give words as they are compared: one width, small letters, nothing between them."""
    return _BETWEEN_WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _rank(wanted: str, demand: Demand, scene: Scene | None) -> int | None:
    """Say how near a need is to what was typed, 0 the nearest; None is not near at all."""
    if not wanted:
        return 0
    names = [_plain(name) for name in _names(demand)]
    ranks = [rank for name in names if (rank := _rank_name(wanted, name)) is not None]
    if scene is not None and any(wanted in _plain(name) for name in (scene.name.zh, scene.name.en)):
        ranks.append(6)
    return min(ranks, default=None)


def _rank_name(wanted: str, name: str) -> int | None:
    if wanted == name:
        return 0
    if name.startswith(wanted):
        return 1
    if wanted in name:
        return 2
    if len(name) > 1 and name in wanted:
        return 3
    return _rank_pinyin(wanted, name)


def _rank_pinyin(wanted: str, name: str) -> int | None:
    if not (wanted.isascii() and len(wanted) >= _LEAST_PINYIN) or name.isascii():
        return None
    initials, whole, tails = _pinyin(name)
    if initials.startswith(wanted) or whole.startswith(wanted):
        return 4
    return 5 if wanted in initials or any(syllables.startswith(wanted) for syllables in tails) else None


def _names(demand: Demand) -> Iterator[str]:
    for text in (demand.name, demand.plain):
        if text is not None:
            yield from (text.zh, text.en)
    yield from demand.words


@lru_cache(maxsize=20_000)
def _pinyin(name: str) -> tuple[str, str, tuple[str, ...]]:
    """The initials of a name, its whole pinyin, and the pinyin from each later syllable on.

    A search may begin inside a name, never inside a syllable.
    """
    syllables = lazy_pinyin(name, style=Style.NORMAL)
    tails = tuple("".join(syllables[at:]) for at in range(1, len(syllables)))
    return "".join(syllable[:1] for syllable in syllables), "".join(syllables), tails
