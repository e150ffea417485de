"""What the bottom area tells: one payload for each of its signals."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StepChoice:
    """The user chose a step to look at.

    Attributes:
        step: Its number, from 1, as ``SimulatedLogin.look_at`` takes it.
        now: It is the last one there is, so that looking at it is looking at now.
    """

    step: int
    now: bool = False


@dataclass(frozen=True, slots=True)
class StripAnnouncement:
    """What was just said to who cannot see the strip."""

    text: str


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """The user asked for the line that said something.

    Attributes:
        action: Id of the action.
        line: In its code, from 1; None for the code as a whole.
    """

    action: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The user wants an expression to be evaluated where code stands still."""

    expression: str = field(repr=False)
