"""One debugged login after another, as whoever types sees it: where it stands, and the past."""

from __future__ import annotations

import queue
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

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
from loginwright_runtime.cli.debugged_login.past import Moment, moments, until
from loginwright_runtime.cli.debugged_login.stepper import Move
from loginwright_runtime.tracing import RunRecord, record_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.cli.debug_prompt.loop_thread import LoopThread
    from loginwright_runtime.debugging import Frame, Inspection
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.simulation import AnyReply

Stand: TypeAlias = Paused | WentAway | Ended


class Conversation:
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
        self.book = BreakpointBook()
        self.inputs = inputs
        self.stand: Stand = Ended()
        self.hits: tuple[Entry, ...] = ()
        self.frame_index = 0
        self.listed: tuple[str, int] | None = None
        self.edited_event: JsonObject | None = None
        self.past: int | None = None
        self.wants_to_quit = False
        self._thread = thread
        self._reread = reread
        self._told = told
        self._queue: queue.SimpleQueue[tuple[DebuggedLogin, Happening | PrintedLine]] = (
            queue.SimpleQueue()
        )
        self._moments: tuple[RunRecord, tuple[Moment, ...]] | None = None
        self.login = self._new_login()

    # --- Moving -----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the login, paused before its first action."""
        self._thread.begin(self.login.to_the_end())
        self.wait()

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
                self._thread.tell(lambda: login.stepper.go_on(move))
                self.wait()
            case WentAway():
                self.answer(None, move)
            case Ended():
                raise RefusedError("The login is over. restart begins another one.")

    def answer(self, reply: AnyReply | None, move: Move) -> None:
        """Answer a suspension and wait for the next stop."""
        login = self.login
        self._thread.tell(lambda: login.answer(reply, move))
        self.wait()

    def wait(self) -> None:
        """Wait until the login stands still, and show what it prints meanwhile.

        Ctrl-C stops the code wherever it is; a second one ends the login.
        """
        interrupts = 0
        while True:
            try:
                if self._took(*self._queue.get()):
                    return
            except KeyboardInterrupt:
                interrupts += 1
                login = self.login
                if interrupts == 1:
                    self._told("Stopping the code. Ctrl-C once more ends the login.")
                    self._thread.tell(login.stepper.pause_soon)
                else:
                    self._thread.tell(login.stepper.end)

    def give_up(self) -> None:
        """End the login, whatever it is doing."""
        if isinstance(self.stand, Paused):
            login = self.login
            self._thread.tell(login.stepper.end)
            self.wait()

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
                self.stand = what
                self.hits = (
                    self.book.stopped(what.pause.reasons) if isinstance(what, Paused) else ()
                )
                self.frame_index, self.listed = 0, None
                self.edited_event, self.past = None, None
                return True

    def _new_login(self) -> DebuggedLogin:
        listener = _Listener(self._queue)
        login = DebuggedLogin(
            self.inputs, self._thread.host, listener, self.book.points, Move("into")
        )
        listener.login = login
        return login

    # --- Looking ----------------------------------------------------------------------------------

    @property
    def record(self) -> RunRecord | None:
        """What happened so far; up to where somebody looks, in the past."""
        record = self._whole_record()
        if record is None or self.past is None:
            return record
        return until(record, self.moments()[self.past])

    def _whole_record(self) -> RunRecord | None:
        match self.stand:
            case Paused(pause):
                return pause.record
            case WentAway(record=record):
                return record
            case Ended(outcome):
                return None if outcome is None else record_of(outcome)

    def moments(self) -> tuple[Moment, ...]:
        """Return every step that has happened."""
        record = self._whole_record()
        if record is None:
            return ()
        if self._moments is None or self._moments[0] is not record:
            self._moments = record, moments(record, self.inputs.flow)
        return self._moments[1]

    @property
    def moment(self) -> Moment | None:
        """The step that somebody looks at in the past; None is now."""
        return None if self.past is None else self.moments()[self.past]

    def name(self, action: str | None) -> str | None:
        """Return what people call an action."""
        names = {one.id: one.name for one in self.inputs.flow.actions}
        return None if action is None else names.get(action, action)

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

    @property
    def thread(self) -> LoopThread:
        """Where logins run."""
        return self._thread

    def event(self) -> JsonValue:
        """Return the event as it is, or was, with secrets masked where a value shows one.

        Raises:
            RefusedError: No action has run yet.
        """
        if self.past is None and isinstance(self.stand, Paused):
            data = self.stand.pause.event
        else:
            record = self._whole_record()
            moment = self.moment
            index = None if moment is None else moment.event
            if self.past is None:
                index = len(record.events) - 1 if record is not None else None
            if record is None or index is None or not 0 <= index < len(record.events):
                raise RefusedError("No action's event belongs to this step.")
            data = record.events[index]
        event: JsonValue = orjson.loads(data)
        if self.edited_event is not None and self.past is None:
            event = self.edited_event
        return self.login.masker.json(event)

    def editable_event(self) -> JsonObject:
        """Return the event of the handler that is about to run, as it will see it.

        Raises:
            RefusedError: None is.
        """
        if self.past is None and isinstance(self.stand, Paused):
            pause = self.stand.pause
            if pause.kind == "before_handler":
                event: JsonObject = self.edited_event or orjson.loads(pause.event)
                return event
        raise RefusedError("The event can be changed before an action only.")

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

    def code_of(self, action: str | None) -> str | None:
        """Return the file of an action."""
        return next((one.code for one in self.inputs.flow.actions if one.id == action), None)


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
