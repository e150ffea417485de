"""The top bar: the flow, the command box, the scenario, and what moves a login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import Button, IconButton
from loginwright_designer.controls.labels import ElidedLabel, text_label
from loginwright_designer.main_window.bar_forms import FORMS, BarForm
from loginwright_designer.main_window.command_box import CommandBox
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.simulation.states import (
    Away,
    Finished,
    Idle,
    Past,
    Paused,
    PrimaryCommand,
    Running,
    controls,
)
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from loginwright_designer.main_window.command_set import CommandSet
    from loginwright_designer.simulation.states import Controls, PrimaryButton
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

HEIGHT: Final = 48
NAME_LEAST: Final = 48
STATE_MOST: Final = 160
"""The login's state is read whole up to here; the flow's name gives way to it."""

PRIMARY_ICONS: Final = {
    PrimaryCommand.RUN: "play",
    PrimaryCommand.PAUSE: "pause",
    PrimaryCommand.CONTINUE: "play",
    PrimaryCommand.SEND: "send",
    PrimaryCommand.RUN_AGAIN: "play",
    PrimaryCommand.BACK_TO_NOW: "skip-forward",
}

_ALL_PRIMARIES: Final = tuple(
    controls(state).primary
    for state in (
        Idle(),
        Running(),
        Paused(None, ""),
        Away(""),
        Finished("allowed"),
        Past(Idle(), 1, 1),
    )
)
_STEPS: Final = (
    (CommandId.OVER, "redo-dot"),
    (CommandId.INTO, "arrow-down-to-dot"),
    (CommandId.OUT, "arrow-up-from-dot"),
    (CommandId.STOP, "square"),
)


class TopBar(QFrame):
    """Always the same buttons at the same places; what is not legal is disabled and says why.

    Args:
        theme: The colours.
        commands: What the buttons give.
        picker: The scenario picker.
        parent: Qt's owner.
    """

    primary_pressed = Signal()

    def __init__(
        self, theme: Theme, commands: CommandSet, picker: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._commands = commands
        self._state_text = ""
        self._shown: PrimaryButton = controls(Idle()).primary
        self._controls: Controls | None = None
        self._face: tuple[bool, bool, str, str] | None = None
        self._widths: dict[tuple[bool, bool, str, str], int] = {}
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self.setAccessibleName(translate("TopBar", "Top bar"))
        self.menu_button = _MenuButton(theme, "workflow", translate("TopBar", "Menu"))
        self.menu_button.setMenu(commands.menu(self))
        self.menu_button.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self._name = ElidedLabel("", TextStyle.TITLE)
        self._dirty = text_label("●", TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        self._dirty.setToolTip(translate("TopBar", "Not saved"))
        self._dirty.setAccessibleName(translate("TopBar", "Not saved"))
        self._state = ElidedLabel("", TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        self.command_box = CommandBox(theme, commands.shortcut(CommandId.COMMAND_PALETTE))
        self.undo = IconButton(theme, "undo-2", commands.text(CommandId.UNDO))
        self.redo = IconButton(theme, "redo-2", commands.text(CommandId.REDO))
        self.export = Button(theme, translate("TopBar", "Export"), kind="quiet", icon="package")
        self.export.setAccessibleName(translate("TopBar", "Export"))
        self.picker = picker
        self.primary = Button(theme, "Run", kind="primary", icon="play")
        self.steps = {
            wanted: IconButton(theme, icon, commands.text(wanted), kind="step")
            for wanted, icon in _STEPS
        }
        self._line = QFrame()
        self._line.setProperty("edge", "left")
        self._row = QHBoxLayout(self)
        self._lay_out()
        self._connect()
        self.show_flow("", dirty=False, state_text="")
        self.show_history("", "")
        self.show_controls(controls(Idle()))
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_flow(self, name: str, dirty: bool, state_text: str) -> None:
        """Show which flow is open.

        Args:
            name: Of the flow.
            dirty: Something in it is not saved.
            state_text: Beside the name: "Post-login · away".
        """
        if (name, dirty, state_text) == (self.flow_name, self.is_dirty, self._state_text):
            return
        self._name.setText(name)
        self._dirty.setVisible(dirty)
        self._state_text = state_text
        self._state.setText(state_text)
        self._fit_width()

    def show_history(self, undo_name: str, redo_name: str) -> None:
        """Show what can be undone and redone, by name; empty where there is nothing."""
        for wanted, button, name, nothing in (
            (CommandId.UNDO, self.undo, undo_name, translate("TopBar", "Nothing to undo.")),
            (CommandId.REDO, self.redo, redo_name, translate("TopBar", "Nothing to redo.")),
        ):
            word = (
                translate("TopBar", "Undo")
                if wanted is CommandId.UNDO
                else translate("TopBar", "Redo")
            )
            text = f"{word}: {name}" if name else word
            reason = "" if name else nothing
            self._commands.set_state(wanted, bool(name), reason, text)
            button.setEnabled(bool(name))
            button.show_name(text, self._commands.shortcut(wanted), reason)

    def show_controls(self, state: Controls) -> None:
        """Show what the login allows."""
        self._commands.show_controls(state)
        if state == self._controls:
            return
        self._controls = state
        self._shown = state.primary
        self._fit_width()
        self.primary.setEnabled(state.primary.enabled)
        self.primary.setAccessibleDescription(state.primary.reason)
        tip = f"{state.primary.label}  {state.primary.shortcut}"
        reason = state.primary.reason
        self.primary.setToolTip(f"{tip}\n{reason}" if reason else tip)
        for (wanted, button), step in zip(self.steps.items(), state.commands, strict=True):
            button.setEnabled(step.enabled)
            name, key = self._commands.text(wanted), self._commands.shortcut(wanted)
            button.show_name(name, key, step.reason)

    def open_menu(self) -> None:
        """Open the menu, with its first entry ready to be chosen."""
        self.menu_button.open_menu()

    @property
    def flow_name(self) -> str:
        """The name shown, whole."""
        return self._name.whole_text()

    @property
    def is_dirty(self) -> bool:
        """Whether the dot for what is not saved is shown."""
        return not self._dirty.isHidden()

    @property
    def state_text(self) -> str:
        """What stands beside the name."""
        return self._state.whole_text()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.px(HEIGHT))

    def _lay_out(self) -> None:
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.picker.setParent(self)
        left = (self.menu_button, self._name, self._dirty, self._state)
        middle = (self.command_box, self.undo, self.redo, self.export, self._line)
        right = (self.picker, self.primary, *self.steps.values())
        self._parts: tuple[QWidget, ...] = (*left, *middle, *right)
        for part in self._parts:
            if part is self.command_box:
                self._row.addStretch(1)
            self._row.addWidget(part)

    def _connect(self) -> None:
        give = self._commands.trigger
        self.command_box.clicked.connect(lambda: give(CommandId.COMMAND_PALETTE))
        self.undo.clicked.connect(lambda: give(CommandId.UNDO))
        self.redo.clicked.connect(lambda: give(CommandId.REDO))
        self.export.clicked.connect(lambda: give(CommandId.EXPORT))
        self.primary.clicked.connect(self.primary_pressed)
        for wanted, button in self.steps.items():
            button.clicked.connect(lambda _=False, wanted=wanted: give(wanted))
        self._commands.state_changed.connect(self._on_command_changed)

    def _on_command_changed(self, changed: object) -> None:
        if changed is CommandId.EXPORT:
            state = self._commands.state(CommandId.EXPORT)
            self.export.setEnabled(state.enabled)
            self._show_export_tip()

    def _show_export_tip(self) -> None:
        name, key = translate("TopBar", "Export"), self._commands.shortcut(CommandId.EXPORT)
        reason = self._commands.state(CommandId.EXPORT).reason
        self.export.setToolTip(f"{name}  {key}" + (f"\n{reason}" if reason else ""))

    def _show_primary(self, form: BarForm) -> None:
        """Show word and key, as wide as the widest of all its words, so that nothing moves."""
        face = (form.primary_icon, form.primary_key, self._shown.label, self._shown.shortcut)
        if face == self._face:
            return
        self._face = face
        if face not in self._widths:
            self.primary.setMinimumWidth(0)
            others = [self._primary_width(one, form) for one in _ALL_PRIMARIES]
            self._widths[face] = max(*others, self._primary_width(self._shown, form))
        self._primary_width(self._shown, form)
        self.primary.setFixedWidth(self._widths[face])

    def _primary_width(self, shown: PrimaryButton, form: BarForm) -> int:
        """Put a word on the button, and return how wide it makes it."""
        self.primary.show_icon(PRIMARY_ICONS[shown.command] if form.primary_icon else None)
        self.primary.show_text(shown.label, shown.shortcut if form.primary_key else "")
        return self.primary.sizeHint().width()

    def _fit_width(self) -> None:
        """Give up words, the least needed first, until nothing is cut."""
        width = self.width() * 100 / self._theme.zoom
        for form in FORMS:
            if width >= form.least:
                self._show_form(form)
                if self._needed() <= self.width():
                    return

    def _show_form(self, form: BarForm) -> None:
        px = self._theme.px
        self._state.setVisible(form.state_text and bool(self._state_text))
        self._state.setMinimumWidth(min(self._state.sizeHint().width(), px(STATE_MOST)))
        self.command_box.show_form(form.box)
        self.export.setText(translate("TopBar", "Export") if form.export_text else "")
        self.export.setMinimumWidth(0)
        wide = self.export.sizeHint().width()
        self.export.setFixedWidth(wide if form.export_text else px(32))
        self._show_export_tip()
        self.picker.setFixedWidth(px(form.picker))
        self._row.setSpacing(px(form.gap))
        self._line.setVisible(form.line)
        self._show_primary(form)

    def _needed(self) -> int:
        """Return how wide everything is, with a name of a few letters."""
        margins = self._row.contentsMargins()
        shown = [part for part in self._parts if not part.isHidden()]
        fixed = sum(
            widget.minimumSizeHint().width()
            if widget is self._state
            else max(widget.minimumWidth(), widget.minimumSizeHint().width())
            for widget in shown
            if widget is not self._name
        )
        gaps = self._row.spacing() * len(shown)
        name = min(self._theme.px(NAME_LEAST), self._name.sizeHint().width())
        return fixed + gaps + name + margins.left() + margins.right()

    def _fit(self) -> None:
        theme = self._theme
        self._face = None
        self._widths.clear()
        self.setFixedHeight(theme.px(HEIGHT))
        self._line.setFixedSize(1, theme.px(24))
        self._row.setContentsMargins(theme.px(8), 0, theme.px(16), 1)
        for button in (self.undo, self.redo):
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
        self._fit_width()


_OPENING_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class _MenuButton(IconButton):
    """Opens the menu with Space, Enter and Down.

    Qt opens it with Space by itself, but holds the key's event until something is chosen.
    """

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING_KEYS:
            self.open_menu()
            return
        super().keyPressEvent(event)

    def open_menu(self) -> None:
        """Open it without waiting for what is chosen."""
        menu = self.menu()
        assert menu is not None, "set by the top bar"
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])
