"""A list whose rows end in a link: a click on it, or Enter on the row, opens the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QListView, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PressablePlaces(Protocol):
    """Says where in a row something can be pressed, and what that is."""

    def pressed_part(self, index: QModelIndex, row: QRectF, at: QPoint) -> str:
        """Return the name of what is at a point of a row; empty for nothing."""
        ...


class LinkList(QListView):
    """Rows of one height, of which parts can be pressed.

    Args:
        model: The rows.
        delegate: Paints them.
        places: Says what can be pressed.
        parent: Qt's owner of this widget.
    """

    part_pressed = Signal(QModelIndex, str)  # a row, and what of it: "link", "fix"
    copy_asked = Signal()  # the copy key was pressed

    def __init__(
        self,
        model: QAbstractItemModel,
        delegate: QAbstractItemDelegate,
        places: PressablePlaces,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = places
        self._pressed: tuple[int, str] | None = None
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)

    def selected_rows(self) -> list[int]:
        """Return the selected rows, in their order."""
        return sorted(index.row() for index in self.selectedIndexes())

    def _part_at(self, at: QPoint) -> tuple[QModelIndex, str]:
        index = self.indexAt(at)
        if not index.isValid():
            return index, ""
        return index, self._parts.pressed_part(index, QRectF(self.visualRect(index)), at)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index, part = self._part_at(event.position().toPoint())
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = (index.row(), part) if left and part else None

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index, part = self._part_at(event.position().toPoint())
        pressed, self._pressed = self._pressed, None
        if pressed is not None and pressed == (index.row(), part):
            self.part_pressed.emit(index, part)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index, part = self._part_at(event.position().toPoint())
        if index.isValid() and not part:
            self.part_pressed.emit(index, "link")

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        _, part = self._part_at(event.position().toPoint())
        hand = Qt.CursorShape.PointingHandCursor if part else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in _ENTER and index.isValid():
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self.part_pressed.emit(index, "fix" if alt else "link")
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)
