"""Every error that Loginwright raises, and the problem that a person reads.

The tree::

    LoginwrightError
    ├── BadInputError          what somebody gave us cannot be used (exit status 2)
    │   ├── FlowError          a flow folder or a bundle
    │   ├── ScenarioError      a scenario file
    │   ├── SecretError        a declared secret without a value
    │   ├── RequestError       a LoginRequest or ResumeRequest
    │   ├── OptionsError       EngineOptions or a ``--config`` file
    │   └── TraceError         a trace file
    ├── FaultError             what the engine needs has failed
    │   ├── StoreError         a suspension, user or cache store
    │   ├── SignerError        a token could not be signed
    │   └── HostError          no worker could be started
    └── RateLimitedError       a store asks to wait before it writes again

Expected results (denied, suspended, failed logins) are values, never exceptions.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from typing_extensions import override


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in the words of contract.md (``validate --json``).

    Attributes:
        rule: Stable identifier, for instance ``missing-file``.
        severity: ``error`` stops a run, ``warning`` does not.
        message: What is wrong, one sentence.
        remedy: What to do about it, one sentence.
        file: Path relative to the flow folder (or as it was given), or None.
        line: Line in the file, from 1, or None.
        column: Column in the line, from 1, or None.
        path: JSON path such as ``$.actions[2].id``, or None.
    """

    rule: str
    severity: Literal["error", "warning"]
    message: str
    remedy: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str | None = None

    def to_json(self) -> dict[str, str | int | None]:
        """Return the problem as the JSON object of contract.md."""
        return asdict(self)

    @override
    def __str__(self) -> str:
        place = self.file or ""
        if self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        if self.path is not None:
            place += f" {self.path}" if place else self.path
        head = f"{place}: {self.message}" if place else self.message
        return f"{head} {self.remedy}" if self.remedy else head


class LoginwrightError(Exception):
    """Whatever Loginwright raises on purpose."""


class BadInputError(LoginwrightError):
    """What somebody gave us cannot be used; carries every problem found."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems; the message is theirs, one a line."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class FlowError(BadInputError):
    """A flow folder or a bundle that cannot be loaded."""


class ScenarioError(BadInputError):
    """A scenario that cannot be read or run."""


class SecretError(BadInputError):
    """A declared secret has no value, or a secrets file cannot be read."""


class RequestError(BadInputError):
    """A login or resume request that the engine refuses before anything runs."""


class OptionsError(BadInputError):
    """Engine options out of range, or a configuration file that cannot be read."""


class TraceError(BadInputError):
    """A trace file that cannot be read."""


class FaultError(LoginwrightError):
    """Something that the engine needs has failed: nobody's input is to blame.

    Attributes:
        reason: What has failed, without the remedy.
        remedy: What the operator can do about it.
        file: The file it is about, or None.
    """

    def __init__(self, message: str, remedy: str = "", *, file: str | None = None) -> None:
        """Keep the remedy beside the message."""
        super().__init__(f"{message} {remedy}".strip())
        self.reason = message
        self.remedy = remedy
        self.file = file


class StoreError(FaultError):
    """A store failed; nothing was written by half."""


class SignerError(FaultError):
    """A token could not be signed."""


class HostError(FaultError):
    """No worker could be started for an action."""


class RateLimitedError(LoginwrightError):
    """A store asks to wait (HTTP 429 of a user directory).

    Attributes:
        retry_after: Seconds to wait before the next try.
    """

    def __init__(self, retry_after: float) -> None:
        """Keep how long to wait, in seconds."""
        super().__init__(f"The store asks to wait {retry_after:g} s before the next write.")
        self.retry_after = retry_after
