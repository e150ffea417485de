"""Makes calls of the api as a worker would send them, and says what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_runtime.api.arguments import Call, read_call
from loginwright_runtime.api.call import WorkerCall
from loginwright_runtime.transaction.effects_of_call import CallContext, Meaning, meaning_of

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.transaction.effects import Effect

UNDEFINED: JsonObject = {"$undefined": True}
NOON = 1_795_428_000.0


def a_call(method: str, *args: JsonValue, line: int | None = 3) -> Call:
    """Return a call of a method that the table has."""
    call = read_call(WorkerCall(method, list(args), line))
    assert call is not None
    return call


def a_context(
    *,
    any_claims: bool = False,
    continuing: bool = False,
    refresh_exchange: bool = False,
    primary_user_set: bool = False,
    transaction_metadata: JsonObject | None = None,
    redirect_hosts: frozenset[str] | None = None,
) -> CallContext:
    """Return what a call's meaning depends on: the first handler of a login, at noon."""
    return CallContext(
        mode="any" if any_claims else "uri",
        continuing=continuing,
        now=NOON,
        refresh_exchange=refresh_exchange,
        primary_user_set=primary_user_set,
        transaction_metadata=transaction_metadata or {},
        redirect_hosts=redirect_hosts,
    )


def meaning(method: str, *args: JsonValue, context: CallContext | None = None) -> Meaning:
    """Return what a call comes to."""
    return meaning_of(a_call(method, *args), context or a_context())


def effect(method: str, *args: JsonValue, context: CallContext | None = None) -> Effect:
    """Return the one effect of a call that earns no warning."""
    found = meaning(method, *args, context=context)
    assert (found.warnings, found.error) == ((), None)
    (only,) = found.effects
    return only


def codes(found: Meaning) -> list[str]:
    """Return the codes of the warnings that a call earned."""
    return [code for code, _ in found.warnings]
