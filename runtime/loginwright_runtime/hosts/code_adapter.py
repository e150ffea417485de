"""What stepping through code needs of a language: the inspector's and the tracer's one face."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from loginwright_runtime.debugging.code import LineReached
from loginwright_runtime.debugging.inspection import Frame, Inspection, Variable

if TYPE_CHECKING:
    from loginwright_runtime.debugging.code import CodeStep
    from loginwright_runtime.login.json_values import JsonObject

Place: TypeAlias = tuple[str, int]
"""A file of the flow and a line of it, from 1."""

ANSWER_SECONDS = 5.0
"""How long a worker that stands still may take to answer; then it is ended."""


@dataclass(frozen=True, slots=True)
class Arming:
    """Where code shall stop by itself.

    Attributes:
        places: Lines.
        caught: Where something is thrown that the flow's code catches.
        uncaught: Where something is thrown that it does not.
    """

    places: frozenset[Place] = frozenset()
    caught: bool = False
    uncaught: bool = False


@dataclass(frozen=True, slots=True)
class RawStop:
    """Code stands still, and nobody has looked at conditions yet.

    Attributes:
        kind: ``place`` (an armed line), ``step`` (the end of one), ``exception``, ``pause``,
            ``call`` (the reply of an api call asked for it), ``statement`` (the code itself did).
        stack: The flow's frames, innermost first; at least one.
        places: The armed places it stands at.
        exception: What was thrown.
        ends_step: The step under way ends here, whatever is armed.
        caught: Whether the flow's code catches what was thrown; None where nobody knows.
    """

    kind: Literal["place", "step", "exception", "pause", "call", "statement"]
    stack: tuple[Frame, ...]
    places: frozenset[Place] = frozenset()
    exception: Variable | None = field(default=None, repr=False)
    ends_step: bool = False
    caught: bool | None = None


class CodeAdapter(Inspection, Protocol):
    """Stops and moves the code of one worker; for one run at a time."""

    @property
    def evaluating(self) -> bool:
        """Whether an expression is being evaluated, so that an api call is its doing."""
        ...

    def truth(self, condition: str) -> str:
        """Return the expression whose value is true or false as ``condition`` is."""
        ...

    async def begin(self, run: str, arming: Arming, step: CodeStep, *, record: bool) -> JsonObject:
        """Prepare for a run; return the ``debugged`` member of its frame."""
        ...

    def arm(self, arming: Arming) -> None:
        """Replace the whole set, also while the code runs."""
        ...

    def go(self, step: CodeStep) -> None:
        """Let code that stands still go on."""
        ...

    def go_on(self) -> None:
        """Let code that stands still go on with the step that was under way."""
        ...

    def interrupt(self) -> None:
        """Stop code that runs."""
        ...

    def read(self) -> None:
        """Act on what the worker has told by now."""
        ...

    def close(self) -> None:
        """Be deaf from now on."""
        ...


@dataclass(frozen=True, slots=True)
class AdapterListener:
    """Who is told what an adapter finds.

    Attributes:
        stopped: The code stands still until ``go``.
        line_reached: A line was reached, where every line is recorded.
        broken: Nothing sensible comes any more; why, in a clause.
        lost: The worker closed its end.
    """

    stopped: Callable[[RawStop], None]
    line_reached: Callable[[LineReached], None]
    broken: Callable[[str], None]
    lost: Callable[[], None]
