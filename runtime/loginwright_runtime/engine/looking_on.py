"""Lets a debugger look on at a leg of a login; loaded only where one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.debugging.protocol import LineDebugger
from loginwright_runtime.engine.code_stops import CodeStops
from loginwright_runtime.engine.stepping import Stepping

if TYPE_CHECKING:
    from loginwright_runtime.debugging.protocol import Debugger
    from loginwright_runtime.engine.leg import Leg
    from loginwright_runtime.tracing.masking import Masker


def look_on(leg: Leg, debugger: Debugger | None, masker: Masker, *, record_lines: bool) -> None:
    """Let the leg stop where a debugger says so, and its lines be recorded.

    Args:
        leg: A leg that has not begun.
        debugger: A ``LineDebugger`` stops on lines too; None where lines are only recorded.
        masker: Knows the secrets.
        record_lines: Write down every line that is reached.
    """
    if debugger is not None:
        leg.stepping = Stepping(debugger, leg.recorder)
    by_line = debugger if isinstance(debugger, LineDebugger) else None
    if by_line is None and not record_lines:
        return
    leg.code = CodeStops(leg.stepping, leg.recorder, masker, record_lines=record_lines)
    if by_line is not None:
        by_line.running(leg.code)
