"""The header of a pane: tabs at the left, a note and buttons at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QTabBar,
    QToolButton,
    QWidget,
    QWidgetItem,
)
from typing_extensions import override

from loginwright_designer.controls.labels import ElidedLabel, restyle
from loginwright_designer.controls.layout_parts import parts_of
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from loginwright_designer.theme.theme import Theme

LOOSE, TIGHT = 12, 4
"""At both sides of a tab, as the stylesheet has it."""

HEIGHT = 40
"""Of every header, so that the baselines of neighbours agree (desktop.md)."""


class PaneHeader(QFrame):
    """A pane's header; one tab alone is its title.

    Args:
        theme: The colours.
        name: What the row of tabs is called when it is read out.
        parent: Qt's owner.
    """

    tab_chosen = Signal(str)  # the key of another tab

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts: dict[str, str] = {}
        self._counts: dict[str, int | None] = {}
        self._icons: dict[str, str] = {}
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(name)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setUsesScrollButtons(True)
        for arrow in self.tabs.findChildren(QToolButton):
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keys, the tabs themselves scroll
        self.tabs.setDrawBase(False)
        self.tabs.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.tabs.currentChanged.connect(self._on_current_changed)
        self._note = ElidedLabel("", TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._room_changed = QTimer(self)
        self._room_changed.setSingleShot(True)
        self._room_changed.timeout.connect(self._tighten)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        self._row.addStretch(1)
        self._note.hide()
        self._row.addWidget(self._note)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def add_tab(self, key: str, text: str, icon: str | None = None) -> None:
        """Put a tab behind the others."""
        self._texts[key], self._counts[key] = text, None
        if icon is not None:
            self._icons[key] = icon
        with_signals = self.tabs.blockSignals(True)
        index = self.tabs.addTab(text)
        self.tabs.setTabData(index, key)
        self.tabs.blockSignals(with_signals)
        self._show(key)

    def remove_tab(self, key: str) -> None:
        """Take a tab away."""
        index = self._index(key)
        if index is not None:
            del self._texts[key], self._counts[key]
            self._icons.pop(key, None)
            self.tabs.removeTab(index)

    def set_tab_text(self, key: str, text: str) -> None:
        """Name a tab anew."""
        self._texts[key] = text
        self._show(key)

    def set_count(self, key: str, count: int | None) -> None:
        """Show how many things a tab holds; None shows no number."""
        self._counts[key] = count
        self._show(key)

    @property
    def chosen(self) -> str:
        """The key of the tab in front; empty where there is none."""
        return str(self.tabs.tabData(self.tabs.currentIndex()) or "")

    @property
    def keys(self) -> tuple[str, ...]:
        """The tabs' keys in their order."""
        return tuple(str(self.tabs.tabData(index)) for index in range(self.tabs.count()))

    def choose(self, key: str) -> None:
        """Bring a tab to the front; nothing where there is none."""
        index = self._index(key)
        if index is not None:
            self.tabs.setCurrentIndex(index)

    def set_note(self, text: str) -> None:
        """Say something at the right."""
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self._room_changed.start()

    @property
    def note(self) -> str:
        """What stands at the right."""
        return self._note.whole_text()

    def add_widget(self, widget: QWidget) -> None:
        """Put something at the right end."""
        self._row.addWidget(widget)

    def _index(self, key: str) -> int | None:
        keys = self.keys
        return keys.index(key) if key in keys else None

    def _show(self, key: str) -> None:
        index = self._index(key)
        if index is None:
            return
        count = self._counts[key]
        text = self._texts[key].replace("&", "&&")
        self.tabs.setTabText(index, text if count is None else f"{text}  {count}".strip())
        name = self._texts[key]
        self.tabs.setAccessibleTabName(index, name if count is None else f"{name}, {count}")
        if key in self._icons:
            role = Role.TEXT if key == self.chosen else Role.TEXT_SECONDARY
            self.tabs.setTabIcon(index, self._theme.icons.icon(self._icons[key], role))
        self._room_changed.start()

    def _tighten(self) -> None:
        """Let tabs stand closer where they would not all be seen; after all else has its place."""
        if not self.isVisible():
            return
        closer = self._theme.px(2 * (LOOSE - TIGHT)) * self.tabs.count()
        is_tight = bool(self.tabs.property("tight"))
        loose = self.tabs.sizeHint().width() + (closer if is_tight else 0)
        beside = sum(
            QWidgetItem(part).minimumSize().width() + self._row.spacing()
            for part in parts_of(self._row)
            if isinstance(part, QWidget) and part is not self.tabs and not part.isHidden()
        )
        wanted = loose + beside + self._theme.px(4 + 16) > self.width()
        if wanted != is_tight:
            self.tabs.setProperty("tight", wanted or None)
            restyle(self.tabs)
            # Tabs keep their places until they hear that the style is another one.
            QApplication.sendEvent(self.tabs, QEvent(QEvent.Type.StyleChange))
            self.tabs.updateGeometry()

    def _on_current_changed(self, index: int) -> None:
        for key in self._icons:
            self._show(key)
        if index >= 0:
            self.tab_chosen.emit(self.chosen)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self._row.setContentsMargins(self._theme.px(4), 0, self._theme.px(16), 0)
        self._row.setSpacing(self._theme.px(8))
        for key in self.keys:
            self._show(key)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room_changed.start()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._room_changed.start()
        return super().event(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._room_changed.start()
