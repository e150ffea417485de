"""Labels: words in a text style, words that give way to an ellipsis, icons and marks."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.theme.fonts import CODE_FAMILY
from loginwright_designer.theme.marks import MARKS, State
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_icon
from loginwright_designer.theme.tinted_icons import STATE_STROKE, STROKE

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme


_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


def restyle(widget: QWidget) -> None:
    """Let the stylesheet look again at a widget whose properties have changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def text_label(
    text: str = "",
    style: TextStyle = TextStyle.BODY,
    role: Role | None = None,
    *,
    wrap: bool = False,
    selectable: bool = False,
    parent: QWidget | None = None,
) -> QLabel:
    """Return a label of plain text in a text style.

    Args:
        text: Shown as it is; never read as mark-up.
        style: Size and weight.
        role: Colour; None is that of text.
        wrap: It may take several lines.
        selectable: It can be selected and copied, with the keyboard too.
        parent: Qt's owner.
    """
    label = QLabel(text, parent)
    _dress(label, style, role)
    label.setWordWrap(wrap)
    if selectable:
        label.setTextInteractionFlags(_SELECTABLE)
    return label


def set_text_role(label: QLabel, role: Role | None) -> None:
    """Give a label another colour."""
    label.setProperty("text_role", None if role is None else role.value)
    restyle(label)


def _dress(label: QLabel, style: TextStyle, role: Role | None) -> None:
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("text_style", style.value)
    if role is not None:
        label.setProperty("text_role", role.value)


def strong_words(text: str) -> str:
    """Return mark-up that writes a text in the strong face; ``<b>`` would thicken it once more."""
    return f'<span style="font-weight:600">{escape(text)}</span>'


_CODE_WORD = re.compile("`([^`\n]+)`")


def code_words(text: str) -> str:
    """Return mark-up that writes what stands between backticks in the face of code, without them.

    Args:
        text: A sentence of ours, such as the runtime's messages; never what must be told word for
            word, for its backticks are part of it.
    """
    pieces = _CODE_WORD.split(text)
    face = f"<span style=\"font-family:'{CODE_FAMILY}'\">"
    marked = (
        f"{face}{escape(one)}</span>" if number % 2 else escape(one)
        for number, one in enumerate(pieces)
    )
    return "".join(marked)


class SaidLabel(QLabel):
    """A sentence of ours whose words of code, between backticks, are shown as code.

    Args:
        text: Plain text but for the backticks.
        style: Size and weight.
        role: Colour; None is that of text.
        selectable: It can be selected and copied, with the keyboard too.
        parent: Qt's owner.
    """

    def __init__(
        self,
        text: str = "",
        style: TextStyle = TextStyle.BODY,
        role: Role | None = None,
        *,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        _dress(self, style, role)
        self._whole = ""
        self.setWordWrap(True)
        if selectable:
            self.setTextInteractionFlags(_SELECTABLE)
        self.setText(text)

    @override
    def setText(self, text: str, /) -> None:
        self._whole = text
        has_code = _CODE_WORD.search(text) is not None
        self.setTextFormat(Qt.TextFormat.RichText if has_code else Qt.TextFormat.PlainText)
        super().setText(code_words(text) if has_code else text)
        self.setAccessibleName(_CODE_WORD.sub(r"\1", text))

    def whole_text(self) -> str:
        """Return the sentence with its backticks."""
        return self._whole


class ElidedLabel(QLabel):
    """One line of text that ends in an ellipsis where there is no room.

    The whole text stays its accessible name, and is its tooltip while it is cut.

    Args:
        text: Shown as it is; never read as mark-up.
        style: Size and weight.
        role: Colour; None is that of text.
        mode: Where the ellipsis stands.
        parent: Qt's owner.
    """

    def __init__(
        self,
        text: str = "",
        style: TextStyle = TextStyle.BODY,
        role: Role | None = None,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        _dress(self, style, role)
        self._mode = mode
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    @override
    def setText(self, text: str, /) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def whole_text(self) -> str:
        """Return the text without the ellipsis."""
        return self._whole

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance(self._whole) + 2
        return QSize(width + self.contentsMargins().left(), hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        few = self.fontMetrics().horizontalAdvance(self._whole[:3] + "…")
        return QSize(min(few, self.sizeHint().width()), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(self._whole, self._mode, room)
        super().setText(shown.replace("……", "…"))  # it was short already, and got shorter
        self.setToolTip(self._whole if shown != self._whole else "")


class IconLabel(QWidget):
    """An icon that stands for something a word beside it says.

    Args:
        theme: The colours.
        icon: Which drawing.
        role: Its colour.
        size: At a zoom of 100 %.
        stroke: How wide its lines are.
        parent: Qt's owner.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        role: Role = Role.TEXT_SECONDARY,
        size: int = 18,
        stroke: float = STROKE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon, self._role, self._size, self._stroke = icon, role, size, stroke
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._on_theme_changed)

    def show_icon(self, icon: str, role: Role = Role.TEXT_SECONDARY) -> None:
        """Show another drawing."""
        self._icon, self._role = icon, role
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        centre = QPointF(self.width() / 2, self.height() / 2)
        paint_icon(painter, centre, self._theme, self._icon, self._role, self._size, self._stroke)
        painter.end()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class MarkLabel(IconLabel):
    """A state's mark; its word has to stand beside it.

    Args:
        theme: The colours.
        state: Which one.
        size: At a zoom of 100 %.
        parent: Qt's owner.
    """

    def __init__(
        self, theme: Theme, state: State, size: int = 16, parent: QWidget | None = None
    ) -> None:
        mark = MARKS[state]
        super().__init__(theme, mark.icon, mark.role, size, STATE_STROKE, parent)

    def show_mark(self, state: State) -> None:
        """Show another state's mark."""
        mark = MARKS[state]
        self.show_icon(mark.icon, mark.role)
