"""The vertices of a plan's picture as items, in reading order, with the words assistive tools and tool tips say."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from desktop.ui.widgets.plan_layout import PlanPicture
from desktop.ui.widgets.plan_scene import FOLD
from desktop.ui.widgets.plan_words import relations, sentence

Index = QModelIndex | QPersistentModelIndex
VERTEX = Qt.ItemDataRole.UserRole


def vertex_of(index: Index) -> str | None:
    """Give the vertex an index stands for."""
    data = index.data(VERTEX)
    return data if isinstance(data, str) else None


class PlanItems(QStandardItemModel):
    """One row a vertex, the count of what is folded away last."""

    def show(self, order: Sequence[str], picture: PlanPicture, folded: str) -> None:
        """Say the vertices anew; rows stay the same rows while the same vertices stand in the same order."""
        if [vertex_of(self.index(row, 0)) for row in range(self.rowCount())] != list(order):
            self.clear()
            self.appendColumn([QStandardItem() for _vertex in order])
        nodes = {node.id: node for node in picture.nodes}
        for row, vertex in enumerate(order):
            if vertex == FOLD:
                self._say(row, vertex, folded, folded, "")
            else:
                node = nodes[vertex]
                self._say(row, vertex, node.label, sentence(node), relations(node, picture))

    def place_of(self, vertex: str | None) -> QModelIndex:
        """Give the row of a vertex."""
        rows = (self.index(row, 0) for row in range(self.rowCount()))
        return next((index for index in rows if vertex is not None and vertex_of(index) == vertex), QModelIndex())

    def _say(self, row: int, vertex: str, label: str, said: str, about: str) -> None:
        item = self.item(row)
        item.setData(vertex, VERTEX)
        item.setText(label)
        item.setAccessibleText(said)
        item.setAccessibleDescription(about)
        item.setToolTip("<qt>" + "<br>".join(escape(part) for part in (said, about) if part) + "</qt>")
