"""The side panel of scenarios: the list, and what can be done with each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from loginwright_designer.controls.buttons import Button, IconButton
from loginwright_designer.controls.pane_header import PaneHeader
from loginwright_designer.controls.passing_menus import (
    MenuEntry,
    menu_of,
    offer_menu,
    open_menu_below,
)
from loginwright_designer.controls.rows import EmptyState
from loginwright_designer.panels.scenarios.preset_menu import new_preset_menu
from loginwright_designer.panels.scenarios.scenario_list import ScenarioList
from loginwright_designer.panels.scenarios.wishes import ImportWish, ScenarioWish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_designer.simulation.scenario_results import ScenarioResult
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class ScenariosPanel(QFrame):
    """A page of the side panel.

    Args:
        theme: Colours, fonts and zoom.
        parent: Qt's owner.
    """

    chosen = Signal(object)  # ScenarioWish: Run takes this one from now on
    scenario_opened = Signal(object)  # ScenarioWish: edit it
    new_requested = Signal(object)  # PresetWish: add one
    duplicate_requested = Signal(object)  # ScenarioWish
    rename_requested = Signal(object)  # RenameWish: another name was typed
    delete_requested = Signal(object)  # ScenarioWish; Undo is offered afterwards
    import_requested = Signal(object)  # ImportWish: a file from elsewhere
    all_requested = Signal()  # open the grid

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("ground", "surface")
        name = translate("Scenarios", "Scenarios")
        self.setAccessibleName(name)
        self.header = PaneHeader(theme, name)
        self.header.add_tab("scenarios", name)
        self.list = ScenarioList(theme)
        self.new_button = Button(theme, translate("Scenarios", "New"), icon="plus")
        menu, self._presets = new_preset_menu(self)
        self.new_button.setMenu(menu)
        self.all_button = Button(theme, translate("Scenarios", "All"), icon="list-checks")
        self.all_button.setAccessibleName(translate("Scenarios", "All scenarios, as a grid"))
        more = translate("Scenarios", "More for this scenario")
        self.more_button = IconButton(theme, "ellipsis", more)
        self.empty = EmptyState(
            theme,
            "list-checks",
            translate("Scenarios", "No scenarios yet"),
            translate("Scenarios", "A scenario is a login to run again and again."),
            translate("Scenarios", "New scenario"),
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.list)
        self._bar = QHBoxLayout()
        for button in (self.new_button, self.all_button):
            self._bar.addWidget(button)
        self._bar.addStretch(1)
        self._bar.addWidget(self.more_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.header)
        rows.addLayout(self._bar)
        rows.addWidget(self._pages, 1)
        self._connect()
        self._fit()
        self.show_results((), None)

    def show_results(self, results: Iterable[ScenarioResult], chosen: str | None) -> None:
        """Show how scenarios stand, and which one Run takes."""
        shown = tuple(results)
        self.list.show_results(shown, chosen)
        self._pages.setCurrentIndex(1 if shown else 0)
        self.header.set_count("scenarios", len(shown) or None)
        self.more_button.setEnabled(bool(shown))
        self.all_button.setEnabled(bool(shown))

    def select(self, file: str) -> None:
        """Make a scenario the current one."""
        self.list.select(file)

    @property
    def current_file(self) -> str | None:
        """The current scenario, or None."""
        return self.list.current_file()

    def row_menu(self) -> QMenu:
        """Return the menu of the current scenario."""
        entries = (
            MenuEntry("choose", translate("Scenarios", "Run takes this one"), "Enter"),
            MenuEntry("edit", translate("Scenarios", "Edit")),
            MenuEntry("rename", translate("Scenarios", "Rename"), "F2"),
            MenuEntry("duplicate", translate("Scenarios", "Duplicate"), "Ctrl+D"),
            MenuEntry("delete", translate("Scenarios", "Delete"), "Del"),
        )
        menu = menu_of(self, entries, self.do)
        menu.addSeparator()
        imported = menu.addAction(translate("Scenarios", "Import a file…"))
        imported.triggered.connect(self.ask_for_file)
        return menu

    def do(self, command: str) -> None:
        """Wish something for the current scenario, by a key or the menu."""
        file = self.current_file
        if file is None:
            return
        if command == "rename":
            if self.list.state() != QAbstractItemView.State.EditingState:
                self.list.edit(self.list.currentIndex())
            return
        signals = {
            "choose": self.chosen,
            "edit": self.scenario_opened,
            "duplicate": self.duplicate_requested,
            "delete": self.delete_requested,
        }
        signals[command].emit(ScenarioWish(file))

    def ask_for_file(self) -> None:
        """Let somebody name a scenario file; does not wait for the answer."""
        dialog = QFileDialog(self, translate("Scenarios", "Import a scenario"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(translate("Scenarios", "Scenarios (*.json)"))
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.open()

    def _connect(self) -> None:
        self._presets.preset_chosen.connect(self.new_requested)
        self.empty.offered.connect(self.new_button.showMenu)
        self.all_button.clicked.connect(lambda _on=False: self.all_requested.emit())
        self.more_button.clicked.connect(self._on_more)
        self.list.key_pressed.connect(self.do)
        self.list.doubleClicked.connect(self._on_double_clicked)
        self.list.rows.rename_requested.connect(self.rename_requested)
        offer_menu(self.list, self.row_menu)
        self._theme.theme_changed.connect(self._fit)

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.do("edit")

    def _on_more(self) -> None:
        open_menu_below(self.row_menu(), self.more_button)

    def _on_file_selected(self, path: str) -> None:
        if path:
            self.import_requested.emit(ImportWish(Path(path)))

    def _fit(self) -> None:
        theme = self._theme
        self._bar.setContentsMargins(theme.px(16), theme.px(12), theme.px(12), theme.px(8))
        self._bar.setSpacing(theme.px(8))
