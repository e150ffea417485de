"""A list of painted rows whose links are pressed by pointer and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.controls.passing_menus import open_menu
from loginwright_designer.controls.rows_model import ROW_ROLE
from loginwright_designer.panels.inspector.row_look import RowLook
from loginwright_designer.panels.inspector.row_model import RowModel
from loginwright_designer.panels.inspector.row_pictures import picture_of
from loginwright_designer.panels.inspector.row_values import Row, copied_text, spoken
from loginwright_designer.panels.inspector.text_painting import plain_tip
from loginwright_designer.theme.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_BATCH = 200
_LONGEST_TIP = 1_000


class _Delegate(QStyledItemDelegate):
    """Paints rows by their pictures."""

    def __init__(self, view: RowList, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        width = self._view.viewport().width()
        return QSize(width, int(picture_of(row, self._theme).height(width) + 0.999))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        look = RowLook(
            selected=bool(option.state & QStyle.StateFlag.State_Selected),
            focused=focused,
            link_hovered=self._view.hovered_link == index.row(),
        )
        painter.save()
        picture_of(row, self._theme).paint(painter, rect, look)
        painter.restore()
        if focused:
            self._paint_ring(painter, rect)

    def _paint_ring(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Role.ACCENT), theme.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = theme.px(4)
        ring = rect.adjusted(inset, 1, -inset, -1)
        painter.drawRoundedRect(ring, theme.px(6), theme.px(6))
        painter.restore()


class RowList(QListView):
    """A list of rows; Enter presses a row's link, Ctrl+C copies what the row holds.

    Args:
        theme: The colours.
        name: What it is called when it is read out.
        parent: Qt's owner.
    """

    link_pressed = Signal(object)
    """A row of ``row_values`` whose link was pressed."""
    row_toggled = Signal(int)
    """Number of a row that was clicked beside its link, or on which Space was pressed."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered_link = -1
        self._model = RowModel(self)
        self.setAccessibleName(name)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self, theme))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._model.rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the keyboard stays where its row stays."""
        self._model.show_rows(rows)

    def replace(self, number: int, row: Row) -> None:
        """Show another row in the place of one."""
        self._model.replace(number, row)
        self.scheduleDelayedItemsLayout()

    def rows_height(self, width: int) -> int:
        """Return how high all rows are together in a list of this width."""
        return sum(
            int(picture_of(row, self._theme).height(width) + 0.999) for row in self._model.rows
        )

    def link_rect(self, number: int) -> QRectF:
        """Return where a row's link stands in the viewport."""
        index = self._model.index(number)
        place = QRectF(self.visualRect(index))
        return picture_of(self._model.rows[number], self._theme).link(place)

    def _row_at(self, at: QPointF) -> tuple[int, bool] | None:
        """Return the number of the row at a point, and whether the point is on its link."""
        index = self.indexAt(at.toPoint())
        if not index.isValid():
            return None
        return index.row(), self.link_rect(index.row()).contains(at)

    def _copy(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        text = copied_text(row) if row is not None else ""
        if text:
            QGuiApplication.clipboard().setText(text)

    def _fit(self) -> None:
        self.verticalScrollBar().setSingleStep(self._theme.px(24))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.link_pressed.emit(index.data(ROW_ROLE))
        elif index.isValid() and event.key() == Qt.Key.Key_Space:
            self.row_toggled.emit(index.row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy(index)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        found = self._row_at(event.position())
        if found is None or event.button() != Qt.MouseButton.LeftButton:
            return
        number, on_link = found
        if on_link:
            self.link_pressed.emit(self._model.rows[number])
        else:
            self.row_toggled.emit(number)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        found = self._row_at(event.position())
        self._hover(found[0] if found is not None and found[1] else -1)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if not index.isValid() or not copied_text(index.data(ROW_ROLE)):
            return
        menu = QMenu(self)
        copy = menu.addAction(translate("Inspector", "Copy value"))
        copy.triggered.connect(lambda: self._copy(index))
        open_menu(menu, event.globalPos())

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            text = spoken(index.data(ROW_ROLE)) if index.isValid() else ""
            tip = plain_tip(text[:_LONGEST_TIP])
            QToolTip.showText(event.globalPos(), tip, self.viewport(), self.visualRect(index))
            return True
        return super().viewportEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _hover(self, number: int) -> None:
        if number == self.hovered_link:
            return
        self.hovered_link = number
        shape = Qt.CursorShape.PointingHandCursor if number >= 0 else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().update()
