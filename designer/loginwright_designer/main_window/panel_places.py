"""The places where panels take turns: at the side, and at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import IconButton
from loginwright_designer.controls.labels import restyle
from loginwright_designer.controls.pane_header import PaneHeader
from loginwright_designer.main_window.arrangement import Pane
from loginwright_designer.main_window.bottom_view import BottomView
from loginwright_designer.main_window.pane_ring import first_focusable

if TYPE_CHECKING:
    from loginwright_designer.main_window.window_views import PanelView
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class _Stack(QStackedWidget):
    """Is as small as the window makes it: a hidden panel does not widen the one in front."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class SidePanel(QFrame):
    """One of the side panels, under its title.

    Args:
        theme: The colours.
        panels: All of them.
        parent: Qt's owner.
    """

    def __init__(
        self, theme: Theme, panels: tuple[PanelView, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._panels = {panel.key: panel for panel in panels}
        self.setProperty("ground", "surface")
        self._stack = _Stack()
        for panel in panels:
            self._stack.addWidget(_with_header(theme, panel))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._stack)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    @property
    def shown(self) -> str:
        """The key of the panel in front."""
        return list(self._panels)[self._stack.currentIndex()] if self._panels else ""

    def has(self, key: str) -> bool:
        """Whether there is such a panel."""
        return key in self._panels

    def show_panel(self, key: str) -> None:
        """Bring a panel to the front."""
        self._stack.setCurrentIndex(list(self._panels).index(key))
        self.setAccessibleName(self._panels[key].title)

    def first(self) -> QWidget | None:
        """Return what takes the keyboard in the panel in front."""
        return _first_of(self._panels[self.shown]) if self._panels else None

    def show_edge(self, *, shown: bool) -> None:
        """Have a line at the right: over the canvas there is no splitter that draws one."""
        self.setProperty("edge", "right" if shown else None)
        self._column.setContentsMargins(0, 0, 1 if shown else 0, 0)
        restyle(self)


class BottomPanel(BottomView):
    """Steps, console, problems: tabs in a header, and the one in front below.

    Args:
        theme: The colours.
        panels: All of them, in the order of their tabs.
        parent: Qt's owner.
    """

    def __init__(
        self, theme: Theme, panels: tuple[PanelView, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._panels = {panel.key: panel for panel in panels}
        name = translate("MainWindow", "Bottom panel")
        self.setAccessibleName(name)
        self.setProperty("ground", "surface")
        self.header = PaneHeader(theme, name)
        self._stack = _Stack()
        for panel in panels:
            self.header.add_tab(panel.key, panel.title)
            self._stack.addWidget(panel.widget)
        close = IconButton(theme, "chevron-down", translate("MainWindow", "Close the bottom panel"))
        close.clicked.connect(self.close_wanted)
        self.header.add_widget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        self.header.tab_chosen.connect(self._on_tab_chosen)

    @property
    @override
    def shown(self) -> str:
        """The key of the panel in front."""
        return list(self._panels)[self._stack.currentIndex()] if self._panels else ""

    @override
    def has(self, key: str) -> bool:
        """Whether there is such a panel."""
        return key in self._panels

    @override
    def show_panel(self, key: str) -> None:
        """Bring a panel to the front, without saying that the user did."""
        self._stack.setCurrentIndex(list(self._panels).index(key))
        blocked = self.header.blockSignals(True)
        self.header.choose(key)
        self.header.blockSignals(blocked)

    @override
    def first(self) -> QWidget | None:
        """Return what takes the keyboard in the panel in front."""
        return _first_of(self._panels[self.shown]) if self._panels else None

    def _on_tab_chosen(self, key: str) -> None:
        self._stack.setCurrentIndex(list(self._panels).index(key))
        self.chosen.emit(key)


class PaneSwitch(PaneHeader):
    """Tabs for panes that share one place because the window is narrow.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    pane_chosen = Signal(object)  # Pane

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, translate("MainWindow", "Parts of the window"), parent)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tab_chosen.connect(lambda key: self.pane_chosen.emit(Pane(key)))
        self.hide()

    def show_panes(self, panes: tuple[Pane, ...], front: Pane) -> None:
        """Show one tab for each pane, and which is in front; no panes hide the tabs."""
        blocked = self.blockSignals(True)
        wanted = tuple(pane.value for pane in panes)
        if self.keys != wanted:
            for key in self.keys:
                self.remove_tab(key)
            for pane in panes:
                self.add_tab(pane.value, pane_name(pane))
        self.choose(front.value)
        self.blockSignals(blocked)
        self.setVisible(bool(panes))


def pane_name(pane: Pane) -> str:
    """Return what stands on a pane's tab."""
    match pane:
        case Pane.SIDE:
            return translate("MainWindow", "Side panel")
        case Pane.CANVAS:
            return translate("MainWindow", "Flow")
        case Pane.EDITOR:
            return translate("MainWindow", "Code")
        case Pane.INSPECTOR:
            return translate("MainWindow", "Inspector")
        case Pane.BOTTOM:
            return translate("MainWindow", "Steps")


def _first_of(panel: PanelView) -> QWidget | None:
    for first in (panel.first, panel.widget.focusProxy()):
        if first is not None and first.isVisibleTo(panel.widget):
            return first
    return first_focusable(panel.widget)


def _with_header(theme: Theme, panel: PanelView) -> QWidget:
    if panel.own_header:
        return panel.widget
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    header = PaneHeader(theme, panel.title)
    header.add_tab(panel.key, panel.title)
    header.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    column.addWidget(header)
    column.addWidget(panel.widget, 1)
    return whole
