"""Shows where a login was denied or failed, in an editor that would be empty otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_view import LaneView
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.flow_wiring import FlowWiring


class EndPlace(QObject):
    """Opens the line that ended a login; what somebody has open stays in front.

    Args:
        flow: Whose logins end.
        lane: Its cards.
        window: Has the editor.
    """

    def __init__(self, flow: FlowWiring, lane: LaneView, window: MainWindow) -> None:
        super().__init__(flow)
        self._flow = flow
        self._lane = lane
        self._window = window
        flow.session.login.login_ended.connect(self._on_login_ended)

    def _on_login_ended(self, _: object) -> None:
        end = self._flow.status.outcome
        if end is None or end.action is None or self._window.editor_area.keys:
            return
        self._flow.code.open_action(end.action, line=end.line, focus=False)
        self._lane.select(end.action)
