"""What a vertex of a plan is called, and the sentence a screen reader says of it."""

from collections.abc import Sequence

from desktop.ui.widgets.plan_layout import PlanEdge, PlanNode, PlanPicture
from desktop.ui.widgets.plan_walk import Row
from desktop.words import _, here, ngettext, pgettext


def kind_word(node: PlanNode) -> str:
    """Say what kind of thing a vertex is."""
    return {
        "outcome": pgettext("plan", "Outcome"),
        "task": pgettext("plan", "Step"),
        "paper": pgettext("plan", "Paper"),
        "question": pgettext("plan", "Question"),
        "gate": pgettext("plan", "Decision"),
        "have": pgettext("plan", "On file"),
    }[node.kind]


def state_word(node: PlanNode) -> str:
    """Say how far a vertex is; what is done or can be done is said in the word of its kind."""
    if node.state == "done":
        return {
            "outcome": pgettext("plan", "Obtained"),
            "task": pgettext("plan", "Finished"),
            "paper": pgettext("plan", "Received"),
            "question": pgettext("plan", "Answered"),
            "gate": pgettext("plan", "Passed"),
            "have": pgettext("plan", "Held"),
        }[node.kind]
    if node.state == "refused" and node.kind in {"paper", "gate"}:
        return pgettext("plan", "Not in order") if node.kind == "paper" else pgettext("plan", "Not passed")
    return {
        "ready": pgettext("plan", "To hand in") if node.kind == "paper" else pgettext("plan", "Ready"),
        "waiting": pgettext("plan", "Waiting"),
        "asked": pgettext("plan", "To answer"),
        "undecided": pgettext("plan", "May be needed"),
        "not_needed": pgettext("plan", "Not needed"),
        "overdue": pgettext("plan", "Overdue"),
        "refused": pgettext("plan", "Refused"),
    }[node.state]


def status(node: PlanNode, mark: str) -> str:
    """Say the state of a vertex and what stands with it: on whom it waits, or its date."""
    return joined([state_word(node), node.detail], mark)


def row_words(row: Row) -> str:
    """Say what else a row of the list shows of its vertex, after the state."""
    return joined([kind_word(row.node), row.node.strip, *_about(row)], " · ")


def row_sentence(row: Row) -> str:
    """Say a whole row of the list."""
    return joined([sentence(row.node), *_about(row, path=False)], pgettext("plan", ", "))


def _about(row: Row, *, path: bool = True) -> list[str]:
    """Say how a row stands in the list: on the critical path, not taken, listed before."""
    return [
        pgettext("plan", "critical path") if row.node.critical and path else "",
        line_word(row.line) if row.line and row.line.style == "not_taken" else "",
        pgettext("plan", "its needs are listed above") if row.again else "",
    ]


def sentence(node: PlanNode) -> str:
    """Say a whole vertex: its state, its name, its kind and department, what it waits on."""
    path = pgettext("plan", "on the critical path") if node.critical else ""
    return joined(
        [state_word(node), node.label, kind_word(node), node.strip, node.detail, path], pgettext("plan", ", ")
    )


def relations(node: PlanNode, picture: PlanPicture) -> str:
    """Say what a vertex needs and what needs it, by name."""
    labels = {n.id: n.label for n in picture.nodes}
    needs = [labels[e.source] for e in picture.edges if e.target == node.id]
    users = [labels[e.target] for e in picture.edges if e.source == node.id]
    said = [
        _("Needs: {names}.").format(names=here().listing(needs)) if needs else "",
        _("Needed for: {names}.").format(names=here().listing(users)) if users else "",
    ]
    return " ".join(part for part in said if part)


def line_word(edge: PlanEdge) -> str:
    """Say what the stroke of a line means."""
    if edge.critical:
        return pgettext("plan", "critical path")
    return {
        "holds": pgettext("plan", "holds"),
        "missing": pgettext("plan", "still missing"),
        "not_taken": pgettext("plan", "alternative not taken"),
    }[edge.style]


def folded_word(count: int, *, unfolded: bool) -> str:
    """Say how many vertices are folded away, or offer to fold them."""
    if unfolded:
        return ngettext("Hide {n} not needed", "Hide {n} not needed", count).format(n=count)
    return ngettext("{n} not needed", "{n} not needed", count).format(n=count)


def joined(parts: Sequence[str], mark: str) -> str:
    """Join what is not empty."""
    return mark.join(part for part in parts if part)
