"""What the bars show and tell: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from loginwright_designer.theme.marks import State


class OutcomeOffer(StrEnum):
    """What can be done with the outcome of a login."""

    SEE_CLAIMS = "see_claims"
    BROKEN_REPLY = "broken_reply"
    OWN_ACTION = "own_action"
    KEEP_AS_EXPECTED = "keep_as_expected"
    SAVE_AS_SCENARIO = "save_as_scenario"
    COPY_AS_JSON = "copy_as_json"


@dataclass(frozen=True, slots=True)
class OfferChoice:
    """The user took an offer of the outcome bar."""

    offer: OutcomeOffer


class ScenarioState(StrEnum):
    """What is known of all scenarios together."""

    AS_EXPECTED = "as_expected"
    STALE = "stale"
    DIFFERS = "differs"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class ScenarioTally:
    """How many scenarios end as expected.

    Attributes:
        passed: So many do.
        total: Of so many.
        state: Nothing stale is green (desktop.md, "Scenarios and the grid").
    """

    passed: int
    total: int
    state: ScenarioState = ScenarioState.AS_EXPECTED


class StatusPart(StrEnum):
    """What of the status bar can be pressed."""

    STATE = "state"
    CRUMB = "crumb"
    SCENARIOS = "scenarios"
    PROBLEMS = "problems"
    EXPORT = "export"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class StatusChoice:
    """The user pressed a part of the status bar.

    Attributes:
        part: Which one.
        crumb: Index of the breadcrumb's part; -1 for the other parts.
    """

    part: StatusPart
    crumb: int = -1


@dataclass(frozen=True, slots=True)
class StatusWords:
    """All that the status bar says.

    Attributes:
        mark: Shape and colour of the state.
        text: The state in words, "Paused at line 16".
        now: In the past: mark and words of now, "Now: Allowed"; else None.
        crumbs: Where the login or the editor is, from the outside in.
        scenarios: How the scenarios stand; None where there are none.
        errors: Number of problems that stop a run.
        warnings: Number of those that do not.
        exported: "exported 3fa9… · 2 edits since"; empty where nothing was exported.
        place: Of the text cursor, "Ln 21, Col 3"; empty without an editor.
        language: Of the code in front, "JavaScript"; empty without an editor.
        read_only: The code in front cannot be edited.
        tab_moves_focus: Tab leaves the editor instead of inserting one.
        versions: "Node 24 · Python 3.11".
    """

    mark: State = State.READY
    text: str = ""
    now: tuple[State, str] | None = None
    crumbs: tuple[str, ...] = ()
    scenarios: ScenarioTally | None = None
    errors: int = 0
    warnings: int = 0
    exported: str = ""
    place: str = ""
    language: str = ""
    read_only: bool = False
    tab_moves_focus: bool = False
    versions: str = ""
