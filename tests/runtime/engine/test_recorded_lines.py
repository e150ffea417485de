"""Lines are recorded up to what a record can hold; the rest of the code is not written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.debugging.code import LineReached
from loginwright_runtime.engine import code_stops
from loginwright_runtime.engine.code_stops import CodeStops
from loginwright_runtime.tracing.masking import Masker
from loginwright_runtime.tracing.record import LineReached as RecordedLine
from loginwright_runtime.tracing.record import RunRecord, WarningRaised
from loginwright_runtime.tracing.recorder import RunRecorder

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOP = LineReached("actions/a.js", 3, "spin", 1, (("n", "1"),))
LONG = LineReached("actions/a.js", 3, "spin", 1, (("text", "x" * 400),))


def recorded(lines: Sequence[LineReached]) -> tuple[list[RecordedLine], list[WarningRaised]]:
    """Return the lines and warnings of a login whose code came to these lines."""
    recorder = RunRecorder(RunRecord("t", "Flow", "v"), 1, lambda: 0.0)
    stops = CodeStops(None, recorder, Masker(()), record_lines=True)
    for line in lines:
        stops.line_reached("a", line)
    entries = recorder.record.entries
    return (
        [one for one in entries if isinstance(one, RecordedLine)],
        [one for one in entries if isinstance(one, WarningRaised)],
    )


@pytest.mark.parametrize(
    ("limit", "at", "line"), [("MOST_LINES", 5, LOOP), ("MOST_LINE_TEXT", 2_000, LONG)]
)
def test_a_loop_is_recorded_up_to_the_limit_and_said_to_go_on(
    monkeypatch: pytest.MonkeyPatch, limit: str, at: int, line: LineReached
) -> None:
    monkeypatch.setattr(code_stops, limit, at)
    lines, warnings = recorded([line] * 50)
    assert 4 <= len(lines) <= 5
    [warning] = warnings
    assert (warning.code, warning.action, warning.line) == ("lines-left-out", "a", 3)
    assert "is not recorded" in warning.message


def test_a_login_of_ten_thousand_lines_is_recorded_whole() -> None:
    lines, warnings = recorded([LOOP] * 10_000)
    assert len(lines) == 10_000
    assert warnings == []
