"""The tabs of the editor area: they can be moved, say what is not saved, and pulse once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractAnimation,
    QCoreApplication,
    QEvent,
    QRectF,
    QSize,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget
from typing_extensions import override

from loginwright_designer.theme.roles import Role
from loginwright_designer.theme.shapes import paint_icon

if TYPE_CHECKING:
    from loginwright_designer.main_window.tab_key import TabKey
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

PULSE: Final = 150
"""Milliseconds; nothing on the screen takes longer, and nothing loops (desktop.md)."""

_TITLE: Final = 240
_ICON: Final = 18
_CROSS, _BESIDE_CROSS = 20, 8


@dataclass(frozen=True, slots=True)
class TabLook:
    """What is said of one page.

    Attributes:
        title: Its name.
        icon: Before it.
        unseen: It has called for attention and was not looked at yet.
        note: What is said under the tab.
    """

    title: str
    icon: str
    unseen: bool = False
    note: str = ""

    def spoken(self) -> str:
        """Return the tab as it is read out."""
        words = [self.title]
        if self.unseen:
            words.append(translate("EditorArea", "new"))
        if self.note:
            words.append(self.note)
        return ", ".join(words)


class TabCross(QToolButton):
    """Closes a page; it ends where the line under its tab does.

    The keyboard closes a page with its command, so the cross is for the pointer alone.

    Args:
        theme: The colours.
        parent: The tabs.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(translate("EditorArea", "Close"))
        self.setToolTip(translate("EditorArea", "Close"))
        self._fit()
        theme.theme_changed.connect(self._fit)

    def _fit(self) -> None:
        # What is beyond the cross is the margin that the stylesheet gives to a tab.
        side = self._theme.px(_CROSS)
        self.setFixedSize(side + self._theme.px(_BESIDE_CROSS), side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self._theme.px(_CROSS)
        area = QRectF(0, (self.height() - side) / 2, side, side)
        if self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(Role.HOVER))
            painter.drawRoundedRect(area, self._theme.px(4), self._theme.px(4))
        role = Role.TEXT if self.underMouse() else Role.TEXT_SECONDARY
        paint_icon(painter, area.center(), self._theme, "x", role, 14)
        painter.end()


class AreaTabs(QTabBar):
    """One tab for each page, in an order that the user may change.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    chosen = Signal(object)  # TabKey, or None when there is no tab any more
    close_wanted = Signal(object)  # TabKey

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._looks: dict[TabKey, TabLook] = {}
        self._pulsing: TabKey | None = None
        self._strength = 0.0
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(PULSE)
        self._motion.setStartValue(1.0)
        self._motion.setEndValue(0.0)
        self._motion.valueChanged.connect(self._on_pulse)
        self.setAccessibleName(translate("EditorArea", "Open pages"))
        self.setExpanding(False)
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setDrawBase(False)
        self.currentChanged.connect(self._on_current_changed)
        theme.theme_changed.connect(self._show_all)

    @property
    def keys(self) -> tuple[TabKey, ...]:
        """The pages in the order of their tabs."""
        return tuple(self.tabData(index) for index in range(self.count()))

    @property
    def current_key(self) -> TabKey | None:
        """The page in front."""
        return self.key_at(self.currentIndex())

    def key_at(self, index: int) -> TabKey | None:
        """Return the page of a tab."""
        key: TabKey | None = self.tabData(index) if 0 <= index < self.count() else None
        return key

    def look(self, key: TabKey) -> TabLook:
        """Return what is said of a page."""
        return self._looks[key]

    def add(self, key: TabKey, look: TabLook) -> None:
        """Put a tab behind the others."""
        self._looks[key] = look
        blocked = self.blockSignals(True)
        index = self.addTab("")
        self.setTabData(index, key)
        cross = TabCross(self._theme, self)
        cross.clicked.connect(lambda: self.close_wanted.emit(key))
        self.setTabButton(index, QTabBar.ButtonPosition.RightSide, cross)
        self.blockSignals(blocked)
        self._show(key)

    def take(self, key: TabKey) -> None:
        """Take a tab away; the nearest other comes to the front."""
        self.removeTab(self.keys.index(key))
        del self._looks[key]

    def change(self, key: TabKey, look: TabLook) -> None:
        """Say something else of a page."""
        if look == self._looks[key]:
            return
        self._looks[key] = look
        self._show(key)

    def choose(self, key: TabKey) -> None:
        """Bring a page to the front."""
        self.setCurrentIndex(self.keys.index(key))

    def choose_beside(self, step: int) -> None:
        """Bring the next page to the front, or the one before; after the last comes the first."""
        if self.count():
            self.setCurrentIndex((self.currentIndex() + step) % self.count())

    def pulse(self, key: TabKey, *, reduced: bool) -> None:
        """Call for attention: once, and without motion a mark that stays does it alone."""
        self.change(key, replace(self._looks[key], unseen=True))
        if not reduced:
            self._pulsing = key
            self._motion.stop()
            self._motion.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)

    @property
    def is_pulsing(self) -> bool:
        """Whether something moves."""
        return self._motion.state() is QAbstractAnimation.State.Running

    @override
    def tabSizeHint(self, index: int) -> QSize:
        """Leave no tab wider than a title of some 30 letters; the tooltip has all of it."""
        hint = super().tabSizeHint(index)
        return QSize(min(hint.width(), self._theme.px(_TITLE)), hint.height())

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._pulsing is None or self._pulsing not in self._looks or self._strength <= 0:
            return
        painter = QPainter(self)
        painter.setOpacity(self._strength * 0.5)
        area = QRectF(self.tabRect(self.keys.index(self._pulsing)))
        painter.fillRect(area, self._theme.colour(Role.ACCENT))
        painter.end()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The middle button closes, as in a browser."""
        key = self.key_at(self.tabAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.MiddleButton and key is not None:
            self.close_wanted.emit(key)
        super().mouseReleaseEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._show_all()

    def _on_current_changed(self, index: int) -> None:
        key = self.key_at(index)
        if key is not None and key in self._looks and self._looks[key].unseen:
            self.change(key, replace(self._looks[key], unseen=False))
        self._show_all()
        self.chosen.emit(key)

    def _on_pulse(self, value: float) -> None:
        self._strength = value
        self.update()

    def _show_all(self) -> None:
        for key in self.keys:
            self._show(key)

    def _show(self, key: TabKey) -> None:
        index, look = self.keys.index(key), self._looks[key]
        marks = "◆" * look.unseen
        title = look.title.replace("&", "&&")
        self.setTabText(index, f"{title} {marks}" if marks else title)
        role = Role.TEXT if index == self.currentIndex() else Role.TEXT_SECONDARY
        self.setTabIcon(index, self._theme.icons.icon(look.icon, role))
        side = self._theme.px(_ICON)
        self.setIconSize(QSize(side, side))
        self.setTabToolTip(index, look.spoken())
        self.setAccessibleTabName(index, look.spoken())
