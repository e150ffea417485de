"""The event loop of a worker: asyncio's own, and it can begin a task without a turn of its own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from loginwright_runtime.hosts.workers.python_override import override

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from contextvars import Context

    _Arguments = TypeVarTuple("_Arguments")
    _Result = TypeVar("_Result")


# Bound here: an action that replaces them in their module changes nothing for us.
_Handle = asyncio.Handle
_Task = asyncio.Task


class WorkerLoop(asyncio.SelectorEventLoop):
    """Runs what actions await; a handler that awaits nothing costs it one turn instead of two."""

    def __init__(self) -> None:
        """Make a loop that runs nothing yet."""
        super().__init__()
        self._holding = False
        self._first_step: Callable[[], object] | None = None

    @override
    def call_soon(
        self,
        callback: Callable[[*_Arguments], object],
        *args: *_Arguments,
        context: Context | None = None,
    ) -> asyncio.Handle:
        """Schedule a callback, or hold the first step of the task that ``begin`` makes."""
        if not self._holding or context is None:
            return super().call_soon(callback, *args, context=context)
        self._holding = False
        self._first_step = lambda: context.run(callback, *args)
        return _Handle(callback, args, self, context)

    def begin(self, coroutine: Coroutine[None, None, _Result]) -> asyncio.Task[_Result]:
        """Make a task and run it to its first ``await`` at once; not to be called in a task.

        A task schedules its first step by ``call_soon`` of its loop. Should a Python do it
        otherwise, the step comes with the next turn, as it always does.
        """
        self._holding = True
        task = _Task(coroutine, loop=self)
        self._holding = False
        step, self._first_step = self._first_step, None
        if step is not None:
            step()
        return task
