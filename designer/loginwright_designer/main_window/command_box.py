"""The command box: a button that looks like the field which it opens."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_icon

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_PADDING: Final = 12
_ICON: Final = 18


class BoxForm(Enum):
    """How much of the box there is room for."""

    WHOLE = 280
    SHORT = 200
    KEY = 0
    ICON = 32


class CommandBox(QAbstractButton):
    """Opens the palette.

    Args:
        theme: The colours.
        shortcut: The key that does the same.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, shortcut: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shortcut = shortcut
        self._form = BoxForm.WHOLE
        name = translate("TopBar", "Search or run a command")
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {shortcut}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def form(self) -> BoxForm:
        """How much of it is shown."""
        return self._form

    def show_form(self, form: BoxForm) -> None:
        """Show more or less of it."""
        if form is not self._form:
            self._form = form
            self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        edge = theme.colour(Role.ACCENT if focus else Role.CONTROL_BORDER)
        painter.setPen(QPen(edge, 2 if focus else 1))
        ground = Role.HOVER if self.underMouse() else Role.SURFACE_MUTED
        painter.setBrush(theme.colour(ground))
        inset = 1 if focus else 0.5
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, theme.px(6), theme.px(6))
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        theme, middle = self._theme, self.height() / 2
        side, padding = theme.px(_ICON), theme.px(_PADDING)
        alone = self._form is BoxForm.ICON
        left = self.width() / 2 if alone else padding + side / 2
        paint_icon(painter, QPointF(left, middle), theme, "search", Role.TEXT_SECONDARY)
        if alone:
            return
        painter.setPen(theme.colour(Role.TEXT_SECONDARY))
        upright = Qt.AlignmentFlag.AlignVCenter
        room = QRectF(self.rect()).adjusted(padding + side + theme.px(8), 0, -padding, 0)
        painter.setFont(theme.font(TextStyle.SECONDARY))
        painter.drawText(room, upright | Qt.AlignmentFlag.AlignRight, self._shortcut)
        painter.setFont(theme.font(TextStyle.BODY))
        room.setRight(room.right() - self._key_width() - theme.px(8))
        words = painter.fontMetrics().elidedText(
            self._words(), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, upright | Qt.AlignmentFlag.AlignLeft, words)

    def _words(self) -> str:
        match self._form:
            case BoxForm.WHOLE:
                return translate("TopBar", "Search or run a command")
            case BoxForm.SHORT:
                return translate("TopBar", "Commands")
            case _:
                return ""

    def _key_width(self) -> float:
        return self._theme.fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(self._shortcut)

    def _width(self) -> int:
        theme = self._theme
        words = theme.fonts.metrics(TextStyle.BODY).horizontalAdvance(self._words())
        if self._form is BoxForm.ICON:
            return theme.px(BoxForm.ICON.value)
        needed = words + self._key_width() + theme.px(2 * _PADDING + _ICON + 8)
        needed += theme.px(8) if words else 0
        return max(theme.px(self._form.value), int(needed + 1))

    def _fit(self) -> None:
        self.setFixedSize(self._width(), self._theme.px(32))
        self.update()
