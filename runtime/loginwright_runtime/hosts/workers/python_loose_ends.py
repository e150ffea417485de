"""What a handler leaves behind: tasks nobody awaits, errors nobody saw, callbacks that fail."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from loginwright_runtime.hosts.workers.python_handler_call import HandlerCall, current

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    AnyTask = asyncio.Task[object]


_Task = asyncio.Task  # Bound here: an action that replaces it changes nothing for us.


class LooseEnds:
    """Keeps track of the tasks of each handler call and hears of errors that nobody awaits.

    An error that nobody has seen when the handler ends is the handler's, as an unhandled
    rejection is in JavaScript; one that comes later is late (``hosts/messages.py``).
    """

    def __init__(self, uncaught: Callable[[BaseException, HandlerCall | None], None]) -> None:
        """Report errors to ``uncaught`` with the handler call they belong to, where known."""
        self._uncaught = uncaught

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """See every task and every failing callback of ``loop``."""
        loop.set_task_factory(self._new_task)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # its types cannot be named
        loop.set_exception_handler(self._callback_failed)

    def unseen_error(self, call: HandlerCall) -> BaseException | None:
        """Return an error of the handler's that nobody has seen, and count it as seen."""
        for task in tuple(call.tasks):
            error = _take_unseen(task)
            if error is not None:
                return error
        return next((held.unawaited_error for held in call.answers if held.unawaited_error), None)

    def forget_seen(self, call: HandlerCall) -> None:
        """Count every error so far as seen: the parent has been told how the run ended."""
        for task in tuple(call.tasks):
            _take_unseen(task)
        call.tasks = {task for task in call.tasks if not task.done()}
        call.answers.clear()

    def _new_task(
        self,
        loop: asyncio.AbstractEventLoop,
        coroutine: Coroutine[object, object, object],
        **options: object,
    ) -> AnyTask:
        task = _Task(coroutine, loop=loop, **options)  # type: ignore[arg-type]  # passed on
        call = current.get()
        if call is not None:
            call.tasks.add(task)
            task.add_done_callback(lambda done: self._task_done(done, call))
        return task

    def _task_done(self, task: AnyTask, call: HandlerCall) -> None:
        if not _is_unseen(task):
            call.tasks.discard(task)
        elif call.over:
            task.get_loop().call_soon(self._report_late, task, call)

    def _report_late(self, task: AnyTask, call: HandlerCall) -> None:
        call.tasks.discard(task)
        error = _take_unseen(task)
        if error is not None:
            self._uncaught(error, call)

    def _callback_failed(
        self, _loop: asyncio.AbstractEventLoop, context: dict[str, object]
    ) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            values = getattr(context.get("handle"), "_context", None)
            self._uncaught(error, cast("HandlerCall | None", values and values.get(current)))


def _is_unseen(task: AnyTask) -> bool:
    """Tell whether a task failed and nobody has asked for its exception."""
    return bool(getattr(task, "_log_traceback", False))


def _take_unseen(task: AnyTask) -> BaseException | None:
    return task.exception() if task.done() and _is_unseen(task) else None
