"""Letters on paper: laid out once, and the same lines written to a file, a printer or a picture."""

import re
import uuid
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt, QUrl, QUuid
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrame,
    QTextList,
    QTextOption,
    QTextTable,
)
from PySide6.QtPrintSupport import QPrinter

from desktop.letters.breaks import Break, Piece, PieceKind, Span, next_break, split_table
from desktop.letters.render import Rendered, RenderedPart
from desktop.letters.stamp import dated
from desktop.letters.style import FAMILY, INK, QUIET, RULE, UNITS_PER_INCH, millimetres, points, sheet_of, sizes_of
from desktop.words import Language

_FONT_FILES = ("NotoSansSC-Regular.otf", "NotoSansSC-SemiBold.ttf")
# Joiners and variation selectors choose the shape of their neighbour and have none of their own.
_SHAPELESS = re.compile("[\u200c\u200d\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_SAME_LETTER = uuid.UUID("6f1f2c1e-6f0a-5b57-9d0e-5a3f4f6d3c11")
"""The name space in which a letter's content gives its file an identity."""


class LetterDocument(QTextDocument):
    """One language of a letter as laid out; it shows the pictures it was given and opens nothing else."""

    def __init__(self, part: RenderedPart, rendered: Rendered) -> None:
        super().__init__()
        self._pictures = rendered.pictures
        sheet = sheet_of(large=rendered.large)
        body = sizes_of(part.language, large=rendered.large).body
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self.setIndentWidth(2 * body)
        self.setDefaultFont(letter_font(body, part.language))
        self.setDefaultTextOption(_wrapping_anywhere())
        self.setDefaultStyleSheet(part.style)
        self.setPageSize(QSizeF(sheet.text_width, sheet.text_height))
        _break_pages_well(self, with_missing_glyphs_said(part.html))

    def loadResource(self, kind: int, name: QUrl | str) -> QImage | QByteArray:  # noqa: N802 – named by Qt
        """Give a picture of the letter; whatever else is asked for by name, there is nothing."""
        picture = self._pictures.get(name if isinstance(name, str) else name.toString())
        if kind == QTextDocument.ResourceType.ImageResource.value and picture is not None:
            return QImage.fromData(picture)
        return QByteArray()


class Laid:
    """A letter laid out on its sheets, ready to be painted on anything."""

    def __init__(self, rendered: Rendered) -> None:
        self.rendered = rendered
        self.sheet = sheet_of(large=rendered.large)
        self.documents = tuple(LetterDocument(part, rendered) for part in rendered.parts)
        self._places = [(document, page) for document in self.documents for page in range(document.pageCount())]

    @property
    def page_count(self) -> int:
        """How many pages the letter has, in all its languages."""
        return len(self._places)

    def page_size(self, dots_per_inch: int) -> QSize:
        """How many dots wide and high a page is."""
        scale = dots_per_inch / UNITS_PER_INCH
        return QSize(round(self.sheet.width * scale), round(self.sheet.height * scale))

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint one page, counted from 0, with the painter's unit being a layout unit."""
        document, own_page = self._places[page]
        top = own_page * self.sheet.text_height
        painter.save()
        painter.translate(self.sheet.left, self.sheet.top - top)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, top, self.sheet.text_width, self.sheet.text_height)
        painter.setClipRect(context.clip)
        context.palette.setColor(context.palette.ColorRole.Text, QColor(INK))
        document.documentLayout().draw(painter, context)
        painter.restore()
        self._paint_footer(painter, page)

    def words_of(self, page: int) -> str:
        """Give the plain words of a page, counted from 0, as a screen reader reads them."""
        document, own_page = self._places[page]
        height = document.pageSize().height()
        block, said = document.begin(), []
        while block.isValid():
            words = block.text().replace("\u2028", "\n").replace("\ufffc", "").strip()
            if words and _span([block], height).first == own_page:
                said.append(words)
            block = block.next()
        return "\n".join(said)

    def _paint_footer(self, painter: QPainter, page: int) -> None:
        """Write the number of the letter and of the page under a thin rule."""
        sheet = self.sheet
        rule_at = sheet.height - sheet.bottom + millimetres(8)
        box = QRectF(sheet.left, rule_at + points(4), sheet.text_width, millimetres(12))
        painter.save()
        painter.setPen(QPen(QColor(RULE), points(0.4)))
        painter.drawLine(QPointF(sheet.left, rule_at), QPointF(sheet.left + sheet.text_width, rule_at))
        painter.setPen(QColor(QUIET))
        language = self.rendered.parts[0].language
        painter.setFont(letter_font(sizes_of(language, large=self.rendered.large).footer, language))
        words = self.rendered.page_words(page + 1, self.page_count)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, words)
        box.setRight(box.right() - painter.fontMetrics().horizontalAdvance(words) - millimetres(5))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWrapAnywhere
        painter.drawText(box, flags, with_missing_glyphs_said(self.rendered.number))
        painter.restore()


