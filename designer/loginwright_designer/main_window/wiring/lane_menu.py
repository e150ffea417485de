"""The menu of the lane: what can be done with the actions that are selected, or with the flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from loginwright_designer.controls.passing_menus import open_menu
from loginwright_designer.main_window.command_ids import CommandId

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loginwright_designer.canvas.lane_signals import MenuRequest
    from loginwright_designer.main_window.command_set import CommandSet

LANE_MENU: tuple[tuple[CommandId, ...], ...] = (
    (CommandId.CUT, CommandId.COPY, CommandId.PASTE, CommandId.DUPLICATE),
    (CommandId.RENAME, CommandId.TURN_ON_OR_OFF, CommandId.MOVE_UP, CommandId.MOVE_DOWN),
    (CommandId.BREAK_BEFORE, CommandId.BREAK_AFTER, CommandId.BREAK_BEFORE_LEAVING),
    (CommandId.DELETE,),
)
CANVAS_MENU: tuple[tuple[CommandId, ...], ...] = (
    (CommandId.PASTE, CommandId.ADD_JAVASCRIPT, CommandId.ADD_PYTHON, CommandId.IMPORT_CODE),
    (CommandId.FLOW_SETTINGS,),
)


def open_lane_menu(lane: QWidget, commands: CommandSet, request: MenuRequest) -> None:
    """Open the menu without waiting for what is chosen.

    Args:
        lane: What it belongs to.
        commands: What stands in it.
        request: Where it opens, and for which actions.
    """
    menu = QMenu(lane)
    for group in LANE_MENU if request.actions else CANVAS_MENU:
        for command in group:
            menu.addAction(commands.action(command))
        menu.addSeparator()
    open_menu(menu, request.at)
