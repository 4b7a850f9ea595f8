"""A page with every small widget on it, and a picture of it in each theme, size and language.

``python -m tests.ui.gallery OUT`` writes the pictures into the folder OUT.
"""

import datetime as dt
import os
import sys
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QMainWindow, QScrollArea, QStackedWidget, QWidget

from desktop import words
from desktop.ui import theme, translate
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.status_mark import STATUSES, StatusMark
from desktop.ui.widgets.table import STATUS_ROLE, Table, Width
from desktop.ui.widgets.text_box import TextBox
from desktop.ui.widgets.yes_no import YesNo
from tests.ui.gallery_controls import Controls, menu, question, say

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

ROWS = [
    (
        "A012",
        ("张伟", "Zhang Wei"),
        ("开一家餐馆", "Open a restaurant"),
        ("等市场监管局", "With the market authority"),
        3,
    ),
    ("A013", ("欧阳娜娜", "Ouyang Nana"), ("新生儿出生一件事", "A child is born"), ("可以受理", "Ready"), 5),
    (
        "B004",
        ("临洮县农产品有限公司", "Lintao Produce Ltd"),
        ("食品经营许可延续", "Renew a food licence"),
        ("缺一份材料", "One paper missing"),
        1,
    ),
    ("C101", ("李雷", "Li Lei"), ("公积金提取", "Withdraw housing fund"), ("已办结", "Completed"), 0),
]


class Rows(QAbstractTableModel):
    """A few requests in a table."""

    def rowCount(self, _parent: Index = NOWHERE) -> int:
        return len(ROWS)

    def columnCount(self, _parent: Index = NOWHERE) -> int:
        return 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        names = [("号码", "Number"), ("申请人", "Applicant"), ("事项", "Request"), ("状态", "State"), ("期限", "Limit")]
        return say(*names[section])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == STATUS_ROLE and index.column() == 3:
            return ("waiting", "ready", "overdue", "done")[index.row()]
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        value = ROWS[index.row()][index.column()]
        if isinstance(value, tuple):
            return say(*value)
        return words.here().remaining(value, "working_day") if isinstance(value, int) else value


