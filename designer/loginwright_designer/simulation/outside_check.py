"""Tests an exported bundle in a process of its own, and compares with what the designer found."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import orjson
from PySide6.QtCore import QCoreApplication, QObject, Signal

from loginwright_designer.document.export_checks import Standing
from loginwright_designer.simulation.scenario_results import Ending, ScenarioResult, ScenarioState
from loginwright_runtime.errors import FlowError
from loginwright_runtime.hosts.waiting import to_the_end
from loginwright_runtime.simulation.placeholder_secrets import placeholder
from loginwright_runtime.stores.secret_sources import ENVIRONMENT_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from loginwright_designer.document.flow_export import ExportWritten, FlowExport
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

translate = QCoreApplication.translate

LONGEST_SECONDS = 300
_END_SECONDS = 3
_MOST_WORDS = 2_000

STATUS_OF: Mapping[Ending, str] = {
    Ending.ALLOWED: "allowed",
    Ending.DENIED: "denied",
    Ending.FAILED: "failed",
    Ending.AWAY: "suspended",
}
_STANDINGS: Mapping[ScenarioState, Standing] = {
    ScenarioState.AS_EXPECTED: Standing.AS_EXPECTED,
    ScenarioState.DIFFERS: Standing.DIFFERS,
    ScenarioState.RUNNING: Standing.RUNNING,
}


def standings_of(results: Iterable[ScenarioResult]) -> dict[str, Standing]:
    """Return how each scenario stands for an export, by file; not run and stale are the same."""
    return {result.file: _STANDINGS.get(result.state, Standing.STALE) for result in results}


@dataclass(frozen=True, slots=True)
class OutsideEnd:
    """How a scenario ended outside.

    Attributes:
        file: ``scenarios/first-login.json``.
        name: What people call it.
        status: Of its outcome, or ``invalid``.
        differing: JSON paths where it is not what was expected.
    """

    file: str
    name: str
    status: str
    differing: frozenset[str]


@dataclass(frozen=True, slots=True)
class ComparedScenario:
    """A scenario here and outside.

    Attributes:
        file: ``scenarios/first-login.json``.
        name: What people call it.
        here: Its status in the designer; None where there is no result that counts.
        outside: Its status outside.
        same: Whether both end alike; None where there is nothing to compare with.
    """

    file: str
    name: str
    here: str | None
    outside: str
    same: bool | None


@dataclass(frozen=True, slots=True)
class OutsideCompared:
    """The bundle ran outside.

    Attributes:
        rows: Every scenario.
        is_copy: Whether a copy was tested, because the bundle holds no scenarios.
    """

    rows: tuple[ComparedScenario, ...]
    is_copy: bool = False

    @property
    def all_same(self) -> bool:
        """Whether every scenario ends as in the designer."""
        return all(row.same for row in self.rows)

    @property
    def words(self) -> str:
        """The result in one sentence: "12 of 12 scenarios end as in the designer"."""
        if not self.rows:
            return translate("Export", "The bundle loads; it has no scenario to compare")
        same = sum(row.same is True for row in self.rows)
        words = translate("Export", "{same} of {all} scenarios end as in the designer")
        return words.format(same=same, all=len(self.rows))


@dataclass(frozen=True, slots=True)
class OutsideFailed:
    """The bundle could not be tested.

    Attributes:
        message: Why, one sentence.
        remedy: What to do about it.
    """

    message: str
    remedy: str


OutsideResult: TypeAlias = OutsideCompared | OutsideFailed


def runtime_program() -> tuple[str, ...]:
    """Return how the command line is started: this Python, without the current folder in reach."""
    call = "import sys; from loginwright_runtime.cli import main; sys.exit(main())"
    return (sys.executable, "-P", "-c", call)


def check_environment(base: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return the environment of the process: placeholder secrets, and none of the user's own.

    Only Run, Step and Continue use real values (security.md 29); scenarios mint what the site
    sends with the same placeholders, so that their logins end as the designer's own.
    """
    kept = {name: value for name, value in base.items() if not name.startswith(ENVIRONMENT_PREFIX)}
    return kept | {f"{ENVIRONMENT_PREFIX}{name}": placeholder(name) for name in names}


def read_ends(printed: bytes) -> tuple[OutsideEnd, ...]:
    """Read what ``test --json`` printed; ValueError when it is something else."""
    document: JsonValue = orjson.loads(printed)
    match document:
        case {"scenarios": [*rows]}:
            return tuple(_end(row) for row in rows)
        case _:
            raise ValueError("no result of a test")


def compare_ends(
    ends: Sequence[OutsideEnd], results: Sequence[ScenarioResult], *, is_copy: bool = False
) -> OutsideCompared:
    """Compare scenarios outside with those in the designer.

    Args:
        ends: What came of them outside.
        results: What the designer found; those that are stale, or did not run, count for nothing.
        is_copy: Whether a copy was tested.
    """
    known = {result.file: result for result in results}
    return OutsideCompared(tuple(_compared(end, known.get(end.file)) for end in ends), is_copy)


