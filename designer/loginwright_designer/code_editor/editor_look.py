"""How an editor looks: its colours, its fonts, and lengths that follow the size of the code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QIcon

from loginwright_designer.code_editor.colours import EditorColours, editor_colours
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

ICONS = ("case-sensitive", "whole-word", "regex", "chevron-up", "chevron-down", "x")
"""The drawings that the find bar's buttons have."""

_DESIGN_SIZE = 13
"""Pixels of the code font for which the lengths of the design hold (mocks/notes.md)."""


@dataclass(frozen=True, slots=True)
class EditorLook:
    """Colours and fonts of an editor.

    Attributes:
        colours: Of one scheme.
        code_font: Of the code; set on the editor itself, never by a style rule.
        value_font: Of the values beside the code and of the line numbers.
        text_font: Of all words around the code.
        icons: Of the find bar's buttons, by the names of their drawings.
    """

    colours: EditorColours
    code_font: QFont
    value_font: QFont
    text_font: QFont
    icons: Mapping[str, QIcon] = field(default_factory=dict[str, QIcon])

    def scaled(self, percent: int) -> EditorLook:
        """Return the look with code and values at ``percent`` of their size."""
        return replace(
            self,
            code_font=_scaled(self.code_font, percent),
            value_font=_scaled(self.value_font, percent),
        )

    def px(self, length: float) -> int:
        """Return a length of the design in pixels at this size of the code."""
        return max(1, round(length * self.code_font.pixelSize() / _DESIGN_SIZE))


def editor_look(theme: Theme) -> EditorLook:
    """Return the editor's look in a theme as it is now; ask again when the theme has changed."""
    return EditorLook(
        editor_colours(theme.tokens),
        theme.font(TextStyle.CODE),
        theme.font(TextStyle.VALUE),
        theme.font(TextStyle.SECONDARY),
        {name: theme.icons.icon(name) for name in ICONS},
    )


def _scaled(font: QFont, percent: int) -> QFont:
    scaled = QFont(font)
    scaled.setPixelSize(max(1, round(font.pixelSize() * percent / 100)))
    return scaled
