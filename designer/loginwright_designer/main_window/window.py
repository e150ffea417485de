"""The main window: puts views into their places, and answers the commands about places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from typing_extensions import override

from loginwright_designer.main_window.arrangement import Mode, Page, Pane, SidePlace
from loginwright_designer.main_window.arrangement_memory import OPEN, ArrangementMemory, Sizes
from loginwright_designer.main_window.canvas_pane import CanvasPane
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.main_window.command_palette import CommandPalette
from loginwright_designer.main_window.editor_area import EditorArea
from loginwright_designer.main_window.menu_command import Keys
from loginwright_designer.main_window.pane_ring import PaneRing
from loginwright_designer.main_window.panel_places import BottomPanel, SidePanel
from loginwright_designer.main_window.place_commands import place_commands, show_checks
from loginwright_designer.main_window.place_state import PlaceState
from loginwright_designer.main_window.ring_panes import ring_name, ring_panes
from loginwright_designer.main_window.toasts import Toasts
from loginwright_designer.main_window.window_layout import WindowLayout
from loginwright_designer.main_window.window_shell import WindowShell
from loginwright_designer.main_window.window_views import ShellViews, WindowViews

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from loginwright_designer.main_window.bottom_view import BottomView
    from loginwright_designer.main_window.palette_rows import PaletteRow
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class MainWindow(WindowShell):
    """The window as a whole.

    It answers the commands that only concern places: the two arrangements, the panels of side and
    bottom, the grid, panes, tabs, the palette of commands, the menu. All others, and these too,
    are told by ``commands.invoked``.

    Args:
        theme: The colours.
        views: What it shows, or only what its first frame shows; ``fill`` brings the rest then.
        memory: What is remembered of both arrangements.
        mac: Behave as on macOS; None asks the system.
    """

    mode_changed = Signal(object)  # Mode: the arrangement is another one
    page_changed = Signal(object)  # Page: the flow or the grid came to the front
    palette_chosen = Signal(object)  # PaletteRow that is no command: a file, a line, a handler

    def __init__(
        self,
        theme: Theme,
        views: WindowViews | ShellViews,
        memory: ArrangementMemory | None = None,
        *,
        mac: bool | None = None,
    ) -> None:
        self._is_filled = False
        super().__init__(theme, views.shell if isinstance(views, WindowViews) else views, mac=mac)
        self._places = PlaceState(memory or ArrangementMemory())
        self._was_shown = False
        self._told_page = self._places.page
        if isinstance(views, WindowViews):
            self.fill(views)

    def fill(self, views: WindowViews) -> None:
        """Put everything into the window that is not in its first frame; once.

        Args:
            views: What it shows; it owns them from then on.
        """
        theme = self._theme
        self.side_panel = SidePanel(theme, views.side)
        self.canvas_pane = CanvasPane(theme, views.canvas, views.grid)
        self.editor_area = EditorArea(theme)
        self.bottom_panel: BottomView = (
            BottomPanel(theme, views.bottom) if isinstance(views.bottom, tuple) else views.bottom
        )
        self.division = WindowLayout(
            theme,
            self.side_panel,
            self.canvas_pane,
            self.editor_area,
            views.inspector,
            self.bottom_panel,
            self._frame,
        )
        self._name_keys(views.canvas)
        self._fill_middle(self.division)
        self.palette_popup = CommandPalette(theme, self)
        self.toasts = Toasts(theme, self)
        self.ring = PaneRing(self, ring_panes(self, views), ring_name(Pane.CANVAS))
        self._answers = place_commands(self)
        self._is_filled = True
        self._connect()
        self._apply()
        if self._was_shown:
            self._focus_first(self.canvas_pane.first(), Pane.CANVAS)

    @property
    def mode(self) -> Mode:
        """The arrangement in use."""
        return self._places.memory.mode

    @property
    def page(self) -> Page:
        """Whether the flow or the grid is in front."""
        return self._places.page

    @property
    def memory(self) -> ArrangementMemory:
        """What is to be remembered of both arrangements."""
        return self._places.memory

    def set_past(self, past: bool) -> None:
        """Hatch the edges of canvas and editor while a recorded step is shown."""
        self.division.set_past(past)

    def set_reduced_motion(self, *, reduced: bool) -> None:
        """Let nothing in the window's own parts move."""
        self.editor_area.set_reduced_motion(reduced=reduced)
        self.commands.set_checked(CommandId.REDUCE_MOTION, reduced)

    def show_mode(self, mode: Mode) -> None:
        """Arrange the window for composing or for a run; what was opened by hand stays."""
        if mode is self.mode:
            return
        self._places.switch(mode)
        self._apply()
        self.mode_changed.emit(mode)

    def open_side(self, key: str | None, *, by_hand: bool = True, focus: bool = False) -> None:
        """Open a side panel, or close the one that is open.

        Args:
            key: Which; None closes.
            by_hand: The user asked for it.
            focus: Give it the keyboard.
        """
        if key is None:
            self._close(Pane.SIDE)
        elif self.side_panel.has(key):
            self._open(Pane.SIDE, key, by_hand=by_hand)
        if key is not None and focus:
            self._focus_first(self.side_panel.first(), Pane.SIDE)

    def open_bottom(self, key: str, *, by_hand: bool = True, focus: bool = False) -> None:
        """Open a panel at the bottom.

        Args:
            key: Which.
            by_hand: The user asked for it.
            focus: Give it the keyboard.
        """
        if self.bottom_panel.has(key):
            self._places.front = Pane.BOTTOM if by_hand or focus else self._places.front
            self._open(Pane.BOTTOM, key, by_hand=by_hand)
        if focus:
            self._focus_first(self.bottom_panel.first(), Pane.BOTTOM)

    def close_bottom(self) -> None:
        """Close the bottom panel."""
        self._close(Pane.BOTTOM)

    def open_editor(self, *, focus: bool = False) -> None:
        """Show the editor area, in front where panes are tabs; ``focus`` gives it the keyboard."""
        self._places.page, self._places.front = Page.FLOW, Pane.EDITOR
        self._open(Pane.EDITOR, OPEN)
        if focus:
            self.editor_area.focus_page()

    def open_inspector(self) -> None:
        """Show the inspector, in front where panes are tabs, and give it the keyboard."""
        self._places.page, self._places.front = Page.FLOW, Pane.INSPECTOR
        self._open(Pane.INSPECTOR, OPEN)
        self.focus_pane(Pane.INSPECTOR)

    def show_page(self, page: Page, *, focus: bool = False) -> None:
        """Show the flow, or the grid of scenarios in the place of canvas and editor.

        Args:
            page: Which.
            focus: Give it the keyboard.
        """
        self._places.page, self._places.front = page, Pane.CANVAS
        self._apply()
        if focus:
            self._focus_first(self.canvas_pane.first(), Pane.CANVAS)

    def focus_pane(self, pane: Pane) -> bool:
        """Give the keyboard to a pane, where it was in it last."""
        return self.ring.focus(ring_name(pane))

    def open_commands(self) -> None:
        """Open the palette on all commands."""
        prompt = translate("Palette", "Search or run a command")
        self.palette_popup.open(self.commands.palette_rows(), prompt)

    def open_recent(self) -> None:
        """Open the palette on the flows that were open before."""
        prompt = translate("Palette", "Open a flow again")
        self.palette_popup.open(self.commands.recent_rows(), prompt)

    def open_rows(self, rows: tuple[PaletteRow, ...]) -> None:
        """Open the palette on files, handlers and lines.

        Args:
            rows: Files, and handlers with a key that begins with ``@``.
        """
        prompt = translate("Palette", "Open a file, “:” and a line, “@” and a handler")
        self.palette_popup.open(rows, prompt)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_filled:
            self._divide()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Start with the keyboard on the canvas (walkthroughs.md, C1)."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            if self._is_filled:
                self._focus_first(self.canvas_pane.first(), Pane.CANVAS)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer Esc that nobody wanted, and keys whose command cannot be given now."""
        if not self._is_filled:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._on_escape()
        elif not self.commands.refuse_key(event):
            super().keyPressEvent(event)

    def _name_keys(self, canvas: QWidget) -> None:
        self.commands.add_canvas(canvas)
        code = self.commands.claimed_keys(Keys.CODE)
        self.editor_area.claim_keys({"code": code})
        self.canvas_pane.claim_keys(self.commands.claimed_keys(Keys.GRID))

    def _connect(self) -> None:
        self.commands.invoked.connect(self._on_command)
        self.rail.chosen.connect(self.open_side)
        self.canvas_pane.page_wanted.connect(self.show_page)
        self.bottom_panel.chosen.connect(self.open_bottom)
        self.bottom_panel.close_wanted.connect(self.close_bottom)
        self.division.pane_chosen.connect(self.show_pane)
        self.division.resized_by_hand.connect(self._on_resized)
        self.division.side_left.connect(self._on_side_left)
        self.editor_area.current_changed.connect(lambda _: self._apply())
        self.palette_popup.chosen.connect(self._on_palette)
        self.editor_area.open_wanted.connect(lambda: self.commands.trigger(CommandId.GO_TO_FILE))

    def show_pane(self, pane: Pane) -> None:
        """Bring a pane to the front of those that share its place, opening nothing."""
        self._places.front = pane
        self._apply()

    def _on_command(self, given: CommandId) -> None:
        answer = self._answers.get(given)
        if answer is not None:
            answer()

    def _on_palette(self, row: PaletteRow) -> None:
        known = {one.value: one for one in CommandId}
        if row.key in known:
            self.commands.trigger(known[row.key])
        elif not self.commands.choose_recent(row):
            self.palette_chosen.emit(row)

    def _on_side_left(self) -> None:
        if self.division.plan.side is SidePlace.OVERLAY:
            self._places.leave_side()
            self._apply()

    def _on_resized(self, sizes: Sizes) -> None:
        self._places.resize(sizes)

    def _on_escape(self) -> None:
        """Close what lies over the canvas, else go from the past back to now."""
        if self.division.plan.side is SidePlace.OVERLAY:
            self._on_side_left()
            self.focus_pane(Pane.CANVAS)
        elif self.commands.state(CommandId.BACK_TO_NOW).enabled:
            self.commands.trigger(CommandId.BACK_TO_NOW)

    def _open(self, pane: Pane, key: str, *, by_hand: bool = True) -> None:
        self._places.open(pane, key, by_hand=by_hand)
        self._apply()

    def _close(self, pane: Pane) -> None:
        self._places.close(pane)
        self._apply()

    def _focus_first(self, first: QWidget | None, pane: Pane) -> None:
        if first is not None and first.isVisibleTo(self):
            (first.focusProxy() or first).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_pane(pane)

    def _apply(self) -> None:
        """Show what is remembered and wished."""
        side, bottom = self.memory.shown(Pane.SIDE), self.memory.shown(Pane.BOTTOM)
        if self.side_panel.has(side):
            self.side_panel.show_panel(side)
        if self.bottom_panel.has(bottom):
            self.bottom_panel.show_panel(bottom)
        self.canvas_pane.show_page(self.page, offer_grid=self.mode is Mode.COMPOSE)
        self._divide()
        self._show_checks()
        if self.page is not self._told_page:
            self._told_page = self.page
            self.page_changed.emit(self.page)

    def _divide(self) -> None:
        """Divide the window, and say so where the side panel went or came with its width."""
        if self._places.fit(self.width() * 100 // self._theme.zoom):
            self._show_checks()
        wish = self._places.wish(pages=bool(self.editor_area.keys))
        self.division.show_wish(wish, self.memory.sizes, self.size())
        self.ring.settle()
        QTimer.singleShot(0, self.ring, self.ring.settle)  # what a zoom hides goes after this

    def _show_checks(self) -> None:
        opened = self._places.open_side
        self.rail.show_open(opened)
        show_checks(self.commands, self.mode, opened)

    @override
    def _fit(self) -> None:
        super()._fit()
        if self._is_filled:
            self._divide()
