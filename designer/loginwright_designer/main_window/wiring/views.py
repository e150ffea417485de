"""Makes every view of the window once; flows come and go, views stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from loginwright_designer.canvas.lane_building import lane_of
from loginwright_designer.canvas.lane_view import LaneView
from loginwright_designer.dialogs.bars import ExceptionBar
from loginwright_designer.main_window.pane_ring import first_focusable
from loginwright_designer.main_window.window_views import PanelView, WindowViews
from loginwright_designer.main_window.wiring.bottom_place import BottomPlace
from loginwright_designer.main_window.wiring.first_frame import rail_entries
from loginwright_designer.main_window.wiring.inspector_place import InspectorPlace
from loginwright_designer.panels.bars.coach_line import CoachLine
from loginwright_designer.panels.bars.outcome_bar import OutcomeBar
from loginwright_designer.panels.bars.past_bar import PastBar
from loginwright_designer.panels.bottom.bottom_area import BottomArea
from loginwright_designer.panels.inspector.inspector import Inspector
from loginwright_designer.panels.library.library_panel import LibraryPanel
from loginwright_designer.panels.recorded_logins.recorded_logins_panel import (
    RecordedLoginsPanel,
)
from loginwright_designer.panels.scenarios.difference import DifferenceView
from loginwright_designer.panels.scenarios.grid import ScenarioGrid
from loginwright_designer.panels.scenarios.scenario_panel import ScenariosPanel
from loginwright_designer.panels.secrets.secrets_panel import SecretsPanel
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.flow.version import UNKNOWN_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from loginwright_designer.document.secret_facts import SecretFacts
    from loginwright_designer.main_window.wiring.first_frame import FirstFrame


class OpenFlow(Protocol):
    """What views ask of the flow that is open, whichever it is."""

    def copies(self, ids: Sequence[str], /) -> bytes | None:
        """Return actions as the clipboard holds them, for drags off the lane."""
        ...

    def secret_value(self, name: str, /) -> str | None:
        """Return a secret's value, while somebody holds the button that shows it."""
        ...

    def facts_of(self, value: str, /) -> SecretFacts:
        """Return what may be shown of a value that is being typed."""
        ...


class Views:
    """The views by name.

    Args:
        first: Those that are in the window already.
        open_flow: Answers what the views ask of whichever flow is open.
    """

    def __init__(self, first: FirstFrame, open_flow: OpenFlow) -> None:
        theme = first.theme
        nothing = Flow(name="", version=UNKNOWN_VERSION)
        self.lane = LaneView(lane_of(nothing, {}), theme, open_flow.copies)
        self.picker = first.picker
        self.library = LibraryPanel(theme)
        self.secrets = SecretsPanel(theme, open_flow.secret_value, open_flow.facts_of)
        self.scenarios = ScenariosPanel(theme)
        self.recorded = RecordedLoginsPanel(theme)
        self.grid = ScenarioGrid(theme)
        self.difference = DifferenceView(theme)
        self.inspector = Inspector(theme)
        self.inspector_place = InspectorPlace(theme, self.inspector, self.difference)
        self.bottom = BottomArea(theme)
        self.bottom_place = BottomPlace(theme, self.bottom)
        self.status = first.status
        self.outcome_bar = OutcomeBar(theme)
        self.past_bar = PastBar(theme)
        self.coach = CoachLine(theme)
        self.exception_bar = ExceptionBar(theme)

    @property
    def bars(self) -> tuple[QWidget, ...]:
        """What stands across the canvas when there is something to say."""
        return self.coach, self.past_bar, self.outcome_bar, self.exception_bar

    def _inspector_first(self) -> QWidget | None:
        """Return what takes the keyboard in the inspector: in a run the page, else the tabs."""
        page = self.inspector.page
        return first_focusable(page) if self.inspector.mode == "run" and page is not None else None

    def of_window(self) -> WindowViews:
        """Return the views in the places that the main window has for them."""
        return WindowViews(
            picker=self.picker,
            canvas=self.lane,
            side=(
                _panel("library", self.library),
                _panel("scenarios", self.scenarios, own_header=True),
                _panel("secrets", self.secrets),
                _panel("recorded", self.recorded, own_header=True, first=self.recorded.list),
            ),
            inspector=self.inspector_place,
            bottom=self.bottom_place,
            status=self.status,
            grid=self.grid,
            inspector_first=self._inspector_first,
        )


def _panel(
    key: str, view: QWidget, *, own_header: bool = False, first: QWidget | None = None
) -> PanelView:
    """Return a side panel with the title, icon and key that its button in the rail has."""
    entry = next(one for one in rail_entries() if one.key == key)
    return PanelView(key, entry.name, entry.icon, view, first, own_header, shortcut=entry.shortcut)
