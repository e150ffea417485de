"""What the table of the post-login api says of one method and its parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from loginwright_runtime.api.shapes import MethodShape

Kind: TypeAlias = Literal[
    "any",
    "string",
    "text",
    "boolean",
    "milliseconds",
    "object",
    "strings",
    "factor",
    "factors",
    "metadata",
    "provider",
    "cookie_mode",
    "attribute",
    "number",
]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an api method.

    Attributes:
        name: As the reference names it.
        kind: What it accepts; anything else is odd: recorded, ignored and warned about.
        optional: It may be left out.
    """

    name: str
    kind: Kind
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the api.

    Attributes:
        name: JavaScript's, such as ``idToken.setCustomClaim``.
        parameters: In order.
        does: What it does here, one or two sentences.
        source: Where the rule comes from.
        answers: ``api``, so that calls can be chained (reference §2), or a ``value`` of its own.
        waits: It can throw or answers a value, so the action waits for the reply.
        read: It changes nothing; its result is part of the record (contract.md, ``calls``).
        promise: In JavaScript it returns a Promise.
        options: Name of the parameter whose members are keyword arguments in Python.
        option_names: The members of that parameter, for docs and completion.
        tells_undefined: What is ``undefined`` within an argument counts.
    """

    name: str
    parameters: tuple[Parameter, ...]
    does: str
    source: str = "reference §2"
    answers: Literal["api", "value"] = "api"
    waits: bool = False
    read: bool = False
    promise: bool = False
    options: str | None = None
    option_names: tuple[str, ...] = ()
    tells_undefined: bool = False

    @property
    def shape(self) -> MethodShape:
        """What a worker's shim needs to know."""
        return MethodShape(
            name=self.name,
            waits=self.waits,
            answers=self.answers,
            promise=self.promise,
            parameters=tuple(parameter.name for parameter in self.parameters),
            options=self.options,
            tells_undefined=self.tells_undefined,
        )

    @property
    def option_index(self) -> int:
        """Where the options argument stands, which is always the last parameter."""
        return len(self.parameters) - 1
