"""The way to the place that is being read: its handler, its conditions and the calls before it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loginwright_runtime.extension_points import HandlerName
from loginwright_runtime.validation.control_flow import Block
from loginwright_runtime.validation.facts import Guard
from loginwright_runtime.validation.values import Value

if TYPE_CHECKING:
    from collections.abc import Generator

_MAX_GUARDS = 200
NONE_BEFORE: frozenset[int] = frozenset()


@dataclass(slots=True)
class Frame:
    """One call of a function of the source.

    Attributes:
        guards: How many conditions lie around the call.
        returned: Values it may return.
        decided: Conditions that decide which of them it returns.
        earlier: Calls that may have been made when it returns in its middle.
    """

    guards: int = 0
    returned: list[Value] = field(default_factory=list[Value])
    decided: list[Guard] = field(default_factory=list[Guard])
    earlier: frozenset[int] = NONE_BEFORE


@dataclass(slots=True)
class Trail:
    """Where the walker is.

    Attributes:
        handler: Which handler it walks, or None.
        guards: Conditions on the way.
        earlier: Calls that may have been made on the way here.
        alive: False behind a ``return``, ``throw`` or jump.
        jumped: Calls made before a ``break`` or ``continue``, until the loop's end.
        rest: Blocks that run after the present statement, the nearest first.
        depth: How many conditions and functions lie around the place.
        frame: The function walked.
    """

    handler: HandlerName | None = None
    guards: tuple[Guard, ...] = ()
    earlier: frozenset[int] = NONE_BEFORE
    alive: bool = True
    jumped: frozenset[int] = NONE_BEFORE
    rest: tuple[Block, ...] = ()
    depth: int = 0
    frame: Frame = field(default_factory=Frame)

    @contextmanager
    def under(self, guard: Guard) -> Generator[None]:
        """Walk something that is reached only under a condition."""
        before = self.guards
        self.guards = (*before, guard)
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1
            self.guards = before

    @contextmanager
    def inside(self, frame: Frame) -> Generator[None]:
        """Walk the body of a function; its returns end it and not the caller."""
        around, guards, jumped, alive = self.frame, self.guards, self.jumped, self.alive
        self.frame = frame
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1
            self.earlier = self.earlier | frame.earlier if self.alive else frame.earlier
            self.frame, self.guards, self.jumped, self.alive = around, guards, jumped, alive

    def leave(self) -> None:
        """Nothing behind this place is reached."""
        self.alive = False
        self.earlier = NONE_BEFORE


@dataclass(frozen=True, slots=True)
class Arrival:
    """How the walk of one of several ways ended.

    Attributes:
        earlier: Calls that may have been made on it.
        alive: It goes on after the place where the ways meet.
        learnt: Conditions that hold behind it because something left early.
    """

    earlier: frozenset[int]
    alive: bool
    learnt: tuple[Guard, ...] = ()


def meet(trail: Trail, arrivals: tuple[Arrival, ...]) -> None:
    """Go on behind the place where several ways meet."""
    living = [arrival for arrival in arrivals if arrival.alive]
    trail.alive = bool(living)
    trail.earlier = NONE_BEFORE.union(*(arrival.earlier for arrival in living))
    for arrival in living:
        for guard in arrival.learnt:
            if len(trail.guards) < _MAX_GUARDS or not guard.closed:
                trail.guards = (*trail.guards, guard)
