"""The help that stands beside a page: the manual of the page, a box to look for words in all of them, all topics."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QStackedWidget, QWidget

from desktop import words
from desktop.ui import help as manuals
from desktop.ui import theme
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.help_text import HelpText
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.search_box import SearchBox
from desktop.words import _, ngettext

PANEL_HANZI = 25
DIALOG_HANZI = 38
LEAST_UNITS = 34  # high, or the help opens over the page
_SPECIAL = str.maketrans({each: "\\" + each for each in "\\`*_[]<>#|"})


class HelpPanel(Retranslated, QFrame):
    """One manual at a time; Escape or the button closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.code = ""
        self._title = Heading("", 2)
        self.topics = Button("", "quiet", icon="list")
        self.close_button = Button("", "quiet", icon="x")
        self.search: Field[SearchBox] = Field(SearchBox())
        self.text = HelpText()
        self._arrange()
        self.topics.clicked.connect(self._on_topics)
        self.close_button.clicked.connect(self.closed)
        self.search.editor.textChanged.connect(self._on_text_changed)
        self.text.manual_asked.connect(self.show_manual)
        self.retranslate()

    @Slot(str)
    def show_manual(self, code: str) -> None:
        """Show the manual of a page; where there is none, all topics."""
        self.code = code if manuals.manual(code) is not None else ""
        if self.search.editor.text():
            self.search.editor.setText("")
        else:
            self._show()

    def retranslate(self) -> None:
        """Say the words, and the manual, in the language of the seat."""
        self._title.set_text(_("Help"))
        self.topics.set_text(_("All topics"))
        self.close_button.set_text(_("Close"))
        self.search.set_label(_("Find in the help"))
        self.search.editor.set_name(_("Find in the help"))
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close at Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_topics(self) -> None:
        self.show_manual("")

    @Slot(str)
    def _on_text_changed(self, _sought: str) -> None:
        self._show()

    def _show(self) -> None:
        sought = self.search.editor.text().strip()
        shown = manuals.manual(self.code)
        if sought:
            self._say(_("Found in the help"), _found(sought))
        elif shown is None:
            self._say(_("All topics"), _topics())
        else:
            self._say(shown.title, shown.markdown)

    def _say(self, title: str, markdown: str) -> None:
        self.text.setAccessibleName(_("Help: {title}").format(title=title))
        self.text.show_markdown(markdown)

    def _arrange(self) -> None:
        top = Row(spacing=0.3)
        top.addWidget(self._title, 1)
        top.addWidget(self.topics)
        top.addWidget(self.close_button)
        column = Column(self, spacing=0.8, margins=(1.5, 0.8, 1, 1))
        column.addLayout(top)
        column.addWidget(self.search)
        column.addWidget(self.text, 1)


class HelpBeside(QWidget):
    """The pages, and the help at their right; where both have no room, the help opens over them."""

    def __init__(self, pages: QStackedWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages, self.panel = pages, HelpPanel()
        self._code = ""
        self._wanted = False
        row = Row(self, spacing=0)
        row.addWidget(pages, 1)
        row.addWidget(self.panel)
        self.panel.hide()
        self.panel.closed.connect(self.close_help)
        theme.current().changed.connect(self._on_look_changed)

    @Slot(str)
    def show_page(self, code: str) -> None:
        """Another page is shown: its manual is the one to show from now on."""
        self._code = code
        if self._wanted:
            self.panel.show_manual(code)

    @Slot()
    def toggle(self) -> None:
        """Show the manual of the page, or put it away."""
        if self._wanted and self.is_roomy():
            self.close_help()
        elif self.is_roomy():
            self._wanted = True
            self.panel.show_manual(self._code)
            self._fit()
            self.panel.text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            HelpDialog(self._code, self).open()

    @Slot()
    def close_help(self) -> None:
        """Put the manual away and give the keyboard back to the page."""
        self._wanted = False
        self._fit()
        shown = self.pages.currentWidget()
        if shown is not None:
            shown.setFocus()

    def is_roomy(self) -> bool:
        """Whether the help can be read beside a page that can still be worked with."""
        look = theme.current()
        least = max(self.pages.minimumSizeHint().width(), look.line_width(PANEL_HANZI))
        return self.width() - self._wide() >= least and self.height() >= look.px(LEAST_UNITS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether both have room."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _on_look_changed(self) -> None:
        self._fit()

    def _wide(self) -> int:
        look = theme.current()
        return look.line_width(PANEL_HANZI) + look.px(5)

    def _fit(self) -> None:
        self.panel.setFixedWidth(self._wide())
        self.panel.setVisible(self._wanted and self.is_roomy())


class HelpDialog(QDialog):
    """The help where there is no desk yet, such as at the door."""

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(_("Help"))
        self.panel = HelpPanel()
        Column(self, margins=1).addWidget(self.panel)
        self.panel.closed.connect(self.accept)
        self.panel.show_manual(code)
        look, room = theme.current(), self.screen().availableSize()
        wide, high = look.line_width(DIALOG_HANZI) + look.px(8), look.px(60)
        self.resize(min(wide, int(room.width() * 0.9)), min(high, int(room.height() * 0.9)))
        self.panel.text.setFocus(Qt.FocusReason.OtherFocusReason)


def _topics() -> str:
    lines = [f"- {_link(each)}" for each in manuals.manuals(words.language()).values()]
    return "\n".join([f"# {_('All topics')}", "", *lines])


def _found(sought: str) -> str:
    hits = manuals.find(sought)
    if not hits:
        return "\n".join([f"# {_('Found in the help')}", "", _("Nothing found. Try other words.")])
    count = ngettext("{n} page has these words.", "{n} pages have these words.", len(hits)).format(n=len(hits))
    lines = [f"**{_link(hit.manual)}**  \n{hit.excerpt.translate(_SPECIAL)}\n" for hit in hits]
    return "\n".join([f"# {_('Found in the help')}", "", count, "", *lines])


def _link(manual: manuals.Manual) -> str:
    return f"[{manual.title}]({manuals.LINK}{manual.code})"
