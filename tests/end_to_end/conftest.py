"""What tests of whole processes share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from javascript_actions import JavaScriptHost, javascript_host

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def javascript() -> AsyncIterator[JavaScriptHost]:
    """Calls handlers in one JavaScript worker at a time."""
    async with javascript_host() as host:
        yield host
