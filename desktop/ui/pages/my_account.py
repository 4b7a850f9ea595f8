"""One's own account: who one is here, and taking a new password."""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop import words
from desktop.ui.navigation import Seat
from desktop.ui.pages.admin_form import AdminForm, password_line, text_of
from desktop.ui.pages.admin_words import admin_refusal, roles_words
from desktop.ui.pages.page import Page
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.key_value import KeyValue
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.usecases.hall.accounts import NewPassword, change_password
from desktop.usecases.hall.stays import OwnAccount, see_own_account
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from desktop.usecases.topics import Topic
from desktop.words import _, here, pgettext


class PasswordForm(AdminForm):
    """The password of now, and the new one twice."""

    about: ClassVar[Mapping[str, str]] = {
        "wrong_login_or_password": "current",
        "password_too_short": "new",
        "password_too_long": "new",
        "password_has_login": "new",
        "password_too_simple": "new",
        "password_unchanged": "new",
    }

    def __init__(self) -> None:
        super().__init__(icon="key")
        for name in ("current", "new", "again"):
            self.add_field(name, Field(password_line(), hanzi=18))
        self.finish()
        self.cancel.hide()

    def command(self) -> NewPassword:
        """What was typed."""
        return NewPassword(text_of(self.fields["current"]), text_of(self.fields["new"]))

    def missing(self) -> list[tuple[str, QWidget]]:
        """What still has to be typed."""
        found = [
            *self.require("current", _("Type your password of now.")),
            *self.require("new", _("Type the new password.")),
        ]
        if text_of(self.fields["new"]) != text_of(self.fields["again"]):
            found.append(self.fault("again", _("The two passwords differ. Type the second one again.")))
        return found

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        super().retranslate()
        self.set_title(_("Take a new password"))
        self.save.set_text(_("Take this password"))
        self.fields["current"].set_label(_("Password of now"))
        self.fields["new"].set_label(_("New password"))
        self.fields["new"].set_help(_("At least 8 characters; a sentence is easy to keep in mind."))
        self.fields["again"].set_label(_("The password again"))


class MyAccountPage(Page):
    """Everybody has this page."""

    topics = frozenset({Topic.ACCOUNTS})

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.own: OwnAccount | None = None
        self.title, self.notice = Heading("", 1), Notice()
        self.who, self.what, self.form = Card(), KeyValue(), PasswordForm()
        self.who.add(self.what)
        body = ScrollPage(hanzi=44)
        for widget in (self.title, self.notice, self.who, self.form):
            body.add(widget)
        body.add_stretch()
        Column(self).addWidget(body)
        self.form.given.connect(self._on_given)
        self.retranslate()

    def reload(self) -> None:
        """Read the account again; what is half-typed stays."""
        self.seat.runner.read(self, see_own_account, None, done=self._show, refused=self._say_no)

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.notice.clear()
        self.title.set_text(_("My account"))
        self.who.set_title(_("You are signed in as"))
        if self.own is not None:
            self._show(self.own)

    def _show(self, own: OwnAccount) -> None:
        self.own = own
        rows = [(pgettext("person", "Name"), own.name), (_("Account"), own.login), (_("Roles"), roles_words(own.roles))]
        if own.department is not None:
            zh, en = own.department
            rows.append((_("Department"), (en or zh) if words.language() == "en" else zh))
        if Role.REVIEWER in own.roles:
            rows.append((_("May approve"), pgettext("answer", "Yes") if own.approver else pgettext("answer", "No")))
        rows += [(_("Counter"), own.counter or _("No counter")), (_("Since"), here().date_time(own.began))]
        self.what.set_rows(rows)

    @Slot()
    def _on_given(self) -> None:
        done = partial(self._on_changed_password)
        self.seat.runner.write(self, change_password, self.form.command(), done=done, refused=self.form.say_refused)

    def _on_changed_password(self, _nothing: object) -> None:
        self.form.forget()
        self.form.set_busy(busy=False)
        self.notice.say_done(_("You have a new password. Use it from the next time you sign in."))

    def _say_no(self, refusal: Refused) -> None:
        self.notice.say_problem(admin_refusal(refusal))
