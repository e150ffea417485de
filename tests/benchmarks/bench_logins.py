"""Whole logins: three actions and two signatures, suspend and resume, a crowd beside a loop."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from benchmarks.bench_stores import Floor
from benchmarks.bench_worker import ROLES, in_turns, start_bare
from benchmarks.table import Row
from loginwright_runtime.api.call import WorkerCall
from loginwright_runtime.engine import EngineOptions, FlowEngine
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.flow.version import with_version
from loginwright_runtime.login.requests import (
    Client,
    HttpRequest,
    LoginRequest,
    NoBrowser,
    RedirectReturn,
    TransactionDetails,
)
from loginwright_runtime.stores.memory import MemorySuspensionStore, MemoryUserStore
from loginwright_runtime.stores.secret_sources import MappingSecrets
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.tokens.sealing import SealedFor, Sealer, digest_of, new_state
from loginwright_runtime.tokens.signers import KeySigner
from loginwright_runtime.transaction.outcome import Allowed, Failed, Suspended

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from loginwright_runtime.extension_points import ActionHost, SuspensionStore, TokenSigner
    from loginwright_runtime.login.json_values import JsonObject

HOST = "login.example.com"
LOOP = "exports.onExecutePostLogin = async (event) => { while (event.user.loops) {} };"
LEAVE = """
exports.onExecutePostLogin = async (event, api) => {
  api.redirect.sendUserTo('https://my-app.example.com');
};
exports.onContinuePostLogin = async () => {};
"""
CROWD = 100
LOOP_TARGET = 2.5


def a_flow(*sources: str) -> Flow:
    """Return a flow of JavaScript actions."""
    files = {f"actions/a{index}.js": source.encode() for index, source in enumerate(sources)}
    actions = tuple(
        Action(id=f"a{index}", name=f"A{index}", code=path, language="javascript")
        for index, path in enumerate(files)
    )
    return with_version(Flow(name="Bench", actions=actions, files=files, version=""))


def a_user(user_id: str = "auth0|0001", **more: object) -> JsonObject:
    """Return a profile of the usual size."""
    metadata = {f"key_{number}": number for number in range(30)}
    profile: JsonObject = {"user_id": user_id, "email": "ada@example.com"}
    profile.update({"user_metadata": metadata, "app_metadata": {"note": "n" * 600}, **more})  # type: ignore[dict-item]  # plain JSON
    return profile


def a_login(user_id: str = "auth0|0001") -> LoginRequest:
    """Return an ordinary login."""
    return LoginRequest(
        user_id=user_id,
        client=Client(client_id="spa", name="My SPA"),
        request=HttpRequest(hostname=HOST, user_agent="Mozilla/5.0 " + "x" * 100),
        transaction=TransactionDetails(requested_scopes=("openid", "profile")),
        browser=NoBrowser(),
        event_extras={"authorization": {"roles": ["admin"]}},
    )


@asynccontextmanager
async def an_engine(
    flow: Flow,
    *,
    suspensions: SuspensionStore | None = None,
    signer: TokenSigner | None = None,
    options: EngineOptions | None = None,
    host: ActionHost | None = None,
) -> AsyncIterator[FlowEngine]:
    """Run an engine on memory stores unless told otherwise."""
    users = MemoryUserStore([a_user(), a_user("auth0|loops", loops=True)])
    async with FlowEngine(
        flow,
        users=users,
        suspensions=suspensions or MemorySuspensionStore(),
        secrets=MappingSecrets({}),
        signer=signer,
        hostnames={HOST},
        store_keys=[bytes(32)],
        options=options,
        host=host,
    ) as engine:
        yield engine


async def whole_login() -> Row:
    """Three actions and two RS256 signatures, beside bare workers and bare signatures."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    claim = "https://my-app.example.com/roles"
    calls = [
        WorkerCall(f"{token}.setCustomClaim", [claim, ["admin"]], 5)
        for token in ("idToken", "accessToken")
    ]
    bare = await start_bare(calls)
    payload = {"sub": "auth0|0001", "aud": "spa", "exp": 2_000_000_000, claim: ["admin"] * 20}

    async def floor() -> None:
        for _ in range(3):
            await bare.run()
        for _ in range(2):
            jwt.encode(payload, key, "RS256")

    async with an_engine(a_flow(ROLES, ROLES, ROLES), signer=KeySigner(key)) as engine:
        request = a_login()

        async def ours() -> None:
            assert isinstance(await engine.start(request), Allowed)

        median, least = await in_turns(ours, floor)
    bare.end()
    note = "floor: a bare worker three times and two bare signatures"
    return Row("login: three actions, ID and access token", median, least, 1.3, note)


async def suspend_and_resume() -> Row:
    """Suspend to SQLite and resume, without signing, beside a bare sealed write and claim."""
    with tempfile.TemporaryDirectory() as folder:
        floor = Floor(Path(folder) / "floor.db")
        sealer = Sealer([bytes(32)])
        async with (
            SqliteStore(Path(folder) / "store" / "bench.db") as store,
            an_engine(a_flow(LEAVE), suspensions=store.suspensions) as engine,
        ):

            async def ours() -> None:
                away = await engine.start(a_login())
                assert isinstance(away, Suspended)
                came = HttpRequest(hostname=HOST, method="POST", body={"state": away.state})
                back = await engine.resume(RedirectReturn(away.state, came, NoBrowser()))
                assert isinstance(back, Allowed)

            async def bare() -> None:
                state, content = new_state(), bytes(8_000)
                bound = SealedFor(digest_of(state) or "", "", "", 0)
                sealed = sealer.seal(content, state, bound)
                await floor.one_login(state)
                assert sealer.open(sealed, state, bound) == content

            median, least = await in_turns(ours, bare)
        floor.close()
    note = "two handlers and three commits; floor: a seal, three bare commits, an opening"
    return Row("login: suspend to SQLite and resume", median, least, 2.0, note)


async def _crowd(engine: FlowEngine) -> float:
    """Return the 99th percentile of a hundred logins at once, in microseconds."""

    async def one() -> float:
        begin = time.perf_counter()
        assert isinstance(await engine.start(a_login()), Allowed)
        return time.perf_counter() - begin

    times = sorted(await asyncio.gather(*(one() for _ in range(CROWD))))
    return times[CROWD - 2] * 1e6


async def crowd_beside_a_loop() -> Row:
    """A hundred logins, without and with one action that loops for ever."""
    options = EngineOptions(leg_seconds=2)
    async with an_engine(a_flow(LOOP), options=options) as engine:
        for _ in range(5):
            await _crowd(engine)
        without = statistics.median([await _crowd(engine) for _ in range(9)])
        looping = asyncio.create_task(engine.start(a_login("auth0|loops")))
        await asyncio.sleep(0)
        beside: list[float] = []
        while not looping.done() and len(beside) < 9:
            beside.append(await _crowd(engine))
        assert isinstance(await looping, Failed)
    note = "99th percentile of 100 at once; floor: without the loop"
    return Row(
        "login: beside an endless loop", statistics.median(beside), without, LOOP_TARGET, note
    )


async def rows() -> list[Row]:
    """Return the rows of the table."""
    return [await whole_login(), await suspend_and_resume(), await crowd_beside_a_loop()]
