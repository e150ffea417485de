"""Breakpoints and watches survive the window; a damaged file harms nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.simulation.breakpoint_set import BreakpointSet
from loginwright_designer.simulation.debug_memory import DebugMemory, KeptDebugging
from loginwright_runtime.debugging import ExceptionBreakpoint, LineBreakpoint

if TYPE_CHECKING:
    from pathlib import Path

LINE = LineBreakpoint("actions/a.js", 3, condition="x > 1")
KEPT = KeptDebugging(
    BreakpointSet((LINE, ExceptionBreakpoint()), frozenset({LINE})), ("x", "event.user.email")
)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "debugging" / "flow.json"
    DebugMemory(path).save(KEPT)
    assert DebugMemory(path).load() == KEPT
    assert path.stat().st_mode & 0o077 == 0


def test_nothing_is_written_before_something_is_set(tmp_path: Path) -> None:
    path = tmp_path / "debugging" / "flow.json"
    memory = DebugMemory(path)
    memory.save(memory.load())
    assert not path.exists()


def test_a_damaged_file_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "flow.json"
    for text in ("{", "[]", '{"breakpoints": 1, "watches": [1, "x"]}'):
        path.write_text(text)
        assert DebugMemory(path).load().breakpoints == BreakpointSet()
    assert DebugMemory(path).load().watches == ("x",)
