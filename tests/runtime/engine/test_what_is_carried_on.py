"""What a host tells of a login reaches its tokens, its challenges and the directory unchanged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from typing_extensions import override

from login_bench import HOST, NOON, Workbench, a_flow, a_login, ada, came_back, expect
from loginwright_runtime.engine import EngineOptions
from loginwright_runtime.errors import HostError
from loginwright_runtime.extension_points import (
    GroupsPage,
    GroupsQuery,
    Invocation,
    InvocationEnd,
    RolesPage,
    RolesQuery,
)
from loginwright_runtime.login.requests import ChallengeResult, TokenContext, TransactionDetails
from loginwright_runtime.stores.memory import MemoryUserStore
from loginwright_runtime.testing import ScriptedAction, ScriptedApi, ScriptedHost
from loginwright_runtime.tokens.payloads import half_hash
from loginwright_runtime.tokens.signers import KeySigner
from loginwright_runtime.transaction.outcome import Allowed, Denied, Failed, Suspended

if TYPE_CHECKING:
    from jwt.types import Options

    from loginwright_runtime.login.json_values import JsonObject


async def nothing(_event: JsonObject, _api: ScriptedApi) -> None:
    """An action that asks for nothing."""


def asks(*made: tuple[object, ...]) -> ScriptedAction:
    """Return an action that makes these calls, and goes on without any."""

    async def ask(_event: JsonObject, api: ScriptedApi) -> None:
        for method, *args in made:
            await api.call(str(method), *args, line=2)  # type: ignore[arg-type]  # plain JSON

    return ScriptedAction(ask, nothing)


async def test_what_binds_tokens_to_a_key_a_code_and_a_class_reaches_them() -> None:
    signer = KeySigner(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    bench = Workbench(a_flow("one"), {"one": ScriptedAction(nothing)}, signer=signer)
    token = TokenContext(
        acr="urn:example:high", cnf={"jkt": "abc"}, code="c0de", issuer=f"https://{HOST}/"
    )
    outcome = expect(await bench.engine().start(a_login(token=token), now=NOON), Allowed)
    assert outcome.tokens is not None
    assert outcome.tokens.id_token is not None
    unverified: Options = {"verify_signature": False}
    identity = jwt.decode(outcome.tokens.id_token, options=unverified)
    access = jwt.decode(outcome.tokens.access_token, options=unverified)
    assert access["cnf"] == {"jkt": "abc"}
    assert (identity["acr"], access["acr"]) == ("urn:example:high", "urn:example:high")
    assert identity["c_hash"] == half_hash("c0de")
    assert outcome.tokens.token_type == "Bearer"


@pytest.mark.parametrize(
    ("scopes", "calls", "issue"),
    [
        (("openid", "offline_access"), (), True),
        (("openid",), (), False),
        (("openid", "offline_access"), (("accessToken.removeScope", "offline_access"),), False),
    ],
)
async def test_a_refresh_token_is_issued_for_offline_access_only(
    scopes: tuple[str, ...], calls: tuple[tuple[str, str], ...], issue: bool
) -> None:
    bench = Workbench(a_flow("one"), {"one": asks(*calls)})
    login = a_login(transaction=TransactionDetails(requested_scopes=scopes))
    outcome = expect(await bench.engine().start(login), Allowed)
    assert outcome.refresh_token.issue is issue


async def test_who_is_denied_gets_no_refresh_token_and_no_session_is_revoked_by_the_way() -> None:
    offline = TransactionDetails(requested_scopes=("openid", "offline_access"))
    bench = Workbench(a_flow("one"), {"one": asks(("access.deny", "No."))})
    outcome = expect(await bench.engine().start(a_login(transaction=offline)), Denied)
    assert not outcome.refresh_token.issue
    assert not outcome.session.revoked
    assert outcome.refresh_token.revoked is None


def two_users(**stored: object) -> MemoryUserStore:
    """Return a store with Ada and the primary user that lists her."""
    primary = ada(
        user_id="auth0|primary",
        user_metadata=stored,
        identities=[{"provider": "auth0", "user_id": "0001"}],
    )
    return MemoryUserStore([ada(user_metadata={"colour": "red"}), primary])


async def test_metadata_set_before_goes_to_the_primary_user_whatever_they_had_there() -> None:
    bench = Workbench(
        a_flow("note", "link"),
        {
            "note": asks(("user.setUserMetadata", "colour", "teal")),
            "link": asks(("authentication.setPrimaryUser", "auth0|primary")),
        },
        users=two_users(colour="blue"),
    )
    outcome = expect(await bench.engine().start(a_login()), Allowed)
    assert outcome.profile_update is not None
    assert outcome.profile_update.user_metadata == {"colour": "teal"}
    assert outcome.user is not None
    assert outcome.user["user_id"] == "auth0|primary"
    assert outcome.user["user_metadata"] == {"colour": "teal"}
    assert "pending-key-changed" not in [warning.code for warning in outcome.warnings]


async def test_who_is_made_their_own_primary_user_need_list_no_identity() -> None:
    bench = Workbench(
        a_flow("link"), {"link": asks(("authentication.setPrimaryUser", "auth0|0001"))}
    )
    outcome = expect(await bench.engine().start(a_login()), Allowed)
    assert outcome.primary_user is not None
    assert outcome.primary_user.model_dump() == {"from": "auth0|0001", "to": "auth0|0001"}


@pytest.mark.parametrize(("given", "name"), [(None, "mfa"), ("passkey", "passkey")])
async def test_a_passed_challenge_is_a_method_by_the_hosts_name_for_it_or_mfa(
    given: str | None, name: str
) -> None:
    asking = asks(("authentication.challengeWith", {"type": "otp"}))
    bench = Workbench(a_flow("ask"), {"ask": asking})
    away = expect(await bench.engine().start(a_login(), now=NOON), Suspended)
    back = ChallengeResult(away.state, "otp", True, method=given)
    outcome = expect(await bench.engine().resume(back), Allowed)
    (method,) = outcome.authentication.methods
    assert (method["name"], method["type"]) == (name, "otp")
    assert outcome.authentication.amr == ("mfa",)


@pytest.mark.parametrize(
    ("attested", "asked"),
    [
        ({"name": "mfa", "type": "otp"}, False),
        ({"name": "pwd", "type": "otp"}, True),
        ({"name": "mfa"}, True),
        ({"name": "mfa", "type": "phone"}, True),
    ],
)
async def test_only_mfa_that_the_session_passed_with_that_factor_spares_a_challenge(
    attested: dict[str, str], asked: bool
) -> None:
    asking = asks(("authentication.challengeWith", {"type": "otp"}))
    bench = Workbench(a_flow("ask"), {"ask": asking})
    login = a_login(authentication={"methods": [attested | {"timestamp": "2026-11-24T10:00:00Z"}]})
    outcome = await bench.engine().start(login)
    assert isinstance(outcome, Suspended if asked else Allowed)


@dataclass(slots=True)
class ListeningDirectory:
    """A directory that knows nobody, and remembers what it was asked."""

    asked: list[RolesQuery] = field(default_factory=list[RolesQuery])

    def roles(self, query: RolesQuery) -> RolesPage:
        self.asked.append(query)
        return RolesPage()

    def groups(self, query: GroupsQuery) -> GroupsPage:
        raise AssertionError(query)


async def test_the_directory_is_asked_for_ids_for_names_or_for_a_page_and_never_for_two() -> None:
    directory = ListeningDirectory()
    asking = asks(
        ("roles.getUserEffectiveRolesByIds", ["rol_1"]),
        ("roles.getUserEffectiveRolesByNames", ["admin"]),
        ("roles.getUserEffectiveRoles", {"take": 7, "from": "page-2"}),
        ("roles.getUserEffectiveRoles", {"take": True}),
    )
    bench = Workbench(a_flow("one"), {"one": asking}, directory=directory)
    login = a_login(organization={"id": "org_1", "name": "acme"})
    expect(await bench.engine().start(login), Allowed)
    by_id, by_name, page, odd = directory.asked[-4:]
    assert (by_id.ids, by_id.names, by_id.start) == (("rol_1",), None, None)
    assert (by_name.ids, by_name.names, by_name.start) == (None, ("admin",), None)
    assert (page.ids, page.names, page.take, page.start) == (None, None, 7, "page-2")
    assert odd.take == RolesQuery("auth0|0001").take, "true is no number of roles"
    assert {one.organization_id for one in directory.asked[-4:]} == {"org_1"}


class ListeningHost(ScriptedHost):
    """Remembers which network its actions may use; can lose its workers."""

    networks: tuple[str, ...] = ()
    lost_at = 0

    @override
    async def run(self, invocation: Invocation) -> InvocationEnd:
        self.networks = (*self.networks, invocation.network)
        if len(self.networks) == self.lost_at:
            raise HostError("No worker could be started with node.")
        return await super().run(invocation)


async def test_no_action_of_a_closed_engine_reaches_the_network_in_any_leg() -> None:
    leave = asks(("redirect.sendUserTo", "https://my-app.example.com/ask"))
    bench = Workbench(a_flow("one"), {"one": leave}, options=EngineOptions(network="none"))
    bench.host = host = ListeningHost(bench.actions)
    away = expect(await bench.engine().start(a_login()), Suspended)
    expect(await bench.engine().resume(came_back(away.state)), Allowed)
    assert host.networks == ("none", "none")


async def test_a_return_whose_second_handler_finds_no_host_is_not_to_be_made_again() -> None:
    leave = asks(("redirect.sendUserTo", "https://my-app.example.com/ask"))
    actions = {"ask": leave, "then": ScriptedAction(nothing)}
    bench = Workbench(a_flow("ask", "then"), actions)
    bench.host = host = ListeningHost(actions)
    host.lost_at = 3
    away = expect(await bench.engine().start(a_login()), Suspended)
    failed = expect(await bench.engine().resume(came_back(away.state)), Failed)
    assert failed.error is not None
    assert (failed.error.code, failed.error.kind) == ("server_error", "host")
    expect(await bench.engine().resume(came_back(away.state)), Failed)
    assert bench.ran() == ["ask:execute", "ask:continue"], "no handler ran twice"
