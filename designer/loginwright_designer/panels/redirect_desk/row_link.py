"""A link in a row of the desk: smaller than other buttons' words, as the notes beside it are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QFont


class RowLink(Button):
    """A word to press, in the size of a note."""

    @override
    def sizeHint(self) -> QSize:
        metrics = self._theme.fonts.metrics(TextStyle.SECONDARY)
        icon = self._theme.px(18 + 8) if self._icon_name is not None else 0
        width = metrics.horizontalAdvance(self._word()) + icon + self._theme.px(2 * 2)
        return QSize(int(width + 0.999), super().sizeHint().height())

    @override
    def _word_font(self) -> QFont:
        return self._theme.font(TextStyle.SECONDARY)
