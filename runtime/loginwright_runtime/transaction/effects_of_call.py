"""Maps a call to the effects it asks for, the warnings it earns, or the error it throws."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from loginwright_runtime.api.arguments import Call, is_undefined
from loginwright_runtime.api.call import ErrorReply
from loginwright_runtime.api.factors import PROVIDERS, factors_of
from loginwright_runtime.login.json_values import JsonObject, JsonValue
from loginwright_runtime.transaction.claims import ClaimMode, refusal
from loginwright_runtime.transaction.effects import (
    ClaimSet,
    CookieModeSet,
    Denied,
    Effect,
    ExpiryShortened,
    FactorAsked,
    FormRendered,
    Holder,
    HolderMetadataEvicted,
    HolderMetadataSet,
    LoginBroken,
    MetadataKind,
    MetadataSet,
    MetadataTakenBack,
    MethodRecorded,
    MfaEnabled,
    PrimaryUserSet,
    ScopeChanged,
    TokenName,
    TransactionMetadataSet,
    UserSentAway,
)
from loginwright_runtime.transaction.limits import (
    MAX_FORM_FIELDS,
    MAX_USER_ID,
    json_size,
    profile_key_problem,
    transaction_metadata_problem,
)
from loginwright_runtime.transaction.redirect_target import TargetRefused, redirect_target
from loginwright_runtime.transaction.saml import saml_effect

if TYPE_CHECKING:
    from collections.abc import Callable


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


_NOTHING = Meaning()


def meaning_of(call: Call, context: CallContext) -> Meaning:
    """Return what ``call`` means in ``context``; reads and cache calls mean nothing here."""
    name = call.method.name
    if name.startswith("samlResponse."):
        if call.odd is not None:
            return _ignored(call.odd)
        effect, problem = saml_effect(call)
        return Meaning((effect,)) if effect is not None else _ignored(problem)
    maker = _MAKERS.get(name)
    if maker is None:
        return _NOTHING
    if call.odd is not None and name not in _JUDGE_THEMSELVES:
        return _ignored(call.odd)
    return _with_extra_warning(call, maker(call, context))


def _ignored(reason: str) -> Meaning:
    return Meaning(warnings=(("argument-ignored", f"{reason}; the call was ignored."),))


def _throws(message: str, name: str = "Error") -> Meaning:
    return Meaning(error=ErrorReply(name, message))


def _with_extra_warning(call: Call, meaning: Meaning) -> Meaning:
    if not call.extra or meaning.error is not None:
        return meaning
    takes = len(call.method.parameters)
    note = f"{call.method.name} takes {takes} argument{'' if takes == 1 else 's'}; more were given."
    return Meaning(meaning.effects, (*meaning.warnings, ("extra-arguments", note)))


def _deny(call: Call, _context: CallContext) -> Meaning:
    return Meaning((Denied(call.text(0)),))


def _claim(token: TokenName) -> Callable[[Call, CallContext], Meaning]:
    def make(call: Call, context: CallContext) -> Meaning:
        name, value = call.text(0), call.arg(1)
        if is_undefined(value):
            return _NOTHING
        refused = refusal(name, context.mode)
        if refused is not None:
            return Meaning(warnings=((refused.code, refused.message),))
        return Meaning((ClaimSet(token, name, value),))

    return make


def _scope(granted: bool) -> Callable[[Call, CallContext], Meaning]:
    def make(call: Call, _context: CallContext) -> Meaning:
        scope = call.arg(0)
        if not isinstance(scope, str) or not scope or any(char.isspace() for char in scope):
            return _throws("A scope must be a non-empty string without spaces.", "TypeError")
        return Meaning((ScopeChanged(scope, granted),))

    return make


def _metadata(kind: MetadataKind) -> Callable[[Call, CallContext], Meaning]:
    def make(call: Call, _context: CallContext) -> Meaning:
        key, value = call.text(0), call.arg(1)
        if is_undefined(value):
            return Meaning((MetadataTakenBack(kind, key),))
        problem = profile_key_problem(kind, key)
        if problem is not None:
            return Meaning(warnings=(("metadata-key-ignored", problem),))
        return Meaning((MetadataSet(kind, key, value),))

    return make


def _multifactor(call: Call, _context: CallContext) -> Meaning:
    provider, options = call.arg(0), call.options(1)
    if isinstance(provider, str) and provider in PROVIDERS:
        return Meaning((MfaEnabled(provider, options),))
    note = "multifactor.enable: the provider is unknown; MFA is owed with provider 'any'."
    return Meaning((MfaEnabled("any", options),), (("argument-ignored", note),))


def _factors(kind: str) -> Callable[[Call, CallContext], Meaning]:
    def make(call: Call, _context: CallContext) -> Meaning:
        factors = factors_of(call)
        effect = FactorAsked("enrollment" if kind == "enroll" else "challenge", factors)
        if factors:
            return Meaning((effect,))
        note = f"{call.method.name} names no usable factor; the login will fail."
        return Meaning((effect,), (("argument-ignored", note),))

    return make


def _record_method(call: Call, context: CallContext) -> Meaning:
    if not context.continuing:
        return _throws("authentication.recordMethod is only available in onContinuePostLogin.")
    url = call.arg(0)
    if not isinstance(url, str) or not url.lower().startswith(("http://", "https://")):
        return _ignored("authentication.recordMethod: provider_url must be an http(s) URL")
    return Meaning((MethodRecorded(url, iso_time(context.now)),))


def _primary_user(call: Call, context: CallContext) -> Meaning:
    if context.primary_user_set:
        return _throws("`authentication.setPrimaryUser` can only be set once per transaction")
    user_id = call.arg(0)
    if not isinstance(user_id, str) or not 0 < len(user_id) <= MAX_USER_ID:
        return _ignored(
            f"authentication.setPrimaryUser: the user id must have 1 to {MAX_USER_ID} characters"
        )
    return Meaning((PrimaryUserSet(user_id),))


def _send_user_to(call: Call, context: CallContext) -> Meaning:
    url = call.arg(0)
    if not isinstance(url, str):
        return _throws("redirect.sendUserTo takes an absolute URL as a string.", "TypeError")
    query = call.options(1).get("query")
    entries = query if isinstance(query, dict) and not is_undefined(query) else {}
    present: JsonObject = {key: value for key, value in entries.items() if not is_undefined(value)}
    target = redirect_target(url, present, context.redirect_hosts)
    if isinstance(target, TargetRefused):
        return _throws(target.message, "TypeError")
    warnings: list[tuple[str, str]] = []
    if target.replaced_state:
        warnings.append(("state-replaced", "The redirect's own `state` was replaced."))
    if target.insecure:
        warnings.append(
            ("insecure-redirect", f"The redirect to {target.host} goes over plain http.")
        )
    return Meaning((UserSentAway(target.url, call.line),), tuple(warnings))


def _render(call: Call, _context: CallContext) -> Meaning:
    options = call.options(1)
    fields, variables = _members(options.get("fields")), _members(options.get("vars"))
    if json_size(fields) > MAX_FORM_FIELDS:
        return Meaning((LoginBroken("The fields of a form must not be larger than 24 kB."),))
    return Meaning((FormRendered(call.text(0), fields, variables),))


def _members(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) and not is_undefined(value) else {}


def _revoke_session(call: Call, _context: CallContext) -> Meaning:
    preserve = call.options(1).get("preserveRefreshTokens") is True
    return Meaning((Denied(call.text(0), "session", preserve_refresh_tokens=preserve),))


def _revoke_refresh_token(call: Call, context: CallContext) -> Meaning:
    if not context.refresh_exchange:
        note = "refreshToken.revoke works only in a refresh token exchange and was ignored."
        return Meaning(warnings=(("not-available", note),))
    return Meaning((Denied(call.text(0), "refresh_token"),))


def _validation_error(call: Call, _context: CallContext) -> Meaning:
    return Meaning((Denied(call.text(1), "validation", code=call.text(0)),))


def _expiry(holder: Holder, *, idle: bool) -> Callable[[Call, CallContext], Meaning]:
    def make(call: Call, _context: CallContext) -> Meaning:
        value = call.arg(0)
        at_ms = int(value) if isinstance(value, int | float) else 0
        return Meaning((ExpiryShortened(holder, idle, at_ms),))

    return make


def _holder_metadata(holder: Holder) -> Callable[[Call, CallContext], Meaning]:
    def make(call: Call, _context: CallContext) -> Meaning:
        value = call.arg(1)
        return Meaning(
            (HolderMetadataSet(holder, call.text(0), value if isinstance(value, str) else None),)
        )

    return make


def _holder_delete(holder: Holder) -> Callable[[Call, CallContext], Meaning]:
    def make(call: Call, _context: CallContext) -> Meaning:
        return Meaning((HolderMetadataSet(holder, call.text(0), None),))

    return make


def _holder_evict(holder: Holder) -> Callable[[Call, CallContext], Meaning]:
    def make(_call: Call, _context: CallContext) -> Meaning:
        return Meaning((HolderMetadataEvicted(holder),))

    return make


def _cookie_mode(call: Call, _context: CallContext) -> Meaning:
    return Meaning((CookieModeSet(call.text(0)),))


def _transaction_metadata(call: Call, context: CallContext) -> Meaning:
    key, value = call.arg(0), call.arg(1)
    if not isinstance(key, str):
        return _throws("Transaction metadata keys must be strings.", "TypeError")
    if is_undefined(value):
        value = None
    problem = transaction_metadata_problem(context.transaction_metadata, key, value)
    return _throws(problem) if problem else Meaning((TransactionMetadataSet(key, value),))


def iso_time(now: float) -> str:
    """Return epoch seconds as ISO 8601 in UTC with milliseconds, as JavaScript prints dates."""
    text = datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


_JUDGE_THEMSELVES = frozenset(
    {
        "accessToken.addScope",
        "accessToken.removeScope",
        "authentication.recordMethod",
        "authentication.setPrimaryUser",
        "redirect.sendUserTo",
        "transaction.setMetadata",
    }
)

_MAKERS: dict[str, Callable[[Call, CallContext], Meaning]] = {
    "access.deny": _deny,
    "accessToken.setCustomClaim": _claim("access_token"),
    "accessToken.addScope": _scope(True),
    "accessToken.removeScope": _scope(False),
    "idToken.setCustomClaim": _claim("id_token"),
    "authentication.challengeWith": _factors("challenge"),
    "authentication.challengeWithAny": _factors("challenge"),
    "authentication.enrollWith": _factors("enroll"),
    "authentication.enrollWithAny": _factors("enroll"),
    "authentication.recordMethod": _record_method,
    "authentication.setPrimaryUser": _primary_user,
    "multifactor.enable": _multifactor,
    "prompt.render": _render,
    "redirect.sendUserTo": _send_user_to,
    "refreshToken.revoke": _revoke_refresh_token,
    "refreshToken.setExpiresAt": _expiry("refresh_token", idle=False),
    "refreshToken.setIdleExpiresAt": _expiry("refresh_token", idle=True),
    "refreshToken.setMetadata": _holder_metadata("refresh_token"),
    "refreshToken.deleteMetadata": _holder_delete("refresh_token"),
    "refreshToken.evictMetadata": _holder_evict("refresh_token"),
    "session.revoke": _revoke_session,
    "session.setExpiresAt": _expiry("session", idle=False),
    "session.setIdleExpiresAt": _expiry("session", idle=True),
    "session.setCookieMode": _cookie_mode,
    "session.setMetadata": _holder_metadata("session"),
    "session.deleteMetadata": _holder_delete("session"),
    "session.evictMetadata": _holder_evict("session"),
    "transaction.setMetadata": _transaction_metadata,
    "user.setAppMetadata": _metadata("app_metadata"),
    "user.setUserMetadata": _metadata("user_metadata"),
    "validation.error": _validation_error,
}
