"""*Breakpoints*: where a login stops, and which meanings stop it wherever they occur."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import Button, IconButton
from loginwright_designer.controls.labels import text_label
from loginwright_designer.controls.rows import SectionTitle, Separator
from loginwright_designer.panels.inspector.inspector_signals import (
    BreakpointRemoval,
    BreakpointToggle,
)
from loginwright_designer.panels.inspector.page import Page
from loginwright_designer.panels.inspector.text_painting import plain_tip
from loginwright_designer.simulation.breakpoint_rows import BreakpointList
from loginwright_designer.simulation.visible_text import visible_line
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from loginwright_designer.simulation.breakpoint_rows import BreakpointRow
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class BreakpointsView(Page):
    """Shows a ``BreakpointList``.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    toggled = Signal(object)
    """A ``BreakpointToggle``: the user turned one on or off."""
    removed = Signal(object)
    """A ``BreakpointRemoval``: the user asked to remove one."""
    opened = Signal(object)
    """A ``SourcePlace``: the user asked for where one stops."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, translate("Breakpoints", "Breakpoints"), parent)
        self._shown: BreakpointList | None = None
        self.ticks: dict[str, QCheckBox] = {}
        self.show_breakpoints(BreakpointList())

    @property
    def shown(self) -> BreakpointList:
        """What is shown."""
        return self._shown or BreakpointList()

    def show_breakpoints(self, shown: BreakpointList) -> None:
        """Show where a login stops; the keyboard stays on its row."""
        if shown == self._shown:
            return
        keys = [row.key for row in (*shown.rows, *shown.meanings)]
        if keys == list(self.ticks):
            self._show_ticks(shown)
        else:
            self._fill(shown)
        self._shown = shown

    def _show_ticks(self, shown: BreakpointList) -> None:
        for row in (*shown.rows, *shown.meanings):
            tick = self.ticks[row.key]
            tick.setText(visible_line(row.text).replace("&", "&&"))
            tick.setChecked(row.enabled)

    def _fill(self, shown: BreakpointList) -> None:
        focused = next((key for key, tick in self.ticks.items() if tick.hasFocus()), None)
        self.clear()
        self.ticks = {}
        self.column.addWidget(SectionTitle(translate("Breakpoints", "At a place")))
        if not shown.rows:
            text = translate(
                "Breakpoints", "None set. F9 sets one on the selected card or on a line of code."
            )
            words = text_label(text, TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True)
            self.column.addWidget(words)
        for row in shown.rows:
            self.column.addWidget(self._row(row))
        self.column.addWidget(Separator())
        self.column.addWidget(SectionTitle(translate("Breakpoints", "Wherever it happens")))
        for row in shown.meanings:
            self.column.addWidget(self._tick(row))
        self.column.addStretch(1)
        if focused in self.ticks:
            self.ticks[focused].setFocus()

    def _tick(self, row: BreakpointRow) -> QCheckBox:
        tick = QCheckBox(visible_line(row.text).replace("&", "&&"))
        tick.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        tick.setToolTip(plain_tip(row.text))
        tick.setAccessibleName(row.text)
        tick.setChecked(row.enabled)
        tick.clicked.connect(partial(self._on_ticked, row.key, tick))
        self.ticks[row.key] = tick
        return tick

    def _row(self, row: BreakpointRow) -> QWidget:
        line = _BreakpointLine(partial(self._on_removed, row.key))
        place = QHBoxLayout(line)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self._tick(row), 1)
        if row.place is not None:
            go = Button(self._theme, translate("Breakpoints", "Go to"), kind="link")
            go.setAccessibleName(translate("Breakpoints", "Go to {place}").format(place=row.text))
            go.clicked.connect(partial(self._on_opened, row))
            place.addWidget(go)
        name = translate("Breakpoints", "Remove {place}").format(place=row.text)
        remove = IconButton(self._theme, "x", name, shortcut="Del", size=28)
        remove.clicked.connect(partial(self._on_removed, row.key))
        place.addWidget(remove)
        return line

    def _on_ticked(self, key: str, tick: QCheckBox) -> None:
        self.toggled.emit(BreakpointToggle(key, tick.isChecked()))

    def _on_removed(self, key: str) -> None:
        self.removed.emit(BreakpointRemoval(key))

    def _on_opened(self, row: BreakpointRow) -> None:
        self.opened.emit(row.place)


class _BreakpointLine(QWidget):
    """A row on which Delete removes the breakpoint, wherever in it the keyboard is."""

    def __init__(self, remove: Callable[[], None]) -> None:
        super().__init__()
        self._remove = remove

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._remove()
        else:
            super().keyPressEvent(event)
