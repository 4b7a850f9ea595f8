"""Headings: the name of a page and the names of its parts."""

from typing import Literal

from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.label import Label

Level = Literal[1, 2, 3]

_ROLES: dict[Level, str] = {1: "title", 2: "heading", 3: "strong"}


class Heading(Label):
    """A heading of level 1 (the page), 2 (a part of it) or 3 (a group)."""

    def __init__(self, text: str = "", level: Level = 2, parent: QWidget | None = None) -> None:
        super().__init__(text, _ROLES[level], parent)
        self.level = level
