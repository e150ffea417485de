"""The inspector as a whole: a header with tabs, and the pages that they bring to the front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from loginwright_designer.controls.pane_header import PaneHeader
from loginwright_designer.controls.rows import PastFrame
from loginwright_designer.panels.inspector.action_inspector import ActionInspector
from loginwright_designer.panels.inspector.action_problems import ActionProblems
from loginwright_designer.panels.inspector.breakpoints_view import BreakpointsView
from loginwright_designer.panels.inspector.changes_view import ChangesView
from loginwright_designer.panels.inspector.flow_inspector import FlowInspector
from loginwright_designer.panels.inspector.tokens_view import TokensView
from loginwright_designer.panels.inspector.variables_view import VariablesView
from loginwright_designer.theme.roles import Role

if TYPE_CHECKING:
    from loginwright_designer.document.action_summary import ActionSummary
    from loginwright_designer.document.flow_words import FlowSummary
    from loginwright_designer.simulation.breakpoint_rows import BreakpointList
    from loginwright_designer.simulation.change_list import ChangeList
    from loginwright_designer.simulation.token_list import TokenList
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

InspectorMode: TypeAlias = Literal["compose", "run"]

SUBJECT, PROBLEMS, BREAKPOINTS = "subject", "problems", "breakpoints"
VARIABLES, CHANGES, TOKENS = "variables", "changes", "tokens"
_TABS: dict[InspectorMode, tuple[str, ...]] = {
    "compose": (SUBJECT, PROBLEMS, BREAKPOINTS),
    "run": (VARIABLES, CHANGES, TOKENS, BREAKPOINTS),
}
_WHAT_IS_SELECTED = frozenset({"action", "flow"})


class Inspector(QWidget):
    """Shows what is selected while composing, and what a login holds while it runs.

    Its pages are ``action``, ``flow``, ``problems``, ``variables``, ``changes``, ``tokens`` and
    ``breakpoints``; their signals are theirs.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    mode_changed = Signal(str)
    """It serves composing or running from now on."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mode: InspectorMode = "compose"
        self._last: dict[InspectorMode, str] = {"compose": SUBJECT, "run": VARIABLES}
        self._on_flow = True
        self.header = PaneHeader(theme, translate("Inspector", "Inspector"), self)
        self.action = ActionInspector(theme)
        self.flow = FlowInspector(theme)
        self.problems = ActionProblems(theme)
        self.variables = VariablesView(theme)
        self.changes = ChangesView(theme)
        self.tokens = TokensView(theme)
        self.breakpoints = BreakpointsView(theme)
        self._stack = QStackedWidget()
        for page in self._pages():
            self._stack.addWidget(page)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.addWidget(self.header)
        rows.addWidget(self._stack, 1)
        self.frame = PastFrame(theme, whole)
        around = QVBoxLayout(self)
        around.addWidget(self.frame)
        for layout in (rows, around):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self.setAccessibleName(translate("Inspector", "Inspector"))
        self._counts: dict[str, int | None] = {}
        self._put_tabs()
        self.header.tab_chosen.connect(self._on_tab_chosen)

    @property
    def mode(self) -> InspectorMode:
        """Whether it serves composing or running."""
        return self._mode

    @property
    def chosen(self) -> str:
        """The key of the tab in front."""
        return self.header.chosen

    @property
    def page(self) -> QWidget | None:
        """The page in front."""
        return self._stack.currentWidget()

    def set_mode(self, mode: InspectorMode) -> None:
        """Offer the tabs of composing or of running; the tab used there last comes to the front."""
        if mode == self._mode:
            return
        self._last[self._mode] = self.header.chosen
        self._mode = mode
        self._put_tabs()
        self.mode_changed.emit(mode)

    def choose(self, key: str) -> None:
        """Bring a page to the front, in the other mode where only that has it.

        Args:
            key: ``subject`` (or ``action``, ``flow``), ``problems``, ``variables``, ``changes``,
                ``tokens``, ``breakpoints``.
        """
        wanted = SUBJECT if key in _WHAT_IS_SELECTED else key
        if wanted not in _TABS[self._mode]:
            other: InspectorMode = "run" if self._mode == "compose" else "compose"
            if wanted not in _TABS[other]:
                return
            self.set_mode(other)
        self.header.choose(wanted)
        self._show_page()

    def set_past(self, past: bool) -> None:
        """Show what was: a hatched edge, and nothing to edit."""
        self.frame.set_past(past and self._mode == "run")
        self.variables.set_past(past)

    def show_action(self, summary: ActionSummary) -> None:
        """Show one selected action."""
        self.action.show_action(summary)
        self.problems.show_problems(summary.problems)
        self._set_count(PROBLEMS, len(summary.problems))
        self._show_subject(on_flow=False)

    def show_several(self, action_ids: tuple[str, ...], enabled: int) -> None:
        """Show several selected actions; see ``ActionInspector.show_several``."""
        self.action.show_several(action_ids, enabled)
        self.problems.show_problems(())
        self._set_count(PROBLEMS, None)
        self._show_subject(on_flow=False)

    def show_flow(self, summary: FlowSummary) -> None:
        """Show the flow's name and settings; ``select_flow`` brings them to the front."""
        self.flow.show_flow(summary)

    def select_flow(self) -> None:
        """Nothing is selected: the flow itself is shown."""
        self.problems.show_problems(())
        self._set_count(PROBLEMS, None)
        self._show_subject(on_flow=True)

    def show_changes(self, shown: ChangeList) -> None:
        """Show what a login has asked for, in *Changes* and below the variables."""
        self.changes.show_changes(shown)
        self.variables.show_changes(shown)
        self._set_count(CHANGES, shown.count)

    def show_tokens(self, shown: TokenList) -> None:
        """Show a login's tokens."""
        self.tokens.show_tokens(shown)

    def show_breakpoints(self, shown: BreakpointList) -> None:
        """Show where a login stops."""
        self.breakpoints.show_breakpoints(shown)
        self._set_count(BREAKPOINTS, shown.count or None)
        self._draw_breakpoints()

    def _draw_breakpoints(self) -> None:
        """Where words have no room, a breakpoint stands for theirs; red once there are some."""
        role = Role.DANGER if self._counts.get(BREAKPOINTS) else Role.TEXT_SECONDARY
        self.header.draw_where_narrow(BREAKPOINTS, "breakpoint", role)

    def _pages(self) -> tuple[QWidget, ...]:
        return (
            self.action,
            self.flow,
            self.problems,
            self.variables,
            self.changes,
            self.tokens,
            self.breakpoints,
        )

    def _page(self, key: str) -> QWidget:
        pages: dict[str, QWidget] = {
            SUBJECT: self.flow if self._on_flow else self.action,
            PROBLEMS: self.problems,
            VARIABLES: self.variables,
            CHANGES: self.changes,
            TOKENS: self.tokens,
            BREAKPOINTS: self.breakpoints,
        }
        return pages[key]

    def _name(self, key: str) -> str:
        names = {
            SUBJECT: translate("Inspector", "Flow")
            if self._on_flow
            else translate("Inspector", "Action"),
            PROBLEMS: translate("Inspector", "Problems"),
            VARIABLES: translate("Inspector", "Variables"),
            CHANGES: translate("Inspector", "Changes"),
            TOKENS: translate("Inspector", "Tokens"),
            BREAKPOINTS: translate("Inspector", "Breakpoints"),
        }
        return names[key]

    def _put_tabs(self) -> None:
        """Put the mode's tabs into the header."""
        blocked = self.header.blockSignals(True)
        wanted = _TABS[self._mode]
        for key in self.header.keys:
            self.header.remove_tab(key)
        for key in wanted:
            self.header.add_tab(key, self._name(key))
            self.header.set_count(key, self._counts.get(key))
        self._draw_breakpoints()
        self.header.choose(self._last[self._mode])
        self.header.blockSignals(blocked)
        self._show_page()

    def _set_count(self, key: str, count: int | None) -> None:
        self._counts[key] = count
        if key in self.header.keys:
            self.header.set_count(key, count)

    def _show_subject(self, *, on_flow: bool) -> None:
        self._on_flow = on_flow
        if SUBJECT in self.header.keys:
            self.header.set_tab_text(SUBJECT, self._name(SUBJECT))
            self._show_page()

    def _show_page(self) -> None:
        if self.header.chosen:
            self._stack.setCurrentWidget(self._page(self.header.chosen))

    def _on_tab_chosen(self, key: str) -> None:
        self._show_page()
