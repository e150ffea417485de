"""Stops the flow's code at lines, exceptions and wishes, and steps through it: ``sys.settrace``.

What the parent asks over descriptor 7, and what is told there, is worded in ``hosts/tracer.py``.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from loginwright_runtime.hosts.workers.python_catching import Catching
from loginwright_runtime.hosts.workers.python_code_facts import lines_of
from loginwright_runtime.hosts.workers.python_looking import Looking
from loginwright_runtime.hosts.workers.python_recording import LineRecorder
from loginwright_runtime.hosts.workers.python_unwinding import Unwinding
from loginwright_runtime.hosts.workers.python_wire import decode_frame, encode_json, leave, utf8

if TYPE_CHECKING:
    import asyncio
    import types
    from collections.abc import Callable

    from loginwright_runtime.hosts.workers.python_handler_call import HandlerCall
    from loginwright_runtime.hosts.workers.python_modules import FlowFiles
    from loginwright_runtime.hosts.workers.python_recording import Caller
    from loginwright_runtime.hosts.workers.python_wire import Frame

    Tracing: TypeAlias = "Callable[[types.FrameType, str, object], Tracing | None]"

DEBUG_DESCRIPTOR = 7
_PACKAGES = "site-packages/"
_READ_BYTES = 65_536
_NO_CONNECTION = 70
_MOST_CALLERS = 100
# Bound here: an action that replaces them in their modules changes nothing for us.
_read = os.read
_write = os.write
_set_blocking = os.set_blocking
_settrace = sys.settrace
_running_frame = sys._getframe  # pyright: ignore[reportPrivateUsage]  # there is no quicker way
# Of the type itself: an error's own attributes can be code of the action.
_traceback = cast(
    "Callable[[BaseException], types.TracebackType | None]",
    vars(BaseException)["__traceback__"].__get__,
)
_NO_ERRORS = (StopIteration, StopAsyncIteration, GeneratorExit)

Step: TypeAlias = Literal["run", "over", "into", "out"]


class CodeTracer:
    """Traces the flow's frames of one handler call after another."""

    def __init__(self, files: FlowFiles) -> None:
        """Trace nothing before ``start``."""
        self._files = files
        self._paths: dict[str, str | None] = {}
        self._rest = b""
        self._poked = False
        self._looking = Looking()
        self._recorder: LineRecorder | None = None
        self._places: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self._lines: dict[str, list[int]] = {}
        self._caught = False
        self._uncaught = False
        self._step: Step = "run"
        self._anchor: types.FrameType | None = None
        self._interrupted = False
        self._stands = False
        self._gone = False
        self._unwinding = Unwinding()
        self._catching = Catching()
        self._told: BaseException | None = None
        self._wants_record = False
        self._enters = False

    # --- The worker's side ------------------------------------------------------------------------

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Read what the parent says: while the loop waits, and when it pokes running code."""
        _set_blocking(DEBUG_DESCRIPTOR, False)
        loop.add_reader(DEBUG_DESCRIPTOR, self._take)
        signal.signal(signal.SIGUSR2, self._note_poke)
        sys.settrace = _refuse  # An action's own would end ours.
        sys.breakpointhook = self._statement

    def start(self, call: HandlerCall) -> None:
        """Trace from now on, for this handler call."""
        self._recorder = LineRecorder(call) if self._wants_record else None
        self._unwinding.forget()
        self._told = None
        _settrace(self._enter)

    def enter_handler(self) -> None:
        """The handler is called now; what came before was its module's own code."""
        if self._enters and self._step == "run":
            self._step = "into"

    def stop(self) -> None:
        """Trace nothing any more."""
        _settrace(None)
        self._unwinding.forget()
        self._step, self._anchor, self._told = "run", None, None

    def pause_in_call(self) -> None:
        """Stand still: the reply of an api call said so."""
        frame = self._nearest(_running_frame(1))
        if frame is not None and not self._stands:
            self._stop("call", frame)

    def _statement(self, *_arguments: object, **_options: object) -> None:
        frame = self._nearest(_running_frame(1))
        if frame is not None and not self._stands:
            self._stop("statement", frame)

    def _note_poke(self, _signal: int, _frame: types.FrameType | None) -> None:
        self._poked = True

    # --- Tracing ----------------------------------------------------------------------------------

    def _path(self, name: str) -> str | None:
        try:
            return self._paths[name]
        except KeyError:
            path = self._files.path(name)
            if path is None:
                head, found, tail = name.rpartition(f"/{_PACKAGES}")
                path = _PACKAGES + tail if found and head else None
            self._paths[name] = path
            return path

    def _enter(self, frame: types.FrameType, event: str, _arg: object) -> Tracing | None:
        path = self._path(frame.f_code.co_filename)
        if path is None:
            return None
        if path.startswith(_PACKAGES) and not self._is_wanted(path):
            return None
        return self._trace

    def _is_wanted(self, path: str) -> bool:
        """Tell whether somebody may stop in a file of a package."""
        if any(file == path for file, _ in self._places):
            return True
        anchor = self._anchor
        inside = anchor is not None and self._path(anchor.f_code.co_filename)
        return bool(inside) and str(inside).startswith(_PACKAGES) and self._step != "run"

    def _trace(self, frame: types.FrameType, event: str, arg: object) -> Tracing | None:
        if event == "line":
            self._line(frame)
        elif event == "return":
            self._leave(frame)
        elif event == "exception":
            self._thrown(frame, cast("tuple[type, BaseException, object]", arg)[1])
        return self._trace

    def _line(self, frame: types.FrameType) -> None:
        self._unwinding.went_on(frame)
        if self._poked:
            self._poked = False
            self._take()
        path = self._path(frame.f_code.co_filename)
        line = frame.f_lineno
        if not line:
            return  # An empty module.
        if self._recorder is not None and path is not None:
            self._recorder.reached(frame, path, line, self._callers(frame))
        ends = self._step != "run" and self._ends_step(frame)
        places = self._places.get((path, line)) if self._places and path is not None else None
        if places is not None:
            self._stop("place", frame, places=places, ends=ends)
        elif self._interrupted:
            self._stop("pause", frame)
        elif ends:
            self._stop("step", frame)

    def _ends_step(self, frame: types.FrameType) -> bool:
        if self._step == "into" or self._anchor is None:
            path = self._path(frame.f_code.co_filename) or ""
            return not path.startswith(_PACKAGES) or self._is_wanted(path)
        return frame is self._anchor and self._step == "over"

    def _leave(self, frame: types.FrameType) -> None:
        """A frame returned, was unwound, or only waits."""
        left = self._unwinding.left(frame)
        if left is None:
            return
        error = left.error
        path = self._path(frame.f_code.co_filename)
        if self._recorder is not None and path is not None:
            self._recorder.left(frame, path, self._callers(frame))
        caller = self._nearest(frame.f_back)
        if error is not None and caller is None and self._uncaught and error is not self._told:
            self._told = error
            self._stop("exception", frame, error=error, caught=self._is_caught(frame.f_back, error))
        if frame is self._anchor and self._step != "run":
            self._step, self._anchor = "over", caller

    def _thrown(self, frame: types.FrameType, error: BaseException) -> None:
        self._unwinding.thrown(frame, error)
        if error is self._told or issubclass(type(error), _NO_ERRORS):
            return
        if not (self._caught or self._uncaught):
            return
        caught = self._is_caught(frame, error)
        # Of what may or may not be caught, it is known once it has left the flow's last frame.
        is_wanted = self._uncaught if caught is False else self._caught
        if is_wanted or (self._caught and self._uncaught):
            self._told = error
            self._stop("exception", frame, error=error, caught=caught)

    def _is_caught(self, frame: types.FrameType | None, error: BaseException) -> bool | None:
        """Tell whether anything catches an error; None where nobody can know."""
        try:
            return self._catching.is_caught(frame, error, self._is_flow)
        except Exception:  # noqa: BLE001 - what is made of code that nobody compiled
            return None

    def _is_flow(self, frame: types.FrameType) -> bool:
        return self._path(frame.f_code.co_filename) is not None

    def _nearest(self, frame: types.FrameType | None) -> types.FrameType | None:
        while frame is not None and self._path(frame.f_code.co_filename) is None:
            frame = frame.f_back
        return frame

    def _callers(self, frame: types.FrameType) -> list[Caller]:
        """Return the flow's frames below one, nearest first."""
        callers: list[Caller] = []
        below = frame.f_back
        while below is not None and len(callers) < _MOST_CALLERS:
            path = self._path(below.f_code.co_filename)
            if path is not None:
                callers.append((path, below.f_code.co_name, below.f_lineno or 1))
            below = below.f_back
        return callers

    # --- Standing still ---------------------------------------------------------------------------

    def _stop(
        self,
        kind: str,
        frame: types.FrameType,
        *,
        places: list[tuple[str, int]] | None = None,
        ends: bool = False,
        error: BaseException | None = None,
        caught: bool | None = None,
    ) -> None:
        self._interrupted = False
        frames = self._stack(frame)
        if error is not None and self._nearest(frame.f_back) is None:
            frames = self._unwound(error) or frames
        self._looking.stand([one for one, _, _ in frames])
        shown: list[dict[str, object]] = []
        for one, path, line in frames:
            shown.append(self._looking.frame(one, path, line))
        params: dict[str, object] = {
            "kind": kind,
            "frames": shown,
            "places": places or [],
            "ends": ends,
            "exception": None if error is None else self._looking.thrown(error),
            "caught": caught,
        }
        self._stands = True
        self._tell({"method": "stopped", "params": params})
        self._gone = False
        _set_blocking(DEBUG_DESCRIPTOR, True)
        try:
            while not self._gone:
                self._receive(_read(DEBUG_DESCRIPTOR, _READ_BYTES))
        except OSError:
            leave(_NO_CONNECTION)
        finally:
            _set_blocking(DEBUG_DESCRIPTOR, False)
            self._stands = False
            self._looking.leave()

    def _stack(self, frame: types.FrameType | None) -> list[tuple[types.FrameType, str, int]]:
        found: list[tuple[types.FrameType, str, int]] = []
        while frame is not None and len(found) < 200:
            path = self._path(frame.f_code.co_filename)
            if path is not None:
                found.append((frame, path, frame.f_lineno or 1))
            frame = frame.f_back
        return found

    def _unwound(self, error: BaseException) -> list[tuple[types.FrameType, str, int]]:
        """Return the frames an error has left already, innermost first."""
        found: list[tuple[types.FrameType, str, int]] = []
        trace = _traceback(error)
        while trace is not None:
            path = self._path(trace.tb_frame.f_code.co_filename)
            if path is not None:
                found.append((trace.tb_frame, path, trace.tb_lineno))
            trace = trace.tb_next
        return found[::-1][:200]

    # --- What the parent says ---------------------------------------------------------------------

    def _take(self) -> None:
        """Act on what has come, without waiting for more."""
        try:
            while True:
                self._receive(_read(DEBUG_DESCRIPTOR, _READ_BYTES))
        except BlockingIOError:
            return
        except OSError:
            leave(_NO_CONNECTION)

    def _receive(self, data: bytes) -> None:
        if not data:
            leave()
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            request = decode_frame(line)
            number = request["id"]
            try:
                result = self._act(cast("str", request["method"]), cast("Frame", request["params"]))
                answer: dict[str, object] = {"id": number, "result": result}
            except BaseException as error:  # noqa: BLE001 - the border: whatever an expression does
                answer = {"id": number, "error": {"message": self._looking.said(error)}}
            self._tell(answer)

    def _act(self, method: str, params: Frame) -> dict[str, object]:
        match method:
            case "begin":
                self._arm(params)
                self._wants_record = bool(params["record"])
                self._enters = params["step"] == "into"
                self._step, self._anchor = "run", None
                self._interrupted = self._poked = False
            case "arm":
                self._arm(params)
            case "go" if self._stands:
                self._go(cast("Step", params["step"]))
            case "go_on" if self._stands:
                self._gone = True
            case "interrupt":
                self._interrupted = self._gone or not self._stands
            case _ if self._stands:
                return self._looking.answer(method, params)
            case _:
                raise LookupError("The code does not stand still.")
        return {}

    def _arm(self, params: Frame) -> None:
        places = cast("list[tuple[str, int]]", params["places"])
        self._places = {}
        for file, line in places:
            self._places.setdefault((file, self._executable(file, line)), []).append((file, line))
        self._caught, self._uncaught = bool(params["caught"]), bool(params["uncaught"])

    def _go(self, step: Step) -> None:
        self._gone = True
        self._step = step
        self._anchor = self._looking.innermost

    def _executable(self, file: str, line: int) -> int:
        """Return the next line that has code, from ``line`` on."""
        if file not in self._files.texts:
            return line
        lines = self._lines.get(file)
        if lines is None:
            try:
                lines = sorted(lines_of(self._files.code(file)))
            except SyntaxError:
                lines = []
            self._lines[file] = lines
        return next((one for one in lines if one >= line), line)

    def _tell(self, message: dict[str, object]) -> None:
        rest = memoryview(utf8(encode_json(message)) + b"\n")
        try:
            while rest:
                try:
                    rest = rest[_write(DEBUG_DESCRIPTOR, rest) :]
                except BlockingIOError:
                    _set_blocking(DEBUG_DESCRIPTOR, True)
        except OSError:
            leave(_NO_CONNECTION)


def _refuse(_function: object) -> None:
    """Take the place of ``sys.settrace`` in a worker that is debugged."""
