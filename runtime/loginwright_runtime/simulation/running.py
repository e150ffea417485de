"""Runs scenarios: a whole login each, with the scenario's answers to its suspensions."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from loginwright_runtime.engine import FlowEngine
from loginwright_runtime.errors import ScenarioError
from loginwright_runtime.extension_points import SecretRequest
from loginwright_runtime.simulation.checks import undeclared_secret
from loginwright_runtime.simulation.event import simulated_login
from loginwright_runtime.simulation.expectations import Difference, differences
from loginwright_runtime.simulation.mfa import is_owed_mfa, mfa_answer
from loginwright_runtime.simulation.model import FactorReply
from loginwright_runtime.simulation.replies import Away, resume_request, secret_names
from loginwright_runtime.simulation.stores import SimulationStores, change_user, fill_cache
from loginwright_runtime.tokens.sealing import Sealer
from loginwright_runtime.tracing.attached import record_of
from loginwright_runtime.tracing.record import RunRecord
from loginwright_runtime.transaction.outcome import Allowed, Denied, Failed, Suspended

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.extension_points import SecretSource
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.login.requests import ResumeRequest
    from loginwright_runtime.simulation.event import SimulatedLogin
    from loginwright_runtime.simulation.mfa import MfaAnswers
    from loginwright_runtime.simulation.model import AnyReply, Network, Scenario
    from loginwright_runtime.simulation.settings import SimulationSettings

LoginOutcome: TypeAlias = Allowed | Denied | Suspended | Failed


@dataclass(frozen=True, slots=True)
class ScenarioRun:
    """What came of a scenario.

    Attributes:
        outcome: Of what was sent last. Where the last answer is sent again (``send_times``), that
            is the outcome of the replay: the replay is what such a scenario tests.
        outcomes: Every outcome, in order: the start's, then one for each answer sent.
        differences: Where ``outcome`` is not what the scenario expects, and replays that were not
            refused.
        duration_ms: Of the whole run, suspensions included; real time.
        record: What happened in the login.
        unused_replies: Answers that nothing asked for.
    """

    outcome: LoginOutcome = field(repr=False)
    outcomes: tuple[LoginOutcome, ...] = field(repr=False)
    differences: tuple[Difference, ...]
    duration_ms: float
    record: RunRecord = field(repr=False)
    unused_replies: int = 0

    @property
    def ok(self) -> bool:
        """Whether all is as the scenario expects."""
        return not self.differences


async def run_scenario(
    flow: Flow,
    scenario: Scenario,
    settings: SimulationSettings,
    *,
    stores: SimulationStores | None = None,
    file: str | None = None,
) -> ScenarioRun:
    """Run one scenario and compare what came of it.

    Modules are evaluated afresh, so that the order of scenarios changes nothing.

    Args:
        flow: Which flow.
        scenario: The login and its answers.
        settings: How it is run.
        stores: Where it keeps what it needs; None: in memory. The scenario's user replaces the
            store's profile, its cache values those of the store.
        file: The scenario's file, for problems.

    Raises:
        ScenarioError: The event, or an answer, cannot be used.
        SecretError: A declared secret has no value; nothing ran.
        StoreError: ``stores`` failed before the login began.
    """
    began = time.perf_counter()
    login = simulated_login(scenario, file=file)
    places = stores or SimulationStores.in_memory()
    engine = FlowEngine(
        flow,
        users=places.users,
        suspensions=places.suspensions,
        cache=places.cache,
        secrets=settings.secrets,
        signer=settings.signer,
        hostnames=login.hostnames,
        sealer=Sealer.unkeyed(),
        directory=login.directory,
        host=settings.host,
        debugger=settings.debugger,
        options=settings.options.model_copy(update={"network": _network(scenario, settings)}),
        fresh_modules=True,
        record_lines=settings.record_lines,
    )
    async with engine:
        shared = await _shared_secrets(flow, scenario, settings.secrets, file)
        run = _Run(engine, scenario, login, places, settings.mfa, shared, file)
        await run.prepare(flow.name)
        await run.to_the_end()
    return _result(run, (time.perf_counter() - began) * 1000)


class _Run:
    """One run of a scenario: its engine, its clock, its outcomes so far."""

    def __init__(
        self,
        engine: FlowEngine,
        scenario: Scenario,
        login: SimulatedLogin,
        stores: SimulationStores,
        mfa: MfaAnswers,
        shared: Mapping[str, Mapping[str, str]],
        file: str | None,
    ) -> None:
        self._engine = engine
        self._login = login
        self._stores = stores
        self._mfa: MfaAnswers = mfa
        self._shared = shared
        self._file = file
        self._fixed_now = scenario.now_seconds
        self._next = 0
        self.scenario = scenario
        self.outcomes: list[LoginOutcome] = []
        self.accepted_replays: list[Difference] = []

    @property
    def unused_replies(self) -> int:
        return len(self.scenario.resume) - self._next

    async def prepare(self, flow_name: str) -> None:
        """Put the scenario's user and cache into the stores."""
        await self._stores.users.put(self._login.profile, blocked=self._login.blocked)
        await fill_cache(self._stores.cache, flow_name, self._login.cache, self._now())

    async def to_the_end(self) -> None:
        """Start the login and answer its suspensions while there are answers."""
        outcome = await self._engine.start(self._login.request, now=self._fixed_now)
        self.outcomes.append(outcome)
        while isinstance(outcome, Suspended):
            after = await self._answered(outcome)
            if after is None:
                return
            outcome = after

    async def _answered(self, outcome: Suspended) -> LoginOutcome | None:
        """Return what comes of the next answer; None when there is none."""
        reply = self._next_reply(outcome)
        if reply is None:
            return await self._answer_mfa(outcome)
        place = self._next
        self._next += 1
        if reply.after_seconds:
            self._fixed_now = self._now() + reply.after_seconds
        user_id = _user_id(outcome, self._login.request.user_id)
        if reply.user != {}:
            await change_user(self._stores.users, user_id, reply.user)
        if not reply.arrives:
            return outcome
        request = resume_request(reply, self._away(outcome, user_id, place))
        first = await self._send(request)
        for _ in range(reply.send_times - 1):
            self._judge_replay(await self._send(request), place)
        return first

    def _next_reply(self, outcome: Suspended) -> AnyReply | None:
        """Return the scenario's next answer; MFA owed at the end takes only one for a factor."""
        if self._next >= len(self.scenario.resume):
            return None
        reply = self.scenario.resume[self._next]
        if is_owed_mfa(outcome) and not isinstance(reply, FactorReply):
            return None
        return reply

    async def _answer_mfa(self, outcome: Suspended) -> LoginOutcome | None:
        if not is_owed_mfa(outcome):
            return None
        request = await mfa_answer(outcome, self._mfa, self.scenario.available_factors)
        return None if request is None else await self._send(request)

    async def _send(self, request: ResumeRequest) -> LoginOutcome:
        outcome = await self._engine.resume(request, now=self._fixed_now)
        self.outcomes.append(outcome)
        return outcome

    def _judge_replay(self, outcome: LoginOutcome, place: int) -> None:
        kind = outcome.error.kind if outcome.error is not None else None
        if kind != "invalid_request":
            path = f"$.resume[{place}].send_times"
            self.accepted_replays.append(Difference(path, "invalid_request", outcome.status))

    def _away(self, outcome: Suspended, user_id: str, place: int) -> Away:
        assert outcome.suspension is not None
        action = outcome.suspension.action
        secrets: dict[str, str] = {}
        for values in self._shared.values():
            secrets = {**values, **secrets}
        return Away(
            suspension=outcome.suspension,
            user_id=user_id,
            hostname=self._login.request.request.hostname or "",
            now=self._now(),
            secrets={**secrets, **self._shared.get(action or "", {})},
            browser=self._login.request.browser,
            place=("resume", place),
            file=self._file,
        )

    def _now(self) -> float:
        return time.time() if self._fixed_now is None else self._fixed_now


