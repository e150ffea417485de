"""A window with the sample's lane, in which a card is dragged by the pointer; prints what it asks.

Needs a screen: off one, Qt's drags end before they begin.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from lane_samples import FOLDER
from loginwright_designer.canvas.lane_building import lane_of
from loginwright_designer.canvas.lane_signals import MoveRequest
from loginwright_designer.canvas.lane_view import LaneView
from loginwright_designer.resource_files import resource_files
from loginwright_designer.theme.roles import SchemeChoice
from loginwright_designer.theme.theme import Theme
from loginwright_runtime.flow.loading import load_flow

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def main() -> None:
    """Drag the third card above the first one."""
    application = QApplication([])
    application.setStyle("Fusion")
    theme = Theme(resource_files(), SchemeChoice.LIGHT)
    theme.apply_to(application)
    view = LaneView(lane_of(load_flow(FOLDER), {}), theme)
    view.resize(656, 528)
    view.show()
    QTest.qWaitForWindowExposed(view)
    asked: list[MoveRequest] = []
    view.move_requested.connect(asked.append)
    shown = drag(view, middle(view, 2), middle(view, 0) - QPoint(0, 8))
    request = asked[0] if asked else MoveRequest((), -1)
    said = {
        "platform": application.platformName(),
        "shown": shown,
        "actions": request.actions,
        "position": request.position,
        "left_over": view.shown_drop() is not None,
    }
    json.dump(said, sys.stdout)


def middle(view: LaneView, row: int) -> QPoint:
    """The middle of a card, in the viewport."""
    top = view.visualRect(view.model().index(row, 0)).top()
    return view.shown_places().rows[row].card.translated(0, top).center().toPoint()


def drag(view: LaneView, start: QPoint, end: QPoint) -> list[int]:
    """Press, move and release; the gaps shown on the way come back."""
    window = view.viewport()
    gaps: list[int] = []
    way = [start - QPoint(0, 20), (start + end) / 2, end, end - QPoint(0, 1), end]

    def go_on() -> None:
        drop = view.shown_drop()
        gaps.extend([drop.gap] if drop is not None else [])
        if way:
            QTest.mouseMove(window, way.pop(0))
        else:
            timer.stop()
            QTest.mouseRelease(window, LEFT, PLAIN, end)

    timer = QTimer()
    timer.timeout.connect(go_on)
    QTest.mousePress(window, LEFT, PLAIN, start)
    timer.start(20)
    QTest.mouseMove(window, start - QPoint(0, 5))
    QTest.mouseMove(window, start - QPoint(0, 14))
    return gaps


if __name__ == "__main__":
    main()
