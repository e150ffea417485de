"""A simulated login on an event loop, watched by a test."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from loginwright_designer.simulation import states
from loginwright_designer.simulation.simulated_login import SimulatedLogin
from loginwright_runtime.simulation import RedirectReply
from patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from qasync import QEventLoop

    from loginwright_designer.simulation.login_inputs import LoginInputs
    from loginwright_designer.simulation.login_signals import (
        AnswerRefusal,
        LoginEnd,
        StateChange,
    )
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import SimulationSettings


class Watched(QObject):
    """A login on the event loop, with what it told."""

    def __init__(self, loop: QEventLoop, settings: SimulationSettings, inputs: LoginInputs) -> None:
        super().__init__()
        self.loop = loop
        self.inputs = inputs
        self.login = SimulatedLogin(settings, loop, self)
        self.happened = asyncio.Event()
        self.told: list[states.LoginState] = []
        self.ends: list[LoginEnd] = []
        self.refusals: list[AnswerRefusal] = []
        self.login.state_changed.connect(self._on_state)
        self.login.login_ended.connect(self._on_end)
        self.login.record_grown.connect(self.happened_now)
        self.login.answer_refused.connect(self.refusals.append)

    def _on_state(self, change: StateChange) -> None:
        self.told.append(change.state)
        self.happened.set()

    def happened_now(self, _growth: object) -> None:
        """Look again whether what is waited for has come."""
        self.happened.set()

    def _on_end(self, end: LoginEnd) -> None:
        self.ends.append(end)
        self.happened.set()

    def start(self, level: str = "run", **inputs: object) -> states.LoginState:
        """Begin, and wait until the login does not run any more."""
        self.inputs = replace(self.inputs, **inputs)  # type: ignore[arg-type]  # tests pass right ones
        self.login.start(self.inputs, level)  # type: ignore[arg-type]  # likewise
        return self.settled()

    def settled(self) -> states.LoginState:
        """Wait until the login does not run any more."""
        return self.until(lambda: not isinstance(self.login.state, states.Running))

    def ended(self) -> states.LoginState:
        """Wait until the login is over."""
        return self.until(lambda: bool(self.ends))

    def until(self, reached: Callable[[], bool]) -> states.LoginState:
        """Wait for something that comes with a signal."""

        async def wait() -> None:
            while not reached():
                self.happened.clear()
                await self.happened.wait()

        self.loop.run_until_complete(asyncio.wait_for(wait(), PATIENCE))
        return self.login.state

    def reply(self) -> RedirectReply:
        """The scenario's answer."""
        reply = self.inputs.scenario.resume[0]
        assert isinstance(reply, RedirectReply)
        return reply


def with_first_action(flow: Flow, code: bytes) -> Flow:
    """The flow with other code in its first action."""
    file = flow.actions[0].code
    return flow.model_copy(update={"files": {**flow.files, file: code}})
