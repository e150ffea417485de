"""The seed page's actions, unmodified, in real workers, as whole logins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jwt
import pytest

import seed_page_actions as seed
from login_bench import HOST, KEY, NOON, SECRET, a_login, ada, came_back, expect
from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.engine import FlowEngine
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.flow.version import with_version
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.login.requests import ChallengeResult
from loginwright_runtime.stores.memory import MemorySuspensionStore, MemoryUserStore
from loginwright_runtime.stores.secret_sources import MappingSecrets
from loginwright_runtime.transaction.outcome import Allowed, Denied, Failed, Outcome, Suspended

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from loginwright_runtime.login.json_values import JsonObject

SATURDAY = NOON + 5 * 86_400


@pytest.fixture
async def pool() -> AsyncIterator[WorkerPool]:
    """Real workers for one story."""
    workers = WorkerPool(SHAPES, max_workers=1)
    yield workers
    await workers.aclose()


def an_engine(pool: WorkerPool, code: str, profile: JsonObject | None = None) -> FlowEngine:
    action = Action(
        id="seed",
        name="Seed",
        code="actions/seed.js",
        language="javascript",
        secrets=("MY_SHARED_SECRET",),
    )
    flow = Flow(name="Seed", actions=(action,), files={action.code: code.encode()}, version="")
    return FlowEngine(
        with_version(flow),
        users=MemoryUserStore([profile or ada()]),
        suspensions=MemorySuspensionStore(),
        secrets=MappingSecrets({"MY_SHARED_SECRET": SECRET}),
        hostnames={HOST},
        store_keys=[KEY],
        host=pool,
    )


async def login(engine: FlowEngine, now: float = NOON, **members: object) -> Outcome:
    request = a_login(**members)  # type: ignore[arg-type]  # members of a login, never `bound`
    return await engine.start(request, now=now)


async def test_access_is_denied_by_domain_and_application(pool: WorkerPool) -> None:
    engine = an_engine(pool, seed.ACCESS_CONTROL)
    outcome = expect(await login(engine), Denied)
    assert outcome.error is not None
    assert outcome.error.description == "Access to My SPA is not allowed."
    assert outcome.error.line == 7
    other = {"client_id": "other", "name": "Other"}
    expect(await login(engine, client=other), Allowed)


async def test_an_application_is_open_on_weekdays_only(pool: WorkerPool) -> None:
    engine = an_engine(pool, seed.WEEKDAYS)
    app = {"client_id": "app", "name": "APP_NAME"}
    expect(await login(engine, client=app), Allowed)
    expect(await login(engine, now=SATURDAY, client=app), Denied)
    expect(await login(engine, now=SATURDAY), Allowed)


async def test_end_users_are_kept_from_an_api(pool: WorkerPool) -> None:
    engine = an_engine(pool, seed.DENY_API)
    api = {"identifier": "http://todoapi2.api"}
    outcome = expect(await login(engine, resource_server=api), Denied)
    assert outcome.error is not None
    assert outcome.error.description == "end_users_not_allowed"
    expect(await login(engine), Allowed)


async def test_roles_reach_both_tokens(pool: WorkerPool) -> None:
    extras = {"authorization": {"roles": ["admin", "editor"]}}
    outcome = expect(await login(an_engine(pool, seed.ADD_ROLES), event_extras=extras), Allowed)
    roles = {"https://my-app.example.com/roles": ["admin", "editor"]}
    assert outcome.claims is not None
    assert (outcome.claims.id_token, outcome.claims.access_token) == (roles, roles)


async def test_the_profile_is_enriched_in_one_write(pool: WorkerPool) -> None:
    outcome = expect(await login(an_engine(pool, seed.ENRICH_PROFILE)), Allowed)
    assert outcome.profile_update is not None
    assert outcome.profile_update.user_metadata == {"favorite_color": "blue"}
    assert outcome.user is not None
    assert outcome.user["user_metadata"] == {"favorite_color": "blue"}


async def test_mfa_is_owed_from_north_america_only(pool: WorkerPool) -> None:
    engine = an_engine(pool, seed.MFA_POLICY)
    there = {"hostname": HOST, "geoip": {"continentCode": "NA"}}
    away = expect(await login(engine, request=there), Suspended)
    assert away.kind == "challenge"
    expect(await engine.resume(ChallengeResult(away.state, "otp", True)), Allowed)
    expect(await login(engine), Allowed)


async def test_the_user_is_sent_away_and_the_answer_is_kept(pool: WorkerPool) -> None:
    engine = an_engine(pool, seed.REDIRECT)
    away = expect(await login(engine), Suspended)
    assert away.url is not None
    address, _, query = away.url.partition("?")
    assert address == "https://my-app.example.com/"
    sent, state = query.split("&")
    assert state == f"state={away.state}"
    payload = jwt.decode(
        sent.removeprefix("session_token="),
        SECRET,
        algorithms=["HS256"],
        options={"verify_exp": False, "verify_iat": False},
    )
    assert payload == {
        "iss": HOST,
        "iat": int(NOON),
        "exp": int(NOON) + 900,
        "sub": "auth0|0001",
        "ip": "203.0.113.7",
        "email": "ada@example.com",
    }

    echoed = came_back(away.state, session_token=sent.removeprefix("session_token="))
    refused = expect(await engine.resume(echoed), Failed)
    assert refused.error is not None
    assert refused.error.description == (
        "The session token is invalid: State in the token does not match the /continue state."
    )

    again = expect(await login(engine), Suspended)
    claims = payload | {"state": again.state, "favorite_color": "teal"}
    reply = jwt.encode(claims, SECRET, "HS256")
    outcome = expect(await engine.resume(came_back(again.state, session_token=reply)), Allowed)
    assert outcome.user is not None
    assert outcome.user["user_metadata"] == {"favorite_color": "teal"}


async def test_who_has_answered_is_not_sent_away(pool: WorkerPool) -> None:
    profile = ada(user_metadata={"favorite_color": "teal"})
    expect(await login(an_engine(pool, seed.REDIRECT, profile)), Allowed)
