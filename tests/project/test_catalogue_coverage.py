"""The shipped catalogue against the collected data: nothing is missing without a reason, nobody is asked for more.

`source_counts.json` holds what the data of each matter has: items, questions, papers, different conditions, limits, and
of six matters the published old way.
"""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from desktop import cli, words
from desktop.authoring import check_folder, load_catalogue, read_folder, shipped_calendar
from desktop.authoring.figures import Figures, figures_of, shipped_cases
from desktop.authoring.folder import Authored
from desktop.workflow.catalogue.definitions import Catalogue, Item
from desktop.workflow.catalogue.requirements import Known, LeafKind, Need, leaves
from desktop.workflow.checking.findings import demand_conditions, item_conditions, needed_outcomes

KINDS = ("items", "questions", "papers", "conditions", "limits")
SOURCE: Mapping[str, Mapping[str, int]] = json.loads(
    Path(__file__).with_name("source_counts.json").read_text(encoding="utf-8")
)
TODAY = date(2026, 3, 2)


@cache
def authored() -> Authored:
    with as_file(files("resources") / "catalogue") as folder:
        return read_folder(folder)


@cache
def beside(name: str) -> list[dict[str, Any]]:
    """Read a file that stands beside the catalogue."""
    text = (files("resources") / "catalogue" / name).read_text(encoding="utf-8")
    read: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(text)
    return read


@cache
def figures() -> tuple[Figures, ...]:
    catalogue, calendar = load_catalogue(), shipped_calendar()
    return tuple(figures_of(catalogue, calendar, case, TODAY) for case in shipped_cases(catalogue, TODAY))


def own_items(catalogue: Catalogue, matter: str) -> list[Item]:
    """The items of a matter, backward from what it wants: those of its own file before any shared with others."""
    home = authored().entries["demand"][matter].file
    wants = catalogue.demands[matter].wants
    chosen = {want.outcome: catalogue.items[want.item] for want in wants if want.item is not None}
    found: dict[str, Item] = {}
    waiting = [want.outcome for want in wants]
    seen = set(waiting)
    while waiting:
        outcome = waiting.pop()
        ways = catalogue.providers.get(outcome, ())
        own = [item for item in ways if authored().entries["item"][item.code].file == home]
        for item in [chosen[outcome], *own] if outcome in chosen else own or ways[:1]:
            found[item.code] = item
            new = set(needed_outcomes(item)) - seen
            seen |= new
            waiting += sorted(new)
    return list(found.values())


def count(catalogue: Catalogue, matter: str) -> Counter[str]:
    """Count what was authored for a matter in the way the data was counted."""
    demand, items = catalogue.demands[matter], own_items(catalogue, matter)
    needs = [leaf for item in items for part in item.requires.values() for leaf in leaves(part)]
    papers = {(leaf.code, leaf.of) for leaf in needs if isinstance(leaf, Need) and leaf.kind is LeafKind.MATERIAL}
    texts = {spoken.text for item in items for spoken in item_conditions(item)}
    texts |= {spoken.text for spoken in demand_conditions(demand)}
    asked = [code for leaf in needs if (code := _fact_of(leaf))]
    asked += [item.window.after for item in items if item.window is not None and item.window.after is not None]
    asked += [read.code for text in texts for read in catalogue.condition(text).reads]
    limits = [limit for item in items for limit in (item.statutory, item.promised, item.extend, item.window)]
    return Counter(
        items=len(items),
        questions=len(_questions(catalogue, [*demand.order, *asked])),
        papers=len(papers),
        conditions=len(texts),
        limits=sum(limit is not None for limit in (*limits, demand.promised)),
    )


def _fact_of(leaf: object) -> str:
    asked = isinstance(leaf, Known) or (isinstance(leaf, Need) and leaf.kind is LeafKind.FACT)
    return leaf.code if asked and isinstance(leaf, Known | Need) else ""


def _questions(catalogue: Catalogue, waiting: list[str]) -> set[str]:
    """The facts a person is asked, also those that others are worked out of."""
    found: set[str] = set()
    while waiting:
        fact = catalogue.facts[waiting.pop()]
        if fact.code not in found:
            found.add(fact.code)
            waiting += [read.code for read in catalogue.condition(fact.rule).reads] if fact.rule else []
    return {code for code in found if catalogue.facts[code].question is not None}


def omitted(matter: str) -> Counter[str]:
    """What of a matter's data was left out wholly, with a reason."""
    total: Counter[str] = Counter()
    for each in beside("omissions.yaml"):
        if each["matter"] == matter:
            total.update(each.get("omits", {}))
    return total


def table(rows: Mapping[str, Mapping[str, int]]) -> str:
    lines = [f"{'matter':32}" + "".join(f"{kind:>18}" for kind in KINDS)]
    for matter, authored_ in rows.items():
        gaps = omitted(matter)
        cells = (f"{SOURCE[matter][kind]} ≤ {authored_[kind]} + {gaps[kind]}" for kind in KINDS)
        lines.append(f"{matter:32}" + "".join(f"{cell:>18}" for cell in cells))
    return "\n".join(lines)


