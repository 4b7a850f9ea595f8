"""Needs are found by what people say and by what clerks type, and none that is said is lost."""

import pytest
from sqlalchemy import select

from db.models.writing import UnmetNeed
from db.open import Database
from desktop.authoring import load_catalogue
from desktop.usecases.needs.needs import NeedQuery, Unmet, find_needs, list_scenes, record_unmet_need
from desktop.usecases.perform import Performer
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from desktop.workflow.catalogue.definitions import Catalogue, Demand, Scene, Text
from tests.usecases.conftest import CALENDAR, CATALOGUE, Clock, SmallHall

OFFERED = Catalogue(
    version="needs",
    departments=CATALOGUE.departments,
    scenes={
        "market_entry": Scene(
            code="market_entry", name=Text(zh="准入准营", en="Starting a business"), audience="business"
        ),
        "birth": Scene(code="birth", name=Text(zh="出生", en="Birth"), audience="personal"),
        "travel": Scene(code="travel", name=Text(zh="出行", en="Travel"), audience="personal"),
    },
    demands={
        "open_store": Demand(
            code="open_store",
            name=Text(zh="开便利店", en="Open a convenience store"),
            words=("开小卖部",),
            scene="market_entry",
        ),
        "open_restaurant": Demand(
            code="open_restaurant",
            name=Text(zh="开办餐饮店", en="Open a restaurant"),
            plain=Text(zh="开饭店", en="Open a restaurant"),
            words=("开餐馆", "办食品证", "start a café"),
            scene="market_entry",
        ),
        "newborn": Demand(
            code="newborn", name=Text(zh="新生儿出生一件事", en="A child is born"), words=("上户口",), scene="birth"
        ),
    },
)


@pytest.fixture
def performer(database: Database, clock: Clock) -> Performer:
    return Performer(database, OFFERED, CALENDAR, clock)


def found(hall: SmallHall, words: str = "", scene: str | None = None) -> list[str]:
    return [need.code for need in hall.read(hall.clerk, find_needs, NeedQuery(words, scene))]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("开饭店", "open_restaurant"),
        ("我想开餐馆", "open_restaurant"),
        ("餐饮", "open_restaurant"),
        ("kfd", "open_restaurant"),
        ("kaifandian", "open_restaurant"),
        ("canyin", "open_restaurant"),
        ("cyd", "open_restaurant"),
        ("START A  Cafe\N{COMBINING ACUTE ACCENT}", "open_restaurant"),
        ("上户口", "newborn"),
        ("出生", "newborn"),
        ("想开个餐馆", "open_restaurant"),
        ("我想办一下食品证", "open_restaurant"),
        ("开饭馆", "open_restaurant"),
        ("餐馆 开", "open_restaurant"),
        ("食品证 县里", "open_restaurant"),
        ("我要给娃上个户口", "newborn"),
        ("I want to open my restaurant", "open_restaurant"),
    ],
)
def test_a_need_is_found_by_what_is_said_or_typed(hall: SmallHall, words: str, first: str) -> None:
    assert found(hall, words)[0] == first


def test_the_exact_words_come_before_a_part_of_another_name(hall: SmallHall) -> None:
    assert found(hall, "kai") == ["open_store", "open_restaurant"]
    assert found(hall, "开饭店") == ["open_restaurant"]


def test_a_scene_narrows_the_list_and_alone_lists_its_needs(hall: SmallHall) -> None:
    assert found(hall, scene="birth") == ["newborn"]
    assert found(hall, "开", "birth") == []
    assert found(hall, "准入") == ["open_store", "open_restaurant"]


def test_nothing_typed_lists_everything_and_nonsense_nothing(hall: SmallHall) -> None:
    assert found(hall) == ["open_store", "open_restaurant", "newborn"]
    assert found(hall, "造火箭") == []
    assert found(hall, "我想要一个") == []
    assert found(hall, "build a rocket") == []


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("想开个面馆", "open_restaurant"),
        ("开饭馆", "open_restaurant"),
        ("开个小吃店", "open_restaurant"),
        ("我家房子漏水了", "help_request"),
        ("营业执照", "open_store"),
        ("办营业执照", "open_store"),
        ("吃低保", "hardship_clue"),
    ],
)
def test_what_people_said_at_the_counter_finds_the_shipped_need(hall: SmallHall, words: str, first: str) -> None:
    hall.performer.catalogue = load_catalogue()
    assert found(hall, words)[0] == first


@pytest.mark.parametrize("words", ["开店", "开个店", "想开一家店"])
def test_who_says_open_a_shop_finds_both_ways_of_opening_one(hall: SmallHall, words: str) -> None:
    hall.performer.catalogue = load_catalogue()
    assert {"open_store", "open_restaurant"} <= set(found(hall, words)[:3])


@pytest.mark.parametrize(
    ("words", "nearest"), [("老年证", "retirement"), ("换身份证", "social_security_card_services")]
)
def test_words_of_a_scene_give_its_needs_as_the_nearest_only(hall: SmallHall, words: str, nearest: str) -> None:
    hall.performer.catalogue = load_catalogue()
    needs = hall.read(hall.clerk, find_needs, NeedQuery(words))
    assert nearest in [need.code for need in needs]
    assert all(need.near for need in needs)


def test_what_was_said_is_no_mere_likeness(hall: SmallHall) -> None:
    assert [need.near for need in hall.read(hall.clerk, find_needs, NeedQuery("开饭店"))] == [False]
    assert [need.near for need in hall.read(hall.clerk, find_needs, NeedQuery("开饭馆"))] == [True]


def test_only_scenes_with_a_need_are_listed(hall: SmallHall) -> None:
    assert [scene.code for scene in hall.read(hall.clerk, list_scenes)] == ["market_entry", "birth"]


def test_an_unmet_need_is_kept_in_the_persons_words(hall: SmallHall, database: Database) -> None:
    hall.write(hall.clerk, record_unmet_need, Unmet(" 想给电动车上牌 "))
    with database.read() as connection:
        assert connection.scalars(select(UnmetNeed.words)).all() == ["想给电动车上牌"]


def test_an_unmet_need_without_words_is_refused(hall: SmallHall) -> None:
    with pytest.raises(Refused) as refusal:
        hall.write(hall.clerk, record_unmet_need, Unmet("  "))
    assert refusal.value.code == "words_missing"


def test_the_auditor_records_no_need(hall: SmallHall) -> None:
    with pytest.raises(Refused) as refusal:
        hall.write(hall.sessions[Role.AUDITOR], record_unmet_need, Unmet("上牌"))
    assert refusal.value.code == "not_allowed"
