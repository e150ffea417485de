"""The command palette: type a few letters, press Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListView,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.code_editor.announcement import announce
from loginwright_designer.controls.labels import text_label
from loginwright_designer.controls.row_delegate import RowDelegate
from loginwright_designer.controls.row_painting import is_selected
from loginwright_designer.controls.rows_model import RowsModel
from loginwright_designer.main_window.palette_rows import PaletteRow, fitting_rows
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_edge_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_WIDTH: Final = 560
_ROW: Final = 32
_MOST_ROWS: Final = 10
_MOST_RECENT: Final = 20
_RADIUS: Final = 8


class _Rows(RowsModel[PaletteRow]):
    """The rows that fit."""

    @override
    def told(self, row: PaletteRow, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken()
            case Qt.ItemDataRole.ToolTipRole:
                return row.reason or row.text
        return None


class _RowLook(RowDelegate):
    """Paints a row: the words, quietly where they come from, the key at the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(theme, (0, _ROW), parent)

    @override
    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        area = option.rect
        theme = self._theme
        if is_selected(option):
            painter.fillRect(area, theme.colour(Role.SELECTION))
            paint_edge_bar(painter, QRectF(area), theme, Role.ACCENT, 3)
        words = QRectF(area).adjusted(theme.px(16), 0, -theme.px(16), 0)
        self._paint_words(painter, words, row)

    def _paint_words(self, painter: QPainter, area: QRectF, row: PaletteRow) -> None:
        theme = self._theme
        middle = Qt.AlignmentFlag.AlignVCenter
        text_role = Role.TEXT if row.enabled else Role.TEXT_MUTED
        gap = theme.px(12)
        painter.setFont(theme.font(TextStyle.SECONDARY))
        painter.setPen(theme.colour(Role.TEXT_SECONDARY if row.enabled else Role.TEXT_MUTED))
        if row.shortcut:
            painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, row.shortcut)
            key = painter.fontMetrics().horizontalAdvance(row.shortcut)
            area.setRight(area.right() - key - gap)
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(theme.colour(text_role))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(row.text, Qt.TextElideMode.ElideMiddle, int(area.width()))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, text)
        area.setLeft(area.left() + metrics.horizontalAdvance(text) + gap)
        quiet = row.detail if row.enabled else row.reason or row.detail
        if area.width() > theme.px(24):
            painter.setFont(theme.font(TextStyle.SECONDARY))
            painter.setPen(theme.colour(Role.TEXT_SECONDARY if row.enabled else Role.TEXT_MUTED))
            metrics = painter.fontMetrics()
            quiet = metrics.elidedText(quiet, Qt.TextElideMode.ElideRight, int(area.width()))
            painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, quiet)


