"""What tests of workers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from python_actions import PythonHost, python_host

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def python() -> AsyncIterator[PythonHost]:
    """Calls handlers in one Python worker at a time."""
    async with python_host() as host:
        yield host
