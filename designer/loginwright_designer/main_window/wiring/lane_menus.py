"""The menus of the lane: for the actions that are selected, for the flow, for an insert point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from loginwright_designer.controls.passing_menus import MenuEntry, menu_of, open_menu
from loginwright_designer.main_window.command_ids import CommandId

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loginwright_designer.canvas.lane_signals import InsertRequest, MenuRequest
    from loginwright_designer.canvas.lane_view import LaneView
    from loginwright_designer.main_window.command_set import CommandSet
    from loginwright_designer.main_window.wiring.lane_wiring import LaneWiring
    from loginwright_designer.main_window.wiring.library_wiring import LibraryWiring

ACTIONS_MENU: tuple[tuple[CommandId, ...], ...] = (
    (CommandId.CUT, CommandId.COPY, CommandId.PASTE, CommandId.DUPLICATE),
    (CommandId.RENAME, CommandId.TURN_ON_OR_OFF, CommandId.MOVE_UP, CommandId.MOVE_DOWN),
    (CommandId.BREAK_BEFORE, CommandId.BREAK_AFTER, CommandId.BREAK_BEFORE_LEAVING),
    (CommandId.DELETE,),
)
FLOW_MENU: tuple[tuple[CommandId, ...], ...] = (
    (CommandId.PASTE, CommandId.ADD_JAVASCRIPT, CommandId.ADD_PYTHON, CommandId.IMPORT_CODE),
    (CommandId.FLOW_SETTINGS,),
)


class LaneMenus(QObject):
    """Opens the menus that are asked for on the lane; nothing waits for what is chosen.

    Args:
        lane: Takes the actions that are added at an insert point.
        library: Offers templates for it, and reads files of code.
        view: The lane.
        commands: What stands in the menus, and what of it can be done now.
        parent: Owns this object.
    """

    def __init__(
        self,
        lane: LaneWiring,
        library: LibraryWiring,
        view: LaneView,
        commands: CommandSet,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._library = library
        self._view = view
        self._commands = commands
        view.menu_requested.connect(self._on_menu_requested)
        view.insert_requested.connect(self._on_insert_requested)

    def _on_menu_requested(self, request: MenuRequest) -> None:
        menu = QMenu(self._view)
        for group in ACTIONS_MENU if request.actions else FLOW_MENU:
            for command in group:
                menu.addAction(self._commands.action(command))
            menu.addSeparator()
        open_menu(menu, request.at)

    def _on_insert_requested(self, request: InsertRequest) -> None:
        lane, library, gap = self._lane, self._library, request.gap
        ways: Mapping[str, Callable[[], object]] = {
            CommandId.SHOW_LIBRARY: lambda: library.open_at(gap),
            CommandId.ADD_JAVASCRIPT: lambda: lane.add_blank("javascript", gap),
            CommandId.ADD_PYTHON: lambda: lane.add_blank("python", gap),
            CommandId.PASTE: lambda: lane.paste(gap),
            CommandId.IMPORT_CODE: lambda: library.import_files(gap),
        }
        entries = [self._entry(CommandId(command)) for command in ways]
        open_menu(menu_of(self._view, entries, lambda chosen: ways[chosen]()), request.at)

    def _entry(self, command: CommandId) -> MenuEntry:
        action = self._commands.action(command)
        return MenuEntry(command, action.text(), possible=action.isEnabled())
