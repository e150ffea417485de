"""What tests of the scenarios' views share."""

from __future__ import annotations

import pytest

from scenario_samples import RunSample, ran_sample


@pytest.fixture(scope="session")
def run_sample() -> RunSample:
    """The sample, run once for all tests."""
    return ran_sample()
