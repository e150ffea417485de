"""Scenarios run in the background, and no result outlives what it belongs to."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from guards import child_processes
from loginwright_designer.document.draft import Draft
from loginwright_designer.simulation.scenario_ledger import KeptRuns
from loginwright_designer.simulation.scenario_results import (
    ActionGlyph,
    Ending,
    ScenarioResult,
    ScenarioState,
    count,
    count_words,
    in_order_of_need,
    reach_counts,
    status_words,
)
from loginwright_designer.simulation.scenario_runs import ScenarioInputs, ScenarioRuns
from loginwright_runtime.flow.sample_files import sample
from loginwright_runtime.simulation import (
    PlaceholderSecrets,
    SimulationSettings,
    list_scenarios,
    read_scenario,
    scenario_json,
)
from patience import PATIENCE
from worker_watch import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from qasync import QEventLoop

    from loginwright_designer.simulation.scenario_runs import ResultsChange, RunEnd
    from loginwright_runtime.extension_points import SecretRequest
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import ScenarioFile, ScenarioRun

FIRST = "scenarios/first-login.json"
SATURDAY = "scenarios/on-a-saturday.json"
LEAKS = b"""
exports.onExecutePostLogin = async (event, api) => {
  let answer = "none";
  try { await fetch("http://127.0.0.1:9/"); answer = "open"; } catch (error) { answer = "closed"; }
  api.user.setAppMetadata("secret", event.secrets.MY_SHARED_SECRET);
  api.user.setAppMetadata("network", answer);
};
"""


class Watched(QObject):
    """Background runs, with what they told."""

    def __init__(self, loop: QEventLoop, settings: SimulationSettings) -> None:
        super().__init__()
        self.loop = loop
        self.runs = ScenarioRuns(settings, loop, self)
        self.happened = asyncio.Event()
        self.changes: list[ResultsChange] = []
        self.ends: list[RunEnd] = []
        self.runs.results_changed.connect(self._on_changed)
        self.runs.run_finished.connect(self._on_finished)

    def _on_changed(self, change: ResultsChange) -> None:
        self.changes.append(change)
        self.happened.set()

    def _on_finished(self, end: RunEnd) -> None:
        self.ends.append(end)
        self.happened.set()

    def run(self, inputs: ScenarioInputs) -> RunEnd:
        """Run, and wait for the end."""
        before = len(self.ends)
        self.runs.run(inputs)
        self.until(lambda: len(self.ends) > before)
        return self.ends[-1]

    def until(self, reached: Callable[[], bool]) -> None:
        """Wait for something that comes with a signal."""
        self.loop.run_until_complete(self.reached(reached))

    async def reached(self, reached: Callable[[], bool]) -> None:
        """Wait on the running loop: scenarios only run while it does."""

        async def wait() -> None:
            while not reached():
                self.happened.clear()
                await self.happened.wait()

        await asyncio.wait_for(wait(), PATIENCE)

    def states(self) -> dict[str, ScenarioState]:
        """How every scenario stands."""
        return {result.file: result.state for result in self.runs.results}


@pytest.fixture
def watched(qt_loop: QEventLoop) -> Iterator[Watched]:
    runs = Watched(qt_loop, SimulationSettings(secrets=PlaceholderSecrets()))
    yield runs
    qt_loop.run_until_complete(runs.runs.close())
    runs.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def sample_files() -> tuple[ScenarioFile, ...]:
    """The scenarios of the sample."""
    return list_scenarios(sample("customer-login"))


def only(files: tuple[ScenarioFile, ...], *wanted: str) -> tuple[ScenarioFile, ...]:
    return tuple(entry for entry in files if entry.file in wanted)


def test_the_samples_scenarios_end_as_expected(
    watched: Watched, sample_flow: Flow, sample_files: tuple[ScenarioFile, ...]
) -> None:
    watched.runs.mark_stale(Draft.of(sample_flow, sample_files))
    assert set(watched.states().values()) == {ScenarioState.NOT_RUN}
    end = watched.run(ScenarioInputs(sample_flow, sample_files, may_run=True))
    assert (end.asked, end.ran, end.error) == (5, 5, None)
    assert count(watched.runs.results).all_as_expected
    assert status_words(count(watched.runs.results)) == "✓ 5/5"
    ends = {result.name: result.ends_as for result in watched.runs.results}
    assert ends == {
        "First login": "Allowed, 2 claims, 1 key",
        "From North America, colour known": "Allowed, MFA asked, 2 claims",
        "On a Saturday": "Denied by Block weekends, line 16",
        "Silent login, colour not known": "Failed in Ask favourite colour, line 21",
        "The site echoes the token it was sent": "Failed in Ask favourite colour, line 34",
    }
    first = watched.runs.result(FIRST)
    assert first is not None
    glyphs = [fact.glyphs for fact in first.actions]
    away_and_set = (ActionGlyph.AWAY, ActionGlyph.SET)
    assert glyphs == [(ActionGlyph.RAN,), (ActionGlyph.RAN,), away_and_set, (ActionGlyph.SET,)]
    assert first.difference == "same"
    assert reach_counts(watched.runs.results) == {
        "block-weekends": 5,
        "require-mfa-in-na": 4,
        "ask-favourite-colour": 4,
        "add-roles-to-tokens": 2,
    }
    kept = watched.runs.kept_run(FIRST)
    assert kept is not None
    assert kept.record.entries


def test_an_edit_of_code_makes_every_result_stale_and_none_green(
    watched: Watched, sample_flow: Flow, sample_files: tuple[ScenarioFile, ...]
) -> None:
    two = only(sample_files, FIRST, SATURDAY)
    draft = Draft.of(sample_flow, two)
    watched.runs.mark_stale(draft)
    watched.run(ScenarioInputs(sample_flow, two, may_run=True))
    code = {**sample_flow.files, sample_flow.actions[0].code: b"// other"}
    watched.runs.mark_stale(draft.with_flow(files=code))
    assert set(watched.states().values()) == {ScenarioState.STALE}
    first = watched.runs.result(FIRST)
    assert first is not None
    assert first.difference == "before your last edit"
    watched.runs.mark_stale(draft)
    assert set(watched.states().values()) == {ScenarioState.AS_EXPECTED}


def test_an_edit_of_one_scenario_leaves_the_others_alone(
    watched: Watched, sample_flow: Flow, sample_files: tuple[ScenarioFile, ...]
) -> None:
    two = only(sample_files, FIRST, SATURDAY)
    watched.runs.mark_stale(Draft.of(sample_flow, two))
    watched.run(ScenarioInputs(sample_flow, two, may_run=True))
    entry = two[1]
    assert entry.scenario is not None
    later = entry.scenario.model_copy(update={"now": "2026-11-29T10:00:00Z"})
    edited = replace(entry, scenario=later, content=scenario_json(later))
    watched.runs.mark_stale(Draft.of(sample_flow, (two[0], edited)))
    stale, fine = ScenarioState.STALE, ScenarioState.AS_EXPECTED
    assert watched.states() == {FIRST: fine, SATURDAY: stale}


def test_what_was_edited_while_it_ran_is_stale_when_it_ends(
    watched: Watched, sample_flow: Flow, sample_files: tuple[ScenarioFile, ...]
) -> None:
    one = only(sample_files, SATURDAY)
    watched.runs.run(ScenarioInputs(sample_flow, one, may_run=True))
    assert watched.states() == {SATURDAY: ScenarioState.RUNNING}
    renamed = sample_flow.model_copy(update={"actions": sample_flow.actions[:1]})
    watched.runs.mark_stale(Draft.of(renamed, one))
    watched.until(lambda: bool(watched.ends))
    assert watched.states() == {SATURDAY: ScenarioState.STALE}


def test_nothing_runs_in_a_folder_that_nobody_trusts(
    watched: Watched, sample_flow: Flow, sample_files: tuple[ScenarioFile, ...]
) -> None:
    assert not watched.runs.run(ScenarioInputs(sample_flow, sample_files, may_run=False))
    (end,) = watched.ends
    assert (end.refused, end.ran) == (True, 0)
    assert not watched.runs.is_running


def test_no_real_secret_and_no_network_in_the_background(
    qt_loop: QEventLoop, sample_flow: Flow
) -> None:
    class Real:
        async def secrets(self, request: SecretRequest) -> Mapping[str, str]:
            return dict.fromkeys(request.names, "the real value")

    watched = Watched(qt_loop, SimulationSettings(secrets=Real(), network="open"))
    action = sample_flow.actions[2]
    flow = sample_flow.model_copy(
        update={"actions": (action,), "files": {**sample_flow.files, action.code: LEAKS}}
    )
    text = b'{"format": "loginwright/scenario@1", "network": "open"}'
    watched.run(ScenarioInputs(flow, (read_scenario(text, "scenarios/x.json"),), may_run=True))
    run = watched.runs.kept_run("scenarios/x.json")
    assert run is not None
    user = run.outcome.model_dump(mode="json")["user"]
    assert user["app_metadata"]["secret"].startswith("placeholder-")
    assert user["app_metadata"]["network"] == "closed"
    qt_loop.run_until_complete(watched.runs.close())
    watched.deleteLater()


def test_a_run_can_be_cancelled_and_leaves_nothing_running(
    watched: Watched, sample_flow: Flow, sample_files: tuple[ScenarioFile, ...]
) -> None:
    many = tuple(replace(sample_files[0], file=f"scenarios/{number}.json") for number in range(40))

    async def cancelled_on_the_way() -> None:
        watched.runs.run(ScenarioInputs(sample_flow, many, may_run=True))
        await watched.reached(lambda: any(result.has_run for result in watched.runs.results))
        watched.runs.cancel()
        await watched.reached(lambda: bool(watched.ends))

    watched.loop.run_until_complete(cancelled_on_the_way())
    assert watched.ends[0].cancelled
    assert watched.ends[0].ran < 40
    assert ScenarioState.RUNNING not in watched.states().values()


STAGES: Final[dict[str, Callable[[Watched], bool]]] = {
    "just asked": lambda _: True,
    "workers starting": lambda _: bool(child_processes()),
    "running": lambda watched: ScenarioState.RUNNING in watched.states().values(),
    "results arriving": lambda watched: any(one.has_run for one in watched.runs.results),
    "all done": lambda watched: bool(watched.ends),
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("before", ["nothing", "cancelled", "asked again"])
def test_closing_at_any_stage_leaves_nothing_and_begins_nothing(
    watched: Watched,
    sample_flow: Flow,
    sample_files: tuple[ScenarioFile, ...],
    stage: str,
    before: str,
) -> None:
    inputs = ScenarioInputs(sample_flow, sample_files, may_run=True)

    async def closed() -> None:
        watched.runs.run(inputs)
        if stage != "just asked":
            await until(lambda: STAGES[stage](watched))
        match before:
            case "cancelled":
                watched.runs.cancel()
                await asyncio.sleep(0)
            case "asked again":
                watched.runs.run(inputs)
                await asyncio.sleep(0)
            case _:
                pass
        closing = asyncio.ensure_future(watched.runs.close())
        await asyncio.sleep(0)
        told = len(watched.ends)
        began = watched.runs.run(inputs)  # a save that ended meanwhile asks for it
        await closing
        assert not began
        assert len(watched.ends) == told

    watched.loop.run_until_complete(closed())
    assert not watched.runs.is_running
    assert not child_processes()


def test_a_closing_that_is_given_up_ends_the_run_nevertheless(
    watched: Watched, sample_flow: Flow, sample_files: tuple[ScenarioFile, ...]
) -> None:
    async def given_up() -> None:
        watched.runs.run(ScenarioInputs(sample_flow, sample_files, may_run=True))
        await until(lambda: bool(child_processes()))
        closing = asyncio.ensure_future(watched.runs.close())
        await asyncio.sleep(0)
        closing.cancel()
        await asyncio.wait({closing})

    watched.loop.run_until_complete(given_up())
    assert not watched.runs.is_running
    assert not child_processes()


def test_running_again_takes_the_new_inputs_and_what_was_still_waiting(
    watched: Watched, sample_flow: Flow, sample_files: tuple[ScenarioFile, ...]
) -> None:
    watched.runs.run(ScenarioInputs(sample_flow, sample_files, may_run=True))
    watched.runs.run(ScenarioInputs(sample_flow, only(sample_files, FIRST), may_run=True))
    watched.until(lambda: bool(watched.ends))
    (end,) = watched.ends
    assert (end.asked, end.ran, end.cancelled) == (5, 5, False)
    assert count(watched.runs.results).all_as_expected


def test_an_unreadable_scenario_is_listed_with_its_problems(
    watched: Watched, sample_flow: Flow
) -> None:
    broken = read_scenario(b"{", "scenarios/broken.json")
    watched.runs.mark_stale(Draft.of(sample_flow, (broken,)))
    (result,) = watched.runs.results
    assert (result.state, result.name) == (ScenarioState.UNREADABLE, "broken")
    assert result.problems
    assert not watched.runs.run(ScenarioInputs(sample_flow, (broken,), may_run=True))


def test_a_scenario_whose_event_cannot_be_used_says_why(
    watched: Watched, sample_flow: Flow
) -> None:
    text = b'{"format": "loginwright/scenario@1", "event": {"user": 5}}'
    entry = read_scenario(text, "scenarios/odd.json")
    watched.run(ScenarioInputs(sample_flow, (entry,), may_run=True))
    (result,) = watched.runs.results
    assert result.state is ScenarioState.UNREADABLE
    assert "user" in result.problems[0].message


def test_what_differs_comes_first_and_is_counted_in_words() -> None:
    results = (
        ScenarioResult("a", "A", ScenarioState.AS_EXPECTED, ending=Ending.ALLOWED),
        ScenarioResult("b", "B", ScenarioState.STALE, ending=Ending.ALLOWED),
        ScenarioResult("c", "C", ScenarioState.DIFFERS, ending=Ending.DENIED),
        ScenarioResult("d", "D", ScenarioState.AS_EXPECTED, ending=Ending.ALLOWED),
    )
    assert [result.name for result in in_order_of_need(results)] == ["C", "B", "A", "D"]
    words = [text for _state, text in count_words(count(results))]
    assert words == ["1 differs", "1 stale", "2 as expected"]
    assert status_words(count(results)) == "1 of 4 differs, 1 stale"
    assert status_words(count(())) == "No scenarios"


def test_only_so_many_records_are_kept_and_those_that_differ_longest(
    first_login: ScenarioRun,
) -> None:
    kept = KeptRuns(most=3)
    differs = replace(first_login, differences=(object(),))  # type: ignore[arg-type]  # any will do
    kept.keep("differs", differs)
    for number in range(5):
        kept.keep(f"fine-{number}", first_login)
    assert len(kept) == 3
    assert kept.run("differs") is differs
    assert kept.run("fine-0") is None
    assert kept.run("fine-4") is first_login


def test_a_fault_of_our_own_leaves_nothing_running_and_is_told_to_the_loop(
    watched: Watched,
    sample_flow: Flow,
    sample_files: tuple[ScenarioFile, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(*_inputs: object, **_settings: object) -> None:
        raise RuntimeError("a fault of our own")

    told: list[dict[str, object]] = []
    watched.loop.set_exception_handler(lambda _loop, context: told.append(context))
    monkeypatch.setattr("loginwright_designer.simulation.scenario_runs.run_scenarios", broken)
    end = watched.run(ScenarioInputs(sample_flow, sample_files, may_run=True))
    watched.until(lambda: bool(told))
    assert isinstance(told[0]["exception"], RuntimeError)
    assert end.cancelled
    assert not watched.runs.is_running
    assert set(watched.states().values()) == {ScenarioState.NOT_RUN}
