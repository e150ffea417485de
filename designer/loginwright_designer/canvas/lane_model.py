"""The lane as Qt's list model: one row a card, with the words that are spoken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias
from uuid import uuid4

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from typing_extensions import override

from loginwright_designer.canvas import lane_words as words
from loginwright_designer.canvas.lane_drops import MIME_TYPES, dragged, dropped, moved_actions
from loginwright_designer.canvas.lane_signals import DropRequest, MoveRequest, RenameRequest
from loginwright_designer.controls.model_index import NOWHERE, Index

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_state import Lane, LaneCard

CARD_ROLE = int(Qt.ItemDataRole.UserRole)
"""The row's ``LaneCard``."""

Copies: TypeAlias = Callable[[Sequence[str]], bytes | None]

_DROPS = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction


class LaneModel(QAbstractListModel):
    """The cards of a lane.

    Nothing is changed here: a rename or a drop is asked for by a signal, and shows when the
    changed flow comes back by ``show_lane``.

    Args:
        lane: What is shown first.
        copies: Returns actions as the clipboard holds them, so that they can be dragged into
            another lane; None keeps them in this one.
        parent: Qt's owner of this object.
    """

    move_requested = Signal(MoveRequest)  # cards were dropped at another place of their own lane
    drop_requested = Signal(DropRequest)  # something came from outside
    rename_requested = Signal(RenameRequest)  # another name was typed on a card

    def __init__(
        self, lane: Lane, copies: Copies | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._shown: list[LaneCard] = list(lane.cards)
        self._copies = copies
        self.token = uuid4().hex

    @property
    def lane(self) -> Lane:
        """What is shown."""
        return self._lane

    def card(self, index: Index) -> LaneCard | None:
        """Return the card of a row, or None."""
        return self._shown[index.row()] if 0 <= index.row() < len(self._shown) else None

    def index_of(self, action: str | None) -> QModelIndex:
        """Return the row of an action; an invalid index where there is none."""
        for row, card in enumerate(self._shown):
            if card.action == action:
                return self.index(row)
        return QModelIndex()

    def show_lane(self, lane: Lane) -> None:
        """Show another state; rows that stay keep their selection, also where they move."""
        self._lane = lane
        kept = {card.action for card in lane.cards}
        for row in reversed(range(len(self._shown))):
            if self._shown[row].action not in kept:
                self.beginRemoveRows(NOWHERE, row, row)
                del self._shown[row]
                self.endRemoveRows()
        for row, card in enumerate(lane.cards):
            self._bring(row, card)
        self._shown = list(lane.cards)
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def position_of_gap(self, actions: Sequence[str], gap: int) -> int:
        """Return the index that ``move_actions`` takes for a drop into a gap."""
        return sum(card.action not in actions for card in self._shown[: max(gap, 0)])

    def order_after(self, actions: Sequence[str], position: int) -> list[str]:
        """Return the ids of all cards as they would stand after a move."""
        rest = [card.action for card in self._shown if card.action not in actions]
        moved = [card.action for card in self._shown if card.action in actions]
        return [*rest[:position], *moved, *rest[position:]]

    def _bring(self, row: int, card: LaneCard) -> None:
        index = self.index_of(card.action)
        if not index.isValid():
            self.beginInsertRows(NOWHERE, row, row)
            self._shown.insert(row, card)
            self.endInsertRows()
        elif index.row() != row:
            self.beginMoveRows(NOWHERE, index.row(), index.row(), NOWHERE, row)
            self._shown.insert(row, self._shown.pop(index.row()))
            self.endMoveRows()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        card = self.card(index)
        if card is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return card.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return words.spoken_name(card, len(self._shown))
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return words.spoken_description(card)
            case Qt.ItemDataRole.ToolTipRole:
                return words.tooltip(card)
            case _:
                return card if role == CARD_ROLE else None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; the row changes when the flow does."""
        card = self.card(index)
        name = value.strip() if isinstance(value, str) else ""
        if card is None or role != Qt.ItemDataRole.EditRole or name in ("", card.name):
            return False
        self.rename_requested.emit(RenameRequest(card.action, name))
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return _DROPS

    @override
    def supportedDragActions(self) -> Qt.DropAction:
        return _DROPS

    @override
    def mimeTypes(self) -> list[str]:
        return list(MIME_TYPES)

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = sorted(index.row() for index in indexes)
        actions = [self._shown[row].action for row in rows]
        return dragged(self.token, actions, self._copies(actions) if self._copies else None)

    @override
    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return bool(moved_actions(data, self.token)) or dropped(data) is not None

    @override
    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask for what a drop into a gap means; ``row`` is the gap, -1 is behind all cards."""
        gap = row if row >= 0 else len(self._shown)
        moved = moved_actions(data, self.token)
        if moved:
            return self.ask_to_move(moved, self.position_of_gap(moved, gap))
        content = dropped(data)
        if content is None:
            return False
        self.drop_requested.emit(DropRequest(gap, content))
        return True

    def ask_to_move(self, actions: Sequence[str], position: int) -> bool:
        """Ask for another order; nothing is asked for where the order stays as it is."""
        known = [card.action for card in self._shown]
        moved = tuple(action for action in known if action in actions)
        if not moved or self.order_after(moved, position) == known:
            return False
        self.move_requested.emit(MoveRequest(moved, position))
        return True
