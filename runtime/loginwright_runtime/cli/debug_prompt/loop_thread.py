"""Runs logins on a thread of their own, so that the terminal is free for whoever types."""

from __future__ import annotations

import asyncio
import signal
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Self, TypeVar

from loginwright_runtime.cli.workers import worker_pool

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from types import TracebackType

    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.engine.options import EngineOptions
    from loginwright_runtime.extension_points import ActionHost

T = TypeVar("T")
_END_SECONDS = 10.0


class LoopThread:
    """An event loop with a pool of workers, until it is left.

    Args:
        options: Of the pool.
        early: A worker that was started early.
    """

    def __init__(self, options: EngineOptions, early: EarlyWorker) -> None:
        self._options = options
        self._early = early
        self._ready: Future[tuple[asyncio.AbstractEventLoop, ActionHost]] = Future()
        self._over: asyncio.Event | None = None
        self._errands: set[asyncio.Task[Any]] = set()
        self._thread = threading.Thread(target=self._run, name="login")

    def __enter__(self) -> Self:
        """Start it."""
        try:
            self._thread.start()
            self._loop, self.host = self._ready.result()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End every login and worker."""
        self._end()

    def _end(self) -> None:
        self._ready.add_done_callback(self._leave)
        if self._thread.is_alive():
            self._thread.join(_END_SECONDS)

    def _leave(self, ready: Future[tuple[asyncio.AbstractEventLoop, ActionHost]]) -> None:
        """Let the loop end, once it is there."""
        if self._over is not None and ready.exception() is None:
            ready.result()[0].call_soon_threadsafe(self._over.set)

    def call(self, work: Coroutine[None, None, T]) -> T:
        """Run something there and return what comes of it; Ctrl-C gives up waiting."""
        future = asyncio.run_coroutine_threadsafe(self._do(work), self._loop)
        try:
            return future.result()
        except KeyboardInterrupt:
            future.cancel()
            raise

    def tell(self, what: Callable[[], object]) -> None:
        """Have something called there soon."""
        self._loop.call_soon_threadsafe(what)

    def begin(self, work: Coroutine[None, None, None]) -> Future[None]:
        """Let something run there."""
        return asyncio.run_coroutine_threadsafe(self._do(work), self._loop)

    async def _do(self, work: Coroutine[None, None, T]) -> T:
        task = asyncio.current_task()
        assert task is not None
        self._errands.add(task)
        try:
            return await work
        finally:
            self._errands.discard(task)

    def _run(self) -> None:
        # Ctrl-C is for the thread that asks: taken here, it would not wake that one.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 - the thread's border: whoever waits gets it
            if not self._ready.done():
                self._ready.set_exception(error)

    async def _serve(self) -> None:
        self._over = asyncio.Event()
        async with worker_pool(self._options, self._early) as pool:
            self._ready.set_result((asyncio.get_running_loop(), pool))
            await self._over.wait()
            # Not every task there is: the pool's own go on until its workers are gone.
            errands = tuple(self._errands)
            for task in errands:
                task.cancel()
            await asyncio.gather(*errands, return_exceptions=True)
