"""Drives one debugged login through the engine that a server builds: legs, answers, its clock."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from loginwright_runtime.cli.debugged_login.happenings import (
    AnswerRefused,
    Ended,
    LoginListener,
    Paused,
    WentAway,
)
from loginwright_runtime.cli.debugged_login.live_host import LiveHost
from loginwright_runtime.cli.debugged_login.stepper import Move, Stepper
from loginwright_runtime.engine import FlowEngine
from loginwright_runtime.engine.beginning import FlowSecrets
from loginwright_runtime.errors import BadInputError
from loginwright_runtime.extension_points import ActionHost, SecretRequest
from loginwright_runtime.flow.model import Flow
from loginwright_runtime.simulation import (
    AnyReply,
    Away,
    FactorReply,
    LoginOutcome,
    ScenarioFile,
    SimulationSettings,
    SimulationStores,
    is_owed_mfa,
    mfa_answer,
    resume_request,
    simulated_login,
)
from loginwright_runtime.simulation.stores import change_user, fill_cache
from loginwright_runtime.tokens.sealing import Sealer
from loginwright_runtime.tracing import record_of
from loginwright_runtime.tracing.masking import Masker, masked
from loginwright_runtime.transaction.outcome import Suspended

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_runtime.debugging import Breakpoint, Pause
    from loginwright_runtime.login.requests import ResumeRequest
    from loginwright_runtime.transaction.outcome import SuspensionInfo

_NO_ANSWER = "The scenario has no answer left; give one."
_NEVER_ARRIVES = "The scenario's answer never arrives. Give another one, or end the login."


@dataclass(frozen=True, slots=True)
class LoginInputs:
    """Which login to debug.

    Attributes:
        flow: As it was read.
        scenario: The login and its answers, with its file.
        settings: How it is run; its host and debugger are not used.
        stop_when_away: Wait for a person's answer; else the scenario answers.
    """

    flow: Flow = field(repr=False)
    scenario: ScenarioFile = field(repr=False)
    settings: SimulationSettings = field(repr=False)
    stop_when_away: bool = True


class DebuggedLogin:
    """One login, from its start to its end, on the running loop.

    Args:
        inputs: What it runs.
        host: Runs the actions; stays the caller's.
        listener: Told what happens.
        breakpoints: Returns the whole set.
        first: How it starts.
    """

    def __init__(
        self,
        inputs: LoginInputs,
        host: ActionHost,
        listener: LoginListener,
        breakpoints: Callable[[], tuple[Breakpoint, ...]],
        first: Move,
    ) -> None:
        self.inputs = inputs
        self.stepper = Stepper(self._paused, breakpoints, first)
        self.away: Away | None = None
        self.masker = Masker(())
        self._scenario = inputs.scenario.usable()
        self._host = host
        self._listener = listener
        self._stores = SimulationStores.in_memory()
        self._secrets: dict[str, dict[str, str]] = {}
        self._fixed_now = self._scenario.now_seconds
        self._next_reply = 0
        self._user_id = ""
        self._hostname = ""
        self._answer: asyncio.Future[AnyReply | None] | None = None

    async def to_the_end(self) -> None:
        """Run the login and tell its listener how it ended, whatever happens."""
        try:
            outcome = await self._run()
        except Exception as error:  # noqa: BLE001 - the task's border: told, and judged there
            self._listener.happened(Ended(error=error))
        else:
            self._listener.happened(Ended(outcome))

    def answer(self, reply: AnyReply | None, move: Move) -> bool:
        """Answer a suspension; False when the login does not wait for an answer.

        Args:
            reply: The answer; None is the scenario's next one.
            move: How the next leg starts.
        """
        if self._answer is None or self._answer.done():
            return False
        self.stepper.go_on(move)
        self._answer.set_result(reply)
        return True

    async def _run(self) -> LoginOutcome:
        inputs, settings = self.inputs, self.inputs.settings
        login = simulated_login(self._scenario, file=inputs.scenario.file)
        self._user_id = login.request.user_id
        self._hostname = login.request.request.hostname or ""
        _values, self.masker = await FlowSecrets(settings.secrets).of(inputs.flow)
        await self._read_secrets()
        await self._stores.users.put(login.profile, blocked=login.blocked)
        await fill_cache(self._stores.cache, inputs.flow.name, login.cache, self._now())
        network = settings.network or self._scenario.network or "none"
        engine = FlowEngine(
            inputs.flow,
            users=self._stores.users,
            suspensions=self._stores.suspensions,
            cache=self._stores.cache,
            secrets=settings.secrets,
            signer=settings.signer,
            hostnames=login.hostnames,
            sealer=Sealer.unkeyed(),
            directory=login.directory,
            host=LiveHost(self._host, self.masker, self._listener.printed),
            debugger=self.stepper,
            options=settings.options.model_copy(update={"network": network}),
            fresh_modules=True,
            record_lines=settings.record_lines,
        )
        async with engine:
            outcome: LoginOutcome = await engine.start(login.request, now=self._fixed_now)
            while isinstance(outcome, Suspended):
                after = await self._back_from(engine, outcome)
                if after is None:
                    return outcome
                outcome = after
            return outcome

    async def _back_from(self, engine: FlowEngine, outcome: Suspended) -> LoginOutcome | None:
        """Return what comes of the first answer that the engine takes; None where none comes."""
        assert outcome.suspension is not None
        if outcome.primary_user is not None:
            self._user_id = outcome.primary_user.to
        self.away = self._where(outcome.suspension)
        try:
            if self.stepper.ending:
                return None
            if not self.inputs.stop_when_away:
                request = await self._own_answer(outcome)
                return None if isinstance(request, str) else await self._sent(engine, request)
            self._listener.happened(WentAway(self.away, record_of(outcome)))
            while True:
                after = await self._asked(engine, outcome)
                if not isinstance(after, str):
                    return after
                self._listener.happened(AnswerRefused(self.masker.text(after)))
        finally:
            self.away = None

    async def _asked(self, engine: FlowEngine, outcome: Suspended) -> LoginOutcome | str:
        """Wait for an answer; return what comes of it, or why it did not move the login on."""
        self._answer = asyncio.get_running_loop().create_future()
        try:
            reply = await self._answer
        finally:
            self._answer = None
        try:
            request = (
                await self._own_answer(outcome) if reply is None else await self._request(reply)
            )
            if isinstance(request, str):
                return request
            after = await self._sent(engine, request)
        except BadInputError as error:
            return str(error)
        if after.error is not None and after.error.kind == "invalid_request":
            return after.error.description
        return after

    async def _sent(self, engine: FlowEngine, request: ResumeRequest) -> LoginOutcome:
        return await engine.resume(request, now=self._fixed_now)

    async def _own_answer(self, outcome: Suspended) -> ResumeRequest | str:
        """Return the scenario's next answer, else the simulated MFA, or why there is none."""
        replies = self._scenario.resume[self._next_reply :]
        if replies and (not is_owed_mfa(outcome) or isinstance(replies[0], FactorReply)):
            self._next_reply += 1
            return await self._request(replies[0]) if replies[0].arrives else _NEVER_ARRIVES
        if not is_owed_mfa(outcome):
            return _NO_ANSWER
        mfa = self.inputs.settings.mfa
        request = await mfa_answer(outcome, mfa, self._scenario.available_factors)
        return _NO_ANSWER if request is None else request

    async def _request(self, reply: AnyReply) -> ResumeRequest:
        assert self.away is not None
        if reply.after_seconds:
            self._fixed_now = self._now() + reply.after_seconds
        if reply.user != {}:
            await change_user(self._stores.users, self._user_id, reply.user)
        return resume_request(reply, self._where(self.away.suspension))

    def _where(self, suspension: SuspensionInfo) -> Away:
        known: dict[str, str] = {}
        for values in self._secrets.values():
            known = {**values, **known}
        return Away(
            suspension=suspension,
            user_id=self._user_id,
            hostname=self._hostname,
            now=self._now(),
            secrets={**known, **self._secrets.get(suspension.action or "", {})},
            place=("resume", self._next_reply),
            file=self.inputs.scenario.file,
        )

    async def _read_secrets(self) -> None:
        """Read the secrets that answers can be signed with."""
        flow, source = self.inputs.flow, self.inputs.settings.secrets
        for action in flow.enabled_actions:
            if action.secrets:
                request = SecretRequest(flow.name, action.id, tuple(action.secrets))
                self._secrets[action.id] = dict(await source.secrets(request))

    def next_reply(self) -> AnyReply | None:
        """Return the scenario's next answer, or None."""
        left = self._scenario.resume[self._next_reply :]
        return left[0] if left else None

    def _now(self) -> float:
        return time.time() if self._fixed_now is None else self._fixed_now

    def _paused(self, pause: Pause) -> None:
        shown = replace(pause, record=masked(pause.record, self.masker))
        self._listener.happened(Paused(shown))
