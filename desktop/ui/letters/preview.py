"""Looking at a letter before it is printed or kept: its pages as they will be, nearer or further away."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QPixmap,
    QResizeEvent,
    QShortcut,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QLabel,
    QListView,
    QPushButton,
    QScrollBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.letters.render import Rendered
from desktop.ui.letters.pdf import Laid, missing_glyphs, page_picture
from desktop.ui.letters.preview_rows import TurningRow
from desktop.ui.widgets.scroll_page import page_around
from desktop.words import _, ngettext

ZOOMS = (50, 75, 100, 125, 150, 200, 300)
"""The steps of nearer and further, in percent of the size on paper."""
_PAPER_DOTS_PER_INCH = 96
_LEAST_FIT = 20
"""How small a page may become to fit into a narrow place, in percent; a step nearer is one press away."""
_Index = QModelIndex | QPersistentModelIndex


class _PagePainter(QStyledItemDelegate):
    """Draws a page in the middle of its row, white and with an edge whatever the colours around it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._laid: Laid | None = None
        self._zoom = 100
        self._drawn: dict[int, QPixmap] = {}

    def draw(self, laid: Laid | None, zoom: int) -> None:
        """Draw the pages of a letter at a size in percent, each when it is next seen."""
        self._laid, self._zoom = laid, zoom
        self._drawn.clear()

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Give the size of a page with a space around it."""
        page = self.page_size()
        space = option.fontMetrics.height()
        return QSize(page.width() + space, page.height() + space)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the page."""
        page = QRect(option.rect.topLeft(), self.page_size())
        page.moveCenter(option.rect.center())
        painter.save()
        painter.drawPixmap(page, self._picture(index.row(), painter.device().devicePixelRatioF()))
        painter.setPen(option.palette.color(QPalette.ColorRole.Mid))
        painter.drawRect(page.adjusted(0, 0, -1, -1))
        painter.restore()

    def page_size(self) -> QSize:
        """Give how large a page is drawn."""
        dots = round(_PAPER_DOTS_PER_INCH * self._zoom / 100)
        return self._laid.page_size(dots) if self._laid else QSize()

    def _picture(self, page: int, sharpness: float) -> QPixmap:
        """Give the picture of a page, drawn once at a size."""
        if page not in self._drawn and self._laid is not None:
            dots = round(_PAPER_DOTS_PER_INCH * self._zoom / 100 * sharpness)
            self._drawn[page] = QPixmap.fromImage(page_picture(self._laid, page, dots))
        return self._drawn[page]


class _PageList(QListView):
    """The pages under each other; the arrows move the paper, not a mark from page to page."""

    resized = Signal()

    _MOVES = {  # noqa: RUF012 – never changed
        Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
        Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
        Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
        Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
        Qt.Key.Key_Space: QAbstractSlider.SliderAction.SliderPageStepAdd,
        Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
        Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
    }

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that there is other room for the pages."""
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the paper, and tell a screen reader which page is now in the middle."""
        move = self._MOVES.get(Qt.Key(event.key())) if not event.modifiers() else None
        if move is None:
            super().keyPressEvent(event)
            return
        bar = self._bar()
        bar.triggerAction(move)
        middle = self.indexAt(self.viewport().visibleRegion().boundingRect().center())
        if middle.isValid() and middle != self.currentIndex():
            at = bar.value()
            self.setCurrentIndex(middle)
            bar.setValue(at)

    def _bar(self) -> QScrollBar:
        """Give the bar that moves the paper: its own, or where it lies open that of the page around it."""
        around = page_around(self)
        return (
            self.verticalScrollBar()
            if self.verticalScrollBar().maximum() or around is None
            else around.verticalScrollBar()
        )


