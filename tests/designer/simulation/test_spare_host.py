"""The next login's workers are ready before it begins, and are nobody else's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from loginwright_designer.simulation import spare_host
from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_designer.simulation.spare_host import SpareHost
from loginwright_runtime.simulation import PlaceholderSecrets, SimulationSettings
from watched_logins import with_first_action
from worker_watch import processes, until

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot
    from qasync import QEventLoop

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


def test_workers_are_prepared_in_a_run_of_the_loop_only(
    qt_loop: QEventLoop,
    qtbot: QtBot,
    sample_flow: Flow,
    sample_scenario: Scenario,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    faults: list[dict[str, object]] = []
    qt_loop.set_exception_handler(lambda _, fault: faults.append(fault))
    monkeypatch.setattr(spare_host, "SOON_SECONDS", 0.01)
    hosts = SpareHost(qt_loop)
    hosts.prepare_soon(LoginInputs(sample_flow, sample_scenario), SETTINGS)
    qtbot.wait(50)  # Qt's events alone: its timers fire, and no loop is said to run
    assert faults == []
    assert not hosts.is_ready
    qt_loop.run_until_complete(until(lambda: hosts.is_ready))
    qt_loop.run_until_complete(hosts.close())
