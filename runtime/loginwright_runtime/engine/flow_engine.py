"""FlowEngine: runs logins; the only code that awaits stores, hosts and the signer."""

from __future__ import annotations

import asyncio
import math
import secrets as randomness
from contextlib import suppress
from typing import TYPE_CHECKING

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.engine.beginning import (
    FlowSecrets,
    FlowVersions,
    login_roles,
    new_transaction,
    prepared_request,
)
from loginwright_runtime.engine.claim_guard import ClaimGuard
from loginwright_runtime.engine.continuing import Continuation, ContinuationRefused, continue_login
from loginwright_runtime.engine.ending import Ending, end_leg, refused_outcome, unavailable_outcome
from loginwright_runtime.engine.leg import Leg, Ports
from loginwright_runtime.engine.options import EngineOptions
from loginwright_runtime.engine.resuming import claimed_browser_digest, request_problem
from loginwright_runtime.engine.return_shapes import shape_problem
from loginwright_runtime.engine.user_reading import read_user
from loginwright_runtime.errors import (
    HostError,
    OptionsError,
    Problem,
    RequestError,
    SignerError,
    StoreError,
)
from loginwright_runtime.extension_points import (
    ActionHost,
    CacheStore,
    ClaimedSuspension,
    ClaimRefused,
    ClaimRequest,
    Clock,
    Directory,
    Release,
    SecretSource,
    SuspensionStore,
    TokenSigner,
    UserStore,
)
from loginwright_runtime.login.event_building import event_frame
from loginwright_runtime.tokens.sealing import Sealer, digest_of
from loginwright_runtime.tracing.masking import Masker
from loginwright_runtime.tracing.record import RunRecord
from loginwright_runtime.tracing.recorder import RunRecorder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from types import TracebackType
    from typing import Self

    from loginwright_runtime.debugging.protocol import Debugger
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.login.requests import LoginRequest, ResumeRequest
    from loginwright_runtime.transaction.outcome import Allowed, Denied, Failed, Suspended

MAX_STATE_CHARACTERS = 512
NOTHING_TO_MASK = Masker(())
WRITE_WAIT_SECONDS = 10.0
LEASE_MARGIN_SECONDS = 10.0


