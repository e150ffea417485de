"""While something is dragged, header and status bar say what a drop would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from loginwright_designer.document.action_edits import duplicate_actions
from loginwright_designer.document.drag_types import TEMPLATE_MIME_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer_driver import Driver

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction


def test_the_numbers_are_known_before_release(start: Callable[..., Driver]) -> None:
    desk = start()
    data = template()
    drag_over(desk, data, gap=1)
    assert desk.shows("4 of 20 actions, 5 after the drop", desk.window.canvas_pane)
    assert "Dragging Deny by audience to 2 · Esc cancels" in desk.status()
    QApplication.sendEvent(desk.views.lane.viewport(), QDragLeaveEvent())
    desk.turn()
    assert "4 of 20 actions" in desk.texts(desk.window.canvas_pane)
    assert "Dragging" not in desk.status()


def test_after_the_drop_the_count_is_the_new_one(start: Callable[..., Driver]) -> None:
    desk = start()
    data = template()
    at = drag_over(desk, data, gap=1)
    event = QDropEvent(at.toPointF(), COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(desk.views.lane.viewport(), event)
    desk.until(lambda: "5 of 20 actions" in desk.texts(desk.window.canvas_pane))
    assert "Dragging" not in desk.status()


def test_a_card_is_named_and_the_count_stays(start: Callable[..., Driver]) -> None:
    desk = start()
    model = desk.views.lane.model()
    drag_over(desk, model.mimeData([model.index(0, 0)]), gap=2)
    assert "Dragging Block weekends to 2 · Esc cancels" in desk.status()
    assert "4 of 20 actions" in desk.texts(desk.window.canvas_pane)


def test_a_full_flow_says_that_there_is_no_room(start: Callable[..., Driver]) -> None:
    desk = start()
    document = desk.flow.session.document
    while len(document.draft.flow.actions) < 20:
        first = document.draft.flow.actions[0].id
        assert document.apply(duplicate_actions(document.draft, (first,))) is None
    desk.turn()
    drag_over(desk, template(), gap=1)
    said = desk.texts(desk.window.canvas_pane)
    assert "20 of 20 actions, no room for 1 more" in said


def template() -> QMimeData:
    data = QMimeData()
    data.setData(TEMPLATE_MIME_TYPE, QByteArray(b"deny-by-audience"))
    return data


def drag_over(desk: Driver, data: QMimeData, *, gap: int) -> QPoint:
    """Hold something over a gap of the lane."""
    port = desk.views.lane.viewport()
    at = QPoint(port.width() // 2, round(desk.views.lane.gap_height(gap)))
    QApplication.sendEvent(port, QDragEnterEvent(at, COPY, data, LEFT, PLAIN))
    desk.turn()
    return at
