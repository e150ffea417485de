"""What comes next in a login: a pure function of its state (reference §1.5, §1.7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from loginwright_runtime.api.factors import same_factors, without
from loginwright_runtime.login.json_values import JsonObject
from loginwright_runtime.transaction.login_transaction import (
    Denial,
    FactorStep,
    HandlerName,
    Leaving,
    LoginTransaction,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.flow.model import Action

ErrorKind: TypeAlias = Literal[
    "denied",
    "challenge_failed",
    "exception",
    "timeout",
    "host",
    "interaction_required",
    "mfa_required",
    "invalid_request",
    "limit",
    "flow_version",
]

_PROVIDER_FACTORS: dict[str, tuple[str, ...]] = {
    "guardian": ("push-notification",),
    "google-authenticator": ("otp",),
    "duo": ("duo",),
}


@dataclass(frozen=True, slots=True)
class RunHandler:
    """Call a handler."""

    position: int
    handler: HandlerName


@dataclass(frozen=True, slots=True)
class LeaveByRedirect:
    """Suspend at the same action; ``url`` still lacks its state."""

    action: str
    url: str = field(repr=False)
    line: int | None


@dataclass(frozen=True, slots=True)
class LeaveByForm:
    """Suspend at the same action to show a form."""

    action: str
    form: JsonObject = field(repr=False)
    line: int | None


@dataclass(frozen=True, slots=True)
class LeaveByFactor:
    """Suspend for a challenge or enrolment.

    Attributes:
        action: Who asked; None for MFA owed at the end.
        factors: Types that may answer; empty: any.
    """

    kind: Literal["challenge", "enrollment"]
    action: str | None
    factors: tuple[str, ...]
    line: int | None


@dataclass(frozen=True, slots=True)
class SkipFactorStep:
    """The first factor step asks for nothing that is not already done."""


@dataclass(frozen=True, slots=True)
class EndDenied:
    """The login ends denied."""

    denial: Denial


@dataclass(frozen=True, slots=True)
class EndWithError:
    """The login ends by a rule; ``status`` says whether metadata are still written."""

    status: Literal["denied", "failed"]
    code: str
    kind: ErrorKind
    description: str
    action: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class EndAllowed:
    """Nothing more is owed."""


NextStep: TypeAlias = (
    RunHandler
    | LeaveByRedirect
    | LeaveByForm
    | LeaveByFactor
    | SkipFactorStep
    | EndDenied
    | EndWithError
    | EndAllowed
)


@dataclass(frozen=True, slots=True)
class LoginSurroundings:
    """What does not change while a login runs and decides what can come next.

    Attributes:
        interactive: Somebody can be sent away (security.md 3).
        token_endpoint: The application called the token endpoint, not the authorize endpoint.
        available_factors: MFA the user could pass; None: any that is named.
        enrolled_factors: Factors the user has; None when unknown.
        session_methods: MFA types the session has passed before this login.
        max_suspensions: ``EngineOptions.max_suspensions_per_login``.
    """

    interactive: bool
    token_endpoint: bool = False
    available_factors: tuple[str, ...] | None = None
    enrolled_factors: tuple[str, ...] | None = None
    session_methods: tuple[str, ...] = ()
    max_suspensions: int = 10


def next_step(
    tx: LoginTransaction, actions: Sequence[Action], around: LoginSurroundings
) -> NextStep:
    """Return what comes next.

    Args:
        tx: The login, with the effects of its last handler folded in.
        actions: The flow's actions, disabled ones included.
        around: What decides beside the login itself.
    """
    if tx.breakage is not None:
        broken = tx.breakage
        return EndWithError(
            "failed", "access_denied", "limit", broken.message, broken.action, broken.line
        )
    if tx.denials:
        return EndDenied(tx.denials[-1])
    if tx.factor_steps:
        return _factor_step(tx, tx.factor_steps[0], around)
    if tx.leaving is not None:
        return _leaving(tx, tx.leaving, around)
    position = _next_enabled(tx.position, actions)
    if position is not None:
        handler = tx.handler if position == tx.position else "onExecutePostLogin"
        return RunHandler(position, handler)
    return _at_the_end(tx, around)


def _next_enabled(position: int, actions: Sequence[Action]) -> int | None:
    for index in range(position, len(actions)):
        if actions[index].enabled:
            return index
    return None


def _leaving(tx: LoginTransaction, leaving: Leaving, around: LoginSurroundings) -> NextStep:
    if not around.interactive:
        return EndWithError(
            "failed",
            "interaction_required",
            "interaction_required",
            "External interaction required",
            leaving.action,
            leaving.line,
        )
    too_many = _too_many(tx, around, leaving.action, leaving.line)
    if too_many is not None:
        return too_many
    if leaving.kind == "redirect":
        return LeaveByRedirect(leaving.action, leaving.url, leaving.line)
    form: JsonObject = {"id": leaving.form_id, "fields": leaving.fields, "vars": leaving.vars}
    return LeaveByForm(leaving.action, form, leaving.line)


def _too_many(
    tx: LoginTransaction, around: LoginSurroundings, action: str | None, line: int | None
) -> EndWithError | None:
    if tx.suspensions < around.max_suspensions:
        return None
    message = f"The login was suspended more than {around.max_suspensions} times."
    return EndWithError("failed", "access_denied", "limit", message, action, line)


def _mfa_impossible(
    around: LoginSurroundings, action: str | None, line: int | None
) -> EndWithError:
    if around.token_endpoint:
        return EndWithError(
            "failed",
            "mfa_required",
            "mfa_required",
            "Multifactor authentication required",
            action,
            line,
        )
    return EndWithError(
        "failed",
        "interaction_required",
        "interaction_required",
        "Multifactor authentication required",
        action,
        line,
    )


def _factor_step(tx: LoginTransaction, step: FactorStep, around: LoginSurroundings) -> NextStep:
    named = tuple(str(factor["type"]) for factor in step.factors)
    done = same_factors((*tx.passed_factors, *around.session_methods))
    if step.kind == "challenge":
        left = without(named, done)
        if named and not left:
            return SkipFactorStep()
    else:
        enrolled = same_factors(around.enrolled_factors or ())
        left = without(named, enrolled)
        if enrolled and not done:
            message = "A user with enrolled factors must pass a challenge before enrolling another."
            return EndWithError(
                "denied", "access_denied", "challenge_failed", message, step.action, step.line
            )
    if not around.interactive:
        return _mfa_impossible(around, step.action, step.line)
    usable = _available(left, around)
    if not usable:
        message = f"The user has no factor that could answer this {step.kind}."
        return EndWithError(
            "denied", "access_denied", "challenge_failed", message, step.action, step.line
        )
    too_many = _too_many(tx, around, step.action, step.line)
    return too_many or LeaveByFactor(step.kind, step.action, usable, step.line)


def _available(factors: tuple[str, ...], around: LoginSurroundings) -> tuple[str, ...]:
    if around.available_factors is None:
        return factors
    unavailable = same_factors(factors) - same_factors(around.available_factors)
    return without(factors, unavailable)


def _at_the_end(tx: LoginTransaction, around: LoginSurroundings) -> NextStep:
    owed = tx.multifactor
    if owed is None or owed.provider == "none" or owed.satisfied or tx.asked_challenge:
        return EndAllowed()
    if not around.interactive:
        return _mfa_impossible(around, None, None)
    if around.available_factors == ():
        message = "The user has no factor that could answer the MFA that is owed."
        return EndWithError("denied", "access_denied", "challenge_failed", message)
    factors = _PROVIDER_FACTORS.get(owed.provider, around.available_factors or ())
    too_many = _too_many(tx, around, None, None)
    return too_many or LeaveByFactor("challenge", None, factors, None)
