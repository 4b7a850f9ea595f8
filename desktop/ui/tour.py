"""A tour through the main job: the real window driven by clicks and keys, with a picture of each step.

It is the demonstration, the smoke test, and the source of the pictures. A clerk of the practice hall logs a restaurant,
the departments do their parts, and the clerk hands the results over.
"""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.authoring import load_catalogue
from desktop.ui.pages.log import LogPage
from desktop.ui.pages.request import RequestPage
from desktop.ui.pages.requests import RequestsPage
from desktop.ui.pages.work import WorkPage
from desktop.ui.tour_hands import LONG_PATIENCE_MS, Hands, Step, TourClock, Toured, TourStuck
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.yes_no import YesNo
from desktop.usecases.sample import CLERK, PASSWORD, reviewers_of
from desktop.words import _, here, pick
from desktop.workflow.procedure.legal_states import ActKind

__all__ = ["Step", "Tour", "TourClock", "TourStuck"]

COMPANY: Final = "临洮县洮阳餐饮有限公司"
PERSON: Final = "何文博"
WORDS: Final = "开餐馆"
YES: Final = frozenset({"outdoor_sign"})
"""The questions answered yes; all others are answered no, the way a small noodle shop would."""
SQUARE_METRES: Final = "60"
_ONWARD: Final = (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE)


