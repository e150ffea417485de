"""Options of an engine that has workers of its own, seen by the code that runs in them."""

from __future__ import annotations

import pytest

from login_bench import HOST, a_login, ada, expect
from loginwright_runtime.engine import EngineOptions, FlowEngine
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.flow.version import with_version
from loginwright_runtime.stores.memory import MemorySuspensionStore, MemoryUserStore
from loginwright_runtime.stores.secret_sources import MappingSecrets
from loginwright_runtime.transaction.outcome import Allowed
from worker_watch import processes

COUNTS = b"""
count = 0

async def on_execute_post_login(event, api):
    global count
    count += 1
    api.id_token.set_custom_claim("https://a.example/count", count)
"""
CONNECTS = b"""
import socket

async def on_execute_post_login(event, api):
    try:
        socket.create_connection(("127.0.0.1", 1), timeout=5)
    except OSError as error:
        api.id_token.set_custom_claim("https://a.example/error", str(error))
"""


async def told(code: bytes, options: EngineOptions, logins: int = 1) -> list[object]:
    """Return the one claim that each of some logins got."""
    action = Action(id="one", name="One", code="actions/one.py", language="python")
    flow = with_version(Flow(name="Real", actions=(action,), files={action.code: code}, version=""))
    engine = FlowEngine(
        flow,
        users=MemoryUserStore([ada()]),
        suspensions=MemorySuspensionStore(),
        secrets=MappingSecrets({}),
        hostnames=(HOST,),
        store_keys=(bytes(32),),
        options=options,
    )
    claims: list[object] = []
    async with engine:
        for _ in range(logins):
            outcome = expect(await engine.start(a_login()), Allowed)
            assert outcome.claims is not None
            claims += outcome.claims.id_token.values()
    assert processes() == set()
    return claims


@pytest.mark.parametrize(("warm", "counts"), [(True, [1, 2, 3]), (False, [1, 1, 1])])
async def test_modules_stay_from_login_to_login_only_where_they_are_to(
    warm: bool, counts: list[int]
) -> None:
    options = EngineOptions(warm_modules=warm, max_workers=1)
    assert await told(COUNTS, options, logins=3) == counts


async def test_an_engine_without_a_network_says_so_to_its_actions() -> None:
    (closed,) = await told(CONNECTS, EngineOptions(network="none"))
    (opened,) = await told(CONNECTS, EngineOptions())
    assert "This run has no network" in str(closed)
    assert "This run has no network" not in str(opened)
