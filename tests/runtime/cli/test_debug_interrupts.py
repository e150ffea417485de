"""Ctrl-C while a debugged login runs: nothing that happens at the same moment is lost."""

from __future__ import annotations

import os
import queue
import signal
import threading
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from debugged_flows import python_flow, spinning_flow
from loginwright_runtime.cli.debug_prompt.conversation import Conversation
from loginwright_runtime.cli.debug_prompt.loop_thread import LoopThread
from loginwright_runtime.cli.debugged_login.happenings import Ended, Paused, PrintedLine
from loginwright_runtime.cli.debugged_login.login import LoginInputs
from loginwright_runtime.cli.debugged_login.stepper import Move
from loginwright_runtime.cli.early_worker import EarlyWorker
from loginwright_runtime.engine.options import EngineOptions
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.simulation import (
    PlaceholderSecrets,
    Scenario,
    ScenarioFile,
    SimulationSettings,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import FrameType

    from loginwright_runtime.cli.debugged_login.happenings import AnswerRefused, Happening
    from loginwright_runtime.cli.debugged_login.login import DebuggedLogin
    from loginwright_runtime.hosts.early_start import EarlyNode

Item = tuple["DebuggedLogin", "Happening | PrintedLine"]


class PressedAtTheEnd(queue.SimpleQueue[Item]):
    """Ctrl-C comes between taking the login's end from the queue and keeping it."""

    @override
    def get(self, block: bool = True, timeout: float | None = None) -> Item:
        item = super().get(block, timeout)
        if isinstance(item[1], Ended):
            signal.raise_signal(signal.SIGINT)
        return item


class PressedAtTheStart(EarlyWorker):
    """Ctrl-C comes while the thread of logins is only being started."""

    def __init__(self) -> None:
        super().__init__()
        self._heard = threading.Event()

    @override
    def take(self) -> EarlyNode | None:
        os.kill(os.getpid(), signal.SIGINT)
        assert self._heard.wait(30)
        return super().take()

    def hear(self, _number: int, _frame: FrameType | None) -> None:
        """Be what hears the signal."""
        self._heard.set()
        raise KeyboardInterrupt


class PressedWhenTold(LoopThread):
    """Ctrl-C comes just before the login is told to go on."""

    presses = False

    @override
    def tell(self, what: Callable[[], object]) -> None:
        if self.presses:
            self.presses = False
            signal.raise_signal(signal.SIGINT)
        super().tell(what)


@pytest.fixture
def thread() -> Iterator[LoopThread]:
    """Where logins run."""
    with LoopThread(EngineOptions(), EarlyWorker()) as thread:
        yield thread


def inputs(folder: Path) -> LoginInputs:
    """A login of a flow, without answers."""
    scenario = ScenarioFile("the default login", Scenario(name="Default login"))
    settings = SimulationSettings(secrets=PlaceholderSecrets())
    return LoginInputs(read_flow_folder(folder), scenario, settings)


def test_an_end_that_comes_with_ctrl_c_is_kept(
    thread: LoopThread, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "SimpleQueue", PressedAtTheEnd)
    login = inputs(python_flow(tmp_path / "flow"))
    talk = Conversation(thread, login, lambda: login, lambda _told: None)
    talk.begin()
    talk.move(Move("run"))
    assert isinstance(talk.stand, Ended)


def test_ctrl_c_while_a_line_is_shown_stops_and_twice_ends(
    thread: LoopThread, tmp_path: Path
) -> None:
    shown: list[str] = []

    def press(told: PrintedLine | AnswerRefused | str) -> None:
        shown.append(told.text if isinstance(told, PrintedLine) else str(told))
        signal.raise_signal(signal.SIGINT)

    login = inputs(spinning_flow(tmp_path / "flow"))
    talk = Conversation(thread, login, lambda: login, press)
    talk.begin()
    assert isinstance(talk.stand, Paused)
    talk.move(Move("run"))
    assert shown[0] == "begun"
    assert shown[1].startswith("Stopping the code.")
    assert isinstance(talk.stand, Paused | Ended)
    talk.give_up()


def test_ctrl_c_just_before_the_login_goes_on_stops_it_all_the_same(tmp_path: Path) -> None:
    login = inputs(spinning_flow(tmp_path / "flow"))
    with PressedWhenTold(EngineOptions(), EarlyWorker()) as thread:
        talk = Conversation(thread, login, lambda: login, lambda _told: None)
        talk.begin()
        thread.presses = True
        talk.move(Move("run"))
        assert isinstance(talk.stand, Paused)
        talk.give_up()


def test_ctrl_c_at_the_start_leaves_no_thread() -> None:
    early = PressedAtTheStart()
    before = signal.signal(signal.SIGINT, early.hear)
    try:
        with pytest.raises(KeyboardInterrupt), LoopThread(EngineOptions(), early):
            pytest.fail("It was interrupted.")
    finally:
        signal.signal(signal.SIGINT, before)
    assert [one for one in threading.enumerate() if one.name == "login"] == []
