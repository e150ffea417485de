"""Shows a lane as a list of rows that differ in height."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleTableModelChangeEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget
from typing_extensions import override

from loginwright_designer.canvas.card_painting import CardLook
from loginwright_designer.canvas.empty_lane import empty_words, paint_offer, paint_unread
from loginwright_designer.canvas.lane_delegate import LaneDelegate, RowPainter
from loginwright_designer.canvas.lane_geometry import LanePlaces, Room, places_of
from loginwright_designer.canvas.lane_model import Copies, LaneModel
from loginwright_designer.canvas.lane_motion import MarkerMotion
from loginwright_designer.canvas.lane_signals import LaneAnnouncement
from loginwright_designer.canvas.lane_state import PillState, Travel
from loginwright_designer.canvas.line_painting import (
    paint_drop_line,
    paint_insert_point,
    paint_marker,
)
from loginwright_designer.code_editor.announcement import announce
from loginwright_designer.theme.roles import Role

if TYPE_CHECKING:
    from loginwright_designer.canvas.drop_preview import DropPreview
    from loginwright_designer.canvas.lane_state import Lane, Marker
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class LaneList(QListView):
    """A lane that can be looked at; ``LaneView`` lets it be worked with.

    Args:
        lane: What is shown first.
        theme: Colours, fonts and zoom; followed while it changes.
        copies: Returns actions as the clipboard holds them, so that they can be dragged into
            another lane.
        parent: Qt's owner of this widget.
    """

    announced = Signal(LaneAnnouncement)  # the same as was said to a screen reader

    def __init__(
        self,
        lane: Lane,
        theme: Theme,
        copies: Copies | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lane_model = LaneModel(lane, copies, self)
        self._delegate = LaneDelegate(self, theme, self)
        self._motion = MarkerMotion(self)
        self._places: LanePlaces | None = None
        self._drop: DropPreview | None = None
        self._hovered: int | None = None
        self._motion.marker_moved.connect(self.viewport().update)
        theme.theme_changed.connect(self._on_theme_changed)
        self._set_up()
        self._name()
        self.setCurrentIndex(self._lane_model.index(0))

    def _set_up(self) -> None:
        self.setModel(self._lane_model)
        self._lane_model.rowsMoved.connect(self._on_rows_moved)
        self.setItemDelegate(self._delegate)
        self.setProperty("ground", "canvas")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)

    def show_lane(self, lane: Lane) -> None:
        """Show another flow, or another state of the login; selection and focus stay."""
        before = self._lane_model.lane
        start = self._marker_point(before.marker)
        self._lane_model.show_lane(lane)
        self._replace_parts()
        self._name()
        self._keep_a_card()
        end = self._marker_point(lane.marker)
        if not (before.past or lane.past) and start is not None and end is not None:
            self._motion.move(start, end)

    def _keep_a_card(self) -> None:
        """See to it that a card is selected where there is one: the keyboard is never nowhere."""
        if self.currentIndex().isValid() and self.selectedIndexes():
            return
        row = max(0, self.currentIndex().row())
        self._select_alone(self._lane_model.index(row))

    def select(self, action: str) -> None:
        """Select one card and bring it into sight."""
        index = self._lane_model.index_of(action)
        if index.isValid():
            self._select_alone(index)
            self.scrollTo(index)

    def _select_alone(self, index: QModelIndex) -> None:
        """Select a card and no other; Qt's own way heeds keys that are held, as after Ctrl+Z."""
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, alone)

    def set_reduced_motion(self, *, reduced: bool) -> None:
        """Let the marker jump instead of moving."""
        self._motion.reduced = reduced

    def _on_rows_moved(self) -> None:
        """Have a screen reader look anew: Qt tells it of rows that come and go, not of moves."""
        reset = QAccessibleTableModelChangeEvent.ModelChangeType.ModelReset
        QAccessible.updateAccessibility(QAccessibleTableModelChangeEvent(self, reset))

    def announce(self, text: str) -> None:
        """Say something to who cannot see the lane."""
        announce(self, text)
        self.announced.emit(LaneAnnouncement(text))

    def selected_actions(self) -> tuple[str, ...]:
        """Return the ids of the selected actions, in the order of the flow."""
        indexes = sorted(self.selectedIndexes(), key=QModelIndex.row)
        cards = (self._lane_model.card(index) for index in indexes)
        return tuple(card.action for card in cards if card is not None)

    def meant_actions(self) -> tuple[str, ...]:
        """Return what a key is meant for: the selected actions, else the one the keyboard is on."""
        card = self._lane_model.card(self.currentIndex())
        return self.selected_actions() or ((card.action,) if card is not None else ())

    def shown_lane(self) -> Lane:
        """Return what is shown."""
        return self._lane_model.lane

    def shown_places(self) -> LanePlaces:
        """Return where everything is."""
        if self._places is None:
            size = self.viewport().size()
            gap = self._drop.gap if self._drop is not None else None
            room = Room(size.width(), size.height(), gap)
            self._places = places_of(self._lane_model.lane, self._theme, room)
        return self._places

    def shown_drop(self) -> DropPreview | None:
        """Return what a drop would do, while something is dragged or a place is typed."""
        return self._drop

    def marker_point(self) -> QPointF | None:
        """Return where the marker is while it moves, else None."""
        return self._motion.point

    def gap_height(self, gap: int) -> float:
        """Return how far below the viewport's upper edge the middle of a gap is."""
        rows = self.shown_places().rows
        if gap < self._lane_model.rowCount():
            return self._row_top(gap) + rows[gap].gap
        end = rows[-1].end_gap
        return self._row_top(self._lane_model.rowCount() - 1) + (end if end is not None else 0.0)

    def gap_at(self, height: float) -> int:
        """Return the gap that a drop at a height of the viewport goes into."""
        rows = self.shown_places().rows
        count = self._lane_model.rowCount()
        middles = (self._row_top(row) + rows[row].card.center().y() for row in range(count))
        return sum(middle < height for middle in middles)

    def _row_top(self, row: int) -> float:
        if row < 0 or row >= self._lane_model.rowCount():
            return 0.0
        return float(self.visualRect(self._lane_model.index(row)).top())

    def _replace_parts(self) -> None:
        """Forget where everything was; Qt then asks for the rows' sizes again."""
        self._places = None
        self.doItemsLayout()
        self.viewport().update()

    def _name(self) -> None:
        lane = self._lane_model.lane
        text = translate("Lane", "{flow}, flow, {count} actions")
        if len(lane.cards) == 1:
            text = translate("Lane", "{flow}, flow, 1 action")
        self.setAccessibleName(text.format(flow=lane.flow_name, count=len(lane.cards)))
        said = [lane.start.spoken, *(pill.spoken for pill in lane.ends)]
        if lane.unread is not None:
            said = list(lane.unread)
        elif not lane.cards:
            said.append(empty_words())
        self.setAccessibleDescription(". ".join(said))

    def _marker_point(self, marker: Marker | None) -> QPointF | None:
        if marker is None:
            return None
        places = self.shown_places()
        if marker.action is None:
            row = self._lane_model.rowCount() - 1
            ends = places.rows[-1].ends
            inside = ends[-1].center() if ends else places.rows[-1].card.center()
        else:
            row = self._lane_model.index_of(marker.action).row()
            if row < 0:
                return None
            place = places.rows[row]
            part = {"card": place.card, "pill": place.pill, "return": place.back}[marker.part]
            inside = (part or place.card).center()
        return inside + QPointF(0, self._row_top(row))

    def _show_drop(self, drop: DropPreview | None) -> None:
        if drop == self._drop:
            return
        moved = (drop and drop.gap) != (self._drop and self._drop.gap)
        self._drop = drop
        if moved:
            self._replace_parts()
        self.viewport().update()

    def _show_rings(self, *, shown: bool) -> None:
        if self._delegate.rings_shown != shown:
            self._delegate.rings_shown = shown
            self.viewport().update()

    def _on_theme_changed(self) -> None:
        self._replace_parts()

    def _paint_over(self, painter: QPainter) -> None:
        places = self.shown_places()
        middle = places.left + places.width / 2
        if self._drop is not None:
            paint_drop_line(
                painter, places, self.gap_height(self._drop.gap), self._drop.number, self._theme
            )
            return
        if self._keyboard_is_here():
            self._paint_point_after(painter, self.currentIndex().row(), middle)
        if self._hovered is not None:
            point = QPointF(middle, self.gap_height(self._hovered))
            paint_insert_point(painter, point, self._theme, hovered=True)
        if self._motion.point is not None:
            away = any(
                card.redirect is not None and card.redirect.pill.state is PillState.AWAY
                for card in self._lane_model.lane.cards
            )
            role = Role.AWAY if away else Role.TEXT_SECONDARY
            paint_marker(painter, self._motion.point, self._theme, role)

    def _keyboard_is_here(self) -> bool:
        """Tell whether to show where Insert puts an action; in the past nothing is put anywhere."""
        shown = self.hasFocus() and self._delegate.rings_shown and not self._lane_model.lane.past
        return shown and self.currentIndex().isValid()

    def _paint_point_after(self, painter: QPainter, row: int, middle: float) -> None:
        """Paint where Insert puts an action; not over the mark of a line that is cut."""
        cards = self._lane_model.lane.cards
        following = cards[row + 1].travel if row + 1 < len(cards) else None
        if following is not Travel.CUT:
            point = QPointF(middle, self.gap_height(row + 1))
            paint_insert_point(painter, point, self._theme, hovered=False)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.colour(Role.CANVAS))
        lane = self._lane_model.lane
        if lane.unread is not None:
            paint_unread(painter, QRectF(self.viewport().rect()), lane.unread, self._theme)
        elif not self._lane_model.rowCount():
            places = self.shown_places()
            RowPainter(lane, places, self._theme).paint(painter, 0, None, CardLook())
            below = QRectF(self.viewport().rect()).adjusted(0, places.height, 0, 0)
            paint_offer(painter, below, self._theme)
        painter.end()
        super().paintEvent(event)
        painter.begin(self.viewport())
        self._paint_over(painter)
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        kept = self._is_in_sight(event.oldSize().height())
        self._places = None
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        if kept:
            self.scrollTo(self.currentIndex())

    def _is_in_sight(self, height: int) -> bool:
        """Tell whether the current card could be seen as a whole in a lane of this height."""
        place = self.visualRect(self.currentIndex())
        return place.isValid() and place.top() >= 0 and place.bottom() <= height

    @override
    def indexAt(self, p: QPoint) -> QModelIndex:
        """Return the row whose card or bracket is at a point; beside them is the canvas."""
        index = super().indexAt(p)
        rows = self.shown_places().rows
        if not 0 <= index.row() < len(rows):
            return QModelIndex()
        row = rows[index.row()]
        inside = QPointF(p) - QPointF(0, self._row_top(index.row()))
        return index if (row.bracket or row.card).contains(inside) else QModelIndex()
