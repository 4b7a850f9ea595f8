"""A letter laid out on its sheets, the same for paper, file and screen, with its pages broken well."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, cast

from PySide6.QtCore import QByteArray, QSizeF, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrame,
    QTextList,
    QTextOption,
    QTextTable,
)

from desktop.letters.breaks import Break, Piece, PieceKind, Span, next_break, split_table
from desktop.letters.render import Rendered, RenderedPart
from desktop.letters.style import points, sheet_of, sizes_of
from desktop.ui.letters.pdf_faces import letter_font, with_missing_glyphs_said
from desktop.words import Language

QUOTATION_MARKS: Final = re.compile("[“”‘’]+")

WORTH_SAVING = 0.75
"""A last page filled by less than this is worth narrower spaces on the others."""


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
        self.setPageSize(QSizeF(sheet.text_width, sheet.text_height))
        self._lay_out(part)

    def _lay_out(self, part: RenderedPart) -> None:
        """Lay the letter out with its usual spaces, or with narrow ones where these save a page that is not full."""
        html = with_missing_glyphs_said(part.html)
        usual = self._pages_in(part.style, html, part.language)
        spill = usual > 1 and self._filled_of_last_page() < WORTH_SAVING
        if spill and part.tight_style and self._pages_in(part.tight_style, html, part.language) >= usual:
            self._pages_in(part.style, html, part.language)

    def _filled_of_last_page(self) -> float:
        """Say how much of the last page is filled, from 0 to 1."""
        bottom = max(bottom for block in _blocks(self) for _, bottom in _lines(block))
        return bottom / self.pageSize().height() - (self.pageCount() - 1)

    def _pages_in(self, style: str, html: str, language: Language) -> int:
        self.setDefaultStyleSheet(style)
        _break_pages_well(self, html, language)
        return self.pageCount()

    def loadResource(self, kind: int, name: QUrl | str) -> QImage | QByteArray:  # noqa: N802 – named by Qt
        """Give a picture of the letter; whatever else is asked for by name, there is nothing to see."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        picture = self._pictures.get(name if isinstance(name, str) else name.toString())
        # Given no picture at all, Qt would look for a file of that name by itself.
        return QImage.fromData(picture) if picture is not None else _unseen_dot()

    def page_words(self, page: int) -> str:
        """Give the plain words of a page, counted from 0, as a screen reader reads them."""
        height = self.pageSize().height()
        words = ((block.text(), _span([block], height).first) for block in _blocks(self))
        said = (text.replace("\u2028", "\n").replace("\ufffc", "").strip() for text, place in words if place == page)
        return "\n".join(text for text in said if text)

    def texts_of_face(self, *, bold: bool) -> str:
        """Give the words set in the plain or in the bold face, in their order."""
        pieces = (piece for block in _blocks(self) for piece in _fragments(block))
        return "".join(piece.text() for piece in pieces if _is_bold(piece) is bold)


def _unseen_dot() -> QImage:
    dot = QImage(1, 1, QImage.Format.Format_ARGB32)
    dot.fill(0)
    return dot


def _is_bold(piece: QTextFragment) -> bool:
    return piece.charFormat().fontWeight() >= QFont.Weight.DemiBold


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """Go through all paragraphs of a document, those in tables too."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _wrapping_anywhere() -> QTextOption:
    """Let a word too long for its line break where it must, so that nothing is cut off."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _size_headings_as_styled(document: QTextDocument) -> None:
    """Take away the growth a text layout gives headings on top of the size their style asks for."""
    for block in _blocks(document):
        if block.blockFormat().headingLevel():
            for fragment in tuple(_fragments(block)):
                cursor = QTextCursor(document)
                cursor.setPosition(fragment.position())
                cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                styled = fragment.charFormat()
                styled.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
                cursor.setCharFormat(styled)


def _narrow_quotation_marks(document: QTextDocument) -> None:
    """Set the quotation marks of bold English in the plain face: the bold one has only those as wide as a hanzi."""
    plain = QTextCharFormat()
    plain.setFontWeight(QFont.Weight.Normal)
    bold = [piece for block in _blocks(document) for piece in _fragments(block) if _is_bold(piece)]
    # Places are read before the first change, which may part a piece in two.
    starts = [(piece.position(), piece.text()) for piece in bold]
    for start, text in starts:
        for mark in QUOTATION_MARKS.finditer(text):
            cursor = QTextCursor(document)
            cursor.setPosition(start + _units(text[: mark.start()]))
            cursor.setPosition(start + _units(text[: mark.end()]), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(plain)


def _units(text: str) -> int:
    """Count as a text layout does, to which a rare character is two."""
    return len(text.encode("utf-16-le")) // 2


# Page breaks: what came to lie where, and the one break more that it asks for.


def _break_pages_well(document: QTextDocument, html: str, language: Language) -> None:
    """Lay a document out until no heading, row, short paragraph or seal's place is torn from what it belongs to."""
    asked: Counter[Break] = Counter()
    made: list[Break] = []
    height = document.pageSize().height()
    while True:
        places = _laid_out(document, html, language, made)
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


def _laid_out(
    document: QTextDocument, html: str, language: Language, breaks: list[Break]
) -> list[QTextBlock | QTextTable]:
    """Lay a document out with the page breaks made so far; give its paragraphs and tables."""
    document.setHtml(html)
    _size_headings_as_styled(document)
    if language == "en":
        _narrow_quotation_marks(document)
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
    """Say whether a list follows, of a paragraph or of an entry, or more of the choices that an entry is one of."""
    own = cast("QTextList | None", block.textList())
    below = cast("QTextList | None", block.next().textList())
    above, depth = (0 if one is None else one.format().indent() for one in (own, below))
    return depth > above or depth == above > 1


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
