"""Continues a claimed login: opens its seal, checks what came back, runs its next leg."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from loginwright_runtime.engine.beginning import FlowSecrets, FlowVersions, login_roles
from loginwright_runtime.engine.browser_input import checked_hostname
from loginwright_runtime.engine.claim_guard import ClaimGuard, ClaimLostError
from loginwright_runtime.engine.ending import (
    Ending,
    NothingRanError,
    challenge_failed_outcome,
    end_leg,
    refused_outcome,
    unavailable_outcome,
    unusable_outcome,
)
from loginwright_runtime.engine.leg import Leg, Ports
from loginwright_runtime.engine.resuming import Returning, returning
from loginwright_runtime.engine.saved_login import SavedLogin, from_bytes
from loginwright_runtime.engine.user_reading import read_user
from loginwright_runtime.errors import HostError, SignerError, StoreError
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.login.event_building import event_frame
from loginwright_runtime.tokens.sealing import SealBroken, SealedFor, Sealer
from loginwright_runtime.tracing.masking import Masker
from loginwright_runtime.tracing.recorder import RunRecorder
from loginwright_runtime.transaction.changing import with_changes

if TYPE_CHECKING:
    from loginwright_runtime.extension_points import SavedSuspension, UserRecord
    from loginwright_runtime.login.requests import ResumeRequest
    from loginwright_runtime.transaction.outcome import Allowed, Denied, Failed, Suspended

_BUSY_SECONDS = 1


@dataclass(frozen=True, slots=True)
class ContinuationRefused:
    """A return that continues nothing.

    Attributes:
        kind: ``invalid_request`` for whatever is wrong with the return; ``flow_version`` when
            the version it began with is gone or broken; ``host`` when a store failed or no worker
            could be started; ``timeout`` when none came free.
        retry_after: Seconds after which the same return may continue it; None: it never will.
    """

    message: str
    kind: Literal["invalid_request", "flow_version", "host", "timeout"] = "invalid_request"
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Continuation:
    """What continuing a login works with."""

    ports: Ports
    versions: FlowVersions
    secrets: FlowSecrets
    sealer: Sealer
    hostnames: frozenset[str]
    now: Callable[[float | None], Callable[[], float]]
    ending: Callable[[Leg, Masker, ClaimGuard | None], Ending]

    def refused(self, why: ContinuationRefused) -> Failed:
        """Return the outcome of a return that continues nothing."""
        outcome = unusable_outcome(self.versions.current, why.message, why.kind, self.ports.options)
        if why.retry_after is not None:
            outcome.keep_retry_after(why.retry_after)
        return outcome


@dataclass(frozen=True, slots=True)
class Opened:
    """A suspended login that can go on."""

    saved: SavedLogin = field(repr=False)
    flow: Flow
    back: Returning = field(repr=False)
    fixed_now: float | None


async def continue_login(
    with_: Continuation,
    row: SavedSuspension,
    request: ResumeRequest,
    guard: ClaimGuard,
    now: float | None,
) -> Allowed | Denied | Suspended | Failed:
    """Continue a login whose state has been claimed.

    Args:
        with_: The engine's parts.
        row: What was claimed.
        request: What came back.
        guard: The claim; released where nothing ran, so that the state stays unused.
        now: Moves the login's fixed clock.
    """
    try:
        opened = _open(with_, row, request, now)
        if isinstance(opened, ContinuationRefused):
            await guard.release()
            return with_.refused(opened)
        leg, masker = await _leg(with_, opened)
        user = await read_user(with_.ports.users, leg.tx.user_id)
    except StoreError as fault:
        await _give_back(guard)
        return with_.refused(ContinuationRefused(str(fault), kind="host"))
    except BaseException:  # bad input, a foreign part that raised, a caller that gave up
        await _give_back(guard)
        raise
    try:
        return await _run(with_, leg, masker, opened, user, guard)
    except ClaimLostError as lost:
        return with_.refused(ContinuationRefused(str(lost)))
    except NothingRanError as busy:
        await _give_back(guard)
        return with_.refused(ContinuationRefused(str(busy), "timeout", _BUSY_SECONDS))
    except HostError as fault:
        if leg.has_begun:
            return unavailable_outcome(leg, masker, with_.ports.options, fault)
        await _give_back(guard)
        return with_.refused(ContinuationRefused(str(fault), kind="host"))
    except (StoreError, SignerError) as fault:
        return unavailable_outcome(leg, masker, with_.ports.options, fault)


async def _give_back(guard: ClaimGuard) -> None:
    """Give the state back unused, as well as that can be done: no handler ran."""
    with suppress(StoreError):
        await guard.release()


async def _run(
    with_: Continuation,
    leg: Leg,
    masker: Masker,
    opened: Opened,
    user: UserRecord | None,
    guard: ClaimGuard,
) -> Allowed | Denied | Suspended | Failed:
    back, options = opened.back, with_.ports.options
    leg.recorder.came_back(opened.saved.kind, opened.saved.action, back.detail)
    if user is None or user.blocked:
        await guard.finish()
        reason = "The user is blocked." if user is not None else "The user no longer exists."
        return refused_outcome(leg, masker, options, reason)
    leg.profile = user.profile
    if back.failed:
        return await challenge_failed_outcome(with_.ending(leg, masker, guard))
    return await end_leg(with_.ending(leg, masker, guard))


def _open(
    with_: Continuation, row: SavedSuspension, request: ResumeRequest, now: float | None
) -> Opened | ContinuationRefused:
    bound = SealedFor(row.state_digest, row.flow_version, row.transaction_id, row.expires_at)
    content = with_.sealer.open(row.sealed, request.state, bound)
    saved = None if isinstance(content, SealBroken) else from_bytes(content)
    if saved is None:
        return ContinuationRefused("The state is unknown.")
    flow = with_.versions.version(row.flow_version, row.flow_archive, row.flow_name)
    if flow is None:
        return ContinuationRefused(
            "The flow version that began this login cannot be read.", kind="flow_version"
        )
    fixed_now = now if now is not None else saved.tx.fixed_now
    moment = with_.now(fixed_now)()
    if moment > saved.expires_at:
        return ContinuationRefused("The login has expired.")
    back = returning(saved, request, moment)
    if isinstance(back, str):
        return ContinuationRefused(back)
    http = checked_hostname(back.http, with_.hostnames, before=saved.http.hostname)
    if (http.hostname or "").lower() != (saved.http.hostname or "").lower():
        return ContinuationRefused("The login came back to another hostname than it began on.")
    return Opened(saved, flow, replace(back, http=http), fixed_now)


async def _leg(with_: Continuation, opened: Opened) -> tuple[Leg, Masker]:
    saved, flow = opened.saved, opened.flow
    secrets, masker = await with_.secrets.of(flow)
    request, http = saved.request, opened.back.http
    roles = await login_roles(with_.ports.directory, request)
    now = with_.now(opened.fixed_now)
    leg = Leg(
        flow=flow,
        request=request,
        http=http,
        tx=with_changes(opened.back.tx, fixed_now=opened.fixed_now),
        profile={},
        frame=event_frame(request, http, saved.tx.id, roles),
        secrets=secrets,
        recorder=RunRecorder(saved.record, saved.leg + 1, now),
        now=now,
        came_back=opened.back.came_back,
    )
    return leg, masker
