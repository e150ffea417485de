"""Drags onto and in the lane: by Qt's own events, and once by a real pointer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from loginwright_designer.canvas.lane_signals import (
    DragChange,
    DroppedTemplate,
    DropRequest,
    MoveRequest,
)
from loginwright_designer.document.drag_types import TEMPLATE_MIME_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable

    from lane_samples import Sample
    from loginwright_designer.canvas.lane_view import LaneView

COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ASK = "ask-favourite-colour"


@pytest.fixture
def view(show: Callable[..., LaneView], sample: Sample) -> LaneView:
    return show(sample.lane(), 656, 528)


@pytest.fixture
def template() -> QMimeData:
    data = QMimeData()
    data.setData(TEMPLATE_MIME_TYPE, QByteArray(b"deny-by-audience"))
    return data


def between(view: LaneView, gap: int) -> QPoint:
    """A point of the viewport in a gap."""
    return QPoint(view.viewport().width() // 2, round(view.gap_height(gap)))


def enter(view: LaneView, data: QMimeData, at: QPoint, action: Qt.DropAction = COPY) -> bool:
    event = QDragEnterEvent(at, action, data, LEFT, PLAIN)
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def move(view: LaneView, data: QMimeData, at: QPoint, action: Qt.DropAction = COPY) -> bool:
    event = QDragMoveEvent(at, action, data, LEFT, PLAIN)
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def drop(view: LaneView, data: QMimeData, at: QPoint, action: Qt.DropAction = COPY) -> bool:
    event = QDropEvent(QPointF(at), action, data, LEFT, PLAIN)
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def test_what_is_dragged_tells_its_number_and_how_many_there_would_be(
    view: LaneView, template: QMimeData
) -> None:
    told: list[DragChange] = []
    view.drag_changed.connect(told.append)
    enter(view, template, between(view, 1))
    move(view, template, between(view, 1))
    assert told == [DragChange(2, 5, (), DroppedTemplate("deny-by-audience"))]
    QApplication.sendEvent(view.viewport(), QDragLeaveEvent())
    assert told[1:] == [DragChange()]


def test_files_count_each(view: LaneView) -> None:
    told: list[DragChange] = []
    view.drag_changed.connect(told.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(f"/elsewhere/{name}") for name in ("a.js", "b.py", "c.txt")])
    enter(view, data, between(view, 4))
    assert [(one.number, one.total) for one in told] == [(5, 6)]
    drop(view, data, between(view, 4))
    assert told[-1] == DragChange()


def test_a_card_that_is_dragged_changes_no_total(view: LaneView) -> None:
    told: list[DragChange] = []
    view.drag_changed.connect(told.append)
    card = view.model().mimeData([view.model().index(0, 0)])
    enter(view, card, between(view, 4), MOVE)
    assert told == [DragChange(4, 4, ("block-weekends",))]


def test_template_shows_its_place_and_all_numbers_before_the_drop(
    view: LaneView, template: QMimeData
) -> None:
    requests: list[object] = []
    view.drop_requested.connect(requests.append)
    at = between(view, 1)
    assert enter(view, template, at)
    assert move(view, template, at)
    preview = view.shown_drop()
    assert preview is not None
    assert (preview.gap, preview.number) == (1, 2)
    assert preview.numbers("require-mfa-in-na", 2) == (3, "was 2")
    assert requests == []
    assert drop(view, template, at)
    assert requests == [DropRequest(1, DroppedTemplate("deny-by-audience"))]
    assert view.shown_drop() is None


def test_held_open_gap_stays_where_it_is_under_a_resting_pointer(
    view: LaneView, template: QMimeData
) -> None:
    at = between(view, 2)
    enter(view, template, at)
    gaps = []
    for _ in range(4):
        move(view, template, at)
        preview = view.shown_drop()
        gaps.append(preview.gap if preview is not None else None)
    assert gaps == [2, 2, 2, 2]


def test_drag_that_leaves_takes_its_line_along(view: LaneView, template: QMimeData) -> None:
    enter(view, template, between(view, 1))
    QApplication.sendEvent(view.viewport(), QDragLeaveEvent())
    assert view.shown_drop() is None


def test_what_the_lane_has_no_use_for_is_refused(view: LaneView) -> None:
    data = QMimeData()
    data.setData("image/png", QByteArray(b"picture"))
    assert not enter(view, data, between(view, 1))
    assert view.shown_drop() is None


def test_card_dropped_elsewhere_in_its_lane_asks_to_move(view: LaneView) -> None:
    requests: list[object] = []
    view.move_requested.connect(requests.append)
    data = view.model().mimeData([view.model().index(2, 0)])
    at = between(view, 1)
    enter(view, data, at, MOVE)
    move(view, data, at, MOVE)
    assert drop(view, data, at, MOVE)
    assert requests == [MoveRequest((ASK,), 1)]
    assert view.model().rowCount() == 4


def test_card_is_dragged_by_the_pointer_on_a_screen() -> None:
    """On a screen of its own (Xvfb), for off one a drag ends before it begins."""
    xvfb = shutil.which("xvfb-run")
    assert xvfb is not None, "Not run: Xvfb is missing. Install it (Debian: apt install xvfb)."
    window = Path(__file__).with_name("dragging_window.py")
    tests = str(Path(__file__).parents[2])
    run = subprocess.run(
        [xvfb, "-a", sys.executable, str(window)],
        env={**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": tests},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    assert said["platform"] == "xcb"
    assert said["shown"][-1] == 0
    assert (said["actions"], said["position"]) == ([ASK], 0)
    assert not said["left_over"]
