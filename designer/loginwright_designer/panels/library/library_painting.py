"""Paints the rows of the library, and the small card that follows the pointer in a drag."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from loginwright_designer.controls.dragged_card import dragged_card
from loginwright_designer.controls.rows_model import ROW_ROLE
from loginwright_designer.document.templates import language_title
from loginwright_designer.panels.library.library_model import (
    BlankRow,
    FileRow,
    HeadingRow,
    LibraryRow,
    TemplateRow,
    row_title,
)
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_icon, paint_tile

if TYPE_CHECKING:
    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.document.templates import Template
    from loginwright_designer.theme.theme import Theme

ROW_HEIGHT, HEADING_HEIGHT = 32, 36
TILE, SIDE = 24, 16


def icon_of(row: LibraryRow) -> str:
    """Return the drawing of a row; empty for a heading."""
    match row:
        case HeadingRow():
            return ""
        case TemplateRow(template):
            return template.icon
        case BlankRow():
            return "file-code"
        case FileRow():
            return "folder-open"
        case _:
            assert_never(row)


class LibraryDelegate(QStyledItemDelegate):
    """Paints a row: its drawing in a tile and its name; the selected one has a grip to drag it by.

    Args:
        view: The list.
        theme: Colours and fonts.
    """

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = isinstance(index.data(ROW_ROLE), HeadingRow)
        height = HEADING_HEIGHT if heading else ROW_HEIGHT
        return QSize(self._theme.px(120), self._theme.px(height))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        painter.save()
        if isinstance(row, HeadingRow):
            self._paint_heading(painter, QRectF(option.rect), row)
        elif isinstance(row, TemplateRow | BlankRow | FileRow):
            self._paint_row(painter, option, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, place: QRectF, row: HeadingRow) -> None:
        side = self._theme.px(SIDE)
        words = place.adjusted(side, self._theme.px(8), -side, 0)
        style, role = TextStyle.SECONDARY_STRONG, Role.TEXT_SECONDARY
        _paint_words(painter, words, row.title, style, role, self._theme)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: LibraryRow) -> None:
        theme, place = self._theme, QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, place, option)
        tile = theme.px(TILE)
        left = place.left() + theme.px(SIDE)
        square = QRectF(left, place.center().y() - tile / 2, tile, tile)
        paint_tile(painter, square, theme, icon_of(row))
        right = place.right() - theme.px(SIDE)
        if selected and isinstance(row, TemplateRow):
            grip = QPointF(right - theme.px(4), place.center().y())
            paint_icon(painter, grip, theme, "grip-vertical", size=16)
            right -= theme.px(16)
        left = square.right() + theme.px(12)
        title, glyph = _title_and_glyph(row)
        if glyph:
            style = TextStyle.SECONDARY
            width = theme.fonts.metrics(style).horizontalAdvance(glyph) + 1
            beside = QRectF(right - width, place.top(), width, place.height())
            _paint_words(painter, beside, glyph, style, Role.TEXT_SECONDARY, theme)
            right -= width + theme.px(8)
        words = QRectF(left, place.top(), right - left, place.height())
        _paint_words(painter, words, title, TextStyle.BODY, Role.TEXT, theme)

    def _paint_ground(self, painter: QPainter, place: QRectF, option: QStyleOptionViewItem) -> None:
        theme = self._theme
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if not selected and not hovered:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Role.SELECTION if selected else Role.HOVER))
        inset = theme.px(8)
        ground = place.adjusted(inset, 0, -inset, 0)
        painter.drawRoundedRect(ground, theme.px(6), theme.px(6))
        if selected and self._view.hasFocus():
            painter.setPen(QPen(theme.colour(Role.ACCENT), theme.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))


def _title_and_glyph(row: LibraryRow) -> tuple[str, str]:
    """Return a title without the language in brackets, and then that language's letters."""
    if not isinstance(row, TemplateRow):
        return row_title(row), ""
    language = f" ({language_title(row.template.language)})"
    title = row.template.title
    short = title.removesuffix(language)
    return short, row.template.glyph if short != title else ""


def template_drag_picture(template: Template, theme: Theme, scale: float) -> QPixmap:
    """Return a picture of a template that is dragged, as the lane draws its own cards.

    Args:
        template: What is dragged.
        theme: Its colours.
        scale: Device pixels in a logical one.
    """
    return dragged_card(template.icon, template.title, template.glyph, theme, scale)


def _paint_words(
    painter: QPainter, place: QRectF, text: str, style: TextStyle, role: Role, theme: Theme
) -> None:
    painter.setFont(theme.font(style))
    painter.setPen(theme.colour(role))
    metrics = theme.fonts.metrics(style)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
