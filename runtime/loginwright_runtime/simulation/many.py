"""Runs many scenarios of one flow, several at once on one host."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.engine.beginning import FlowSecrets
from loginwright_runtime.errors import BadInputError, LoginwrightError, Problem
from loginwright_runtime.simulation.running import ScenarioRun, run_scenario

if TYPE_CHECKING:
    from loginwright_runtime.extension_points import ActionHost
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation.reading import ScenarioFile
    from loginwright_runtime.simulation.settings import SimulationSettings

AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class UnusableScenario:
    """A scenario that could not be run, with why."""

    problems: tuple[Problem, ...]


ScenarioResult: TypeAlias = ScenarioRun | UnusableScenario
Finished: TypeAlias = Callable[[int, ScenarioResult], None]


async def run_scenarios(
    flow: Flow,
    scenarios: Sequence[ScenarioFile],
    settings: SimulationSettings,
    *,
    at_once: int = AT_ONCE,
    finished: Finished = lambda _index, _result: None,
) -> list[ScenarioResult]:
    """Run scenarios, each with stores of its own, and return their results in the same order.

    Args:
        flow: Which flow.
        scenarios: Which scenarios; unusable files give unusable results.
        settings: How they are run; without a host, one pool of workers serves them all.
        at_once: How many run at the same time.
        finished: Told index and result of each as it ends.

    Raises:
        SecretError: A declared secret has no value; nothing ran.
        LoginwrightError: The first that a scenario raised; the others were ended.
    """
    await FlowSecrets(settings.secrets).of(flow)
    results: list[ScenarioResult] = [UnusableScenario(())] * len(scenarios)
    waiting = iter(enumerate(scenarios))

    async def take_turns(with_host: SimulationSettings) -> None:
        for index, entry in waiting:
            results[index] = await _result_of(flow, entry, with_host)
            finished(index, results[index])

    host = settings.host or _new_pool(flow, settings)
    with_host = replace(settings, host=host)
    try:
        async with _own_errors(), asyncio.TaskGroup() as group:
            for _ in range(min(at_once, len(scenarios))):
                group.create_task(take_turns(with_host))
    finally:
        if settings.host is None:
            await host.aclose()
    return results


@asynccontextmanager
async def _own_errors() -> AsyncGenerator[None]:
    """Raise the first error that was raised on purpose without its group; faults keep theirs."""
    try:
        yield
    except ExceptionGroup as group:
        ours, faults = group.split(LoginwrightError)
        error: BaseException | None = ours
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        if faults is not None or error is None:
            raise
        raise error from None


async def _result_of(
    flow: Flow, entry: ScenarioFile, settings: SimulationSettings
) -> ScenarioResult:
    try:
        return await run_scenario(flow, entry.usable(), settings, file=entry.file)
    except BadInputError as error:
        return UnusableScenario(error.problems)


def _new_pool(flow: Flow, settings: SimulationSettings) -> ActionHost:
    from loginwright_runtime.hosts.pool import WorkerPool

    options = settings.options
    return WorkerPool(SHAPES, max_workers=options.max_workers, heap_mb=options.heap_mb)