class Gallery(Retranslated, ScrollPage):
    """Every widget once or twice, with the texts of a hall."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Heading("", 1)
        self.lead = RunningText(role="muted")
        self.done, self.problem = Notice(), Notice()
        self._build_controls()
        self._build_form()
        self._build_table()
        for widget in (self.title, self.lead, self.done, self.problem):
            self.add(widget)
        side = QWidget()
        right = Column(side, spacing=2)
        right.addWidget(self.facts)
        right.addWidget(self.marks)
        right.addWidget(self.empty)
        right.addStretch(1)
        for part in (SideBySide(self.form, side), self.table, self.progress, self.acts):
            self.add(part)
        self.add_stretch()
        self.retranslate()

    def _build_controls(self) -> None:
        self.primary = Button(role="primary", icon="check", shortcut="Ctrl+Return")
        self.save, self.back = Button(icon="save", shortcut="Ctrl+S"), Button(role="quiet", icon="arrow-left")
        self.refuse = Button(role="danger", icon="ban")
        self.off = Button(icon="printer")
        self.off.setEnabled(False)
        self.acts = Flow(self.primary, self.save, self.off, self.back, self.refuse)
        self.progress = Progress()

    def _build_form(self) -> None:
        self.form = Card()
        self.search = SearchBox()
        self.name, self.phone = Field(QLineEdit("张伟"), hanzi=12), Field(QLineEdit("1380931000"), hanzi=12)
        self.born, self.own = Field(DateEdit()), Field(YesNo())
        self.kind, self.town = Field(Choice()), Field(Choice())
        self.note, self.agree = Field(TextBox()), QCheckBox()
        self.agree.setChecked(True)
        self.finder = Field(self.search)
        fields = (self.finder, self.name, self.phone, self.born, self.own, self.kind, self.town, self.note, self.agree)
        for widget in fields:
            self.form.add(widget)

    def _build_table(self) -> None:
        self.facts = Card()
        self.key_value = KeyValue()
        self.facts.add(self.key_value)
        self.marks = Card()
        self.statuses = [StatusMark(status) for status in STATUSES]
        for mark in self.statuses:
            self.marks.add(mark)
        self.empty = Card()
        self.empty_button = Button(icon="plus")
        self.empty_state = EmptyState("inbox", action=self.empty_button)
        self.empty.add(self.empty_state)
        self.table = Table("", [Width(4), Width(8, 1), Width(9, 2), Width(7, 1), Width(10)])
        self.table.setModel(Rows(self.table))
        self.table.selectRow(1)

    def retranslate(self) -> None:
        self._say_form()
        self._say_rest()

    def _say_form(self) -> None:
        self.form.set_title(say("申请人", "Applicant"))
        self.finder.set_label(say("找人", "Find a person"))
        self.finder.set_help(say("姓名、身份证号或电话", "Name, identity number or phone"))
        self.name.set_label(say("姓名", "Name"))
        self.phone.set_label(say("手机号码", "Mobile number"))
        self.phone.set_help(say("用来告诉您结果，可以不填", "To tell you the result; may be left empty"))
        self.phone.set_error(say("手机号码应为11位，现在是10位", "A mobile number has 11 digits; this has 10"))
        self.born.set_label(say("出生日期", "Date of birth"))
        self.own.set_label(say("经营场所是自己的吗", "Do you own the premises"))
        self.kind.set_label(say("以什么身份办理", "In which capacity"))
        options = [("self", "本人", "Myself"), ("agent", "代理人", "An agent"), ("guardian", "监护人", "A guardian")]
        self.kind.editor.set_options([(key, say(zh, en)) for key, zh, en in options])
        towns = ["洮阳镇", "新添镇", "中铺镇", "太石镇", "辛店镇", "衙下集镇", "峡口镇", "玉井镇"]
        self.town.editor.set_options([(town, town) for town in towns])
        self.town.set_label(say("所在乡镇", "Township"))
        self.note.set_label(say("备注", "Note"))
        self.agree.setText(say("同意把结果发到手机", "Send the result to my phone"))

    def _say_rest(self) -> None:
        self.title.set_text(say("登记一件事", "Log a request"))
        self.lead.set_text(
            say(
                "先问清要办成什么事，再由系统倒着推出还缺什么。已经有的材料不用再交，问过的不再问，每一项都说明为什么需要。",
                "Start from what is wanted; the plan works back to what is missing. Papers on file are not asked for "
                "again, and every question says why it is asked.",
            )
        )
        self.done.say_done(
            say("已保存，编号 YJ-20261123-0012", "Saved as YJ-20261123-0012"), (say("撤销", "Undo"), self.repaint)
        )
        self.problem.say_errors(
            [(say("手机号码应为11位，现在是10位", "A mobile number has 11 digits"), self.phone.editor)]
        )
        self.facts.set_title(say("这件事", "This request"))
        day = words.here().date(dt.date(2026, 11, 23), dt.date(2026, 1, 1))
        self.key_value.set_rows(
            [
                (say("编号", "Number"), "YJ-20261123-0012"),
                (say("受理", "Accepted"), day),
                (say("期限", "Limit"), words.here().remaining(3, "working_day")),
                (say("承办", "With"), say("临洮县市场监督管理局", "Lintao Market Authority")),
            ]
        )
        self.marks.set_title(say("进展", "Progress"))
        for mark in self.statuses:
            mark.retranslate()
        self.empty_state.set_texts(
            say("今天还没有件", "Nothing yet today"),
            say("叫号以后，办的件会列在这里。", "Requests appear here once a number is called."),
        )
        self.empty_button.set_text(say("登记一件事", "Log a request"))
        self.search.set_name(say("找人", "Find a person"))
        self.table.set_name(say("我的件", "My requests"))
        self.progress.set_what(say("正在导入清单", "Importing the list"))
        self.progress.set_amount(37, 120)
        self.primary.set_text(say("受理", "Accept"))
        self.save.set_text(say("保存草稿", "Save draft"))
        self.off.set_text(say("打印回执", "Print receipt"))
        self.back.set_text(say("返回", "Back"))
        self.refuse.set_text(say("不予受理", "Refuse to accept"))


def main(out: Path) -> None:
    """Write a picture of every page for every theme, size and language."""
    app = QApplication(sys.argv[:1])
    out.mkdir(parents=True, exist_ok=True)
    theme.apply(app, "light", "standard")
    window = QMainWindow()
    gallery, controls = Gallery(), Controls()
    pages = QStackedWidget()
    pages.addWidget(gallery)
    pages.addWidget(controls)
    window.setCentralWidget(pages)
    window.show()
    window.activateWindow()
    for language, size, shown in product(words.LANGUAGES, theme.SIZES, theme.THEMES):
        if words.language() != language:
            translate.switch_language(app, language)
        theme.apply(app, shown, size)
        name = f"{language}-{size}-{shown}.png"
        pages.setCurrentWidget(gallery)
        _whole_page(window, gallery).save(str(out / f"form-{name}"))
        pages.setCurrentWidget(controls)
        _whole_page(window, controls.page).save(str(out / f"controls-{name}"))
        for part, widget in (("ask", question(window)), ("menu", menu(window))):
            widget.show()
            QApplication.processEvents()
            widget.grab().save(str(out / f"{part}-{name}"))
            widget.close()


def _whole_page(window: QMainWindow, page: QScrollArea) -> QPixmap:
    """The page as high as it is, not only what the window shows of it."""
    window.resize(1366, 768)
    for _try in range(4):
        QApplication.processEvents()
        window.resize(1366, window.height() + page.verticalScrollBar().maximum())
    QApplication.processEvents()
    return window.grab()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
