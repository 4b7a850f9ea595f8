"""What an act is about, by name: everything a notice asks for, papers brought, promised, kept, or sent back."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.pages.request_plan import names_in
from desktop.ui.pages.waited_for import who_words
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.status_mark import StatusMark
from desktop.ui.widgets.tick import Tick, Ticks
from desktop.usecases.letters.letter_missing import key_of_leaf
from desktop.usecases.requests.timeline import CaseView, material_name
from desktop.usecases.work.work import Handed, TaskView
from desktop.words import _, here, pick
from desktop.workflow.catalogue.definitions import Catalogue
from desktop.workflow.planning.inputs import Key, Kind
from desktop.workflow.procedure.legal_states import ActKind, Gate

TICKED = frozenset({ActKind.RESUPPLY, ActKind.PROMISE, ActKind.KEEP_PROMISE, ActKind.BREAK_PROMISE})
"""Acts about some of several papers, each of which is ticked."""
BROUGHT = frozenset({ActKind.RESUPPLY, ActKind.KEEP_PROMISE})
"""Acts with which papers are brought."""


def leaf_name(leaf: str, case: CaseView) -> str:
    """Say what a leaf such as ``material:site_plan:case`` is called in the catalogue, and whose it is."""
    if leaf.count(":") < 2:
        return leaf
    key = key_of_leaf(leaf)
    name, whose = key_name(key, case.catalogue), names_in(case).get(key.subject)
    return _("{what} ({whose})").format(what=name, whose=whose) if whose else name


def key_name(key: Key, catalogue: Catalogue) -> str:
    """Say what a vertex is called; what the catalogue no longer knows keeps its code."""
    if key.kind is Kind.MATERIAL:
        return material_name(catalogue, key.code, here())
    names = {
        Kind.FACT: {code: one.name for code, one in catalogue.facts.items()},
        Kind.OUTCOME: {code: one.name for code, one in catalogue.outcomes.items()},
        Kind.ITEM: {code: one.name for code, one in catalogue.items.items()},
    }
    found = names[key.kind].get(key.code)
    return key.code if found is None else pick(found)


class Leaves(QWidget):
    """The list of an act: fixed where the law wants everything at once, ticked where some of it may be meant."""

    def __init__(self, view: TaskView, act: ActKind) -> None:
        super().__init__()
        self.view, self.act = view, act
        self.listed = view.needs_of(act).leaves
        self.about = Label("", "label")
        self.ticks = Ticks(self.listed) if act in TICKED else None
        self.lines = {} if act in TICKED else {leaf: StatusMark() for leaf in self.listed}
        here_already = view.here if act is ActKind.SUPPLEMENT else ()
        self.defects = {leaf: Defect() for leaf in here_already}
        self.faulty = Label("", "label")
        column = Column(self, spacing=0.5)
        for widget in (self.about, *self.lines.values(), *((self.ticks,) if self.ticks else ())):
            column.addWidget(widget)
        for widget in (self.faulty, *self.defects.values()):
            column.addWidget(widget)
        self.about.setVisible(bool(self.listed))
        self.faulty.setVisible(bool(self.defects))
        self.setVisible(bool(self.listed or self.defects))

    def say(self, case: CaseView) -> None:
        """Say the names in the language of the seat; what was ticked stays."""
        self.about.set_text(self._lead())
        missing = {one.key.leaf: one for one in self.view.task.gates[Gate.ACCEPT].missing}
        for leaf, line in self.lines.items():
            who = _("{what}: waits for {who}").format(what=leaf_name(leaf, case), who=who_words(missing[leaf], case))
            line.set_status("waiting", who)
        if self.ticks is not None:
            self.ticks.set_texts({leaf: leaf_name(leaf, case) for leaf in self.listed})
        self.faulty.set_text(_("Handed in, but something is wrong with it:"))
        for leaf, defect in self.defects.items():
            defect.say(leaf_name(leaf, case))

    def _lead(self) -> str:
        match self.act:
            case ActKind.SUPPLEMENT:
                return _("This one notice asks for everything that is missing:")
            case ActKind.RESUPPLY:
                return _("What was brought:")
            case ActKind.PROMISE:
                return _("What may follow later:")
            case ActKind.KEEP_PROMISE:
                return _("What was brought as promised:")
        return _("What did not come:")

    def chosen(self) -> tuple[str, ...]:
        """Give the leaves the act is about, those with a defect among them."""
        ticked = self.ticks.chosen() if self.ticks is not None else self.listed
        return (*ticked, *self.defective())

    def defective(self) -> Mapping[str, str]:
        """Give the papers to be brought again, each with what is wrong."""
        return {leaf: defect.text() for leaf, defect in self.defects.items() if defect.tick.is_on()}

    def values(self) -> dict[str, object]:
        """Give the list under the names the act keeps it by."""
        match self.act:
            case ActKind.SUPPLEMENT:
                defects = {"defects": dict(self.defective())} if self.defective() else {}
                return {"listed": list(self.chosen()), **defects}
            case ActKind.KEEP_PROMISE | ActKind.BREAK_PROMISE:
                return {"leaves": list(self.chosen())}
        return {}

    def papers(self, catalogue: Catalogue) -> tuple[Handed, ...]:
        """Give the papers that come in with the act, in the first form the hall takes."""
        if self.act not in BROUGHT:
            return ()
        keys = (key_of_leaf(leaf) for leaf in self.chosen() if leaf not in self.view.here)
        return tuple(Handed(key.subject, key.code, _form(key, catalogue)) for key in keys if key.kind is Kind.MATERIAL)

    def fault(self) -> str:
        """Give the code of what is wrong with the list, or an empty text."""
        if self.act is ActKind.SUPPLEMENT and not self.chosen():
            return "nothing_listed"
        if self.act in TICKED and self.listed and not self.chosen():
            return "nothing_ticked"
        return ""

    def faulty_field(self) -> Field[QLineEdit] | None:
        """Give the first defect that nobody described."""
        return next((one.wrong for one in self.defects.values() if one.tick.is_on() and not one.text()), None)


class Defect(QWidget):
    """A paper that is there; ticked, it is asked for again, with what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self.tick = Tick()
        self.wrong: Field[QLineEdit] = Field(QLineEdit(), hanzi=24)
        column = Column(self, spacing=0.3)
        column.addWidget(self.tick)
        column.addWidget(self.wrong)
        self.wrong.hide()
        self.tick.ticked.connect(self.wrong.setVisible)

    def say(self, name: str) -> None:
        """Say which paper it is."""
        self.tick.set_text(name)
        self.wrong.set_label(_("What is wrong with it"))
        self.wrong.set_help(_("{paper}. The person reads it in the notice.").format(paper=name))

    def text(self) -> str:
        """What is wrong."""
        return self.wrong.editor.text().strip()


def _form(key: Key, catalogue: Catalogue) -> str:
    material = catalogue.materials.get(key.code)
    return material.forms[0] if material is not None and material.forms else "original"
