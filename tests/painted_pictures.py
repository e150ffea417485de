"""Paints into a picture and looks at its pixels, for tests of what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage, QPainter

if TYPE_CHECKING:
    from collections.abc import Callable


def picture(
    paint: Callable[[QPainter], None],
    ground: QColor,
    width: int = 64,
    height: int = 64,
    scale: float = 1.0,
) -> QImage:
    """Return what a function paints on a ground.

    Args:
        paint: Gets a painter in logical pixels.
        ground: What is there before.
        width: In logical pixels.
        height: In logical pixels.
        scale: Device pixels in a logical one.
    """
    size = round(width * scale), round(height * scale)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(ground)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def colours_in(image: QImage) -> set[str]:
    """Return the names of the opaque colours of a picture."""
    data = _bytes_of(image)
    pixels = {data[start : start + 4] for start in range(0, len(data), 4)}
    return {f"#{pixel[:3].hex()}" for pixel in pixels if pixel[3] == 255}


def place_of(image: QImage, colour: QColor) -> tuple[int, int, int, int]:
    """Return where a colour begins and ends: left, top, right, bottom; in device pixels."""
    found = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) == colour
    ]
    columns, rows = [x for x, _ in found], [y for _, y in found]
    return min(columns), min(rows), max(columns), max(rows)


def share_of(image: QImage, colour: QColor) -> float:
    """Return how much of a picture has a colour, from 0 to 1."""
    found = sum(
        image.pixelColor(x, y) == colour
        for x in range(image.width())
        for y in range(image.height())
    )
    return found / (image.width() * image.height())


def farthest_apart(one: QImage, other: QImage) -> int:
    """Return by how much two pictures of one size differ where they differ most, from 0 to 255."""
    return max(abs(a - b) for a, b in zip(_bytes_of(one), _bytes_of(other), strict=True))


def _bytes_of(image: QImage) -> bytes:
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return bytes(plain.constBits())
