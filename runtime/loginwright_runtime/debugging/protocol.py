"""Where a login can stop, what is seen there, and how it goes on: the debugger's protocol.

The engine awaits the debugger at every stop; ``None`` in its place costs nothing
(architecture.md, rule 8). Every resume carries the whole set of breakpoints, so that nobody else
keeps any.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from loginwright_runtime.tracing.record import RunRecord

StopKind: TypeAlias = Literal[
    "before_handler", "call", "after_handler", "before_leaving", "before_write", "before_tokens"
]
Meaning: TypeAlias = Literal["claim_set", "denied", "metadata_changed", "mfa_asked"]
StepLevel: TypeAlias = Literal["run", "over", "into", "out", "end"]


@dataclass(frozen=True, slots=True)
class ActionBreakpoint:
    """Stop before or after an action's handler, or before the login leaves from it."""

    action_id: str
    place: Literal["before", "after", "leaving"]


@dataclass(frozen=True, slots=True)
class MeaningBreakpoint:
    """Stop at the call that means something, wherever it is made."""

    meaning: Meaning


Breakpoint: TypeAlias = ActionBreakpoint | MeaningBreakpoint


@dataclass(frozen=True, slots=True)
class Pause:
    """A complete snapshot of where the login stands.

    Attributes:
        kind: Which stop this is.
        action_id: The action concerned; None outside any.
        handler: Its handler, or None.
        method: The api method just called, at a ``call``.
        line: Source line, where known.
        event: The event as the action sees it, JSON bytes without secrets.
        record: Everything that has happened so far, this stop's call included.
        reasons: Breakpoints that match here, empty for a step.
    """

    kind: StopKind
    action_id: str | None
    handler: str | None
    method: str | None
    line: int | None
    event: bytes = field(repr=False)
    record: RunRecord = field(repr=False)
    reasons: tuple[Breakpoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Resume:
    """How to go on from a pause.

    Attributes:
        level: ``run`` to the next breakpoint; ``over`` to the next stop on this level; ``into``
            one level down; ``out`` one up; ``end`` stops the login, which then fails.
        breakpoints: The whole set from now on.
        event: An edited event, only from ``before_handler``; None keeps it.
    """

    level: StepLevel
    breakpoints: tuple[Breakpoint, ...] = ()
    event: bytes | None = field(default=None, repr=False)


class Debugger(Protocol):
    """Whoever looks at a login while it runs."""

    def first(self) -> Resume:
        """Return how the login starts: ``into`` stops before the first handler."""
        ...

    async def paused(self, pause: Pause) -> Resume:
        """Show the pause and return how to go on; the leg's budget stands still meanwhile."""
        ...
