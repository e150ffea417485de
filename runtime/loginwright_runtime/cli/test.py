"""``loginwright test``: every scenario of a flow against what it expects."""

from __future__ import annotations

import asyncio
import sys
import time
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
from loginwright_runtime.cli.exit_status import DIFFERENT, OK
from loginwright_runtime.cli.output_file import refuse_missing_folder, write_output
from loginwright_runtime.cli.scenario_rows import ScenarioRow, junit, row_of
from loginwright_runtime.cli.screen import shown
from loginwright_runtime.cli.sound_code import refuse_broken_code
from loginwright_runtime.cli.values import ValueReader
from loginwright_runtime.cli.workers import worker_pool
from loginwright_runtime.errors import ScenarioError
from loginwright_runtime.flow.loading import load_flow
from loginwright_runtime.simulation import (
    ScenarioFile,
    ScenarioResult,
    SimulationSettings,
    list_scenarios,
    pick_scenario,
    run_scenarios,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.cli.arguments import TestArguments
    from loginwright_runtime.cli.early_worker import EarlyWorker
    from loginwright_runtime.cli.screen import Screen, Span

_QUIET_SECONDS = 0.3


def execute(arguments: TestArguments, screen: Screen, early: EarlyWorker) -> int:
    """Run the scenarios and tell which of them end as expected."""
    refuse_missing_folder(arguments.junit, "report")
    values = ValueReader()
    options = engine_options(arguments)
    secrets = secret_source(arguments, values)
    signer = token_signer(arguments, options, screen)
    flow = load_flow(arguments.flow)
    files = _chosen(arguments)
    refuse_broken_code(flow)
    given, fallback = network_of(arguments, options, "none")
    settings = SimulationSettings(
        secrets=secrets,
        signer=signer,
        options=options.model_copy(update={"network": fallback}),
        network=given,
        mfa=mfa_answers(arguments.mfa, screen),
    )
    progress = _Progress(len(files), shown_to_people=not screen.json)

    async def run() -> list[ScenarioResult]:
        async with worker_pool(options, early) as pool:
            with_host = replace(settings, host=pool)
            return await run_scenarios(flow, files, with_host, finished=progress.one_more)

    results = asyncio.run(run())
    progress.clear()
    entries = [
        row_of(entry, result, strict=arguments.strict)
        for entry, result in zip(files, results, strict=True)
    ]
    if arguments.junit is not None:
        write_output(arguments.junit, junit(flow.name, entries), "report")
    _tell(screen, flow.name, entries)
    return OK if all(entry.ok for entry in entries) else DIFFERENT


def _chosen(arguments: TestArguments) -> list[ScenarioFile]:
    """Return the scenarios to run; all of them have to be usable.

    Raises:
        ScenarioError: One cannot be read, or there is none of a given name.
    """
    known = list_scenarios(Path(arguments.flow))
    if arguments.scenario:
        picked = [pick_scenario(known, wanted) for wanted in arguments.scenario]
        chosen = list({entry.file: entry for entry in picked}.values())
    else:
        chosen = list(known)
    problems = [problem for entry in chosen for problem in entry.problems]
    if problems:
        raise ScenarioError(*problems)
    return chosen


class _Progress:
    """Counts finished scenarios on a terminal's standard error, once it takes a while."""

    def __init__(self, total: int, *, shown_to_people: bool) -> None:
        self._total = total
        self._done = 0
        self._began = time.monotonic()
        self._visible = shown_to_people and sys.stderr.isatty()
        self._written = False

    def one_more(self, _index: int, _result: ScenarioResult) -> None:
        """Count one."""
        self._done += 1
        if self._visible and time.monotonic() - self._began > _QUIET_SECONDS:
            sys.stderr.write(f"\r{self._done} of {self._total} scenarios")
            sys.stderr.flush()
            self._written = True

    def clear(self) -> None:
        """Remove the count."""
        if self._written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _tell(screen: Screen, flow_name: str, entries: Sequence[ScenarioRow]) -> None:
    failed = sum(not entry.ok for entry in entries)
    passed = len(entries) - failed
    if screen.json:
        screen.document(
            {
                "flow": flow_name,
                "passed": passed,
                "failed": failed,
                "scenarios": [entry.to_json() for entry in entries],
            }
        )
        return
    for entry in entries:
        mark: Span = ("✓ ", "good") if entry.ok else ("✗ ", "bad")
        time_taken = f"  {entry.status}, {entry.duration_ms:.0f} ms"
        screen.line(mark, (shown(entry.name), "plain"), (time_taken, "dim"))
        for line in entry.lines():
            screen.line((f"    {shown(line)}", "plain"))
    if not entries:
        screen.note("The flow has no scenarios.")
    screen.line((f"{passed} passed, {failed} failed", "bad" if failed else "good"))
