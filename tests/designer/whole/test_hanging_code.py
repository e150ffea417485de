"""Code that hangs or dies takes nothing with it: the window answers, and Stop ends it."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from flow_folders import action, document, write_folder
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.simulation import states

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver

HANGS = {
    "javascript": b"exports.onExecutePostLogin = async () => { for (;;) {} };\n",
    "python": b"async def on_execute_post_login(event, api):\n    while True:\n        pass\n",
}
DIES = {
    "javascript": (
        b'exports.onExecutePostLogin = async () => {\n  process.kill(process.pid, "SIGKILL");\n};\n'
    ),
    "python": (
        b"import os, signal\n\n"
        b"async def on_execute_post_login(event, api):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    ),
}
LONGEST_GAP = 0.2
"""Seconds of the window's own work between two turns of its loop."""


def trusted(home: Path, language: str, code: bytes) -> Path:
    """A folder with one action, which its user trusts."""
    file = "actions/colour.js" if language == "javascript" else "actions/colour.py"
    entry = action(code=file, language=language)
    folder = write_folder(home / "own", document(entry), {file: code})
    FolderTrust().trust(folder)
    return folder


@pytest.mark.parametrize("language", HANGS)
def test_the_window_answers_while_code_hangs_and_stop_ends_it(
    start: Callable[..., Driver], home: Path, language: str
) -> None:
    desk = start(trusted(home, language, HANGS[language]))
    desk.press("F5")
    desk.until(lambda: isinstance(desk.state, states.Running) and desk.state.long)
    gaps: list[float] = []
    desk.turn()
    assert "running" in desk.cards()[0]
    assert not desk.shows("No login is running")

    desk.press("Ctrl+K")
    assert desk.window.palette_popup.isVisible()
    desk.press("Escape")
    desk.run(turns(gaps))
    assert desk.primaries() == ["Pause"]
    assert isinstance(desk.state, states.Running)

    desk.inside(lambda: desk.window.commands.trigger(CommandId.STOP))
    desk.until(lambda: not isinstance(desk.state, states.Running))
    assert max(gaps) < LONGEST_GAP
    assert desk.window.commands.state(CommandId.PRIMARY).enabled


@pytest.mark.parametrize("language", DIES)
def test_code_that_kills_its_process_is_told_and_the_next_login_runs(
    start: Callable[..., Driver], home: Path, language: str
) -> None:
    desk = start(trusted(home, language, DIES[language]))

    desk.press("F5")
    desk.until_state(states.Failed)
    assert "Failed" in desk.status()
    assert desk.primaries() == ["Run again"]

    desk.press("F5")
    desk.until_state(states.Running)
    desk.until_state(states.Failed)


async def turns(gaps: list[float]) -> None:
    """Note how much the window itself worked between two turns; others' load does not count."""
    before = time.thread_time()
    for _ in range(60):
        await asyncio.sleep(0.005)  # waits for nothing: it is a sample of a stretch of time
        now = time.thread_time()
        gaps.append(now - before)
        before = now
