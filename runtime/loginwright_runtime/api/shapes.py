"""The outline of an api method: all that the shim inside a worker has to know about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Answers: TypeAlias = Literal["api", "value", "undefined"]


@dataclass(frozen=True, slots=True)
class MethodShape:
    """How a worker's shim offers one method; it forwards the arguments and decides nothing.

    Attributes:
        name: JavaScript's name below ``api``, such as ``idToken.setCustomClaim``.
        waits: The call waits for its reply: it can throw, or it answers something of its own.
            Others are sent at once and not waited for (architecture.md, "Rules of the engine" 2).
        answers: What the call gives the action: ``api`` itself, the reply's value, or nothing.
        promise: The result is a Promise in JavaScript and an awaitable in Python; an error of the
            reply rejects it.
        parameters: JavaScript's parameter names in order, the options argument included.
        options: Which parameter is an options object; its members are keyword arguments in
            Python. None when the method takes none.
        tells_undefined: Members of its arguments that are ``undefined`` are sent as
            ``{"$undefined": true}``, not left out: what becomes text becomes the word.
    """

    name: str
    waits: bool
    answers: Answers
    promise: bool = False
    parameters: tuple[str, ...] = ()
    options: str | None = None
    tells_undefined: bool = False