def to_pdf(rendered: Rendered) -> bytes:
    """Write a letter as a PDF with its fonts inside; the same letter gives the same bytes."""
    laid = Laid(rendered)
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(target)
    writer.setResolution(UNITS_PER_INCH)
    writer.setPageLayout(_page_layout())
    writer.setTitle(rendered.title)
    writer.setAuthor(rendered.issuer)
    writer.setCreator("Yijian")
    writer.setDocumentId(QUuid(str(uuid.uuid5(_SAME_LETTER, rendered.model_dump_json(exclude={"pictures"})))))
    painter = QPainter(writer)
    for page in range(laid.page_count):
        if page:
            writer.newPage()
        laid.paint(painter, page)
    painter.end()
    return dated(bytes(target.data().data()), rendered.dated)


def pages(rendered: Rendered, dots_per_inch: int = 96) -> list[QImage]:
    """Draw every page of a letter as a picture, for looking at before it is printed."""
    laid = Laid(rendered)
    return [page_picture(laid, page, dots_per_inch) for page in range(laid.page_count)]


def page_picture(laid: Laid, page: int, dots_per_inch: int) -> QImage:
    """Draw one page of a laid out letter on white, counted from 0."""
    scale = dots_per_inch / UNITS_PER_INCH
    picture = QImage(laid.page_size(dots_per_inch), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(scale, scale)
    laid.paint(painter, page)
    painter.end()
    return picture


def print_to(rendered: Rendered, printer: QPrinter) -> int:
    """Print the pages a printer was set to, all of them when none were chosen; give how many went out."""
    laid = Laid(rendered)
    printer.setPageLayout(_page_layout())
    printer.setFullPage(True)
    printer.setDocName(f"{rendered.number} {rendered.title}")
    first = max(printer.fromPage(), 1) - 1
    chosen = range(first, min(printer.toPage() or laid.page_count, laid.page_count))
    painter = QPainter(printer)
    painter.scale(printer.logicalDpiX() / UNITS_PER_INCH, printer.logicalDpiY() / UNITS_PER_INCH)
    for page in chosen:
        if page != first:
            printer.newPage()
        laid.paint(painter, page)
    painter.end()
    return len(chosen)


def missing_glyphs(rendered: Rendered) -> tuple[str, ...]:
    """Give the characters of a letter that no font here can draw; somebody must look at them before the seal."""
    seen = dict.fromkeys(_BEYOND_ASCII.findall(rendered.number + rendered.words))
    return tuple(character for character in seen if not _can_draw(character))


def with_missing_glyphs_said(text: str) -> str:
    """Put the code and a request to check in the place of a character no font can draw, never a box."""
    return _BEYOND_ASCII.sub(
        lambda found: found[0] if _can_draw(found[0]) else f"〔请人工核对 U+{ord(found[0]):04X}〕", text
    )


def letter_font(height: int, language: Language) -> QFont:
    """Give the font of letters at a height in layout units; English takes its narrow quotation marks."""
    _load_fonts()
    font = QFont(FAMILY)
    font.setPixelSize(height)
    if language == "en":
        font.setFeature(QFont.Tag("pwid"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def _load_fonts() -> None:
    """Make the fonts that travel with the program known, unless the window has done so already."""
    if "SemiBold" in QFontDatabase.styles(FAMILY):
        return
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFontFromData(files("resources").joinpath("fonts", name).read_bytes())


@cache
def _can_draw(character: str) -> bool:
    """Say whether both faces can draw a character."""
    if _SHAPELESS.match(character):
        return True
    plain, bold = letter_font(points(12), "zh"), letter_font(points(12), "zh")
    bold.setWeight(QFont.Weight.DemiBold)
    return all(QFontMetricsF(face).inFontUcs4(ord(character)) for face in (plain, bold))


def _wrapping_anywhere() -> QTextOption:
    """Let a word too long for its line break where it must, so that nothing is cut off."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _page_layout() -> QPageLayout:
    """Give A4 upright without margins of the device: the letter has its own."""
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


def _size_headings_as_styled(document: QTextDocument) -> None:
    """Take away the growth a text layout gives headings on top of the size their style asks for."""
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            for fragment in tuple(_fragments(block)):
                cursor = QTextCursor(document)
                cursor.setPosition(fragment.position())
                cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                styled = fragment.charFormat()
                styled.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
                cursor.setCharFormat(styled)
        block = block.next()


# Page breaks: what came to lie where, and the one break more that it asks for.


def _break_pages_well(document: QTextDocument, html: str) -> None:
    """Lay a document out until no heading, row, short paragraph or seal's place is torn from what it belongs to."""
    asked: Counter[Break] = Counter()
    made: list[Break] = []
    height = document.pageSize().height()
    while True:
        places = _laid_out(document, html, made)
        wanted = next_break([_piece(place, height) for place in places], height, asked)
        if wanted is None:
            return
        asked[wanted] += 1
        made = [earlier for earlier in made if earlier < wanted]
        if wanted.row:
            tables_before = sum(isinstance(place, QTextTable) for place in places[: wanted.piece])
            html = split_table(html, tables_before, wanted.row)
            wanted = Break(wanted.piece + 1)
        made.append(wanted)


def _laid_out(document: QTextDocument, html: str, breaks: list[Break]) -> list[QTextBlock | QTextTable]:
    """Lay a document out with the page breaks made so far; give its paragraphs and tables."""
    document.setHtml(html)
    _size_headings_as_styled(document)
    _close_gaps(document)
    places = _places(document)
    for made in breaks:
        _open_page(places[made.piece])
    # WORKAROUND: Qt 6.11 leaves paragraphs after a changed one without lines until all are marked dirty.
    document.markContentsDirty(0, document.characterCount())
    document.pageCount()
    return places


def _places(document: QTextDocument) -> list[QTextBlock | QTextTable]:
    """Give the paragraphs and tables of a document in order, without the empty lines between tables."""
    found: list[QTextBlock | QTextTable] = []
    for block, frame in _children(document):
        if isinstance(frame, QTextTable):
            found.append(frame)
        elif block.isValid() and block.length() > 1:
            found.append(block)
    return found


def _children(document: QTextDocument) -> Iterator[tuple[QTextBlock, QTextFrame | None]]:
    """Go through the paragraphs and frames that stand directly in a document."""
    place = document.rootFrame().begin()
    while not place.atEnd():
        yield place.currentBlock(), place.currentFrame()
        place += 1


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    """Go through the pieces of a paragraph that are set in one face each."""
    place = block.begin()
    while not place.atEnd():
        yield place.fragment()
        place += 1


def _piece(place: QTextBlock | QTextTable, page_height: float) -> Piece:
    """Say how a paragraph or a table came to lie."""
    if isinstance(place, QTextTable):
        rows = tuple(_span(_blocks_of_row(place, row), page_height) for row in range(place.rows()))
        span = Span(rows[0].first, rows[-1].last, sum(row.height for row in rows))
        headings = place.format().toTableFormat().headerRowCount()
        if not headings:
            return Piece(PieceKind.WHOLE_TABLE, span)
        return Piece(PieceKind.ROWS, span, rows=rows[headings:])
    leads = place.blockFormat().headingLevel() > 0 or _leads_a_list(place)
    return Piece(
        PieceKind.HEADING if leads else PieceKind.TEXT, _span([place], page_height), lines=place.layout().lineCount()
    )


def _leads_a_list(block: QTextBlock) -> bool:
    """Say whether an entry of a list has a list of its own below it."""
    own = cast("QTextList | None", block.textList())
    below = cast("QTextList | None", block.next().textList())
    return own is not None and below is not None and below.format().indent() > own.format().indent()


def _span(blocks: list[QTextBlock], page_height: float) -> Span:
    """Give the pages the lines of some paragraphs lie on."""
    edges = [edge for block in blocks for edge in _lines(block)]
    top, bottom = min(top for top, _ in edges), max(bottom for _, bottom in edges)
    # Half a unit keeps a line that opens a page on that page, whatever the rounding.
    return Span(int((top + 0.5) // page_height), int((bottom - 0.5) // page_height), bottom - top)


def _lines(block: QTextBlock) -> list[tuple[float, float]]:
    """Give the top and bottom of every line of a paragraph, down the whole document."""
    layout = block.layout()
    start = block.document().documentLayout().blockBoundingRect(block).top()
    lines = (layout.lineAt(number) for number in range(layout.lineCount()))
    return [(start + line.y(), start + line.y() + line.height()) for line in lines]


def _blocks_of_row(table: QTextTable, row: int) -> list[QTextBlock]:
    """Give the paragraphs in the cells of a row."""
    blocks: list[QTextBlock] = []
    for column in range(table.columns()):
        cell = table.cellAt(row, column)
        block, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
        blocks.append(block)
        while block != last:
            block = block.next()
            blocks.append(block)
    return blocks


def _open_page(place: QTextBlock | QTextTable) -> None:
    """Make a paragraph or a table the first thing on a new page."""
    policy = QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore
    if isinstance(place, QTextTable):
        table_format = place.format().toTableFormat()
        table_format.setPageBreakPolicy(policy)
        place.setFormat(table_format)
        return
    block_format = QTextBlockFormat()
    block_format.setPageBreakPolicy(policy)
    QTextCursor(place).mergeBlockFormat(block_format)


def _close_gaps(document: QTextDocument) -> None:
    """Make the empty lines that a text layout keeps between tables as low as a small space."""
    low = QTextBlockFormat()
    low.setLineHeight(points(6), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    for block, _ in _children(document):
        if block.isValid() and block.length() <= 1:
            QTextCursor(block).mergeBlockFormat(low)
