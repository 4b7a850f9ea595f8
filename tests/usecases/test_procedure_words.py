"""The words of the procedures: every one has its own for a decision, in both languages, wherever it is said."""

from collections.abc import Iterator

import pytest

from desktop.usecases.letters.procedure_words import PROCEDURES, TOLD, Wording, wording
from desktop.usecases.requests.timeline import ACTS as SENTENCES
from desktop.usecases.requests.timeline import lines_of
from desktop.usecases.work.act_words import ACTS, STATES, act_words, state_words
from desktop.words import catalogue, in_language
from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.procedure.legal_states import ActKind, LegalState
from desktop.workflow.procedure.profiles import PROFILES
from tests.usecases.conftest import SHANGHAI
from tests.usecases.small_case import STALL
from tests.usecases.test_timeline import event

DECIDED = (ActKind.GRANT, ActKind.REFUSE)


def sentences(words: Wording) -> Iterator[str]:
    yield from (*words.acts.values(), *words.states.values(), *words.sentences.values())
    for told in (words.granted, words.refused):
        yield from () if told is None else (one for one in (told.title, told.led, told.decision) if one)


def test_every_procedure_has_words_of_its_own_for_its_decisions() -> None:
    assert set(PROCEDURES) == set(PROFILES)
    for code, words in PROCEDURES.items():
        assert all(act in words.acts and act in words.sentences for act in DECIDED), code
        assert {LegalState.GRANTED, LegalState.REFUSED} <= set(words.states), code


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_what_a_procedure_says_is_said_in_chinese_too(procedure: str) -> None:
    missing = [one for one in (*sentences(wording(procedure)), *TOLD.values()) if one not in catalogue("zh")]
    assert missing == []


@pytest.mark.parametrize("procedure", sorted(set(PROCEDURES) - {"permit", "registration"}))
def test_what_is_no_permit_is_neither_granted_nor_called_one(procedure: str) -> None:
    zh, table = in_language("zh"), PROFILES[procedure].transitions
    words = wording(procedure)
    acts = {words.acts.get(act, ACTS[act]) for _state, act in table}
    states = {words.states.get(row.to, STATES[row.to]) for row in table.values()}
    told = {words.sentences.get(act, SENTENCES[act.value]) for _state, act in table}
    for said in (zh.gettext(one) for one in acts | states | told):
        assert "准予" not in said
        assert "许可" not in said


def test_an_act_without_a_word_of_its_own_keeps_the_common_one() -> None:
    assert act_words(ActKind.ACCEPT, "complaint") == act_words(ActKind.ACCEPT)
    assert state_words(LegalState.GRANTED, "gone") == state_words(LegalState.GRANTED)


def test_the_timeline_tells_a_decision_as_its_procedure_does() -> None:
    item = STALL.items["stall"]
    said = []
    for procedure in ("complaint", "filing", "verification"):
        items = {"stall": item.model_copy(update={"procedure": procedure})}
        fields = {name: getattr(STALL, name) for name in Catalogue.model_fields} | {"items": items}
        line = event("act", act="grant", item="stall")
        said.append(lines_of([line], Catalogue(**fields), SHANGHAI, in_language("zh"))[0].sentence)
    assert said == ["民政局已处理并答复：摊位许可。", "民政局予以备案：摊位许可。", "民政局核验相符：摊位许可。"]


def test_a_result_handed_over_says_that_a_check_is_still_to_come() -> None:
    assert state_words(LegalState.SERVED, "permit", check_owed=True) == "已领取，待事后核查"
