"""A worker process that is started while the command is still being imported."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from loginwright_runtime.cli.arguments import Arguments
    from loginwright_runtime.cli.parser import Command
    from loginwright_runtime.hosts.early_start import EarlyNode


class EarlyWorker:
    """Holds a Node that was started early until somebody takes it, and ends it otherwise."""

    def __init__(self, node: EarlyNode | None = None) -> None:
        self._node = node

    @classmethod
    def for_command(cls, command: Command, arguments: Arguments) -> EarlyWorker:
        """Start a worker if the command is likely to need one."""
        flow = getattr(arguments, "flow", None)
        if not command.runs_actions or not _may_hold_javascript(flow):
            return cls()
        from loginwright_runtime.hosts.early_start import start_early

        return cls(start_early(_packages(flow)))

    def take(self) -> EarlyNode | None:
        """Hand the worker over; whoever takes it has to end it."""
        node, self._node = self._node, None
        return node

    def __enter__(self) -> Self:
        """Return the holder."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the worker if nobody took it."""
        node = self.take()
        if node is not None:
            node.process.discard()


def _may_hold_javascript(flow: str | None) -> bool:
    """Tell whether a flow may have JavaScript actions, without reading it.

    A bundle, or a store whose flow is not known yet, may.
    """
    if flow is None or not os.path.isdir(flow):
        return flow is None or os.path.isfile(flow)
    return any(
        name.endswith((".js", ".cjs"))
        for _, _, names in os.walk(os.path.join(flow, "actions"))
        for name in names
    )


def _packages(flow: str | None) -> str | None:
    """Return the folder whose ``node_modules`` the worker will be allowed to read."""
    if flow is None or not os.path.isdir(os.path.join(flow, "node_modules")):
        return None
    return os.path.realpath(flow)