async def _shared_secrets(
    flow: Flow, scenario: Scenario, source: SecretSource, file: str | None
) -> dict[str, dict[str, str]]:
    """Return the secrets that the scenario's replies are signed with, by action and name."""
    names = secret_names(scenario)
    if not names:
        return {}
    shared: dict[str, dict[str, str]] = {}
    for action in flow.enabled_actions:
        asked = tuple(name for name in action.secrets if name in names)
        if asked:
            request = SecretRequest(flow.name, action.id, asked)
            shared[action.id] = dict(await source.secrets(request))
    declared = {name for action in flow.actions for name in action.secrets}
    undeclared = sorted(names - declared)
    if undeclared:
        raise ScenarioError(*(undeclared_secret(name, file) for name in undeclared))
    return shared


def _network(scenario: Scenario, settings: SimulationSettings) -> Network:
    options = settings.options
    given = options.network if "network" in options.model_fields_set else "none"
    return settings.network or scenario.network or given


def _user_id(outcome: LoginOutcome, before: str) -> str:
    return outcome.primary_user.to if outcome.primary_user is not None else before


def _result(run: _Run, duration_ms: float) -> ScenarioRun:
    outcome = run.outcomes[-1]
    found: tuple[Difference, ...] = ()
    if run.scenario.expect is not None:
        found = differences(run.scenario.expect, outcome.model_dump(mode="json"))
    records = [record_of(entry) for entry in run.outcomes]
    return ScenarioRun(
        outcome=outcome,
        outcomes=tuple(run.outcomes),
        differences=(*run.accepted_replays, *found),
        duration_ms=duration_ms,
        record=max(records, key=lambda record: len(record.entries)),
        unused_replies=run.unused_replies,
    )
