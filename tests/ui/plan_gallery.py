"""Pictures of plans for looking at: ``python -m tests.ui.plan_gallery OUT`` paints them into a folder."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop import words
from desktop.ui import theme as looks
from desktop.ui.sizes import Size
from desktop.ui.widgets.plan_view import PlanView
from tests.ui.plan_samples import picture


@dataclass(frozen=True)
class Shot:
    """One picture: which plan, how it looks, how large the window is."""

    plan: str
    language: words.Language = "zh"
    theme: looks.Theme = "light"
    size: Size = "standard"
    width: int = 1280
    height: int = 720
    act: str = ""

    @property
    def name(self) -> str:
        """The name of the file."""
        parts = (self.plan, self.language, self.theme, self.size, f"{self.width}x{self.height}", self.act)
        return "-".join(part for part in parts if part) + ".png"


SHOTS = (
    *(Shot("small", "zh", each, width=760, height=420) for each in looks.THEMES),
    Shot("small", "en", width=760, height=420),
    Shot("small", "zh", size="largest", width=1366, height=768),
    Shot("small", "zh", size="larger", width=1366, height=768),
    *(Shot("restaurant", "zh", each, width=1120, height=980) for each in looks.THEMES),
    Shot("restaurant", "en", width=1120, height=980),
    Shot("restaurant", "en", "dark", width=640, height=768),
    Shot("restaurant", "zh", width=640, height=768),
    Shot("restaurant", "zh", width=1120, height=980, act="focus"),
    Shot("restaurant", "zh", "dark", width=1120, height=980, act="focus"),
    Shot("restaurant", "zh", width=1120, height=1400, act="unfolded"),
    Shot("restaurant", "zh", width=1120, height=980, act="changed"),
    Shot("restaurant", "zh", width=900, height=980, act="list"),
    Shot("restaurant", "en", "dark", width=900, height=980, act="list"),
    Shot("restaurant", "zh", size="largest", width=1366, height=768),
    Shot("restaurant", "en", "high_contrast", size="largest", width=1366, height=768),
    Shot("restaurant", "zh", size="large", width=1366, height=1100),
    Shot("factory", "zh", width=1340, height=1400),
    Shot("factory", "en", "dark", width=1900, height=1060, act="whole"),
    Shot("factory", "zh", "high_contrast", width=1900, height=1500),
    Shot("factory", "zh", "low_glare", size="largest", width=1366, height=768),
)


def paint(app: QApplication, shot: Shot) -> PlanView:
    """Open one plan as the shot asks."""
    words.set_language(shot.language)
    looks.apply(app, shot.theme, shot.size)
    view = PlanView()
    view.resize(shot.width, shot.height)
    plan = picture(shot.plan, shot.language)
    view.set_picture(plan)
    view.show()
    if shot.act == "focus":
        view.activateWindow()
        view.canvas.setFocus()
        view.focus_vertex("food")
    if shot.act == "unfolded":
        view.set_unfolded(True)
    if shot.act == "changed":
        done = tuple(replace(n, state="done", detail="") if n.id in {"drill", "layout"} else n for n in plan.nodes)
        edges = tuple(replace(e, style="holds") if e.source in {"drill", "layout"} else e for e in plan.edges)
        view.set_picture(replace(plan, nodes=done, edges=edges))
    if shot.act == "list":
        view.show_as("list")
    app.processEvents()
    if shot.act == "whole":
        view.show_as("picture")
        app.processEvents()
        view.canvas.fit_all()
    app.processEvents()
    return view


def main(folder: Path) -> None:
    """Paint all pictures into a folder."""
    app = QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        view = paint(app, shot)
        view.grab().save(str(folder / shot.name))
        view.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
