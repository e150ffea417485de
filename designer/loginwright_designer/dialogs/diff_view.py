"""Shows how a text differs, line by line, with marks, words and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.controls.rows_model import ROW_ROLE, RowsModel
from loginwright_designer.document.text_differences import DifferenceRow
from loginwright_designer.simulation.visible_text import visible
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPainter

    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.document.text_differences import FileDifference, RowMark
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

SIGNS: Mapping[RowMark, str] = {"same": "", "removed": "−", "added": "+", "gap": "⋯"}  # noqa: RUF001 - a minus as wide as the plus
TINTS: Mapping[RowMark, Role] = {
    "same": Role.SURFACE,
    "removed": Role.DANGER_TINT,
    "added": Role.SUCCESS_TINT,
    "gap": Role.SURFACE_MUTED,
}
SIGN_ROLES: Mapping[RowMark, Role] = {
    "same": Role.TEXT_MUTED,
    "removed": Role.DANGER,
    "added": Role.SUCCESS,
    "gap": Role.TEXT_MUTED,
}
_TAB = "    "
_CHANGED = ("added", "removed")


def row_words(row: DifferenceRow) -> str:
    """Return what a screen reader says of a row."""
    match row.mark:
        case "removed":
            words = translate("DiffView", "removed, line {line}: {text}")
            return words.format(line=row.old, text=row.text)
        case "added":
            words = translate("DiffView", "added, line {line}: {text}")
            return words.format(line=row.new, text=row.text)
        case "same":
            words = translate("DiffView", "same, line {line}: {text}")
            return words.format(line=row.new, text=row.text)
        case "gap":
            return row.text


class _Rows(RowsModel[DifferenceRow]):
    """The rows of one file."""

    @override
    def told(self, row: DifferenceRow, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row_words(row)
        return None


class _Delegate(QStyledItemDelegate):
    """Paints a row: two numbers, a sign, the line."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = self._theme.fonts.metrics(TextStyle.VALUE)
        row: DifferenceRow = index.data(ROW_ROLE)
        text = metrics.horizontalAdvance(_shown(row))
        return QSize(
            int(self.text_left() + text + self._theme.px(16)),
            int(metrics.lineSpacing()) + self._theme.px(4),
        )

    def text_left(self) -> int:
        """Return where lines begin: behind two numbers and a sign."""
        return int(2 * self._number_width() + self._theme.px(28))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: DifferenceRow = index.data(ROW_ROLE)
        theme = self._theme
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.fillRect(rect, theme.colour(TINTS[row.mark]))
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour(Role.SELECTION))
        painter.setFont(theme.font(TextStyle.VALUE))
        self._paint_numbers(painter, rect, row)
        left = rect.left() + self.text_left()
        painter.setPen(theme.colour(SIGN_ROLES[row.mark]))
        sign = QRectF(left - theme.px(20), rect.top(), theme.px(16), rect.height())
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, SIGNS[row.mark])
        painter.setPen(theme.colour(Role.TEXT_SECONDARY if row.mark == "gap" else Role.TEXT))
        text = QRectF(left, rect.top(), max(rect.right() - left, 0), rect.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(text, int(flags | Qt.TextFlag.TextSingleLine), _shown(row))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour(Role.ACCENT_TEXT))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_numbers(self, painter: QPainter, rect: QRectF, row: DifferenceRow) -> None:
        painter.setPen(self._theme.colour(Role.TEXT_SECONDARY))
        width = self._number_width()
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        for place, number in enumerate((row.old, row.new)):
            if number is not None:
                left = rect.left() + place * width
                cell = QRectF(left, rect.top(), width - self._theme.px(4), rect.height())
                painter.drawText(cell, flags, str(number))

    def _number_width(self) -> float:
        metrics = self._theme.fonts.metrics(TextStyle.VALUE)
        return metrics.horizontalAdvance("00000") + self._theme.px(4)


class DiffView(QListView):
    """The difference of one file, one row a line.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = _Rows(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setUniformItemSizes(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(translate("DiffView", "Difference"))
        theme.theme_changed.connect(self._on_theme_changed)

    @property
    def shown(self) -> tuple[DifferenceRow, ...]:
        """The rows."""
        return self._model.rows

    def show_difference(self, difference: FileDifference) -> None:
        """Show how a file differs, from its first line that does."""
        self._model.show_rows(difference.rows)
        added, removed = difference.counts
        words = translate("DiffView", "{file}: lines added {added}, removed {removed}")
        self.setAccessibleName(words.format(file=difference.file, added=added, removed=removed))
        changed = (place for place, row in enumerate(difference.rows) if row.mark in _CHANGED)
        first = next(changed, 0)
        if difference.rows:
            index = self._model.index(first)
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    def _on_theme_changed(self) -> None:
        self._model.layoutChanged.emit()
        self.viewport().update()


def _shown(row: DifferenceRow) -> str:
    return visible(row.text.replace("\t", _TAB))
