"""What an engine answers a server that hands it the wrong things (contract.md, "Python API")."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import jwt
import pytest
from typing_extensions import override

from login_bench import (
    KEY,
    SECRET,
    Workbench,
    a_flow,
    a_login,
    ada,
    came_back,
    expect,
    member,
)
from loginwright_runtime.engine import FlowEngine
from loginwright_runtime.errors import OptionsError, RequestError, SecretError
from loginwright_runtime.login.requests import (
    BindBrowser,
    ChallengeResult,
    FormResult,
    HttpRequest,
    NoBrowser,
    RedirectReturn,
)
from loginwright_runtime.stores.memory import MemoryUserStore
from loginwright_runtime.testing import ScriptedAction, ScriptedApi
from loginwright_runtime.transaction.outcome import Allowed, Failed, Suspended

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loginwright_runtime.extension_points import (
        SecretRequest,
        SigningRequest,
        UserQuery,
        UserRecord,
    )
    from loginwright_runtime.login.json_values import JsonObject


async def send_away(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("redirect.sendUserTo", "https://my-app.example.com")


async def nothing(_event: JsonObject, _api: ScriptedApi) -> None:
    """An action that asks for nothing."""


def bench() -> Workbench:
    return Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, nothing)})


@pytest.mark.parametrize("state", [None, 7, b"A" * 43, "\ud800"])
async def test_a_state_that_is_no_text_is_an_unknown_one(state: object) -> None:
    back = RedirectReturn(state, HttpRequest(), NoBrowser())  # type: ignore[arg-type]  # the mistake
    outcome = expect(await bench().engine().resume(back), Failed)
    assert outcome.error is not None
    assert (outcome.error.kind, outcome.error.description) == (
        "invalid_request",
        "The state is unknown.",
    )


async def test_a_return_of_the_wrong_shape_is_bad_input_and_uses_nothing() -> None:
    parts = bench()
    away = expect(await parts.engine().start(a_login()), Suspended)
    request = HttpRequest(query={"state": away.state})
    for mistake, path in (
        (None, "$"),
        ({"state": away.state}, "$"),
        (RedirectReturn(away.state, {"query": {}}, NoBrowser()), "$.request"),  # type: ignore[arg-type]  # the mistake
        (RedirectReturn(away.state, request, None), "$.browser"),  # type: ignore[arg-type]  # the mistake
        (FormResult(away.state, None), "$.fields"),  # type: ignore[arg-type]  # the mistake
        (FormResult(away.state, {}, []), "$.vars"),  # type: ignore[arg-type]  # the mistake
        (FormResult(away.state, {}, {}, {}), "$.request"),  # type: ignore[arg-type]  # the mistake
        (ChallengeResult(away.state, None, True), "$.factor"),  # type: ignore[arg-type]  # the mistake
    ):
        with pytest.raises(RequestError) as refused:
            await parts.engine().resume(mistake)  # type: ignore[arg-type]  # the mistake
        assert refused.value.problems[0].path == path
    expect(await parts.engine().resume(came_back(away.state)), Allowed)


@pytest.mark.parametrize("key", [7, b"A" * 43, ["A" * 43]])
async def test_a_browsers_key_that_is_no_text_is_a_foreign_one(key: object) -> None:
    parts = bench()
    away = expect(await parts.engine().start(a_login()), Suspended)
    browser = BindBrowser(key)  # type: ignore[arg-type]  # the mistake
    outcome = expect(
        await parts.engine().resume(RedirectReturn(away.state, HttpRequest(), browser)), Failed
    )
    assert outcome.error is not None
    assert outcome.error.description == "The state is unknown."
    expect(await parts.engine().resume(came_back(away.state)), Allowed)


class OddSecrets:
    """A source of secrets that gives what is no text."""

    def __init__(self, given: object) -> None:
        self.given = given

    async def secrets(self, request: SecretRequest) -> Mapping[str, str]:
        """Return it."""
        assert request.names == ("SHARED",)
        return self.given  # type: ignore[return-value]  # the mistake


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"SHARED": None}, "missing-secret"),
        ({"SHARED": 7}, "invalid-secret"),
        ({"SHARED": b"bytes"}, "invalid-secret"),
        ({"SHARED": "half \ud800"}, "invalid-secret"),
        (None, "invalid-secret"),
    ],
)
async def test_a_secret_that_is_no_text_is_named_before_anything_runs(
    given: object, rule: str
) -> None:
    flow = a_flow("ask", secrets={"ask": ("SHARED",)})
    parts = Workbench(flow, {"ask": ScriptedAction(nothing)})
    engine = FlowEngine(
        flow,
        users=parts.users,
        suspensions=parts.suspensions,
        secrets=OddSecrets(given),
        hostnames=parts.hostnames,
        store_keys=parts.keys,
        host=parts.host,
    )
    with pytest.raises(SecretError) as refused:
        await engine.start(a_login())
    assert refused.value.problems[0].rule == rule
    assert not parts.host.invocations


@pytest.mark.parametrize("key", ["k" * 32, 32, None])
def test_a_server_key_that_is_no_bytes_is_refused_at_once(key: object) -> None:
    parts = bench()
    parts.keys = (key,)  # type: ignore[assignment]  # the mistake
    with pytest.raises(OptionsError, match="store_keys"):
        parts.engine()


class OddProfiles(MemoryUserStore):
    """A user store that gives what no JSON can hold."""

    def __init__(self, odd: object) -> None:
        super().__init__([ada()])
        self.odd = odd

    @override
    async def read(self, query: UserQuery) -> UserRecord | None:
        record = await super().read(query)
        assert record is not None
        profile = {**record.profile, "odd": self.odd}
        return replace(record, profile=profile)  # type: ignore[arg-type]  # the mistake


@pytest.mark.parametrize("odd", [10**30, "\ud800", {7: "a number as key"}, object()])
async def test_a_profile_that_is_no_json_is_a_fault_of_the_store(odd: object) -> None:
    parts = Workbench(a_flow("ask"), {"ask": ScriptedAction(send_away, nothing)})
    away = expect(await parts.engine().start(a_login()), Suspended)
    parts.users = OddProfiles(odd)
    begun = await parts.engine().start(a_login())
    gone_on = await parts.engine().resume(came_back(away.state))
    for outcome in (begun, gone_on):
        error = expect(outcome, Failed).error
        assert error is not None
        assert (error.code, error.kind) == ("server_error", "host")
        assert "profile" in error.description


def test_one_hostname_instead_of_a_set_of_them_is_refused() -> None:
    parts = bench()
    parts.hostnames = "login.example.com"  # type: ignore[assignment]  # the mistake
    with pytest.raises(OptionsError, match="hostnames"):
        parts.engine()


def test_one_server_key_instead_of_a_list_of_them_is_refused() -> None:
    parts = bench()
    parts.keys = KEY  # type: ignore[assignment]  # the mistake
    with pytest.raises(OptionsError, match="list"):
        parts.engine()


async def test_a_hostname_that_is_left_out_where_several_are_served_is_said_to_be_missing() -> None:
    parts = bench()
    parts.hostnames = ("login.example.com", "id.example.com")
    with pytest.raises(
        RequestError, match="has no hostname, and this engine serves several or none"
    ):
        await parts.engine().start(a_login(request=HttpRequest()))


async def test_no_browser_decides_how_the_hostname_is_spelled_that_tokens_come_from() -> None:
    async def mint(_event: JsonObject, api: ScriptedApi) -> None:
        options: JsonObject = {"secret": SECRET, "payload": {}}
        token = await api.call("redirect.encodeToken", options)
        assert isinstance(token, str)
        claims.append(jwt.decode(token, SECRET, algorithms=["HS256"]))

    claims: list[JsonObject] = []
    signer = SignerThatGives("a.b.c")
    parts = Workbench(a_flow("ask"), {"ask": ScriptedAction(mint)}, signer=signer)
    login = a_login(request={"hostname": "LOGIN.Example.com"})
    expect(await parts.engine().start(login), Allowed)
    assert claims[0]["iss"] == "login.example.com"
    assert member(parts.events()[0], "request", "hostname") == "login.example.com"
    assert signer.asked[0].claims["aud"] == "https://login.example.com/userinfo"


class SignerThatGives:
    """A signer of a host's own."""

    def __init__(self, token: object) -> None:
        self.token = token
        self.asked: list[SigningRequest] = []

    async def sign(self, request: SigningRequest) -> str:
        """Return the token."""
        self.asked.append(request)
        return self.token  # type: ignore[return-value]  # the mistake


@pytest.mark.parametrize("token", [None, b"a.b.c", "", {"token": "a.b.c"}])
async def test_a_signer_that_gives_no_text_fails_the_login(token: object) -> None:
    signer = SignerThatGives(token)
    parts = Workbench(a_flow("ask"), {"ask": ScriptedAction(nothing)}, signer=signer)
    outcome = expect(await parts.engine().start(a_login()), Failed)
    assert outcome.error is not None
    assert (outcome.error.kind, outcome.error.code) == ("host", "server_error")
    assert "signer gave no token" in outcome.error.description


async def test_a_hostname_is_the_same_in_small_and_capital_letters() -> None:
    parts = bench()
    request = HttpRequest(hostname="Login.Example.com")
    away = expect(await parts.engine().start(a_login(request=request)), Suspended)
    expect(await parts.engine().resume(came_back(away.state)), Allowed)
