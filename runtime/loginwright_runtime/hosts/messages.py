r"""The frames of parent and worker: the whole protocol, and what a worker says as values.

What the parent says is made in ``outgoing.py``.

Process
    A worker is one process that serves one flow version: ``node <flags> workers/node_worker.mjs``
    or ``python -I -X utf8 workers/python_worker.py``, without arguments. It is started with a
    stripped environment (``PATH`` empty, ``TZ=UTC``, ``LANG=C.UTF-8``), an empty standard input,
    standard output and error on one pipe that the parent reads as logs, and two sockets:

    * descriptor 3, CTL: frames from the parent that may come at any time. The worker never
      writes to it and reads it asynchronously while it is idle. End of file: exit at once.
    * descriptor 4, RPC: frames from the worker, and the replies to the calls that wait. The worker
      writes and reads it synchronously. End of file: exit at once.

    And two pipes:

    * descriptor 5, where there is one, kills the worker when its parent dies; leave it alone.
    * descriptor 6, ASIDE: frames that nobody has to wake up for. A worker may write ``call`` frames
      that do not wait, and ``log`` frames, here instead of to RPC. The parent does not poll it: it
      reads it before it acts on any frame from RPC, every ``TICK_SECONDS`` of a run, and when the
      worker dies. So such a call costs one system call and no switch of processes, and is not lost
      when the action goes on to loop for ever. The pipe holds little, so only ``ASIDE_BYTES`` may
      be put there at a time; a worker that has more sends it, and all that follows, to RPC, until
      it reads a reply or a new run: then the pipe is empty again. (Where both are used, frames of
      ASIDE are taken to be older than those of RPC.)

    A worker that is debugged has descriptor 7 besides, a socket for its debugger
    (``debug_line.py``); its ``run`` frames have a member ``debugged``, and a reply with
    ``"pause": true`` stops the code when it is read.

    A worker never writes frames to standard output, and never reads standard input.

Framing
    One JSON object a line, UTF-8, ended by ``\n``; no newline inside. Numbers are finite; a lone
    surrogate is sent as U+FFFD. A frame from a worker is at most ``FRAME_BYTES`` long. Whatever a
    worker sends is untrusted: a frame that breaks a rule of this module gets the worker killed and
    ends its run with ``HostFailed``.

Parent to worker, on CTL
    ``{"type": "setup", "language": "javascript", "root": "/flows/customer-login",
    "packages": "/flows/customer-login", "files": {"actions/x.js": "exports.…", "lib/y.js": "…"},
    "methods": [{"name": "access.deny", "waits": false, "answers": "api", "promise": false,
    "parameters": ["reason"], "options": null, "tells_undefined": false}],
    "limits": {"frame_bytes": 1048576, "log_lines": 10000, "log_bytes": 1000000}}``

        Once, first. ``root`` is the folder in whose name the code runs: source files are given to
        the language as ``<root>/<path>``, so that stack frames map back to ``actions/x.js:12:5``.
        ``packages`` holds ``node_modules`` or is null. The worker answers with ``ready``.

    ``{"type": "run", "run": "<32 hex digits>", "action": "favourite-colour",
    "code": "actions/x.js", "handler": "onExecutePostLogin", "now": null, "network": "open",
    "fresh": false, "wait": false, "event": {…}}``

        Call a handler. Sent only while the worker has no run. ``handler`` is JavaScript's name in
        both languages. ``now`` is the fixed wall clock in epoch seconds or null. ``network`` is
        ``open`` or ``none``. ``fresh`` evaluates the flow's modules anew. ``wait`` makes every
        call wait. ``event.secrets`` holds the secrets; the event is the action's own to change.

Worker to parent, on RPC
    ``{"type": "ready", "version": "v24.19.0"}``
        The flow is known and the worker idle. The first frame, once.
    ``{"type": "began", "run": "…"}``
        The module is loaded and the handler is about to be called; sent only when the module had
        to be evaluated. The budget of the run starts anew; at most one a run.
    ``{"type": "call", "run": "…", "method": "idToken.setCustomClaim", "args": ["https://…", 1],
    "line": 9, "waits": false}``
        The action called ``api``. ``method`` is JavaScript's name. ``args``: an ``undefined``
        argument is ``{"$undefined": true}``, trailing ones are dropped. ``line``: see below. With
        ``waits`` the worker now reads exactly one reply from RPC before it does anything else.
    ``{"type": "log", "run": "…", "level": "log", "text": "teal", "line": 7}``
        The action printed a line. ``level``: log, info, warn, error, debug or trace.
        A worker stops by itself after ``log_lines`` or ``log_bytes`` (UTF-8) of a run; the frame
        that crosses the border is still sent, and the parent turns it into one note.
    ``{"type": "line", "run": "…", "file": "actions/x.js", "line": 3, "function": "pick",
    "depth": 1, "changes": [["colour", "\\"teal\\""]], "callers": [["lib/y.js", "f", 8]]}``
        A line of the flow is about to be executed; only where ``debugged`` asks for every line,
        and put aside. ``changes``: variables of the function that are new or differ.
        ``callers``: the frames below, nearest first; missing where they are those of the last line.
    ``{"type": "done", "run": "…", "duration_ms": 0.712}``
        The handler returned or its promise was fulfilled.
    ``{"type": "threw", "run": "…", "name": "TypeError", "message": "…",
    "stack": ["actions/x.js:12:5"], "line": 12, "missing_package": null, "uncaught": false,
    "duration_ms": 0.7}``
        The handler or its module threw or rejected. ``name`` is ``Error`` for a thrown
        non-error. ``uncaught``: it came from code nobody awaits (a floating promise, a timer), so
        the handler may still be running; the parent retires the worker.
    ``{"type": "missing", "run": "…", "exported": ["onContinuePostLogin"]}``
        The module has no such handler. The names are as the module exports them.
    ``{"type": "late", "run": "…", "message": "…"}``
        Code of an ended run threw. ``run`` is the run it belongs to, else the last one. The parent
        retires the worker.
    ``{"type": "where", "run": "…", "line": 12}``
        Answer of a Python worker to ``SIGUSR1``, which the parent sends when the budget is used
        up, a second before it kills: where the code is. A JavaScript worker, and a Python one whose
        code cannot answer, prints it (``where.py``).

    ``line`` is the line, from 1, of the nearest frame in the action's own file, or null when no
    frame is in it. ``stack`` holds frames of the flow's files only, nearest first.
    After ``done``, ``threw`` or ``missing`` the run is over. Its id may still appear in ``call``
    and ``log`` frames of work that outlived its handler: such a call is refused (a waiting one
    gets an error as its reply), noted, and the worker retires; such a line is only noted. Any
    other id that is not the current run's gets the worker killed.

Parent to worker, on RPC (replies)
    ``{"value": …}``, ``{"error": {"name": "TypeError", "message": "…"}}``
        What the call answers or throws. ``{"$undefined": true}`` as the whole value is
        ``undefined`` (``None`` in Python). Where the method's ``answers`` is ``api`` or
        ``undefined`` the value is ignored. Names: Error, TypeError, RangeError, SyntaxError.
    ``{"value": …, "merge": {"transaction.metadata": {…}}}``
        Besides, the object at each path of the live event now has these members and no others; it
        stays the same object.

A transcript (``<`` from the worker, ``>`` to it)::

    CTL > {"type":"setup","language":"javascript","root":"/loginwright","packages":null,…}
    RPC < {"type":"ready","version":"v24.19.0"}
    CTL > {"type":"run","run":"6f1c…","action":"greet","code":"actions/greet.js",
           "handler":"onExecutePostLogin","now":null,"network":"open","fresh":false,"wait":false,
           "event":{"user":{"email":"ada@example.com"},"secrets":{}}}
    RPC < {"type":"began","run":"6f1c…"}
    RPC < {"type":"log","run":"6f1c…","level":"log","text":"hello","line":2}
    RPC < {"type":"call","run":"6f1c…","method":"idToken.setCustomClaim",
           "args":["https://my-app.example.com/colour","teal"],"line":3,"waits":false}
    RPC < {"type":"call","run":"6f1c…","method":"redirect.encodeToken",
           "args":[{"secret":"…","payload":{}}],"line":4,"waits":true}
    RPC > {"value":"eyJ…"}
    RPC < {"type":"call","run":"6f1c…","method":"redirect.sendUserTo","args":["nowhere"],
           "line":5,"waits":true}
    RPC > {"error":{"name":"TypeError","message":"…"}}
    RPC < {"type":"threw","run":"6f1c…","name":"TypeError","message":"…",
           "stack":["actions/greet.js:5:16"],"line":5,"missing_package":null,"uncaught":false,
           "duration_ms":0.8}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import orjson

from loginwright_runtime.api.call import WorkerCall
from loginwright_runtime.hosts import frame_members as members
from loginwright_runtime.hosts.frame_members import BadFrame

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.debugging.code import LineReached  # noqa: TC004 - loaded only where somebody debugs
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

FRAME_BYTES = 1024 * 1024
LOG_LINES = 10_000
LOG_BYTES = 1_000_000
CALLS = 10_000
CALL_BYTES = 4 * 1024 * 1024
"""Of a handler's api calls and what they are answered, in all: the record keeps both."""
LEVELS = frozenset({"log", "info", "warn", "error", "debug", "trace"})

