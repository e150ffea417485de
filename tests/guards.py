"""A pytest plugin: a test fails that leaves something running or logs what nobody expected."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Iterator

THREAD_GRACE_SECONDS = 10.0
"""How long a thread that was told to end may take to do so."""

LOOP_TURNS_OF_GRACE = 5
"""How many turns of the event loop a cancelled task may take to end."""


class LogCollector(logging.Handler):
    """Keeps every record that is a warning or worse, as one line of text."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(autouse=True)
def no_unexpected_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test when a warning or worse was logged; ``allow_logs(reason=…)`` excuses it."""
    excuse = request.node.get_closest_marker("allow_logs")
    if excuse is not None and not excuse.kwargs.get("reason"):
        pytest.fail('allow_logs needs its reason: @pytest.mark.allow_logs(reason="…")')
    collector = LogCollector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield
    root.removeHandler(collector)
    if collector.lines and excuse is None:
        pytest.fail("Logged without being expected:\n" + "\n".join(collector.lines))


@pytest.fixture(autouse=True)
def nothing_left_running(no_unexpected_logs: None) -> Iterator[None]:
    """Fail the test when a thread or a child process outlives it and its event loop.

    What fixtures of a wider scope keep running is there before the test, and is left alone. Comes
    after ``no_unexpected_logs``, because what ends late may log.
    """
    threads = set(threading.enumerate())
    children = child_processes()
    yield
    left = [f"thread {thread.name}" for thread in _threads_left(threads)]
    left += [f"process {pid}: {_ended(pid)}" for pid in sorted(child_processes() - children)]
    if left:
        pytest.fail("Left running by the test:\n" + "\n".join(left))


@pytest.fixture(autouse=True)
def no_open_task(request: pytest.FixtureRequest, nothing_left_running: None) -> None:
    """Guard the event loop of an asynchronous test; a synchronous one gets no loop for it."""
    if request.node.get_closest_marker("asyncio") is not None:
        request.getfixturevalue("no_open_task_in_loop")


@pytest.fixture
async def no_open_task_in_loop() -> AsyncIterator[None]:
    """Fail the test when an asyncio task outlives it and its other asynchronous fixtures."""
    yield
    for _ in range(LOOP_TURNS_OF_GRACE):
        left = asyncio.all_tasks() - {asyncio.current_task()}
        if not left:
            return
        await asyncio.sleep(0)
    pytest.fail("Left running by the test:\n" + "\n".join(map(repr, left)))


def child_processes(of: int | str = "self") -> frozenset[int]:
    """Ids of the children of a process, those that ended without being waited for too.

    Each of its threads has its own, and passes them on when it ends. Empty where the system keeps
    no such list (it is Linux's).
    """
    while True:
        ids: set[int] = set()
        try:
            for listing in Path(f"/proc/{of}/task").glob("*/children"):
                ids.update(map(int, listing.read_text(encoding="ascii").split()))
        except (FileNotFoundError, ProcessLookupError):
            continue  # A thread has just ended, and another one looked at already has its own.
        return frozenset(ids)


def _threads_left(before: Collection[threading.Thread]) -> list[threading.Thread]:
    deadline = time.monotonic() + THREAD_GRACE_SECONDS
    new = [thread for thread in threading.enumerate() if thread not in before]
    for thread in new:
        thread.join(max(0.0, deadline - time.monotonic()))
    return [thread for thread in new if thread.is_alive()]


def _ended(pid: int) -> str:
    """Name the process and end it, so that it disturbs no other test."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except FileNotFoundError:
        return "gone meanwhile"
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    # A process that is just ending has given its memory back, and its words with it.
    if state == "Z" or not any(words):
        return "ended, never waited for"
    return b" ".join(words).decode(errors="replace")
