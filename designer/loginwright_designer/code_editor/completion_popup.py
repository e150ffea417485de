"""The list of proposals with the documentation of the chosen one beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.code_editor.completion_model import DETAIL_ROLE, CompletionModel
from loginwright_designer.code_editor.floating_card import FloatingCard, fit_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from loginwright_designer.code_editor.completion import CompletionItem
    from loginwright_designer.code_editor.editor_look import EditorLook
    from loginwright_designer.controls.model_index import Index

_MOST_ROWS = 9
_ROW = 24
_WIDEST_LIST = 420
_DOC_WIDTH = 300
_PADDING = 8
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _MOST_ROWS - 1,
    Qt.Key.Key_PageUp: 1 - _MOST_ROWS,
}
_ACCEPT = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class _RowPainter(QStyledItemDelegate):
    """Draws name and type of a proposal."""

    def __init__(self, card: FloatingCard) -> None:
        super().__init__(card)
        self._card = card

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = self._card.look
        metrics = QFontMetricsF(look.value_font)
        text = f"{index.data(Qt.ItemDataRole.DisplayRole)}  {index.data(DETAIL_ROLE)}"
        return QSize(int(metrics.horizontalAdvance(text)) + 4 * _PADDING, look.px(_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._card.look
        area: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, look.colours.selection if chosen else look.colours.card)
        inner = area.adjusted(_PADDING, 0, -_PADDING, 0)
        painter.setFont(look.value_font)
        metrics = QFontMetricsF(look.value_font)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.setPen(look.colours.current_number)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, left, shown)
        detail_area = inner.adjusted(int(metrics.horizontalAdvance(f"{shown}  ")), 0, 0, 0)
        detail = metrics.elidedText(
            str(index.data(DETAIL_ROLE)), Qt.TextElideMode.ElideRight, detail_area.width()
        )
        painter.setPen(look.colours.number)
        painter.drawText(
            detail_area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail
        )


class CompletionPopup(FloatingCard):
    """Shows proposals; the keys go to the code, which asks ``take_key`` first."""

    accepted = Signal(object)  # the CompletionItem that was chosen
    row_changed = Signal(str)  # what a screen reader should say of the row now chosen

    def __init__(self, parent: QWidget, look: EditorLook) -> None:
        """Belong to ``parent``, without proposals."""
        super().__init__(parent, look)
        self._model = CompletionModel()
        self._line = QRect()
        self._doc_width = _DOC_WIDTH
        self._list = QListView(self)
        self._list.setObjectName("completion_list")
        self._list.setModel(self._model)
        self._list.setItemDelegate(_RowPainter(self))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setAccessibleName(self.tr("Proposals"))
        self._list.clicked.connect(self._on_clicked)
        self._list.selectionModel().currentChanged.connect(self._on_row_changed)
        self._doc = QLabel(self)
        self._doc.setWordWrap(True)
        self._doc.setTextFormat(Qt.TextFormat.PlainText)
        self._doc.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._doc.setAccessibleName(self.tr("What the chosen proposal does"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 5, _PADDING, 5)
        layout.setSpacing(_PADDING)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        layout.addWidget(self._list, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._doc, 0, Qt.AlignmentFlag.AlignTop)
        self.set_look(look)

    @override
    def set_look(self, look: EditorLook) -> None:
        super().set_look(look)
        for widget in (self._list, self._doc):
            widget.setPalette(self.palette())
        self._doc.setFont(look.text_font)

    @property
    def items_shown(self) -> tuple[CompletionItem, ...]:
        """The proposals, best first; empty while the popup is hidden."""
        if self.isHidden():
            return ()
        return tuple(self._model.item(row) for row in range(self._model.rowCount()))

    @property
    def chosen(self) -> CompletionItem | None:
        """The proposal that Enter would take."""
        row = self._list.currentIndex().row()
        return None if self.isHidden() or row < 0 else self._model.item(row)

    def show_items(self, items: Sequence[CompletionItem], line: QRect) -> None:
        """Show proposals beside a line; without any, go."""
        if not items:
            self.hide()
            return
        self._model.set_items(items)
        look = self.look
        rows = min(len(items), _MOST_ROWS)
        bar = self._list.verticalScrollBar().sizeHint().width() if len(items) > rows else 0
        width = max(self._list.sizeHintForColumn(0) + bar, look.px(160))
        room = self.room - 2 * _PADDING
        doc_width = min(_DOC_WIDTH, max(120, room // 3))
        widest = min(look.px(_WIDEST_LIST), max(120, room - doc_width - 2 * _PADDING - 1))
        self._list.setFixedSize(min(width, widest), rows * look.px(_ROW))
        self._doc_width = doc_width
        self._line = line
        self._list.setCurrentIndex(self._model.index(0))
        self._place()

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means for the list; False for one that means nothing here."""
        if self.isHidden():
            return False
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        if plain and key in _STEPS:
            self._move(_STEPS[key])
            return True
        if plain and key in _ACCEPT and self.chosen is not None:
            self._accept()
            return True
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            self.hide()
        return False

    def _place(self) -> None:
        """Make the card as high as the list and the documentation need."""
        fit_height(self._doc, self._doc_width, self._list.height())
        self.show_beside(self._line)

    def _move(self, rows: int) -> None:
        count = self._model.rowCount()
        row = self._list.currentIndex().row() + rows
        row = row % count if abs(rows) == 1 else max(0, min(count - 1, row))
        self._list.setCurrentIndex(self._model.index(row))
        self._place()

    def _accept(self) -> None:
        item = self.chosen
        self.hide()
        if item is not None:
            self.accepted.emit(item)

    def _on_clicked(self, _index: QModelIndex) -> None:
        self._accept()

    def _on_row_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not index.isValid():
            return
        item = self._model.item(index.row())
        self._doc.setText(item.doc)
        self.row_changed.emit(f"{item.label}, {item.detail}. {item.doc}")
