"""Maps a call to the effects it asks for, the warnings it earns, or the error it throws."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from loginwright_runtime.api.arguments import Call, is_undefined
from loginwright_runtime.api.saml_methods import SAML_SETTERS
from loginwright_runtime.transaction import leaving_calls, session_calls
from loginwright_runtime.transaction.call_meaning import (
    NOTHING,
    CallContext,
    Maker,
    Meaning,
    argument_warnings,
    ignored,
    reason_of,
    throws,
)
from loginwright_runtime.transaction.claims import refusal
from loginwright_runtime.transaction.effects import (
    ClaimSet,
    Denied,
    MetadataKind,
    MetadataSet,
    MetadataTakenBack,
    MethodRecorded,
    PrimaryUserSet,
    ScopeChanged,
    TokenName,
    TransactionMetadataSet,
)
from loginwright_runtime.transaction.limits import (
    MAX_USER_ID,
    profile_key_problem,
    transaction_metadata_problem,
)
from loginwright_runtime.transaction.redirect_target import TargetRefused, redirect_target
from loginwright_runtime.transaction.saml import saml_effect

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CallContext", "Meaning", "argument_warnings", "iso_time", "meaning_of"]


def meaning_of(call: Call, context: CallContext) -> Meaning:
    """Return what ``call`` means in ``context``; reads and cache calls mean nothing here."""
    name = call.method.name
    maker = _MAKERS.get(name)
    if maker is None:
        return NOTHING
    if call.odd is not None and name not in _JUDGE_THEMSELVES:
        return ignored(call.odd)
    meaning = maker(call, context)
    notes = argument_warnings(call)
    if not notes or meaning.error is not None:
        return meaning
    return Meaning(meaning.effects, (*meaning.warnings, *notes))


def _deny(call: Call, _context: CallContext) -> Meaning:
    reason, notes = reason_of(call)
    return Meaning((Denied(reason),), notes)


def _validation_error(call: Call, _context: CallContext) -> Meaning:
    code, code_notes = reason_of(call)
    message, notes = reason_of(call, 1)
    return Meaning((Denied(message, "validation", code=code),), (*code_notes, *notes))


def _claim(token: TokenName) -> Maker:
    def make(call: Call, context: CallContext) -> Meaning:
        name, value = call.text(0), call.arg(1)
        if is_undefined(value):
            return NOTHING
        refused = refusal(name, context.mode)
        if refused is not None:
            return Meaning(warnings=((refused.code, refused.message),))
        return Meaning((ClaimSet(token, name, value),))

    return make


def _scope(*, granted: bool) -> Maker:
    def make(call: Call, _context: CallContext) -> Meaning:
        given = call.arg(0)
        scope = given.strip() if isinstance(given, str) else ""
        if not scope or any(map(str.isspace, scope)):
            return throws("A scope must be a non-empty string without spaces.", "TypeError")
        return Meaning((ScopeChanged(scope, granted),))

    return make


def _metadata(kind: MetadataKind) -> Maker:
    def make(call: Call, _context: CallContext) -> Meaning:
        key, value = call.text(0), call.arg(1)
        if is_undefined(value):
            return Meaning((MetadataTakenBack(kind, key),))
        problem = profile_key_problem(kind, key)
        if problem is not None:
            return Meaning(warnings=(("metadata-key-ignored", problem),))
        return Meaning((MetadataSet(kind, key, value),))

    return make


def _record_method(call: Call, context: CallContext) -> Meaning:
    if not context.continuing:
        return throws("authentication.recordMethod is only available in onContinuePostLogin.")
    url = call.arg(0)
    if not isinstance(url, str) or isinstance(redirect_target(url, {}), TargetRefused):
        return ignored("authentication.recordMethod: provider_url must be an http(s) URL")
    return Meaning((MethodRecorded(url, iso_time(context.now)),))


def _primary_user(call: Call, context: CallContext) -> Meaning:
    if context.primary_user_set:
        return throws("`authentication.setPrimaryUser` can only be set once per transaction")
    user_id = call.arg(0)
    if not isinstance(user_id, str) or not 0 < len(user_id) <= MAX_USER_ID:
        return ignored(
            f"authentication.setPrimaryUser: the user id must have 1 to {MAX_USER_ID} characters"
        )
    return Meaning((PrimaryUserSet(user_id),))


def _transaction_metadata(call: Call, context: CallContext) -> Meaning:
    key, value = call.arg(0), call.arg(1)
    if not isinstance(key, str):
        return throws("Transaction metadata keys must be strings.", "TypeError")
    if is_undefined(value):
        value = None
    problem = transaction_metadata_problem(context.transaction_metadata, key, value)
    return throws(problem) if problem else Meaning((TransactionMetadataSet(key, value),))


def _saml(call: Call, _context: CallContext) -> Meaning:
    effect, problem = saml_effect(call)
    return ignored(problem) if effect is None else Meaning((effect,))


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
        "refreshToken.setMetadata",
        "session.setMetadata",
        "transaction.setMetadata",
    }
)
"""Methods that throw or break the login for an odd argument, or for where they are called."""

_MAKERS: Mapping[str, Maker] = {
    "access.deny": _deny,
    "accessToken.setCustomClaim": _claim("access_token"),
    "accessToken.addScope": _scope(granted=True),
    "accessToken.removeScope": _scope(granted=False),
    "idToken.setCustomClaim": _claim("id_token"),
    "authentication.challengeWith": leaving_calls.factors("challenge"),
    "authentication.challengeWithAny": leaving_calls.factors("challenge"),
    "authentication.enrollWith": leaving_calls.factors("enrollment"),
    "authentication.enrollWithAny": leaving_calls.factors("enrollment"),
    "authentication.recordMethod": _record_method,
    "authentication.setPrimaryUser": _primary_user,
    "multifactor.enable": leaving_calls.multifactor,
    "prompt.render": leaving_calls.render,
    "redirect.sendUserTo": leaving_calls.send_user_to,
    "refreshToken.revoke": session_calls.revoke_refresh_token,
    "refreshToken.setExpiresAt": session_calls.expiry("refresh_token", idle=False),
    "refreshToken.setIdleExpiresAt": session_calls.expiry("refresh_token", idle=True),
    "refreshToken.setMetadata": session_calls.set_metadata("refresh_token"),
    "refreshToken.deleteMetadata": session_calls.delete_metadata("refresh_token"),
    "refreshToken.evictMetadata": session_calls.evict_metadata("refresh_token"),
    "session.revoke": session_calls.revoke_session,
    "session.setExpiresAt": session_calls.expiry("session", idle=False),
    "session.setIdleExpiresAt": session_calls.expiry("session", idle=True),
    "session.setCookieMode": session_calls.cookie_mode,
    "session.setMetadata": session_calls.set_metadata("session"),
    "session.deleteMetadata": session_calls.delete_metadata("session"),
    "session.evictMetadata": session_calls.evict_metadata("session"),
    "transaction.setMetadata": _transaction_metadata,
    "user.setAppMetadata": _metadata("app_metadata"),
    "user.setUserMetadata": _metadata("user_metadata"),
    "validation.error": _validation_error,
    **{f"samlResponse.{setter.name}": _saml for setter in SAML_SETTERS},
}
