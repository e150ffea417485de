"""What tests of the bottom area stand on: the sample's logins, really run once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from lane_samples import Sample, sample_lanes
from loginwright_designer.simulation.steps import steps

if TYPE_CHECKING:
    from loginwright_designer.simulation.steps import Steps


@pytest.fixture(scope="session")
def sample() -> Sample:
    """The sample flow, each of its scenarios run once."""
    return asyncio.run(sample_lanes())


@pytest.fixture(scope="session")
def names(sample: Sample) -> dict[str, str]:
    """What people call the actions of the sample."""
    return {action.id: action.name for action in sample.flow.actions}


@pytest.fixture(scope="session")
def first_login(sample: Sample, names: dict[str, str]) -> Steps:
    """The steps of the sample's first login, from beginning to end."""
    return steps(sample.record("first-login"), names)
