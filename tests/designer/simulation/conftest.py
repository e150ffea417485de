"""What tests of simulated logins share: the sample's first login, really run once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from loginwright_designer.simulation.login_inputs import LoginInputs
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.sample_files import sample
from loginwright_runtime.simulation import (
    PlaceholderSecrets,
    Scenario,
    ScenarioRun,
    SimulationSettings,
    find_scenario,
    list_scenarios,
    run_scenario,
)
from loginwright_runtime.validation.analysis import analyse_sources
from watched_logins import Watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qasync import QEventLoop

    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.validation.facts import SourceFacts


@pytest.fixture(scope="session")
def sample_flow() -> Flow:
    """The sample "Customer login", read from its folder."""
    return read_flow_folder(sample("customer-login"))


@pytest.fixture(scope="session")
def sample_scenario() -> Scenario:
    """Its scenario "First login"."""
    entry = find_scenario(list_scenarios(sample("customer-login")), "First login")
    assert entry is not None
    assert entry.scenario is not None
    return entry.scenario


@pytest.fixture(scope="session")
def action_names(sample_flow: Flow) -> dict[str, str]:
    """What people call its actions."""
    return {action.id: action.name for action in sample_flow.actions}


@pytest.fixture(scope="session")
def first_login(sample_flow: Flow, sample_scenario: Scenario) -> ScenarioRun:
    """The sample's first login, as it ran."""
    settings = SimulationSettings(secrets=PlaceholderSecrets())
    return asyncio.run(run_scenario(sample_flow, sample_scenario, settings))


@pytest.fixture(scope="session")
def ask_colour_facts(sample_flow: Flow) -> SourceFacts:
    """What is known about the code of "Ask favourite colour"."""
    return analyse_sources(sample_flow)["actions/ask-favourite-colour.js"]


@pytest.fixture
def watched(qt_loop: QEventLoop, sample_flow: Flow, sample_scenario: Scenario) -> Iterator[Watched]:
    """The sample's first login, on Qt's loop."""
    settings = SimulationSettings(secrets=PlaceholderSecrets())
    login = Watched(qt_loop, settings, LoginInputs(sample_flow, sample_scenario))
    yield login
    qt_loop.run_until_complete(login.login.close())
    login.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
