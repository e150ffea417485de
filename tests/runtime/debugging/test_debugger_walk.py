"""Whatever is asked of the debugger, in any order, it stops where it should and changes nothing.

``pytest --debugger-walks=200`` takes more walks.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from debugger_walk import ROUNDS, Walk, trace_of
from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.testing.debugged_logins import DebuggedLogins, closing
from loginwright_runtime.testing.debugging_programs import debugged_flow
from loginwright_runtime.tracing.attached import record_of
from loginwright_runtime.tracing.record import CallMade

if TYPE_CHECKING:
    from loginwright_runtime.testing.debugging_programs import Language
    from loginwright_runtime.transaction.outcome import Outcome

SECONDS = 60


def effects(outcome: Outcome) -> list[str]:
    """Return what the action asked for."""
    entries = record_of(outcome).entries
    return [repr(one.args) for one in entries if isinstance(one, CallMade) and not one.evaluated]


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("records", [False, True], ids=["plain", "recorded"])
@pytest.mark.parametrize("busy", [False, True], ids=["calm", "busy"])
@pytest.mark.parametrize("language", ["javascript", "python"])
async def test_every_request_ends_in_a_stop_that_was_asked_for(
    language: Language, request: pytest.FixtureRequest, *, busy: bool, records: bool
) -> None:
    flow = debugged_flow(ROUNDS, language)
    async with closing(WorkerPool(SHAPES)) as host:
        plain = await DebuggedLogins(flow.flow, host).login()
        trace = await trace_of(flow, host)
        for seed in range(request.config.getoption("--debugger-walks")):
            walk = Walk(flow, trace, seed, busy=busy)
            logins = DebuggedLogins(
                flow.flow, host, walk, record_lines=records, leg_seconds=SECONDS
            )
            async with asyncio.timeout(SECONDS):
                outcome = await logins.login()
            await walk.ended()
            why = outcome.error.description if outcome.error is not None else None
            assert (seed, walk.wrong, why) == (seed, [], None)
            assert (seed, outcome.claims) == (seed, plain.claims)
            assert (seed, effects(outcome)) == (seed, effects(plain))
