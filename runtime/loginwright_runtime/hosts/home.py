"""Where a pool of workers belongs: to one process and one event loop."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from typing import Self

from loginwright_runtime.errors import HostError


@dataclass(frozen=True, slots=True)
class Home:
    """The process and the event loop in which workers were first asked for."""

    process: int
    loop: asyncio.AbstractEventLoop

    @classmethod
    def here(cls) -> Self:
        """Return where this is called."""
        return cls(os.getpid(), asyncio.get_running_loop())

    @property
    def is_left(self) -> bool:
        """Whether this is a fork of that process: its workers are the parent's."""
        return os.getpid() != self.process

    def check(self) -> None:
        """Make sure that this is called at home.

        Raises:
            HostError: It is another process or another event loop. Nothing else would tell: a fork
                would speak with workers of its parent, and another loop would wait for ever.
        """
        if self.is_left:
            raise HostError(
                "The workers belong to the process that this one was forked from.",
                "Make a FlowEngine in each process, after the fork.",
            )
        if not self._is_running_loop():
            raise HostError(
                "The workers belong to another event loop.",
                "Make a FlowEngine in each event loop, or run every login in the first one.",
            )

    def _is_running_loop(self) -> bool:
        try:
            return asyncio.get_running_loop() is self.loop
        except RuntimeError:
            return True  # Qt goes on with tasks between two runs of its loop too.
