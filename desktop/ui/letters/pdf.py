"""Letters on paper: the same lines written to a file, a printer or a picture."""

import uuid

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSize, Qt, QUuid
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)
from PySide6.QtPrintSupport import QPrinter

from desktop.letters.finish import FaceNames, finish
from desktop.letters.render import Rendered
from desktop.letters.style import INK, QUIET, RULE, UNITS_PER_INCH, millimetres, points, sheet_of, sizes_of
from desktop.ui.letters.pdf_across import ACROSS_LANGUAGE, paint_across
from desktop.ui.letters.pdf_faces import face_names, letter_font, missing_glyphs, with_missing_glyphs_said
from desktop.ui.letters.pdf_layout import LetterDocument

__all__ = ["Laid", "missing_glyphs", "page_picture", "pages", "print_to", "to_pdf"]

_SAME_LETTER = uuid.UUID("6f1f2c1e-6f0a-5b57-9d0e-5a3f4f6d3c11")
"""The name space in which a letter's content gives its file an identity."""


_TOUCH = 2.0
"""Layout units by which lines may touch without lying on a page."""


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
        paint_across(painter, self.sheet, self.rendered.across)
        document, own_page = self._places[page]
        top = own_page * self.sheet.text_height
        painter.save()
        painter.translate(self.sheet.left, self.sheet.top - top)
        context = QAbstractTextDocumentLayout.PaintContext()
        clip = QRectF(0, top, self.sheet.text_width, self.sheet.text_height)
        painter.setClipRect(clip)
        # A little less, so that a line that only touches the page is not written into it unseen.
        context.clip = clip.adjusted(0, _TOUCH, 0, -_TOUCH)
        context.palette.setColor(context.palette.ColorRole.Text, QColor(INK))
        document.documentLayout().draw(painter, context)
        painter.restore()
        self._paint_footer(painter, page)

    def words_of(self, page: int) -> str:
        """Give the plain words of a page, counted from 0, as a screen reader reads them."""
        document, own_page = self._places[page]
        return "\n".join((*self.rendered.across, document.page_words(own_page)))

    def names_of_faces(self) -> dict[str, FaceNames]:
        """Give what the tables of names in a file of this letter must say."""
        footers = [self.rendered.page_words(1, self.page_count) + self.rendered.number]
        languages = [part.language for part in self.rendered.parts]
        plain = [document.texts_of_face(bold=False) for document in self.documents] + footers
        strong = ["".join(self.rendered.across)] + [document.texts_of_face(bold=True) for document in self.documents]
        return dict(
            [
                face_names(zip(plain, [*languages, languages[0]], strict=True), bold=False),
                face_names(zip(strong, [ACROSS_LANGUAGE, *languages], strict=True), bold=True),
            ]
        )

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
    return finish(bytes(target.data().data()), rendered.dated, laid.names_of_faces())


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


def _page_layout() -> QPageLayout:
    """Give A4 upright without margins of the device: the letter has its own."""
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
