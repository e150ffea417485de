"""The frames that the parent sends, as bytes; ``messages.py`` says what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.api.shapes import MethodShape
from loginwright_runtime.flow.model import Language
from loginwright_runtime.hosts.messages import FRAME_BYTES, LOG_BYTES, LOG_LINES

if TYPE_CHECKING:
    from loginwright_runtime.api.call import Reply
    from loginwright_runtime.extension_points import Invocation
    from loginwright_runtime.login.json_values import JsonObject


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is told once: its flow and the methods of ``api``."""

    language: Language
    root: str
    packages: str | None
    files: Mapping[str, bytes] = field(repr=False)
    methods: Iterable[MethodShape] = field(repr=False)


def encode_setup(setup: Setup) -> bytes:
    """Return the ``setup`` frame; a source that is no UTF-8 is decoded as Node decodes it."""
    files = {path: content.decode("utf-8", "replace") for path, content in setup.files.items()}
    frame = {
        "type": "setup",
        "language": setup.language,
        "root": setup.root,
        "packages": setup.packages,
        "files": files,
        "methods": tuple(setup.methods),
        "limits": {"frame_bytes": FRAME_BYTES, "log_lines": LOG_LINES, "log_bytes": LOG_BYTES},
    }
    return orjson.dumps(frame, option=orjson.OPT_APPEND_NEWLINE)


def encode_run(run: str, invocation: Invocation, debugged: JsonObject | None = None) -> bytes:
    """Return the ``run`` frame of a handler call; the event's bytes are taken as they are.

    Args:
        run: Its id.
        invocation: The call.
        debugged: The frame's member of that name, for a worker that is debugged.
    """
    event = invocation.event
    # JSON knows newlines only between its tokens, where a space means the same.
    if b"\n" in event:
        event = event.replace(b"\n", b" ")
    frame: dict[str, object] = {
        "type": "run",
        "run": run,
        "action": invocation.action.id,
        "code": invocation.action.code,
        "handler": invocation.handler,
        "now": invocation.now,
        "network": invocation.network,
        "fresh": invocation.fresh_modules,
        "wait": invocation.wait_every_call,
        "event": orjson.Fragment(event),
    }
    if debugged is not None:
        frame["debugged"] = debugged
    return orjson.dumps(frame, option=orjson.OPT_APPEND_NEWLINE)


def encode_reply(reply: Reply) -> bytes:
    """Return the frame that answers a waiting call."""
    frame: JsonObject
    if reply.error is not None:
        frame = {"error": {"name": reply.error.name, "message": reply.error.message}}
    else:
        frame = {"value": reply.value}
    if reply.merge:
        frame["merge"] = reply.merge
    if reply.pause:
        frame["pause"] = True
    return orjson.dumps(frame, option=orjson.OPT_APPEND_NEWLINE)
