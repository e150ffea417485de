"""A call as an action made it, and the reply it gets."""

from __future__ import annotations

from dataclasses import dataclass, field

from loginwright_runtime.login.json_values import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class WorkerCall:
    """What a worker says an action called on ``api``; untrusted until ``api`` has read it.

    Attributes:
        method: JavaScript's name in both languages, such as ``idToken.setCustomClaim``.
        args: The arguments as JSON; ``undefined`` is ``{"$undefined": true}``, trailing ones
            dropped (contract.md, "Outcome").
        line: Source line of the call in the action's own file, from 1, or None.
        evaluated: True when a debugger's evaluation made it, which is no effect of the login.
    """

    method: str
    args: list[JsonValue] = field(repr=False)
    line: int | None = None
    evaluated: bool = False


@dataclass(frozen=True, slots=True)
class ErrorReply:
    """What the call throws inside the action.

    Attributes:
        name: JavaScript's constructor name, ``TypeError`` or ``Error``.
        message: As the platform words it where reference/post-login.md quotes it.
    """

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a waiting call gets back.

    Attributes:
        value: JSON result; ``UNDEFINED`` reads ``undefined`` in JavaScript, ``None`` in Python.
        error: Set when the call throws instead.
        merge: Where the worker must change the action's live event, such as
            ``{"transaction.metadata": {…}}``: path → the object that replaces it.
        pause: The code stops in its debugger when it has the reply.
    """

    value: JsonValue = field(default=None, repr=False)
    error: ErrorReply | None = None
    merge: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    pause: bool = False


UNDEFINED: JsonObject = {"$undefined": True}
