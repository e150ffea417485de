"""What tests of the scenarios' views share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scenario_samples import RunSample, ran_sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.theme.theme import Theme


@pytest.fixture(scope="session")
def run_sample() -> RunSample:
    """The sample, run once for all tests."""
    return ran_sample()


@pytest.fixture
def theme(make_theme: Callable[..., Theme], styled: Callable[[Theme], None]) -> Theme:
    """A theme that the application wears."""
    made = make_theme()
    styled(made)
    return made
