"""The smallest screen beside the largest text: nothing of what is offered makes a page wider than the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from desktop.authoring import load_catalogue
from desktop.ui.pages.log_editors import editor_for
from desktop.ui.pages.log_mandate import MandateForm
from desktop.ui.pages.log_paper import PaperPart
from desktop.ui.sizes import Size
from desktop.ui.widgets.wrapping import OneOf, TickBox
from desktop.usecases.requests.taking_part import AGENT, GUARDIAN
from desktop.words import Language, pick
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.planning.plan import PaperLine
from tests.ui.conftest import Put, SetLook
from tests.ui.page_fit import check_fit
from tests.ui.page_parts import settle

CARD = 840
"""Pixels inside a card of a page 1024 wide, where the text is largest."""


def _offered() -> Iterator[tuple[str, QWidget]]:
    """Every paper, every question's answers and every authority the shipped catalogue can bring onto the log page."""
    catalogue = load_catalogue()
    for code, material in catalogue.materials.items():
        part = PaperPart(Key(Kind.MATERIAL, code, "case"), material.forms)
        part.show_paper(f"{pick(material.name)}", PaperLine.OFFERED, None)
        yield code, part
    for code, fact in catalogue.facts.items():
        yield code, editor_for(fact, lambda _value: None, lambda: None, lambda: None)
    for role in (AGENT, GUARDIAN):
        yield role, MandateForm(role)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_paper_and_no_answer_is_wider_than_a_small_window(put: Put, look: SetLook, language: str) -> None:
    look(size="largest", language=language)
    wide = {}
    for code, part in _offered():
        part.ensurePolished()
        part.setStyleSheet("")  # its children are asked in the size they are shown in
        if part.minimumSizeHint().width() > CARD:
            wide[code] = part.minimumSizeHint().width()
        part.deleteLater()
    assert wide == {}


@pytest.mark.parametrize("made", [TickBox, OneOf])
def test_words_beside_a_mark_go_on_in_the_next_line(put: Put, look: SetLook, made: type[TickBox | OneOf]) -> None:
    words = "孩子：城乡居民基本医疗保险参保登记表 & 承诺书（大厅表格）"
    box = made(words)
    window = put(box, width=400)
    look(size="largest")
    settle()
    assert box.text().count("\n") >= 1
    assert box.words() == words
    assert not check_fit(window, window.size())
    window.resize(1366, 600)
    settle()
    assert box.text() == words.replace("&", "&&")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", ["standard", "largest"])
def test_words_that_have_room_stand_in_one_line(put: Put, look: SetLook, size: Size, language: Language) -> None:
    look(size=size, language=language)
    said = ("Large print", "Standard print", "大字版", "Yes & no", "AVATAR, Wy", "1 of 11")
    boxes = [made(words) for made in (TickBox, OneOf) for words in said]
    put(*boxes, width=1366)
    for box in boxes:
        box.resize(box.sizeHint())
        assert "\n" not in box.text(), box.words()
