"""Shows a flow as a lane, and asks for what keys, pointer and drops mean to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelection,
    QModelIndex,
    QPoint,
    QPointF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget
from typing_extensions import override

from loginwright_designer.canvas.drop_preview import DropPreview, preview_of
from loginwright_designer.canvas.lane_dragging import DraggingLane
from loginwright_designer.canvas.lane_keys import Placing
from loginwright_designer.canvas.lane_signals import (
    ActionOpening,
    ActionSelection,
    DeleteRequest,
    DropRequest,
    InsertRequest,
    MenuRequest,
    MoveRequest,
    PlacingChange,
    RenameRequest,
)
from loginwright_designer.canvas.lane_state import CONTINUE

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_model import Copies
    from loginwright_designer.canvas.lane_state import Lane
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

INSERT_REACH = 14
"""How near the pointer has to come to an insert point."""


class LaneView(DraggingLane):
    """The lane.

    Nothing of the flow is changed here: every wish is a signal, and shows when the changed lane
    comes back by ``show_lane``. What the keys do can be had by the methods too, for menu and
    palette: ``open_current``, ``move_selected``, ``start_placing``, ``delete_selected``,
    ``rename_current``.

    Args:
        lane: What is shown first.
        theme: Colours, fonts and zoom; followed while it changes.
        copies: Returns actions as the clipboard holds them, so that they can be dragged into
            another lane.
        parent: Qt's owner of this widget.
    """

    action_selected = Signal(ActionSelection)  # other cards are selected, or another is current
    action_opened = Signal(ActionOpening)  # Enter or a double click
    move_requested = Signal(MoveRequest)  # by Alt+Up, Alt+Down, M or a drag
    rename_requested = Signal(RenameRequest)  # F2, and another name
    delete_requested = Signal(DeleteRequest)  # Delete
    insert_requested = Signal(InsertRequest)  # a click on an insert point, or Insert
    drop_requested = Signal(DropRequest)  # something came from outside
    menu_requested = Signal(MenuRequest)  # the right button, or the menu key
    placing_changed = Signal(PlacingChange)  # the number after M, while it is typed

    def __init__(
        self,
        lane: Lane,
        theme: Theme,
        copies: Copies | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(lane, theme, copies, parent)
        self._pressed: int | None = None
        self._placing: Placing | None = None
        self._asked_to_move: tuple[str, ...] = ()
        self._connect()

    def _connect(self) -> None:
        self._lane_model.rename_requested.connect(self.rename_requested)
        self._lane_model.drop_requested.connect(self.drop_requested)
        self._lane_model.move_requested.connect(self._on_move_requested)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    @override
    def show_lane(self, lane: Lane) -> None:
        before = self._lane_model.lane
        super().show_lane(lane)
        self._say_what_moved(before, lane)

    def open_current(self) -> None:
        """Ask for the code of the card the keyboard is on."""
        card = self._lane_model.card(self.currentIndex())
        if card is not None:
            self.action_opened.emit(ActionOpening(card.action))

    def move_selected(self, by: int) -> None:
        """Ask for the selected cards to go up (-1) or down (1)."""
        actions = self.meant_actions()
        if not actions:
            return
        first = self._lane_model.index_of(actions[0]).row()
        position = first + by
        last = self._lane_model.rowCount() - len(actions)
        if not 0 <= position <= last:
            edge = (
                translate("Lane", "Already the first")
                if by < 0
                else translate("Lane", "Already the last")
            )
            self.announce(edge)
        elif not self._lane_model.ask_to_move(actions, position):
            self._lane_model.ask_to_move(actions, position + by)

    def start_placing(self) -> None:
        """Wait for a number: the place the selected cards are to have."""
        card = self._lane_model.card(self.currentIndex())
        if card is None:
            return
        self._show_placing(Placing(card.name, self._lane_model.rowCount()))

    def delete_selected(self) -> None:
        """Ask for the selected cards to be deleted."""
        actions = self.meant_actions()
        if actions:
            self.delete_requested.emit(DeleteRequest(actions))

    def rename_current(self) -> None:
        """Open a field over the name of the card the keyboard is on."""
        index = self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
        if not editing and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def _say_what_moved(self, before: Lane, lane: Lane) -> None:
        asked, self._asked_to_move = self._asked_to_move, ()
        if not asked:
            return
        old, new = before.card(asked[0]), lane.card(asked[0])
        if old is not None and new is not None and old.number != new.number:
            text = translate("Lane", "{name} moved to {number} of {count}")
            self.announce(text.format(name=new.name, number=new.number, count=len(lane.cards)))

    def _show_placing(self, placing: Placing | None) -> None:
        was, self._placing = self._placing, placing
        if placing is None:
            self._show_drop(None)
            if was is not None:
                self.placing_changed.emit(PlacingChange(""))
            return
        self._show_drop(self._placed(placing))
        self.placing_changed.emit(PlacingChange(placing.words()))
        self.announce(placing.words())

    def _placed(self, placing: Placing) -> DropPreview | None:
        if placing.place is None:
            return None
        actions = self.meant_actions()
        known = [card.action for card in self._lane_model.lane.cards]
        rest = [action for action in known if action not in actions]
        position = min(placing.place - 1, len(rest))
        gap = known.index(rest[position]) if position < len(rest) else len(known)
        return preview_of(self._lane_model, gap, actions)

    def _finish_placing(self) -> None:
        placing = self._placing
        self._show_placing(None)
        if placing is not None and placing.place is not None:
            self._lane_model.ask_to_move(self.meant_actions(), placing.place - 1)

    def _key_while_placing(self, event: QKeyEvent) -> None:
        placing = self._placing
        assert placing is not None
        if event.text().isdecimal():
            self._show_placing(placing.typed(event.text()))
        elif event.key() == Qt.Key.Key_Backspace:
            self._show_placing(placing.taken_back())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish_placing()
        else:
            self._show_placing(None)

    def _insert_at(self, gap: int) -> None:
        place = self.viewport().rect().center()
        if self._lane_model.rowCount():
            places = self.shown_places()
            place = QPointF(places.left + places.width / 2, self.gap_height(gap)).toPoint()
        self.insert_requested.emit(InsertRequest(gap, self.viewport().mapToGlobal(place)))

    def _hover(self, point: QPoint | None) -> None:
        gap = self._insert_point_at(point) if point is not None else None
        if gap != self._hovered:
            self._hovered = gap
            shape = Qt.CursorShape.ArrowCursor if gap is None else Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def _insert_point_at(self, point: QPoint) -> int | None:
        places, reach = self.shown_places(), self._theme.px(INSERT_REACH)
        middle = places.left + places.width / 2
        if abs(point.x() - middle) > 2 * reach or self._drop or self._lane_model.lane.past:
            return None
        gaps = range(self._lane_model.rowCount() + 1)
        return next((gap for gap in gaps if abs(self.gap_height(gap) - point.y()) < reach), None)

    def _on_move_requested(self, request: MoveRequest) -> None:
        self._asked_to_move = request.actions
        self.move_requested.emit(request)

    def _on_selection_changed(self, _new: QItemSelection, _old: QItemSelection) -> None:
        self._tell_selection()

    def _on_current_changed(self, _new: QModelIndex, _old: QModelIndex) -> None:
        self._tell_selection()
        self.viewport().update()

    def _tell_selection(self) -> None:
        card = self._lane_model.card(self.currentIndex())
        self.action_selected.emit(
            ActionSelection(self.selected_actions(), card.action if card is not None else None)
        )

    @override
    def event(self, event: QEvent) -> bool:
        """While a place is typed, its keys are not shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and self._placing is not None:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._show_rings(shown=True)
        if self.state() is QAbstractItemView.State.EditingState:
            return
        if self._placing is not None:
            self._key_while_placing(event)
            return
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        match event.key():
            case Qt.Key.Key_Up if alt:
                self.move_selected(-1)
            case Qt.Key.Key_Down if alt:
                self.move_selected(1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain:
                self.open_current()
            case Qt.Key.Key_M if plain:
                self.start_placing()
            case Qt.Key.Key_Delete if plain:
                self.delete_selected()
            case Qt.Key.Key_F2 if plain:
                self.rename_current()
            case Qt.Key.Key_Insert if plain and not self._lane_model.lane.past:
                self._insert_at(self.currentIndex().row() + 1)
            case _:
                super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are commands on the lane; typing does not search it."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._show_rings(shown=event.reason() != Qt.FocusReason.MouseFocusReason)
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._lane_model.index(0))
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._show_placing(None)
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._show_rings(shown=False)
        self._pressed = self._insert_point_at(event.position().toPoint())
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        super().mouseReleaseEvent(event)
        if pressed is not None and pressed == self._insert_point_at(event.position().toPoint()):
            self._insert_at(pressed)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(event.position().toPoint())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        index = self.indexAt(point.toPoint())
        card = self._lane_model.card(index)
        if card is None:
            return
        back = self.shown_places().rows[index.row()].back
        inside = point - QPointF(0, self._row_top(index.row()))
        handler = CONTINUE if back is not None and back.contains(inside) else None
        self.action_opened.emit(ActionOpening(card.action, handler))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            place = self.shown_places().rows[self.currentIndex().row()].card
            inside = place.center() + QPointF(0, self._row_top(self.currentIndex().row()))
            at = self.viewport().mapToGlobal(inside.toPoint())
        else:
            at = event.globalPos()
        self.menu_requested.emit(MenuRequest(self.selected_actions(), at))
        event.accept()
