"""What a simulated login tells its views: one value for each of its signals."""

from __future__ import annotations

from dataclasses import dataclass, field

from loginwright_designer.simulation import states
from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_runtime.errors import LoginwrightError
from loginwright_runtime.simulation import LoginOutcome
from loginwright_runtime.tracing import RunRecord


@dataclass(frozen=True, slots=True)
class StateChange:
    """The login does something else now.

    Attributes:
        state: What.
    """

    state: states.LoginState


@dataclass(frozen=True, slots=True)
class RecordGrowth:
    """More has happened.

    Attributes:
        record: All of it.
    """

    record: RunRecord = field(repr=False)


@dataclass(frozen=True, slots=True)
class LoginEnd:
    """The login is over.

    Attributes:
        inputs: What it began with.
        record: All that happened.
        outcome: What came of it; None where it was stopped or could not run.
        error: Why it could not run, or None.
    """

    inputs: LoginInputs
    record: RunRecord | None = field(repr=False)
    outcome: LoginOutcome | None = field(default=None, repr=False)
    error: LoginwrightError | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class AnswerRefusal:
    """An answer did not move the login on; it is still away.

    Attributes:
        outcome: The engine's refusal; None where the answer could not be made.
        error: Why it could not be made, or None.
    """

    outcome: LoginOutcome | None = field(default=None, repr=False)
    error: LoginwrightError | None = field(default=None, repr=False)