def failure_of(printed: bytes, told: bytes) -> OutsideFailed:
    """Return why a test did not run, from what it printed and told."""
    with suppress(ValueError):
        document: JsonValue = orjson.loads(printed)
        match document:
            case {"problems": [{"message": str(message), "remedy": str(remedy)}, *_]}:
                return OutsideFailed(message, remedy)
            case _:
                pass
    words = told.decode(errors="replace").strip()[-_MOST_WORDS:]
    last = words.splitlines()[-1:] or [translate("Export", "The process ended without a result.")]
    return OutsideFailed(last[0], translate("Export", "Check again."))


class OutsideCheck(QObject):
    """Tests one bundle at a time; owns one asyncio task and its process."""

    finished = Signal(object)  # OutsideCompared | OutsideFailed: what came of a check

    def __init__(
        self,
        export: FlowExport,
        loop: asyncio.AbstractEventLoop,
        parent: QObject | None = None,
        *,
        program: Sequence[str] | None = None,
    ) -> None:
        """Wait for ``start``.

        Args:
            export: Makes the copy that is tested where scenarios stayed here.
            loop: The one that Qt runs on.
            parent: Owns this object.
            program: How the command line is started; None takes ``runtime_program()``.
        """
        super().__init__(parent)
        self._export = export
        self._loop = loop
        self._program = tuple(program or runtime_program())
        self._task: asyncio.Task[OutsideResult] | None = None
        self._given_up: set[asyncio.Task[OutsideResult]] = set()

    @property
    def is_running(self) -> bool:
        """Whether a check has not come to its end."""
        return self._task is not None

    def start(self, written: ExportWritten, results: Sequence[ScenarioResult]) -> None:
        """Test a bundle; ``finished`` follows. Only for a folder that may run (security.md 29)."""
        if self._task is None:
            self._task = self._loop.create_task(self._check(written, tuple(results)))
            self._task.add_done_callback(self._on_done)

    def cancel(self) -> None:
        """End the process, which may take its time; nothing is told, and another can begin."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            self._given_up.add(task)
            task.add_done_callback(self._given_up.discard)

    async def aclose(self) -> None:
        """End the process, and wait until it is gone."""
        self.cancel()
        if self._given_up:
            await to_the_end(asyncio.wait(set(self._given_up)))

    def _on_done(self, task: asyncio.Task[OutsideResult]) -> None:
        if task is self._task:
            self._task = None
            if not task.cancelled():
                self.finished.emit(task.result())

    async def _check(
        self, written: ExportWritten, results: tuple[ScenarioResult, ...]
    ) -> OutsideResult:
        try:
            return await self._result(written, results)
        except FlowError as error:
            return OutsideFailed(error.problems[0].message, error.problems[0].remedy)
        except OSError as error:
            words = translate("Export", "The file cannot be read: {reason}.")
            again = translate("Export", "Export it again.")
            return OutsideFailed(words.format(reason=error.strerror or error), again)

    async def _result(
        self, written: ExportWritten, results: tuple[ScenarioResult, ...]
    ) -> OutsideResult:
        if written.with_scenarios or not written.draft.scenarios:
            return await self._tested(written.file, written, results)
        copying = self._export.scenario_copy(written)
        try:
            copy = await asyncio.wrap_future(copying)
            return await self._tested(copy, written, results)
        finally:
            copying.add_done_callback(_remove_copy)  # it may not be made yet

    async def _tested(
        self, bundle: Path, written: ExportWritten, results: tuple[ScenarioResult, ...]
    ) -> OutsideResult:
        process = await asyncio.create_subprocess_exec(
            *self._program,
            "test",
            str(bundle),
            "--json",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=check_environment(os.environ, written.secrets),
        )
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                printed, told = await process.communicate()
        except TimeoutError:
            words = translate("Export", "The check took longer than {minutes} minutes.")
            remedy = translate("Export", "Run the scenarios here, and see which one does not end.")
            return OutsideFailed(words.format(minutes=LONGEST_SECONDS // 60), remedy)
        finally:
            await to_the_end(_end_process(process))
        try:
            return compare_ends(read_ends(printed), results, is_copy=bundle != written.file)
        except (ValueError, KeyError, TypeError):
            return failure_of(printed, told)


def _remove_copy(copying: Future[Path]) -> None:
    if not copying.cancelled() and copying.exception() is None:
        shutil.rmtree(copying.result().parent, ignore_errors=True)


async def _end_process(process: asyncio.subprocess.Process) -> None:
    """Ask a process to end, and make it end."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(_END_SECONDS):
            await process.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _end(row: JsonValue) -> OutsideEnd:
    match row:
        case {
            "name": str(name),
            "file": str(file),
            "status": str(status),
            "differences": [*differences],
        }:
            return OutsideEnd(file, name, status, frozenset(map(_path, differences)))
        case _:
            raise ValueError("no row of a test")


def _path(difference: JsonValue) -> str:
    found: JsonObject = difference if isinstance(difference, dict) else {}
    return str(found.get("path"))


def _compared(end: OutsideEnd, result: ScenarioResult | None) -> ComparedScenario:
    counts = result is not None and result.state in (
        ScenarioState.AS_EXPECTED,
        ScenarioState.DIFFERS,
    )
    if result is None or not counts:
        return ComparedScenario(end.file, end.name, None, end.status, None)
    here = STATUS_OF.get(result.ending, "invalid")
    differing = frozenset(difference.path for difference in result.differences)
    same = here == end.status and differing == end.differing
    return ComparedScenario(end.file, end.name, here, end.status, same)
