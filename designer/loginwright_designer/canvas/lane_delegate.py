"""Paints the rows of the lane, and lets a card's name be changed in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QObject, QPointF, QRect, QSize
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QWidget
from typing_extensions import override

from loginwright_designer.canvas.card_painting import (
    CardLook,
    name_place,
    paint_action_card,
    paint_return_card,
)
from loginwright_designer.canvas.lane_geometry import LanePlaces
from loginwright_designer.canvas.lane_model import CARD_ROLE
from loginwright_designer.canvas.lane_state import Lane, LaneCard
from loginwright_designer.canvas.line_painting import paint_stretch
from loginwright_designer.canvas.pill_painting import paint_lane_pill
from loginwright_designer.theme.shapes import paint_bracket
from loginwright_designer.theme.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from loginwright_designer.canvas.drop_preview import DropPreview
    from loginwright_designer.canvas.lane_geometry import RowPlaces
    from loginwright_designer.controls.model_index import Index

translate = QCoreApplication.translate


class LaneScene(Protocol):
    """What a delegate asks its view for."""

    def shown_lane(self) -> Lane:
        """Return what is shown."""
        ...

    def shown_places(self) -> LanePlaces:
        """Return where everything is."""
        ...

    def shown_drop(self) -> DropPreview | None:
        """Return what a drop would do, while something is dragged."""
        ...


@dataclass(slots=True)
class RowPainter:
    """Paints one row of a lane, or the whole of a flow without actions."""

    lane: Lane
    places: LanePlaces
    theme: Theme

    def paint(self, painter: QPainter, row: int, card: LaneCard | None, look: CardLook) -> None:
        """Paint a row whose corner is the painter's origin."""
        place = self.places.rows[row]
        if place.bracket is not None:
            paint_bracket(painter, place.bracket, self.theme)
        for stretch in place.line:
            paint_stretch(painter, stretch, self.theme)
        if place.start is not None:
            paint_lane_pill(painter, place.start, self.lane.start, self.theme)
        if card is not None:
            self._paint_parts(painter, place, card)
            paint_action_card(painter, place.card, card, look, self.theme)
        for where, pill in zip(place.ends, self.lane.ends, strict=False):
            paint_lane_pill(painter, where, pill, self.theme)

    def _paint_parts(self, painter: QPainter, place: RowPlaces, card: LaneCard) -> None:
        for where, pill in zip(place.between, card.between, strict=True):
            paint_lane_pill(painter, where, pill, self.theme)
        if card.redirect is None or place.pill is None or place.back is None:
            return
        paint_lane_pill(painter, place.pill, card.redirect.pill, self.theme)
        paint_return_card(painter, place.back, card.redirect.back, self.theme)


class LaneDelegate(QStyledItemDelegate):
    """Draws each row as the theme says, and opens a field over a card's name.

    Args:
        scene: The view.
        theme: Its colours, fonts and zoom.
        parent: Qt's owner of this object.
    """

    def __init__(self, scene: LaneScene, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._theme = theme
        self._renaming = -1
        self.rings_shown = True

    def field_place(self, card: LaneCard, row: int, corner: QPointF) -> QRect:
        """Return where the field stands in which a card's name is changed."""
        place = name_place(self._scene.shown_places().rows[row].card, card.number, self._theme)
        grown = place.translated(corner).adjusted(-self._theme.px(5), 0, 0, 0)
        height = self._theme.px(26)
        grown.setTop(grown.center().y() - height / 2 - self._theme.px(4))
        grown.setHeight(height)
        return grown.toRect()

    def _look(self, option: QStyleOptionViewItem, card: LaneCard, row: int) -> CardLook:
        state = option.state
        drop = self._scene.shown_drop()
        number, was = drop.numbers(card.action, card.number) if drop else (card.number, "")
        return CardLook(
            selected=bool(state & QStyle.StateFlag.State_Selected),
            focused=self.rings_shown and bool(state & QStyle.StateFlag.State_HasFocus),
            number=number,
            was=was,
            renaming=self._renaming == row,
            lifted=drop is not None and card.action in drop.moved,
        )

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = index.data(CARD_ROLE)
        places = self._scene.shown_places()
        if not isinstance(card, LaneCard) or index.row() >= len(places.rows):
            return
        row = RowPainter(self._scene.shown_lane(), places, self._theme)
        painter.save()
        painter.translate(option.rect.topLeft())
        row.paint(painter, index.row(), card, self._look(option, card, index.row()))
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        places = self._scene.shown_places()
        if index.row() >= len(places.rows):
            return QSize(1, 1)
        return QSize(int(places.width), int(places.rows[index.row()].height))

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = QLineEdit(parent)
        name = str(index.data())
        field.setAccessibleName(translate("Lane", "Name of {action}").format(action=name))
        self._renaming = index.row()
        return field

    @override
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        card = index.data(CARD_ROLE)
        if isinstance(card, LaneCard):
            corner = QPointF(option.rect.topLeft())
            editor.setGeometry(self.field_place(card, index.row(), corner))

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data()))
            editor.selectAll()

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    @override
    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self._renaming = -1
        super().destroyEditor(editor, index)
