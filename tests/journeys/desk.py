"""One seat of the running program, driven by keys and clicks and read by what it shows."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.ui.pages.hand_out import HandOutPage
from desktop.ui.pages.log import LogPage
from desktop.ui.pages.log_picker import SubjectPicker
from desktop.ui.pages.request import RequestPage
from desktop.ui.pages.requests import RequestsPage
from desktop.ui.pages.work import WorkPage
from desktop.ui.quick_enquiry import QuickEnquiry
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.choice import Choice
from desktop.ui.widgets.date_edit import DateEdit
from desktop.ui.widgets.text_box import TextBox
from desktop.ui.widgets.yes_no import YesNo
from desktop.workflow.planning.inputs import Key
from desktop.workflow.procedure.legal_states import ActKind

PATIENCE_MS = 30_000
YES_NO = {True: Qt.Key.Key_Y, False: Qt.Key.Key_N, None: Qt.Key.Key_Question}

Kind = TypeVar("Kind", bound=QWidget)


class Desk:
    """The hands and eyes of whoever sits there; every act goes through a control of the window."""

    def __init__(self, program: Program, bot: QtBot) -> None:
        self._program, self._bot = program, bot
        self.window = program.window

    # -- hands and eyes -----------------------------------------------------------------------------------------

    def until(self, reached: Callable[[], bool], what: str) -> None:
        """Wait for something to come about; the words say what never came."""
        self._bot.waitUntil(lambda: _hold(reached(), what), timeout=PATIENCE_MS)

    def settle(self) -> None:
        """Wait until everything asked for is answered and drawn."""
        runner = self._program.runner
        for _round in range(2):
            self.until(lambda: runner is None or runner.pending == 0, "an answer")
            self._program.app.processEvents()

    def page(self, code: str, kind: type[Kind]) -> Kind:
        """Go to a page by its button on the rail."""
        if self.window.workspace.current() != code:
            self.window.workspace.go(code)
        self.settle()
        found = self.window.workspace.pages[code]
        assert isinstance(found, kind)
        return found

    def click(self, button: QAbstractButton) -> None:
        """Press a button that is there and may be pressed."""
        assert button.isVisible(), f"“{button.text()}” is not shown"
        assert button.isEnabled(), f"“{button.text()}” cannot be pressed"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def type(self, editor: QLineEdit, words: str, *, enter: bool = False) -> None:
        """Type over what stands in a line."""
        editor.setFocus()
        editor.selectAll()
        editor.insert(words)
        if enter:
            QTest.keyClick(editor, Qt.Key.Key_Return)

    def type_date(self, editor: DateEdit, day: date) -> None:
        """Type a day, the way it is said on paper."""
        line = editor.findChild(QLineEdit)
        assert line is not None
        self.type(line, day.isoformat(), enter=True)

    def shown(self, inside: QWidget | None = None) -> str:
        """Everything that is written in the page in front, as one text."""
        place = inside or self.window.workspace.stack.currentWidget()
        assert place is not None
        written = (w for w in place.findChildren(QWidget) if isinstance(w, QLabel | QAbstractButton | QLineEdit))
        parts = [widget.text() for widget in written if widget.isVisible()]
        return "\n".join(part for part in parts if part)

    # -- the door -----------------------------------------------------------------------------------------------

    def sign_in(self, login: str, password: str) -> None:
        """Sit down."""
        window = self.window
        self.until(lambda: window.stack.currentWidget() is not window.start, "the first page")
        page = window.sign_in
        self.until(lambda: self.window.stack.currentWidget() is page, "the sign-in page")
        self.type(page.login.editor, login)
        self.type(page.password.editor, password)
        self.click(page.enter)
        self.until(self.window.is_at_desk, f"the desk; the door says: {self.shown(page)}")
        self.settle()

    # -- logging ------------------------------------------------------------------------------------------------

    @property
    def log(self) -> LogPage:
        """The log page."""
        return self.page("log", LogPage)

    def who(self, name: str, kind: str = "person", number: str = "") -> None:
        """Register the applicant anew; without a number it is not at hand."""
        self.click(self.log.who.picker.new)
        self._register(self.log.who.picker, name, kind, number)
        self.until(lambda: self.log.who.settled, "the applicant")

    def who_again(self, words: str, name: str) -> None:
        """Find an applicant who is on file, by some words, and choose the one of that name."""
        picker = self.log.who.picker
        self.type(picker.search.editor, words, enter=True)
        self.until(lambda: self._choice(picker, name) is not None, f"{name} among those on file")
        found = self._choice(picker, name)
        assert found is not None
        self.click(found)
        self.until(lambda: self.log.who.settled, "the applicant")

    def role(self, code: str, name: str, kind: str = "person", number: str = "") -> None:
        """Register who has another part in the matter; an optional part is added first."""
        roles = self.log.roles
        if code not in roles.parts:
            self.click(roles.add_buttons[code])
        part = roles.parts[code]
        if part.picker is None or not part.picker.isVisible():
            self.click(part.look)
        assert part.picker is not None
        self.click(part.picker.new)
        self._register(part.picker, name, kind, number)
        self.until(lambda: any(named.name == name for named in part.named), f"{name} as {code}")

    def same(self, code: str, name: str) -> None:
        """Name somebody again who takes part already, by the button with the name."""
        part = self.log.roles.parts[code]
        button = next((button for button in part.quick if name in button.text()), None)
        assert button is not None, f"{name} is not offered as {code}"
        self.click(button)

    def mandate(self, code: str, capacity: str, scope: str = "", until: date | None = None) -> None:
        """Say in what capacity an agent or a guardian acts, for what and until when."""
        form = self.log.roles.parts[code].mandate
        assert form is not None
        self.choose(form.capacity.editor, capacity)
        if scope:
            self.choose(form.scope.editor, scope)
        if until is not None:
            self.type_date(form.until.editor, until)
        self.settle()

    def _register(self, picker: SubjectPicker, name: str, kind: str, number: str) -> None:
        form = picker.form
        if form.kind.isVisible():
            self.choose(form.kind.editor, kind)
        self.type(form.full_name.editor, name)
        if number:
            self.type(form.number.editor, number)
        elif form.reason.isVisible() and form.reason.editor.value() is None:
            self.choose(form.reason.editor, "not_at_hand")
        self.click(form.keep)

    def need(self, words: str, demand: str) -> None:
        """Say what is needed, and press the matter meant."""
        page = self.log
        self.type(page.need.search.editor, words, enter=True)
        name = page._catalogue.demands[demand].name.zh
        self.until(lambda: self._choice(page.need, name) is not None, f"the matter “{name}”")
        button = self._choice(page.need, name)
        assert button is not None
        self.click(button)
        self.until(lambda: page.plan is not None, "the plan")
        self.settle()

    def _choice(self, card: QWidget, words: str) -> Button | None:
        choices = (b for b in card.findChildren(Button) if b.property("role") == "choice" and b.isVisible())
        return next((button for button in choices if button.text().startswith(words)), None)

    def answer(self, **facts: object) -> None:
        """Answer the questions by the codes of their facts; each must be asked by then. `role__fact` for a role."""
        for name, value in facts.items():
            role, _sep, code = name.rpartition("__")
            key = self._asked(code, role)
            self._answer(key, value)
            self.settle()

    def asked(self) -> list[str]:
        """The codes of the facts that are asked and not answered yet."""
        answered = {(answer.subject, answer.code) for answer in self.log.questions.answers()}
        return [k.code for k in self.log.questions.fields if (k.subject, k.code) not in answered]

    def _asked(self, code: str, role: str) -> Key:
        fields = self.log.questions.fields
        holders = {"applicant": (str(self.log.who.subject),), **self.log.roles.holders()}.get(role, ())
        found = [k for k in fields if k.code == code and (not role or k.subject in {*holders, f"role:{role}"})]
        assert found, f"“{code}” is not asked; asked are {[(key.code, key.subject) for key in fields]}"
        return found[0]

    def _answer(self, key: Key, value: object) -> None:
        self._fill(self.log.questions.fields[key].editor, value)

    def _fill(self, editor: QWidget, value: object) -> None:
        match editor:
            case YesNo():
                assert value is None or isinstance(value, bool)
                QTest.keyClick(editor, YES_NO[value])
            case Choice():
                self.choose(editor, str(value))
            case DateEdit():
                assert isinstance(value, date)
                self.type_date(editor, value)
            case QLineEdit():
                self.type(editor, str(value), enter=True)
            case TextBox():
                editor.setFocus()
                editor.selectAll()
                editor.insertPlainText(str(value))
                QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)  # words are taken
            case _:
                for box in editor.findChildren(QAbstractButton):
                    if box.text() in str(value):
                        self.click(box)

    def choose(self, editor: Choice, option: str) -> None:
        """Choose an option by its code, with the mouse or in the box."""
        box = editor.findChild(QComboBox)
        if box is not None:
            box.setFocus()
            box.setCurrentIndex(box.findData(option))
            box.activated.emit(box.currentIndex())
            return
        button = editor._buttons[option]
        assert isinstance(button, QRadioButton)
        self.click(button)

    def hand_in(self, *papers: str) -> None:
        """Tick papers that are handed over, everybody's of that name; without names, all that are asked for."""
        page = self.log
        for code in papers or tuple(dict.fromkeys(key.code for key in page.papers.boxes)):
            keys = [key for key in page.papers.boxes if key.code == code]
            assert keys, f"“{code}” is not asked for; asked are {[k.code for k in page.papers.boxes]}"
            for key in keys:
                box = page.papers.boxes[key]
                if not box.isChecked():
                    box.setFocus()
                    QTest.keyClick(box, Qt.Key.Key_Space)
                    self.settle()

    def owe(self, paper: str, until: date) -> None:
        """Let a paper follow under a promise."""
        part = next((part for key, part in self.log.papers.parts.items() if key.code == paper), None)
        assert part is not None, f"“{paper}” is not asked for"
        self.click(part.later)
        self.type_date(part.due.editor, until)
        self.settle()

    def submit(self) -> str:
        """Log the request and give its number."""
        page = self.log
        self.click(page.send.submit)
        self.until(page.done.isVisible, f"the number; the page says: {self.shown(page)}")
        self.settle()
        return page.done.number.text().split()[-1]

    def enquire(self, question: str, answer: str = "") -> str:
        """Ask from anywhere, with an answer if there is one; give what is said of it."""
        self.click(next(button for button in self.window.findChildren(Button) if button.text().startswith("咨询")))
        enquiry = self.window.findChild(QuickEnquiry)
        assert enquiry is not None, "the enquiry did not open"
        enquiry.question.editor.insertPlainText(question)
        enquiry.answer.editor.insertPlainText(answer)
        self.click(enquiry.send)
        return enquiry.notice.text()

    # -- the request --------------------------------------------------------------------------------------------

    def open_request(self, number: str) -> RequestPage:
        """Find a request by its number and open its page."""
        page = self.page("requests", RequestsPage)
        self.type(page.search.editor, number, enter=True)
        self.until(lambda: page.model.rowCount() == 1, f"request {number} in the list")
        page.table.selectRow(0)
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        self.until(lambda: self.window.workspace.current() == "request", "the page of the request")
        found = self.page("request", RequestPage)
        self.until(lambda: found.case is not None and found.case.view.row.number == number, "the request")
        return found

    def correct(self, number: str, fact: str, value: object, reason: str) -> RequestPage:
        """Put a fact of a request right on its page."""
        page = self.open_request(number)
        self.click(page.facts.buttons[fact])
        editor = page.facts.editor.value
        assert editor is not None
        self._fill(editor.editor, value)
        self.type(page.facts.editor.reason.editor, reason)
        self.click(page.facts.editor.save)
        self.until(lambda: not page.facts.editor.isVisible(), "the correction")
        self.settle()
        return page

    def withdraw(self, number: str, reason: str) -> RequestPage:
        """Take a whole request back on its page, for the person."""
        page = self.open_request(number)
        self.click(page.withdrawing.begin)
        page.withdrawing.reason.editor.setFocus()
        page.withdrawing.reason.editor.insertPlainText(reason)
        self.click(page.withdrawing.go)
        self.until(lambda: not page.withdrawing.form.isVisible(), "the withdrawal")
        self.settle()
        return page

    def letter(self, number: str, title: str) -> str:
        """Choose a letter of a request by its title, and read its pages as they are read out."""
        panel = self.open_request(number).letters.panel
        self.until(lambda: any(title in b.text() for b in panel.buttons.values()), f"the letter “{title}”")
        letter, button = next((one, b) for one, b in panel.buttons.items() if title in b.text())
        seen: list[object] = []
        panel.shown.connect(seen.append)
        self.click(button)
        self.until(lambda: letter in seen, f"the pages of “{title}”")
        pages = panel.preview.paper.model()
        read_out = Qt.ItemDataRole.AccessibleDescriptionRole
        return "\n".join(str(pages.index(row, 0).data(read_out)) for row in range(pages.rowCount()))

    # -- the work of a department -------------------------------------------------------------------------------

    def act(self, number: str, item: str, act: str, reason: str = "", /, **fields: object) -> None:
        """Do an act on an item of a request on the page of work, through the act's own form."""
        page = self.page("work", WorkPage)
        task = self._task(page, number, item)
        page.open(task)
        self.until(lambda: page.view is not None and page.view.row.id == task, "the case")
        self.settle()
        kind = ActKind(act)
        assert kind in page.work.acts.buttons, f"{act} is not offered; offered are {list(page.work.acts.buttons)}"
        if (fold := page.work.acts.fold_of(kind)) is not None:
            self.click(fold)
        self.click(page.work.acts.buttons[kind])
        form = page.work.acts.form
        if form is None:
            return
        for name, value in fields.items():
            editor = form.fields[name].editor
            if isinstance(editor, Choice):
                self.choose(editor, str(value))
            elif isinstance(editor, DateEdit):
                assert isinstance(value, date)
                self.type_date(editor, value)
            else:
                self.type(editor, str(value))
        if reason:
            form.reason.editor.setFocus()
            form.reason.editor.insertPlainText(reason)
        self.click(form.go)
        assert page.work.acts.form is None, f"{act} was refused: {self.shown(page.notice)} {form.reason.error()}"

    def hand_out(self, number: str, to: str = "本人") -> str:
        """Hand out everything that waits for the person of a request; give what is said of it."""
        page = self.page("hand_out", HandOutPage)
        page.search.editor.clear()
        self.type(page.search.editor, number)
        self.until(lambda: {row.number for row in page.model.rows} == {number}, f"a result of {number}")
        page.table.selectRow(0)
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        self.until(page.form.isVisible, "who takes it")
        self.settle()
        buttons = page.form.who.editor.findChildren(QAbstractButton)
        taker = next((button for button in buttons if to in button.text()), None)
        assert taker is not None, f"“{to}” cannot take it; there is {[button.text() for button in buttons]}"
        self.click(taker)
        self.click(page.form.go)
        return page.notice.text()

    def _task(self, page: WorkPage, number: str, item: str) -> UUID:
        page.which.editor.set_value("all")
        page.reload()
        self.settle()
        found = [row for row in page.model.rows if row.number == number and row.item == item]
        assert found, f"no work on “{item}”; there is {[(r.number, r.item) for r in page.model.rows]}"
        return found[-1].id


def _hold(holds: bool, what: str) -> None:  # noqa: FBT001  a condition
    assert holds, f"still waiting for {what}"
