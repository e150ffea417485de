"""``loginwright run``: one login, with the scenario's answers to its suspensions."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.cli.asking import mfa_answers
from loginwright_runtime.cli.engine_parts import (
    engine_options,
    network_of,
    secret_source,
    token_signer,
)
from loginwright_runtime.cli.exit_status import status_of
from loginwright_runtime.cli.meanwhile import meanwhile
from loginwright_runtime.cli.run_report import report
from loginwright_runtime.cli.screen import shown
from loginwright_runtime.cli.sound_code import refuse_broken_code
from loginwright_runtime.cli.trace_file import check_trace_options, write_trace
from loginwright_runtime.cli.values import ValueReader
from loginwright_runtime.cli.workers import worker_pool
from loginwright_runtime.engine.beginning import FlowSecrets
from loginwright_runtime.errors import HostError, Problem, ScenarioError
from loginwright_runtime.flow.loading import load_flow
from loginwright_runtime.simulation import (
    Scenario,
    ScenarioFile,
    ScenarioRun,
    SimulationSettings,
    SimulationStores,
    find_scenario,
    list_scenarios,
    load_scenario,
    pick_scenario,
    read_scenario,
    run_scenario,
    simulated_login,
)
from loginwright_runtime.tokens.key_signer import load_signatures

if TYPE_CHECKING:
    from loginwright_runtime.cli.arguments import RunArguments
    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.cli.screen import Screen
    from loginwright_runtime.engine.options import EngineOptions
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.hosts.pool import WorkerPool
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.simulation import Network


def execute(arguments: RunArguments, screen: Screen, early: EarlyWorker) -> int:
    """Run one login and tell what came of it."""
    check_trace_options(arguments.trace, unredacted=arguments.unredacted)
    return asyncio.run(_Run(arguments, screen, early).finish())


class _Run:
    """One ``run`` command."""

    def __init__(self, arguments: RunArguments, screen: Screen, early: EarlyWorker) -> None:
        values = ValueReader()
        self._arguments = arguments
        self._screen = screen
        self._early = early
        self._options = engine_options(arguments)
        self._secrets = secret_source(arguments, values)
        self._signer = token_signer(arguments, self._options, screen)
        self._flow = load_flow(arguments.flow)
        self._file = _scenario_of(arguments, values)
        self._scenario = self._file.usable()
        refuse_broken_code(self._flow)

    async def finish(self) -> int:
        """Run the login, write the trace, report."""
        result = await self._result()
        if self._arguments.trace is not None:
            _secrets, masker = await FlowSecrets(self._secrets).of(self._flow)
            write_trace(
                self._arguments.trace,
                result.record,
                masker,
                unredacted=self._arguments.unredacted,
            )
        self._tell(result)
        return status_of(result.outcome)

    async def _result(self) -> ScenarioRun:
        async with AsyncExitStack() as stack:
            pool = await stack.enter_async_context(
                worker_pool(self._options, self._early, spared=1)
            )
            await _begin_warming(pool, self._flow)
            stores = await _stores(stack, self._arguments.store)
            await stack.enter_async_context(meanwhile(load_signatures))
            return await run_scenario(
                self._flow,
                self._scenario,
                SimulationSettings(
                    secrets=self._secrets,
                    host=pool,
                    signer=self._signer,
                    options=self._options,
                    network=_network(self._arguments, self._options, self._scenario),
                    mfa=mfa_answers(self._arguments.mfa, self._screen),
                ),
                stores=stores,
                file=self._file.file,
            )

    def _tell(self, result: ScenarioRun) -> None:
        outcome, screen = result.outcome, self._screen
        if screen.json:
            screen.document(outcome.model_dump(mode="json"))
            return
        screen.line((shown(self._flow.name), "strong"), (f"  {shown(self._scenario.name)}", "dim"))
        for line in report(outcome, action_names(self._flow)):
            screen.line(*line)
        if outcome.status == "suspended":
            for text in self._how_to_resume(outcome.suspension.state if outcome.suspension else ""):
                screen.line((text, "plain"))
        elif result.unused_replies:
            count = result.unused_replies
            were = "was" if count == 1 else "were"
            screen.note(f"{count} of the scenario's answers {were} not asked for.")

    def _how_to_resume(self, state: str) -> list[str]:
        if self._arguments.store is None:
            return [
                "    This login ends here. With --store FILE it is kept, and resume continues it."
            ]
        return [
            "    Continue it with",
            f"      loginwright resume --store {self._arguments.store} --state {state}",
            "    or with --state - and the state on standard input, which ps does not show.",
        ]


async def _begin_warming(pool: WorkerPool, flow: Flow) -> None:
    """Tell the worker its flow already, so that it reads it while the login is prepared."""
    with suppress(HostError):  # Whether it is needed at all will turn out.
        pool.warm(flow)
    await asyncio.sleep(0)


def action_names(flow: Flow) -> dict[str, str]:
    """Return what people call each action."""
    return {action.id: action.name for action in flow.actions}


def _network(arguments: RunArguments, options: EngineOptions, scenario: Scenario) -> Network:
    given, fallback = network_of(arguments, options, "open")
    return given or scenario.network or fallback


async def _stores(stack: AsyncExitStack, path: str | None) -> SimulationStores:
    if path is None:
        return SimulationStores.in_memory()
    from loginwright_runtime.stores.sqlite import SqliteStore

    store = await stack.enter_async_context(SqliteStore(path))
    return SimulationStores(store.users, store.suspensions, store.cache)


def _scenario_of(arguments: RunArguments, values: ValueReader) -> ScenarioFile:
    """Return the scenario to run: named, a file's, one made of an event, or the default login."""
    if arguments.event is not None:
        event, name = values.object(arguments.event, "--event")
        return ScenarioFile(name, _scenario_of_event(event, name))
    if arguments.scenario is None:
        return ScenarioFile("the default login", Scenario(name="Default login"))
    if arguments.scenario.startswith(("-", "@")):
        return read_scenario(*values.content(arguments.scenario, "--scenario"))
    return _named(Path(arguments.flow), arguments.scenario)


def _scenario_of_event(event: JsonObject, name: str) -> Scenario:
    """Return the scenario of a file that holds an event alone; its problems name places in it."""
    if str(event.get("format", "")).startswith("loginwright/scenario@"):
        message = "This is a scenario, not an event."
        raise ScenarioError(
            Problem("not-an-event", "error", message, "Give it with --scenario.", name)
        )
    if "secrets" in event:
        message = "Values of secrets never stand in an event."
        remedy = "Give them with --secrets, --secrets-dir or LOGINWRIGHT_SECRET_<NAME>."
        problem = Problem("invalid-event", "error", message, remedy, name, path="$.secrets")
        raise ScenarioError(problem)
    scenario = Scenario(name="Event", event=event)
    try:
        simulated_login(scenario, file=name)
    except ScenarioError as error:
        raise ScenarioError(*(_within_event(problem) for problem in error.problems)) from None
    return scenario


def _within_event(problem: Problem) -> Problem:
    path = None if problem.path is None else problem.path.replace("$.event", "$", 1)
    return replace(problem, path=path)


def _named(flow: Path, wanted: str) -> ScenarioFile:
    known = list_scenarios(flow)
    found = find_scenario(known, wanted)
    if found is not None:
        return found
    path = Path(wanted)
    if path.is_file():
        return load_scenario(path)
    return pick_scenario(known, wanted)
