"""Where a login's time goes: each stage by itself, beside the whole, all measured in turns.

What the stages come to together is less than the whole, because each has the processor's caches to
itself while it is measured; a login that changes processes three times finds them cold.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric import rsa
from typing_extensions import override

from benchmarks.bench_logins import HOST, LEAVE, a_flow, a_login, a_user, an_engine
from benchmarks.bench_stores import Floor, one_login
from benchmarks.bench_worker import ROLES, in_turns, invocation, start_bare
from benchmarks.table import Row
from loginwright_runtime.api.call import WorkerCall
from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.engine.saved_login import from_bytes, to_bytes
from loginwright_runtime.extension_points import (
    ActionHost,
    Invocation,
    InvocationEnd,
    Returned,
    SigningRequest,
)
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.login.requests import HttpRequest, NoBrowser, RedirectReturn
from loginwright_runtime.stores.clocks import MovableClock
from loginwright_runtime.stores.memory import MemorySuspensionStore
from loginwright_runtime.stores.sqlite import SqliteStore
from loginwright_runtime.testing.suspension_conformance import suspension
from loginwright_runtime.tokens.sealing import SealBroken, SealedFor, Sealer
from loginwright_runtime.tokens.signers import KeySigner
from loginwright_runtime.transaction.outcome import Allowed, Suspended

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from loginwright_runtime.engine import FlowEngine
    from loginwright_runtime.extension_points import SavedSuspension
    from loginwright_runtime.login.json_values import JsonObject
    from loginwright_runtime.login.requests import LoginRequest

CLAIM = "https://my-app.example.com/roles"
CLAIMS = [
    WorkerCall(f"{token}.setCustomClaim", [CLAIM, ["admin"]], 5)
    for token in ("idToken", "accessToken")
]
AWAY = [WorkerCall("redirect.sendUserTo", ["https://my-app.example.com"], 3)]
RSA_BITS = 2048
SOON = 3600.0


class NoHost(ActionHost):
    """Makes the calls of each handler in this process: the engine alone."""

    def __init__(self, calls: list[WorkerCall], then: list[WorkerCall] | None = None) -> None:
        """Make ``calls`` in the first handler of an action, ``then`` in the other."""
        self._calls = {"onExecutePostLogin": calls, "onContinuePostLogin": then or []}

    @override
    async def run(self, invocation: Invocation) -> InvocationEnd:
        for call in self._calls[invocation.handler]:
            invocation.answer(call)
        return Returned(0.05)

    @override
    async def aclose(self) -> None:
        """Nothing to end."""


class RememberingStore(MemorySuspensionStore):
    """Keeps the last row that was saved."""

    last: SavedSuspension

    @override
    async def save(self, suspension: SavedSuspension) -> None:
        self.last = suspension
        await super().save(suspension)


async def login(engine: FlowEngine, request: LoginRequest) -> None:
    """Run a login that is allowed."""
    assert isinstance(await engine.start(request), Allowed)


async def there_and_back(engine: FlowEngine) -> None:
    """Run a login that leaves once and comes back."""
    away = await engine.start(a_login())
    assert isinstance(away, Suspended)
    came = HttpRequest(hostname=HOST, method="POST", body={"state": away.state})
    back = await engine.resume(RedirectReturn(away.state, came, NoBrowser()))
    assert isinstance(back, Allowed)


async def handlers(pool: WorkerPool, asked: Invocation, times: int) -> None:
    """Run a handler with two calls so many times."""
    for _ in range(times):
        assert isinstance(await pool.run(asked), Returned)


def least_login(key: rsa.RSAPrivateKey, run: Callable[[], Awaitable[None]]) -> Callable[[], object]:
    """Return an engine of plain dictionaries: no checks, no limits, no types, no way to suspend."""
    profile = orjson.dumps(a_user())

    async def least() -> bytes:
        user = orjson.loads(profile)
        event = orjson.dumps({"user": user, "request": {"hostname": HOST}, "client": {}})
        claims: dict[str, JsonObject] = {"idToken": {}, "accessToken": {}}
        record: list[JsonObject] = []
        for action in range(3):
            await run()
            for call in CLAIMS:
                record.append({"action": action, "method": call.method, "args": call.args})
                claims[call.method.partition(".")[0]][CLAIM] = call.args[1]
        registered = {"sub": user["user_id"], "aud": "spa", "exp": 2_000_000_000}
        tokens = [jwt.encode({**registered, **custom}, key, "RS256") for custom in claims.values()]
        return orjson.dumps({"tokens": tokens, "steps": record, "event": event.decode()})

    return least


async def whole_login() -> list[Row]:
    """A login of three actions and two RS256 signatures, and what it is made of."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=RSA_BITS)
    signer = KeySigner(key)
    request = SigningRequest({"sub": "auth0|0001", CLAIM: ["admin"] * 20}, "RS256", "JWT")
    bare = await start_bare(CLAIMS)
    pool = WorkerPool(SHAPES)
    flow, asked = a_flow(ROLES, ROLES, ROLES), a_login()

    async def bare_three() -> None:
        for _ in range(3):
            await bare.run()

    async def signatures() -> None:
        for _ in range(2):
            await signer.sign(request)

    async with (
        an_engine(flow, signer=signer) as engine,
        an_engine(flow) as unsigned,
        an_engine(flow, host=NoHost(CLAIMS)) as alone,
    ):
        medians = await in_turns(
            partial(login, engine, asked),
            partial(login, unsigned, asked),
            partial(login, alone, asked),
            partial(handlers, pool, invocation(ROLES), 3),
            bare_three,
            signatures,
            least_login(key, bare.run),  # type: ignore[arg-type]  # its answer is not looked at
        )
    bare.end()
    await pool.aclose()
    whole, without, engine_alone, workers, bare_workers, signed, least = medians
    floor = bare_workers + signed
    return [
        Row("stages: a whole login", whole, floor, 1.3, "floor: bare workers and signatures"),
        Row("… two signatures", signed, whole, None, "floor: the whole; so below"),
        Row("… three handlers in a worker", workers, whole, None, "the pool alone"),
        Row("… of that bare workers", bare_workers, whole, None, "no pool, no api"),
        Row("… the engine alone", engine_alone, whole, None, "calls made in this process"),
        Row("… unsigned, workers and engine", without, whole, None, "caches cold"),
        Row("… a login of plain dictionaries", least, floor, None, "floor: as of the whole"),
    ]


