"""Puts steps, console and problems into the window's place for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import IconButton
from loginwright_designer.main_window.bottom_view import BottomView
from loginwright_designer.panels.bottom.bottom_area import BottomTab

if TYPE_CHECKING:
    from loginwright_designer.panels.bottom.bottom_area import BottomArea
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

TABS: tuple[BottomTab, ...] = get_args(BottomTab)


class BottomPlace(BottomView):
    """The bottom area, which can be closed, as the window knows its panels.

    Args:
        theme: The colours.
        area: Steps, console and problems under their own header.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, area: BottomArea, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = area
        self.setAccessibleName(translate("MainWindow", "Bottom panel"))
        self.setProperty("ground", "surface")
        close = IconButton(theme, "chevron-down", translate("MainWindow", "Close the bottom panel"))
        close.clicked.connect(self.close_wanted)
        area.header.add_widget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        area.tab_chosen.connect(self.chosen)

    @property
    @override
    def shown(self) -> str:
        """The key of the panel in front."""
        return self._area.chosen

    @override
    def has(self, key: str) -> bool:
        """Whether there is such a panel."""
        return key in TABS

    @override
    def show_panel(self, key: str) -> None:
        """Bring a panel to the front, without saying that the user did."""
        blocked = self.blockSignals(True)
        for tab in TABS:
            if tab == key:
                self._area.choose(tab)
        self.blockSignals(blocked)

    @override
    def first(self) -> QWidget | None:
        """Return what takes the keyboard in the panel in front."""
        return self._area.focus_target()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
