"""The next login's workers are ready before it begins, and are nobody else's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_designer.simulation.spare_host import SpareHost
from loginwright_runtime.simulation import PlaceholderSecrets, SimulationSettings
from watched_logins import with_first_action
from worker_watch import processes, until

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import Scenario
    from watched_logins import Watched

SETTINGS = SimulationSettings(secrets=PlaceholderSecrets())


async def test_what_was_prepared_is_taken_once(
    sample_flow: Flow, sample_scenario: Scenario
) -> None:
    inputs, hosts = LoginInputs(sample_flow, sample_scenario), SpareHost(asyncio.get_running_loop())
    hosts.prepare_soon(inputs, SETTINGS)
    await until(lambda: hosts.is_ready)
    first = await hosts.take(inputs, SETTINGS)
    second = await hosts.take(inputs, SETTINGS)
    assert first is not second
    await first.aclose()
    await second.aclose()
    await hosts.close()


async def test_workers_of_code_that_was_edited_are_not_used(
    sample_flow: Flow, sample_scenario: Scenario
) -> None:
    inputs, hosts = LoginInputs(sample_flow, sample_scenario), SpareHost(asyncio.get_running_loop())
    hosts.prepare_soon(inputs, SETTINGS)
    await until(lambda: hosts.is_ready)
    edited = LoginInputs(with_first_action(sample_flow, b"exports.other = 1;"), sample_scenario)
    taken = await hosts.take(edited, SETTINGS)
    assert not hosts.is_ready
    await taken.aclose()
    assert processes() == set()


def test_a_login_that_is_over_leaves_the_next_one_ready_and_closing_ends_it(
    watched: Watched,
) -> None:
    watched.login.start(watched.inputs, on_its_own=True)
    watched.ended()
    watched.loop.run_until_complete(until(lambda: bool(processes())))
    watched.loop.run_until_complete(watched.login.close())
    assert processes() == set()


async def test_whoever_begins_before_it_is_due_gets_workers_all_the_same(
    sample_flow: Flow, sample_scenario: Scenario
) -> None:
    inputs, hosts = LoginInputs(sample_flow, sample_scenario), SpareHost(asyncio.get_running_loop())
    hosts.prepare_soon(inputs, SETTINGS)
    taken = await hosts.take(inputs, SETTINGS)
    await taken.aclose()
    assert not hosts.is_ready
    await hosts.close()
