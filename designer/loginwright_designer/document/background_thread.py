"""One thread for work that would hold up the window, with its results brought back to it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class _Done:
    """Work that ended.

    Attributes:
        deliver: Hands the result on, or raises what the work raised.
    """

    deliver: Callable[[], None] = field(repr=False)


class BackgroundThread(QObject):
    """Does one piece of work after the other, in the order given.

    The thread starts with the first piece and ends in ``close``.
    """

    _done = Signal(object)  # _Done: comes from the thread, is received on the object's own

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """Prepare the thread; ``name`` is what debuggers show."""
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._closed = False
        self._done.connect(self._on_done)

    def run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do ``work`` on the thread, then call ``then`` with its result on this object's own.

        What ``work`` raises is raised there too, so that the crash hook sees it. After ``close``
        nothing is called any more, and nothing begins.
        """
        if self._closed:
            return

        def both() -> None:
            deliver: Callable[[], None]
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - the thread's border: raised again below
                deliver = _raising(error)
            else:
                deliver = _calling(then, result)
            self._done.emit(_Done(deliver))

        self._executor.submit(both)

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Do ``work`` on the thread; ``asyncio.wrap_future`` awaits its result."""
        return self._executor.submit(work)

    def close(self, *, finish: bool = False) -> None:
        """End the thread; results are not delivered any more.

        Args:
            finish: Do first what was asked for; else only the piece that is being done.
        """
        self._closed = True
        self._executor.shutdown(wait=True, cancel_futures=not finish)

    def _on_done(self, done: _Done) -> None:
        if not self._closed:
            done.deliver()


def _raising(error: Exception) -> Callable[[], None]:
    def deliver() -> None:
        raise error

    return deliver


def _calling(then: Callable[[T], None], result: T) -> Callable[[], None]:
    def deliver() -> None:
        then(result)

    return deliver
