"""The places where a login can stop for a debugger, named without loading any debugging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loginwright_runtime.errors import LoginwrightError

if TYPE_CHECKING:
    from loginwright_runtime.debugging.protocol import StopKind  # noqa: TC004 - loaded only where somebody debugs


class StoppedByDebuggerError(LoginwrightError):
    """Whoever looks at the login ended it."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where the login could stop."""

    kind: StopKind
    action: str | None = None
    handler: str | None = None
    method: str | None = None
    line: int | None = None
    file: str | None = None
