"""Makes outcomes out of a login: folds, masked texts, and what leaves by design unaltered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from loginwright_runtime.tracing.folds import logs_of, steps_of, warnings_of
from loginwright_runtime.tracing.masking import masked
from loginwright_runtime.transaction.changing import with_changes
from loginwright_runtime.transaction.holders import HolderChanges
from loginwright_runtime.transaction.outcome import (
    Allowed,
    AuthenticationInfo,
    CallInfo,
    Claims,
    Denied,
    ErrorInfo,
    Failed,
    FlowInfo,
    LogInfo,
    MultifactorInfo,
    Outcome,
    PrimaryUser,
    ProfileUpdate,
    RefreshTokenInfo,
    Scope,
    SessionInfo,
    StepInfo,
    Suspended,
    SuspensionInfo,
    Tokens,
    WarningInfo,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.engine.leg import Leg
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.tracing.masking import Masker
    from loginwright_runtime.transaction.state import LoginTransaction

_O = TypeVar("_O", bound=Outcome)


@dataclass(frozen=True, slots=True)
class Result:
    """What the engine adds to the login's own state to make an outcome.

    Attributes:
        update: What this call wrote to the profile.
        error: Why the login was denied or failed, not yet masked.
        browser_key: For a suspension bound to its browser; in no JSON.
    """

    update: ProfileUpdate | None = None
    tokens: Tokens | None = None
    claims: Claims | None = None
    suspension: SuspensionInfo | None = None
    error: ErrorInfo | None = None
    browser_key: str | None = field(default=None, repr=False)
    public_errors: Literal["message", "generic"] = "message"


def allowed(leg: Leg, masker: Masker, result: Result) -> Allowed:
    """Nothing more is owed."""
    return _outcome("allowed", Allowed.of, leg, masker, result)


def suspended(leg: Leg, masker: Masker, result: Result) -> Suspended:
    """The login waits."""
    outcome = _outcome("suspended", Suspended.of, leg, masker, result)
    outcome.keep_browser_key(result.browser_key)
    return outcome


def denied(leg: Leg, masker: Masker, result: Result) -> Denied:
    """The login is refused."""
    return _outcome("denied", Denied.of, leg, masker, result)


def failed(leg: Leg, masker: Masker, result: Result) -> Failed:
    """The login broke."""
    return _outcome("failed", Failed.of, leg, masker, result)


def granted_scopes(leg: Leg) -> tuple[str, ...]:
    """Return the scopes granted in the end (contract.md, "Outcome")."""
    request = leg.request
    base = request.granted_scopes
    if base is None:
        base = request.transaction.requested_scopes
    removed = set(leg.tx.scopes_removed)
    return tuple(
        scope for scope in dict.fromkeys((*base, *leg.tx.scopes_added)) if scope not in removed
    )


def iso_seconds(at: float) -> str:
    """Return epoch seconds as ISO 8601 in UTC, whole seconds."""
    return datetime.fromtimestamp(int(at), UTC).isoformat().replace("+00:00", "Z")


def amr_of(leg: Leg) -> tuple[str, ...]:
    """Return ``amr``: what the host attests and challenges that passed (security.md 7)."""
    passed = ("mfa",) if leg.tx.has_passed_challenge else ()
    return tuple(dict.fromkeys((*leg.request.token.amr, *passed)))


def _outcome(status: str, build: Callable[..., _O], leg: Leg, masker: Masker, result: Result) -> _O:
    tx, public_errors = leg.tx, result.public_errors
    if status == "failed":  # nothing is carried out of a login that broke
        tx = with_changes(tx, session=HolderChanges(), refresh_token=HolderChanges())
    granted = granted_scopes(leg)
    scope = Scope.of(granted=granted, added=tx.scopes_added, removed=tx.scopes_removed)
    issues = result.claims is not None and "offline_access" in granted
    session, refresh_token = _session(tx), _refresh_token(tx, issue=issues)
    _warn_of_secrets(leg, masker, result, session)
    record = masked(leg.recorder.record, masker)
    outcome = build(
        status=status,
        transaction_id=tx.id,
        flow=FlowInfo.of(name=leg.flow.name, version=leg.flow.version),
        host_context=leg.request.host_context,
        user=leg.profile or None,
        profile_update=result.update,
        tokens=result.tokens,
        claims=result.claims,
        scope=scope,
        multifactor=_multifactor(tx),
        authentication=_authentication(leg),
        primary_user=_primary_user(tx),
        session=session,
        refresh_token=refresh_token,
        saml=tx.saml,
        suspension=result.suspension,
        error=_masked_error(result.error, masker),
        warnings=tuple(_WARNING(**row) for row in warnings_of(record)),
        logs=tuple(_LOG(**row) for row in logs_of(record)),
        steps=tuple(_step(**cast("dict[str, Any]", row)) for row in steps_of(record)),
    )
    outcome.keep_record(record, public_errors)
    return outcome


_WARNING: Callable[..., WarningInfo] = WarningInfo.of
_LOG: Callable[..., LogInfo] = LogInfo.of
_CALL: Callable[..., CallInfo] = CallInfo.of
_STEP: Callable[..., StepInfo] = StepInfo.of


def _step(*, calls: list[JsonObject], **step: JsonValue) -> StepInfo:
    return _STEP(**step, calls=tuple(_CALL(**call) for call in calls))


def _warn_of_secrets(leg: Leg, masker: Masker, result: Result, session: SessionInfo) -> None:
    """Warn where a secret's value is served: it is never altered there (security.md 23)."""
    if masker.hides_nothing:
        return
    served: dict[str, JsonValue] = {
        "user": leg.profile,
        "session": session.metadata,
        "saml": leg.tx.saml,
        "multifactor": leg.tx.multifactor.options if leg.tx.multifactor is not None else None,
    }
    for name, part in (
        ("suspension", result.suspension),
        ("claims", result.claims),
        ("profile_update", result.update),
    ):
        served[name] = None if part is None else part.model_dump(mode="json")
    if not masker.finds(served):
        return
    for name, value in served.items():
        if masker.finds(value):
            note = f"The value of a secret stands in {name} and was served as it is."
            leg.recorder.warning("secret-in-output", note, None, None)