class FlowEngine:
    """Runs the logins of one flow.

    Args:
        flow: The flow that logins begin with; None for an engine that only resumes.
        users: User profiles.
        suspensions: Suspended logins.
        secrets: Values of the secrets that actions declare.
        signer: Signs tokens; None leaves them out, the claims are told all the same.
        hostnames: Hostnames the engine serves (security.md 16).
        store_keys: Server keys of 32 bytes that seal suspended logins; the first one seals.
        sealer: Instead of ``store_keys``, a sealer; for the command line.
        directory: Roles and groups of users.
        cache: The flow's cache; None: a handler sees only what it set itself.
        clock: The login's clock; None: the system's.
        host: Runs action code; None: a pool of worker processes that belongs to this engine.
        debugger: Looks on; None costs nothing. A ``LineDebugger`` stops on lines too.
        record_lines: Write every line that is reached into the record, with the variables that
            changed; slow, and handlers run in workers of their own for it (security.md 32).
        options: What a login does not carry.
        fresh_modules: Evaluate modules anew for every handler call, so that nothing but the login
            itself decides how it ends; None follows ``options.warm_modules``.

    Raises:
        OptionsError: No server key, or one that is not 32 bytes long; hostnames that are one text.
    """

    def __init__(
        self,
        flow: Flow | None,
        *,
        users: UserStore,
        suspensions: SuspensionStore,
        secrets: SecretSource,
        signer: TokenSigner | None = None,
        hostnames: Collection[str],
        store_keys: Sequence[bytes] = (),
        sealer: Sealer | None = None,
        directory: Directory | None = None,
        cache: CacheStore | None = None,
        clock: Clock | None = None,
        host: ActionHost | None = None,
        debugger: Debugger | None = None,
        options: EngineOptions | None = None,
        fresh_modules: bool | None = None,
        record_lines: bool = False,
    ) -> None:
        """Keep the parts; no worker starts before the first login."""
        self._options = options or EngineOptions()
        self._sealer = sealer or Sealer(store_keys)
        self._versions = FlowVersions(flow)
        self._suspensions = suspensions
        self._secrets = FlowSecrets(secrets)
        self._signer = signer
        self._hostnames = _served(hostnames)
        self._clock = clock or suspensions.clock
        self._own_host = host is None
        self._debugger = debugger
        self._record_lines = record_lines
        fresh = not self._options.warm_modules if fresh_modules is None else fresh_modules
        self._ports = Ports(
            host=host or self._new_pool(),
            users=users,
            cache=cache,
            directory=directory,
            options=self._options,
            fresh_modules=fresh,
        )

    def _new_pool(self) -> ActionHost:
        from loginwright_runtime.hosts.pool import WorkerPool

        return WorkerPool(
            SHAPES, max_workers=self._options.max_workers, heap_mb=self._options.heap_mb
        )

    async def __aenter__(self) -> Self:
        """Return the engine."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers."""
        await self.aclose()

    async def aclose(self) -> None:
        """End the workers of this engine; a host that was given stays."""
        if self._own_host:
            await self._ports.host.aclose()

    async def start(
        self, request: LoginRequest, *, now: float | None = None
    ) -> Allowed | Denied | Suspended | Failed:
        """Run a login from its first action.

        Args:
            request: The login.
            now: Fixes the login's clock, epoch seconds; goes on with a suspension.

        Returns:
            What came of it.

        Raises:
            RequestError: The request cannot be used; nothing ran.
            SecretError: A declared secret has no value; nothing ran.
        """
        flow = self._versions.current
        if flow is None:
            raise RequestError(_no_flow())
        request = prepared_request(request, self._hostnames)
        masker = NOTHING_TO_MASK
        tx = new_transaction(request, now)
        recorder = RunRecorder(RunRecord(tx.id, flow.name, flow.version), 1, self._now(now))
        leg = Leg(flow, request, request.request, tx, {}, {}, {}, recorder, self._now(now))
        try:
            user = await read_user(self._ports.users, request.user_id)
            if user is None:
                raise RequestError(_no_user())
            leg.profile = user.profile
            if user.blocked:
                return refused_outcome(leg, masker, self._options, "The user is blocked.")
            leg.secrets, masker = await self._secrets.of(flow)
            roles = await login_roles(self._ports.directory, request)
            leg.frame = event_frame(request, leg.http, tx.id, roles)
            return await end_leg(self._ending(leg, masker, None))
        except (StoreError, SignerError, HostError) as fault:
            return unavailable_outcome(leg, masker, self._options, fault)

    async def resume(
        self, request: ResumeRequest, *, now: float | None = None
    ) -> Allowed | Denied | Suspended | Failed:
        """Continue a suspended login, also in another process than it began in.

        Args:
            request: What came back.
            now: Moves the login's fixed clock, epoch seconds; None keeps it where it was.

        Returns:
            What came of it. ``Failed`` with kind ``invalid_request`` for an unknown, used,
            expired or foreign state: a page of the server, never a redirect to any client. Its
            ``retry_after`` says when the same return is worth making again, if ever.

        Raises:
            RequestError: The returning request's hostname is not served, or this is no return at
                all; the state stays unused.
            SecretError: A declared secret has no value any more; the state stays unused.
        """
        malformed = shape_problem(request)
        if malformed is not None:
            raise RequestError(malformed)
        refused = self._continuation().refused
        digest = _digest(request.state)
        problem = None if digest is None else request_problem(request)
        if problem is not None or digest is None:
            return refused(ContinuationRefused(problem or "The state is unknown."))
        try:
            claimed = await self._claim(digest, claimed_browser_digest(request))
        except StoreError as fault:
            return refused(ContinuationRefused(str(fault), kind="host"))
        if isinstance(claimed, ClaimRefused):
            return refused(_why_not(claimed))
        guard = ClaimGuard(self._suspensions, claimed, self._lease_seconds)
        try:
            return await continue_login(
                self._continuation(), claimed.suspension, request, guard, now
            )
        finally:
            await guard.close()

    async def _claim(self, digest: str, browser: str | None) -> ClaimedSuspension | ClaimRefused:
        """Claim a state; a caller that gives up meanwhile leaves it unused."""
        claim_id = randomness.token_hex(16)
        request = ClaimRequest(digest, browser, claim_id, self._lease_seconds, self._versions.known)
        try:
            return await self._suspensions.claim(request)
        except asyncio.CancelledError:
            with suppress(StoreError):
                await self._suspensions.settle(Release(digest, claim_id))
            raise

    def _continuation(self) -> Continuation:
        return Continuation(
            ports=self._ports,
            versions=self._versions,
            secrets=self._secrets,
            sealer=self._sealer,
            hostnames=self._hostnames,
            now=self._now,
            ending=self._ending,
        )

    def _ending(self, leg: Leg, masker: Masker, guard: ClaimGuard | None) -> Ending:
        if self._debugger is not None or self._record_lines:
            from loginwright_runtime.engine.looking_on import look_on

            look_on(leg, self._debugger, masker, record_lines=self._record_lines)
        return Ending(
            leg=leg,
            ports=self._ports,
            masker=masker,
            suspensions=self._suspensions,
            sealer=self._sealer,
            signer=self._signer,
            versions=self._versions,
            guard=guard,
        )

    def _now(self, fixed: float | None) -> Callable[[], float]:
        return self._clock.now if fixed is None else lambda: fixed

    @property
    def _lease_seconds(self) -> float:
        """Leg budget, time in the queue, wait for a write, and ten seconds (security.md 11)."""
        options = self._options
        running = options.leg_seconds + options.queue_seconds
        return running + WRITE_WAIT_SECONDS + LEASE_MARGIN_SECONDS


_REFUSALS = {
    "unknown": "The state is unknown.",
    "used": "The state was used before.",
    "expired": "The login has expired.",
}


def _why_not(refused: ClaimRefused) -> ContinuationRefused:
    if refused.lapses_in is None:
        return ContinuationRefused(_REFUSALS[refused.reason])
    seconds = max(1, math.ceil(refused.lapses_in))
    message = (
        "The login is being continued already. "
        f"If that has broken off, it can be tried again in {seconds} s."
    )
    return ContinuationRefused(message, retry_after=seconds)


def _digest(state: object) -> str | None:
    """Return the digest of a state; None for what no engine ever gave out."""
    if not isinstance(state, str) or len(state) > MAX_STATE_CHARACTERS:
        return None
    return digest_of(state)


def _served(hostnames: Collection[str]) -> frozenset[str]:
    if isinstance(hostnames, str):
        raise OptionsError(
            Problem(
                rule="hostnames",
                severity="error",
                message="The hostnames are one text; they have to be a set or a list.",
                remedy="Write hostnames={…} with each hostname in quotation marks.",
                path="hostnames",
            )
        )
    return frozenset(name.lower() for name in hostnames)


def _no_flow() -> Problem:
    return Problem(
        rule="no-flow",
        severity="error",
        message="This engine has no flow to begin a login with.",
        remedy="Give FlowEngine a flow; one without can only resume.",
    )


def _no_user() -> Problem:
    return Problem(
        rule="unknown-user",
        severity="error",
        message="The user store has no user with this id.",
        remedy="Begin a login only for a user that the store can read.",
        path="$.user_id",
    )
