"""Qt's own controls in our look: rail, tabs, lists, trees, menus, sliders, and buttons in every state."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGroupBox,
    QLineEdit,
    QListView,
    QMenu,
    QProgressBar,
    QRadioButton,
    QSlider,
    QSplitter,
    QTabWidget,
    QToolButton,
    QTreeView,
    QWidget,
)

from desktop import words
from desktop.ui import icons
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.ask import Ask, Verb
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.number_box import NumberBox
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.yes_no import YesNo


def say(zh: str, en: str) -> str:
    """A sample's text; the program itself says its words through po files."""
    return zh if words.language() == "zh" else en


RAIL = [
    ("home", "首页", "Home"),
    ("inbox", "我的件", "My requests"),
    ("file-plus", "登记", "Log a request"),
    ("users", "办事人", "People"),
    ("bar-chart", "统计", "Figures"),
    ("settings", "设置", "Settings"),
]


class Controls(Retranslated, QWidget):
    """A rail at the left and a page of controls at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        row = Row(self, spacing=0)
        row.addWidget(self._rail())
        self.page = ScrollPage()
        row.addWidget(self.page, 1)
        self.title = Heading("", 1)
        self.notices = (Notice(), Notice())
        self.page.add(self.title)
        for notice in self.notices:
            self.page.add(notice)
        self.page.add(SideBySide(self._left(), self._right(), shares=(1, 1)))
        self.page.add_stretch()
        self.retranslate()

    def _rail(self) -> QFrame:
        rail = QFrame()
        rail.setProperty("role", "rail")
        column = Column(rail, spacing=0, margins=(0.5, 1, 0.5, 1))
        self.places = [Button("", "rail", icon=icon) for icon, _zh, _en in RAIL]
        for place in self.places:
            place.setCheckable(True)
            place.setAutoExclusive(True)
            column.addWidget(place)
        self.places[1].setChecked(True)
        column.addStretch(1)
        return rail

    def _left(self) -> QWidget:
        left = Card()
        self.buttons = [Button(role=role) for role in ("primary", "", "quiet", "danger", "link")]
        self.idle = [Button(role=role, icon="printer") for role in ("primary", "", "quiet")]
        for button in self.idle:
            button.setEnabled(False)
        left.add(Flow(*self.buttons))
        left.add(Flow(*self.idle))
        self.own = Field(YesNo())
        self.own.editor.set_value("no")
        left.add(self.own)
        partly = QCheckBox()
        partly.setCheckState(Qt.CheckState.PartiallyChecked)
        self.boxes = [QCheckBox(), QCheckBox(), partly, QRadioButton(), QRadioButton()]
        self.boxes[1].setChecked(True)
        self.boxes[3].setChecked(True)
        left.add(Flow(*self.boxes))
        self.count, self.town, self.shut = (
            Field(NumberBox(), hanzi=4),
            Field(QComboBox(), hanzi=8),
            Field(QLineEdit(), hanzi=12),
        )
        self.town.editor.addItems(["洮阳镇", "新添镇", "中铺镇"])
        self.shut.editor.setEnabled(False)
        self.shut.editor.setText("620421198001020011")
        for field in (self.count, self.town, self.shut):
            left.add(field)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setValue(40)
        left.add(self.slider)
        return left

    def _right(self) -> QWidget:
        right = Card()
        self.tabs = QTabWidget()
        self.list, self.tree = QListView(), QTreeView()
        self.tabs.addTab(self.list, "")
        self.tabs.addTab(self.tree, "")
        self.group = QGroupBox()
        self.group_text = RunningText()
        Column(self.group).addWidget(self.group_text)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setValue(60)
        self.tool = QToolButton()
        self.tool.setIcon(icons.icon("more"))
        self.tool.setProperty("role", "quiet")
        for widget in (self.tabs, self.group, self.bar, self.tool):
            right.add(widget)
        self.splitter = QSplitter()
        for side in "左右":
            pane = QLineEdit(side)
            pane.setAccessibleName(side)
            self.splitter.addWidget(pane)
        right.add(self.splitter)
        return right

    def retranslate(self) -> None:
        """Say the samples' words."""
        self.title.set_text(say("控件", "Controls"))
        for place, (_icon, zh, en) in zip(self.places, RAIL, strict=True):
            place.set_text(say(zh, en))
        samples = [
            ("受理", "Accept"),
            ("保存草稿", "Save draft"),
            ("返回", "Back"),
            ("不予受理", "Refuse to accept"),
            ("为什么", "Why"),
        ]
        for button, (zh, en) in zip((*self.buttons, *self.idle), (*samples, *samples[:3]), strict=True):
            button.set_text(say(zh, en))
        marks = [
            ("现场核实", "Site visit"),
            ("已收原件", "Original held"),
            ("部分收到", "Some received"),
            ("本人", "Myself"),
            ("代理人", "An agent"),
        ]
        for box, (zh, en) in zip(self.boxes, marks, strict=True):
            box.setText(say(zh, en))
        self.own.set_label(say("经营场所是自己的吗", "Do you own the premises"))
        self.count.set_label(say("件数", "How many"))
        self.town.set_label(say("乡镇", "Township"))
        self.shut.set_label(say("身份证号（已核验）", "Identity number (checked)"))
        self.slider.setAccessibleName(say("音量", "Volume"))
        self.tabs.setTabText(0, say("材料", "Papers"))
        self.tabs.setTabText(1, say("环节", "Steps"))
        self.tabs.tabBar().setAccessibleName(say("这件事的内容", "Parts of the request"))
        self.group.setTitle(say("说明", "Note"))
        self.group_text.set_text(say("已经有的材料不用再交。", "Papers on file are not asked for again."))
        self.bar.setAccessibleName(say("进度", "Progress"))
        self.tool.setAccessibleName(say("更多", "More"))
        self._say_lists()
        self.notices[0].say("info", say("下午两点到四点系统维护", "The system is serviced from two to four"))
        self.notices[1].say(
            "warning", say("还有2件今天到期", "2 requests are due today"), say("先办这两件。", "Do these two first.")
        )

    def _say_lists(self) -> None:
        papers, steps = QStandardItemModel(self.list), QStandardItemModel(self.tree)
        for zh, en in [
            ("身份证", "Identity card"),
            ("经营场所证明", "Proof of premises"),
            ("健康证", "Health certificate"),
        ]:
            papers.appendRow(QStandardItem(say(zh, en)))
        first = QStandardItem(say("受理", "Accept"))
        first.appendRow(QStandardItem(say("核对材料", "Check the papers")))
        steps.appendRow(first)
        self.list.setModel(papers)
        self.list.setCurrentIndex(papers.index(1, 0))
        self.list.setAccessibleName(say("材料", "Papers"))
        self.tree.setModel(steps)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(say("环节", "Steps"))
        self.tree.expandAll()


def menu(parent: QWidget) -> QMenu:
    """A menu with a chosen entry, an idle one and a mark."""
    shown = QMenu(parent)
    shown.addAction(icons.icon("printer"), say("打印回执", "Print receipt"))
    shown.addAction(icons.icon("copy"), say("复制编号", "Copy number")).setShortcut("Ctrl+C")
    shown.addSeparator()
    marked = shown.addAction(say("只看我的", "Only mine"))
    marked.setCheckable(True)
    marked.setChecked(True)
    shown.addAction(icons.icon("trash"), say("作废", "Void")).setEnabled(False)
    shown.setActiveAction(shown.actions()[1])
    return shown


def question(parent: QWidget) -> Ask:
    """A question before an act that cannot be undone."""
    verbs = [
        Verb("refuse", say("不予受理", "Refuse to accept"), "danger", "ban"),
        Verb("keep", say("先不决定", "Do not decide yet")),
    ]
    title = say("不予受理这件事吗", "Refuse to accept this request")
    text = say(
        "会发给申请人书面凭证，写明理由和救济途径。发出以后只能由复议改变。",
        "The applicant gets a written decision with the reasons and the remedies. "
        "Once sent, only a review can change it.",
    )
    return Ask(parent, title, text, verbs)
