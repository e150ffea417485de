"""The window's panes in the order of F6 (walkthroughs.md, C2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.main_window.arrangement import Pane
from loginwright_designer.main_window.pane_ring import RingPane

if TYPE_CHECKING:
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.main_window.window_views import WindowViews

translate = QCoreApplication.translate


def ring_panes(window: MainWindow, views: WindowViews) -> tuple[RingPane, ...]:
    """Return the window's panes: top bar, rail, side panel, canvas, editor, inspector and so on.

    Args:
        window: The window, with its parts made.
        views: What it shows.
    """

    def tab(pane: Pane) -> bool:
        """Bring a pane to the front that stands behind another; a closed one stays closed."""
        plan = window.division.plan
        if pane in (*plan.all_tabs, *plan.work_tabs):
            window.show_pane(pane)
        return pane in window.division.plan.shown

    def never() -> bool:
        return False

    def nothing() -> None:
        return None

    area, bar = window.editor_area, window.top_bar
    return (
        RingPane(translate("MainWindow", "Top bar"), bar, lambda: bar.primary, never),
        RingPane(translate("MainWindow", "Rail"), window.rail, nothing, never),
        RingPane(ring_name(Pane.SIDE), window.side_panel, window.side_panel.first, never),
        RingPane(
            ring_name(Pane.CANVAS),
            window.canvas_pane,
            window.canvas_pane.first,
            lambda: tab(Pane.CANVAS),
        ),
        RingPane(ring_name(Pane.EDITOR), area, area.first, lambda: tab(Pane.EDITOR)),
        RingPane(
            ring_name(Pane.INSPECTOR),
            views.inspector,
            views.inspector_first or nothing,
            lambda: tab(Pane.INSPECTOR),
        ),
        RingPane(
            ring_name(Pane.BOTTOM),
            window.bottom_panel,
            window.bottom_panel.first,
            lambda: tab(Pane.BOTTOM),
        ),
        RingPane(translate("MainWindow", "Status bar"), views.status, nothing, never),
        RingPane(translate("MainWindow", "Messages"), window.toasts, nothing, never),
    )


def ring_name(pane: Pane) -> str:
    """Return what is announced when the keyboard comes to a pane."""
    match pane:
        case Pane.SIDE:
            return translate("MainWindow", "Side panel")
        case Pane.CANVAS:
            return translate("MainWindow", "Canvas")
        case Pane.EDITOR:
            return translate("MainWindow", "Editor")
        case Pane.INSPECTOR:
            return translate("MainWindow", "Inspector")
        case Pane.BOTTOM:
            return translate("MainWindow", "Bottom panel")
