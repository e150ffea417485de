"""Options of an engine that has workers of its own, seen by the code that runs in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from login_bench import HOST, a_login, ada, expect
from loginwright_runtime.engine import EngineOptions, FlowEngine
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.flow.version import with_version
from loginwright_runtime.stores.memory import MemorySuspensionStore, MemoryUserStore
from loginwright_runtime.stores.secret_sources import MappingSecrets
from loginwright_runtime.transaction.outcome import Allowed
from worker_watch import processes

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Language

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


FILLS = b"""
exports.onExecutePostLogin = async (event, api) => {
  const kept = [];
  for (let i = 0; i < 60; i += 1) kept.push(new Array(131072).fill(i + 0.5));
  api.idToken.setCustomClaim('https://a.example/kept', kept.length);
};
"""


def of_one_action(code: bytes, language: Language) -> Flow:
    file = "actions/one.py" if language == "python" else "actions/one.js"
    action = Action(id="one", name="One", code=file, language=language)
    return with_version(Flow(name="Real", actions=(action,), files={file: code}, version=""))


def an_engine(flow: Flow, options: EngineOptions) -> FlowEngine:
    return FlowEngine(
        flow,
        users=MemoryUserStore([ada()]),
        suspensions=MemorySuspensionStore(),
        secrets=MappingSecrets({}),
        hostnames=(HOST,),
        store_keys=(bytes(32),),
        options=options,
    )


async def told(code: bytes, options: EngineOptions, logins: int = 1) -> list[object]:
    """Return the one claim that each of some logins got."""
    claims: list[object] = []
    async with an_engine(of_one_action(code, "python"), options) as engine:
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


@pytest.mark.parametrize(("heap_mb", "status"), [(32, "failed"), (128, "allowed")])
async def test_an_action_has_the_heap_that_the_options_give_it(heap_mb: int, status: str) -> None:
    options = EngineOptions(heap_mb=heap_mb)
    async with an_engine(of_one_action(FILLS, "javascript"), options) as engine:
        outcome = await engine.start(a_login())
    assert outcome.status == status, outcome.error
    assert ("memory" in str(outcome.error and outcome.error.description)) == (heap_mb == 32)