async def _saved() -> tuple[bytes, SavedSuspension, str]:
    """Return a suspended login before its seal, its row and its state."""
    store = RememberingStore()
    async with an_engine(a_flow(LEAVE), suspensions=store, host=NoHost(AWAY)) as engine:
        away = await engine.start(a_login())
    assert isinstance(away, Suspended)
    content = Sealer([bytes(32)]).open(store.last.sealed, away.state, bound_to(store.last))
    assert not isinstance(content, SealBroken)
    return content, store.last, away.state


def bound_to(row: SavedSuspension) -> SealedFor:
    """Return what the seal of a row is bound to."""
    return SealedFor(row.state_digest, row.flow_version, row.transaction_id, row.expires_at)


async def suspend_and_resume() -> list[Row]:
    """A login that leaves and comes back, unsigned, and what it is made of."""
    content, row, state = await _saved()
    read = from_bytes(content)
    assert read is not None
    saved, sealer, bound, pool = read, Sealer([bytes(32)]), bound_to(row), WorkerPool(SHAPES)

    async def sealing() -> None:
        sealer.open(sealer.seal(content, state, bound), state, bound)

    async def types() -> None:
        from_bytes(to_bytes(replace(saved)))

    turn = 0

    async def commits(run: Callable[[str], Awaitable[None]]) -> None:
        nonlocal turn
        turn += 1
        await run(f"stage {turn}")

    with tempfile.TemporaryDirectory() as folder:
        floor = Floor(Path(folder) / "floor.db")
        clock = MovableClock(suspension("1").expires_at - SOON)

        async def whole_floor() -> None:
            await commits(floor.one_login)
            await sealing()

        async with (
            SqliteStore(Path(folder) / "store" / "bench.db", clock=clock) as store,
            an_engine(a_flow(LEAVE), suspensions=store.suspensions) as engine,
            an_engine(a_flow(LEAVE), host=NoHost(AWAY)) as alone,
        ):
            medians = await in_turns(
                partial(there_and_back, engine),
                whole_floor,
                partial(commits, floor.one_login),
                partial(commits, partial(one_login, store)),
                sealing,
                types,
                partial(handlers, pool, invocation(ROLES), 2),
                partial(there_and_back, alone),
            )
        floor.close()
    await pool.aclose()
    whole, least, bare, kept, sealed, typed, workers, engine_alone = medians
    return [
        Row("stages: suspend and resume", whole, least, 2.0, "floor: three commits and a seal"),
        Row("… three bare commits", bare, whole, None, "floor: the whole; so below"),
        Row("… the store's three commits", kept, whole, None, "purge, checks, two tables"),
        Row("… sealing and opening", sealed, whole, None, f"{len(content) / 1000:.1f} kB"),
        Row("… to bytes, and back to types", typed, whole, None, ""),
        Row("… two handlers in a worker", workers, whole, None, "the pool alone"),
        Row("… the engine alone", engine_alone, whole, None, "in memory; seal and types included"),
    ]


async def rows() -> list[Row]:
    """Return the rows of the table."""
    return [*await whole_login(), *await suspend_and_resume()]
