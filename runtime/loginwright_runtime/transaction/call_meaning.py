"""What a call's meaning depends on, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from loginwright_runtime.api.arguments import is_undefined
from loginwright_runtime.api.call import ErrorReply
from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.transaction.claims import ClaimMode
from loginwright_runtime.transaction.effects import Effect

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.api.arguments import Call


@dataclass(frozen=True, slots=True)
class CallContext:
    """What a call's meaning depends on.

    Attributes:
        mode: The flow's ``custom_claims``.
        continuing: The handler is ``onContinuePostLogin``.
        now: The login's clock, epoch seconds.
        refresh_exchange: The login is a refresh token exchange.
        primary_user_set: ``setPrimaryUser`` was called before in this login.
        transaction_metadata: As the action sees it at this moment.
        redirect_hosts: ``EngineOptions.redirect_hosts``.
    """

    mode: ClaimMode
    continuing: bool
    now: float
    refresh_exchange: bool = False
    primary_user_set: bool = False
    transaction_metadata: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    redirect_hosts: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a call comes to.

    Attributes:
        effects: In order; empty when the call is ignored.
        warnings: Pairs of code and message.
        error: What the call throws inside the action.
    """

    effects: tuple[Effect, ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
    error: ErrorReply | None = None


Maker: TypeAlias = "Callable[[Call, CallContext], Meaning]"
"""Turns calls of one method into their meaning."""

NOTHING = Meaning()


def ignored(reason: str) -> Meaning:
    """Return the meaning of a call that is ignored, with the reason as a warning."""
    return Meaning(warnings=(("argument-ignored", f"{reason}; the call was ignored."),))


def reason_of(call: Call, index: int = 0) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the reason a call gives, and the warning where it is no text.

    The call stands without it. An exception in its place would otherwise send an application what
    the exception knows, such as the request that failed and its headers.
    """
    value = call.arg(index)
    if isinstance(value, str):
        return value, ()
    if value is None or is_undefined(value):
        return "", ()
    name = call.method.parameters[index].name
    note = f"{call.method.name}: {name} must be a string; it was ignored."
    return "", (("argument-ignored", note),)


def switch_of(call: Call, name: str) -> tuple[bool | None, tuple[tuple[str, str], ...]]:
    """Return an option that is true or false; None, and perhaps a warning, where it is neither."""
    value = call.options(1).get(name)
    if isinstance(value, bool):
        return value, ()
    if value is None:
        return None, ()
    note = f"{call.method.name}: {name} must be true or false; it was ignored."
    return None, (("argument-ignored", note),)


def throws(message: str, name: str = "Error") -> Meaning:
    """Return the meaning of a call that throws inside the action."""
    return Meaning(error=ErrorReply(name, message))


def argument_warnings(call: Call) -> tuple[tuple[str, str], ...]:
    """Return the warnings a call earns by arguments that are ignored when it is applied."""
    if not call.extra and not call.too_deep and call.method.options is None:
        return ()
    notes = tuple(("argument-ignored", f"{note}; it was ignored.") for note in call.left_out())
    if not call.extra:
        return notes
    takes = len(call.method.parameters)
    note = f"{call.method.name} takes {takes} argument{'' if takes == 1 else 's'}; more were given."
    return (*notes, ("extra-arguments", note))
