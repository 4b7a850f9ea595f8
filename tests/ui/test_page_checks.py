"""The detectors find a planted fault of every kind, and a clean page passes in all 32 looks."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QListView,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.sizes import kiosk_text_pixels
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.status_mark import StatusMark
from desktop.ui.widgets.yes_no import YesNo
from desktop.words import _, pgettext
from tests.ui.conftest import SetLook
from tests.ui.gallery import Gallery
from tests.ui.gallery_controls import Controls, question, say
from tests.ui.page_checks import KIOSK_DOTS_PER_MM, check_everywhere, check_page
from tests.ui.page_parts import Fault
from tests.ui.planted_faults import PLANTED, page_with, plain_label


def found(faults: list[Fault], rule: int, words_said: str) -> bool:
    return any(fault.rule == rule and words_said in fault.what for fault in faults)


@pytest.mark.parametrize(("rule", "said", "planted"), PLANTED, ids=[f"{p[0]}-{p[2].__name__}" for p in PLANTED])
def test_a_planted_fault_is_found(
    rule: int, said: str, planted: Callable[[], QWidget], look: SetLook, qtbot: QtBot
) -> None:
    look()
    page = page_with(planted())
    qtbot.addWidget(page)
    faults = check_page(page)
    assert found(faults, rule, said), [str(fault) for fault in faults]


def test_text_paler_than_high_contrast_promises_is_found(look: SetLook, qtbot: QtBot) -> None:
    label = plain_label("灰")
    label.setStyleSheet("color: rgb(225, 225, 225)")
    page = page_with(label)
    qtbot.addWidget(page)
    look("dark")
    assert check_page(page) == []
    look("high_contrast")
    assert found(check_page(page), 3, "contrast")


def test_text_harder_than_low_glare_allows_is_found(look: SetLook, qtbot: QtBot) -> None:
    label = plain_label("黑")
    label.setStyleSheet("color: black")
    page = page_with(label)
    qtbot.addWidget(page)
    look("light")
    assert check_page(page) == []
    look("low_glare")
    assert found(check_page(page), 3, "contrast")


def test_what_is_enough_for_a_clerk_may_be_too_pale_for_a_kiosk(look: SetLook, qtbot: QtBot) -> None:
    label = plain_label("次要")
    label.setStyleSheet("color: rgb(105, 105, 105)")
    page = page_with(label)
    qtbot.addWidget(page)
    look("light", "large", standard_pixels=kiosk_text_pixels(KIOSK_DOTS_PER_MM))
    assert not found(check_page(page, "clerk"), 3, "contrast")
    assert found(check_page(page, "kiosk"), 3, "contrast")


def test_a_kiosk_s_targets_are_large_and_apart(look: SetLook, qtbot: QtBot) -> None:
    first, second = Button("是"), Button("否")
    page = QWidget()
    column = QVBoxLayout(page)
    column.setSpacing(0)
    for button in (first, second):
        column.addWidget(button)
    column.addStretch(1)
    qtbot.addWidget(page)
    look("light", "standard", standard_pixels=kiosk_text_pixels(KIOSK_DOTS_PER_MM))
    assert found(check_page(page, "kiosk"), 6, "from the next target")
    column.setSpacing(theme.current().px(1.5))
    assert not found(check_page(page, "kiosk"), 6, "")
    look("light", "standard", standard_pixels=14.0)
    assert found(check_page(page, "kiosk"), 6, "target of")


def test_a_kiosk_s_letters_are_as_high_as_promised(look: SetLook, qtbot: QtBot) -> None:
    page = page_with(plain_label("请选择"))
    qtbot.addWidget(page)
    look("light", "larger", standard_pixels=kiosk_text_pixels(KIOSK_DOTS_PER_MM))
    assert check_page(page, "kiosk") == []
    look("light", "larger", standard_pixels=14.0)
    assert found(check_page(page, "kiosk"), 7, "capitals")


class Spoken(Retranslated, QWidget):
    """A page of one button and one label whose words are translated or, when it forgets to, are not."""

    def __init__(self, *, forgets: bool) -> None:
        super().__init__()
        self._forgets = forgets
        self.button, self.text = Button(), RunningText()
        column = Column(self, margins=2)
        column.addWidget(self.text)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        self.button.set_text("Stop" if self._forgets else _("Stop"))
        self.text.set_text(pgettext("status", "Waiting"))


def test_a_button_that_stays_english_in_chinese_is_found(look: SetLook, qtbot: QtBot) -> None:
    page = Spoken(forgets=True)
    qtbot.addWidget(page)
    assert found(check_everywhere(page, themes=["light"], sizes=["standard"]), 1, "in Chinese too")


def test_a_page_translated_in_full_is_clean(look: SetLook, qtbot: QtBot) -> None:
    page = Spoken(forgets=False)
    qtbot.addWidget(page)
    assert check_everywhere(page) == []


def test_a_list_and_a_table_of_the_program_are_clean(look: SetLook, qtbot: QtBot) -> None:
    model = QStandardItemModel(2, 1)
    model.setItem(0, 0, QStandardItem("张伟"))
    model.setItem(1, 0, QStandardItem("李雷"))
    view = QListView()
    view.setModel(model)
    view.setAccessibleName("名单")
    page = page_with(view)
    qtbot.addWidget(page)
    look("dark", "large")
    assert check_page(page) == []


@pytest.mark.parametrize("gallery", [Gallery, Controls])
def test_every_widget_of_the_program_is_clean_in_all_32_looks(
    gallery: Callable[[], QWidget], look: SetLook, qtbot: QtBot
) -> None:
    page = gallery()
    qtbot.addWidget(page)
    assert [str(fault) for fault in check_everywhere(page, every_three=True)] == []


def test_a_question_before_an_act_is_clean(look: SetLook, qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    for shown in theme.THEMES:
        look(shown, "largest")
        assert check_page(question(window)) == []


class KioskPage(Retranslated, ScrollPage):
    """One question, its choices, back and on: what a kiosk shows of these widgets."""

    def __init__(self) -> None:
        super().__init__()
        self.question = Heading("", 1)
        self.choice, self.sure = Field(Choice(large=True)), Field(YesNo())
        self.back, self.on = Button(role="quiet", icon="arrow-left"), Button(role="primary", icon="arrow-right")
        for widget in (self.question, self.choice, self.sure, StatusMark("overdue"), Flow(self.back, self.on)):
            self.add(widget)
        self.add_stretch()
        self.retranslate()

    def retranslate(self) -> None:
        self.question.set_text(say("您来办什么事", "What do you come for"))
        self.choice.set_label(say("选一项", "Choose one"))
        options = [("shop", "开一家餐馆", "Open a restaurant"), ("birth", "孩子出生", "A child is born")]
        self.choice.editor.set_options([(key, say(zh, en)) for key, zh, en in options])
        self.sure.set_label(say("带身份证了吗", "Do you have your identity card"))
        self.back.set_text(say("返回", "Back"))
        self.on.set_text(say("下一步", "Next"))


def test_the_widgets_are_clean_on_a_kiosk_in_all_32_looks(look: SetLook, qtbot: QtBot) -> None:
    page = KioskPage()
    qtbot.addWidget(page)
    assert [str(fault) for fault in check_everywhere(page, "kiosk", every_three=True)] == []
