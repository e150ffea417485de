"""Loads the two typefaces the designer brings, and makes a font for every text style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from loginwright_designer.resource_files import ResourceError
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_designer.resource_files import ResourceFiles

TEXT_FAMILY = "Inter"
CODE_FAMILY = "JetBrains Mono"


@dataclass(frozen=True, slots=True)
class Typeface:
    """What a text style asks for.

    Attributes:
        family: The typeface.
        size: Its height in pixels at a zoom of 100 %.
        strong: Whether its weight is 600 instead of 400.
    """

    family: str
    size: int
    strong: bool = False


TYPEFACES: Mapping[TextStyle, Typeface] = {
    TextStyle.TITLE: Typeface(TEXT_FAMILY, 15, strong=True),
    TextStyle.BODY: Typeface(TEXT_FAMILY, 13),
    TextStyle.BODY_STRONG: Typeface(TEXT_FAMILY, 13, strong=True),
    TextStyle.SECONDARY: Typeface(TEXT_FAMILY, 12),
    TextStyle.SECONDARY_STRONG: Typeface(TEXT_FAMILY, 12, strong=True),
    TextStyle.CODE: Typeface(CODE_FAMILY, 13),
    TextStyle.CODE_STRONG: Typeface(CODE_FAMILY, 13, strong=True),
    TextStyle.VALUE: Typeface(CODE_FAMILY, 12),
}
"""mocks/notes.md, "Type"."""


def load_fonts(resources: ResourceFiles) -> None:
    """Make the bundled typefaces known to this application; to the system they stay unknown.

    Raises:
        ResourceError: A font file cannot be read, or a typeface is not among them.
    """
    families: set[str] = set()
    for file in resources.fonts():
        number = QFontDatabase.addApplicationFont(str(file))
        if number < 0:
            raise ResourceError(f"The font {file.name} cannot be read. Install again.")
        families.update(QFontDatabase.applicationFontFamilies(number))
    for family in (TEXT_FAMILY, CODE_FAMILY):
        if family not in families:
            raise ResourceError(f"The typeface {family} is not in resources/fonts. Install again.")


class Fonts:
    """A font for every text style at one zoom.

    Contextual alternates and ligatures are off, because ``=>`` and ``x`` between digits are code
    and not ornaments; digits have one width, because times and lines stand in columns.

    Args:
        zoom: In percent; sizes are rounded to whole pixels.
    """

    def __init__(self, zoom: int = 100) -> None:
        self._fonts = {style: _font(face, zoom) for style, face in TYPEFACES.items()}
        self._metrics: dict[TextStyle, QFontMetricsF] = {}

    def font(self, style: TextStyle) -> QFont:
        """Return the font of a text style, as a copy that may be changed."""
        return QFont(self._fonts[style])

    def metrics(self, style: TextStyle) -> QFontMetricsF:
        """Return the measures of a text style, for widths and heights that follow the text."""
        if style not in self._metrics:
            self._metrics[style] = QFontMetricsF(self._fonts[style])
        return self._metrics[style]


def _font(face: Typeface, zoom: int) -> QFont:
    font = QFont(face.family)
    font.setPixelSize(scaled_size(face.size, zoom))
    font.setWeight(QFont.Weight.DemiBold if face.strong else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in ("calt", "liga"):
        font.setFeature(QFont.Tag(feature), 0)
    if face.family == TEXT_FAMILY:
        font.setFeature(QFont.Tag("tnum"), 1)
    else:
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setFixedPitch(True)
    return font


def scaled_size(pixels: float, zoom: int) -> int:
    """Return a length at a zoom in percent, in whole pixels; what is visible stays visible."""
    size = int(pixels * zoom / 100 + 0.5)
    return max(1, size) if pixels > 0 else size
