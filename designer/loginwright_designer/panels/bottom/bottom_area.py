"""The bottom area: steps, console and problems under one header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import IconButton
from loginwright_designer.controls.pane_header import PaneHeader
from loginwright_designer.controls.rows import PastFrame
from loginwright_designer.panels.bottom.console import ConsolePanel
from loginwright_designer.panels.bottom.empty_row import EmptyRow
from loginwright_designer.panels.bottom.problems import ProblemsPanel
from loginwright_designer.panels.bottom.steps_strip import StepsStrip
from loginwright_designer.panels.bottom.strip_words import strip_note

if TYPE_CHECKING:
    from loginwright_designer.panels.bottom.problem_rows import ProblemCounts
    from loginwright_designer.simulation.steps import Steps
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

BottomTab: TypeAlias = Literal["steps", "console", "problems"]

HEIGHT = 144
"""Of header and content (mocks/notes.md, "Geometry")."""


class BottomArea(QWidget):
    """Steps, console and problems; what a tab needs of tools stands in the header.

    The three panels are public: what they tell, they tell themselves.

    Args:
        theme: Colours, fonts and zoom; followed while they change.
        parent: Qt's owner of this widget.
    """

    tab_chosen = Signal(str)  # another tab is in front: "steps", "console", "problems"
    run_asked = Signal()  # an empty panel's button was pressed

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(translate("Bottom", "Steps, console and problems"))
        self.header = PaneHeader(theme, translate("Bottom", "Steps, console and problems"))
        self.steps = StepsStrip(theme)
        self.console = ConsolePanel(theme)
        self.problems = ProblemsPanel(theme)
        self.durations = IconButton(theme, "timer", translate("Steps", "Durations"), size=30)
        self.durations.setCheckable(True)
        self.durations.toggled.connect(lambda on: self.steps.show_durations(shown=on))
        self._no_steps = EmptyRow(theme, "list-tree")
        self._say_no_steps(begun=False)
        self._strip_stack = QStackedWidget()
        self._strip_stack.addWidget(self._no_steps)
        self._strip_stack.addWidget(self.steps)
        self._content = QStackedWidget()
        for panel in (self._strip_stack, self.console, self.problems):
            self._content.addWidget(panel)
        # Where it is low, what is in it is cut at the end, and never drawn over the header.
        self._content.setMinimumHeight(1)
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.addWidget(self.header)
        self._column.addWidget(self._content, 1)
        self._frame = PastFrame(theme, whole)
        self._frame.setProperty("ground", "surface")
        around = QVBoxLayout(self)
        around.addWidget(self._frame)
        for layout in (self._column, around):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._note = ""
        self._fill_header()
        self._connect()

    def _fill_header(self) -> None:
        self.header.add_tab("steps", translate("Bottom", "Steps"))
        self.header.add_tab("console", translate("Bottom", "Console"))
        self.header.add_tab("problems", translate("Bottom", "Problems"))
        self.header.add_widget(self.durations)
        self.header.add_widget(self.console.tools)
        self._show_tools("steps")

    def _connect(self) -> None:
        self.header.tab_chosen.connect(self._on_tab_chosen)
        self.console.count_changed.connect(self._on_console_counted)
        self.problems.counts_changed.connect(self._on_problems_counted)
        self.console.run_asked.connect(self.run_asked)
        self._no_steps.offered.connect(self.run_asked)

    @property
    def chosen(self) -> BottomTab:
        """The tab in front."""
        return next(key for key in get_args(BottomTab) if key == self.header.chosen)

    def choose(self, tab: BottomTab) -> None:
        """Bring a tab to the front."""
        self.header.choose(tab)

    def focus_target(self) -> QWidget:
        """Return what gets the keyboard when the area does (F6)."""
        panels: dict[BottomTab, QWidget] = {
            "steps": self.steps if self.steps.steps.total else self._no_steps.button,
            "console": self.console.list if self.console.shown_lines else self.header.tabs,
            "problems": self.problems.list if self.problems.counts.total else self.header.tabs,
        }
        return panels[self.chosen]

    def show_steps(
        self,
        steps: Steps,
        shown: int | None = None,
        *,
        paused: bool = False,
        away: str | None = None,
        begun: bool = False,
    ) -> None:
        """Show the strip and say beside its tab where it stands.

        Args:
            steps: See ``StepsStrip.show_steps``, as the next three.
            shown: The step that is looked at.
            paused: Whether the login stands still.
            away: What stands below the time away.
            begun: A login has begun, though it may have no step yet.
        """
        self._say_no_steps(begun=begun)
        self.steps.show_steps(steps, shown, paused=paused, away=away)
        self._strip_stack.setCurrentWidget(self.steps if steps.total else self._no_steps)
        self.durations.setEnabled(bool(steps.total))
        self._note = strip_note(steps, self.steps.shown, away=away is not None)
        self._show_tools(self.chosen)

    def _say_no_steps(self, *, begun: bool) -> None:
        """Say why the strip is empty."""
        if begun:
            self._no_steps.show_words(
                translate("Steps", "The login stands before its first step"),
                translate("Steps", "Its steps stand here as they happen."),
            )
            return
        self._no_steps.show_words(
            translate("Steps", "No login has run yet"),
            translate("Steps", "Each step of a login stands here, to look at again."),
            translate("Steps", "Run"),
            "F5",
        )

    def set_past(self, past: bool) -> None:
        """Hatch the left edge of the content, or not."""
        self._frame.set_past(past)

    def _show_tools(self, tab: BottomTab) -> None:
        self.durations.setVisible(tab == "steps")
        self.console.tools.setVisible(tab == "console")
        self.header.set_note(self._note if tab == "steps" else "")

    def _on_tab_chosen(self, key: str) -> None:
        tab = self.chosen
        self._content.setCurrentIndex(get_args(BottomTab).index(tab))
        self._show_tools(tab)
        self.tab_chosen.emit(key)

    def _on_console_counted(self, count: int | None) -> None:
        self.header.set_count("console", count)

    def _on_problems_counted(self, counts: ProblemCounts) -> None:
        self.header.set_count("problems", counts.total)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(640), self._theme.px(HEIGHT))
