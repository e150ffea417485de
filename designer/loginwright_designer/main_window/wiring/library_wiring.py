"""Joins the library to the flow: what is chosen there becomes an action."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.lane_wiring import LaneWiring
    from loginwright_designer.panels.library.library_choices import BlankChoice, TemplateChoice
    from loginwright_designer.panels.library.library_panel import LibraryPanel

translate = QCoreApplication.translate


class LibraryWiring(QObject):
    """Adds what was chosen behind the selected card, or at the insert point it was asked for."""

    def __init__(
        self,
        lane: LaneWiring,
        panel: LibraryPanel,
        window: MainWindow,
        parent: QObject | None = None,
    ) -> None:
        """Listen to the panel.

        Args:
            lane: Where actions are added.
            panel: The library.
            window: Where the dialog for files belongs.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._lane = lane
        self._window = window
        self._gap: int | None = None
        self.choose_files: Callable[[], tuple[Path, ...]] = self._ask_for_files
        panel.template_added.connect(self._on_template)
        panel.blank_requested.connect(self._on_blank)
        panel.file_requested.connect(self._on_file)
        lane.selection_changed.connect(self._forget_gap)

    def open_at(self, gap: int) -> None:
        """Show the library; what is chosen there goes to a gap, until another card is selected."""
        self._window.open_side("library", focus=True)
        self._gap = gap

    def import_files(self, gap: int | None = None) -> None:
        """Ask for files of code, and make an action of each."""
        files = self.choose_files()
        if files:
            self._lane.add_files(files, gap)

    def _ask_for_files(self) -> tuple[Path, ...]:
        title = translate("Library", "Import code")
        kinds = translate("Library", "Actions (*.js *.cjs *.py)")
        chosen, _ = QFileDialog.getOpenFileNames(self._window, title, str(Path.home()), kinds)
        return tuple(Path(file) for file in chosen)

    def _on_template(self, choice: TemplateChoice) -> None:
        self._lane.add_template(choice.name, self._gap)

    def _on_blank(self, choice: BlankChoice) -> None:
        self._lane.add_blank(choice.language, self._gap)

    def _on_file(self) -> None:
        self.import_files(self._gap)

    def _forget_gap(self, _: object) -> None:
        self._gap = None
