"""The titles of neighbouring panes stand on one line (desktop.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QTabBar

from loginwright_designer.simulation import states

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer_driver import Driver

LETTERS = "HHHH"
"""They end on the line that text stands on; nothing hangs below it."""


@pytest.mark.parametrize("zoom", [100, 125, 150, 200])
def test_titles_of_neighbours_stand_on_one_line(start: Callable[..., Driver], zoom: int) -> None:
    desk = start(size=(2880, 1800))
    desk.bench.commands.zoom(zoom)
    desk.press("F5")
    desk.until_state(states.Away)
    desk.window.open_side("library")
    desk.turn()

    lines: dict[int, set[int]] = {}
    for bar in desk.window.findChildren(QTabBar):
        if bar.isVisible() and bar.count():
            header = bar.parentWidget() or bar
            top = header.mapTo(desk.window, QPoint(0, 0)).y()
            lines.setdefault(top, set()).add(baseline_of(bar) - top)

    beside = [found for found in lines.values() if len(found) > 0]
    assert len(beside) >= 2, "the upper panes and the bottom"
    assert {line for found in beside for line in found} == {min(beside[0])}


def baseline_of(bar: QTabBar) -> int:
    """Return where the last row of a title's ink is, in the window."""
    index = bar.currentIndex()
    bar.setTabIcon(index, QIcon())
    bar.setTabText(index, LETTERS)
    picture = bar.grab().toImage()
    tab = bar.tabRect(index)
    middle = tab.center().y()
    rows = range(max(tab.top(), 0), min(tab.bottom(), picture.height()))
    ink = [y for y in rows if has_ink(picture, tab.left(), tab.right(), y)]
    # The line below a title is apart from it: take the rows that hang together with the middle.
    last = middle
    while last + 1 in ink:
        last += 1
    assert middle in ink, "the title is drawn"
    return bar.mapTo(bar.window(), QPoint(0, last)).y()


def has_ink(picture: QImage, left: int, right: int, y: int) -> bool:
    """Whether anything is drawn in the first half of a row of pixels."""
    ratio = picture.devicePixelRatio()
    ground = picture.pixelColor(int((left + 1) * ratio), int(y * ratio)).lightness()
    return any(
        abs(picture.pixelColor(x, int(y * ratio)).lightness() - ground) > 90
        for x in range(int(left * ratio), int((left + right) / 2 * ratio))
    )
