"""A pytest plugin: what tests leave is collected between them, by the thread that runs them.

An event loop of Qt's with its timers, left in a cycle, is deleted by whichever thread happens to
collect. On any but that of the widgets Qt refuses, and breaks at its next event; so Python's own
collecting is off for the whole session, fixtures of every scope and threads of every test included.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

YOUNG = 1
"""The oldest generation that holds what one test has made, since nothing is collected meanwhile."""


def pytest_configure() -> None:
    """Leave collecting to the end of each test."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Look no more at what has been imported, and at the tests themselves."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Collect when the test's fixtures are gone too, and everything after the last of a module."""
    try:
        return (yield)
    finally:
        if nextitem is None or nextitem.path != item.path:
            gc.collect()
        else:
            gc.collect(YOUNG)
