"""Where a login stands can be read in the code: the line, and what comes after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.simulation import states

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer_driver import Driver

LINES = 4
"""So many of the lines that run next are seen."""


def lines_seen_after_the_cursor(desk: Driver) -> float:
    """How many lines fit below the one that is shown."""
    desk.turn()
    editor = desk.flow.code.current
    assert editor is not None
    line = editor.view.cursorRect()
    return (editor.view.viewport().height() - line.bottom()) / line.height()


def test_the_handler_that_a_login_comes_back_to_is_seen(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.press("F5")
    desk.until_state(states.Away)
    desk.press("Ctrl+Return")
    desk.until_state(states.Paused)
    assert desk.flow.code.current is not None
    assert desk.flow.code.current.cursor_place.line == 30
    assert lines_seen_after_the_cursor(desk) >= LINES


def test_stepping_leaves_the_lines_in_sight_that_come_next(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.press("F11")
    desk.until_state(states.Paused)
    seen: list[int] = []
    for _ in range(6):
        desk.press("F11")
        desk.until(lambda: isinstance(desk.state, states.Paused))
        editor = desk.flow.code.current
        assert editor is not None
        seen.append(editor.cursor_place.line)
        rest = editor.view.document().blockCount() - editor.cursor_place.line
        assert lines_seen_after_the_cursor(desk) >= min(LINES, rest) - 1
    assert len(set(seen)) > 1
