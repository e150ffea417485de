"""Shows where a login was denied or failed, where that hides nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from loginwright_designer.main_window.tab_key import TabKey

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_view import LaneView
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.flow_wiring import FlowWiring


class EndPlace(QObject):
    """Goes to the line that ended a login; another page that somebody has open stays in front.

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
        if end is None or end.action is None or not self._has_room(end.action):
            return
        self._flow.code.open_action(end.action, line=end.line, focus=False)
        self._lane.select(end.action)

    def _has_room(self, action_id: str) -> bool:
        """Tell whether the editor is empty, or shows this action's code as it ran."""
        area, session = self._window.editor_area, self._flow.session
        if not area.keys:
            return True
        action, inputs = session.document.draft.action(action_id), session.inputs()
        if action is None or inputs is None or area.current != TabKey("code", action.code):
            return False
        return action.code not in session.login.edited_since(inputs).files
