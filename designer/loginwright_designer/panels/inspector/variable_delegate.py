"""Paints variables: the name, the value in the colour of its kind, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QObject,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QWidget
from typing_extensions import override

from loginwright_designer.controls.labels import restyle
from loginwright_designer.panels.inspector.row_look import EDGE
from loginwright_designer.panels.inspector.text_painting import (
    Ink,
    paint_line,
    paint_new_word,
    text_width,
)
from loginwright_designer.panels.inspector.variable_model import NODE_ROLE, Node, mark_word
from loginwright_designer.simulation.event_scope import ValueRefusedError, read_value
from loginwright_designer.simulation.variables import (
    Hidden,
    Mark,
    Members,
    Spelled,
    Unread,
    Variable,
    VariableValue,
    preview,
    value_text,
)
from loginwright_designer.simulation.visible_text import visible_line
from loginwright_designer.theme.roles import Role, SyntaxRole, TextStyle
from loginwright_designer.theme.shapes import paint_edge_bar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QColor, QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from loginwright_designer.controls.model_index import Index
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.debugging.inspection import VariableKind

translate = QCoreApplication.translate

ROW_HEIGHT, HEADING_HEIGHT = 24, 36
_VALUE_COLUMN = 176
"""Where values begin in a panel of 336 (mocks/notes.md, "Rows")."""

_SPELLED: Mapping[VariableKind, SyntaxRole] = {
    "string": SyntaxRole.STRING,
    "number": SyntaxRole.NUMBER,
    "boolean": SyntaxRole.KEYWORD,
    "null": SyntaxRole.KEYWORD,
    "undefined": SyntaxRole.KEYWORD,
    "function": SyntaxRole.FUNCTION,
    "error": SyntaxRole.CLASS,
    "object": SyntaxRole.CLASS,
    "list": SyntaxRole.CLASS,
    "symbol": SyntaxRole.CLASS,
}

Place: TypeAlias = QRectF


class VariableDelegate(QStyledItemDelegate):
    """Paints a row, and lets a value be typed as JSON in its place.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    value_typed = Signal(object, str)
    """A ``Node`` and JSON that was read without a fault."""
    typing_refused = Signal(str)
    """Why what was typed is no JSON; empty once it is."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.panel_width = 336

    def _value_left(self, rect: QRectF, name: str) -> float:
        """Return where a value begins: in its column, or behind a name that is longer."""
        theme = self._theme
        column = max(min(theme.px(_VALUE_COLUMN), self.panel_width * 0.52), 1)
        behind = rect.left() + text_width(name, theme, TextStyle.VALUE) + theme.px(16)
        limit = rect.left() + (rect.right() - rect.left()) * 0.6
        return max(column, min(behind, limit))

    def _paint_heading(self, painter: QPainter, rect: QRectF, node: Node) -> None:
        theme = self._theme
        left = QRectF(theme.px(EDGE), rect.top(), self.panel_width - 2 * theme.px(EDGE), 1)
        left.setHeight(rect.height())
        note = Ink(TextStyle.SECONDARY, Role.TEXT_SECONDARY, right=True)
        taken = paint_line(painter, left, node.scope.note, theme, note) if node.scope.note else 0
        title = left.adjusted(0, 0, -taken - theme.px(8), 0)
        paint_line(painter, title, node.scope.title, theme, Ink(TextStyle.BODY_STRONG))

    def _paint_variable(self, painter: QPainter, rect: QRectF, variable: Variable) -> None:
        theme = self._theme
        if variable.mark is Mark.NEW:
            bar = QRectF(0, rect.top(), self.panel_width, rect.height())
            paint_edge_bar(painter, bar, theme, Role.ACCENT, 3)
        right = rect.right() - theme.px(EDGE)
        right -= self._paint_mark(painter, QPointF(right, rect.center().y()), variable.mark)
        name = visible_line(variable.name)
        value_left = self._value_left(rect, name)
        place = QRectF(rect.left(), rect.top(), value_left - rect.left() - theme.px(8), 1)
        place.setHeight(rect.height())
        paint_line(painter, place, name, theme, Ink(TextStyle.VALUE))
        value = QRectF(value_left, rect.top(), max(right - value_left, 1), rect.height())
        text = visible_line(preview(variable.value))
        compact = isinstance(variable.value, str) and " " not in variable.value
        mode = Qt.TextElideMode.ElideMiddle if compact else Qt.TextElideMode.ElideRight
        ink = Ink(TextStyle.VALUE, colour=self._colour(variable.value), mode=mode)
        paint_line(painter, value, text, theme, ink)

    def _paint_mark(self, painter: QPainter, right: QPointF, mark: Mark) -> float:
        theme, word = self._theme, mark_word(mark)
        match mark:
            case Mark.NONE:
                return 0
            case Mark.NEW:
                return paint_new_word(painter, right, theme, word) + theme.px(8)
            case Mark.CHANGED:
                width = text_width(word, theme, TextStyle.SECONDARY)
                place = QRectF(right.x() - width, right.y() - theme.px(8), width, theme.px(16))
                ink = Ink(TextStyle.SECONDARY, Role.ACCENT_TEXT)
                paint_line(painter, place, word, theme, ink)
                return width + theme.px(8)

    def _colour(self, value: VariableValue) -> QColor:
        tokens = self._theme.tokens
        match value:
            case Members() | dict():
                return tokens.colour(Role.TEXT_SECONDARY)
            case Hidden():
                return tokens.colour(Role.TEXT)
            case Unread():
                return tokens.code_colour(SyntaxRole.CLASS)
            case str() | list():
                return tokens.code_colour(SyntaxRole.STRING)
            case bool() | None:
                return tokens.code_colour(SyntaxRole.KEYWORD)
            case int() | float():
                return tokens.code_colour(SyntaxRole.NUMBER)
            case Spelled(kind=kind):
                role = _SPELLED.get(kind)
                return (
                    tokens.colour(Role.TEXT_SECONDARY) if role is None else tokens.code_colour(role)
                )

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        node = index.data(NODE_ROLE)
        if not isinstance(node, Node):
            return
        theme, rect = self._theme, QRectF(option.rect)
        painter.save()
        row = QRectF(0, rect.top(), self.panel_width, rect.height())
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if node.variable is None:
            self._paint_heading(painter, rect, node)
        else:
            self._paint_variable(painter, rect, node.variable)
        if focused:
            painter.setPen(theme.colour(Role.ACCENT))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for inset in range(theme.px(2)):
                painter.drawRect(row.toRect().adjusted(inset, inset, -inset - 1, -inset - 1))
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        node = index.data(NODE_ROLE)
        heading = isinstance(node, Node) and node.variable is None
        return QSize(1, self._theme.px(HEADING_HEIGHT if heading else ROW_HEIGHT))

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = QLineEdit(parent)
        field.setProperty("text_style", TextStyle.VALUE.value)
        node = index.data(NODE_ROLE)
        name = node.path if isinstance(node, Node) else ""
        if isinstance(node, Node) and node.scope.editable:
            text = translate("Variables", "Value of {name}, as an expression")
        else:
            text = translate("Variables", "Value of {name}, as JSON")
            field.textEdited.connect(lambda text: self._judge(field, text))
        field.setProperty("expression", isinstance(node, Node) and node.scope.editable)
        field.setAccessibleName(text.format(name=name))
        return field

    @override
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        node = index.data(NODE_ROLE)
        if not isinstance(node, Node) or node.variable is None:
            return
        rect = QRectF(option.rect)
        left = self._value_left(rect, visible_line(node.variable.name)) - self._theme.px(8)
        height = editor.sizeHint().height()
        top = rect.center().y() - height / 2
        editor.setGeometry(int(left), int(top), int(rect.right() - left - 2), height)

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        node = index.data(NODE_ROLE)
        if not isinstance(editor, QLineEdit) or not isinstance(node, Node):
            return
        value = None if node.variable is None else node.variable.value
        if isinstance(value, Members | Unread | Hidden):
            return
        editor.setText(value.text if isinstance(value, Spelled) else value_text(value))
        editor.selectAll()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the field open while what stands in it is no JSON."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and isinstance(watched, QLineEdit)
            and (wrong := _fault_in(watched))
        ):
            self.typing_refused.emit(wrong)
            return True
        return super().eventFilter(watched, event)

    @override
    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self.typing_refused.emit("")
        super().destroyEditor(editor, index)

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        node = index.data(NODE_ROLE)
        if not isinstance(editor, QLineEdit) or not isinstance(node, Node):
            return
        if not _fault_in(editor):
            self.value_typed.emit(node, editor.text())

    def _judge(self, field: QLineEdit, text: str) -> None:
        """Show at once whether what is being typed is JSON."""
        wrong = _fault(text)
        if bool(field.property("invalid")) != bool(wrong):
            field.setProperty("invalid", bool(wrong))
            restyle(field)
        field.setToolTip(wrong)
        field.setAccessibleDescription(wrong)


def _fault_in(field: QLineEdit) -> str:
    """Return why what stands in a field cannot be taken; an expression is judged by the code."""
    if field.property("expression"):
        return "" if field.text().strip() else translate("Variables", "An expression is expected.")
    return _fault(field.text())


def _fault(text: str) -> str:
    """Return why a text is no JSON; empty where it is."""
    try:
        read_value(text)
    except ValueRefusedError as error:
        return str(error)
    return ""
