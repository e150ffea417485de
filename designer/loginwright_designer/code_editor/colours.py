"""The colours an editor draws with, taken from a theme's roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from loginwright_designer.theme.roles import Role, SyntaxRole

if TYPE_CHECKING:
    from loginwright_designer.theme.tokens import Tokens


@dataclass(frozen=True, slots=True)
class EditorColours:
    """Every colour of the editor, by what it is for.

    Attributes:
        ground: Behind the code.
        gutter: Behind the line numbers.
        number: Line numbers, and values beside the code.
        current_number: The number of the line with the cursor.
        current_line: Band of that line.
        selection: Behind selected text.
        paused: Arrow and bar of the line where a run has stopped.
        paused_tint: Band of that line.
        past: Arrow and bar of a line that a recorded run has been at.
        past_tint: Band of that line.
        past_hatch: The stripes of the left edge in the past.
        breakpoint: The octagon, and errors.
        warning: Warnings.
        match: Frame of brackets that belong together, and of what was found.
        match_tint: Behind both, and where the name at the cursor occurs.
        found_tint: Behind what was found.
        current_match: Frame of the match that the search stands at.
        covered: Coverage bar of a line that has run.
        border: Frames of what floats over the code.
        card: Ground of what floats over the code.
        syntax: A colour for every kind of code.
    """

    ground: QColor
    gutter: QColor
    number: QColor
    current_number: QColor
    current_line: QColor
    selection: QColor
    paused: QColor
    paused_tint: QColor
    past: QColor
    past_tint: QColor
    past_hatch: QColor
    breakpoint: QColor
    warning: QColor
    match: QColor
    match_tint: QColor
    found_tint: QColor
    current_match: QColor
    covered: QColor
    border: QColor
    card: QColor
    syntax: Mapping[SyntaxRole, QColor]


def editor_colours(tokens: Tokens) -> EditorColours:
    """Return the editor's colours of one scheme of a theme."""
    colour = tokens.colour
    return EditorColours(
        ground=colour(Role.SURFACE),
        gutter=colour(Role.SURFACE),
        number=colour(Role.TEXT_SECONDARY),
        current_number=colour(Role.TEXT),
        current_line=colour(Role.CURRENT_LINE),
        selection=colour(Role.SELECTION),
        paused=colour(Role.PAUSED),
        paused_tint=colour(Role.PAUSED_TINT),
        past=colour(Role.PAST),
        past_tint=colour(Role.PAST_TINT),
        past_hatch=colour(Role.PAST_HATCH),
        breakpoint=colour(Role.DANGER),
        warning=colour(Role.PAUSED),
        match=colour(Role.CONTROL_BORDER),
        match_tint=colour(Role.TILE),
        found_tint=colour(Role.ACCENT_TINT),
        current_match=colour(Role.ACCENT),
        covered=colour(Role.SUCCESS),
        border=colour(Role.BORDER),
        card=colour(Role.CARD),
        syntax={role: tokens.code_colour(role) for role in SyntaxRole},
    )
