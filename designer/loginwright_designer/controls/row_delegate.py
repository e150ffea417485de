"""What delegates that paint rows of one height have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.theme.theme import Theme


class RowDelegate(QStyledItemDelegate):
    """Gives rows their size at every zoom, and leaves the painter as it was.

    Args:
        theme: Colours, fonts and zoom.
        least: The least width of a row and its height, at a zoom of 100 %.
        parent: Qt's owner; the list.
    """

    def __init__(self, theme: Theme, least: tuple[int, int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._least = least

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        raise NotImplementedError

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width, height = self._least
        return QSize(self._theme.px(width), self._theme.px(height))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self.paint_row(painter, option, index)
        painter.restore()
