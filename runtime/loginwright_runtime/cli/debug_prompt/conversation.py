"""One debugged login after another, as whoever types sees it: where it stands, and the past."""

from __future__ import annotations

import queue
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import orjson

from loginwright_runtime.cli.debug_prompt.book import BreakpointBook, Entry
from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.happenings import (
    AnswerRefused,
    Ended,
    Happening,
    Paused,
    PrintedLine,
    WentAway,
)
from loginwright_runtime.cli.debugged_login.login import DebuggedLogin, LoginInputs
from loginwright_runtime.cli.debugged_login.stepper import Move
from loginwright_runtime.cli.debugged_login.view import LoginView
from loginwright_runtime.cli.interrupts import counted_interrupts

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Future

    from loginwright_runtime.cli.debug_prompt.loop_thread import LoopThread
    from loginwright_runtime.debugging import Frame, Inspection
    from loginwright_runtime.simulation import AnyReply


T = TypeVar("T")
_NOTICE_SECONDS = 0.05
"""How late Ctrl-C may be noticed."""


class Conversation(LoginView):
    """What the prompt's commands act on.

    Args:
        thread: Where logins run.
        inputs: What runs first.
        reread: Reads the inputs again, for a restart.
        told: Shows what happens while the login runs.
    """

    def __init__(
        self,
        thread: LoopThread,
        inputs: LoginInputs,
        reread: Callable[[], LoginInputs],
        told: Callable[[PrintedLine | AnswerRefused | str], None],
    ) -> None:
        super().__init__(inputs)
        self.book = BreakpointBook()
        self.hits: tuple[Entry, ...] = ()
        self.frame_index = 0
        self.listed: tuple[str, int] | None = None
        self.wants_to_quit = False
        self._thread = thread
        self._reread = reread
        self._told = told
        self._queue: queue.SimpleQueue[tuple[DebuggedLogin, Happening | PrintedLine]] = (
            queue.SimpleQueue()
        )
        self._running: Future[None] | None = None
        self.login = self._new_login()

    # --- Moving -----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the login, paused before its first action."""
        self._goes(self._set_off)

    def restart(self) -> None:
        """Give the login up and begin again with code, scenario and secrets as they are now.

        Raises:
            BadInputError: They cannot be used; the login is over nevertheless.
        """
        self.give_up()
        before = self.inputs.flow
        self.inputs = self._reread()
        self.book.follow(before, self.inputs.flow)
        self.login = self._new_login()
        self.begin()

    def move(self, move: Move) -> None:
        """Go on from a pause; answer with the scenario's reply from away; wait for the next stop.

        Raises:
            RefusedError: The login is over.
        """
        match self.stand:
            case Paused():
                if self.edited_event is not None:
                    move = replace(move, event=orjson.dumps(self.edited_event))
                login = self.login
                self._goes(lambda: self._thread.tell(lambda: login.stepper.go_on(move)))
            case WentAway():
                self.answer(None, move)
            case Ended():
                raise RefusedError("The login is over. restart begins another one.")

    def answer(self, reply: AnyReply | None, move: Move) -> None:
        """Answer a suspension and wait for the next stop."""
        login = self.login
        self._goes(lambda: self._thread.tell(lambda: login.answer(reply, move)))

    def _set_off(self) -> None:
        self._running = self._thread.begin(self.login.to_the_end())

    def _goes(self, on: Callable[[], None]) -> None:
        """Let the login go on, wait until it stands still, and show what it prints meanwhile.

        Ctrl-C stops the code wherever it is; a second one ends the login.
        """
        interrupted = False
        with counted_interrupts() as interrupts:
            on()
            runs = True
            while runs:
                with suppress(queue.Empty):
                    runs = not self._took(*self._queue.get(timeout=_NOTICE_SECONDS))
                if not (runs and interrupts.take()):
                    continue
                if interrupted:
                    self._thread.tell(self.login.stepper.end)
                else:
                    interrupted = True
                    self._told("Stopping the code. Ctrl-C once more ends the login.")
                    self._thread.tell(self.login.stepper.pause_soon)

    def give_up(self) -> None:
        """End the login, whatever it is doing."""
        if isinstance(self.stand, Paused):
            self._goes(lambda: self._thread.tell(self.login.stepper.end))
        elif self._running is not None:
            self._running.cancel()

    def breakpoints_changed(self) -> None:
        """Let the book's breakpoints hold; a login that stands still takes them when it goes on."""
        self._thread.tell(self.login.stepper.breakpoints_changed)

    def _took(self, login: DebuggedLogin, what: Happening | PrintedLine) -> bool:
        """Take what happened; True where the login stands still."""
        if login is not self.login:
            return False
        match what:
            case PrintedLine():
                self._told(what)
                return False
            case AnswerRefused():
                self._told(what)
                return True
            case _:
                self.stands(what)
                self.hits = (
                    self.book.stopped(what.pause.reasons) if isinstance(what, Paused) else ()
                )
                self.frame_index, self.listed = 0, None
                return True

    def _new_login(self) -> DebuggedLogin:
        listener = _Listener(self._queue)
        login = DebuggedLogin(
            self.inputs, self._thread.host, listener, self.book.points, Move("into")
        )
        listener.login = login
        return login

    # --- Looking ----------------------------------------------------------------------------------

    def look(self, work: Coroutine[None, None, T]) -> T:
        """Return what looking into code that stands still finds.

        Raises:
            RefusedError: It does not stand still any more: its worker is gone.
        """
        try:
            return self._thread.call(work)
        except LookupError:
            raise RefusedError("The code does not stand still any more.") from None

    def frame(self) -> Frame | None:
        """Return the frame that is looked at; None where no code stands still."""
        if self.past is None and isinstance(self.stand, Paused) and self.stand.pause.stack:
            return self.stand.pause.stack[self.frame_index]
        return None

    def inspection(self) -> Inspection | None:
        """Return what looks into code that stands still."""
        if self.past is None and isinstance(self.stand, Paused):
            return self.stand.pause.inspection
        return None

    def place(self) -> tuple[str, int] | None:
        """Return the file and the line that is looked at, where there is one."""
        moment, frame = self.moment, self.frame()
        if moment is not None:
            return _known(moment.file, moment.line)
        if frame is not None:
            return frame.file, frame.line
        if isinstance(self.stand, Paused):
            pause = self.stand.pause
            return _known(pause.file or self.code_of(pause.action_id), pause.line)
        return None


def _known(file: str | None, line: int | None) -> tuple[str, int] | None:
    return None if file is None or line is None else (file, line)


class _Listener:
    """Carries what happens to the thread of whoever types."""

    def __init__(
        self, to: queue.SimpleQueue[tuple[DebuggedLogin, Happening | PrintedLine]]
    ) -> None:
        self._to = to
        self.login: DebuggedLogin | None = None

    def happened(self, what: Happening) -> None:
        """Pass it on."""
        if self.login is not None:
            self._to.put((self.login, what))

    def printed(self, line: PrintedLine) -> None:
        """Pass it on."""
        if self.login is not None:
            self._to.put((self.login, line))
