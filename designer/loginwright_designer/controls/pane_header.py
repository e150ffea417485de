"""The header of a pane: tabs at the left, a note and buttons at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
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

SIDES = {None: 12, "close": 8, "true": 4}
"""At both sides of a tab, by the property ``tight``, as the stylesheet has it."""

MARGIN = 16
"""Of panels, and of the words in their headers."""

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
        self._drawings: dict[str, tuple[str, Role]] = {}
        self._is_drawn = False
        self._saved = 0
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

    def add_tab(self, key: str, text: str) -> None:
        """Put a tab behind the others."""
        self._texts[key], self._counts[key] = text, None
        with_signals = self.tabs.blockSignals(True)
        index = self.tabs.addTab(text)
        self.tabs.setTabData(index, key)
        self.tabs.blockSignals(with_signals)
        self._show(key)

    def draw_where_narrow(self, key: str, icon: str, role: Role) -> None:
        """Let a tab's word give way to a drawing where the words of all tabs have no room.

        Args:
            key: Which tab.
            icon: What is drawn.
            role: Its colour.
        """
        self._drawings[key] = (icon, role)
        self._show(key)

    def remove_tab(self, key: str) -> None:
        """Take a tab away."""
        index = self._index(key)
        if index is not None:
            del self._texts[key], self._counts[key]
            self._drawings.pop(key, None)
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
        count, name = self._counts[key], self._texts[key]
        is_drawn = self._is_drawn and key in self._drawings
        text = "" if is_drawn else name.replace("&", "&&")
        self.tabs.setTabText(index, text if count is None else f"{text}  {count}".strip())
        spoken = name if count is None else f"{name}, {count}"
        self.tabs.setAccessibleTabName(index, spoken)
        self.tabs.setTabToolTip(index, spoken if is_drawn else "")
        if is_drawn:
            self.tabs.setTabIcon(index, self._theme.icons.icon(*self._drawings[key]))
        elif key in self._drawings:
            self.tabs.setTabIcon(index, QIcon())
        self._room_changed.start()

    def _tighten(self) -> None:
        """Let tabs stand closer where they would not all be seen; after all else has its place."""
        if not self.isVisible():
            return
        tabs = self.tabs.count()
        form = self.tabs.property("tight")
        words = self.tabs.sizeHint().width() - self._sides(form) * tabs + self._saved
        beside = sum(
            QWidgetItem(part).minimumSize().width() + self._row.spacing()
            for part in parts_of(self._row)
            if isinstance(part, QWidget) and part is not self.tabs and not part.isHidden()
        )
        room = self.width() - beside - words
        fitting = [one for one in SIDES if self._sides(one) * tabs + sum(self._ends(one)) <= room]
        self._stand(fitting[0] if fitting else "true")
        self._draw(bool(self._drawings) and not fitting)

    def _sides(self, form: str | None) -> int:
        """Return what stands beside a tab's word, at both sides together."""
        return 2 * self._theme.px(SIDES[form])

    def _ends(self, form: str | None) -> tuple[int, int]:
        """Return the margins left and right: the first word stands above what is below it."""
        return self._theme.px(MARGIN - SIDES[form]), self._theme.px(MARGIN)

    def _stand(self, form: str | None) -> None:
        """Let tabs stand closer, or less close."""
        if form != self.tabs.property("tight"):
            self.tabs.setProperty("tight", form)
            restyle(self.tabs)
            # Tabs keep their places until they hear that the style is another one.
            QApplication.sendEvent(self.tabs, QEvent(QEvent.Type.StyleChange))
            self.tabs.updateGeometry()
            self._fit_ends()

    def _fit_ends(self) -> None:
        left, right = self._ends(self.tabs.property("tight"))
        self._row.setContentsMargins(left, 0, right, 0)

    def _draw(self, drawn: bool) -> None:
        """Let drawings stand for words, or words again, and remember what room that saves."""
        if drawn == self._is_drawn:
            return
        before = self.tabs.sizeHint().width()
        self._is_drawn = drawn
        for key in self._drawings:
            self._show(key)
        self._saved = before - self.tabs.sizeHint().width() if drawn else 0

    def _on_current_changed(self, index: int) -> None:
        self.tabs.updateGeometry()  # the word of the tab in front is wider than it was
        self._room_changed.start()
        if index >= 0:
            self.tab_chosen.emit(self.chosen)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self._fit_ends()
        self._row.setSpacing(self._theme.px(8))
        self._is_drawn, self._saved = False, 0
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
