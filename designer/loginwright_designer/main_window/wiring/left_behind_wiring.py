"""Offers, at the start, what was not saved of flows whose folder has gone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from loginwright_designer.dialogs.bars import LeftBehindBar
from loginwright_designer.dialogs.place_chooser import choose_place
from loginwright_designer.document.recovery import Journal

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.document.recovery import Recovery
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.opening import OpenedFolder, Opening
    from loginwright_designer.theme.theme import Theme


class LeftBehindWiring(QObject):
    """Shows one after the other, until its user has decided about each.

    Attributes:
        bar: What offers it.
        choose_folder: Asks for a place for a folder of that name; None when nobody chose one.
    """

    def __init__(
        self,
        theme: Theme,
        window: MainWindow,
        opening: Opening,
        state: Path | None,
        parent: QObject,
    ) -> None:
        """Prepare; ``look`` begins.

        Args:
            theme: The colours.
            window: Where the bar stands.
            opening: Reads, and makes folders.
            state: Where journals lie; None takes the user's own state.
            parent: Owns this object.
        """
        super().__init__(parent)
        self._opening = opening
        self._state = state
        self._waiting: list[Recovery] = []
        self._made: tuple[Path, Recovery] | None = None
        self.choose_folder: Callable[[str, Path], Path | None] = lambda name, start: choose_place(
            window, name, start
        )
        self.bar = LeftBehindBar(theme)
        window.add_bar(self.bar)
        self.bar.hide()
        self.bar.later_wanted.connect(self._on_later)
        self.bar.drop_wanted.connect(self._on_drop)
        self.bar.save_as_wanted.connect(self._on_save_as)
        opening.opened.connect(self._on_opened)

    def look(self) -> None:
        """Look for them, off the GUI thread."""
        self._opening.find_left_behind(self._state, self._on_found)

    def _on_found(self, found: tuple[Recovery, ...]) -> None:
        self._waiting = list(found)
        self._show()

    def _show(self) -> None:
        if self._waiting:
            self.bar.show_recovery(self._waiting[0])
        self.bar.setVisible(bool(self._waiting))

    def _on_later(self, recovery: Recovery) -> None:
        self._waiting.remove(recovery)
        self._show()

    def _on_drop(self, recovery: Recovery) -> None:
        Journal(recovery.folder, self._state).forget()
        self._on_later(recovery)

    def _on_save_as(self, recovery: Recovery) -> None:
        chosen = self.choose_folder(recovery.folder.name, Path.home())
        if chosen is not None:
            self._made = chosen.resolve(), recovery
            self._opening.make_again(recovery, chosen)

    def _on_opened(self, opened: OpenedFolder) -> None:
        """Forget what stands in a folder again."""
        if self._made is not None and opened.folder.path == self._made[0]:
            recovery = self._made[1]
            self._made = None
            self._on_drop(recovery)
