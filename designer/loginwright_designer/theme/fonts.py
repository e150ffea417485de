"""Loads the two typefaces the designer brings, and makes a font for every text style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF
from typing_extensions import override

from loginwright_designer.resource_files import ResourceError
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import Qt

    from loginwright_designer.resource_files import ResourceFiles

TEXT_FAMILY = "Inter"
CODE_FAMILY = "JetBrains Mono"
MOST_KEPT = 2000
"""Texts that a style's measures are kept of; then it begins anew."""


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


class KeptMetrics(QFontMetricsF):
    """Measures a text once: the same words are laid out and painted again and again.

    Args:
        font: Whose measures.
    """

    def __init__(self, font: QFont) -> None:
        super().__init__(font)
        self._advances: dict[str, float] = {}
        self._elided: dict[tuple[str, Qt.TextElideMode, float], str] = {}

    @property
    def kept(self) -> int:
        """How many measures are kept."""
        return len(self._advances) + len(self._elided)

    @override
    def horizontalAdvance(self, string: str, length: int = -1) -> float:  # type: ignore[override]  # not for a QTextOption
        if length >= 0:
            return super().horizontalAdvance(string, length)
        width = self._advances.get(string)
        if width is None:
            width = super().horizontalAdvance(string)
            if len(self._advances) >= MOST_KEPT:
                self._advances.clear()
            self._advances[string] = width
        return width

    @override
    def elidedText(
        self, text: str, mode: Qt.TextElideMode, width: float, flags: int | None = None
    ) -> str:
        if flags:
            return super().elidedText(text, mode, width, flags)
        key = (text, mode, width)
        shown = self._elided.get(key)
        if shown is None:
            shown = super().elidedText(text, mode, width)
            if len(self._elided) >= MOST_KEPT:
                self._elided.clear()
            self._elided[key] = shown
        return shown


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
            self._metrics[style] = KeptMetrics(self._fonts[style])
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
