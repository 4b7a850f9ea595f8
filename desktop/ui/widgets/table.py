"""A table set up for the keyboard and the ear: Tab leaves it, Enter opens a row, no corner without a name."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionHeader,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.widgets.scroll_page import ScrollPage, page_around
from desktop.ui.widgets.status_mark import STATUSES, status_icon
from desktop.ui.widgets.table_columns import Width, share_out, staying

__all__ = ["STATUS_ROLE", "Cell", "Table", "Width"]

ROW_UNITS = 3.6
LEAST_ROWS = 4
SHORT = 4
"""So many Chinese characters, as a name has, stay in one line."""
_STRETCHES = re.compile(r"[^\s，、；：（）]+[，、；：）]?")
STATUS_ROLE = Qt.ItemDataRole.UserRole + 64  # a model answers it with a Status, whose shape stands before the text


class Table(QTableView):
    """Rows to choose from; a cell that answers ``STATUS_ROLE`` shows that status before its text.

    ``row_opened`` carries the row that was double-clicked or opened with Enter. Rows are as high as their text needs at
    every size, so that nothing is cut; a model that fetches more as one scrolls works as it is, because only the rows
    in sight are measured.
    """

    row_opened = Signal(int)
    row_chosen = Signal(int)
    fitted = Signal()  # the rows have another height

    def __init__(self, name: str = "", widths: Sequence[Width] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widths = list(widths)
        self._whole, self._screen, self._fitted_height = False, False, 0
        self._page: ScrollPage | None = None
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._on_fit)
        self._set_up()
        self.set_name(name)
        self.doubleClicked.connect(self._on_double_clicked)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def set_name(self, name: str) -> None:
        """Say what the rows are, for those who hear the table."""
        self.setAccessibleName(name)

    def set_widths(self, widths: Sequence[Width]) -> None:
        """Give the columns their widths, from the first."""
        self._widths = list(widths)
        self._fit_columns()

    def selected_row(self) -> int | None:
        """The row chosen, or None."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802  Qt's name
        """Show the rows of a model."""
        super().setModel(model)
        if model is None:
            return
        for signal in (model.modelReset, model.layoutChanged, model.rowsInserted, model.dataChanged):
            signal.connect(self._on_rows_changed)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        self._fit_columns()

    def show_whole(self) -> None:
        """Be as high as all rows together, for a short table on a page that scrolls itself."""
        self._whole = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_columns()

    def show_up_to_a_screen(self) -> None:
        """Be as high as all rows together, and no higher than what is seen of the page around it."""
        self._screen = True
        self._fit_columns()

    def content_height(self) -> int:
        """How high the column names and all rows are; rows never seen count as one line."""
        edges = self.height() - self.viewport().height() - self.horizontalHeader().height()
        head = self.horizontalHeader().sizeHint().height()
        return self.verticalHeader().length() + head + max(edges, 2 * theme.current().ring)

    def rows_in_sight(self) -> range:
        """The rows that can be seen now, and a few below."""
        return self._rows_in_sight()

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Keep what is in sight where it is while rows come and go; at the top, new rows are let in."""
        bar, top = self.verticalScrollBar(), self.rowAt(0)
        if bar.value() == 0 or top < 0:
            yield
            return
        mark, offset = QPersistentModelIndex(self.model().index(top, 0)), self.rowViewportPosition(top)
        yield
        if mark.isValid():
            self.doItemsLayout()
            self._fit_rows()
            bar.setValue(bar.value() + self.rowViewportPosition(mark.row()) - offset)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the chosen row with Enter."""
        row = self.selected_row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.row_opened.emit(row)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns."""
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Measure rows and columns again at another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fitting.start(0)

    def sizeHint(self) -> QSize:
        """Room for six rows."""
        look = theme.current()
        return QSize(look.line_width(30), look.px(ROW_UNITS * 7))

    @Slot()
    def _on_rows_changed(self) -> None:
        self._fitting.start(0)

    @Slot()
    def _on_scrolled(self) -> None:
        self._fit_rows()

    @Slot()
    def _on_fit(self) -> None:
        self._fit_columns()

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_opened.emit(index.row())

    @Slot(QModelIndex, QModelIndex)
    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.row_chosen.emit(current.row())

    def _set_up(self) -> None:
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(Cell(self))
        self.setHorizontalHeader(_WrappingHeader(self))
        self.verticalHeader().hide()

    def _fit_columns(self) -> None:
        """Give each column its width, and each row the height that follows from it."""
        model: QAbstractItemModel | None = self.model()
        count = 0 if model is None else model.columnCount()
        if count == 0:
            return
        widths = [*self._widths, *[Width(6, 1)] * count][:count]
        look = theme.current()
        wanted = [look.line_width(width.hanzi) + look.px(1.6) + 8 for width in widths]
        least = [self._longest_word(column) + look.px(1.6) + 12 for column in range(count)]
        room = self.viewport().width()
        stays = staying(room, wanted, least, widths)
        shown = [column for column in range(count) if stays[column]]
        for column in range(count):
            self.setColumnHidden(column, not stays[column])
        shares = [widths[column].share for column in shown]
        shared = share_out(room, [wanted[column] for column in shown], [least[column] for column in shown], shares)
        for column, width in zip(shown, shared, strict=True):
            self.setColumnWidth(column, width)
        self._fit_rows()

    def _longest_word(self, column: int) -> int:
        """Width of the longest word in a column's name and in its rows in sight, and of the status before it."""
        model, metrics, strong = self.model(), self.fontMetrics(), QFontMetrics(theme.current().font(strong=True))
        name = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        longest = max((strong.horizontalAdvance(word) for word in _words(name)), default=0)
        for row in self._rows_in_sight():
            index = model.index(row, column)
            mark = theme.current().px(1.7) if index.data(STATUS_ROLE) in STATUSES else 0
            words = (metrics.horizontalAdvance(word) for word in _words(str(index.data() or "")))
            longest = max(longest, mark + max(words, default=0))
        return longest

    def _seen_height(self) -> int:
        """How high the page around is as it is seen, and room for a few rows at least."""
        page, least = page_around(self), theme.current().px(ROW_UNITS * LEAST_ROWS)
        if page is None:
            return least
        if page is not self._page:
            self._page = page
            page.installEventFilter(self)
        return max(least, page.viewport().height() - theme.current().px(4))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be measured again when the page around has another height."""
        if watched is self._page and event.type() == QEvent.Type.Resize:
            self._fitting.start(0)
        return super().eventFilter(watched, event)

    def _rows_in_sight(self) -> range:
        model: QAbstractItemModel | None = self.model()
        if self._whole:
            return range(0 if model is None else model.rowCount())
        first, last = max(0, self.rowAt(0)), self.rowAt(self.viewport().height() - 1)
        rows = 0 if model is None else model.rowCount()
        least = theme.current().px(ROW_UNITS)
        return range(first, min(rows, (last if last >= 0 else first + self.viewport().height() // least) + 3))

    def _fit_rows(self) -> None:
        """Make the rows in sight, and a few below, as high as their text."""
        least = theme.current().px(ROW_UNITS)
        if self.verticalHeader().defaultSectionSize() != least:
            self.verticalHeader().setMinimumSectionSize(least)
            self.verticalHeader().setDefaultSectionSize(least)
        for row in self._rows_in_sight():
            height = max(least, self.sizeHintForRow(row))
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
        if self._whole:
            self.setFixedHeight(self.content_height())
        elif self._screen:
            self.setFixedHeight(min(self.content_height(), self._seen_height()))
        if self._fitted_height != self.content_height():
            self._fitted_height = self.content_height()
            self.fitted.emit()


def _words(text: str) -> list[str]:
    """The stretches of a text that are not broken; a Chinese text can be broken anywhere, but a short name is not."""
    return [word for word in _STRETCHES.findall(text) if word.isascii() or len(word) <= SHORT]


class Cell(QStyledItemDelegate):
    """A cell that counts the style sheet's padding when it asks how high its wrapped text is; Qt does not."""

    def initStyleOption(  # noqa: N802  Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Put the shape of a status before its word."""
        super().initStyleOption(option, index)
        status = index.data(STATUS_ROLE)
        if status in STATUSES:
            side = theme.current().px(1.7)
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = status_icon(status)
            option.decorationSize = QSize(side, side)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell, and before the chosen row a bar, so that it is known by more than its tint."""
        super().paint(painter, option, index)
        if index.column() == 0 and option.state & QStyle.StateFlag.State_Selected:
            look = theme.current()
            bar = QRect(option.rect.topLeft(), QSize(look.px(0.35), option.rect.height()))
            painter.fillRect(bar, look.token("focus" if look.theme == "high_contrast" else "accent"))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Room for the whole text in the width of its column."""
        narrower = QStyleOptionViewItem(option)
        narrower.rect.setWidth(option.rect.width() - 2 * theme.current().px(0.8))
        hint = super().sizeHint(narrower, index)
        return QSize(hint.width(), hint.height() + theme.current().px(1))


class _WrappingHeader(QHeaderView):
    """Column names on as many lines as they need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """As high as the name with the most lines."""
        hint = super().sizeHint()
        heights = [self._height_of(at) for at in range(self.count()) if not self.isSectionHidden(at)]
        return QSize(hint.width(), max(heights, default=hint.height()))

    def _height_of(self, section: int) -> int:
        look = theme.current()
        model: QAbstractItemModel | None = self.model()
        text = "" if model is None else str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        option = QStyleOptionHeader()
        self.initStyleOption(option)
        width = max(1, self.sectionSize(section) - look.px(1.6) - 2)
        bounds = self.fontMetrics().boundingRect(0, 0, width, 10_000, Qt.TextFlag.TextWordWrap, text)
        return bounds.height() + look.px(1.2)
