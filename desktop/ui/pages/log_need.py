"""What they need: found as one types, or by a scene of life; what nothing fits is kept as an unmet need."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot

from desktop.ui.navigation import Seat
from desktop.ui.refusals import refusal_words
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, emptied, to_the_left
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.search_box import SearchBox
from desktop.usecases.needs import FoundNeed, NeedQuery, Unmet, find_needs, list_scenes, record_unmet_need
from desktop.usecases.refused import Refused
from desktop.words import _, pick
from desktop.workflow.catalogue import Scene

_SHOWN = 8


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
        self.search: Field[SearchBox] = Field(SearchBox(), hanzi=20)
        self.scenes = Column(spacing=0)
        self.results = Column(spacing=0.5)
        self.nothing = Button(role="quiet", icon="inbox", shortcut="F6")
        self.notice = Notice()
        self.shown = Label(role="strong")
        self.change = Button(role="quiet", icon="edit")
        chosen = Row()
        chosen.addWidget(self.shown, 1)
        chosen.addWidget(self.change)
        self.column.insertLayout(self.column.count() - 1, chosen)
        self.add(self.search)
        for layout in (self.scenes, self.results):
            self.column.insertLayout(self.column.count() - 1, layout)
        buttons = Column()
        to_the_left(buttons, self.nothing)
        self.column.insertLayout(self.column.count() - 1, buttons)
        self.add(self.notice)
        self.search.editor.searched.connect(self._on_searched)
        self.search.editor.returnPressed.connect(self._on_enter)
        self.nothing.clicked.connect(self._on_nothing)
        self.change.clicked.connect(self._on_change)
        self.retranslate()
        self._show_parts()

    def begin(self) -> None:
        """Ask anew."""
        self.need, self._scene, self._found = None, None, ()
        self.search.set_error()
        self.search.editor.clear()
        self.search.editor.returnPressed.emit()  # the box forgets what it asked, so that the same words are asked again
        self.notice.clear()
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
        self.nothing.set_text(_("Nothing fits: keep the words"))
        self.change.set_text(_("Another need"))
        self.shown.set_text(pick(self.need.name) if self.need else "")
        self._show_scenes()
        self._show_results()

    def focus_first(self) -> None:
        """Bring the keyboard to the search."""
        self.search.focus()

    def take(self, need: FoundNeed) -> None:
        """Settle the need."""
        self.need = need
        self.notice.clear()
        self.shown.set_text(pick(need.name))
        self._found = ()
        self._show_results()
        self._show_parts()
        self.chosen.emit()

    def _show_parts(self) -> None:
        settled = self.need is not None
        self.shown.setVisible(settled)
        self.change.setVisible(settled)
        self.search.setVisible(not settled)
        self.nothing.setVisible(not settled)
        self._show_scenes()

    def _show_scenes(self) -> None:
        emptied(self.scenes)
        if self.need is not None or not self._scenes:
            return
        flow = Flow(spacing=0.5)
        for scene in self._scenes:
            chip = Button(pick(scene.name), "quiet")
            chip.setCheckable(True)
            chip.setChecked(scene.code == self._scene)
            chip.clicked.connect(partial(self._on_scene, scene.code))
            flow.add(chip)
        self.scenes.addWidget(flow)

    def _show_results(self) -> None:
        emptied(self.results)
        for need in self._found[:_SHOWN]:
            button = Button(pick(need.name), "choice", icon="arrow-right")
            button.clicked.connect(partial(self.take, need))
            self.results.addWidget(button)

    def _look(self) -> None:
        if not self.words() and self._scene is None:
            self._on_found(())
            return
        query = NeedQuery(self.words(), self._scene, _SHOWN)
        self.seat.runner.read(self, find_needs, query, done=self._on_found)

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
        self._look()

    def _on_found(self, found: tuple[FoundNeed, ...]) -> None:
        if self.need is None:
            self._found = found
            self._show_results()

    @Slot()
    def _on_enter(self) -> None:
        if self._found and self.need is None:
            self.take(self._found[0])

    @Slot()
    def _on_change(self) -> None:
        self.begin()
        self.chosen.emit()
        self.focus_first()

    @Slot()
    def _on_nothing(self) -> None:
        self.seat.runner.write(
            self, record_unmet_need, Unmet(self.words(), self.who), done=self._on_kept, refused=self._on_refused
        )

    def _on_kept(self, _need: UUID) -> None:
        self.search.editor.clear()
        self.search.editor.returnPressed.emit()  # the box forgets what it asked, so that the same words are asked again
        self.notice.say_done(_("Kept as a need nobody answers yet. A supervisor looks at it within ten working days."))

    def _on_refused(self, refusal: Refused) -> None:
        missing = _("Say in the person's own words what is needed, then keep them.")
        self.search.set_error(missing if refusal.code == "words_missing" else refusal_words(refusal))