def _masked_error(error: ErrorInfo | None, masker: Masker) -> ErrorInfo | None:
    if error is None:
        return None
    exception = error.exception
    if exception is not None:
        masked = {
            "name": masker.text(exception.name),
            "message": masker.text(exception.message),
            "stack": tuple(masker.text(frame) for frame in exception.stack),
        }
        exception = exception.model_copy(update=masked)
    return error.model_copy(
        update={"description": masker.text(error.description), "exception": exception}
    )


def _multifactor(tx: LoginTransaction) -> MultifactorInfo | None:
    owed = tx.multifactor
    if owed is None or owed.provider == "none":
        return None
    overridden = tx.asked_challenge and not tx.factor_steps and not tx.denials
    return MultifactorInfo.of(
        provider=owed.provider,
        options=owed.options,
        satisfied=owed.satisfied or overridden,
        by=owed.by or ("host" if overridden else None),
    )


def _authentication(leg: Leg) -> AuthenticationInfo:
    attested = leg.request.authentication
    methods = attested.methods if attested is not None else ()
    return AuthenticationInfo.of(
        acr=leg.request.token.acr,
        amr=amr_of(leg),
        auth_time=leg.request.token.auth_time,
        methods=(*methods, *leg.tx.methods),
    )


def _primary_user(tx: LoginTransaction) -> PrimaryUser | None:
    if tx.primary_user is None:
        return None
    return PrimaryUser.of(from_=tx.primary_user[0], to=tx.primary_user[1])


def _iso_ms(at_ms: int | None) -> str | None:
    return None if at_ms is None else iso_seconds(at_ms / 1000)


def _session(tx: LoginTransaction) -> SessionInfo:
    revocations = [denial for denial in tx.denials if denial.how == "session"]
    changes: HolderChanges = tx.session
    return SessionInfo.of(
        revoked=bool(revocations),
        preserve_refresh_tokens=any(one.preserve_refresh_tokens for one in revocations),
        expires_at=_iso_ms(changes.expires_at_ms),
        idle_expires_at=_iso_ms(changes.idle_expires_at_ms),
        cookie_mode=changes.cookie_mode,
        metadata=changes.metadata,
    )


def _refresh_token(tx: LoginTransaction, *, issue: bool) -> RefreshTokenInfo:
    revocations = [denial.reason for denial in tx.denials if denial.how == "refresh_token"]
    return RefreshTokenInfo.of(
        issue=issue,
        revoked=revocations[-1] if revocations else None,
        expires_at=_iso_ms(tx.refresh_token.expires_at_ms),
        idle_expires_at=_iso_ms(tx.refresh_token.idle_expires_at_ms),
        metadata=tx.refresh_token.metadata,
    )
