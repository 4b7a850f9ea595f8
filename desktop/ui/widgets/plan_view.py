"""A plan as a page shows it: the picture or the list, the switch between them, the zoom, and what the lines mean."""

from typing import Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.plan_canvas import PlanCanvas
from desktop.ui.widgets.plan_layout import PlanPicture
from desktop.ui.widgets.plan_legend import STROKES, StrokeLabel
from desktop.ui.widgets.plan_list import PlanList
from desktop.ui.widgets.plan_shapes import LEAST_PIXELS
from desktop.words import pgettext

Form = Literal["picture", "list"]
_AGAIN_PIXELS = 12.6  # of the text in the picture; smaller, the list is read better


class PlanView(Retranslated, QWidget):
    """A plan in two forms that say the same; unless the person chooses, the form that can be read here is shown."""

    why_requested = Signal(str)
    settled = Signal()  # another form, size or plan is shown, and may want another height

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = PlanPicture()
        self._chosen: Form | None = None
        self._form: Form = "picture"
        self._unfolded = False
        self._size = theme.current().size
        self.canvas, self.list, self._empty = PlanCanvas(), PlanList(), EmptyState("route")
        self.picture_button, self.list_button = QPushButton(), QPushButton()
        self.zoom_out_button, self.zoom_in_button = QPushButton(), QPushButton()
        self.width_button, self.whole_button = QPushButton(), QPushButton()
        self._zooms = (self.zoom_out_button, self.zoom_in_button, self.width_button, self.whole_button)
        self._strokes = [StrokeLabel(edge) for edge in STROKES]
        self._arrange()
        self._connect()
        self.retranslate()
        self._settle()

    # --- what others call

    def set_picture(self, picture: PlanPicture) -> None:
        """Show a plan in both forms; the keys stay on their vertex."""
        self._picture = picture
        self.canvas.set_picture(picture)
        self.list.set_picture(picture)
        self._settle()

    def show_as(self, form: Form | None) -> None:
        """Show the picture or the list from now on; None lets size and width decide again."""
        self._chosen = form
        self._settle()

    @property
    def form(self) -> Form:
        """The form that is shown now."""
        return self._form

    def set_unfolded(self, unfolded: bool) -> None:  # noqa: FBT001 - a setter like Qt's own
        """Show what is not needed among the rest, or fold it away, in both forms."""
        self._unfolded = unfolded
        self.canvas.set_unfolded(unfolded)
        self.list.set_unfolded(unfolded)
        self._settle()

    def focused_vertex(self) -> str | None:
        """Give the vertex the keys are on."""
        return self.list.focused_vertex() if self._form == "list" else self.canvas.focused_vertex()

    def focus_vertex(self, vertex: str) -> None:
        """Put the keys on a vertex in both forms."""
        self.canvas.focus_vertex(vertex)
        self.list.focus_vertex(vertex)

    def take_keys(self) -> None:
        """Bring the keyboard into the form that is shown."""
        self._shown().setFocus()

    def retranslate(self) -> None:
        """Say the words of the buttons and of the lines."""
        self.picture_button.setText(pgettext("plan", "Picture"))
        self.list_button.setText(pgettext("plan", "List"))
        self.zoom_out_button.setText(pgettext("plan", "Smaller"))
        self.zoom_in_button.setText(pgettext("plan", "Larger"))
        self.width_button.setText(pgettext("plan", "Width"))
        self.whole_button.setText(pgettext("plan", "Whole"))
        self._empty.set_texts(
            pgettext("plan", "The plan comes here"),
            pgettext("plan", "What has to be done, by whom and by when. Choose first what the person wants."),
        )
        for stroke in self._strokes:
            stroke.retranslate()

    def content_height(self) -> int:
        """How high the view would be with the whole plan in sight, in the width it has."""
        shown = self._stack.currentWidget()
        around = sum(row.heightForWidth(self.width()) + self._column.spacing() for row in self._rows)
        inside = shown.sizeHint().height() if shown is self._empty else self._shown().content_height()
        return around + inside + 2

    # --- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the form that can be read in the new width."""
        super().resizeEvent(event)
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        """Choose the form that can be read in the width it is first shown in."""
        super().showEvent(event)
        self._settle()

    # --- slots

    @Slot()
    def _on_picture_clicked(self) -> None:
        self.show_as("picture")

    @Slot()
    def _on_list_clicked(self) -> None:
        self.show_as("list")

    @Slot()
    def _on_fold_requested(self) -> None:
        self.set_unfolded(not self._unfolded)

    @Slot()
    def _on_look_changed(self) -> None:
        """Let a new size decide anew; a new theme leaves the choice alone."""
        if theme.current().size != self._size:
            self._size, self._chosen = theme.current().size, None
        self._space()
        self.retranslate()
        self._settle()

    # --- the rest

    def _arrange(self) -> None:
        bar, legend = self._rows = (Flow(spacing=0.5), Flow(spacing=0.5))
        self._forms = QButtonGroup(self)
        for button in (self.picture_button, self.list_button):
            button.setCheckable(True)
            self._forms.addButton(button)
            bar.add(button)
        for button, keys in zip(self._zooms, ("Ctrl+-", "Ctrl++", "Ctrl+0", "Ctrl+9"), strict=True):
            button.setProperty("role", "quiet")
            button.setToolTip(keys)
            bar.add(button)
        for stroke in self._strokes:
            legend.add(stroke)
        self._stack = QStackedWidget()
        for part in (self.canvas, self.list, self._empty):
            self._stack.addWidget(part)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(bar)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(legend)
        self._space()

    def _space(self) -> None:
        self._column.setSpacing(theme.current().px(0.5))

    def _connect(self) -> None:
        self.picture_button.clicked.connect(self._on_picture_clicked)
        self.list_button.clicked.connect(self._on_list_clicked)
        self.zoom_out_button.clicked.connect(self.canvas.zoom_out)
        self.zoom_in_button.clicked.connect(self.canvas.zoom_in)
        self.width_button.clicked.connect(self.canvas.fit_width)
        self.whole_button.clicked.connect(self.canvas.fit_all)
        for form in (self.canvas, self.list):
            form.why_requested.connect(self.why_requested)
            form.fold_requested.connect(self._on_fold_requested)
        theme.current().changed.connect(self._on_look_changed)

    def _shown(self) -> PlanCanvas | PlanList:
        return self.list if self._form == "list" else self.canvas

    def _settle(self) -> None:
        """Show the form that was chosen, or the one that can be read in this size and width."""
        form, vertex = self._chosen or self._readable(), self.focused_vertex()
        had_keys = self.canvas.hasFocus() or self.list.hasFocus()
        now, nothing = self.list if form == "list" else self.canvas, not self._picture.nodes
        self._stack.setCurrentWidget(self._empty if nothing else now)
        if form != self._form and vertex:
            now.focus_vertex(vertex)
        if form != self._form and had_keys:
            now.setFocus()
        self._form = form
        self.picture_button.setChecked(form == "picture")
        self.list_button.setChecked(form == "list")
        for switch in (self.picture_button, self.list_button):
            switch.setVisible(not nothing)
        for part in (*self._zooms, *self._strokes):
            part.setVisible(form == "picture" and not nothing)
        self.settled.emit()

    def _readable(self) -> Form:
        """Say which form can be read: the list at the largest size, or where the picture would shrink too far."""
        if theme.current().size == "largest":
            return "list"
        if not self.isVisible():
            return "picture"
        least = LEAST_PIXELS if self._form == "picture" else _AGAIN_PIXELS
        text = self.canvas.fit_zoom(self.width()) * theme.current().text_pixels
        return "picture" if text >= least else "list"
