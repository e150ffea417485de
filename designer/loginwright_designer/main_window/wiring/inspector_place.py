"""The inspector's place: beside the grid it shows what differs, else the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.pane_header import PaneHeader
from loginwright_designer.main_window.arrangement import Page

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class InspectorPlace(QStackedWidget):
    """Two views that take turns.

    Args:
        theme: The colours.
        inspector: With its own header.
        difference: Without one.
        parent: Qt's owner.
    """

    def __init__(
        self, theme: Theme, inspector: QWidget, difference: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = translate("MainWindow", "Difference")
        beside = QWidget()
        header = PaneHeader(theme, title)
        header.add_tab("difference", title)
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(difference, 1)
        self.addWidget(inspector)
        self.addWidget(beside)
        self.setAccessibleName(translate("MainWindow", "Inspector"))

    def show_beside(self, page: Page) -> None:
        """Follow what stands in the middle of the window."""
        self.setCurrentIndex(1 if page is Page.SCENARIOS else 0)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
