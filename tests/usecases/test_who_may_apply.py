"""Who may apply is told at once: a kind for which no item provides what is wanted cannot be the applicant."""

from desktop.usecases.requests.taking_part import kinds_of_applicant
from desktop.workflow.catalogue.definitions import Catalogue
from tests.workflow.small_catalogues import town

KINDS = ("kinds: [enterprise]", "kinds: [enterprise, sole_trader, person]")
ALWAYS = ("{outcome: licence, when: 业态 = 店}", "licence")


def kinds(catalogue: Catalogue) -> tuple[str, ...]:
    return kinds_of_applicant(catalogue.demands["open_shop"], catalogue)


def test_only_those_the_item_is_open_to_may_apply_for_what_everybody_comes_for() -> None:
    assert kinds(town(KINDS, ALWAYS)) == ("enterprise",)


def test_what_only_some_come_for_keeps_nobody_away() -> None:
    assert kinds(town(KINDS)) == ("enterprise", "sole_trader", "person")


def test_another_way_to_the_same_outcome_lets_its_own_kind_in() -> None:
    another = """items:
  licence_small:
    zh: 小经营备案
    en: Small licence
    department: bureau
    for: [person]
    provides: [licence]
    procedure: filing
    kind: instant
"""
    assert kinds(town(KINDS, ALWAYS, ("items:\n", another))) == ("enterprise", "person")
