"""A form and the plan it makes: beside each other while both can be read, else in one column with one scroller."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.plan_explained import QWIDGETSIZE_MAX, ExplainedPlan
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.words import _

LEAST_HANZI = 52  # in a line, for a form of thirty and a plan of twenty
FORM_HANZI = 44
ALONE_HANZI = 72
"""How wide the form may be where no plan stands beside it: a letter is read there."""
_AROUND = (2.0, 2.0, 0.5, 2.0)  # units around the form; at the right its bar follows


class FormWithPlan(Retranslated, QWidget):
    """``form`` takes the cards; ``show_plan`` says whether there is a plan to stand beside them, or after them.

    After the form the plan is as high as it is and a button, ``to_plan``, leads to it; beside it stands all the time.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form, self.plan = ScrollPage(hanzi=FORM_HANZI, margins=_AROUND), ExplainedPlan(shares=True)
        self.to_plan, self._title = Button("", "link", icon="route"), Heading("", 2)
        self._jump = Flow(self.to_plan)
        self._cards: list[QWidget] = []
        self._has_plan, self._stacked, self._alone = False, False, False
        self._side = QWidget()
        self._place = Column(self._side, margins=1)
        self._place.addWidget(self.plan)
        row = Row(self, spacing=2)
        row.addWidget(self.form, 3)
        row.addWidget(self._side, 2)
        self.to_plan.clicked.connect(self._on_jump)
        self.plan.asked.connect(self._on_asked)
        self._show()
        self.retranslate()

    def set_cards(self, before: tuple[QWidget, ...], after: tuple[QWidget, ...]) -> None:
        """Lay out the cards of the form; the button that leads to the plan stands between the two parts."""
        self._cards = [*before, *after]
        for card in (*before, self._jump, *after, self._title):
            self.form.add(card)
        self.form.add_stretch()

    def show_plan(self, *, has_plan: bool, alone: bool = False) -> None:
        """Say whether there is a plan; after the form an empty one takes no room, and `alone` the form has it all."""
        self._has_plan, self._alone = has_plan and not alone, alone
        self.form.set_hanzi(ALONE_HANZI if alone else FORM_HANZI)
        self._turn()
        self._show()

    def is_stacked(self) -> bool:
        """Whether the plan stands after the form now."""
        return self._stacked

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.to_plan.set_text(_("See the plan"))
        self._title.set_text(_("Plan"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width asks for it."""
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        """Turn where the size of the text asks for it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._turn()
            self._show()

    @Slot()
    def _on_jump(self) -> None:
        """Bring the plan to the top of the window and the keyboard into it."""
        self.plan.view.take_keys()
        self._scroll_to(self._title)

    @Slot()
    def _on_asked(self) -> None:
        """Bring an explanation into sight that lies below a long plan."""
        if self._stacked:
            self._scroll_to(self.plan.panel)

    def _scroll_to(self, part: QWidget) -> None:
        self.form.show_at_top(part)

    def _turn(self) -> None:
        stacked = self.width() < max(theme.current().line_width(LEAST_HANZI), self._needed())
        if stacked == self._stacked:
            return
        self._stacked = stacked
        if stacked:
            self.form.column.insertWidget(self.form.column.count() - 1, self.plan)
        else:
            self._place.addWidget(self.plan)
        self.plan.set_whole(stacked)
        self._show()

    def _show(self) -> None:
        under = self._stacked and self._has_plan
        self._side.setVisible(not (self._stacked or self._alone))
        self.form.setMaximumWidth(QWIDGETSIZE_MAX if self._stacked or self._alone else self._widest())
        self.plan.setVisible(under or not self._stacked)
        self._title.setVisible(under)
        self._jump.setVisible(under)

    def _widest(self) -> int:
        """The form with its bar, so that the bar stands at the form's edge and not between it and the plan."""
        look, sides = theme.current(), _AROUND[0] + _AROUND[2]
        return look.line_width(FORM_HANZI) + look.px(sides) + self.form.verticalScrollBar().sizeHint().width()

    def _needed(self) -> int:
        """The width of both when neither is cut; the same wherever the plan stands now."""
        look = theme.current()
        form = max((card.minimumSizeHint().width() for card in self._cards if not card.isHidden()), default=0)
        bar = self.form.verticalScrollBar().sizeHint().width()
        return form + look.px(4) + bar + self.plan.view.minimumSizeHint().width() + look.px(4)
