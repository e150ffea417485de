"""Drives one simulated login through the engine that a server builds: legs, answers, its clock."""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from loginwright_designer.simulation.debug_controller import DebugController
from loginwright_designer.simulation.kept_suspension import KeptSuspension
from loginwright_designer.simulation.login_inputs import LoginInputs, ReadSecrets
from loginwright_designer.simulation.spare_host import SpareHost
from loginwright_runtime.engine import FlowEngine
from loginwright_runtime.errors import RequestError, ScenarioError
from loginwright_runtime.login.requests import ResumeRequest
from loginwright_runtime.simulation import (
    AnyReply,
    Away,
    FactorReply,
    LoginOutcome,
    Reply,
    SimulationSettings,
    SimulationStores,
    is_owed_mfa,
    mfa_answer,
    resume_request,
    simulated_login,
)
from loginwright_runtime.simulation.stores import change_user, fill_cache
from loginwright_runtime.tokens.sealing import Sealer
from loginwright_runtime.tracing import RunRecord, record_of
from loginwright_runtime.transaction.outcome import Suspended, SuspensionInfo

if TYPE_CHECKING:
    from loginwright_runtime.extension_points import ActionHost
    from loginwright_runtime.simulation.event import SimulatedLogin

Refused: TypeAlias = Callable[[LoginOutcome | ScenarioError | RequestError], None]
LeftFor: TypeAlias = Callable[[Away, RunRecord], None]


