"""The menu of ready-made logins, each with what it means for the flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from loginwright_designer.panels.scenarios.wishes import PresetWish

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

translate = QCoreApplication.translate


class PresetMenu(QObject):
    """Fills a menu with presets.

    Args:
        menu: It; filled when it is first shown.
        parent: Qt's owner.
    """

    preset_chosen = Signal(object)  # PresetWish: one was chosen

    def __init__(self, menu: QMenu, parent: QObject | None = None) -> None:
        super().__init__(parent or menu)
        self._menu = menu
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self.fill)
        menu.triggered.connect(self._on_triggered)

    def fill(self) -> None:
        """Put every preset into the menu; nothing where it is done."""
        if not self._menu.isEmpty():
            return
        # Presets bring the models of scenarios along; the first frame does not wait for them.
        from loginwright_designer.simulation.scenario_presets import presets

        for preset in presets():
            meaning = preset.consequence.partition(": ")[2]
            action = self._menu.addAction(f"{preset.name}\t{meaning[:1].upper()}{meaning[1:]}")
            action.setData(preset.key)
            action.setToolTip(preset.consequence)
            action.setStatusTip(preset.consequence)

    def _on_triggered(self, action: QAction) -> None:
        self.preset_chosen.emit(PresetWish(str(action.data())))


def new_preset_menu(parent: QWidget) -> tuple[QMenu, PresetMenu]:
    """Return a menu of presets and what listens to it."""
    menu = QMenu(translate("Scenarios", "New from preset"), parent)
    menu.setAccessibleName(menu.title())
    return menu, PresetMenu(menu, menu)
