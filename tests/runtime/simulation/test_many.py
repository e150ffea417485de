from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from login_bench import a_flow, member
from loginwright_runtime.errors import HostError, SecretError
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.flow.version import with_version
from loginwright_runtime.simulation import (
    PlaceholderSecrets,
    ScenarioFile,
    ScenarioResult,
    ScenarioRun,
    SimulationSettings,
    UnusableScenario,
    read_scenario,
    run_scenarios,
)
from loginwright_runtime.stores.secret_sources import MappingSecrets
from loginwright_runtime.testing import ScriptedAction, ScriptedApi, ScriptedHost
from scenario_bench import ASKS_COLOUR, a_scenario, nothing, settings_for
from worker_watch import processes

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject

COLOUR = a_flow("colour", secrets={"colour": ("SHARED",)})


def file(name: str, **members: object) -> ScenarioFile:
    return ScenarioFile(f"scenarios/{name}.json", a_scenario(name=name, **members))


async def test_results_come_in_the_order_of_the_scenarios() -> None:
    async def wait_for_first(event: JsonObject, _api: ScriptedApi) -> None:
        turns = member(event, "turns")
        assert isinstance(turns, int)
        for _ in range(turns):
            await asyncio.sleep(0)

    host = ScriptedHost({"one": ScriptedAction(wait_for_first)})
    files = [file("slow", event={"turns": 50}), file("quick", event={"turns": 0})]
    ended: list[int] = []

    def note(index: int, _result: ScenarioResult) -> None:
        ended.append(index)

    results = await run_scenarios(
        a_flow("one"),
        files,
        settings_for(host),
        finished=lambda index, _result: ended.append(index),
    )
    emails = [result.outcome.status for result in results if isinstance(result, ScenarioRun)]
    assert emails == ["allowed", "allowed"]
    assert ended == [1, 0]


async def test_scenarios_do_not_see_each_other() -> None:
    async def count(event: JsonObject, api: ScriptedApi) -> None:
        before = event["user"]
        assert isinstance(before, dict)
        metadata = before["user_metadata"]
        assert isinstance(metadata, dict)
        assert "visits" not in metadata
        assert await api.call("cache.get", "visits") == {"$undefined": True}
        await api.call("user.setUserMetadata", "visits", 1)
        await api.call("cache.set", "visits", "1")

    host = ScriptedHost({"one": ScriptedAction(count)})
    results = await run_scenarios(
        a_flow("one"), [file(f"s{number}") for number in range(6)], settings_for(host)
    )
    assert [isinstance(result, ScenarioRun) and result.outcome.status for result in results] == [
        "allowed"
    ] * 6


async def test_a_scenario_that_cannot_be_run_does_not_stop_the_others() -> None:
    host = ScriptedHost({"colour": ASKS_COLOUR})
    files = [
        file("wrong", resume=[{"query": {"a": {"$sent": "nothing"}}}]),
        file("right"),
        read_scenario(b"{", "scenarios/broken.json"),
    ]
    wrong, right, broken = await run_scenarios(COLOUR, files, settings_for(host))
    assert isinstance(wrong, UnusableScenario)
    assert wrong.problems[0].file == "scenarios/wrong.json"
    assert isinstance(right, ScenarioRun)
    assert isinstance(broken, UnusableScenario)


async def test_a_missing_secret_stops_all_before_anything_runs() -> None:
    host = ScriptedHost({"colour": ASKS_COLOUR})
    settings = SimulationSettings(MappingSecrets({}), host=host)
    with pytest.raises(SecretError, match="SHARED"):
        await run_scenarios(COLOUR, [file("one")], settings)
    assert host.invocations == []


async def test_placeholders_do_for_both_sides() -> None:
    host = ScriptedHost({"colour": ASKS_COLOUR})
    token = {"$token": {"secret": "SHARED", "claims": {"favorite_color": "teal"}}}
    files = [file("one", resume=[{"method": "POST", "body": {"session_token": token}}])]
    settings = SimulationSettings(PlaceholderSecrets(), host=host)
    (result,) = await run_scenarios(COLOUR, files, settings)
    assert isinstance(result, ScenarioRun)
    assert result.outcome.status == "allowed"


async def test_a_given_host_stays_open() -> None:
    host = ScriptedHost({"one": ScriptedAction(nothing)})
    await run_scenarios(a_flow("one"), [file("one")], settings_for(host))
    assert not host.closed


async def test_no_scenarios_have_no_results() -> None:
    host = ScriptedHost({})
    assert await run_scenarios(a_flow("one"), [], settings_for(host)) == []


async def test_an_error_comes_as_itself_and_ends_the_others() -> None:
    def refuse(_index: int, _result: ScenarioResult) -> None:
        raise HostError("The disk is full.")

    host = ScriptedHost({"one": ScriptedAction(nothing)})
    files = [file("first"), file("second"), file("third")]
    with pytest.raises(HostError, match="The disk is full"):
        await run_scenarios(a_flow("one"), files, settings_for(host), finished=refuse)


async def test_a_fault_keeps_its_group() -> None:
    def fail(_index: int, _result: ScenarioResult) -> None:
        raise ZeroDivisionError

    host = ScriptedHost({"one": ScriptedAction(nothing)})
    with pytest.raises(ExceptionGroup) as told:
        await run_scenarios(a_flow("one"), [file("first")], settings_for(host), finished=fail)
    assert told.group_contains(ZeroDivisionError)


async def test_without_a_host_one_is_made_and_nothing_of_it_is_left() -> None:
    code = b"async def on_execute_post_login(event, api):\n    api.access.deny('closed')\n"
    action = Action(id="one", name="One", code="actions/one.py", language="python")
    flow = with_version(
        Flow(name="Real", actions=(action,), files={"actions/one.py": code}, version="")
    )
    settings = SimulationSettings(MappingSecrets({}))
    results = await run_scenarios(flow, [file("first"), file("second")], settings)
    reasons = [
        result.outcome.error.description
        for result in results
        if isinstance(result, ScenarioRun) and result.outcome.error is not None
    ]
    assert reasons == ["closed", "closed"]
    assert processes() == set()
