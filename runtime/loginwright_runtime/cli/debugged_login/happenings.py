"""What a debugged login tells whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from loginwright_runtime.debugging import Pause
from loginwright_runtime.simulation import Away, LoginOutcome
from loginwright_runtime.tracing import RunRecord


@dataclass(frozen=True, slots=True)
class Paused:
    """The login stands still until ``Stepper.go_on``.

    Attributes:
        pause: Where; its record without secrets.
    """

    pause: Pause = field(repr=False)


@dataclass(frozen=True, slots=True)
class WentAway:
    """The login was suspended and waits for an answer; no code is loaded.

    Attributes:
        away: Where it waits.
        record: What happened so far.
    """

    away: Away = field(repr=False)
    record: RunRecord = field(repr=False)


@dataclass(frozen=True, slots=True)
class AnswerRefused:
    """An answer did not move the login on; it still waits.

    Attributes:
        reason: Why, in words.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The login is over.

    Attributes:
        outcome: What came of it; None where it could not be run.
        error: Why it could not.
    """

    outcome: LoginOutcome | None = field(default=None, repr=False)
    error: Exception | None = None


Happening: TypeAlias = Paused | WentAway | AnswerRefused | Ended


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line that an action, or a log point, has printed; secrets are masked.

    Attributes:
        action: Id of the action.
        file: Its code, path in the flow.
        level: ``log``, ``warn``, ``error`` and the like.
        text: What was printed.
        line: Where in the action's code, where known.
    """

    action: str
    file: str
    level: str
    text: str = field(repr=False)
    line: int | None = None


class LoginListener(Protocol):
    """Whoever looks at a login; told on the loop that it runs on."""

    def happened(self, what: Happening) -> None:
        """The login stands still, or is over."""
        ...

    def printed(self, line: PrintedLine) -> None:
        """An action printed something."""
        ...
