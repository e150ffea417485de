"""Turns what went wrong with a handler into the end of the login."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loginwright_runtime.api.names import snake_case
from loginwright_runtime.extension_points import (
    HostFailed,
    InvocationEnd,
    MissingHandler,
    Returned,
    Threw,
    TimedOut,
)
from loginwright_runtime.transaction.next_step import EndWithError
from loginwright_runtime.transaction.outcome import ExceptionInfo

if TYPE_CHECKING:
    from loginwright_runtime.engine.leg import Leg
    from loginwright_runtime.engine.options import EngineOptions
    from loginwright_runtime.flow.model import Action


@dataclass(frozen=True, slots=True)
class Failure:
    """A handler did not come to its end, and the login failed."""

    end: EndWithError
    exception: ExceptionInfo | None = None


def failure_of(
    end: InvocationEnd, leg: Leg, action: Action, handler: str, options: EngineOptions
) -> Failure:
    """Record how the handler ended and say what that means for the login.

    Args:
        end: Anything but ``Returned``.
        leg: Whose recorder is told.
        action: Whose handler it was.
        handler: Its name.
        options: For the budget named in a timeout's text.
    """
    recorder = leg.recorder
    match end:
        case Threw(name, message, stack, line, _, duration):
            recorder.handler_ended(action.id, handler, "threw", duration)
            failed = EndWithError("failed", "access_denied", "exception", message, action.id, line)
            return Failure(failed, ExceptionInfo(name=name, message=message, stack=stack))
        case MissingHandler(exported):
            recorder.handler_ended(action.id, handler, "missing", 0.0)
            return Failure(_failed(_missing(action, handler, exported), action, None))
        case TimedOut(waiting, line):
            recorder.handler_ended(action.id, handler, "timed_out", options.leg_seconds * 1000)
            return Failure(_timed_out(waiting, line, action, options))
        case HostFailed(reason, line):
            recorder.handler_ended(action.id, handler, "host_failed", 0.0)
            return Failure(_host(f"The worker of {action.id!r} failed: {reason}", action, line))
        case Returned():
            raise AssertionError("a handler that returned has not failed")


def _failed(message: str, action: Action, line: int | None) -> EndWithError:
    return EndWithError("failed", "access_denied", "exception", message, action.id, line)


def _host(message: str, action: Action, line: int | None) -> EndWithError:
    return EndWithError("failed", "server_error", "host", message, action.id, line)


def _timed_out(
    waiting: bool, line: int | None, action: Action, options: EngineOptions
) -> EndWithError:
    if waiting:
        message = f"No worker came free within {options.queue_seconds:g} s."
        return EndWithError(
            "failed", "temporarily_unavailable", "timeout", message, action.id, None
        )
    message = f"The actions took longer than the {options.leg_seconds:g} s a leg may take."
    return EndWithError("failed", "access_denied", "timeout", message, action.id, line)


def _missing(action: Action, handler: str, exported: tuple[str, ...]) -> str:
    if action.language == "python":
        name = snake_case(handler)
        has = f"it has {', '.join(exported)}" if exported else "it has no public function"
        return f"{action.code} has no {name}: {has}. Define it, even with an empty body."
    if handler in exported:
        return f"{action.code} exports {handler}, which is no function. Make it one."
    has = f"it exports {', '.join(exported)}" if exported else "it exports no handler"
    return f"{action.code} has no {handler}: {has}. Export it, even with an empty body."
