"""What the list of requests is narrowed to: the fields to choose by, and the marks of what is chosen."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox

from desktop.ui.pages.overview_words import group_title
from desktop.ui.pages.request_words import status_words
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button, plain
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.usecases.requests.request_list import Due, ListOptions, ListQuery
from desktop.words import _, gettext_noop, pick
from desktop.workflow.catalogue.definitions import Text

EVERY = "every"
STATUSES = ("open", "done", "ended", "withdrawn")
CHANNELS = {
    "counter": gettext_noop("At the counter"),
    "message": gettext_noop("By message"),
    "import": gettext_noop("Taken over from a list"),
    "kiosk": gettext_noop("At the kiosk"),
    "online": gettext_noop("Online"),
    "phone": gettext_noop("By telephone"),
}
DUES = {
    Due.OVERDUE: gettext_noop("Overdue"),
    Due.THIS_WEEK: gettext_noop("Due this week"),
    Due.PROMISE_MISSED: gettext_noop("Promises not kept"),
}
_NONE = ListOptions((), (), (), own_department=False)


class Filters(Retranslated, ScrollPage):
    """The panel of filters; ``changed`` says that another choice was made, ``left`` that the list is wanted back."""

    changed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(margins=0)
        self._options = _NONE
        self._query = ListQuery()
        self._furnished = False
        self._title = Heading("", 2)
        self.status = Field(Choice(shown_at_most=0), hanzi=18)
        self.due, self.department = Field(Choice(shown_at_most=0), hanzi=16), Field(Choice(shown_at_most=0), hanzi=16)
        self.demand, self.channel = Field(Choice(shown_at_most=0), hanzi=20), Field(Choice(shown_at_most=0), hanzi=16)
        self.mine = QCheckBox()
        self.show_list, self.clear = Button("", "primary", icon="list"), Button("", icon="x")
        fields = (self.status, self.due, self.department, self.demand, self.channel)
        for widget in (self._title, Flow(*fields, spacing=2), self.mine):
            self.add(widget)
        self.add(Flow(self.show_list, self.clear))
        self.add_stretch()
        for field in fields:
            field.editor.chosen.connect(self._on_chosen)
        self.mine.clicked.connect(self._on_chosen)
        self.show_list.clicked.connect(self.left)
        self.clear.clicked.connect(self._on_clear)
        self.retranslate()

    def offer(self, options: ListOptions) -> None:
        """Offer what occurs in the records."""
        if options == self._options:
            return
        self._options = options
        self.retranslate()

    def query(self) -> ListQuery:
        """What is chosen, as a question without words."""
        return self._query

    def take(self, query: ListQuery) -> None:
        """Show what is chosen, come from elsewhere."""
        self._query = replace(query, words="", before=None)
        self._show_query()

    def furnish(self) -> None:
        """Put the choices into their boxes, which takes a moment; not before somebody wants to choose."""
        if not self._furnished:
            self._furnished = True
            self.retranslate()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.mine.setText(plain(self._mine_words()))
        if not self._furnished:
            return
        self._title.set_text(_("Narrow the list"))
        self.status.set_label(_("Status"))
        states = [(status, status_words(status)) for status in STATUSES]
        self.status.editor.set_options([(EVERY, _("Every status")), *states])
        self.due.set_label(_("Date due"))
        self.due.editor.set_options([(EVERY, _("Any date")), *((due.value, _(words)) for due, words in DUES.items())])
        self.department.set_label(_("Department"))
        self.department.editor.set_options([(EVERY, _("Every department")), *_named(self._options.departments)])
        self.department.setVisible(not self._options.own_department)
        self.demand.set_label(_("Matter"))
        self.demand.editor.set_options([(EVERY, _("Every matter")), *_named(self._options.demands)])
        self.channel.set_label(_("How it came in"))
        ways = [(channel, channel_words(channel)) for channel in self._options.channels]
        self.channel.editor.set_options([(EVERY, _("Every way")), *ways])
        self.show_list.set_text(_("Show the list"))
        self.clear.set_text(_("Take all filters off"))
        self._show_query()

    def marks(self) -> list[tuple[str, ListQuery]]:
        """What is chosen in words, each with the question that is left when it is taken off."""
        query = self._query
        said = [] if query.group is None else [(group_title(query.group), replace(query, group=None))]
        said += [
            (status_words(status), replace(query, statuses=tuple(other for other in query.statuses if other != status)))
            for status in query.statuses
        ]
        if query.due is not None:
            said.append((_(DUES[query.due]), replace(query, due=None)))
        if query.department is not None:
            said.append((_name(self._options.departments, query.department), replace(query, department=None)))
        if query.demand is not None:
            said.append((_name(self._options.demands, query.demand), replace(query, demand=None)))
        if query.channel is not None:
            said.append((channel_words(query.channel), replace(query, channel=None)))
        return [*said, (self._mine_words(), replace(query, mine=False))] if query.mine else said

    def _mine_words(self) -> str:
        return _("Only what I have in hand") if self._options.own_department else _("Only what I logged")

    def _show_query(self) -> None:
        query = self._query
        self.mine.setChecked(query.mine)
        if not self._furnished:
            return
        self.status.editor.set_value(query.statuses[0] if len(query.statuses) == 1 else EVERY)
        self.due.editor.set_value(EVERY if query.due is None else query.due.value)
        for field, value in ((self.department, query.department), (self.demand, query.demand)):
            field.editor.set_value(value or EVERY)
        self.channel.editor.set_value(query.channel or EVERY)

    @Slot()
    @Slot(str)
    def _on_chosen(self, _what: str = "") -> None:
        due, status = _chosen(self.due), _chosen(self.status)
        self._query = replace(
            self._query,
            statuses=() if status is None else (status,),
            due=None if due is None else Due(due),
            department=_chosen(self.department),
            demand=_chosen(self.demand),
            channel=_chosen(self.channel),
            mine=self.mine.isChecked(),
        )
        self.changed.emit()

    @Slot()
    def _on_clear(self) -> None:
        self.take(ListQuery())
        self.changed.emit()


class Marks(Flow):
    """What the list is narrowed to, each as a button that takes it off."""

    def __init__(self) -> None:
        super().__init__(spacing=0.5)
        self.buttons: list[Button] = []
        self._said: list[tuple[str, ListQuery]] = []
        self.hide()

    def show_marks(self, marks: list[tuple[str, ListQuery]], take_off: Callable[[ListQuery], None]) -> None:
        """Show these; a press hands over the question that is left."""
        if marks == self._said:
            return
        self._said = marks
        for old in self.buttons:
            old.hide()
            old.deleteLater()
            self.take_out(old)
        self.buttons = []
        for words, left in marks:
            button = Button(words, "quiet", icon="x")
            button.setAccessibleName(_("Take off: {filter}").format(filter=words))
            button.clicked.connect(partial(_pressed, take_off, left))
            self.buttons.append(button)
            self.add(button)
        self.setVisible(bool(marks))

    def take_out(self, button: Button) -> None:
        """Let a mark go."""
        layout = self.layout()
        if layout is not None:
            layout.removeWidget(button)


def channel_words(channel: str) -> str:
    """Say how a request came in."""
    return _(CHANNELS[channel]) if channel in CHANNELS else _("Some other way ({code})").format(code=channel)


def _pressed(take_off: Callable[[ListQuery], None], left: ListQuery, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
    take_off(left)


def _chosen(field: Field[Choice]) -> str | None:
    value = field.editor.value()
    return None if value in (None, EVERY) else value


def _named(options: tuple[tuple[str, Text], ...]) -> list[tuple[str, str]]:
    return [(code, pick(name)) for code, name in options]


def _name(options: tuple[tuple[str, Text], ...], code: str) -> str:
    return next((pick(name) for known, name in options if known == code), code)
