"""The commands as Qt's actions: menus and keys give them, states switch them on and off."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.main_window.menu_command import Keys, Menu, MenuCommand, translated
from loginwright_designer.main_window.menu_commands import COMMANDS, command
from loginwright_designer.main_window.palette_rows import RECENT_MARK, PaletteRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_designer.simulation.states import Controls

translate = QCoreApplication.translate

_SHOWN_ONLY = (Keys.LANE, Keys.GRID, Keys.ESCAPE)


@dataclass(frozen=True, slots=True)
class CommandState:
    """What can be done with a command now.

    Attributes:
        enabled: Whether it can be given.
        reason: Why not, in words.
        text: What stands on it instead of the table's text: "Undo: add Deny by audience".
        checked: Whether it is on, for one that is on or off.
    """

    enabled: bool = True
    reason: str = ""
    text: str | None = None
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A key was pressed for a command that cannot be given now."""

    command: CommandId
    reason: str


@dataclass(frozen=True, slots=True)
class RecentEntry:
    """A flow that can be opened again.

    Attributes:
        key: Its folder.
        text: Its name.
        detail: The folder as it is shown.
    """

    key: str
    text: str
    detail: str = ""


class CommandSet(QObject):
    """One action for each row of the table.

    Args:
        window: Where the keys are listened to.
        mac: Use the shortcuts of macOS; None asks the system.
    """

    invoked = Signal(object)  # CommandId: menu, key, palette or button gave it
    refused = Signal(object)  # Refusal
    recent_chosen = Signal(object)  # RecentEntry: one of "Open recent"
    state_changed = Signal(object)  # CommandId: its state or its text is another one

    def __init__(self, window: QWidget, *, mac: bool | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._mac = sys.platform == "darwin" if mac is None else mac
        self._states = {row.id: CommandState() for row in COMMANDS}
        self._actions = {row.id: self._action_of(row) for row in COMMANDS}
        self._recent_menu = QMenu(window)
        self._recent_actions: list[QAction] = []
        self._recent: tuple[RecentEntry, ...] = ()
        self._actions[CommandId.OPEN_RECENT].setMenu(self._recent_menu)
        self.show_recent(())

    def add_canvas(self, canvas: QWidget) -> None:
        """Listen to the canvas's own keys while the keyboard is in it."""
        for row in COMMANDS:
            if row.keys is Keys.CANVAS:
                canvas.addAction(self._actions[row.id])

    def action(self, wanted: CommandId) -> QAction:
        """Return a command's action."""
        return self._actions[wanted]

    def state(self, wanted: CommandId) -> CommandState:
        """Return what can be done with a command now."""
        return self._states[wanted]

    def text(self, wanted: CommandId) -> str:
        """Return what stands on a command now."""
        shown = self._states[wanted].text
        return command(wanted).shown_text() if shown is None else shown

    def shortcut(self, wanted: CommandId) -> str:
        """Return the key that stands beside a command, as the system writes it; else nothing."""
        keys = command(wanted).keys_on(mac=self._mac)
        if not keys:
            return ""
        form = (
            QKeySequence.SequenceFormat.NativeText
            if self._mac
            else QKeySequence.SequenceFormat.PortableText
        )
        return QKeySequence(keys[0]).toString(form)

    def set_state(
        self, wanted: CommandId, enabled: bool, reason: str = "", text: str | None = None
    ) -> None:
        """Switch a command on or off.

        Args:
            wanted: Which.
            enabled: Whether it can be given.
            reason: Why not, in words; kept in its tooltip and in the palette.
            text: What stands on it instead of the table's text.
        """
        before = self._states[wanted]
        self._states[wanted] = replace(before, enabled=enabled, reason=reason, text=text)
        if self._states[wanted] != before:
            self._show(wanted)

    def set_checked(self, wanted: CommandId, checked: bool) -> None:
        """Show that a command is on or off."""
        self._states[wanted] = replace(self._states[wanted], checked=checked)
        self._actions[wanted].setChecked(checked)

    def show_controls(self, controls: Controls) -> None:
        """Show what the login allows.

        The primary command gives what stands on the one primary button; ``Esc`` leads back to
        now only where that is written on it.
        """
        primary = controls.primary
        self.set_state(CommandId.PRIMARY, primary.enabled, primary.reason, primary.label)
        steps = (CommandId.OVER, CommandId.INTO, CommandId.OUT, CommandId.STOP)
        for wanted, state in zip(steps, controls.commands, strict=True):
            self.set_state(wanted, state.enabled, state.reason)
        past = controls.steps_return_to_now
        reason = "" if past else translate("Commands", "The present is shown.")
        self.set_state(CommandId.BACK_TO_NOW, past, reason)

    def trigger(self, wanted: CommandId) -> None:
        """Give a command, if it can be given; else say why not."""
        state = self._states[wanted]
        if state.enabled:
            self._give(wanted)
        else:
            self.refused.emit(Refusal(wanted, state.reason))

    def refuse_key(self, event: QKeyEvent) -> bool:
        """Say why the command of a key cannot be given; return whether there is one.

        Qt does not answer the key of an action that is off: the key comes to the window.
        """
        pressed = QKeySequence(event.keyCombination())
        for row in COMMANDS:
            if row.keys not in (Keys.WINDOW, Keys.CODE) or self._states[row.id].enabled:
                continue
            if pressed in [QKeySequence(key) for key in row.keys_on(mac=self._mac)]:
                self.trigger(row.id)
                return True
        return False

    def claimed_keys(self, answered_by: Keys) -> tuple[QKeySequence, ...]:
        """Return the keys that a view answers itself while it has the keyboard."""
        rows = [row for row in COMMANDS if row.keys is answered_by]
        return tuple(QKeySequence(key) for row in rows for key in row.keys_on(mac=self._mac))

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Put all menus on a menu bar: the one at the top of the screen on macOS."""
        for menu in self.menus(bar):
            bar.addMenu(menu)

    def menu(self, parent: QWidget) -> QMenu:
        """Return one menu that holds all of them, for a button."""
        menu = QMenu(parent)
        for part in self.menus(menu):
            menu.addMenu(part)
        return menu

    def menus(self, parent: QWidget) -> list[QMenu]:
        """Return the menus in their order."""
        return [self._menu_of(menu, parent) for menu in Menu]

    def palette_rows(self) -> tuple[PaletteRow, ...]:
        """Return all commands as the palette shows them."""
        return tuple(self._palette_row(row) for row in COMMANDS)

    def show_recent(self, entries: Sequence[RecentEntry]) -> None:
        """Show which flows can be opened again."""
        self._recent = tuple(entries)
        self._recent_menu.clear()
        for old in self._recent_actions:
            old.deleteLater()
        self._recent_actions = [self._recent_action(entry) for entry in entries]
        self._recent_menu.addActions(self._recent_actions)
        reason = "" if entries else translate("Commands", "No flow has been opened before.")
        self.set_state(CommandId.OPEN_RECENT, bool(entries), reason)

    def recent_rows(self) -> tuple[PaletteRow, ...]:
        """Return the flows that can be opened again, for the palette."""
        return tuple(
            PaletteRow(
                f"{RECENT_MARK}{entry.key}",
                entry.text,
                entry.detail,
                keywords=" ".join(Path(entry.key).parts),
            )
            for entry in self._recent
        )

    def choose_recent(self, row: PaletteRow) -> bool:
        """Open the flow of one of ``recent_rows`` again; False where the row is none of them."""
        for entry in self._recent:
            if row.key == f"{RECENT_MARK}{entry.key}":
                self.recent_chosen.emit(entry)
                return True
        return False

    def _recent_action(self, entry: RecentEntry) -> QAction:
        action = QAction(entry.text.replace("&", "&&"), self)
        action.setToolTip(entry.detail)
        action.triggered.connect(lambda: self.recent_chosen.emit(entry))
        return action

    def _action_of(self, row: MenuCommand) -> QAction:
        action = QAction(self._window)
        action.setObjectName(row.id.value)
        action.setCheckable(row.checkable)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setText(self._menu_text(row))
        action.setToolTip(self._tooltip(row))
        if row.keys not in _SHOWN_ONLY:
            action.setShortcuts([QKeySequence(key) for key in row.keys_on(mac=self._mac)])
        if row.keys is Keys.CANVAS:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        else:
            self._window.addAction(action)
        if row.id is not CommandId.OPEN_RECENT:
            action.triggered.connect(lambda: self._give(row.id))
        return action

    def _give(self, wanted: CommandId) -> None:
        """Emit; what is on or off stays as it is until its owner says otherwise."""
        self._actions[wanted].setChecked(self._states[wanted].checked)
        self.invoked.emit(wanted)

    def _show(self, wanted: CommandId) -> None:
        row, action = command(wanted), self._actions[wanted]
        action.setText(self._menu_text(row))
        action.setToolTip(self._tooltip(row))
        action.setEnabled(self._states[wanted].enabled)
        self.state_changed.emit(wanted)

    def _menu_text(self, row: MenuCommand) -> str:
        text = self.text(row.id).replace("&", "&&")
        shown_only = row.keys in _SHOWN_ONLY and row.shortcuts
        return f"{text}\t{self.shortcut(row.id)}" if shown_only else text

    def _tooltip(self, row: MenuCommand) -> str:
        what = translated(row.tooltip) or self.text(row.id)
        key, reason = self.shortcut(row.id), self._states[row.id].reason
        first = f"{what}  {key}" if key else what
        return f"{first}\n{reason}" if reason else first

    def _menu_of(self, menu: Menu, parent: QWidget) -> QMenu:
        made = QMenu(translated(menu.value), parent)
        made.setToolTipsVisible(True)
        group = 0
        for row in COMMANDS:
            if row.menu is not menu:
                continue
            if row.group != group:
                made.addSeparator()
            group = row.group
            made.addAction(self._actions[row.id])
        return made

    def _palette_row(self, row: MenuCommand) -> PaletteRow:
        state = self._states[row.id]
        return PaletteRow(
            key=row.id.value,
            text=self.text(row.id).rstrip("…"),
            detail=translated(row.menu.value),
            shortcut=self.shortcut(row.id),
            enabled=state.enabled,
            reason=state.reason,
            keywords=row.keywords,
        )
