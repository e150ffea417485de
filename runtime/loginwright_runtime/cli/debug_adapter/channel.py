"""Sends answers and events to the client, numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.cli.debug_adapter.framing import framed
from loginwright_runtime.cli.debugged_login.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loginwright_runtime.login.json_values import JsonObject, JsonValue

_INTERNAL_ERROR = 1
_OUTPUT_CHARACTERS = 20_000


class Channel:
    """The way to the client.

    Args:
        write: Writes bytes to it.
    """

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write
        self._next = 1

    def answer(self, request: int, command: str, body: Mapping[str, JsonValue]) -> None:
        """Answer a request."""
        members = _response(request, command, success=True)
        if body:
            members["body"] = dict(body)
        self._send(members)

    def refuse(self, request: int, command: str, reason: str, *, show: bool = False) -> None:
        """Answer a request with an error.

        Args:
            request: Its ``seq``; 0 where it has none.
            command: What it asked.
            reason: Why not, a sentence.
            show: Whether the user shall see it.
        """
        members = _response(request, command, success=False)
        error: JsonObject = {
            "id": _INTERNAL_ERROR,
            "format": "{reason}",
            "variables": {"reason": reason},
            "showUser": show,
        }
        self._send({**members, "message": reason, "body": {"error": error}})

    def tell(self, event: str, body: Mapping[str, JsonValue] | None = None) -> None:
        """Send an event."""
        self._send({"type": "event", "event": event, "body": dict(body or {})})

    def output(
        self, category: str, text: str, place: Mapping[str, JsonValue] | None = None
    ) -> None:
        """Send a text for the debug console; a line end is added."""
        if len(text) > _OUTPUT_CHARACTERS:
            text = f"{text[:_OUTPUT_CHARACTERS]}…"
        told = {"category": category, "output": f"{plain(text)}\n", **(place or {})}
        self.tell("output", told)

    def _send(self, members: JsonObject) -> None:
        number, self._next = self._next, self._next + 1
        self._write(framed({"seq": number, **members}))


def _response(request: int, command: str, *, success: bool) -> JsonObject:
    return {"type": "response", "request_seq": request, "command": command, "success": success}
