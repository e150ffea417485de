"""Serves one flow: reads frames, runs handlers on an asyncio loop, tells how each one ended."""

from __future__ import annotations

import asyncio
import faulthandler
import gc
import os
import platform
import signal
import sys
import threading
import time
import types
from collections.abc import Awaitable
from typing import TYPE_CHECKING, NoReturn, cast

from loginwright_runtime.hosts.workers.python_api import PostLoginAPI, api_class
from loginwright_runtime.hosts.workers.python_arguments import read_method
from loginwright_runtime.hosts.workers.python_clock import WallClock
from loginwright_runtime.hosts.workers.python_clock import install as install_clock
from loginwright_runtime.hosts.workers.python_event import Event, JsonValue, read_event
from loginwright_runtime.hosts.workers.python_faults import awaited_line, describe, line_in
from loginwright_runtime.hosts.workers.python_guards import Guards
from loginwright_runtime.hosts.workers.python_handler_call import HandlerCall, Limits, current
from loginwright_runtime.hosts.workers.python_loop import WorkerLoop
from loginwright_runtime.hosts.workers.python_loose_ends import LooseEnds
from loginwright_runtime.hosts.workers.python_modules import FlowFiles, FlowModules
from loginwright_runtime.hosts.workers.python_output import Output
from loginwright_runtime.hosts.workers.python_wire import (
    CTL_DESCRIPTOR,
    LineReader,
    ReplyChannel,
    decode_frame,
    encode_json,
    leave,
    utf8,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from loginwright_runtime.hosts.workers.python_tracer import CodeTracer
    from loginwright_runtime.hosts.workers.python_wire import Frame

    Handler = Callable[[Event, object], Awaitable[object] | object]

# Bound here: an action that replaces them in their modules changes nothing for us.
_moment = time.perf_counter
_sleep = asyncio.sleep

_HANDLERS = {
    "onExecutePostLogin": "on_execute_post_login",
    "onContinuePostLogin": "on_continue_post_login",
}


class Session:
    """What the worker knows once it was set up, and the handler it runs."""

    def __init__(self, setup: Frame, channel: ReplyChannel) -> None:
        """Take over clock, output and imports for the flow of the ``setup`` frame."""
        self._channel = channel
        files = cast("dict[str, str]", setup["files"])
        self._files = FlowFiles(cast("str", setup["root"]), files)
        self._limits = Limits(**cast("dict[str, int]", setup["limits"]))
        rows = cast("list[dict[str, object]]", setup["methods"])
        self._api = api_class(map(read_method, rows))
        self._clock = WallClock()
        install_clock(self._clock)
        self._output = Output(self._log, self._place, self._is_flow_file)
        self._loose = LooseEnds(self._uncaught)
        self._active: HandlerCall | None = None
        self._last: HandlerCall | None = None
        self._task: asyncio.Task[None] | None = None
        sys.breakpointhook = _pass_by
        self._tracer = _new_tracer(self._files)
        _put_type_names()
        self._modules = FlowModules(self._files)
        self._guards = Guards(map(self._files.name, files))
        self._guards.install()

    def attach(self, loop: WorkerLoop, control: LineReader) -> None:
        """Read ``run`` frames from ``control``, and answer when asked where the code is."""
        self._loose.watch(loop)
        signal.signal(signal.SIGUSR1, self._tell_where)
        # Before that, also while C code runs: where the code is, on standard error.
        faulthandler.register(signal.SIGUSR1, file=2, all_threads=False, chain=True)
        threading.excepthook = self._thread_failed
        if self._tracer is not None:
            self._tracer.attach(loop)

        def read_control() -> None:
            control.fill()
            try:
                while (line := control.next_line()) is not None:
                    self._task = loop.begin(self._serve(decode_frame(line)))
            except BaseException:  # noqa: BLE001 - the worker's own failure, never an action's
                leave(1)

        os.set_blocking(CTL_DESCRIPTOR, False)
        loop.add_reader(CTL_DESCRIPTOR, read_control)

    def run_loop(self, loop: asyncio.AbstractEventLoop) -> None:
        """Run the loop until something stops it: SystemExit in a task, or an action's ``stop``."""
        try:
            loop.run_forever()
        except BaseException as error:  # noqa: BLE001 - the border: whatever an action raises
            self._uncaught(error, None)

    async def _serve(self, frame: Frame) -> None:
        """Handle a frame; the worker's own failure ends the process, and the parent replaces it."""
        try:
            await self._handle(frame)
        except BaseException:  # noqa: BLE001 - the worker's own failure, never an action's
            leave(1)

    async def _handle(self, frame: Frame) -> None:
        members = cast("dict[str, JsonValue]", frame["event"])
        file = self._files.name(cast("str", frame["code"]))
        call = HandlerCall(frame, file, read_event(members), self._channel, self._limits)
        call.api = self._api(call)
        self._active = self._last = call
        self._channel.open_aside()
        current.set(call)
        self._clock.fixed = cast("float | None", frame["now"])
        self._guards.network = frame["network"] == "open"
        self._output.attach()
        if frame["fresh"]:
            self._modules.forget()
        started = _moment()
        tracer = self._tracer if "debugged" in frame else None
        if tracer is not None:
            call.tracer = tracer
            tracer.start(call)
        try:
            handler = self._handler(call, cast("str", frame["handler"]))
            started = _moment()
            if handler is not None:
                await self._run(handler, call)
        except BaseException as error:  # noqa: BLE001 - the border: whatever an action raises
            self._threw(call, error, _milliseconds_since(started), uncaught=False)
            return
        finally:
            if tracer is not None:
                tracer.stop()
        spent = _milliseconds_since(started)
        await self._end(call, spent)

    def _handler(self, call: HandlerCall, wire_name: str) -> Handler | None:
        """Return the handler, evaluating its module if it is not warm; None when there is none."""
        module = self._modules.loaded(call.code)
        evaluated = module is None
        if module is None:
            module = self._modules.load(call.code)
        handler: object = vars(module).get(_HANDLERS[wire_name])
        if not callable(handler):
            exported = encode_json(_exported(module))
            self._finish(call, f'{{"type":"missing","run":"{call.run}","exported":{exported}}}')
            return None
        if evaluated:
            self._channel.send(utf8(f'{{"type":"began","run":"{call.run}"}}'))
        return cast("Handler", handler)

    async def _run(self, handler: Handler, call: HandlerCall) -> None:
        if call.tracer is not None:
            call.tracer.enter_handler()
        call.entering = handler.__code__ if isinstance(handler, types.FunctionType) else None
        result = handler(call.event, call.api)
        call.entering = None
        if isinstance(result, Awaitable):
            call.coroutine = result
            await result
            call.coroutine = None
        elif isinstance(result, types.GeneratorType | types.AsyncGeneratorType):
            _refuse_yield(cast("Generator[object]", result))

    async def _end(self, call: HandlerCall, spent: float) -> None:
        if call.over:
            return
        if call.tasks:
            await _sleep(0)  # what the handler began at its end has its first turn
        error = self._loose.unseen_error(call)
        if error is not None:
            self._threw(call, error, spent, uncaught=True)
        else:
            self._finish(call, f'{{"type":"done","run":"{call.run}","duration_ms":{spent}}}')

    def _threw(
        self, call: HandlerCall, error: BaseException, spent: float, *, uncaught: bool
    ) -> None:
        fault = describe(error, call.action, call.code, self._files, call.entering)
        frame = {
            "type": "threw",
            "run": call.run,
            "name": fault.name,
            "message": fault.message,
            "stack": fault.stack,
            "line": fault.line,
            "missing_package": fault.missing_package,
            "uncaught": uncaught,
            "duration_ms": spent,
        }
        self._finish(call, encode_json(frame))

    def _finish(self, call: HandlerCall, frame: str) -> None:
        """Send the frame that ends a run, once."""
        if call.over:
            return
        self._output.complete()
        call.over = True
        self._active = None
        self._loose.forget_seen(call)
        self._channel.close_aside()
        self._channel.send(utf8(frame))

    def _uncaught(self, error: BaseException, call: HandlerCall | None) -> None:
        """Report what nobody awaited: it ends its run, or is late when that has ended."""
        owner = call or self._active or self._last
        if owner is None:
            return
        if not owner.over:
            self._threw(owner, error, 0.0, uncaught=True)
            return
        fault = describe(error, owner.action, owner.code, self._files)
        message = encode_json(f"{fault.name}: {fault.message}")
        self._channel.send(utf8(f'{{"type":"late","run":"{owner.run}","message":{message}}}'))

    def _thread_failed(self, failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is None or isinstance(failure.exc_value, SystemExit):
            return
        if self._active is None:
            self._uncaught(failure.exc_value, None)
            return
        fault = describe(failure.exc_value, self._active.action, self._active.code, self._files)
        self._log("error", f"A thread ended with {fault.name}: {fault.message}", fault.line)

    def _tell_where(self, _signal: int, frame: types.FrameType | None) -> None:
        call = self._active
        if call is None:
            return
        line = line_in(call.file, frame) or awaited_line(call.file, call.coroutine)
        where = f'{{"type":"where","run":"{call.run}","line":{line or "null"}}}'
        self._channel.send_from_signal(utf8(where))

    def _log(self, level: str, text: str, line: int | None) -> None:
        call = self._speaking()
        if call is not None:
            call.log(level, text, line)

    def _place(self) -> int | None:
        call = self._speaking()
        return None if call is None else call.place()

    def _speaking(self) -> HandlerCall | None:
        return current.get() or self._active or self._last

    def _is_flow_file(self, name: str) -> bool:
        return self._files.path(name) is not None


def _new_tracer(files: FlowFiles) -> CodeTracer | None:
    """Return what debugs the flow's code, in a worker that was started for it."""
    if "--debugged" not in sys.orig_argv:
        return None
    from loginwright_runtime.hosts.workers.python_tracer import CodeTracer

    return CodeTracer(files)


def _pass_by(*_arguments: object, **_options: object) -> None:
    """What ``breakpoint()`` does where nobody debugs: nothing, as JavaScript's ``debugger``."""


def _refuse_yield(generator: Generator[object]) -> None:
    """Raise what a handler with a ``yield`` did wrong, placed where it begins.

    Calling one runs nothing of it: a denial in it would be passed over in silence. What a handler
    returns is ignored, a generator expression too.
    """
    frame = getattr(generator, "gi_frame", None) or getattr(generator, "ag_frame", None)
    if not isinstance(frame, types.FrameType) or frame.f_code.co_name == "<genexpr>":
        return
    error = TypeError("The handler has a yield, so nothing of it runs. Remove the yield.")
    place = types.TracebackType(None, frame, frame.f_lasti, frame.f_code.co_firstlineno)
    raise error.with_traceback(place)


def _exported(module: types.ModuleType) -> list[str]:
    """Return the names of a module's own public functions."""
    return [
        name
        for name, member in vars(module).items()
        if isinstance(member, types.FunctionType)
        and member.__module__ == module.__name__
        and not name.startswith("_")
    ]


def _milliseconds_since(started: float) -> float:
    return round((_moment() - started) * 1000, 3)


def _put_type_names() -> None:
    """Give actions the two type names that they import for their editor's sake, and no more."""
    for name in tuple(sys.modules):
        if name.startswith("loginwright_runtime."):
            del sys.modules[name]
    module = types.ModuleType("loginwright_runtime")
    module.Event = Event  # type: ignore[attr-defined]  # what the module is for
    module.PostLoginAPI = PostLoginAPI  # type: ignore[attr-defined]  # what the module is for
    sys.modules["loginwright_runtime"] = module


def serve() -> NoReturn:
    """Serve the parent until it leaves; the process ends then."""
    channel = ReplyChannel()
    control = LineReader(CTL_DESCRIPTOR)
    while (line := control.next_line()) is None:
        control.fill()
    session = Session(decode_frame(line), channel)
    loop = WorkerLoop()
    asyncio.set_event_loop(loop)
    session.attach(loop, control)
    sys.dont_write_bytecode = True
    gc.collect()
    gc.freeze()
    channel.send(utf8(f'{{"type":"ready","version":"{platform.python_version()}"}}'))
    while True:
        session.run_loop(loop)
