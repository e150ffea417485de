"""The title of one half of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.controls.labels import ElidedLabel
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loginwright_designer.theme.theme import Theme


class DeskTitle(RowWidget):
    """A title, and a note at the right.

    Args:
        theme: The colours.
        text: The title.
        note: Beside it.
        parent: Qt's owner.
    """

    def __init__(self, theme: Theme, text: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(theme.px(8), push_last=True, parent=parent)
        self._theme = theme
        self.text = ElidedLabel(text, TextStyle.TITLE)
        self.note = ElidedLabel(note, TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        self.row.add(self.text)
        self.row.add(self.note)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def _fit(self) -> None:
        self.setMinimumHeight(self._theme.px(28))
