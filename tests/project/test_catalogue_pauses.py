"""The grounds on which the shipped items' clocks may pause: the law's for permits, and what an item's source adds."""

from desktop.authoring import load_catalogue
from desktop.ui.pages.request_dates import GROUNDS
from desktop.usecases.letters.letter_pieces import ground_name
from desktop.workflow.procedure.procedures import PERMIT_GROUNDS, ItemKind
from desktop.workflow.procedure.profiles import PROFILES

CATALOGUE = load_catalogue()


def grounds(code: str) -> set[str]:
    item = CATALOGUE.items[code]
    return set(PROFILES[item.procedure].pause_grounds(item.timing))


def test_every_permit_of_the_catalogue_that_takes_time_may_pause_as_the_law_says() -> None:
    permits = [item for item in CATALOGUE.items.values() if item.procedure == "permit"]
    assert {item.code for item in permits if item.kind is ItemKind.PROMISED} >= {"food_licence_new"}
    for item in permits:
        assert grounds(item.code) >= (set(PERMIT_GROUNDS) if item.kind is ItemKind.PROMISED else set()), item.code


def test_an_assessment_and_the_making_of_a_card_are_not_counted_where_their_source_says_so() -> None:
    pausing = {code: grounds(code) for code, item in CATALOGUE.items.items() if item.procedure != "permit"}
    assert {code: found for code, found in pausing.items() if found} == {
        "disability_certificate_new": {"disability_assessment"},
        "disability_certificate_change": {"disability_assessment"},
        "social_security_card_new": {"card_making"},
    }


def test_every_ground_has_its_name_on_the_page_and_in_the_letter() -> None:
    for code in CATALOGUE.items:
        for ground in grounds(code):
            assert ground in GROUNDS
            assert (ground_name(ground).zh, ground_name(ground).en) != (ground, "")