@dataclass(slots=True)
class LoginDriver:
    """One login, from its start to its end.

    Attributes:
        inputs: What it runs.
        settings: How it is run.
        secrets: Values read when it began.
        controller: Looks on.
        went_away: Told where the login waits and what happened, before an answer is awaited.
        refused: Told of an answer that did not move the login on.
        on_its_own: Answer with the scenario's replies while there are any (Ctrl+F5).
        first_answer: Given as soon as an answer is asked for.
        kept: The login as it last went away to another site; a second factor or a form asked for
            later leaves it. Set from the start, the login goes on from there on a copy, and no
            action that ran before runs again.
        record_lines: Write every line into the record; slow.
        away: Where the login waits, or None.
        hosts: Where its workers come from.
    """

    inputs: LoginInputs
    settings: SimulationSettings
    secrets: ReadSecrets
    controller: DebugController
    went_away: LeftFor
    refused: Refused
    on_its_own: bool = False
    first_answer: AnyReply | ResumeRequest | None = None
    kept: KeptSuspension | None = None
    record_lines: bool = False
    away: Away | None = None
    hosts: SpareHost = field(default_factory=SpareHost)
    _stores: SimulationStores = field(default_factory=SimulationStores.in_memory)
    _fixed_now: float | None = None
    _next_reply: int = 0
    _user_id: str = ""
    _hostname: str = ""
    _answer: asyncio.Future[AnyReply | ResumeRequest] | None = None

    async def to_the_end(self) -> LoginOutcome:
        """Run the login; waits for ``answer`` whenever it is away.

        Raises:
            ScenarioError: The event cannot be used.
            SecretError: A declared secret has no value; nothing ran.
        """
        login = simulated_login(self.inputs.scenario, file=self.inputs.file)
        if self.kept is not None:
            self._go_back_to(self.kept)
        else:
            self._fixed_now = self.inputs.scenario.now_seconds
            self._user_id = login.request.user_id
            self._hostname = login.request.request.hostname or ""
            await self._stores.users.put(login.profile, blocked=login.blocked)
            await fill_cache(self._stores.cache, self.inputs.flow.name, login.cache, self.now())
        host = None
        if self.settings.host is None:
            host = await self.hosts.take(self.inputs, self.settings)
        try:
            return await self._run(login, host or self.settings.host)
        finally:
            if host is not None:
                await host.aclose()

    async def _run(self, login: SimulatedLogin, host: ActionHost | None) -> LoginOutcome:
        settings = replace(self.settings, host=host, record_lines=self.record_lines)
        engine = built_engine(self.inputs, settings, self.secrets, self._stores, self.controller)
        async with engine:
            outcome: LoginOutcome
            if self.kept is not None:
                outcome = self.kept.outcome
            else:
                outcome = await engine.start(login.request, now=self._fixed_now)
            while isinstance(outcome, Suspended):
                outcome = await self._back_from(engine, outcome)
            return outcome

    def _go_back_to(self, kept: KeptSuspension) -> None:
        """Stand where a login went away."""
        self._stores = kept.stores_copied()
        self._fixed_now = kept.fixed_now
        self._user_id = kept.away.user_id
        self._hostname = kept.away.hostname
        self._next_reply = kept.next_reply

    def now(self) -> float:
        """The login's clock, epoch seconds."""
        return time.time() if self._fixed_now is None else self._fixed_now

    @property
    def clock_is_fixed(self) -> bool:
        """Whether the login's clock stands still."""
        return self._fixed_now is not None

    def wait(self, seconds: float) -> None:
        """Let time pass for a login that is away; its clock stands still from then on."""
        self._fixed_now = self.now() + seconds
        if self.away is not None:
            self.away = self._where(self.away.suspension)

    def answer(self, reply: AnyReply | ResumeRequest) -> bool:
        """Answer for the other site; False when the login does not wait for an answer."""
        if self._answer is None or self._answer.done():
            return False
        self._answer.set_result(reply)
        return True

    async def _back_from(self, engine: FlowEngine, outcome: Suspended) -> LoginOutcome:
        """Return what comes of the first answer that the engine takes."""
        assert outcome.suspension is not None
        if outcome.primary_user is not None:
            self._user_id = outcome.primary_user.to
        self.away = self._where(outcome.suspension)
        if outcome.suspension.kind == "redirect":
            self.kept = self._as_it_stands(outcome, self.away)
        refused = False
        while True:
            try:
                request = None if refused else await self._own_answer(outcome)
                if request is None:
                    if self.first_answer is None:
                        self.went_away(self.away, record_of(outcome))
                    request = await self._asked_answer()
                after = await engine.resume(request, now=self._fixed_now)
            except (ScenarioError, RequestError) as error:
                refused = True
                self.refused(error)
                continue
            if after.error is None or after.error.kind != "invalid_request":
                self.away = None
                return after
            refused = True
            self.refused(after)

    async def _asked_answer(self) -> ResumeRequest:
        first, self.first_answer = self.first_answer, None
        if first is not None:
            return await self._request(first)
        self._answer = asyncio.get_running_loop().create_future()
        try:
            reply = await self._answer
        finally:
            self._answer = None
        return await self._request(reply)

    async def _own_answer(self, outcome: Suspended) -> ResumeRequest | None:
        """Return the scenario's next answer in a login that answers for itself, or None."""
        if not self.on_its_own:
            return None
        replies = self.inputs.scenario.resume[self._next_reply :]
        if replies and (not is_owed_mfa(outcome) or isinstance(replies[0], FactorReply)):
            if not replies[0].arrives:
                return None
            return await self._request(replies[0])
        if is_owed_mfa(outcome):
            factors = self.inputs.scenario.available_factors
            return await mfa_answer(outcome, self.settings.mfa, factors)
        return None

    async def _request(self, reply: AnyReply | ResumeRequest) -> ResumeRequest:
        assert self.away is not None
        if not isinstance(reply, Reply):
            return reply
        self._next_reply += 1
        if reply.after_seconds:
            self.wait(reply.after_seconds)
        if reply.user != {}:
            await change_user(self._stores.users, self._user_id, reply.user)
        self.away = self._where(self.away.suspension)  # the site signs now, not when it was left
        return resume_request(reply, self.away)

    def _where(self, suspension: SuspensionInfo) -> Away:
        return Away(
            suspension=suspension,
            user_id=self._user_id,
            hostname=self._hostname,
            now=self.now(),
            secrets=self.secrets.known_to_site(suspension.action),
            place=("resume", self._next_reply),
            file=self.inputs.file,
        )

    def _as_it_stands(self, outcome: Suspended, away: Away) -> KeptSuspension:
        """Return a copy of the login that later answers leave alone."""
        return KeptSuspension(
            self.inputs,
            self.secrets,
            copy.deepcopy(self._stores),
            outcome,
            away,
            self._fixed_now,
            self._next_reply,
        )


def built_engine(
    inputs: LoginInputs,
    settings: SimulationSettings,
    secrets: ReadSecrets,
    stores: SimulationStores,
    debugger: DebugController | None = None,
) -> FlowEngine:
    """Return the engine that a server builds, on stores in memory.

    Args:
        inputs: What runs.
        settings: How it is run.
        secrets: Values of the secrets.
        stores: Where the login keeps what it needs.
        debugger: Looks on, or None.

    Raises:
        ScenarioError: The event cannot be used.
    """
    login = simulated_login(inputs.scenario, file=inputs.file)
    network = settings.network or inputs.scenario.network or "none"
    return FlowEngine(
        inputs.flow,
        users=stores.users,
        suspensions=stores.suspensions,
        cache=stores.cache,
        secrets=secrets,
        signer=settings.signer,
        hostnames=login.hostnames,
        sealer=Sealer.unkeyed(),
        directory=login.directory,
        host=settings.host,
        debugger=debugger,
        options=settings.options.model_copy(update={"network": network}),
        fresh_modules=True,
        record_lines=settings.record_lines,
    )