class Tour:
    """Plays everybody in the hall, one after the other at the same seat."""

    def __init__(self, program: Toured, out: Path, clock: TourClock) -> None:
        self._hands = Hands(program, out, clock)
        self._window = program.window

    def play(self) -> Iterator[Step]:
        """Go through the steps; each is given when its picture is written. Raises TourStuck."""
        hands, window = self._hands, self._window
        hands.until(window.isVisible, "the window")
        yield hands.step("start", _("The program starts."))
        hands.until(lambda: window.stack.currentWidget() is not window.start, "the first page")
        if window.stack.currentWidget() is window.found_hall:
            yield hands.step("first-start", _("On the first start a practice hall is opened."))
            hands.click(window.found_hall.practice)
            made = "the practice hall"
            hands.until(lambda: window.stack.currentWidget() is window.sign_in, made, patience=LONG_PATIENCE_MS)
        yield from self._sign_in(CLERK, "sign-in", _("A clerk signs in."))
        departments = yield from self._log()
        number = self._number()
        for department in departments:
            yield from self._review(department, number)
        yield from self._hand_over(number)
        yield from self._look_it_up(number)

    # -- the door -----------------------------------------------------------------------------------------------

    def _sign_in(self, login: str, name: str, what: str) -> Iterator[Step]:
        hands, page = self._hands, self._window.sign_in
        hands.until(lambda: self._window.stack.currentWidget() is page, "the door")
        hands.settle()
        page.account.editor.set_value(login)
        hands.type(page.password.editor, PASSWORD)
        if name:
            yield hands.step(name, what, page.enter)
        hands.click(page.enter)
        hands.until(self._window.is_at_desk, "the desk")
        hands.settle()

    def _sign_out(self) -> None:
        hands, window = self._hands, self._window
        hands.click(window.workspace.bar.lock)
        hands.until(lambda: window.stack.currentWidget() is window.lock_page, "the lock")
        hands.click(window.lock_page.sign_out)
        hands.until(lambda: window.stack.currentWidget() is window.sign_in, "the door")
        hands.settle()

    # -- the counter --------------------------------------------------------------------------------------------

    def _log(self) -> Generator[Step, None, tuple[str, ...]]:
        """Log a restaurant; gives the departments that take part."""
        hands = self._hands
        page = hands.go("log", LogPage)
        yield hands.step("log-empty", _("A new request: the page is empty."))
        hands.click(page.who.new)
        page.who.picker.form.kind.editor.set_value("enterprise")
        hands.type(page.who.picker.form.full_name.editor, COMPANY)
        hands.click(page.who.picker.form.keep)
        hands.until(lambda: page.who.settled, "the enterprise")
        hands.type(page.need.search.editor, WORDS, enter=True)
        hands.until(lambda: _choice(page.need) is not None, "the need")
        yield hands.step("log-need", _("The need is found in everyday words."), page.need)
        needed = _choice(page.need)
        if needed is None:
            raise TourStuck("the need")
        hands.click(needed)
        hands.until(lambda: page.plan is not None, "the plan")
        self._name_everybody(page)
        yield hands.step("log-questions", _("Only the questions that matter are asked; the plan stands beside them."))
        self._answer(page)
        yield hands.step("log-papers", _("Everything is answered; the papers are known."), page.papers)
        self._hand_in(page)
        yield hands.step("log-check", _("The papers are handed over."), page.send)
        hands.click(page.send.submit)
        hands.until(page.done.isVisible, "the number")
        yield hands.step("log-done", _("The request is logged and has its number."), page.done.number)
        hands.click(page.done.receipt)
        hands.settle()
        yield hands.step("receipt", _("The receipt is ready to be printed."))
        plan = page.plan
        return tuple(dict.fromkeys(task.item.department for task in plan.tasks)) if plan is not None else ()

    def _name_everybody(self, page: LogPage) -> None:
        """Name whoever else takes part and has to be named."""
        hands = self._hands
        for part in list(page.roles.parts.values()):
            if part.settled or part.role.optional:
                continue
            hands.click(part.look)
            hands.until(lambda part=part: part.picker is not None, part.role.code)  # type: ignore[misc]
            if part.picker is None:
                raise TourStuck(part.role.code)
            hands.click(part.picker.new)
            hands.type(part.picker.form.full_name.editor, PERSON)
            hands.click(part.picker.form.keep)
            hands.until(lambda part=part: part.settled, part.role.code)  # type: ignore[misc]
            hands.settle()

    def _answer(self, page: LogPage) -> None:
        """Answer yes or no until nothing more is asked, and say how large the shop is."""
        hands, answered = self._hands, set[object]()
        while True:
            left = [(key, field.editor) for key, field in page.questions.fields.items() if key not in answered]
            if not left:
                return
            key, editor = left[0]
            answered.add(key)
            if isinstance(editor, YesNo):
                hands.press(editor, Qt.Key.Key_Y if key.code in YES else Qt.Key.Key_N)
            else:
                self._write(editor)
            hands.settle()

    def _write(self, editor: QWidget) -> None:
        line = editor.focusProxy() or editor
        self._hands.bring_into_sight(line)
        line.setFocus()
        for digit in SQUARE_METRES:
            self._hands.press(line, Qt.Key(ord(digit)))
        self._hands.press(line, Qt.Key.Key_Return)

    def _hand_in(self, page: LogPage) -> None:
        for box in list(page.papers.boxes.values()):
            if box.isVisible() and not box.isChecked():
                self._hands.press(box, Qt.Key.Key_Space)
                self._hands.settle()

    def _number(self) -> str:
        return self._hands.go("log", LogPage).done.number.text().split()[-1]

    # -- the departments ----------------------------------------------------------------------------------------

    def _review(self, department: str, number: str) -> Iterator[Step]:
        """Let the reviewer of a department do its part: everything that is ready, from acceptance to the result."""
        hands, name = self._hands, pick(load_catalogue().departments[department].name)
        self._sign_out()
        hands.wait(20)
        yield from self._sign_in(reviewers_of(load_catalogue())[department], "", "")
        page = hands.go("work", WorkPage)
        slug = department.replace("_", "-")
        yield hands.step(f"{slug}-work", _("{department}: the work that is really ready.").format(department=name))
        while (task := self._next(page, number)) is not None:
            acts = [act for act in _ONWARD if self._act(page, task, act)]
            if not acts:
                raise TourStuck(department)
            done = here().listing(page.work.acts.words_of(act) for act in acts)
            said = _("{department}, {item}: {acts}.").format(department=name, item=self._item(page), acts=done)
            yield hands.step(f"{slug}-{acts[-1].value}", said, page.work.title)

    @staticmethod
    def _item(page: WorkPage) -> str:
        return "" if page.view is None else pick(page.view.task.item.name)

    def _next(self, page: WorkPage, number: str) -> UUID | None:
        """Take the next task of the request that is ready for this department into hand."""
        self._hands.settle()
        states = {"submitted", "accepted", "reviewing", "granted"}
        at = next((n for n, row in enumerate(page.model.rows) if row.number == number and row.state in states), None)
        if at is None:
            return None
        return self._choose(page, at)

    def _choose(self, page: WorkPage, at: int) -> UUID:
        task: UUID = page.model.rows[at].id
        page.table.selectRow(at)
        self._hands.until(lambda: page.view is not None and page.view.row.id == task, "the case")
        self._hands.settle()
        return task

    def _act(self, page: WorkPage, task: UUID, act: ActKind) -> bool:
        """Carry out an act by its button, and by its form where it has one, if it is offered; wait for its effect."""
        hands, panel = self._hands, page.work.acts
        if act not in panel.buttons:
            return False
        before = "" if page.view is None else page.view.row.state
        hands.click(panel.buttons[act])
        hands.settle()
        if panel.form is not None:
            hands.click(panel.form.go)
        hands.until(
            lambda: page.view is not None and page.view.row.id == task and page.view.row.state != before, act.value
        )
        hands.wait(15)
        hands.settle()
        return True

    # -- the hand-out -------------------------------------------------------------------------------------------

    def _hand_over(self, number: str) -> Iterator[Step]:
        """Let the clerk hand over every result of the request."""
        hands = self._hands
        self._sign_out()
        hands.wait(60)
        yield from self._sign_in(CLERK, "", "")
        page = hands.go("work", WorkPage)
        while (at := self._issued(page, number)) is not None:
            task = self._choose(page, at)
            if not self._act(page, task, ActKind.SERVE):
                raise TourStuck("the hand-out")
            said = _("The result is handed over: {item}.").format(item=self._item(page))
            yield hands.step("handed-over", said, page.work.title)

    def _issued(self, page: WorkPage, number: str) -> int | None:
        self._hands.settle()
        rows = enumerate(page.model.rows)
        return next((n for n, row in rows if row.number == number and row.state == "issued"), None)

    def _look_it_up(self, number: str) -> Iterator[Step]:
        """Find the request again by its number: it is done, and its page tells everything."""
        hands = self._hands
        page = hands.go("requests", RequestsPage)
        hands.type(page.search.editor, number, enter=True)
        hands.until(lambda: page.model.rowCount() == 1, "the request in the list")
        yield hands.step("requests", _("Progress in a few keys: the request is found by its number."))
        page.table.selectRow(0)
        hands.press(page.table, Qt.Key.Key_Return)
        hands.until(lambda: self._window.workspace.current() == "request", "the page of the request")
        shown = self._window.workspace.pages["request"]
        if not isinstance(shown, RequestPage):
            raise TourStuck("the page of the request")
        yield hands.step("request", _("The request is done; every step and every date can be explained."))


def _choice(card: QWidget) -> Button | None:
    """The first of the choices a card offers."""
    choices = (button for button in card.findChildren(Button) if button.property("role") == "choice")
    return next((button for button in choices if button.isVisible()), None)
