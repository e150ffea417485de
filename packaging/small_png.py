"""Writes a picture as a PNG of at most 256 colours, chosen by median cut: small and crisp."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import accumulate
from math import sqrt
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QImageWriter, qRgb

if TYPE_CHECKING:
    from pathlib import Path

MOST_COLOURS = 256

Colour = tuple[int, int, int]


def write_small_png(image: QImage, path: Path) -> None:
    """Write a picture, with the colours that serve it best.

    Raises:
        OSError: It cannot be written.
    """
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = bytes(plain.constBits())
    counted = Counter(memoryview(pixels).cast("I"))
    palette, index = _palette(counted)
    rows = bytes(map(index.__getitem__, memoryview(pixels).cast("I")))
    width, height = plain.width(), plain.height()
    indexed = QImage(rows, width, height, width, QImage.Format.Format_Indexed8)
    indexed.setColorTable([qRgb(*colour) for colour in palette])
    writer = QImageWriter(str(path), b"png")
    writer.setCompression(100)
    if not writer.write(indexed):
        raise OSError(f"{path.name} cannot be written: {writer.errorString()}")


def _palette(counted: Counter[int]) -> tuple[list[Colour], dict[int, int]]:
    """Return the colours to keep, and which of them stands for each pixel's."""
    boxes = [[(*_parts(pixel), count, pixel) for pixel, count in counted.items()]]
    while len(boxes) < MOST_COLOURS:
        boxes.sort(key=_spread)
        if _spread(boxes[-1]) == 0:
            break
        boxes.extend(_halves(boxes.pop()))
    palette: list[Colour] = []
    index: dict[int, int] = {}
    for number, box in enumerate(boxes):
        # The colour that most pixels have, exactly: grounds and texts keep theirs.
        palette.append(max(box, key=lambda entry: (entry[3], entry[:3]))[:3])
        index.update((entry[4], number) for entry in box)
    return palette, index


Entry = tuple[int, int, int, int, int]
"""Red, green, blue, how many pixels have it, and the pixel as it stands in memory."""


def _parts(pixel: int) -> Colour:
    return pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255


def _spread(box: list[Entry]) -> float:
    """Return how far a box's colours lie apart, weighed by how many pixels would be wrong."""
    if len(box) == 1:
        return 0
    widest = max(max(part) - min(part) for part in list(zip(*box, strict=True))[:3])
    total = sum(entry[3] for entry in box)
    wrong = total - max(entry[3] for entry in box)
    return float(widest * widest) * sqrt(wrong)


def _halves(box: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    columns = list(zip(*box, strict=True))[:3]
    widths = [max(part) - min(part) for part in columns]
    axis = widths.index(max(widths))
    box.sort(key=lambda entry: (entry[axis], entry[:3]))
    reached = list(accumulate(entry[3] for entry in box))
    cut = bisect_left(reached, reached[-1] / 2) + 1
    cut = min(cut, len(box) - 1)
    return box[:cut], box[cut:]
