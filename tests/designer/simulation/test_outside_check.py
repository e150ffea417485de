"""An exported bundle is tested in a process of its own, and compared with the designer."""

from __future__ import annotations

import asyncio
import os
import sys
from concurrent.futures import Future
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from designer_drafts import draft_of, sample_draft
from exported_flows import exported
from guards import child_processes
from loginwright_designer.document.export_checks import Standing
from loginwright_designer.document.flow_export import (
    ExportWritten,
    FlowExport,
    copy_with_scenarios,
)
from loginwright_designer.simulation import outside_check
from loginwright_designer.simulation.outside_check import (
    ComparedScenario,
    OutsideCheck,
    OutsideCompared,
    OutsideEnd,
    OutsideFailed,
    OutsideResult,
    check_environment,
    compare_ends,
    failure_of,
    read_ends,
    standings_of,
)
from loginwright_designer.simulation.scenario_results import Ending, ScenarioResult, ScenarioState
from loginwright_runtime.simulation import Difference
from patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from qasync import QEventLoop

ENDINGS = {
    "first-login": Ending.ALLOWED,
    "from-north-america": Ending.ALLOWED,
    "on-a-saturday": Ending.DENIED,
    "silent-login": Ending.FAILED,
    "the-sent-token-echoed": Ending.FAILED,
}


HANGS_ONCE = """
import pathlib, sys, time
before = pathlib.Path(sys.argv[1] + ".before")
if before.exists():
    print('{"scenarios": []}')
else:
    before.touch()
    pathlib.Path(sys.argv[1]).write_bytes(b"begun")
    time.sleep(600)
"""
STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).write_bytes(b"begun")
time.sleep(600)
"""


class SlowCopies(FlowExport):
    """Makes a copy when a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.copying: Future[Path] = Future()
        self.asked = asyncio.Event()

    @override
    def scenario_copy(self, written: ExportWritten) -> Future[Path]:
        if self.copying.set_running_or_notify_cancel():
            self.asked.set()
        return self.copying


