"""Departments and counters: what each department has to do here and who does it, and where people come to."""

from functools import partial

from PySide6.QtCore import Slot

from desktop.ui.navigation import Seat
from desktop.ui.pages.admin_words import admin_refusal
from desktop.ui.pages.departments_counters import Counters
from desktop.ui.pages.departments_list import Departments
from desktop.ui.pages.page import Page
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.usecases.hall.department_cards import DepartmentCard, see_departments
from desktop.usecases.hall.halls import (
    CounterForm,
    CounterRow,
    DepartmentForm,
    list_counters,
    save_counter,
    save_department,
)
from desktop.usecases.permissions import Permission
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.words import _, gettext_noop


class DepartmentsPage(Page):
    """Both lists, each with the form of what is chosen beside it."""

    topics = frozenset({Topic.SETTINGS, Topic.ACCOUNTS, Topic.TASKS})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.title, self.notice = Heading("", 1), Notice()
        self.departments, self.counters = Departments(), Counters()
        body = ScrollPage(margins=2)
        for widget in (self.title, self.notice, self.departments, self.counters):
            body.add(widget)
        body.add_stretch()
        Column(self).addWidget(body)
        self.departments.given.connect(self._on_department)
        self.counters.given.connect(self._on_counter)
        self.retranslate()

    def reload(self) -> None:
        """Read both lists again; what is half-typed stays."""
        self.seat.runner.read(self, see_departments, None, done=self._on_departments, refused=self._say_no)
        self.seat.runner.read(self, list_counters, None, done=self._on_counters, refused=self._say_no)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.notice.clear()
        self.title.set_text(_("Departments and counters"))

    def _on_departments(self, cards: tuple[DepartmentCard, ...]) -> None:
        self.departments.show_cards(cards, may_change=self.seat.may(Permission.EDIT_DEPARTMENTS))
        self.counters.offer_departments(self.departments.open_ones())

    def _on_counters(self, rows: tuple[CounterRow, ...]) -> None:
        self.counters.show_rows(rows, may_change=self.seat.may(Permission.EDIT_COUNTERS))

    @Slot(object)
    def _on_department(self, form: DepartmentForm) -> None:
        done = partial(self._on_done, gettext_noop("Saved: {name}."), form.name_zh)
        self.seat.runner.write(self, save_department, form, done=done, refused=self.departments.form.say_refused)

    @Slot(object)
    def _on_counter(self, form: CounterForm) -> None:
        done = partial(self._on_done, gettext_noop("Saved: {name}."), form.name)
        self.seat.runner.write(self, save_counter, form, done=done, refused=self.counters.form.say_refused)

    def _on_done(self, said: str, name: str, _nothing: object) -> None:
        self.departments.close_form()
        self.counters.close_form()
        self.notice.say_done(_(said).format(name=name))

    def _say_no(self, refusal: Refused) -> None:
        self.notice.say_problem(admin_refusal(refusal))