CTL_DESCRIPTOR = 3
RPC_DESCRIPTOR = 4
ASIDE_DESCRIPTOR = 6
ASIDE_BYTES = 12_288


# --- Worker to parent ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadyFrame:
    """The worker knows its flow and is idle; ``version`` is the language's."""

    version: str


@dataclass(frozen=True, slots=True)
class BeganFrame:
    """The module is evaluated; the handler is called now."""

    run: str


@dataclass(frozen=True, slots=True)
class CallFrame:
    """The action called ``api``; ``waits`` when a reply is read."""

    run: str
    call: WorkerCall = field(repr=False)
    waits: bool = False


@dataclass(frozen=True, slots=True)
class LogFrame:
    """The action printed a line."""

    run: str
    level: str
    text: str = field(repr=False)
    line: int | None = None


@dataclass(frozen=True, slots=True)
class LineFrame:
    """A line of the flow is about to be executed, where every line is recorded.

    ``callers`` is None where they are those of the line before.
    """

    run: str
    line: LineReached = field(repr=False)
    callers: tuple[tuple[str, str, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class DoneFrame:
    """The handler ended by itself."""

    run: str
    duration_ms: float


@dataclass(frozen=True, slots=True)
class ThrewFrame:
    """The handler or its module threw; ``uncaught`` when nobody awaited the code that did."""

    run: str
    name: str
    message: str = field(repr=False)
    stack: tuple[str, ...] = ()
    line: int | None = None
    missing_package: str | None = None
    uncaught: bool = False
    duration_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class MissingFrame:
    """The module exports no such handler."""

    run: str
    exported: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LateFrame:
    """Code of an ended run threw."""

    run: str
    message: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WhereFrame:
    """Where the code is when its time is up."""

    run: str
    line: int | None


WorkerFrame: TypeAlias = (
    ReadyFrame
    | BeganFrame
    | CallFrame
    | LogFrame
    | LineFrame
    | DoneFrame
    | ThrewFrame
    | MissingFrame
    | LateFrame
    | WhereFrame
)


def decode_frame(line: bytes | bytearray | memoryview) -> WorkerFrame:
    """Read one frame of a worker.

    Args:
        line: The frame without its newline.

    Raises:
        BadFrame: It is longer than allowed, not JSON, of no known type or of the wrong shape.
    """
    if len(line) > FRAME_BYTES:
        raise BadFrame(f"A frame was longer than {FRAME_BYTES} bytes.")
    try:
        frame: JsonValue = orjson.loads(line)
    except ValueError as error:
        raise BadFrame("A frame was no JSON.") from error
    if not isinstance(frame, dict):
        raise BadFrame("A frame was no JSON object.")
    kind = frame.get("type")
    decode = _DECODERS.get(kind) if isinstance(kind, str) else None
    if decode is None:
        raise BadFrame("A frame had no known type.")
    return decode(frame)


def _call(frame: JsonObject) -> CallFrame:
    # The frame that comes most often: checked here rather than member by member.
    run, method, args = frame.get("run"), frame.get("method"), frame.get("args")
    waits = frame.get("waits")
    if not (isinstance(run, str) and isinstance(method, str) and isinstance(args, list)):
        raise BadFrame("A call frame had a member of the wrong type.")
    if not isinstance(waits, bool):
        raise BadFrame("Member 'waits' of a call frame was neither true nor false.")
    return CallFrame(run, WorkerCall(method, args, _line_of(frame)), waits)


def _log(frame: JsonObject) -> LogFrame:
    level = members.text(frame, "level")
    if level not in LEVELS:
        raise BadFrame("Member 'level' of a log frame was no level.")
    return LogFrame(
        members.text(frame, "run"), level, members.text(frame, "text"), members.line(frame)
    )


def _line_reached(frame: JsonObject) -> LineFrame:
    from loginwright_runtime.debugging.code import MOST_CALLERS, LineReached

    line, depth = members.line(frame), frame.get("depth")
    if line is None or type(depth) is not int or depth < 0:
        raise BadFrame("A line frame had no line or no depth.")
    reached = LineReached(
        members.text(frame, "file"),
        line,
        members.text(frame, "function"),
        depth,
        members.changes(frame),
    )
    return LineFrame(members.text(frame, "run"), reached, members.callers(frame, MOST_CALLERS))


def _done(frame: JsonObject) -> DoneFrame:
    return DoneFrame(members.text(frame, "run"), members.duration(frame))


def _threw(frame: JsonObject) -> ThrewFrame:
    return ThrewFrame(
        run=members.text(frame, "run"),
        name=members.text(frame, "name"),
        message=members.text(frame, "message"),
        stack=members.texts(frame, "stack"),
        line=members.line(frame),
        missing_package=members.optional_text(frame, "missing_package"),
        uncaught=members.flag(frame, "uncaught"),
        duration_ms=members.duration(frame),
    )


def _ready(frame: JsonObject) -> ReadyFrame:
    return ReadyFrame(members.text(frame, "version"))


def _began(frame: JsonObject) -> BeganFrame:
    return BeganFrame(members.text(frame, "run"))


def _missing(frame: JsonObject) -> MissingFrame:
    return MissingFrame(members.text(frame, "run"), members.texts(frame, "exported"))


def _late(frame: JsonObject) -> LateFrame:
    return LateFrame(members.text(frame, "run"), members.text(frame, "message"))


def _where(frame: JsonObject) -> WhereFrame:
    return WhereFrame(members.text(frame, "run"), members.line(frame))


_line_of = members.line
_DECODERS: dict[str, Callable[[JsonObject], WorkerFrame]] = {
    "ready": _ready,
    "began": _began,
    "call": _call,
    "log": _log,
    "line": _line_reached,
    "done": _done,
    "threw": _threw,
    "missing": _missing,
    "late": _late,
    "where": _where,
}
