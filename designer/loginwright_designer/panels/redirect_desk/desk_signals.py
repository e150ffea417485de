"""What somebody wishes at the redirect desk: one value for each of its signals."""

from __future__ import annotations

from dataclasses import dataclass, field

from loginwright_designer.simulation.desk import Answer
from loginwright_designer.simulation.drills import Drill


@dataclass(frozen=True, slots=True)
class AnswerSent:
    """Send an answer.

    Attributes:
        answer: Which.
        run: Do not stop before the handler that goes on (Ctrl+Shift+Enter).
    """

    answer: Answer = field(repr=False)
    run: bool = False


@dataclass(frozen=True, slots=True)
class WaitWish:
    """Let time pass on the login's clock."""

    seconds: int


@dataclass(frozen=True, slots=True)
class DrillWish:
    """Run drills on copies of the login.

    Attributes:
        drill: Which; None is all of them.
    """

    drill: Drill | None = None
