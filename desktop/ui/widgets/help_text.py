"""A manual on the screen: Markdown laid out from the tokens, its links kept inside the program."""

from PySide6.QtCore import QEvent, QUrl, Signal, Slot
from PySide6.QtGui import QFont, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop.ui import theme
from desktop.ui.fonts import FAMILY
from desktop.ui.help import LINK
from desktop.ui.sizes import HEADING, TITLE

LINE_SPACING = 1.5
HEADING_SPACING = 1.35
_SIZES: dict[int, theme.Step] = {0: "text", 1: "title", 2: "heading"}
_STEPS: dict[theme.Step, float] = {"text": 1.0, "heading": HEADING, "title": TITLE}


class HelpText(QTextBrowser):
    """Shows Markdown in the type and colours of the look; a link to another manual is told, any other leads nowhere."""

    manual_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markdown = ""
        self.setOpenLinks(False)
        self.setTabChangesFocus(False)
        self.document().setUndoRedoEnabled(False)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_markdown(self, markdown: str) -> None:
        """Show a manual from its beginning."""
        self._markdown = markdown
        self._lay_out()
        self.moveCursor(QTextCursor.MoveOperation.Start)  # Qt brings the cursor into sight when the room changes
        self.verticalScrollBar().setValue(0)

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:  # noqa: N802  Qt's name
        """Load nothing: a manual has no pictures, and nothing comes from a disk or a network."""
        return None

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size and the colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._markdown:
            place = self.verticalScrollBar().value()
            self._lay_out()
            self.verticalScrollBar().setValue(place)

    @Slot(QUrl)
    def _on_anchor_clicked(self, address: QUrl) -> None:
        target = address.toString()
        if target.startswith(LINK):
            self.manual_asked.emit(target.removeprefix(LINK))

    def _lay_out(self) -> None:
        look, document = theme.current(), self.document()
        document.setDefaultFont(look.font())
        document.setIndentWidth(look.px(2.2))
        document.setDocumentMargin(look.px(0.6))
        features = QTextDocument.MarkdownFeature
        document.setMarkdown(self._markdown, features.MarkdownDialectCommonMark | features.MarkdownNoHTML)
        block = document.begin()
        while block.isValid():
            _space(block, first=block == document.begin())
            for begin, length, form in _forms(block):
                cursor = QTextCursor(document)
                cursor.setPosition(begin)
                cursor.setPosition(begin + length, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(form)
            block = block.next()


def _space(block: QTextBlock, *, first: bool) -> None:
    """Set a block's lines and what stands around it, in units of the look."""
    look, level = theme.current(), block.blockFormat().headingLevel()
    form = QTextBlockFormat()
    size = look.text_pixels * _STEPS[_SIZES.get(level, "text")]
    spacing = HEADING_SPACING if level else LINE_SPACING
    form.setLineHeight(round(size * spacing), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    form.setTopMargin(look.px(1.6) if level > 1 and not first else 0)
    form.setBottomMargin(look.px(0.4 if block.textList() is not None else 0.8))
    QTextCursor(block).mergeBlockFormat(form)


def _forms(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """What each stretch of a block is to look like: headings by level, keys as keys, links as links."""
    level = block.blockFormat().headingLevel()
    found = []
    step = block.begin()
    while not step.atEnd():
        piece = step.fragment()
        found.append((piece.position(), piece.length(), _form(piece.charFormat(), level)))
        step += 1
    return found


def _form(was: QTextCharFormat, level: int) -> QTextCharFormat:
    look = theme.current()
    form = QTextCharFormat()
    strong = bool(level) or was.fontWeight() > QFont.Weight.Normal or was.fontFixedPitch()
    form.setFont(look.font(_SIZES.get(level, "text"), strong=strong))
    form.setFontFamilies([FAMILY])
    form.setFontFixedPitch(False)
    form.setForeground(look.token("text"))
    if was.fontFixedPitch():
        form.setBackground(look.token("accent_soft"))
    if was.isAnchor():
        form.setForeground(look.token("accent"))
        form.setFontUnderline(True)
    return form
