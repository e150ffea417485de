"""Buttons that fit a bar of 28 pixels: one with a frame, and words to press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_icon
from loginwright_designer.theme.tinted_icons import STATE_STROKE

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

HEIGHT = 24
RADIUS = 5


class BarButton(QAbstractButton):
    """A framed button with a word and its key, or with an icon alone.

    Args:
        theme: The colours.
        name: What it does; stands on it where there is no icon.
        icon: Instead of the word.
        shortcut: The key beside the word; shown only.
        parent: Qt's owner.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        icon: str = "",
        shortcut: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._shortcut = shortcut
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {shortcut}" if shortcut else name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._on_theme_changed)

    @override
    def sizeHint(self) -> QSize:
        theme = self._theme
        height = theme.px(HEIGHT)
        if self._icon:
            return QSize(theme.px(28), height)
        fonts = theme.fonts
        width = fonts.metrics(TextStyle.BODY).horizontalAdvance(self.text()) + theme.px(24)
        if self._shortcut:
            key = fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(self._shortcut)
            width += key + theme.px(8)
        return QSize(int(width + 1), height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        role = Role.TEXT if self.isEnabled() else Role.TEXT_MUTED
        whole = QRectF(self.rect())
        if self._icon:
            paint_icon(painter, whole.center(), theme, self._icon, role, 16)
        else:
            words = whole.adjusted(theme.px(12), 0, -theme.px(12), 0)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.setFont(theme.font(TextStyle.BODY))
            painter.setPen(theme.colour(role))
            painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, self.text())
            painter.setFont(theme.font(TextStyle.SECONDARY))
            painter.setPen(theme.colour(Role.TEXT_SECONDARY if self.isEnabled() else role))
            painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, self._shortcut)
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        theme = self._theme
        focused = self.hasFocus()
        width = theme.px(2) if focused else theme.px(1)
        edge = Role.ACCENT_TEXT if focused else Role.CONTROL_BORDER
        ground = Role.SELECTION if self.isDown() else Role.SURFACE
        if self.underMouse() and self.isEnabled() and not self.isDown():
            ground = Role.HOVER
        pen = QPen(theme.colour(edge), width)
        if not self.isEnabled():
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(theme.colour(ground))
        half = width / 2
        inside = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(inside, theme.px(RADIUS), theme.px(RADIUS))

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class WordLink(QAbstractButton):
    """A few words to press, with an icon before them; elided where there is no room.

    Args:
        theme: The colours.
        role: Of the words.
        parent: Qt's owner.
    """

    def __init__(
        self, theme: Theme, role: Role = Role.TEXT_SECONDARY, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._icon = ""
        self._icon_role = role
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._on_theme_changed)

    def show_words(
        self, text: str, *, icon: str = "", icon_role: Role | None = None, spoken: str = ""
    ) -> None:
        """Show other words.

        Args:
            text: The words.
            icon: Before them; empty for none.
            icon_role: Its colour; None is that of the words.
            spoken: What is read out instead of the words.
        """
        self._icon, self._icon_role = icon, icon_role or self._role
        self.setText(text)
        self.setAccessibleName(spoken or text)
        self.updateGeometry()
        self._show_tip()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = self._metrics_width(self.text()) + self._icon_room() + self._theme.px(8)
        return QSize(int(width + 2), self._theme.px(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        few = self._metrics_width(self.text()[:3] + "…") + self._icon_room() + self._theme.px(10)
        return QSize(min(int(few), self.sizeHint().width()), self._theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self._icon:
            centre = QPointF(theme.px(4 + 8), whole.center().y())
            paint_icon(painter, centre, theme, self._icon, self._icon_role, 16, STATE_STROKE)
        font = theme.font(TextStyle.SECONDARY)
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(theme.colour(self._role))
        words = whole.adjusted(theme.px(4) + self._icon_room(), 0, -theme.px(4), 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, middle | Qt.TextFlag.TextSingleLine, self._shown(words.width()))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(Role.ACCENT_TEXT), theme.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))
        painter.end()

    def _shown(self, width: float) -> str:
        metrics = self._theme.fonts.metrics(TextStyle.SECONDARY)
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, width + 1)

    def _show_tip(self) -> None:
        cut = self.width() < self.sizeHint().width()
        self.setToolTip(self.accessibleName() if cut else "")

    def _metrics_width(self, text: str) -> float:
        return self._theme.fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(text)

    def _icon_room(self) -> int:
        return self._theme.px(16 + 8) if self._icon else 0

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_tip()
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
