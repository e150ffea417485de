"""A lane that cards are dragged in and out of, and onto which things are dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget
from typing_extensions import override

from loginwright_designer.canvas.drag_picture import drag_picture
from loginwright_designer.canvas.drop_preview import preview_of
from loginwright_designer.canvas.lane_drops import coming_actions, dropped, moved_actions
from loginwright_designer.canvas.lane_list import LaneList
from loginwright_designer.canvas.lane_signals import DragChange

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_model import Copies
    from loginwright_designer.canvas.lane_signals import Dropped
    from loginwright_designer.canvas.lane_state import Lane
    from loginwright_designer.theme.theme import Theme


class DraggingLane(LaneList):
    """Says what a drop would do before it is done; the model asks for what it means.

    Args:
        lane: What is shown first.
        theme: Colours, fonts and zoom; followed while it changes.
        copies: Returns actions as the clipboard holds them, so that they can be dragged into
            another lane.
        parent: Qt's owner of this widget.
    """

    drag_changed = Signal(DragChange)  # something is dragged to another place, or no more

    def __init__(
        self,
        lane: Lane,
        theme: Theme,
        copies: Copies | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(lane, theme, copies, parent)
        self._content: Dropped | None = None
        self._coming = 1
        self._told = DragChange()
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setAutoScroll(True)

    def _drag(self, event: QDragMoveEvent | QDragEnterEvent) -> None:
        data = event.mimeData()
        if not self._lane_model.canDropMimeData(data, event.dropAction(), 0, 0, QModelIndex()):
            event.ignore()
            return
        moved = moved_actions(data, self._lane_model.token)
        gap = self.gap_at(event.position().y())
        preview = preview_of(self._lane_model, gap, moved, self._coming)
        self._show_drop(preview)
        content = None if moved else self._content
        self._tell(DragChange(preview.number, len(preview.order), moved, content))
        event.acceptProposedAction()

    def _end_drag(self) -> None:
        self._show_drop(None)
        self._content = None
        self._tell(DragChange())

    def _tell(self, change: DragChange) -> None:
        if change != self._told:
            self._told = change
            self.drag_changed.emit(change)

    @override
    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        indexes = self.selectedIndexes()
        if not indexes:
            return
        card = self._lane_model.card(indexes[0])
        assert card is not None
        drag = QDrag(self)
        drag.setMimeData(self._lane_model.mimeData(indexes))
        scale = self.devicePixelRatioF()
        picture = drag_picture(card, len(indexes), self._theme, scale)
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(self._theme.px(20), self._theme.px(20)))
        drag.exec(supportedActions, Qt.DropAction.MoveAction)
        self._end_drag()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        super().dragEnterEvent(event)
        self._content = dropped(event.mimeData())
        self._coming = coming_actions(self._content)
        self._drag(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self._drag(event)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._end_drag()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for what the drop means; the rows change when the flow does."""
        gap = self.gap_at(event.position().y())
        self._end_drag()
        self.setState(QAbstractItemView.State.NoState)
        self.stopAutoScroll()
        data = event.mimeData()
        if self._lane_model.dropMimeData(data, event.dropAction(), gap, 0, QModelIndex()):
            event.acceptProposedAction()
        else:
            event.ignore()
