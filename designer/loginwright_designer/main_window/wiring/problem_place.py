"""Leads to what a problem is about: code, a scenario, a card of the lane, or the problem itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.document.action_obstacles import action_with
from loginwright_designer.main_window.arrangement import Page

if TYPE_CHECKING:
    from loginwright_designer.canvas.lane_view import LaneView
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.wiring.flow_wiring import FlowWiring
    from loginwright_runtime.errors import Problem


def lead_to(problem: Problem, flow: FlowWiring, lane: LaneView, window: MainWindow) -> None:
    """Bring the place of a problem to the front, and the keyboard there.

    Args:
        problem: Which.
        flow: The open one.
        lane: Its cards.
        window: Where all of it stands.
    """
    file, draft = problem.file or "", flow.session.document.draft
    action = action_with(draft.flow, problem)
    if flow.code.open_file(file, line=problem.line):
        window.open_editor(focus=True)
    elif draft.scenario(file) is not None:
        flow.scenarios.open_form(file)
    elif action is not None:
        lane.select(action.id)
        window.show_page(Page.FLOW, focus=True)
    elif not flow.folder.offer_file(problem):
        window.open_bottom("problems", focus=True)
