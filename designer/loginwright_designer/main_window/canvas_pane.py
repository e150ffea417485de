"""The canvas's place: the lane, or the grid of scenarios, under one header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.pane_header import PaneHeader
from loginwright_designer.main_window.arrangement import Page

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class _Pages(QStackedWidget):
    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class CanvasPane(QFrame):
    """The lane and the grid; which of them is in front is the window's decision.

    Args:
        theme: The colours.
        canvas: The lane.
        grid: The grid of scenarios, or None.
        parent: Qt's owner.
    """

    page_wanted = Signal(object)  # Page: its tab was pressed

    def __init__(
        self, theme: Theme, canvas: QWidget, grid: QWidget | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._canvas, self._grid = canvas, grid
        self._count: int | None = None
        self._claimed: tuple[QKeySequence, ...] = ()
        self._notes = {Page.FLOW: "", Page.SCENARIOS: ""}
        self.setProperty("ground", "surface")
        self.setAccessibleName(translate("MainWindow", "Canvas"))
        self.header = PaneHeader(theme, translate("MainWindow", "Canvas"))
        self.header.add_tab(Page.FLOW.value, translate("MainWindow", "Flow"))
        self._stack = _Pages()
        self._stack.addWidget(canvas)
        if grid is not None:
            self._stack.addWidget(grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        self.header.tab_chosen.connect(self._on_tab_chosen)

    @property
    def page(self) -> Page:
        """What is in front."""
        return Page.FLOW if self._stack.currentWidget() is self._canvas else Page.SCENARIOS

    def show_page(self, page: Page, *, offer_grid: bool) -> None:
        """Bring a page to the front.

        Args:
            page: Which.
            offer_grid: The tab of the grid is there although the grid is not in front.
        """
        blocked = self.header.blockSignals(True)
        key = Page.SCENARIOS.value
        wanted = self._grid is not None and (offer_grid or page is Page.SCENARIOS)
        if wanted and key not in self.header.keys:
            self.header.add_tab(key, translate("MainWindow", "Scenarios"))
            self.header.set_count(key, self._count)
        elif not wanted and key in self.header.keys:
            self.header.remove_tab(key)
        self.header.choose(page.value)
        self.header.blockSignals(blocked)
        if page is Page.SCENARIOS and self._grid is not None:
            self._stack.setCurrentWidget(self._grid)
        else:
            self._stack.setCurrentWidget(self._canvas)
        self.header.set_note(self._notes[self.page])

    def set_note(self, text: str, page: Page = Page.FLOW) -> None:
        """Say something at the right of the header while a page is in front."""
        self._notes[page] = text
        self.header.set_note(self._notes[self.page])

    def set_scenario_count(self, count: int | None) -> None:
        """Show how many scenarios there are."""
        self._count = count
        if Page.SCENARIOS.value in self.header.keys:
            self.header.set_count(Page.SCENARIOS.value, count)

    def first(self) -> QWidget | None:
        """Return what takes the keyboard: the page in front, if it takes it itself."""
        return self._stack.currentWidget()

    def claim_keys(self, claimed: tuple[QKeySequence, ...]) -> None:
        """Leave keys to the grid while it has the keyboard."""
        self._claimed = claimed

    @override
    def event(self, event: QEvent) -> bool:
        """A key that the grid answers itself is not taken for a command of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            if self.page is Page.SCENARIOS and pressed in self._claimed:
                event.accept()
                return True
        return super().event(event)

    def _on_tab_chosen(self, key: str) -> None:
        self.page_wanted.emit(Page(key))
