"""The prompt's commands and the adapter's breakpoints, as values."""

from __future__ import annotations

import pytest

from loginwright_runtime.cli.debug_adapter.arguments import RequestArguments
from loginwright_runtime.cli.debug_adapter.client_breakpoints import ClientBreakpoints
from loginwright_runtime.cli.debug_adapter.code_sources import CodeSources
from loginwright_runtime.cli.debug_prompt.table import BY_NAME, COMMANDS, help_lines
from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.debugging import ExceptionBreakpoint, LineBreakpoint, MeaningBreakpoint
from loginwright_runtime.flow.model import Flow

CONTRACT = (
    "break clear continue next step out action back forward where list print effects answer "
    "restart quit"
)
FILE = "actions/x.js"
FLOW = Flow(name="F", files={FILE: b"1\n2\n3\n"}, version="sha256:x")


@pytest.mark.parametrize("name", CONTRACT.split())
def test_the_contracts_commands_are_there(name: str) -> None:
    assert BY_NAME[name].name == name


def test_no_name_means_two_commands() -> None:
    assert len(BY_NAME) == sum(1 + len(one.short) for one in COMMANDS)
    assert all(any(one.name in line for line in help_lines()) for one in COMMANDS)


def set_line(points: ClientBreakpoints, line: int = 2, **more: str) -> bool:
    asked = RequestArguments({"line": line, **more})
    source = RequestArguments({"path": FILE})
    (kept,) = points.set_lines(FLOW, CodeSources(FLOW, "nowhere"), source, [asked], 1)
    return kept.point is not None


@pytest.mark.parametrize(
    ("hits", "count"), [("5", 5), (">= 5", 5), ("> 5", 6), ("0", 1), ("", None)]
)
def test_hits_are_counted_as_they_are_written(hits: str, count: int | None) -> None:
    points = ClientBreakpoints()
    assert set_line(points, hitCondition=hits)
    assert points.points() == (LineBreakpoint(FILE, 2, hit_count=count),)


@pytest.mark.parametrize("line", [0, 4])
def test_a_line_that_is_not_there_is_not_verified(line: int) -> None:
    points = ClientBreakpoints()
    assert not set_line(points, line)
    assert points.points() == ()


def test_a_source_replaces_its_own_breakpoints_alone() -> None:
    points = ClientBreakpoints()
    set_line(points, 1)
    points.set_thrown(["caught", "mfa"])
    set_line(points, 3)
    assert points.points() == (
        LineBreakpoint(FILE, 3),
        ExceptionBreakpoint(caught=True),
        MeaningBreakpoint("mfa_asked"),
    )
    assert points.ids([LineBreakpoint(FILE, 3)]) == [4]


def test_too_many_breakpoints_are_refused() -> None:
    with pytest.raises(RefusedError):
        ClientBreakpoints().set_functions(FLOW, ["claim"] * 1001)
