"""Toasts: what has just happened, with a way to undo it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.code_editor.announcement import announce
from loginwright_designer.controls.buttons import Button, IconButton
from loginwright_designer.controls.labels import IconLabel, SaidLabel
from loginwright_designer.theme.roles import Role

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

SHOWN_FOR: Final = 6000
"""Milliseconds; the clock stands still while the pointer or the keyboard is on a toast."""

MOST: Final = 3
_WIDTH: Final = 420
_ABOVE: Final = 36


class Toast(QWidget):
    """One message.

    Args:
        theme: The colours.
        text: What has happened.
        action: What can be done about it; empty for nothing.
        error: It stays until it is sent away.
        parent: The window.
    """

    pressed = Signal()  # the action
    gone = Signal()

    def __init__(
        self, theme: Theme, text: str, action: str, *, error: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.error = error
        self.text = text
        self._label = SaidLabel(text)
        self.setAccessibleName(self._label.accessibleName())
        self.button: Button | None = None
        icon, role = ("triangle-alert", Role.DANGER) if error else ("info", Role.INFO)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconLabel(theme, icon, role), 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._label, 1)
        if action:
            self.button = Button(theme, action, kind="link")
            self.button.setAccessibleDescription(text)
            self.button.clicked.connect(self._on_pressed)
            self._row.addWidget(self.button)
        self.dismiss = IconButton(theme, "x", translate("Toasts", "Dismiss"))
        self.dismiss.setAccessibleDescription(text)
        self.dismiss.clicked.connect(self.go)
        self._row.addWidget(self.dismiss)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(SHOWN_FOR)
        self._clock.timeout.connect(self.go)
        for inside in (self.button, self.dismiss):
            if inside is not None:
                inside.installEventFilter(self)
        self._fit()
        theme.theme_changed.connect(self._fit)
        self._run_clock()

    @property
    def is_ending(self) -> bool:
        """Whether it goes by itself, if nothing else happens."""
        return self._clock.isActive()

    def go(self) -> None:
        """Vanish."""
        self._clock.stop()
        self.hide()
        self.gone.emit()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._clock.stop()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._run_clock()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._clock.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._run_clock()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour(Role.SURFACE))
        edge = Role.DANGER if self.error else Role.CONTROL_BORDER
        painter.setPen(QPen(theme.colour(edge), 1))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.px(8), theme.px(8))
        painter.end()

    def fit_width(self, width: int) -> None:
        """Take a width, and the height that the words need at it."""
        self.setFixedWidth(width)
        self._row.activate()
        height = self._row.heightForWidth(width)
        self.setFixedHeight(max(height, self._row.sizeHint().height(), self._theme.px(48)))

    def _run_clock(self) -> None:
        """An error waits for whoever has to read it."""
        focused = any(one is not None and one.hasFocus() for one in (self.button, self.dismiss))
        if not self.error and not focused and not self.underMouse():
            self._clock.start()

    def _on_pressed(self) -> None:
        self.pressed.emit()
        self.go()

    def _fit(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(16), px(8), px(8), px(8))
        self._row.setSpacing(px(8))


class Toasts(QWidget):
    """The toasts at the lower right of a window, the newest at the bottom.

    Args:
        theme: The colours.
        window: What they lie over.
    """

    changed = Signal()  # one came or went

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._toasts: list[Toast] = []
        self.setAccessibleName(translate("Toasts", "Messages"))
        self.hide()
        window.installEventFilter(self)
        theme.theme_changed.connect(self._place)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is said, the oldest first."""
        return tuple(toast.text for toast in self._toasts)

    @property
    def shown(self) -> tuple[Toast, ...]:
        """The toasts, the oldest first."""
        return tuple(self._toasts)

    def show_text(self, text: str, action: str = "", *, error: bool = False) -> Toast:
        """Say what has happened; also to who cannot see it.

        Args:
            text: In one or two lines.
            action: What can be done about it: "Undo".
            error: It stays until it is sent away.
        """
        toast = Toast(self._theme, text, action, error=error, parent=self)
        toast.gone.connect(lambda: self._take(toast))
        self._toasts.append(toast)
        while len(self._toasts) > MOST:
            self._oldest().go()
        toast.show()
        self._place()
        announce(self._window, text)
        self.changed.emit()
        return toast

    def clear(self) -> None:
        """Send all away but the errors: what they offered can no longer be done."""
        for toast in [toast for toast in self._toasts if not toast.error]:
            toast.go()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _oldest(self) -> Toast:
        """Return the one that gives way: an error only to errors."""
        plain = [toast for toast in self._toasts if not toast.error]
        return plain[0] if plain and plain[0] is not self._toasts[-1] else self._toasts[0]

    def _take(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            toast.deleteLater()
            self._place()
            self.changed.emit()

    def _place(self) -> None:
        """Lie only where there are toasts, so that what is below can be pressed."""
        if not self._toasts:
            self.hide()
            return
        px = self._theme.px
        width = min(px(_WIDTH), self._window.width() - 2 * px(16))
        top = 0
        for toast in self._toasts:
            toast.fit_width(width)
            toast.move(0, top)
            top += toast.height() + px(8)
        height = top - px(8)
        right, bottom = self._window.width() - px(16), self._window.height() - px(_ABOVE)
        self.setGeometry(right - width, bottom - height, width, height)
        self.show()
        self.raise_()