class Beginning:
    """A pipe into which a process writes that it has begun."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.path = path
        self._end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    async def told(self) -> None:
        """Wait until it has, at most as long as a test may."""
        loop = asyncio.get_running_loop()
        written = asyncio.Event()
        loop.add_reader(self._end, written.set)
        try:
            await asyncio.wait_for(written.wait(), PATIENCE)
        finally:
            loop.remove_reader(self._end)
            os.close(self._end)


def here(
    file: str = "scenarios/first-login.json",
    state: ScenarioState = ScenarioState.AS_EXPECTED,
    ending: Ending = Ending.ALLOWED,
    *paths: str,
) -> ScenarioResult:
    differences = tuple(Difference(path, 1, 2) for path in paths)
    return ScenarioResult(file, "First login", state, ending=ending, differences=differences)


def outside(status: str, *paths: str) -> OutsideEnd:
    return OutsideEnd("scenarios/first-login.json", "First login", status, frozenset(paths))


def sample_results() -> tuple[ScenarioResult, ...]:
    return tuple(here(f"scenarios/{stem}.json", ending=ending) for stem, ending in ENDINGS.items())


@pytest.fixture
def export() -> Iterator[FlowExport]:
    """The thread that makes copies."""
    export = FlowExport()
    yield export
    export.close()


def checked(
    loop: QEventLoop,
    export: FlowExport,
    written: ExportWritten,
    results: Sequence[ScenarioResult],
    program: Sequence[str] | None = None,
) -> OutsideResult:
    """Check a bundle on the loop that Qt runs on."""
    check = OutsideCheck(export, loop, program=program)

    async def wait() -> OutsideResult:
        told: asyncio.Future[OutsideResult] = loop.create_future()
        check.finished.connect(told.set_result)
        check.start(written, results)
        return await told

    result: OutsideResult = loop.run_until_complete(wait())
    loop.run_until_complete(check.aclose())
    return result


def test_the_sample_ends_outside_as_in_the_designer(
    qt_loop: QEventLoop, export: FlowExport, tmp_path: Path
) -> None:
    written = exported(tmp_path / "a.loginflow", with_scenarios=True)
    result = checked(qt_loop, export, written, sample_results())
    assert isinstance(result, OutsideCompared), result
    assert result.words == "5 of 5 scenarios end as in the designer"
    assert result.all_same
    assert not result.is_copy


def test_a_bundle_without_scenarios_is_checked_in_a_copy_that_goes_again(
    qt_loop: QEventLoop, export: FlowExport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    written = exported(tmp_path / "a.loginflow", with_scenarios=False)
    result = checked(qt_loop, export, written, sample_results())
    assert isinstance(result, OutsideCompared), result
    assert (result.words, result.is_copy) == ("5 of 5 scenarios end as in the designer", True)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_damaged_bundle_is_told_in_the_runtimes_words(
    qt_loop: QEventLoop, export: FlowExport, tmp_path: Path
) -> None:
    written = exported(tmp_path / "a.loginflow", with_scenarios=True)
    written.file.write_bytes(written.file.read_bytes()[:-40])
    result = checked(qt_loop, export, written, sample_results())
    assert isinstance(result, OutsideFailed)
    assert result.message
    assert result.remedy


def test_a_bundle_that_is_gone_is_told(
    qt_loop: QEventLoop, export: FlowExport, tmp_path: Path
) -> None:
    written = exported(tmp_path / "a.loginflow", with_scenarios=False)
    written.file.unlink()
    result = checked(qt_loop, export, written, sample_results())
    assert isinstance(result, OutsideFailed)
    assert result.message.startswith("The file cannot be read")


def test_a_check_that_is_cancelled_leaves_no_process(
    qt_loop: QEventLoop, export: FlowExport, tmp_path: Path, qtbot: QtBot
) -> None:
    written = exported(tmp_path / "a.loginflow", with_scenarios=True)
    forever = (sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)")
    check = OutsideCheck(export, qt_loop, program=forever)
    check.start(written, ())
    assert check.is_running
    qt_loop.run_until_complete(asyncio.sleep(0))
    qt_loop.run_until_complete(check.aclose())
    assert not check.is_running


def test_a_check_can_be_begun_again_while_the_cancelled_one_ends(
    qt_loop: QEventLoop, export: FlowExport, tmp_path: Path
) -> None:
    written = exported(tmp_path / "a.loginflow", with_scenarios=True)
    begun = Beginning(tmp_path / "begun")
    program = (sys.executable, "-c", HANGS_ONCE, str(begun.path))
    check = OutsideCheck(export, qt_loop, program=program)
    told: list[OutsideResult] = []
    over = asyncio.Event()
    check.finished.connect(told.append)
    check.finished.connect(lambda _result: over.set())

    async def story() -> None:
        check.start(written, ())
        await begun.told()
        check.cancel()
        check.start(written, ())
        await asyncio.wait_for(over.wait(), PATIENCE)
        assert not check.is_running
        await check.aclose()

    qt_loop.run_until_complete(story())
    assert told == [OutsideCompared(())]


def test_a_check_that_is_cancelled_twice_leaves_no_process(
    qt_loop: QEventLoop, export: FlowExport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside_check, "_END_SECONDS", 0.5)
    written = exported(tmp_path / "a.loginflow", with_scenarios=True)
    begun = Beginning(tmp_path / "begun")
    program = (sys.executable, "-c", STUBBORN, str(begun.path))
    check = OutsideCheck(export, qt_loop, program=program)

    async def story() -> None:
        check.start(written, ())
        await begun.told()
        check.cancel()
        for _ in range(10):
            await asyncio.sleep(0)
        await check.aclose()

    qt_loop.run_until_complete(story())
    assert not child_processes()


def test_a_copy_that_is_made_while_its_check_is_cancelled_goes_again(
    qt_loop: QEventLoop, tmp_path: Path
) -> None:
    written = exported(tmp_path / "a.loginflow", with_scenarios=False)
    copies = SlowCopies()
    check = OutsideCheck(copies, qt_loop)

    async def story() -> None:
        check.start(written, ())
        await asyncio.wait_for(copies.asked.wait(), PATIENCE)
        await check.aclose()

    qt_loop.run_until_complete(story())
    copy = copy_with_scenarios(written)
    copies.copying.set_result(copy)

    assert not copy.parent.exists()
    copies.close()


def test_a_check_that_is_cancelled_before_it_began_is_over(
    qt_loop: QEventLoop, export: FlowExport, tmp_path: Path
) -> None:
    check = OutsideCheck(export, qt_loop)
    check.start(exported(tmp_path / "a.loginflow", with_scenarios=True), ())
    check.cancel()
    qt_loop.run_until_complete(check.aclose())
    assert not check.is_running


def test_a_flow_without_scenarios_has_nothing_to_compare(
    qt_loop: QEventLoop, export: FlowExport, tmp_path: Path
) -> None:
    written = exported(tmp_path / "a.loginflow", draft_of("Nothing"), with_scenarios=False)
    result = checked(qt_loop, export, written, ())
    assert isinstance(result, OutsideCompared)
    assert result.words == "The bundle loads; it has no scenario to compare"


def test_another_ending_or_another_difference_is_not_the_same() -> None:
    results = [here(ending=Ending.ALLOWED)]
    assert compare_ends([outside("allowed")], results).all_same
    assert not compare_ends([outside("denied")], results).all_same
    assert not compare_ends([outside("allowed", "$.claims")], results).all_same
    differing = [here("scenarios/first-login.json", ScenarioState.DIFFERS, Ending.AWAY, "$.user")]
    assert compare_ends([outside("suspended", "$.user")], differing).all_same


def test_a_stale_result_counts_for_nothing() -> None:
    compared = compare_ends([outside("allowed")], [here(state=ScenarioState.STALE)])
    expected = ComparedScenario("scenarios/first-login.json", "First login", None, "allowed", None)
    assert compared.rows == (expected,)
    assert compared.words == "0 of 1 scenarios end as in the designer"


def test_scenarios_that_never_ran_are_stale_for_an_export() -> None:
    results = [here(state=state, file=state.value) for state in ScenarioState]
    assert standings_of(results) == {
        "differs": Standing.DIFFERS,
        "unreadable": Standing.STALE,
        "stale": Standing.STALE,
        "running": Standing.RUNNING,
        "not_run": Standing.STALE,
        "as_expected": Standing.AS_EXPECTED,
    }


def test_the_process_gets_placeholders_and_no_secret_of_the_users() -> None:
    base = {"PATH": "/bin", "LOGINWRIGHT_SECRET_OTHER": "a real value"}
    environment = check_environment(base, sample_draft().declared_secrets())
    assert environment["PATH"] == "/bin"
    assert "LOGINWRIGHT_SECRET_OTHER" not in environment
    assert environment["LOGINWRIGHT_SECRET_MY_SHARED_SECRET"].startswith("placeholder-")


@pytest.mark.parametrize("printed", [b"", b"{}", b"[1]", b'{"scenarios": [{"name": 1}]}'])
def test_what_is_no_result_is_refused(printed: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_ends(printed)


def test_bad_input_is_told_by_its_message_and_remedy() -> None:
    printed = b'{"problems": [{"message": "It is broken.", "remedy": "Export it again."}]}'
    assert failure_of(printed, b"") == OutsideFailed("It is broken.", "Export it again.")
    assert failure_of(b"", b"one\nlast line\n").message == "last line"
    assert failure_of(b"", b"").message == "The process ended without a result."