def test_the_fifteen_matters_are_all_there() -> None:
    assert len(SOURCE) == 15
    assert SOURCE.keys() <= load_catalogue().demands.keys()


def test_what_the_data_holds_is_authored_or_left_out_with_a_reason() -> None:
    catalogue = load_catalogue()
    rows = {matter: count(catalogue, matter) for matter in SOURCE}
    gaps = [
        (matter, kind)
        for matter, found in rows.items()
        for kind in KINDS
        if SOURCE[matter][kind] > found[kind] + omitted(matter)[kind]
    ]
    print(table(rows))
    assert gaps == [], table(rows)


def test_every_item_of_the_data_is_one_item_here() -> None:
    catalogue = load_catalogue()
    assert {matter: len(own_items(catalogue, matter)) for matter in SOURCE} == {
        matter: counted["items"] for matter, counted in SOURCE.items()
    }


def test_a_matter_that_lost_an_item_is_noticed() -> None:
    catalogue = load_catalogue()
    items = {code: item for code, item in catalogue.items.items() if code != "outdoor_sign_notice"}
    poorer = Catalogue.model_construct(
        **{**{name: getattr(catalogue, name) for name in Catalogue.model_fields}, "items": items}
    )
    assert count(poorer, "open_restaurant")["items"] == SOURCE["open_restaurant"]["items"] - 1


def test_every_omission_names_a_matter_and_its_reason_in_both_languages() -> None:
    known = load_catalogue().demands.keys() | {"national_list"}
    for each in beside("omissions.yaml"):
        assert each["matter"] in known, each
        assert each["entry"], each
        assert all(each["reason"][language].strip() for language in ("zh", "en")), each
        assert set(each.get("omits", {})) <= set(KINDS), each


def test_every_contradiction_is_listed_in_both_languages_with_its_figures() -> None:
    known = load_catalogue().demands.keys() | {"national_list"}
    listed = beside("contradictions.yaml")
    assert listed
    for each in listed:
        assert each["matter"] in known, each
        assert all(each["what"][language].strip() for language in ("zh", "en")), each
        assert each["values"], each


def test_what_the_check_finds_contradictory_is_among_the_listed() -> None:
    catalogue = load_catalogue()
    named = {str(value) for each in beside("contradictions.yaml") for value in [each["matter"], *_flat(each["values"])]}
    found = [told.fault for told in check_folder() if told.fault.code != "drafts"]
    entries = {str(fault.values["entry"]) for fault in found}
    assert entries
    assert entries <= {code for code in named if code in catalogue.items or code in catalogue.demands}


def _flat(values: Mapping[str, Any]) -> list[str]:
    """Every word of a listed contradiction: its keys, its values, and the members of its lists."""
    found = list(values)
    for value in values.values():
        found += [str(member) for member in value] if isinstance(value, list) else [str(value)]
    return found


# -- typical people ---------------------------------------------------------------------------------------------


def test_every_matter_has_a_typical_person() -> None:
    assert {each.demand.code for each in figures()} == set(SOURCE)
    old = {matter for matter, counted in SOURCE.items() if "old_papers" in counted}
    assert len(old) == 6
    assert all(sum(each.demand.code == matter for each in figures()) >= 2 for matter in old)


@pytest.mark.parametrize("each", figures(), ids=lambda each: each.case.code)
def test_a_typical_person_answers_everything_and_gets_through(each: Figures) -> None:
    assert each.unanswered == ()
    assert not each.stopped
    assert each.questions > 0
    assert each.tasks > 0


@pytest.mark.parametrize("each", [each for each in figures() if each.before], ids=lambda each: each.case.code)
def test_nobody_brings_more_or_comes_oftener_than_in_the_old_way(each: Figures) -> None:
    counted, before = SOURCE[each.demand.code], each.before
    assert before is not None
    assert before.papers is not None
    assert before.visits is not None
    assert (before.papers[0], before.visits[0]) == (counted["old_papers"], counted["old_visits"])
    assert each.papers + each.forms <= counted["old_papers"]
    assert each.visits <= counted["old_visits"]
    assert before.days is not None
    assert each.days is not None
    assert each.days.n <= before.days[0]


def test_the_published_old_way_stands_where_there_is_one() -> None:
    demands = load_catalogue().demands
    known = {matter for matter in SOURCE if demands[matter].before_after is not None}
    assert known == {matter for matter, counted in SOURCE.items() if "old_papers" in counted}


def test_the_figures_are_printed_in_both_languages() -> None:
    try:
        zh = CliRunner().invoke(cli.app, ["catalogue", "figures", "--date", "2026-03-02"])
        en = CliRunner().invoke(cli.app, ["catalogue", "figures", "--date", "2026-03-02", "--lang", "en"])
    finally:
        words.set_language("zh")
    assert (zh.exit_code, en.exit_code) == (0, 0)
    assert "公布的对比：材料32→10、跑动次数5→1、天数37→4、环节4→1" in zh.output
    noodles = next(each for each in figures() if each.case.code == "small_noodle_shop")
    said = f"A small noodle shop, no sign: {noodles.questions} questions, {noodles.papers} papers"
    assert said in en.output
