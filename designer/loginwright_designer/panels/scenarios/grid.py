"""The scenario grid: every scenario, how it ends, and whether that is what was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.passing_menus import MenuEntry, menu_of, offer_menu
from loginwright_designer.controls.rows import EmptyState
from loginwright_designer.controls.search_field import SearchField
from loginwright_designer.panels.scenarios.grid_model import GridAction, GridModel
from loginwright_designer.panels.scenarios.grid_table import GridTable
from loginwright_designer.panels.scenarios.marks import GLYPH_MARKS, STATE_MARKS, glyph_words
from loginwright_designer.panels.scenarios.phrases import Phrase, PhraseLine
from loginwright_designer.panels.scenarios.preset_menu import new_preset_menu
from loginwright_designer.panels.scenarios.wishes import RunWish, ScenarioWish
from loginwright_designer.simulation.scenario_results import ActionGlyph, count, count_words
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from loginwright_designer.simulation.scenario_results import ScenarioResult
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

FILTER_BESIDE = 176
"""Width of the filter beside how scenarios stand, at a zoom of 100 %."""

_LEGEND = (
    ActionGlyph.RAN,
    ActionGlyph.SET,
    ActionGlyph.MFA,
    ActionGlyph.AWAY,
    ActionGlyph.DENIED,
    ActionGlyph.FAILED,
    ActionGlyph.NOT_REACHED,
)


NOTES_FROM = 420
"""Where the page is lower than this, at a zoom of 100 %, legend and keys stand in tooltips only."""


class ScenarioGrid(QFrame):
    """A page of the editor area.

    Args:
        theme: Colours, fonts and zoom.
        parent: Qt's owner.
    """

    run_requested = Signal(object)  # RunWish: run these, or all
    run_opened = Signal(object)  # ScenarioWish: step through its last run
    difference_shown = Signal(object)  # ScenarioWish: show what differs
    keep_requested = Signal(object)  # ScenarioWish: show what could be kept, with ticks
    scenario_opened = Signal(object)  # ScenarioWish: edit it
    scenario_selected = Signal(object)  # ScenarioWish: another row is the current one
    new_requested = Signal(object)  # PresetWish: add one

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("ground", "surface")
        self.setAccessibleName(translate("Scenarios", "Scenarios"))
        self._model = GridModel(self)
        self.table = GridTable(theme, self._model)
        self.table.setAccessibleName(translate("Scenarios", "Scenarios"))
        self.filter = SearchField(theme, translate("Scenarios", "Filter scenarios"))
        self.counts = PhraseLine(theme, TextStyle.BODY, Role.TEXT)
        self._legend = PhraseLine(theme)
        self._keys = PhraseLine(theme, gap=16)
        self.new_button = Button(theme, translate("Scenarios", "New"), icon="plus")
        menu, self._presets = new_preset_menu(self)
        self.new_button.setMenu(menu)
        run_all = translate("Scenarios", "Run all")
        self.run_button = Button(theme, run_all, icon="play", shortcut="Ctrl+Enter")
        self.empty = EmptyState(
            theme,
            "list-checks",
            translate("Scenarios", "No scenarios yet"),
            translate(
                "Scenarios",
                "A scenario is a login to run again and again, with what should come of it.",
            ),
            translate("Scenarios", "New scenario"),
        )
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._on_theme_changed()
        self.show_results(())

    def show_actions(self, actions: tuple[GridAction, ...]) -> None:
        """Show a column for each action of the flow."""
        current = self.current_file
        self._model.show_actions(actions)
        self.select(current)

    def show_results(self, results: Iterable[ScenarioResult]) -> None:
        """Show how scenarios stand; the current one stays current."""
        shown = tuple(results)
        current = self.current_file
        self._model.show_results(shown)
        if self.current_file != current:
            self.select(current)
        self._pages.setCurrentIndex(1 if shown else 0)
        self.setFocusProxy(self.table if shown else self.new_button)
        self.run_button.setEnabled(bool(shown))
        self.counts.show_phrases(
            tuple(Phrase(words, STATE_MARKS[state]) for state, words in count_words(count(shown)))
        )
        self._place_counts()

    def select(self, file: str | None) -> None:
        """Make a scenario the current one, and bring it into sight."""
        index = self._model.index_of(file)
        self.table.setCurrentIndex(index)
        if index.isValid():
            self.table.scrollTo(index)

    @property
    def current_file(self) -> str | None:
        """The current scenario, or None."""
        result = self._model.result(self.table.currentIndex())
        return None if result is None else result.file

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Everything the rows say, cell by cell."""
        columns = range(self._model.columnCount())
        rows = range(self._model.rowCount())
        return tuple(
            tuple(str(self._model.index(row, column).data()) for column in columns) for row in rows
        )

    def _lay_out(self) -> None:
        self._bar = QHBoxLayout()
        self._apart = QWidget()
        self._bar.addWidget(self.filter, 4)
        self._bar.addWidget(self._apart)
        self._bar.addStretch(1)
        self._bar.addWidget(self.new_button)
        self._bar.addWidget(self.run_button)
        self._notes = QVBoxLayout()
        self._notes.addWidget(self._legend)
        self._notes.addWidget(self._keys)
        filled = QWidget()
        self._filled = QVBoxLayout(filled)
        self._filled.setContentsMargins(0, 0, 0, 0)
        self._filled.addWidget(self.table, 1)
        self._filled.addLayout(self._notes)
        self._filled.addStretch()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(filled)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addLayout(self._bar)
        self._below = QHBoxLayout()
        self._below.addWidget(self.counts)
        self._rows.addLayout(self._below)
        self._rows.addWidget(self._pages, 1)
        self._legend.show_phrases(
            tuple(Phrase(glyph_words(glyph), GLYPH_MARKS[glyph]) for glyph in _LEGEND)
        )
        self._keys.show_phrases(
            (
                Phrase(translate("Scenarios", "opens the run"), strong="Enter"),
                Phrase(
                    translate("Scenarios", "shows the difference"),
                    strong=translate("Scenarios", "Space"),
                ),
                Phrase(translate("Scenarios", "keeps it as expected"), strong="A"),
                Phrase(translate("Scenarios", "runs again"), strong="Ctrl+Enter"),
            )
        )

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._on_filter_changed)
        self.run_button.clicked.connect(self._run_all)
        self.empty.offered.connect(self.new_button.showMenu)
        self._presets.preset_chosen.connect(self.new_requested)
        self.table.key_pressed.connect(self._on_key)
        self.table.doubleClicked.connect(lambda _index: self._on_key("open"))
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        offer_menu(self.table, self.row_menu)
        self._theme.theme_changed.connect(self._on_theme_changed)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rows the room of the legend where there is little."""
        super().resizeEvent(event)
        self._place_counts()
        roomy = self.height() >= self._theme.px(NOTES_FROM)
        self._legend.setVisible(roomy)
        self._keys.setVisible(roomy)

    def _run_all(self) -> None:
        self.run_requested.emit(RunWish())

    def _on_key(self, command: str) -> None:
        if command == "run":
            self._run_all()
            return
        file = self.current_file
        if file is None:
            return
        signals = {
            "open": self.run_opened,
            "difference": self.difference_shown,
            "keep": self.keep_requested,
            "edit": self.scenario_opened,
        }
        if command == "again":
            self.run_requested.emit(RunWish((file,)))
        else:
            signals[command].emit(ScenarioWish(file))

    def _on_row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        result = self._model.result(current)
        if result is not None:
            self.scenario_selected.emit(ScenarioWish(result.file))

    def _on_filter_changed(self, text: str) -> None:
        current = self.current_file
        self._model.filter_by(text)
        if self.current_file != current:
            self.select(current)

    def row_menu(self) -> QMenu:
        """Return the menu of the current row."""
        entries = (
            MenuEntry("open", translate("Scenarios", "Open run"), "Enter"),
            MenuEntry("difference", translate("Scenarios", "Show difference"), "Space"),
            MenuEntry("keep", translate("Scenarios", "Keep as expected"), "A"),
            MenuEntry("again", translate("Scenarios", "Run this one again")),
            MenuEntry("edit", translate("Scenarios", "Edit scenario")),
        )
        return menu_of(self, entries, self._on_key)

    def _place_counts(self) -> None:
        """Put how scenarios stand beside the filter, or below it where there is no room."""
        px = self._theme.px
        wanted = px(FILTER_BESIDE) + self.counts.sizeHint().width() + 3 * px(16) + 5 * px(8)
        wanted += sum(one.sizeHint().width() for one in (self.new_button, self.run_button))
        beside = wanted <= self.width()
        row = self._bar if beside else self._below
        if row.indexOf(self.counts) < 0:
            row.insertWidget(2 if beside else 0, self.counts)
        self._apart.setFixedWidth(px(8))
        self._apart.setVisible(beside)
        self._bar.setContentsMargins(px(16), px(12), px(16), px(12) if beside else px(8))
        self._below.setContentsMargins(px(16), 0, px(16), 0 if beside else px(12))

    def _on_theme_changed(self) -> None:
        theme = self._theme
        self._place_counts()
        self._bar.setSpacing(theme.px(8))
        self.filter.setMinimumWidth(theme.px(96))
        self.filter.setMaximumWidth(theme.px(264))
        self._notes.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        self._notes.setSpacing(theme.px(8))
