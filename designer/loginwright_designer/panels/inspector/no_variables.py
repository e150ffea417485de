"""What stands in the place of variables while there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.controls.rows import EmptyState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class NoVariables(EmptyState):
    """Says that no login runs, or that one has not come to a stop yet.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "braces", "", "", parent=parent)
        self.show_running(runs=False)

    def show_running(self, *, runs: bool) -> None:
        """Say which of the two it is."""
        if runs:
            title = translate("Variables", "The code is running")
            text = translate(
                "Variables",
                "At its first call or stop, the event stands here as the action sees it.",
            )
        else:
            title = translate("Variables", "No login is running")
            text = translate(
                "Variables",
                "While one runs, the event stands here as the action sees it, with what is new in "
                "it.",
            )
        self.show_texts(title, text)
