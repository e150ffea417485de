"""Runs a leg and carries out how it ends: suspend, deny, fail, or issue tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from loginwright_runtime.engine.beginning import FlowVersions
from loginwright_runtime.engine.claim_guard import ClaimGuard
from loginwright_runtime.engine.failures import Failure
from loginwright_runtime.engine.leg import Leg, LegEnd, Ports, run_leg
from loginwright_runtime.engine.outcomes import Result, allowed, denied, failed, suspended
from loginwright_runtime.engine.profile_writing import UserGone, write_profile
from loginwright_runtime.engine.stops import Stop, StoppedByDebuggerError
from loginwright_runtime.engine.suspending import SuspensionTimes, prepare_suspension
from loginwright_runtime.engine.token_issuing import issue_tokens, oversize
from loginwright_runtime.errors import FlowError, LoginwrightError, RateLimitedError
from loginwright_runtime.extension_points import SuspensionStore, TokenSigner
from loginwright_runtime.tokens.sealing import Sealer
from loginwright_runtime.tracing.masking import Masker
from loginwright_runtime.transaction.next_step import (
    EndAllowed,
    EndDenied,
    EndWithError,
    LeaveByFactor,
    LeaveByForm,
    LeaveByRedirect,
)
from loginwright_runtime.transaction.outcome import (
    ErrorInfo,
    Failed,
    FlowInfo,
    ProfileUpdate,
)

if TYPE_CHECKING:
    from loginwright_runtime.engine.options import EngineOptions
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.transaction.outcome import Allowed, Denied, Suspended


class NothingRanError(LoginwrightError):
    """No worker came free for the first handler of a return, whose state stays unused."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What carrying out the end of a leg works with.

    Attributes:
        guard: The claim of a resumed login; None in a first leg.
    """

    leg: Leg
    ports: Ports
    masker: Masker
    suspensions: SuspensionStore
    sealer: Sealer
    signer: TokenSigner | None
    versions: FlowVersions
    guard: ClaimGuard | None


async def end_leg(work: Ending) -> Allowed | Denied | Suspended | Failed:
    """Run the leg and carry out its end.

    Raises:
        StoreError: A store failed; what it did not write is not written.
        SignerError: A token could not be signed.
        ClaimLostError: Another process has taken the login over.
        NothingRanError: A return found no worker.
    """
    try:
        end = await run_leg(work.leg, work.ports)
        return await _carry_out(work, end)
    except StoppedByDebuggerError as stopped:
        return await _fail(work, _error("access_denied", "exception", str(stopped)))
    except RateLimitedError as limited:
        return await _fail(work, _error("temporarily_unavailable", "host", str(limited)))


async def _carry_out(work: Ending, end: LegEnd) -> Allowed | Denied | Suspended | Failed:
    match end:
        case LeaveByRedirect() | LeaveByForm() | LeaveByFactor():
            return await _suspend(work, end)
        case EndDenied(denial):
            error = ErrorInfo(
                code="access_denied",
                description=denial.reason,
                kind="denied",
                action=denial.action,
                line=denial.line,
            )
            return await _deny(work, error)
        case EndWithError(status="denied"):
            return await _deny(work, _info_of(end))
        case EndWithError():
            return await _fail(work, _info_of(end))
        case Failure(failure) if work.guard is not None and not work.leg.has_begun:
            raise NothingRanError(failure.description)
        case Failure(failure, exception):
            error = _info_of(failure).model_copy(update={"exception": exception})
            return await _fail(work, error)
        case EndAllowed():
            return await _allow(work)


async def _suspend(
    work: Ending, step: LeaveByRedirect | LeaveByForm | LeaveByFactor
) -> Suspended | Denied:
    leg, options = work.leg, work.ports.options
    update: ProfileUpdate | None = None
    if leg.flow.settings.profile_writes == "each-leg" and not isinstance(step, LeaveByFactor):
        written = await _write(work)
        if isinstance(written, UserGone):
            return await _user_gone(work, written)
        update = written
    times = SuspensionTimes(
        leg.now() + options.suspension_seconds,
        work.suspensions.clock.now() + options.suspension_seconds,
    )
    prepared = prepare_suspension(leg, step, times, work.sealer, work.masker, _archive(work))
    if work.guard is None:
        await work.suspensions.save(prepared.saved)
    else:
        await work.guard.suspend_again(prepared.saved)
    result = Result(
        update=update,
        suspension=prepared.info,
        browser_key=prepared.browser_key,
        public_errors=options.public_errors,
    )
    return suspended(leg, work.masker, result)


def _archive(work: Ending) -> bytes:
    """Return the flow version for the store; nothing, with a warning, where no bundle can hold it.

    A flow folder runs whatever stands in its ``node_modules``; only a bundle insists on the lock.
    """
    try:
        return work.versions.archive(work.leg.flow)
    except FlowError as broken:
        if not work.leg.recorder.warned("flow-not-kept"):
            note = f"Only this process can continue the login; no store can keep its flow: {broken}"
            work.leg.recorder.warning("flow-not-kept", note, None, None)
        return b""


async def _allow(work: Ending) -> Allowed | Denied | Failed:
    leg, options = work.leg, work.ports.options
    too_large = oversize(leg.tx)
    if too_large is not None:
        return await _fail(work, _error("access_denied", "limit", too_large))
    _note_simulated_mfa(leg)
    written = await _write(work)
    if isinstance(written, UserGone):
        return await _user_gone(work, written)
    if leg.stepping is not None:
        await leg.stepping.at(Stop("before_tokens"))
    issued = await issue_tokens(leg, options, work.signer)
    await _finish(work)
    leg.recorder.ended("allowed", None)
    result = Result(
        update=written,
        tokens=issued.tokens,
        claims=issued.claims,
        public_errors=options.public_errors,
    )
    return allowed(leg, work.masker, result)


def _note_simulated_mfa(leg: Leg) -> None:
    owed = leg.tx.multifactor
    if owed is not None and owed.by == "simulated":
        note = "The MFA owed at the end was answered by the simulated browser."
        leg.recorder.warning("mfa-simulated", note, None, None)


async def _deny(work: Ending, error: ErrorInfo) -> Denied:
    written = await _write(work)
    update = written.update if isinstance(written, UserGone) else written
    await _finish(work)
    work.leg.recorder.ended("denied", error.model_dump(mode="json"))
    result = Result(update=update, error=error, public_errors=work.ports.options.public_errors)
    return denied(work.leg, work.masker, result)


async def _user_gone(work: Ending, gone: UserGone) -> Denied:
    await _finish(work)
    error = _error("access_denied", "denied", gone.reason)
    work.leg.recorder.ended("denied", error.model_dump(mode="json"))
    public_errors = work.ports.options.public_errors
    result = Result(update=gone.update, error=error, public_errors=public_errors)
    return denied(work.leg, work.masker, result)


async def _fail(work: Ending, error: ErrorInfo) -> Failed:
    await _finish(work)
    work.leg.recorder.ended("failed", error.model_dump(mode="json"))
    result = Result(error=error, public_errors=work.ports.options.public_errors)
    return failed(work.leg, work.masker, result)


async def challenge_failed_outcome(work: Ending) -> Denied:
    """End a login whose challenge or enrolment was not passed."""
    action = work.leg.tx.factor_steps[0].action if work.leg.tx.factor_steps else None
    error = ErrorInfo(
        code="access_denied",
        description="The challenge was not passed.",
        kind="challenge_failed",
        action=action,
    )
    return await _deny(work, error)


async def _write(work: Ending) -> ProfileUpdate | UserGone | None:
    if not work.leg.tx.pending:
        return None
    if work.leg.stepping is not None:
        await work.leg.stepping.at(Stop("before_write"))
    if work.guard is not None:
        await work.guard.check()
    return await write_profile(work.leg, work.ports.users)


async def _finish(work: Ending) -> None:
    if work.guard is not None:
        await work.guard.finish()


def _info_of(end: EndWithError) -> ErrorInfo:
    return ErrorInfo(
        code=end.code,
        description=end.description,
        kind=end.kind,
        action=end.action,
        line=end.line,
    )


def _error(
    code: str,
    kind: Literal["denied", "exception", "host", "limit", "invalid_request", "flow_version"],
    description: str,
) -> ErrorInfo:
    return ErrorInfo(code=code, description=description, kind=kind)


def refused_outcome(leg: Leg, masker: Masker, options: EngineOptions, reason: str) -> Denied:
    """Return the outcome for a user who may not log in at all; nothing ran in this leg."""
    error = _error("access_denied", "denied", reason)
    leg.recorder.ended("denied", error.model_dump(mode="json"))
    return denied(leg, masker, Result(error=error, public_errors=options.public_errors))


def unavailable_outcome(
    leg: Leg, masker: Masker, options: EngineOptions, fault: LoginwrightError
) -> Failed:
    """Return the outcome of a fault of a store, the signer or the host."""
    error = _error("server_error", "host", str(fault))
    leg.recorder.ended("failed", error.model_dump(mode="json"))
    return failed(leg, masker, Result(error=error, public_errors=options.public_errors))


def unusable_outcome(
    flow: Flow | None,
    message: str,
    kind: Literal["invalid_request", "flow_version", "host", "timeout"],
    options: EngineOptions,
) -> Failed:
    """Return the outcome of a return that continues no login."""
    codes = {"invalid_request": "invalid_request", "timeout": "temporarily_unavailable"}
    code = codes.get(kind, "server_error")
    outcome = Failed(
        transaction_id=None,
        flow=FlowInfo(name=flow.name if flow else None, version=flow.version if flow else None),
        error=ErrorInfo(code=code, description=message, kind=kind),
    )
    outcome.keep_record(None, options.public_errors)
    return outcome
