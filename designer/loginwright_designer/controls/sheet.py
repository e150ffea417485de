"""A sheet inside the window: it dims what is below, and gives the focus back when it closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from loginwright_designer.controls.buttons import IconButton
from loginwright_designer.controls.labels import ElidedLabel, IconLabel
from loginwright_designer.controls.rows import Separator
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

_RADIUS = 12
_BELOW = 8
"""Between a sheet and the button that it stands at."""


class _Card(QWidget):
    """The sheet itself: a rounded ground, with the edge that tells it from the dimmed window."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.colour(Role.SURFACE))
        painter.setPen(self._theme.colour(Role.BORDER))
        inside = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = self._theme.px(_RADIUS)
        painter.drawRoundedRect(inside, radius, radius)
        painter.end()


class _Content(QWidget):
    """What a sheet holds, as high as its lines are at the width that they have.

    Qt guesses the height of sentences that take several lines, mostly too high, and would scroll.
    """

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), 0) if self.hasHeightForWidth() else hint

    @override
    def heightForWidth(self, width: int) -> int:
        """Return the least height, where lists have given way; below it the sheet scrolls."""
        rows = self.layout()
        return -1 if rows is None else rows.totalMinimumHeightForWidth(width)


class Sheet(QWidget):
    """Content over the whole window; nothing outside of it takes keys or clicks while it is open.

    ``body`` takes the content and scrolls where the window is small; ``footer`` the buttons.

    Args:
        theme: The colours.
        host: The window, or the part of it that is covered.
        title: What it is about; read out when it opens.
        icon: Before the title.
        width: At a zoom of 100 %; less where the window is narrower.
    """

    closed = Signal()

    def __init__(
        self, theme: Theme, host: QWidget, title: str, icon: str | None = None, width: int = 640
    ) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._width = width
        self._focus_before: QWidget | None = None
        self._held: QWidget | None = None
        self._held_at = 0
        self._opener: QWidget | None = None
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.card = _Card(theme, self)
        self.card.setAccessibleName(title)
        self._title = ElidedLabel(title, TextStyle.TITLE)
        self.close_button = IconButton(theme, "x", self.tr("Close"), shortcut="Esc")
        self.close_button.clicked.connect(self.close_sheet)
        self._header = QHBoxLayout()
        if icon is not None:
            self._header.addWidget(IconLabel(theme, icon, Role.TEXT))
        self._header.addWidget(self._title, 1)
        self._header.addWidget(self.close_button)
        content = _Content()
        self.body = QVBoxLayout(content)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        for ground in (content, self._scroll.viewport()):
            ground.setAutoFillBackground(False)
        self._content = content
        self.footer = QHBoxLayout()
        rows = QVBoxLayout(self.card)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._header)
        rows.addWidget(Separator())
        rows.addWidget(self._scroll, 1)
        rows.addWidget(Separator())
        rows.addLayout(self.footer)
        self._rows = rows
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.hide()
        self._on_theme_changed()
        theme.theme_changed.connect(self._on_theme_changed)

    @property
    def is_open(self) -> bool:
        """Whether it covers the window."""
        return self.isVisibleTo(self._host)

    def stand_under(self, opener: QWidget) -> None:
        """Stand at a button instead of in the middle, as long as that is seen."""
        self._opener = opener

    def show_title(self, title: str) -> None:
        """Say something else at its top."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self.card.setAccessibleName(title)

    def open(self, first: QWidget | None = None) -> None:
        """Cover the window; the keyboard goes to ``first``, or to the first thing that takes it."""
        if not self.is_open:
            self._focus_before = QApplication.focusWidget()
            application = _application()
            application.installEventFilter(self)
            application.focusChanged.connect(self._on_focus_changed)
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self._place()
        QTimer.singleShot(0, self, self.fit)  # what takes several lines knows its height by then
        wanted = first if first is not None else self._first()
        wanted.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_sheet(self) -> None:
        """Uncover the window, and give the focus back to what had it."""
        if not self.is_open:
            return
        application = _application()
        application.removeEventFilter(self)
        application.focusChanged.disconnect(self._on_focus_changed)
        before, self._focus_before = self._focus_before, None
        self._held = None
        if before is None or not isValid(before) or not _takes_keys(before):
            before = self._beside()
        self.hide()
        if before is not None:
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the host's size, and keep keys and focus inside."""
        kind = event.type()
        if watched is self._host and kind == QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
            self._place()
        elif watched is self._opener and kind in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(watched, event)
        elif kind == QEvent.Type.ShortcutOverride:
            return False
        elif kind == QEvent.Type.Shortcut and self._covers(watched):
            return True
        return False

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour(Role.SCRIM))
        painter.end()

    def _on_focus_changed(self, _: QWidget | None, new: QWidget | None) -> None:
        """Keep the keyboard inside, whatever goes on behind and whatever goes from inside."""
        if not isValid(self) or not self._is_on_top():
            return
        if new is None:
            QTimer.singleShot(0, self, self._recover)
        elif self.isAncestorOf(new):
            self._held = new
            order = self.focus_order()
            self._held_at = order.index(new) if new in order else 0
        elif new.window() is self.window():
            self._take_back()

    def _recover(self) -> None:
        """Take the keyboard, if the window is in front and nothing has it."""
        lost = self.window().isActiveWindow() and QApplication.focusWidget() is None
        if lost and self._is_on_top() and QApplication.activePopupWidget() is None:
            self._take_back()

    def _take_back(self) -> None:
        """Give the keyboard to what had it in here, or to what has come to stand there."""
        held = self._held
        if held is None or not isValid(held) or not _takes_keys(held):
            order = self.focus_order() or [self.close_button]
            held = order[min(self._held_at, len(order) - 1)]
        held.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_on_top(self) -> bool:
        """Whether no other sheet covers this one."""
        if not self.is_open:
            return False
        sheets = [one for one in self._host.children() if isinstance(one, Sheet) and one.is_open]
        return sheets[-1] is self

    def _on_key(self, watched: QObject, event: QKeyEvent) -> bool:
        """Close on Escape, and go round with Tab."""
        if not isinstance(watched, QWidget) or watched.window() is not self.window():
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
            return True
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            forward = event.key() == Qt.Key.Key_Tab and not (
                event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            )
            self._go_round(forward=forward)
            return True
        return False

    def _covers(self, watched: QObject) -> bool:
        """Whether a shortcut belongs to what is covered."""
        if not isinstance(watched, QWidget):
            return True
        return watched.window() is self.window() and not self.isAncestorOf(watched)

    def _go_round(self, *, forward: bool) -> None:
        order = self.focus_order()
        if not order:
            return
        now = QApplication.focusWidget()
        index = order.index(now) if now in order else -1
        wanted = order[(index + (1 if forward else -1)) % len(order)]
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        wanted.setFocus(reason)
        self._scroll.ensureWidgetVisible(wanted)

    def focus_order(self) -> list[QWidget]:
        """Return what takes the keyboard, in Tab's order, the close button last."""
        found: list[QWidget] = []
        current = self.card.nextInFocusChain()
        while current is not None and current is not self.card:
            if self.card.isAncestorOf(current) and _takes_tab(current):
                found.append(current)
            current = current.nextInFocusChain()
        return sorted(found, key=lambda widget: widget is self.close_button)

    def _first(self) -> QWidget:
        order = self.focus_order()
        return order[0] if order else self.close_button

    def _beside(self) -> QWidget | None:
        """Return what takes the keyboard where what had it before is gone or hidden."""
        current = self.nextInFocusChain()
        while current is not None and current is not self:
            if not self.isAncestorOf(current) and _takes_tab(current):
                return current
            current = current.nextInFocusChain()
        return None

    def _place(self) -> None:
        margin = self._theme.px(16)
        width = min(self._theme.px(self._width), self.width() - 2 * margin)
        self.card.setFixedWidth(max(width, 1))
        self._rows.activate()
        around = self._header.sizeHint().height() + self.footer.sizeHint().height() + 2
        inner = self._content.layout()
        assert inner is not None, "made with one"
        wanted = inner.heightForWidth(width) if inner.hasHeightForWidth() else -1
        if wanted < 0:
            wanted = self._content.sizeHint().height()
        height = min(wanted + around, self.height() - 2 * margin)
        self.card.setFixedHeight(max(height, 1))
        self.card.move(self._corner(margin))

    def _corner(self, margin: int) -> QPoint:
        """Return where the card stands: under its opener, as far as it fits, or in the middle."""
        spare = QPoint(self.width() - self.card.width(), self.height() - self.card.height())
        if self._opener is None or not self._opener.isVisible():
            return spare / 2
        opener = QRect(self._opener.mapTo(self._host, QPoint()), self._opener.size())
        right = opener.right() + 1 - self.card.width()
        below = opener.bottom() + 1 + self._theme.px(_BELOW)
        most = spare - QPoint(margin, margin)
        return QPoint(max(margin, min(right, most.x())), max(margin, min(below, most.y())))

    def fit(self) -> None:
        """Take another height, after the content has changed."""
        if self.is_open:
            self._place()

    def _on_theme_changed(self) -> None:
        side, gap = self._theme.px(24), self._theme.px(12)
        self._header.setContentsMargins(side, gap, self._theme.px(16), gap)
        self._header.setSpacing(gap)
        self.body.setContentsMargins(side, self._theme.px(16), side, self._theme.px(16))
        self.body.setSpacing(gap)
        self.footer.setContentsMargins(side, gap, side, gap)
        self.footer.setSpacing(self._theme.px(8))
        self.fit()
        QTimer.singleShot(0, self, self.fit)  # what is inside has its new height after this


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication), "widgets need one"
    return application


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled()


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and _takes_keys(widget)
