"""The library as a list: found by arrows and letters, added by Enter, dragged to the lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelection, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget
from typing_extensions import override

from loginwright_designer.panels.library.library_model import LibraryModel, TemplateRow
from loginwright_designer.panels.library.library_painting import (
    LibraryDelegate,
    template_drag_picture,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_designer.document.templates import Template
    from loginwright_designer.panels.library.library_model import LibraryRow
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LibraryList(QListView):
    """The list.

    Args:
        theme: Colours and fonts.
        parent: Qt's owner.
    """

    row_added = Signal(object)  # LibraryRow: by Enter or a double click
    row_chosen = Signal(object)  # LibraryRow or None: another one is selected
    left_upwards = Signal()  # Up on the first row

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = LibraryModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(LibraryDelegate(self, theme))
        self.setAccessibleName(translate("Library", "Library"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._on_double_clicked)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_rows(self, rows: Iterable[LibraryRow]) -> None:
        """Show other rows; the selected template stays selected where it is still there."""
        before = self.chosen_template()
        self.rows.show_rows(rows)
        index = self.rows.index_of(before.name) if before is not None else None
        if index is not None and index.isValid():
            self.setCurrentIndex(index)
        else:
            self.row_chosen.emit(None)

    def chosen_row(self) -> LibraryRow | None:
        """Return the selected row."""
        selected = self.selectedIndexes()
        return self.rows.row_at(selected[0]) if selected else None

    def chosen_template(self) -> Template | None:
        """Return the selected template."""
        row = self.chosen_row()
        return row.template if isinstance(row, TemplateRow) else None

    def select_first(self) -> None:
        """Select the first row that is no heading."""
        self.setCurrentIndex(self.rows.first_choice())

    @override
    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        template = self.chosen_template()
        if template is None:
            return
        drag = QDrag(self)
        drag.setMimeData(self.rows.mimeData(self.selectedIndexes()))
        picture = template_drag_picture(template, self._theme, self.devicePixelRatioF())
        drag.setPixmap(picture)
        size = picture.deviceIndependentSize()
        drag.setHotSpot(QPoint(self._theme.px(22), round(size.height() / 2)))
        drag.exec(Qt.DropAction.CopyAction)

    @override
    def event(self, event: QEvent) -> bool:
        """Keep Enter from the window's shortcuts."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            event.accept()
            return True
        return bool(super().event(event))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.chosen_row()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.key() in _ENTER and plain and row is not None:
            self.row_added.emit(row)
        elif event.key() == Qt.Key.Key_Escape and row is not None:
            self.clearSelection()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex() == self.rows.first_choice():
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.row_chosen.emit(self.chosen_row())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_keyboard = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
            Qt.FocusReason.OtherFocusReason,
        )
        if by_keyboard and not self.selectedIndexes():
            self.select_first()

    def _on_double_clicked(self) -> None:
        row = self.chosen_row()
        if row is not None:
            self.row_added.emit(row)

    def _fit(self) -> None:
        self.verticalScrollBar().setSingleStep(self._theme.px(32))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
