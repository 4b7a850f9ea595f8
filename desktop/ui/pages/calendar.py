"""The hall's calendar: a year as a picture with its holidays and make-up days, and what the hall itself changes."""

from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.navigation import Seat
from desktop.ui.pages.admin_rows import WordRows
from desktop.ui.pages.admin_words import admin_refusal
from desktop.ui.pages.calendar_form import CalendarEffect, CalendarForm
from desktop.ui.pages.calendar_legend import Legend
from desktop.ui.pages.calendar_words import day_name, day_sentence, kind_words, source_name, year_marks, year_words
from desktop.ui.pages.page import Page
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.side_by_side import SideBySide
from desktop.ui.widgets.status_mark import StatusMark
from desktop.ui.widgets.table import Table, Width
from desktop.ui.widgets.year_picture import YearPicture
from desktop.usecases.hall.calendar import CalendarEdit, PublishYear, YearView, publish_year, see_year
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.usecases.work.calendar_effects import Effect, make_edit, preview_edit
from desktop.words import _, here

FIRST_YEAR, LAST_YEAR = 2004, 2099


class CalendarPage(Page):
    """One year at a time. An edit first shows what it does to open requests, and is then saved."""

    topics = frozenset({Topic.CALENDAR})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.view: YearView | None = None
        self.year: int | None = None
        self.edit: CalendarEdit | None = None
        self.title, self.notice = Heading("", 1), Notice()
        self.before, self.after = Button("", "quiet", icon="chevron-left"), Button("", "quiet", icon="chevron-right")
        self.this_year = Heading("", 2)
        self.state, self.publish = StatusMark("done"), Button("", icon="check-check")
        self._publishing = Flow(self.publish)
        self.picture, self.legend, self.day = YearPicture(), Legend(), Label(role="strong")
        self.form, self.effect = CalendarForm(), CalendarEffect()
        self.list, self.model = Card(), WordRows(4)
        self.table = Table(widths=[Width(9, 1), Width(6, 1), Width(8, 2), Width(9, 2)])
        self.body = ScrollPage(margins=2)
        self._arrange()
        self._connect()
        self.retranslate()

    def reload(self) -> None:
        """Read the year again; what is half-typed stays."""
        self.seat.runner.read(self, see_year, self.year, done=self._show, refused=self._say_no)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.notice.clear()
        self.title.set_text(_("Holidays and make-up days"))
        self.before.set_text(_("Year before"))
        self.after.set_text(_("Year after"))
        self.list.set_title(_("Days against the ordinary week"))
        self.model.set_names(_("Day"), _("Rest or work"), _("Holiday or reason"), _("Who says so"))
        self.table.set_name(_("Days against the ordinary week"))
        self.picture.setAccessibleDescription(_("Arrow keys move by days and weeks, Page Up and Page Down by months."))
        if self.view is not None:
            self._show(self.view)

    # -- what is shown ------------------------------------------------------------------------------------------

    def _show(self, view: YearView) -> None:
        if self.year is not None and view.year != self.year:
            return
        self.view, self.year = view, view.year
        self.this_year.set_text(_("The year {year}").format(year=view.year))
        self.before.setEnabled(view.year > FIRST_YEAR)
        self.after.setEnabled(view.year < LAST_YEAR)
        self._say_state(view)
        self.picture.setAccessibleName(_("The year {year}").format(year=view.year))
        self.picture.show_year(view.year, year_marks(view), year_words(view), view.today, faint=not view.published)
        rows = [
            (row.day, (here().date(row.day, view.today), kind_words(row.kind), day_name(row), source_name(row)), None)
            for row in view.days
        ]
        self.model.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.form.setVisible(self.seat.may(Permission.EDIT_CALENDAR))
        self._say_day()

    def _say_state(self, view: YearView) -> None:
        if view.published:
            self.state.set_status("done", _("The notice of this year is in the calendar."))
            self.publish.set_text(_("The notice is not complete after all"))
        else:
            said = _("The notice of this year is not in yet: dates are estimated.")
            self.state.set_status("waiting", said)
            self.publish.set_text(_("All days of the notice are entered"))
        self._publishing.setVisible(self.seat.may(Permission.EDIT_CALENDAR) and not view.shipped)

    def _say_day(self) -> None:
        day = self.picture.day()
        known = {} if self.view is None else {row.day: row for row in self.view.days}
        self.day.set_text(_("Choose a day in the picture.") if day is None else day_sentence(day, known.get(day)))

    @Slot(object)
    def _on_day(self, day: date) -> None:
        self._say_day()
        if self.effect.isHidden():
            self.form.begin(day)

    @Slot(object)
    def _on_day_opened(self, _day: date) -> None:
        self.form.fields["what"].focus()

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self.model.keys):
            self.picture.choose(self.model.keys[row])

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._on_row(index.row())

    def _go(self, by: int) -> None:
        if self.year is not None:
            self.year += by
            self.notice.clear()
            self.reload()

    # -- what is done -------------------------------------------------------------------------------------------

    @Slot()
    def _on_given(self) -> None:
        session, self.edit = self.seat.session, self.form.command()
        if session is None or self.edit is None:
            return
        self.notice.clear()
        self.form.setEnabled(False)
        self.effect.begin(saving=False)
        self.body.hold(self.effect)
        piece = partial(preview_edit, session=session, edit=self.edit)
        self.seat.runner.work(self, piece, done=self._on_counted, refused=self._on_refused)

    def _on_counted(self, effect: Effect) -> None:
        self.effect.show_effect(effect)

    @Slot()
    def _on_confirmed(self) -> None:
        session = self.seat.session
        if session is None or self.edit is None:
            return
        self.effect.begin(saving=True)
        piece = partial(make_edit, session=session, edit=self.edit)
        self.seat.runner.work(self, piece, done=self._on_made, refused=self._on_refused)

    def _on_made(self, _looked: int) -> None:
        self._end_edit()
        self.form.fields["name"].editor.setText("")
        self.notice.say_done(_("Saved. Dates are counted by the new calendar from now on."))
        self.seat.runner.tell(frozenset({Topic.CALENDAR, Topic.REQUESTS, Topic.TASKS}))

    @Slot()
    def _on_cancelled(self) -> None:
        self._end_edit()
        self.form.fields["first"].focus()

    def _end_edit(self) -> None:
        self.edit = None
        self.effect.hide()
        self.form.setEnabled(True)
        self.form.set_busy(busy=False)

    def _on_refused(self, refusal: Refused) -> None:
        self._end_edit()
        self.form.say_refused(refusal)

    def _on_publish(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        if self.view is not None:
            command = PublishYear(self.view.year, not self.view.published)
            self.seat.runner.write(self, publish_year, command, done=self._on_published, refused=self._say_no)

    def _on_published(self, _nothing: object) -> None:
        self.notice.say_done(_("Saved."))

    @Slot(int, int)
    def _on_progressed(self, done: int, of: int) -> None:
        if not self.effect.isHidden():
            self.effect.progress.set_amount(done, of)

    def _say_no(self, refusal: Refused) -> None:
        self.notice.say_problem(admin_refusal(refusal))

    # -- how it is put together ---------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        self.publish.clicked.connect(self._on_publish)
        self.picture.day_chosen.connect(self._on_day)
        self.picture.day_opened.connect(self._on_day_opened)
        self.form.given.connect(self._on_given)
        self.effect.confirmed.connect(self._on_confirmed)
        self.effect.cancelled.connect(self._on_cancelled)
        self.effect.stop_requested.connect(self.seat.runner.stop_work)
        self.seat.runner.progressed.connect(self._on_progressed)
        self.table.setModel(self.model)
        self.table.row_opened.connect(self._on_row)
        self.table.clicked.connect(self._on_clicked)

    def _on_before(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._go(-1)

    def _on_after(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal carries it
        self._go(1)

    def _arrange(self) -> None:
        sheet = Card()
        for widget in (self.picture, self.legend, self.day):
            sheet.add(widget)
        right = QWidget()
        beside = Column(right, spacing=1.5)
        beside.addWidget(self.form)
        beside.addWidget(self.effect)
        beside.addStretch(1)
        self.effect.hide()
        self.list.add(self.table)
        self.table.show_up_to_a_screen()
        years = Flow(self.before, self.this_year, self.after)
        parts: tuple[QWidget, ...] = (self.title, self.notice, years, self.state, self._publishing)
        for part in parts:
            self.body.add(part)
        self.body.add(SideBySide(sheet, right, shares=(5, 3), least_hanzi=64))
        self.body.add(self.list)
        self.body.add_stretch()
        Column(self).addWidget(self.body)
