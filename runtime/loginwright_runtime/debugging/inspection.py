"""What can be seen of code that stands still: its frames, their scopes, variables on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

VariableKind: TypeAlias = Literal[
    "undefined",
    "null",
    "boolean",
    "number",
    "string",
    "symbol",
    "object",
    "list",
    "function",
    "error",
    "getter",
    "uninitialised",
    "note",
]
ScopeKind: TypeAlias = Literal["local", "closure", "module", "global"]

MOST_VARIABLES = 100
"""How many members one ``expand`` gives at most; the rest is asked for by ``start``."""
LONGEST_TEXT = 1000
"""Characters of a value's text that are shown."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The variables of one scope of a frame.

    Attributes:
        name: As people read it: ``Local``, ``Block``, ``Closure``, ``Module``.
        kind: What it is.
        handle: Expands to its variables; good until the run goes on.
    """

    name: str
    kind: ScopeKind
    handle: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A function that is running, the innermost first in ``Pause.stack``.

    Attributes:
        handle: For ``Inspection``; good until the run goes on.
        function: Its name; empty for one without.
        file: Path in the flow, such as ``actions/x.js``, ``lib/y.js`` or
            ``node_modules/z/index.js``.
        line: From 1.
        column: From 1, or None.
        scopes: Innermost first; those of the whole program are left out.
    """

    handle: str
    function: str
    file: str
    line: int
    column: int | None = None
    scopes: tuple[Scope, ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """A named value, as far as it can be shown without running code of the action.

    Attributes:
        name: Its name, key or index.
        text: The value in short, at most ``LONGEST_TEXT`` characters, secrets masked.
        kind: What it is. ``getter``: reading it would run code; expanding it does.
            ``uninitialised``: its declaration was not reached. ``note``: no value, but why none is
            shown.
        handle: Expands to its members; None where it has none.
        count: How many members a list has, where known.
        changed: It is new, or differs from when this frame was last looked at.
    """

    name: str
    text: str = field(repr=False)
    kind: VariableKind
    handle: str | None = None
    count: int | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class EvaluationFailed:
    """An expression could not be evaluated, or a variable not be set; why, in the language's words.

    Attributes:
        message: Name and message of what was thrown, secrets masked.
    """

    message: str


Evaluated: TypeAlias = Variable | EvaluationFailed


class Inspection(Protocol):
    """Looks into code that stands still; of no use once the run goes on (it raises LookupError).

    What an evaluation calls on ``api`` is answered, recorded as evaluated, and no effect of the
    login.
    """

    async def expand(
        self, handle: str, start: int = 0, count: int = MOST_VARIABLES
    ) -> tuple[Variable, ...]:
        """Return members of a scope or a value; runs code of the action only for a ``getter``.

        Args:
            handle: Of a scope or a variable.
            start: How many to pass over.
            count: How many at most; never more than ``MOST_VARIABLES``.
        """
        ...

    async def evaluate(self, frame: str, expression: str) -> Evaluated:
        """Evaluate an expression in a frame; it may change what it pleases."""
        ...

    async def set_variable(self, holder: str, name: str, expression: str) -> Evaluated:
        """Give a variable the value of an expression.

        Args:
            holder: A frame, for a variable that is seen there; or a scope's or value's handle,
                for one of its members.
            name: Which variable.
            expression: Evaluated in the frame, or, for a handle, in the innermost frame.
        """
        ...