class LetterPreview(QWidget):
    """The pages of one letter, with buttons that ask for printing and for keeping it as a file.

    The widget prints and saves nothing itself: whoever shows it decides where to, and keeps the act.
    """

    print_requested = Signal(object)
    save_requested = Signal(object)
    zoom_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rendered: Rendered | None = None
        self._laid: Laid | None = None
        self._zoom = 100
        self._fits_width = True
        self._open = False
        self._print, self._save = QPushButton(), QPushButton()
        self._further, self._nearer, self._whole_width = QPushButton(), QPushButton(), QPushButton()
        self._count, self.warning = QLabel(), QLabel()
        self.paper = _PageList()
        self._pages, self._painter = QStandardItemModel(self), _PagePainter(self)
        self._prepare_parts()
        self._arrange()
        self._connect()
        self._space()
        self.retranslate()

    @property
    def page_count(self) -> int:
        """How many pages the letter shown has; none without a letter."""
        return self._laid.page_count if self._laid else 0

    @property
    def zoom(self) -> int:
        """The size shown, in percent of the size on paper."""
        return self._zoom

    def show_letter(self, rendered: Rendered | None) -> None:
        """Show a letter from its first page, or none."""
        self._rendered = rendered
        self._laid = Laid(rendered) if rendered else None
        self._painter.draw(self._laid, self._zoom)
        self._pages.clear()
        for _page in range(self.page_count):
            self._pages.appendRow(QStandardItem())
        self._fit_if_asked()
        self._fit_height()
        self.paper.scrollToTop()
        self.retranslate()

    def set_zoom(self, percent: int) -> None:
        """Show the pages at a percentage of their size on paper, within the first and the last step."""
        self._fits_width = False
        self._zoom_to(percent)

    def fit_width(self) -> None:
        """Show the pages as wide as there is room, and keep them so."""
        self._fits_width = True
        self._fit_if_asked()

    def lie_open(self) -> None:
        """Be as high as all pages, without a bar and an edge of its own: the page around scrolls past them."""
        self._open = True
        self.paper.setProperty("role", "paper")
        self.paper.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_height()

    def retranslate(self) -> None:
        """Set every text anew, in the language of the seat."""
        for button, words in (
            (self._print, _("Print…")),
            (self._save, _("Save as PDF…")),
            (self._further, _("Smaller")),
            (self._nearer, _("Larger")),
            (self._whole_width, _("Fit width")),
        ):
            keys = button.property("keys")
            button.setText(f"{words}  {keys}" if keys else words)
            button.setAccessibleName(words)
            button.setEnabled(self._laid is not None)
        self._count.setText(self._count_words())
        self._say_missing_glyphs()
        title = self._rendered.title if self._rendered else ""
        self.paper.setAccessibleName(_("Pages of {title}").format(title=title) if title else _("No letter"))
        self._name_pages()

    def changeEvent(self, event: QEvent) -> None:
        """Say the words again in another language; keep the spaces in step with the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._space()

    @Slot()
    def _on_print(self) -> None:
        if self._rendered is not None:
            self.print_requested.emit(self._rendered)

    @Slot()
    def _on_save(self) -> None:
        if self._rendered is not None:
            self.save_requested.emit(self._rendered)

    @Slot()
    def _on_nearer(self) -> None:
        self.set_zoom(next((step for step in ZOOMS if step > self._zoom), ZOOMS[-1]))

    @Slot()
    def _on_further(self) -> None:
        self.set_zoom(next((step for step in reversed(ZOOMS) if step < self._zoom), ZOOMS[0]))

    @Slot()
    def _on_whole_width(self) -> None:
        self.fit_width()

    @Slot()
    def _on_paper_resized(self) -> None:
        self._fit_if_asked()

    def _prepare_parts(self) -> None:
        """Give every part its part of the look, and what a screen reader needs to know."""
        self._print.setProperty("role", "primary")
        self.warning.setProperty("role", "warning")
        self._count.setProperty("role", "muted")
        for label in (self.warning, self._count):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.warning.setWordWrap(True)
        self.paper.setModel(self._pages)
        self.paper.setItemDelegate(self._painter)

    def _arrange(self) -> None:
        """Put what to do with the letter above, how to look at it below that, and the pages under both."""
        self._acts, self._looks = TurningRow((self._print, self._save)), TurningRow(self._looking_parts())
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self._acts)
        self._whole.addWidget(self._looks)
        self._whole.addWidget(self._count)
        self._whole.addWidget(self.warning)
        self._whole.addWidget(self.paper, 1)

    def _looking_parts(self) -> tuple[QWidget, ...]:
        return (self._further, self._nearer, self._whole_width)

    def _connect(self) -> None:
        """Join buttons and keys to what they do; the keys work anywhere inside the preview."""
        self.paper.resized.connect(self._on_paper_resized)
        for button, slot, keys in (
            (self._print, self._on_print, "Ctrl+P"),
            (self._save, self._on_save, "Ctrl+S"),
            (self._further, self._on_further, "Ctrl+-"),
            (self._nearer, self._on_nearer, "Ctrl+="),
            (self._whole_width, self._on_whole_width, "Ctrl+0"),
        ):
            button.clicked.connect(slot)
            sequence = QKeySequence(keys)
            button.setProperty("keys", sequence.toString(QKeySequence.SequenceFormat.NativeText))
            shortcut = QShortcut(sequence, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _space(self) -> None:
        """Measure the spaces in half a line of text."""
        unit = max(1, self.fontMetrics().height() // 2)
        for row in (self._acts, self._looks):
            row.set_spacing(unit)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(unit)

    def _zoom_to(self, percent: int, least: int = ZOOMS[0]) -> None:
        """Draw the pages at another size, if it is another."""
        percent = min(max(percent, least), ZOOMS[-1])
        if percent == self._zoom:
            return
        self._zoom = percent
        self._painter.draw(self._laid, percent)
        self.paper.scheduleDelayedItemsLayout()
        self._fit_height()
        self._count.setText(self._count_words())
        self.zoom_changed.emit(percent)

    def _fit_if_asked(self) -> None:
        """Take the size at which a page fills the room beside the scroll bar."""
        if not self._fits_width or self._laid is None:
            return
        room = self.paper.viewport().width() - self.paper.fontMetrics().height()
        # One dot an inch less than would fill the room: pages are as wide as whole dots make them.
        dots = room * _PAPER_DOTS_PER_INCH // self._laid.page_size(_PAPER_DOTS_PER_INCH).width() - 1
        self._zoom_to(dots * 100 // _PAPER_DOTS_PER_INCH, _LEAST_FIT)

    def _fit_height(self) -> None:
        """Where the pages lie open, be as high as they are, so that no empty place stays below them."""
        if self._open and self._laid is not None:
            edges = self.paper.height() - self.paper.viewport().height()
            page = self._painter.page_size().height() + self.paper.fontMetrics().height()
            self.paper.setFixedHeight(self.page_count * page + edges)

    def _count_words(self) -> str:
        pages = ngettext("{n} page", "{n} pages", self.page_count).format(n=self.page_count)
        return f"{pages}  {self._zoom}%" if self.page_count else ""

    def _say_missing_glyphs(self) -> None:
        """Ask for a look by hand when no font here can draw what a letter says."""
        missing = missing_glyphs(self._rendered) if self._rendered else ()
        codes = " ".join(f"U+{ord(character):04X}" for character in missing)
        words = _("Check by hand before sealing: no font here draws {codes}.")
        self.warning.setText(words.format(codes=codes) if codes else "")
        self.warning.setVisible(bool(codes))

    def _name_pages(self) -> None:
        """Tell a screen reader which page each row is, and what stands on it."""
        for number in range(self.page_count):
            name = _("Page {page} of {pages}").format(page=number + 1, pages=self.page_count)
            item = self._pages.item(number)
            item.setAccessibleText(name)
            item.setAccessibleDescription(self._laid.words_of(number) if self._laid else "")
