"""Checking before a request is logged: what is left open, what is done at once, and the button that logs it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit

from desktop.ui import icons, theme
from desktop.ui.pages.log_papers import is_any_known, missing_count, undecided
from desktop.ui.plan_pictures import department_name, name_of
from desktop.ui.translate import Retranslated
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.notice import Notice
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import Look
from desktop.words import _, here, ngettext, pgettext
from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.planning.plan import Actor, Task, Wanted
from desktop.workflow.procedure.procedures import ItemKind

_NAMED = 3
"""So many items of a department are named; more are counted."""


class SendCard(Retranslated, Card):
    """The last part of the page; `submitted` carries whether a twin is meant, and whether to finish at once."""

    submitted = Signal(bool, bool)

    def __init__(self) -> None:
        super().__init__()
        self._look: Look | None = None
        self._catalogue = Catalogue()
        self._twins: tuple[str, ...] = ()
        self._promised = self._unfilled = 0
        self._tried_at_once = self._despite_twin = False
        self._open, self._at_once, self._elsewhere = Label(), Label(), Label()
        self.unknown, self.notice = Notice(), Notice()
        self.finish = Button(role="primary", icon="stamp", shortcut="Ctrl+Return")
        self.submit = Button(role="primary", icon="check", shortcut="Ctrl+Return")
        self.despite = Button(icon="plus")
        self.alone: Field[QLineEdit] = Field(QLineEdit(), hanzi=24)
        self.without_guardian = Button(icon="check")
        for widget in (self.unknown, self._open, self._at_once, self._elsewhere, self.notice, self.alone):
            self.add(widget)
        self.add(Flow(self.finish, self.submit, self.despite, self.without_guardian))
        self.finish.clicked.connect(self._on_finish)
        self.submit.clicked.connect(self._on_submit)
        self.despite.clicked.connect(self._on_despite)
        self.without_guardian.clicked.connect(self._on_without_guardian)
        self.alone.editor.returnPressed.connect(self._on_without_guardian)
        self.begin()
        self.retranslate()

    def begin(self) -> None:
        """Forget the plan and what was said of it."""
        self._look, self._twins = None, ()
        self.unknown.clear()
        self.notice.clear()
        for button in self._buttons():
            button.setEnabled(True)
        self._despite_twin = False
        self.alone.editor.clear()
        for widget in (self.despite, self.finish, self.alone, self.without_guardian):
            widget.hide()

    def show_look(self, look: Look, catalogue: Catalogue, *, promised: int, unfilled: int) -> None:
        """Say what a request would leave open, and what it would finish at once."""
        self.begin()
        self._look, self._catalogue = look, catalogue
        self._promised, self._unfilled = promised, unfilled
        for button in (self.finish, self.submit):
            button.setEnabled(look.plan.route is None)
        self._show_buttons()
        self.retranslate()

    def wait(self) -> None:
        """Take no second press while the request is being logged."""
        for button in self._buttons():
            button.setEnabled(False)

    @Slot()
    def focus_first(self) -> None:
        """Bring the keyboard to the button that logs."""
        first = self.submit if self.finish.isHidden() else self.finish
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def say_refused(self, words: str, *, focus: bool = True) -> None:
        """Say why the request is not logged; it takes the focus unless it is only said in other words."""
        self._enable()
        if focus:
            self.notice.say_problem(words)
        else:
            self.notice.say("problem", words)

    def say_twin(self, refusal: Refused) -> None:
        """Say that the same is under way, and offer to log it all the same."""
        numbers = refusal.values.get("numbers", ())
        self._twins = tuple(str(number) for number in numbers) if isinstance(numbers, tuple) else ()
        self._enable()
        self.despite.show()
        self._say_twins()

    def offer_alone(self) -> None:
        """Offer to log a minor's request without a guardian, where the law lets a minor act alone."""
        self.alone.set_error()
        self.alone.show()
        self.without_guardian.show()

    def why_alone(self) -> str:
        """Why somebody under age may act alone; empty while nobody said so."""
        return self.alone.editor.text().strip()

    def retranslate(self) -> None:
        """Say the words in the language of the seat."""
        self.alone.set_label(_("Without a guardian, because"))
        self.alone.set_help(
            _(
                "Only for what brings nothing but gain or fits age and understanding; from 16 on also for who lives on"
                " own work."
            )
        )
        self.without_guardian.set_text(_("Log it without a guardian"))
        self.set_title(_("Check and log"))
        self.finish.set_text(self._finish_words())
        self.submit.set_text(_("Log the request") if self.finish.isHidden() else _("Only log it"))
        self.despite.set_text(_("Log it all the same"))
        if self._twins:
            self._say_twins()
        if self._look is None:
            return
        self._say_unknown(self._look)
        self._open.set_text(self._left_words(self._look))
        self._say_at_once(self._look)

    def _say_unknown(self, look: Look) -> None:
        """Say before it is logged that nobody can tell the person yet what to bring."""
        count = len(undecided(look.plan))
        if not count or is_any_known(look.plan) or look.nobody_to_ask or look.plan.route is not None:
            self.unknown.clear()
            return
        asked = ngettext(
            "Which papers it takes shows once {n} question is answered.",
            "Which papers it takes shows once {n} questions are answered.",
            count,
        )
        self.unknown.say(
            "warning",
            asked.format(n=count),
            _("Logged now, the receipt lists no papers, and they have to come again. Better ask first."),
        )

    def _left_words(self, look: Look) -> str:
        """Say what would stay open."""
        questions = sum(question.actor is not Actor.REGISTRY for question in look.plan.questions)
        papers = max(0, missing_count(look.plan) - self._promised)
        asked = ngettext("{n} question without an answer", "{n} questions without an answer", questions)
        if look.nobody_to_ask:
            asked = ngettext(
                "{n} question without an answer, to be noted as not known",
                "{n} questions without an answer, to be noted as not known",
                questions,
            )
        parts = (
            (self._unfilled, ngettext("{n} role still to be named", "{n} roles still to be named", self._unfilled)),
            (questions, asked),
            (papers, ngettext("{n} paper still to come", "{n} papers still to come", papers)),
            (self._promised, ngettext("{n} paper promised", "{n} papers promised", self._promised)),
        )
        left = [words.format(n=count) for count, words in parts if count]
        return here().listing(left) if left else _("Everything is together.")

    def _say_at_once(self, look: Look) -> None:
        """Say what is finished at the counter now, and which department has what is not."""
        at_once = [name_of(key, self._catalogue) for key in look.at_once]
        self._at_once.set_text(_("Finished on the spot: {items}.").format(items=here().listing(at_once)))
        self._at_once.setVisible(bool(at_once))
        needed = _decided_elsewhere(look)
        instant = any(task.item.kind is ItemKind.INSTANT for task in needed)
        self._elsewhere.set_text(self._elsewhere_words(needed))
        self._elsewhere.setVisible(bool(needed) and (bool(at_once) or instant))

    def _finish_words(self) -> str:
        """Promise no more than is finished: where a department decides the rest, the request is logged as well."""
        if self._look is None or not _decided_elsewhere(self._look):
            return _("Finish on the spot")
        count = len(self._look.at_once)
        words = ngettext("Log it, finish {n} on the spot", "Log it, finish {n} on the spot", count)
        return words.format(n=count)

    def _elsewhere_words(self, needed: list[Task]) -> str:
        """Say what each department decides."""
        of_each: dict[str, list[str]] = {}
        for task in needed:
            department = department_name(task.item.department, self._catalogue)
            of_each.setdefault(department, []).append(name_of(task.key, self._catalogue))
        said = []
        for department, items in of_each.items():
            named = (
                here().listing(items) if len(items) <= _NAMED else pgettext("figure", "{n} items").format(n=len(items))
            )
            said.append(_("{items}: decided by {department}.").format(items=named, department=department))
        return "\n".join(said)

    def _show_buttons(self) -> None:
        """Let one button be the first, with its key; a route leads elsewhere and offers none at once."""
        at_once = self._look is not None and bool(self._look.at_once) and self._look.plan.route is None
        self.finish.setVisible(at_once)
        theme.set_role(self.submit, "" if at_once else "primary")
        self.submit.setIcon(icons.icon("check", "text" if at_once else "on_accent"))
        self.submit.set_shortcut("Ctrl+Shift+Return" if at_once else "Ctrl+Return")

    def _enable(self) -> None:
        for button in (self.finish, self.submit):
            button.setEnabled(self._look is None or self._look.plan.route is None)
        for button in (self.despite, self.without_guardian):
            button.setEnabled(True)

    def _buttons(self) -> tuple[Button, ...]:
        return (self.finish, self.submit, self.despite, self.without_guardian)

    def _say_twins(self) -> None:
        numbers = here().listing(self._twins)
        self.notice.say_problem(_("The same need is under way already: {numbers}.").format(numbers=numbers))

    @Slot()
    def _on_finish(self) -> None:
        self._tried_at_once = True
        self.submitted.emit(False, True)

    @Slot()
    def _on_submit(self) -> None:
        self._tried_at_once = False
        self.submitted.emit(False, False)

    @Slot()
    def _on_despite(self) -> None:
        self._despite_twin = True
        self.submitted.emit(True, self._tried_at_once)

    @Slot()
    def _on_without_guardian(self) -> None:
        if self.why_alone():
            self.submitted.emit(self._despite_twin, self._tried_at_once)
        else:
            self.alone.set_error(_("Say why no guardian is needed."))
            self.alone.focus()


def _decided_elsewhere(look: Look) -> list[Task]:
    """Give what is needed and not finished at the counter now."""
    return [task for task in look.plan.tasks if task.wanted is Wanted.NEEDED and task.key not in look.at_once]