class CommandPalette(QWidget):
    """Lies over the window while something is searched.

    Enter chooses, Esc or a press elsewhere closes; the keyboard goes back to where it was.

    Args:
        theme: The colours.
        host: The window.
    """

    chosen = Signal(object)  # PaletteRow; the palette is closed and the focus given back by then

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._all: tuple[PaletteRow, ...] = ()
        self._recent: list[str] = []
        self._focus_before: QWidget | None = None
        self.field = QLineEdit()
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self._model = _Rows(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_RowLook(theme, self))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(translate("Palette", "What fits"))
        self.list.clicked.connect(lambda _: self._choose())
        self._nothing = text_label(
            translate("Palette", "Nothing fits. Try fewer letters."),
            TextStyle.SECONDARY,
            Role.TEXT_SECONDARY,
        )
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.field)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self._nothing)
        self.hide()
        host.installEventFilter(self)
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def is_open(self) -> bool:
        """Whether it lies over the window."""
        return self.isVisibleTo(self._host)

    @property
    def rows(self) -> tuple[PaletteRow, ...]:
        """The rows that fit what is typed, the best first."""
        return self._model.rows

    @property
    def recent(self) -> tuple[str, ...]:
        """Keys of what was chosen, the last first."""
        return tuple(self._recent)

    def open(self, rows: Sequence[PaletteRow], prompt: str) -> None:
        """Ask for one of some rows.

        Args:
            rows: All there are.
            prompt: What stands in the empty field.
        """
        if not self.is_open:
            self._focus_before = QApplication.focusWidget()
        self._all = tuple(rows)
        self.field.setPlaceholderText(prompt)
        self.field.setAccessibleName(prompt)
        self.setAccessibleName(prompt)
        self.field.clear()
        self._filter()
        self.show()
        self.raise_()
        self._place()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Go, and give the keyboard back."""
        if not self.is_open:
            return
        self.hide()
        before, self._focus_before = self._focus_before, None
        try:
            if before is not None and before.isVisible() and before.isEnabled():
                before.setFocus(Qt.FocusReason.PopupFocusReason)
        except RuntimeError:
            pass  # it was deleted meanwhile; the ring of panes finds another place

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.is_open:
            self._place()
        if watched is self.field and self.is_open:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # no command of the window is given while something is searched
                return True
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._on_key(event)
            if event.type() == QEvent.Type.FocusOut:
                self._on_focus_out()
        return False

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.colour(Role.SURFACE))
        painter.setPen(QPen(self._theme.colour(Role.CONTROL_BORDER), 1))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = self._theme.px(_RADIUS)
        painter.drawRoundedRect(frame, radius, radius)
        painter.end()

    def _on_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_palette()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose()
            case Qt.Key.Key_Down:
                self._go(1)
            case Qt.Key.Key_Up:
                self._go(-1)
            case Qt.Key.Key_PageDown:
                self._go(_MOST_ROWS)
            case Qt.Key.Key_PageUp:
                self._go(-_MOST_ROWS)
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                pass  # there is nowhere else to go
            case _:
                return False
        return True

    def _on_focus_out(self) -> None:
        """Close when the keyboard was taken elsewhere within the window."""
        now = QApplication.focusWidget()
        if now is not None and now is not self.field and now.window() is self.window():
            self._focus_before = None
            self.close_palette()

    def _go(self, step: int) -> None:
        count = len(self._model.rows)
        if not count:
            return
        now = self.list.currentIndex().row()
        wanted = (now + step) % count if abs(step) == 1 else max(0, min(count - 1, now + step))
        self._select(wanted)

    def _select(self, number: int) -> None:
        self.list.setCurrentIndex(self._model.index(number))
        row = self._model.rows[number]
        self.field.setAccessibleDescription(row.spoken())
        announce(self.field, row.spoken())

    def _choose(self) -> None:
        index = self.list.currentIndex()
        if not index.isValid():
            return
        row = self._model.rows[index.row()]
        if not row.enabled:
            announce(self.field, row.reason)
            return
        self._recent = [row.key, *(key for key in self._recent if key != row.key)][:_MOST_RECENT]
        self.close_palette()
        self.chosen.emit(row)

    def _filter(self) -> None:
        rows = fitting_rows(self.field.text(), self._all, self._recent)
        self._model.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        if rows:
            self._select(0)
        else:
            self.field.setAccessibleDescription(self._nothing.text())
        self._place()

    def _place(self) -> None:
        px = self._theme.px
        margin = px(8)
        width = min(px(_WIDTH), self._host.width() - 2 * margin)
        rows = max(1, min(len(self._model.rows), _MOST_ROWS))
        height = px(8) * 3 + self.field.sizeHint().height() + rows * px(_ROW)
        height = min(height, self._host.height() - px(56) - margin)
        self.resize(width, height)
        self.move(QPoint((self._host.width() - width) // 2, px(52)))

    def _fit(self) -> None:
        gap = self._theme.px(8)
        self._column.setContentsMargins(gap, gap, gap, gap)
        self._column.setSpacing(gap)
        if self.is_open:
            self._place()
