"""What an outcome says of what nobody knows (contract.md, "Outcome"): null, never a stand-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from login_bench import Workbench, a_flow, a_login, came_back, expect
from loginwright_runtime.engine import FlowEngine
from loginwright_runtime.login.requests import TokenContext
from loginwright_runtime.stores.secret_sources import MappingSecrets
from loginwright_runtime.testing import ScriptedAction, ScriptedApi
from loginwright_runtime.tracing.attached import record_of
from loginwright_runtime.transaction.oauth import oauth_error
from loginwright_runtime.transaction.outcome import Allowed, Denied, Failed, outcome_from_json

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue


async def nothing(_event: JsonObject, _api: ScriptedApi) -> None:
    """An action that asks for nothing."""


def bench() -> Workbench:
    return Workbench(a_flow("only"), {"only": ScriptedAction(nothing)})


async def test_a_state_that_nobody_knows_belongs_to_no_login() -> None:
    outcome = expect(await bench().engine().resume(came_back("B" * 43)), Failed)
    document = outcome.model_dump(mode="json")
    assert document["transaction_id"] is None
    assert oauth_error(outcome, endpoint="authorize").status == 400
    assert outcome_from_json(outcome.model_dump_json()).transaction_id is None
    assert record_of(outcome).entries == ()


async def test_an_engine_that_only_resumes_knows_no_flow_of_an_unknown_state() -> None:
    parts = bench()
    engine = FlowEngine(
        None,
        users=parts.users,
        suspensions=parts.suspensions,
        secrets=MappingSecrets({}),
        hostnames=parts.hostnames,
        store_keys=parts.keys,
        host=parts.host,
    )
    outcome = expect(await engine.resume(came_back("B" * 43)), Failed)
    assert outcome.model_dump(mode="json")["flow"] == {"name": None, "version": None}


async def test_a_time_of_authentication_that_nobody_attests_is_not_1970() -> None:
    outcome = expect(await bench().engine().start(a_login()), Allowed)
    assert outcome.model_dump(mode="json")["authentication"]["auth_time"] is None

    attested = a_login(token=TokenContext(auth_time=1_795_427_970))
    outcome = expect(await bench().engine().start(attested), Allowed)
    assert outcome.authentication.auth_time == 1_795_427_970


@pytest.mark.parametrize("given", [(), (None,), ("",), (" \n",)])
async def test_a_denial_without_a_reason_says_what_the_application_is_told(
    given: tuple[JsonValue, ...],
) -> None:
    async def denies(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("access.deny", *given)

    parts = Workbench(a_flow("only"), {"only": ScriptedAction(denies)})
    outcome = expect(await parts.engine().start(a_login()), Denied)
    assert outcome.error is not None
    assert outcome.error.description == "Access denied."
    assert oauth_error(outcome, endpoint="token") == (403, "access_denied", "Access denied.")
    assert outcome.steps[0].calls[0].args == list(given)


async def test_a_revocation_without_a_reason_is_one_all_the_same() -> None:
    async def revokes(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("refreshToken.revoke")

    parts = Workbench(a_flow("only"), {"only": ScriptedAction(revokes)})
    exchange = a_login(protocol="oauth2-refresh-token", refresh_token={"id": "rt_1"})
    outcome = expect(await parts.engine().start(exchange), Denied)
    assert outcome.refresh_token.revoked == "Access denied."
