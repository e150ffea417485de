"""What an embedder tests with: fakes for the extension points, and conformance suites for stores.

Nothing here imports pytest. A suite is a class of asynchronous test methods to be inherited::

    class TestOurStore(SuspensionStoreConformance):
        @asynccontextmanager
        async def make_store(self, clock):
            async with OurStore(clock=clock) as store:
                yield store

pytest collects the subclass; with pytest-asyncio in auto mode that is all, in strict mode mark the
class with ``pytest.mark.asyncio``.
"""

from __future__ import annotations

from loginwright_runtime.stores.clocks import FixedClock, MovableClock, SystemClock
from loginwright_runtime.testing.cache_conformance import CacheStoreConformance
from loginwright_runtime.testing.failing_stores import (
    FailingCacheStore,
    FailingSuspensionStore,
    FailingUserStore,
    Fault,
    RateLimitedUserStore,
)
from loginwright_runtime.testing.line_debugging_conformance import LineDebuggingConformance
from loginwright_runtime.testing.scripted_host import (
    RecordedCall,
    RecordedInvocation,
    ScriptedAction,
    ScriptedApi,
    ScriptedHost,
    ScriptedThrow,
)
from loginwright_runtime.testing.suspension_conformance import SuspensionStoreConformance
from loginwright_runtime.testing.user_conformance import UserStoreConformance

__all__ = [
    "CacheStoreConformance",
    "FailingCacheStore",
    "FailingSuspensionStore",
    "FailingUserStore",
    "Fault",
    "FixedClock",
    "LineDebuggingConformance",
    "MovableClock",
    "RateLimitedUserStore",
    "RecordedCall",
    "RecordedInvocation",
    "ScriptedAction",
    "ScriptedApi",
    "ScriptedHost",
    "ScriptedThrow",
    "SuspensionStoreConformance",
    "SystemClock",
    "UserStoreConformance",
]
