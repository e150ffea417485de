"""The parent's side of one worker: what it may say, to which run, and what follows."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, assert_never

from loginwright_runtime.api.call import ErrorReply, Reply
from loginwright_runtime.extension_points import (
    HostFailed,
    Invocation,
    InvocationEnd,
    LogLine,
    MissingHandler,
    Returned,
    Threw,
    TimedOut,
)
from loginwright_runtime.flow.model import Language
from loginwright_runtime.hosts.active_run import ActiveRun
from loginwright_runtime.hosts.connection import Connection, Listener
from loginwright_runtime.hosts.death import how_it_died, last_line
from loginwright_runtime.hosts.frame_members import BadFrame
from loginwright_runtime.hosts.memory import resident_bytes
from loginwright_runtime.hosts.messages import (
    FRAME_BYTES,
    BeganFrame,
    CallFrame,
    DoneFrame,
    LateFrame,
    LineFrame,
    LogFrame,
    MissingFrame,
    ReadyFrame,
    ThrewFrame,
    WhereFrame,
    WorkerFrame,
    decode_frame,
)
from loginwright_runtime.hosts.outgoing import encode_reply, encode_run
from loginwright_runtime.hosts.run_ids import RunIds
from loginwright_runtime.hosts.where import REPORT_BYTES, reported_line, where_signal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from loginwright_runtime.hosts.budgets import Budgets
    from loginwright_runtime.hosts.process_start import StartedProcess

OtherFrame: TypeAlias = (
    BeganFrame
    | LogFrame
    | LineFrame
    | DoneFrame
    | ThrewFrame
    | MissingFrame
    | LateFrame
    | WhereFrame
)

REFUSED = "This api call came after its handler had ended; it has no effect."
_REMEMBERED_RUNS = 64
_MOST_NOTES = 100
_WHERE_SECONDS = 1.0
_LAST_OUTPUT = 65536


@dataclass(frozen=True, slots=True)
class WorkerTraits:
    """What is particular to a worker.

    Attributes:
        language: Which one it runs.
        root: Folder in whose name the flow's code runs.
        watched_memory: Most bytes it may hold, where the system does not limit them; else None.
    """

    language: Language
    root: str
    watched_memory: int | None = None


class Worker:
    """One worker process, idle or with one run.

    Attributes:
        pid: Its process id.
        ready: Done when it knows its flow; holds the language's version.
        usable: False once it must not be given another run.
        idle_since: When its last run ended, in the loop's time.
    """

    def __init__(
        self,
        process: StartedProcess,
        on_gone: Callable[[Worker], None],
        budgets: Budgets,
        traits: WorkerTraits,
    ) -> None:
        """Take over a process.

        Args:
            process: The process and the ends of its pipes; the worker closes them.
            on_gone: Called when the process is reaped.
            budgets: Ends its runs when their time is up.
            traits: What is particular to it.
        """
        self._loop = asyncio.get_running_loop()
        listener = Listener(self._receive, self._too_long, self._printed, self._lost)
        self._connection = Connection(process, listener)
        self._on_gone = on_gone
        self._budgets = budgets
        self._traits = traits
        self._ids = RunIds()
        self._next_id = self._ids.fresh()
        self._run: ActiveRun | None = None
        self._report: bytes | None = None  # What it has printed since it was asked where it is.
        self._remembered: OrderedDict[str, Callable[[str], None]] = OrderedDict()
        self._notes = 0
        self._output = b""
        self._tasks: set[asyncio.Task[None]] = set()
        self._burial: asyncio.Task[None] | None = None
        self.pid = process.pid
        self.ready: asyncio.Future[str] = self._loop.create_future()
        self.usable = True
        self.idle_since = self._loop.time()

    async def connect(self, setup: bytes) -> str:
        """Tell the worker its flow and wait until it knows it; return the language's version.

        Raises:
            ChildProcessError: It died instead.
        """
        self._connection.tell(setup)
        return await self.ready

    def start(self, invocation: Invocation) -> asyncio.Future[InvocationEnd]:
        """Start a handler and return the future of its end, which may have come already.

        The worker is idle and usable.
        """
        # Told first, prepared for afterwards: the worker begins meanwhile.
        if self.usable:
            self._connection.tell(encode_run(self._next_id, invocation))
        run = ActiveRun(self._next_id, invocation, self._loop, self)
        self._next_id = self._ids.fresh()
        if self.usable:
            self._run = run
            self._budgets.watch(run)
            self._connection.look()
        else:  # It died since it was chosen.
            run.finish(HostFailed("The worker died before its handler was called."))
        return run.ended

    # --- Frames -----------------------------------------------------------------------------------

    def _receive(self, line: bytes) -> None:
        if self._burial is not None:
            return
        try:
            self._act(decode_frame(line), len(line))
        except BadFrame as error:
            self.end(HostFailed(f"The worker was ended: {error}"))

    def look_after_run(self) -> None:
        """Act on the frames that were put aside; end a worker that holds too much memory."""
        self._connection.read_aside()
        most = self._traits.watched_memory
        if most is not None:
            held = resident_bytes(self.pid)
            if held is not None and held > most:
                self.end(HostFailed("The worker used more memory than it may."))

    def _too_long(self) -> None:
        self.end(HostFailed(f"The worker was ended: A frame was longer than {FRAME_BYTES} bytes."))

    def _act(self, frame: WorkerFrame, size: int) -> None:
        run = self._run
        if isinstance(frame, ReadyFrame):
            self._is_ready(frame)
        elif run is not None and frame.run == run.run and run.finished is None:
            if isinstance(frame, CallFrame):
                self._call(run, frame, size)
            else:
                self._act_in(run, frame)
        elif self._ids.issued(frame.run):
            self._act_late(frame)
        else:
            raise BadFrame("A frame bore the id of no run.")

    def _is_ready(self, frame: ReadyFrame) -> None:
        if self.ready.done():
            raise BadFrame("It was ready twice.")
        self.ready.set_result(frame.version)

    def _act_in(self, run: ActiveRun, frame: OtherFrame) -> None:
        match frame:
            case DoneFrame():
                self._finish(run, Returned(run.own_ms(frame.duration_ms)))
            case LogFrame():
                run.print_frame(frame)
            case BeganFrame():
                run.handler_begins()
            case ThrewFrame():
                self.usable = self.usable and not frame.uncaught
                self._finish(run, _thrown(frame, run))
            case MissingFrame():
                self._finish(run, MissingHandler(frame.exported))
            case WhereFrame():
                if self._report is None:
                    raise BadFrame("It said where it was without being asked.")
                self.end(TimedOut(line=frame.line))
            case LateFrame():
                raise BadFrame("A frame came out of turn.")
            case LineFrame():
                self._line_reached(run, frame)
            case _:
                assert_never(frame)

    def _line_reached(self, run: ActiveRun, frame: LineFrame) -> None:
        raise BadFrame("It told of a line without being asked.")

    def _finish(self, run: ActiveRun, end: InvocationEnd) -> None:
        self._budgets.drop(run)
        self._connection.read_output()
        run.finished = end
        if not run.awaits_answers:
            self._close(run, end)

    def _close(self, run: ActiveRun, end: InvocationEnd) -> None:
        self._run = None
        self._remembered[run.run] = run.invocation.lost_call
        if len(self._remembered) > _REMEMBERED_RUNS:
            self._remembered.popitem(last=False)
        self.idle_since = self._loop.time()
        run.finish(end)

    # --- Calls ------------------------------------------------------------------------------------

    def _call(self, run: ActiveRun, frame: CallFrame, size: int) -> None:
        if run.awaits_answers and frame.waits:
            raise BadFrame("It called while it was owed a reply.")
        run.count_call()
        run.count_bytes(size)
        try:
            reply = run.invocation.answer(frame.call)
            if not isinstance(reply, Reply):
                self._answer_later(run, frame, reply)
            elif frame.waits or reply.value is not None:
                encoded = encode_reply(reply)
                run.count_bytes(len(encoded))
                if frame.waits:
                    self._connection.reply(encoded)
        except BadFrame:
            raise
        except Exception as error:  # noqa: BLE001 - the engine's own error goes to the engine
            self._break(run, error)

    def _answer_later(self, run: ActiveRun, frame: CallFrame, reply: Awaitable[Reply]) -> None:
        run.pause_budget()

        async def answer() -> None:
            try:
                encoded = encode_reply(await reply)
                run.count_bytes(len(encoded))
            except BadFrame as error:
                self.end(HostFailed(f"The worker was ended: {error}"))
                return
            except Exception as error:  # noqa: BLE001 - the engine's own error goes to the engine
                self._break(run, error)
                return
            if run.ended.done():
                return
            run.resume_budget()
            if frame.waits:
                self._connection.reply(encoded)
            if run.finished is not None and not run.awaits_answers:
                self._close(run, run.finished)

        task = self._loop.create_task(answer())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _break(self, run: ActiveRun, error: Exception) -> None:
        run.fail(error)
        self.end(HostFailed("The engine could not answer a call."))

    # --- Late work (security.md 22) ---------------------------------------------------------------

    def _act_late(self, frame: WorkerFrame) -> None:
        match frame:
            case CallFrame():
                self._note(frame.run, f"api.{frame.call.method}() was called")
                if frame.waits:
                    refusal = Reply(error=ErrorReply("Error", REFUSED))
                    self._connection.reply(encode_reply(refusal))
                self._retire()
            case LateFrame():
                self._note(frame.run, f"code of the action threw {frame.message}")
                self._retire()
            case LogFrame():
                self._note(frame.run, "the action printed a line")
            case _:
                raise BadFrame("A run ended twice.")

    def _note(self, run: str, what: str) -> None:
        self._notes += 1
        lost_call = self._remembered.get(run)
        if lost_call is not None and self._notes <= _MOST_NOTES:
            lost_call(f"After the handler had ended, {what}; it had no effect.")

    def _retire(self) -> None:
        self.usable = False
        if self._run is None:
            self.end(None)

    # --- What it prints by other ways -------------------------------------------------------------

    def _printed(self, output: bytes) -> None:
        self._output = (self._output + output)[-_LAST_OUTPUT:]
        if self._report is not None:
            self._report = (self._report + output)[-REPORT_BYTES:]
        elif self._run is not None and self._burial is None:
            for text in output.decode("utf-8", "replace").splitlines():
                self._run.print_line(LogLine("log", text))

    # --- The end ----------------------------------------------------------------------------------

    def time_is_up(self) -> None:
        """Ask the worker where its code is, and kill it: its run has used up its budget."""
        self._connection.read_output()
        self._report = b""
        self.usable = False  # Its end is due, also when the handler still returns before it.
        self._connection.signal(where_signal(self._traits.language))
        self._loop.call_later(_WHERE_SECONDS, self.end, TimedOut())

    def end(self, end: InvocationEnd | None) -> None:
        """Kill the process and reap it; its run, if it has one, ends with ``end``."""
        self._bury(end, kill=True)

    async def wait_ended(self) -> None:
        """Wait until the process is reaped; only after ``end``."""
        if self._burial is not None:
            await asyncio.shield(self._burial)

    def _lost(self) -> None:
        self._bury(TimedOut() if self._report is not None else None, kill=False)

    def _bury(self, end: InvocationEnd | None, *, kill: bool) -> None:
        self.usable = False
        if self._burial is None:
            self._burial = self._loop.create_task(self._dig(end, kill=kill))

    async def _dig(self, end: InvocationEnd | None, *, kill: bool) -> None:
        status = await self._connection.close(kill=kill)
        for task in self._tasks:
            task.cancel()
        reason = how_it_died(status, self._output)
        if not self.ready.done():
            self.ready.set_exception(ChildProcessError(f"{reason} {last_line(self._output)}"))
            self.ready.exception()  # Seen: a start that was given up has nobody to see it.
        run, self._run = self._run, None
        if run is not None:
            self._budgets.drop(run)
            run.finish(self._with_line(end, run) or HostFailed(reason))
        elif not kill and self._remembered and self._report is None:
            self._note(next(reversed(self._remembered)), f"its worker died ({reason})")
        self._on_gone(self)

    def _with_line(self, end: InvocationEnd | None, run: ActiveRun) -> InvocationEnd | None:
        """Return an end, with the line that the worker has printed where it told none."""
        if self._report is None or not isinstance(end, TimedOut) or end.line is not None:
            return end
        file = f"{self._traits.root.rstrip('/')}/{run.invocation.action.code}"
        return replace(end, line=reported_line(self._report, file))


def _thrown(frame: ThrewFrame, run: ActiveRun) -> Threw:
    return Threw(
        name=frame.name,
        message=frame.message,
        stack=frame.stack,
        line=frame.line,
        missing_package=frame.missing_package,
        duration_ms=run.own_ms(frame.duration_ms),
    )
