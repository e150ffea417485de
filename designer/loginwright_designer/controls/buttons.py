"""Buttons with an icon, a word and the key that presses them."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.controls.command_keys import is_enter
from loginwright_designer.controls.labels import restyle
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_focus_ring, paint_icon

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

ButtonKind: TypeAlias = Literal["", "primary", "outlined", "quiet", "link"]

TEXT_ROLES: dict[str, Role] = {
    "primary": Role.ON_ACCENT,
    "outlined": Role.ACCENT_TEXT,
    "link": Role.ACCENT_TEXT,
}

WORD_STYLES: dict[str, TextStyle] = {
    "primary": TextStyle.BODY_STRONG,
    "link": TextStyle.SECONDARY,
}
"""A link is as small as the notes that it stands beside."""


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press the button that the keyboard is on, if the key is Enter; Qt leaves that to Space.

    Args:
        button: Which.
        event: The key.
    """
    if not is_enter(event):
        return False
    if not event.isAutoRepeat():
        button.click()
    event.accept()
    return True


class Button(QPushButton):
    """A button whose shortcut stands beside its word.

    The frame is the stylesheet's; icon, word and shortcut are painted here, because Qt draws a
    button's text in one weight.

    Args:
        theme: The colours.
        text: What it does; its accessible name too.
        kind: ``primary`` filled, ``outlined`` in the accent, ``quiet`` without a frame, ``link``
            as a word to press; empty is an ordinary one.
        icon: Before the word, or None.
        shortcut: As it is to be read, ``Ctrl+Enter``. It is shown only; nothing listens to it.
        parent: Qt's owner.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        kind: ButtonKind = "",
        icon: str | None = None,
        shortcut: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind: ButtonKind = kind
        self._icon_name = icon
        self._shortcut = shortcut
        self.setProperty("kind", kind or None)
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.theme_changed.connect(self._on_theme_changed)

    @property
    def shortcut_text(self) -> str:
        """The key shown beside the word."""
        return self._shortcut

    def show_text(self, text: str, shortcut: str = "") -> None:
        """Show another word and key."""
        self._shortcut = shortcut
        self.setText(text)
        self.updateGeometry()
        self.update()

    def show_icon(self, icon: str | None) -> None:
        """Show another icon."""
        self._icon_name = icon
        self.updateGeometry()
        self.update()

    def show_kind(self, kind: ButtonKind) -> None:
        """Look like another kind of button."""
        self._kind = kind
        self.setProperty("kind", kind or None)
        restyle(self)

    @override
    def sizeHint(self) -> QSize:
        self.ensurePolished()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", option.icon.__class__()
        content = QSize(ceil(self._content_width()), self.fontMetrics().height())
        kind = QStyle.ContentsType.CT_PushButton
        hint = self.style().sizeFromContents(kind, option, content, self)
        around = 2 * self._theme.px(2) + 1 if self._kind == "link" else self._theme.px(2 * 12) + 2
        return QSize(max(hint.width(), content.width() + around), hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        self._paint_content(painter)
        painter.end()

    @property
    def is_elided(self) -> bool:
        """Whether there is no room for all of it; pointed at, it says the rest."""
        return self._shown_word(self._word_left()) != self._word()

    @override
    def event(self, event: QEvent) -> bool:
        points = event.type() == QEvent.Type.ToolTip and not self.toolTip()
        if points and self.is_elided and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._word(), self)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def _paint_content(self, painter: QPainter) -> None:
        role = self._role()
        left = self._word_left()
        if self._icon_name is not None:
            centre = QPointF(self._left() + self._theme.px(18) / 2, self.height() / 2)
            icon_role = role if self.isEnabled() else Role.CONTROL_BORDER
            paint_icon(painter, centre, self._theme, self._icon_name, icon_role)
        painter.setPen(self._theme.colour(role))
        font = self._word_font()
        if self._kind == "link" and self.underMouse() and self.isEnabled():
            font.setUnderline(True)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        word = self._shown_word(left)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, 0, self._room(left), self.height()), middle, word)
        if self._shortcut:
            left += metrics.horizontalAdvance(word) + self._theme.px(8)
            painter.setFont(self._key_font())
            if self._kind == "" and self.isEnabled():
                painter.setPen(self._theme.colour(Role.TEXT_SECONDARY))
            rest = QRectF(left, 0, max(self.width() - left, 0), self.height())
            painter.drawText(rest, middle, self._shortcut)

    def _left(self) -> float:
        """Return where the content begins."""
        if self._kind == "link":
            return self._theme.px(2)
        return (self.width() - min(self._content_width(), self.width() - 2)) / 2

    def _word_left(self) -> float:
        """Return where the word begins, behind the icon."""
        if self._icon_name is None:
            return self._left()
        return self._left() + self._theme.px(18) + (self._theme.px(8) if self.text() else 0)

    def _room(self, left: float) -> float:
        return self.width() - left - self._theme.px(2)

    def _shown_word(self, left: float) -> str:
        metrics = self._theme.fonts.metrics(WORD_STYLES.get(self._kind, TextStyle.BODY))
        return metrics.elidedText(self._word(), Qt.TextElideMode.ElideRight, self._room(left))

    def _role(self) -> Role:
        return TEXT_ROLES.get(self._kind, Role.TEXT) if self.isEnabled() else Role.TEXT_MUTED

    def _word(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _word_font(self) -> QFont:
        return self._theme.font(WORD_STYLES.get(self._kind, TextStyle.BODY))

    def _key_font(self) -> QFont:
        return self._theme.font(TextStyle.SECONDARY)

    def _content_width(self) -> float:
        fonts = self._theme.fonts
        style = WORD_STYLES.get(self._kind, TextStyle.BODY)
        width = fonts.metrics(style).horizontalAdvance(self._word())
        if self._icon_name is not None:
            width += self._theme.px(18) + (self._theme.px(8) if self.text() else 0)
        if self._shortcut:
            key = fonts.metrics(TextStyle.SECONDARY).horizontalAdvance(self._shortcut)
            width += self._theme.px(8) + key
        if self.menu() is not None:
            width += self._theme.px(20)
        return width + (0 if self._kind == "link" else self._theme.px(2))

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class IconButton(QToolButton):
    """A square button with an icon; its name is its tooltip and what is read out.

    Args:
        theme: The colours.
        icon: The drawing.
        name: What it does.
        kind: ``step`` has a frame; empty has none.
        shortcut: The key, for the tooltip.
        size: Of the square at a zoom of 100 %.
        parent: Qt's owner.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        *,
        kind: Literal["", "step"] = "",
        shortcut: str = "",
        size: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self._role = Role.TEXT
        self._size = size
        self.setProperty("kind", kind or None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_name(name, shortcut)
        self._on_theme_changed()
        theme.theme_changed.connect(self._on_theme_changed)

    def show_icon(self, icon: str, role: Role = Role.TEXT) -> None:
        """Show another drawing."""
        self._icon_name, self._role = icon, role
        self._on_theme_changed()

    def show_name(self, name: str, shortcut: str = "", reason: str = "") -> None:
        """Say what it does, with which key, and why it cannot be pressed where that is so."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(reason)
        tip = f"{name}  {shortcut}" if shortcut else name
        self.setToolTip(f"{tip}\n{reason}" if reason else tip)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def _on_theme_changed(self) -> None:
        self.setIcon(self._theme.icons.icon(self._icon_name, self._role))
        self.setIconSize(self._theme.icon_size())
        side = self._theme.px(self._size)
        self.setFixedSize(side, side)


class Switch(QAbstractButton):
    """Turns something on or off at once.

    Args:
        theme: The colours.
        name: What it turns on; stands elsewhere on the screen.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.theme_changed.connect(self._on_theme_changed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(36), self._theme.px(24))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, on = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = theme.px(32), theme.px(16)
        track = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        ground = Role.SURFACE_MUTED if not self.isEnabled() else Role.ACCENT if on else Role.SURFACE
        edge = Role.ACCENT if on and self.isEnabled() else Role.CONTROL_BORDER
        painter.setBrush(theme.colour(ground))
        painter.setPen(theme.colour(edge))
        inside = track.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inside, inside.height() / 2, inside.height() / 2)
        knob = theme.px(5)
        x = track.right() - height / 2 if on else track.left() + height / 2
        filled = Role.ON_ACCENT if on and self.isEnabled() else Role.CONTROL_BORDER
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(filled))
        painter.drawEllipse(QPointF(x, track.center().y()), knob, knob)
        if self.hasFocus():
            paint_focus_ring(painter, track, height / 2, theme)
        painter.end()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
