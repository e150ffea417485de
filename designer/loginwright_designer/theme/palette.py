"""Gives Qt's palette the colours of a scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette

from loginwright_designer.theme.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.theme.tokens import Tokens

_Colour = QPalette.ColorRole

PALETTE_ROLES: Mapping[QPalette.ColorRole, Role] = {
    _Colour.Window: Role.SURFACE,
    _Colour.WindowText: Role.TEXT,
    _Colour.Base: Role.SURFACE,
    _Colour.AlternateBase: Role.SURFACE_MUTED,
    _Colour.Text: Role.TEXT,
    _Colour.PlaceholderText: Role.TEXT_MUTED,
    _Colour.Button: Role.SURFACE,
    _Colour.ButtonText: Role.TEXT,
    _Colour.BrightText: Role.DANGER,
    _Colour.Highlight: Role.SELECTION,
    _Colour.HighlightedText: Role.TEXT,
    _Colour.Accent: Role.ACCENT,
    _Colour.Link: Role.ACCENT_TEXT,
    _Colour.LinkVisited: Role.ACCENT_TEXT,
    _Colour.ToolTipBase: Role.SURFACE,
    _Colour.ToolTipText: Role.TEXT,
    _Colour.Light: Role.SURFACE,
    _Colour.Midlight: Role.SURFACE_MUTED,
    _Colour.Mid: Role.BORDER,
    _Colour.Dark: Role.CONTROL_BORDER,
    _Colour.Shadow: Role.CONTROL_BORDER,
}
"""What Qt's own painting uses, in every group."""

DISABLED_ROLES: Mapping[QPalette.ColorRole, Role] = {
    _Colour.WindowText: Role.TEXT_MUTED,
    _Colour.Text: Role.TEXT_MUTED,
    _Colour.ButtonText: Role.TEXT_MUTED,
    _Colour.HighlightedText: Role.TEXT_MUTED,
    _Colour.Button: Role.SURFACE_MUTED,
    _Colour.Highlight: Role.SURFACE_MUTED,
    _Colour.Accent: Role.CONTROL_BORDER,
}
"""Where a disabled widget differs; its text stays readable."""


def palette_of(tokens: Tokens) -> QPalette:
    """Return the palette of a scheme."""
    palette = QPalette()
    for colour, role in PALETTE_ROLES.items():
        palette.setColor(colour, tokens.colour(role))
    for colour, role in DISABLED_ROLES.items():
        palette.setColor(QPalette.ColorGroup.Disabled, colour, tokens.colour(role))
    return palette
