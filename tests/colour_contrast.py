"""Says how well a colour can be told from another (WCAG 2.2, contrast ratio)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT_CONTRAST = 4.5
"""What text needs on its ground (WCAG 2.2, 1.4.3)."""

SHAPE_CONTRAST = 3.0
"""What icons, control borders and focus rings need (WCAG 2.2, 1.4.11)."""


def contrast(colour: QColor, ground: QColor) -> float:
    """Return the ratio of two colours, from 1 to 21; the first may be translucent."""
    brighter, darker = sorted(
        (_luminance(laid_over(colour, ground)), _luminance(ground)), reverse=True
    )
    return (brighter + 0.05) / (darker + 0.05)


def laid_over(colour: QColor, ground: QColor) -> QColor:
    """Return the opaque colour that comes of laying one over an opaque other."""
    share = colour.alphaF()
    mixed = (
        over * share + under * (1 - share)
        for over, under in zip(_channels(colour), _channels(ground), strict=True)
    )
    return QColor.fromRgbF(*(min(1.0, channel) for channel in mixed))


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: QColor) -> Sequence[float]:
    return colour.redF(), colour.greenF(), colour.blueF()
