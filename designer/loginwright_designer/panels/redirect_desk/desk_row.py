"""A row of the desk: a name, and what belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from loginwright_designer.controls.labels import ElidedLabel, IconLabel, text_label
from loginwright_designer.panels.redirect_desk.row_link import RowLink
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.tinted_icons import STATE_STROKE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QLabel, QWidget

    from loginwright_designer.controls.buttons import Button
    from loginwright_designer.theme.theme import Theme

NARROWEST_NAME, WIDEST_NAME = 88, 128
"""Of the column of names, at a zoom of 100 %."""

LEAST_VALUE = 72
"""Of a value or its field, at a zoom of 100 %; narrower, what follows goes to the next line."""


def name_width(theme: Theme, names: Iterable[str]) -> int:
    """Return how wide the column of some names is, in pixels."""
    metrics = theme.fonts.metrics(TextStyle.VALUE)
    widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
    return int(min(max(widest + 2, theme.px(NARROWEST_NAME)), theme.px(WIDEST_NAME)))


class DeskRow(RowWidget):
    """A name in the first column, its value, and what stands at the right.

    Args:
        theme: The colours.
        name: In the first column.
        code: The name is one of the protocol's, in the editor's font.
        parent: Qt's owner.
    """

    def __init__(
        self, theme: Theme, name: str, *, code: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme.px(8), hangs=True, parent=parent)
        self._theme = theme
        style, role = (TextStyle.VALUE, None) if code else (TextStyle.BODY, Role.TEXT_SECONDARY)
        self.name = ElidedLabel(name, style, role)
        self.row.add(self.name)
        self._width = theme.px(NARROWEST_NAME)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def set_name_width(self, width: int) -> None:
        """Give the first column another width, in pixels."""
        self._width = width
        self.name.setFixedWidth(width)

    def add_value(self, text: str, *, code: bool = True, whole: str = "") -> ElidedLabel:
        """Put a value behind the name.

        Args:
            text: Shown, and cut where there is no room.
            code: In the editor's font.
            whole: Of a shortened value, for the pointer and whoever listens.
        """
        style = TextStyle.VALUE if code else TextStyle.BODY
        label = ElidedLabel(text, style)
        if whole:
            label.setAccessibleName(whole)
        width = int(self._theme.fonts.metrics(style).horizontalAdvance(text)) + 3
        least = self._theme.px(LEAST_VALUE)
        self.row.add(label, grows=True, least=max(least, min(width, 3 * least)))
        return label

    def add_note(self, text: str, role: Role = Role.TEXT_SECONDARY) -> QLabel:
        """Put a few quiet words at the right."""
        label = text_label(text, TextStyle.SECONDARY, role)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.row.add(label)
        return label

    def add_link(self, text: str, name: str) -> Button:
        """Put a word to press at the right.

        Args:
            text: The word.
            name: What it is called where nothing around it is seen.
        """
        button = RowLink(self._theme, text, kind="link")
        button.setAccessibleName(name)
        self.row.add(button)
        return button

    def add_icon(self, icon: str, role: Role) -> IconLabel:
        """Put an icon behind what is there."""
        label = IconLabel(self._theme, icon, role, 16, STATE_STROKE)
        self.row.add(label)
        return label

    def _fit(self) -> None:
        self.row.setSpacing(self._theme.px(8))
        self.setMinimumHeight(self._theme.px(24))
