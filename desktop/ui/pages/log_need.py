"""What they need: found as one types, or by a scene of life; what nothing fits is kept as an unmet need."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from desktop.authoring.window_words import filing_words
from desktop.ui import theme
from desktop.ui.navigation import Seat
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, emptied, to_the_left
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.running_text import RunningText
from desktop.ui.widgets.search_box import SearchBox
from desktop.usecases.needs.needs import FoundNeed, NeedQuery, Unmet, find_needs, list_scenes, record_unmet_need
from desktop.usecases.refusals import refusal_words
from desktop.usecases.refused import Refused
from desktop.usecases.requests.enquiries import Enquiry, LoggedEnquiry, log_enquiry
from desktop.words import _, here, pick
from desktop.workflow.catalogue.definitions import Catalogue, Scene, Text
from desktop.workflow.planning.plan import Plan

_SHOWN = 8
_REPEATED = 30
"""Characters of what was typed that a sentence says again."""


class NeedCard(Retranslated, Card):
    """The second part of the page; it says `chosen` whenever the need has changed."""

    chosen = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.need: FoundNeed | None = None
        self.who: UUID | None = None
        self._found: tuple[FoundNeed, ...] = ()
        self._scenes: tuple[Scene, ...] = ()
        self._scene: str | None = None
        self._looking: str | None = None
        self._route: Text | None = None
        self._plan: Plan | None = None
        self.search: Field[SearchBox] = Field(SearchBox(), hanzi=20)
        self.scenes, self.scenes_below = Column(spacing=0), Column(spacing=0)
        self.chips: Flow | None = None
        self.results = Column(spacing=0.5)
        self.none = RunningText("", "muted")
        self._asked = ""
        self.nothing = Button(role="quiet", icon="inbox", shortcut="F6")
        self.notice, self.route = Notice(), Notice()
        self.advice = RunningText("", "muted")
        self.enquire = Button(icon="help-circle")
        self.shown = Label(role="strong")
        self.change = Button(role="quiet", icon="edit")
        self._arrange()
        self._connect()
        self.retranslate()
        self._show_parts()

    def begin(self) -> None:
        """Ask anew."""
        self.need, self._scene, self._found, self._asked = None, None, (), ""
        self.search.set_error()
        self.search.editor.clear()
        self.search.editor.returnPressed.emit()  # the box forgets what it asked, so that the same words are asked again
        self._looking = None
        self.notice.clear()
        self.show_plan(None)
        self._show_results()
        self._show_parts()
        self.seat.runner.read(self, list_scenes, None, done=self._on_scenes)

    def words(self) -> str:
        """What the person said, as it was typed."""
        return self.search.editor.text().strip()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.set_title(_("What they need"))
        self.search.set_label(_("In everyday words, or the first letters of the pinyin"))
        self.change.set_text(_("Another need"))
        self.shown.set_text(pick(self.need.name) if self.need else "")
        self.enquire.set_text(_("Keep it as an enquiry"))
        self._say_ways_out()
        self._show_scenes()
        self._show_results()

    def focus_first(self) -> None:
        """Bring the keyboard to the search."""
        self.search.focus()

    def show_plan(self, plan: Plan | None) -> None:
        """Say where the need is met if not here, and what is good to know about it."""
        route = None if plan is None or plan.route is None else plan.route.outcome
        if route != self._route:
            self.notice.clear()
        self._route = route
        self._plan = plan
        self._say_ways_out()

    def state(self) -> dict[str, Any]:
        """Give what was said and chosen, as it is kept in a draft."""
        return {"words": self.search.editor.text(), "demand": None if self.need is None else self.need.code}

    def restore(self, kept: dict[str, Any], catalogue: Catalogue) -> None:
        """Show what was said and chosen; a need the catalogue no longer has is chosen anew."""
        self.search.editor.setText(str(kept.get("words") or ""))
        demand = catalogue.demands.get(str(kept.get("demand")))
        if demand is not None:
            self.need = FoundNeed(demand.code, demand.name, demand.plain, demand.scene)
            self.shown.set_text(pick(demand.name))
        self._show_parts()
        self._show_results()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the search to what was found at the down arrow."""
        if event.key() != Qt.Key.Key_Down or not self._go_to_first():
            super().keyPressEvent(event)

    def take(self, need: FoundNeed) -> None:
        """Settle the need."""
        self.need = need
        self.notice.clear()
        self.shown.set_text(pick(need.name))
        self._found = ()
        self._show_results()
        self._show_parts()
        self.chosen.emit()

    def _arrange(self) -> None:
        chosen = Row()
        chosen.addWidget(self.shown, 1)
        chosen.addWidget(self.change)
        self.column.insertLayout(self.column.count() - 1, chosen)
        self.add(self.search)
        self.column.insertLayout(self.column.count() - 1, self.scenes)
        self.add(self.none)
        self.column.insertLayout(self.column.count() - 1, self.results)
        buttons = Column()
        to_the_left(buttons, self.nothing)
        for layout in (buttons, self.scenes_below):
            self.column.insertLayout(self.column.count() - 1, layout)
        for widget in (self.advice, self.route):
            self.add(widget)
        ways_out = Column()
        to_the_left(ways_out, self.enquire)
        self.column.insertLayout(self.column.count() - 1, ways_out)
        self.add(self.notice)

    def _connect(self) -> None:
        self.search.editor.searched.connect(self._on_searched)
        self.search.editor.returnPressed.connect(self._on_enter)
        self.nothing.clicked.connect(self._on_nothing)
        self.change.clicked.connect(self._on_change)
        self.enquire.clicked.connect(self._on_enquire)

    def _show_parts(self) -> None:
        settled = self.need is not None
        self.shown.setVisible(settled)
        self.change.setVisible(settled)
        self.search.setVisible(not settled)
        self.nothing.setVisible(not settled)
        self._show_scenes()

    def _say_ways_out(self) -> None:
        said = () if self._plan is None else tuple(_good_to_know(self._plan))
        self.advice.set_text("\n".join(said))
        self.advice.setVisible(bool(said))
        if self._route is None:
            self.route.clear()
        else:
            self.route.say("warning", _("This cannot be logged here."), pick(self._route))
        self.enquire.setVisible(self._route is not None)

    def _show_scenes(self) -> None:
        for place in (self.scenes, self.scenes_below):
            emptied(place)
        self.chips = None
        if self.need is not None or not self._scenes:
            return
        flow = self.chips = Flow(spacing=0.5)
        for scene in self._scenes:
            chip = Button(pick(scene.name), "chip")
            chip.setCheckable(True)
            chip.setChecked(scene.code == self._scene)
            chip.clicked.connect(partial(self._on_scene, scene.code))
            flow.add(chip)
        self._place_scenes()

    def _place_scenes(self) -> None:
        """Put the scenes under the search box, or below what was found for words, since that is what was asked for."""
        if self.chips is not None:
            (self.scenes_below if self.words() else self.scenes).addWidget(self.chips)

    def _show_results(self) -> None:
        emptied(self.results)
        self._say_none()
        for need in self._found[:_SHOWN]:
            button = Button(pick(need.name), "choice", icon="arrow-right")
            button.clicked.connect(partial(self.take, need))
            self.results.addWidget(button)

    def _go_to_first(self) -> bool:
        """Bring the keyboard to the first of what was found; say whether there is any."""
        item = self.results.itemAt(0)
        first = None if item is None else item.widget()
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        return first is not None

    def _is_near(self) -> bool:
        """Whether what is shown is only the nearest to what was said."""
        return bool(self._found) and self._found[0].near

    def _say_none(self) -> None:
        """Say that nothing was found for the words, or only something near, and what can be done with them."""
        nothing = bool(self._asked) and (not self._found or self._is_near()) and self.need is None
        said = _("Nothing was found for “{words}”. Say it in other words, or keep it: a supervisor looks after it.")
        if self._is_near():
            said = _("Nothing is quite “{words}”. These come nearest; if none fits, keep the words below.")
        self.none.set_text(said.format(words=_shortly(self._asked)) if nothing else "")
        self.none.setVisible(nothing)
        self.nothing.set_text(_("Keep this need") if nothing else _("Nothing fits: keep the words"))
        theme.set_role(self.nothing, "" if nothing else "quiet")

    def _look(self) -> None:
        words = self.words()
        self._asked = ""
        if not words and self._scene is None:
            self._looking, self._found = None, ()
            self._show_results()
            return
        self._looking = words
        query = NeedQuery(words, self._scene, _SHOWN)
        self.seat.runner.read(self, find_needs, query, done=partial(self._on_found, words))

    def _on_scenes(self, scenes: tuple[Scene, ...]) -> None:
        self._scenes = scenes
        self._show_scenes()

    def _on_scene(self, code: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  as Qt's signal gives it
        self._scene = None if code == self._scene else code
        self._show_scenes()
        self._look()

    @Slot(str)
    def _on_searched(self, _words: str) -> None:
        self.search.set_error()
        self._place_scenes()
        self._look()

    def _on_found(self, words: str, found: tuple[FoundNeed, ...]) -> None:
        if self.need is not None or words != self._looking:
            return
        self._looking, self._found, self._asked = None, found, words
        self._show_results()

    @Slot()
    def _on_enter(self) -> None:
        """Take the first of what is shown for the words as they stand; what is only near is looked at first."""
        if not self._found or self.need is not None or self._looking is not None:
            return
        if self._is_near():
            self._go_to_first()
        else:
            self.take(self._found[0])

    @Slot()
    def _on_change(self) -> None:
        self.begin()
        self.chosen.emit()
        self.focus_first()

    @Slot()
    def _on_enquire(self) -> None:
        """Keep what cannot be done here as a question: the matter, and what the person said of it."""
        asked = "" if self.need is None else pick(self.need.name)
        words = _("{matter}: {words}").format(matter=asked, words=self.words()) if self.words() else asked
        enquiry = Enquiry(words, subject=self.who)
        self.enquire.setEnabled(False)
        self.seat.runner.write(self, log_enquiry, enquiry, done=self._on_enquired, refused=self._on_not_enquired)

    def _on_enquired(self, logged: LoggedEnquiry) -> None:
        self.enquire.setEnabled(True)
        self.enquire.hide()
        self.notice.say_done(_("Kept as an enquiry, No. {number}.").format(number=logged.number))

    def _on_not_enquired(self, refusal: Refused) -> None:
        self.enquire.setEnabled(True)
        self.notice.say_problem(refusal_words(refusal))

    @Slot()
    def _on_nothing(self) -> None:
        self.seat.runner.write(
            self, record_unmet_need, Unmet(self.words(), self.who), done=self._on_kept, refused=self._on_refused
        )

    def _on_kept(self, _need: UUID) -> None:
        self._asked = ""
        self.search.editor.clear()
        self.search.editor.returnPressed.emit()  # the box forgets what it asked, so that the same words are asked again
        self._say_none()
        self._place_scenes()
        self.notice.say_done(_("Kept as a need nobody answers yet. A supervisor looks at it within ten working days."))

    def _on_refused(self, refusal: Refused) -> None:
        missing = _("Say in the person's own words what is needed, then keep them.")
        self.search.set_error(missing if refusal.code == "words_missing" else refusal_words(refusal))


def _shortly(words: str) -> str:
    return words if len(words) <= _REPEATED else words[:_REPEATED] + "…"


def _good_to_know(plan: Plan) -> Iterator[str]:
    """Say by when things are to be handed in, and then what the matter's author advises."""
    for task in plan.tasks:
        if task.filing is not None:
            said = filing_words(task.filing, here(), plan.today)
            yield _("{what}: {sentence}").format(what=pick(task.item.name), sentence=said)
    yield from (pick(advice.text) for advice in plan.advice)
