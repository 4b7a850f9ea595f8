"""The overview: one's own day, and for who leads the hall what must not be left lying; every figure opens its cases."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.overview_tiles import Tile, Tiles
from desktop.ui.pages.overview_words import (
    TROUBLE,
    figure_words,
    group_meaning,
    group_title,
    in_requests,
    needs_meaning,
    nothing_words,
)
from desktop.ui.pages.page import Page
from desktop.ui.pages.requests_model import RequestModel
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, emptied
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.table import Table, Width
from desktop.usecases.requests.overview import Figure, Needs, Overview, Unit, see_overview
from desktop.usecases.requests.request_list import ListQuery, ListView
from desktop.usecases.topics import Topic
from desktop.words import _, here

PRESSING_COLUMNS = (Width(8, 0, 2), Width(10, 2), Width(6, 1, 1), Width(9.5), Width(10, 1), Width(12.5, 0, 3))
"""As in the list of requests, but what comes next and when stays longest."""
NEED_POINTS = 300
"""How much of a need's words is shown."""


class Section(Card):
    """Figures under a heading, and in one quiet line what there is nothing of."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles, self.calm = Tiles(), RunningText("", "muted")
        self._calm_row = QWidget()
        row = Row(self._calm_row, spacing=0.6)
        row.addWidget(IconLabel("circle-check", "done"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.calm, 1)
        self.add(self.tiles)
        self.add(self._calm_row)

    def show_figures(self, tiles: Sequence[Tile], nothing: str) -> None:
        """Show the figures that are not nought, and say the others."""
        self.tiles.show_tiles(tiles)
        self.tiles.setVisible(bool(tiles))
        self.calm.set_text(nothing)
        self._calm_row.setVisible(bool(nothing))


class NeedsCard(Card):
    """Needs that have waited too long, in the persons' own words, the oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self._figure, self._lead, self._list = Label("", "title"), RunningText("", "muted"), QWidget()
        self._column = Column(self._list, spacing=0.3)
        self.open = Button("", icon="ear")
        for widget in (self._figure, self._lead, self._list, Flow(self.open)):
            self.add(widget)

    def show_needs(self, needs: Needs, view: Overview) -> None:
        """Show how many there are, and the words of the oldest."""
        self._figure.set_text(figure_words(Unit.NEED, needs.number))
        self._lead.set_text(needs_meaning())
        self.open.set_text(_("Answer the needs"))
        emptied(self._column)
        for need in needs.oldest:
            day = here().date(need.recorded_at.astimezone(view.zone).date(), view.today)
            self._column.addWidget(Label(day, "label"))
            self._column.addWidget(RunningText(need.words[:NEED_POINTS]))


class OverviewPage(Page):
    """What somebody sees first."""

    topics = frozenset(
        {Topic.REQUESTS, Topic.TASKS, Topic.PAPERS, Topic.DRAFTS, Topic.CALENDAR, Topic.ACCOUNTS, Topic.SETTINGS}
    )

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.view: Overview | None = None
        self._asked = 0
        self.title, self.day, self.practice = Heading("", 1), Label(role="muted"), Notice()
        self.mine, self.hall = Section(), Section()
        self.pressing, self.needs = Card(), NeedsCard()
        self.model = RequestModel(self)
        self.table = Table(widths=PRESSING_COLUMNS)
        self.quiet = EmptyState("sprout")
        self.body = ScrollPage(margins=2)
        self._arrange()
        self.table.setModel(self.model)
        self.table.row_opened.connect(self._on_opened)
        self.needs.open.clicked.connect(partial(self._go_to, "needs"))
        self.retranslate()

    def reload(self) -> None:
        """Count anew."""
        self._asked += 1
        self.seat.runner.read(self, see_overview, None, done=partial(self._show, self._asked))

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.title.set_text(_("Overview"))
        self.mine.set_title(_("My day"))
        self.hall.set_title(_("The whole hall"))
        self.pressing.set_title(_("Most pressing"))
        self.needs.set_title(_("Needs without an answer"))
        self.table.set_name(_("Most pressing"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 5)
        self.quiet.set_texts(
            _("Nothing waits for you here"), _("Your pages are in the rail on the left; Ctrl+K finds them too.")
        )
        if self.view is not None:
            self._say(self.view)

    # -- what is shown ------------------------------------------------------------------------------------------

    def _show(self, asked: int, view: Overview) -> None:
        if asked == self._asked:
            self.view = view
            self._say(view)

    def _say(self, view: Overview) -> None:
        days = here().date(view.today, view.today), here().date(view.soon, view.today)
        self.day.set_text(_("{today}. What is due soon is due by {soon}.").format(today=days[0], soon=days[1]))
        if view.practice:
            self.practice.say("warning", _("Practice: these figures are no real work, and they are never counted."))
        else:
            self.practice.clear()
        self._say_figures(self.mine, view.mine, view.drafts)
        self._say_figures(self.hall, view.hall, None)
        self.model.renew(ListView(view.pressing, None, view.today, view.zone, view.matters))
        self.pressing.setVisible(bool(view.pressing))
        self.needs.setVisible(view.needs is not None and view.needs.number > 0)
        if view.needs is not None:
            self.needs.show_needs(view.needs, view)
        self.quiet.setVisible(not (view.mine or view.hall or view.drafts))

    def _say_figures(self, section: Section, figures: Iterable[Figure], drafts: int | None) -> None:
        """Show a section; who has none of its figures does not see it."""
        counted = tuple(figures)
        tiles = [self._tile(figure) for figure in counted if figure.number]
        if drafts:
            meaning = _("Half-typed forms you have put aside; they are kept.")
            words = figure_words(Unit.DRAFT, drafts)
            tiles.append(Tile(words, "", _("Drafts put aside"), meaning, trouble=False, act=self._go_to_drafts))
        nothing = [figure.group for figure in counted if not figure.number]
        section.show_figures(tiles, nothing_words(nothing) if nothing else "")
        section.setVisible(bool(counted or drafts))

    def _tile(self, figure: Figure) -> Tile:
        more = "" if figure.unit is Unit.REQUEST else in_requests(figure.requests)
        return Tile(
            figure_words(figure.unit, figure.number),
            more,
            group_title(figure.group),
            group_meaning(figure.group),
            trouble=figure.group in TROUBLE,
            act=partial(self.seat.go, "requests", ListQuery(group=figure.group)),
        )

    def _go_to_drafts(self) -> None:
        self.seat.go("log")

    def _go_to(self, page: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self.seat.go(page)

    @Slot(int)
    def _on_opened(self, row: int) -> None:
        self.seat.go("request", self.model.rows[row].id)

    def _arrange(self) -> None:
        self.table.show_whole()
        self.pressing.add(self.table)
        cards = (self.hall, self.mine, self.pressing, self.needs, self.quiet)
        for widget in (self.title, self.day, self.practice, *cards):
            self.body.add(widget)
        for card in cards:
            card.hide()
        self.body.add_stretch()
        Column(self).addWidget(self.body)
