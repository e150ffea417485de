from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest

from login_bench import Workbench, a_flow, a_login, came_back, expect, member
from loginwright_runtime.debugging import (
    ActionBreakpoint,
    Breakpoint,
    LineBreakpoint,
    MeaningBreakpoint,
    Pause,
    Resume,
    StepLevel,
)
from loginwright_runtime.testing import ScriptedAction, ScriptedApi
from loginwright_runtime.transaction.outcome import Allowed, Failed, Suspended

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject


class Watcher:
    """A debugger that notes where it is asked and goes on the same way each time."""

    def __init__(
        self, level: StepLevel, *points: Breakpoint, first: StepLevel | None = None
    ) -> None:
        self.level: StepLevel = level
        self.start: StepLevel = first or level
        self.points = points
        self.pauses: list[Pause] = []
        self.edited: bytes | None = None

    @property
    def places(self) -> list[str]:
        return [f"{one.kind} {one.method or one.action_id or ''}".strip() for one in self.pauses]

    def first(self) -> Resume:
        return Resume(self.start, self.points)

    async def paused(self, pause: Pause) -> Resume:
        self.pauses.append(pause)
        return Resume(self.level, self.points, self.edited)


async def set_two_claims(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("idToken.setCustomClaim", "https://a.example/one", 1, line=2)
    await api.call("user.setUserMetadata", "seen", True, line=3)


async def send_away(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("redirect.sendUserTo", "https://my-app.example.com", line=7)


async def nothing(_event: JsonObject, _api: ScriptedApi) -> None:
    """An action that asks for nothing."""


def a_bench(watcher: Watcher) -> Workbench:
    return Workbench(
        a_flow("claims", "ask"),
        {"claims": ScriptedAction(set_two_claims), "ask": ScriptedAction(send_away, nothing)},
        debugger=watcher,
    )


async def test_into_stops_at_every_call_and_before_the_login_leaves() -> None:
    watcher = Watcher("into")
    away = expect(await a_bench(watcher).engine().start(a_login()), Suspended)
    assert away.kind == "redirect"
    assert watcher.places == [
        "before_handler claims",
        "call idToken.setCustomClaim",
        "call user.setUserMetadata",
        "before_handler ask",
        "call redirect.sendUserTo",
        "before_leaving ask",
    ]
    assert [pause.line for pause in watcher.pauses] == [None, 2, 3, None, 7, 7]


async def test_over_stays_on_its_level() -> None:
    watcher = Watcher("over")
    bench = a_bench(watcher)
    away = expect(await bench.engine().start(a_login()), Suspended)
    assert watcher.places == [
        "before_handler claims",
        "before_handler ask",
        "before_leaving ask",
    ]
    watcher.pauses.clear()
    expect(await bench.engine().resume(came_back(away.state)), Allowed)
    assert watcher.places == ["before_handler ask", "before_write", "before_tokens"]


async def test_out_of_a_call_stops_after_its_handler() -> None:
    watcher = Watcher("out", MeaningBreakpoint("claim_set"), first="run")
    expect(await a_bench(watcher).engine().start(a_login()), Suspended)
    assert watcher.places[:2] == ["call idToken.setCustomClaim", "after_handler claims"]
    assert watcher.pauses[0].reasons == (MeaningBreakpoint("claim_set"),)


@pytest.mark.parametrize(
    ("point", "place"),
    [
        (ActionBreakpoint("claims", "before"), "before_handler claims"),
        (ActionBreakpoint("claims", "after"), "after_handler claims"),
        (ActionBreakpoint("ask", "leaving"), "before_leaving ask"),
        (MeaningBreakpoint("metadata_changed"), "call user.setUserMetadata"),
        (LineBreakpoint("actions/claims.js", 3), "call user.setUserMetadata"),
        (LineBreakpoint("actions/ask.js", 7, action_id="ask"), "call redirect.sendUserTo"),
    ],
)
async def test_run_stops_only_at_its_breakpoint(point: Breakpoint, place: str) -> None:
    watcher = Watcher("run", point)
    expect(await a_bench(watcher).engine().start(a_login()), Suspended)
    assert watcher.places == [place]


@pytest.mark.parametrize(
    "point",
    [
        LineBreakpoint("actions/claims.js", 4),
        LineBreakpoint("lib/claims.js", 3),
        LineBreakpoint("actions/claims.js", 3, enabled=False),
        LineBreakpoint("actions/claims.js", 3, log_message="seen"),
        LineBreakpoint("actions/claims.js", 3, action_id="ask"),
    ],
)
async def test_line_from_which_nothing_is_called_stops_no_login(point: LineBreakpoint) -> None:
    watcher = Watcher("run", point)
    expect(await a_bench(watcher).engine().start(a_login()), Suspended)
    assert watcher.places == []


async def test_a_stop_at_a_line_names_its_file_and_its_breakpoint() -> None:
    point = LineBreakpoint("actions/claims.js", 2)
    watcher = Watcher("run", point)
    expect(await a_bench(watcher).engine().start(a_login()), Suspended)
    assert [(one.file, one.line, one.reasons) for one in watcher.pauses] == [
        ("actions/claims.js", 2, (point,))
    ]


async def test_a_pause_shows_everything_so_far_and_no_secret() -> None:
    watcher = Watcher("into")
    bench = a_bench(watcher)
    expect(await bench.engine().start(a_login()), Suspended)
    at_second_call = watcher.pauses[2]
    assert [entry.seq for entry in at_second_call.record.entries] == [1, 2, 3]
    assert "secrets" not in orjson.loads(at_second_call.event)


async def test_an_event_edited_before_a_handler_is_the_one_it_gets() -> None:
    watcher = Watcher("into")
    watcher.edited = orjson.dumps({"user": {"user_id": "edited"}})
    bench = a_bench(watcher)
    expect(await bench.engine().start(a_login()), Suspended)
    assert member(bench.events()[0], "user", "user_id") == "edited"


async def test_a_login_stopped_in_the_debugger_fails_and_writes_nothing() -> None:
    watcher = Watcher("end", MeaningBreakpoint("metadata_changed"), first="run")
    outcome = expect(await a_bench(watcher).engine().start(a_login()), Failed)
    assert outcome.error is not None
    assert "stopped in the debugger" in outcome.error.description
    assert outcome.profile_update is None
