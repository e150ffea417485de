from __future__ import annotations

from typing import TYPE_CHECKING

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from login_bench import (
    HOST,
    NOON,
    SECRET,
    Workbench,
    a_flow,
    a_login,
    ada,
    came_back,
    expect,
    member,
)
from loginwright_runtime.engine import EngineOptions
from loginwright_runtime.extension_points import RolesPage, RolesQuery
from loginwright_runtime.flow.model import FlowSettings
from loginwright_runtime.login.requests import (
    Authentication,
    ResourceServer,
    TokenContext,
    TransactionDetails,
)
from loginwright_runtime.stores.memory import MemoryDirectory, MemoryUserStore
from loginwright_runtime.stores.memory_directory import DirectoryEntry
from loginwright_runtime.testing import (
    RateLimitedUserStore,
    ScriptedAction,
    ScriptedApi,
    ScriptedThrow,
)
from loginwright_runtime.tokens.signers import KeySigner
from loginwright_runtime.tracing.attached import record_of
from loginwright_runtime.tracing.record import LoginEnded, TokensIssued
from loginwright_runtime.transaction.oauth import oauth_error
from loginwright_runtime.transaction.outcome import (
    Allowed,
    Denied,
    Failed,
    Suspended,
    outcome_from_json,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from jwt.types import Options

    from loginwright_runtime.extension_points import GroupsPage, GroupsQuery
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.transaction.outcome import Outcome


async def nothing(_event: JsonObject, _api: ScriptedApi) -> None:
    """An action that asks for nothing."""


def calls(
    *made: tuple[str, list[JsonValue]], into: list[JsonValue] | None = None
) -> ScriptedAction:
    """Return an action that makes these calls and keeps what they answer."""

    async def act(_event: JsonObject, api: ScriptedApi) -> None:
        for method, args in made:
            answer = await api.call(method, *args, line=2)
            if into is not None:
                into.append(answer)

    return ScriptedAction(act)


async def test_a_cached_value_is_there_for_the_next_login_and_its_record_is_whole() -> None:
    read: list[JsonValue] = []
    write = calls(("cache.set", ["greeting", "hello", {"ttl": 60_000}]))
    look = calls(("cache.get", ["greeting"]), ("cache.get", ["other"]), into=read)
    bench = Workbench(a_flow("write"), {"write": write})
    expect(await bench.engine().start(a_login(), now=NOON), Allowed)
    again = Workbench(bench.flow, {"write": look}, cache=bench.cache)
    outcome = expect(await again.engine().start(a_login(), now=NOON), Allowed)

    record = {"value": "hello", "expires_at": int(NOON * 1000) + 60_000}
    assert read == [record, {"$undefined": True}]
    assert outcome.steps[0].calls[0].read
    assert outcome.steps[0].calls[0].result == record


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["k" * 65, "v"], "CacheKeySizeExceeded"),
        (["k", "v" * 4097], "CacheValueSizeExceeded"),
        (["k", 7], "FailedToSetCacheRecord"),
        ([7, "v"], "FailedToSetCacheRecord"),
        (["k", "v", {"ttl": -1}], "ItemAlreadyExpired"),
        (["k", "v", {"expires_at": 1}], "ItemAlreadyExpired"),
        (["k", "v", {"ttl": "soon"}], "InvalidExpiry"),
    ],
)
async def test_a_cache_limit_is_answered_and_never_thrown(args: list[JsonValue], code: str) -> None:
    answers: list[JsonValue] = []
    bench = Workbench(a_flow("one"), {"one": calls(("cache.set", args), into=answers)})
    expect(await bench.engine().start(a_login(), now=NOON), Allowed)
    assert answers == [{"type": "error", "code": code}]


async def test_the_cache_counts_entries_and_bytes_and_forgets_what_is_deleted() -> None:
    answers: list[JsonValue] = []
    full: list[tuple[str, list[JsonValue]]] = [
        ("cache.set", [f"key-{number}", "x"]) for number in range(21)
    ]
    large: list[tuple[str, list[JsonValue]]] = [
        ("cache.delete", ["key-0"]),
        ("cache.delete", ["key-0"]),
        ("cache.delete", ["key-1"]),
        ("cache.set", ["a", "x" * 4000]),
        ("cache.delete", ["key-2"]),
        ("cache.set", ["b", "x" * 4000]),
        ("cache.set", ["c", "x" * 400]),
    ]
    bench = Workbench(a_flow("one"), {"one": calls(*full, *large, into=answers)})
    expect(await bench.engine().start(a_login(), now=NOON), Allowed)
    results = [member(answer, "type") for answer in answers]
    assert results[:20] == ["success"] * 20
    assert answers[20] == {"type": "error", "code": "MaxSideEffectsExceeded"}
    assert answers[22] == {"type": "error", "code": "CacheKeyDoesNotExist"}
    assert results[24] == "success"
    assert answers[27] == {"type": "error", "code": "CacheSizeExceeded"}


async def test_a_failed_handler_leaves_the_cache_as_it_was() -> None:
    async def set_then_throw(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("cache.set", "k", "v")
        raise RuntimeError("broken")

    read: list[JsonValue] = []
    bench = Workbench(a_flow("one"), {"one": ScriptedAction(set_then_throw)})
    expect(await bench.engine().start(a_login()), Failed)
    again = Workbench(
        bench.flow, {"one": calls(("cache.get", ["k"]), into=read)}, cache=bench.cache
    )
    expect(await again.engine().start(a_login()), Allowed)
    assert read == [{"$undefined": True}]


class SlowDirectory:
    """A directory that answers later, in pages of one."""

    def roles(self, query: RolesQuery) -> Awaitable[RolesPage]:
        async def answer() -> RolesPage:
            number = int(query.start or "0")
            role: JsonObject = {"id": f"rol_{number}", "name": f"role-{number}"}
            return RolesPage((role,), str(number + 1) if number < 2 else None)

        return answer()

    def groups(self, query: GroupsQuery) -> Awaitable[GroupsPage]:
        raise AssertionError(query)


async def test_roles_come_from_the_directory_into_event_and_api() -> None:
    answers: list[JsonValue] = []
    bench = Workbench(
        a_flow("one"),
        {"one": calls(("roles.getUserEffectiveRoles", [{"take": 1}]), into=answers)},
        directory=SlowDirectory(),
    )
    expect(await bench.engine().start(a_login()), Allowed)
    assert member(bench.events()[0], "authorization", "roles") == ["role-0", "role-1", "role-2"]
    assert answers == [{"roles": [{"id": "rol_0", "name": "role-0"}], "next": "1"}]


async def test_groups_and_roles_by_name_are_asked_of_the_directory() -> None:
    answers: list[JsonValue] = []
    directory = MemoryDirectory(
        everyone=DirectoryEntry(
            roles=({"id": "rol_1", "name": "admin"},), groups=({"id": "grp_1", "name": "staff"},)
        )
    )
    made: list[tuple[str, list[JsonValue]]] = [
        ("roles.getUserEffectiveRolesByNames", [["admin", "none"]]),
        ("roles.getUserEffectiveRolesByIds", [["rol_2"]]),
        ("groups.getUserGroups", []),
        ("groups.hasGroupMembership", [["staff", "others", "grp_1"]]),
        ("groups.hasGroupMembership", [["others"]]),
        ("rules.wasExecuted", ["rul_1"]),
        ("redirect.canRedirect", []),
    ]
    bench = Workbench(a_flow("one"), {"one": calls(*made, into=answers)}, directory=directory)
    expect(await bench.engine().start(a_login()), Allowed)
    staff: JsonValue = {"id": "grp_1", "name": "staff"}
    assert answers == [
        {"roles": [{"id": "rol_1", "name": "admin"}]},
        {"roles": []},
        {"groups": [staff]},
        {
            "memberships": {
                "staff": {"is_member": True, "matches": [staff]},
                "others": {"is_member": False},
                "grp_1": {"is_member": True, "matches": [staff]},
            }
        },
        {"memberships": {"others": {"is_member": False}}},
        False,
        True,
    ]


async def test_odd_questions_to_the_directory_find_nobody_and_throw_nothing() -> None:
    answers: list[JsonValue] = []
    directory = MemoryDirectory(
        everyone=DirectoryEntry(
            roles=({"id": "rol_1", "name": "admin"},), groups=({"id": "grp_1", "name": "staff"},)
        )
    )
    made: list[tuple[str, list[JsonValue]]] = [
        ("roles.getUserEffectiveRolesByNames", ["admin"]),
        ("roles.getUserEffectiveRolesByNames", [["admin"] * 51]),
        ("roles.getUserEffectiveRolesByIds", [["rol_1"] * 101]),
        ("groups.hasGroupMembership", ["staff"]),
        ("groups.hasGroupMembership", []),
    ]
    bench = Workbench(a_flow("one"), {"one": calls(*made, into=answers)}, directory=directory)
    outcome = expect(await bench.engine().start(a_login()), Allowed)
    nobody: JsonValue = {"memberships": {}}
    assert answers == [{"roles": []}, {"roles": []}, {"roles": []}, nobody, nobody]
    assert [warning.code for warning in outcome.warnings] == ["argument-ignored"] * 5
    assert "at most 50" in outcome.warnings[1].message
    assert outcome.steps[0].calls[0].args == ["admin"]


@pytest.mark.parametrize("paging", [{"take": 0}, {"take": 101}, {"take": "5"}, {"from": 7}])
async def test_odd_paging_is_ignored_and_warned_about(paging: JsonObject) -> None:
    answers: list[JsonValue] = []
    roles: tuple[JsonObject, ...] = ({"id": "rol_1", "name": "a"}, {"id": "rol_2", "name": "b"})
    directory = MemoryDirectory(everyone=DirectoryEntry(roles=roles))
    asked = calls(("roles.getUserEffectiveRoles", [paging]), into=answers)
    bench = Workbench(a_flow("one"), {"one": asked}, directory=directory)
    outcome = expect(await bench.engine().start(a_login()), Allowed)
    assert answers == [{"roles": list(roles)}]
    assert [warning.code for warning in outcome.warnings] == ["argument-ignored"]


@pytest.mark.parametrize("args", [["k", {"a": 1}], ["k"], ["k", "v", {"ttl": "5"}]])
async def test_a_cache_record_of_the_wrong_kind_is_warned_about(args: list[JsonValue]) -> None:
    bench = Workbench(a_flow("one"), {"one": calls(("cache.set", args))})
    outcome = expect(await bench.engine().start(a_login(), now=NOON), Allowed)
    assert [warning.code for warning in outcome.warnings] == ["argument-ignored"]


async def test_a_cache_key_that_is_no_text_finds_nothing_and_is_warned_about() -> None:
    answers: list[JsonValue] = []
    made = calls(("cache.get", [7]), ("cache.delete", [7]), into=answers)
    bench = Workbench(a_flow("one"), {"one": made})
    outcome = expect(await bench.engine().start(a_login(), now=NOON), Allowed)
    assert answers == [
        {"$undefined": True},
        {"type": "error", "code": "FailedToSetCacheRecord"},
    ]
    assert [warning.code for warning in outcome.warnings] == ["argument-ignored"] * 2


async def test_a_lifetime_that_is_no_number_is_warned_about_and_not_thrown() -> None:
    options: JsonObject = {"secret": SECRET, "payload": {}, "expiresInSeconds": "60"}
    bench = Workbench(a_flow("one"), {"one": calls(("redirect.encodeToken", [options]))})
    outcome = expect(await bench.engine().start(a_login(), now=NOON), Allowed)
    assert [warning.code for warning in outcome.warnings] == ["argument-ignored"]


async def test_without_a_directory_there_are_no_roles_and_no_groups() -> None:
    answers: list[JsonValue] = []
    made: list[tuple[str, list[JsonValue]]] = [
        ("roles.getUserEffectiveRoles", []),
        ("groups.hasGroupMembership", [["staff"]]),
    ]
    bench = Workbench(a_flow("one"), {"one": calls(*made, into=answers)})
    expect(await bench.engine().start(a_login()), Allowed)
    assert answers == [{"roles": []}, {"memberships": {"staff": {"is_member": False}}}]


async def linked(*, blocked: bool = False) -> MemoryUserStore:
    """Return a store with Ada and the primary user that lists her."""
    primary = ada(
        user_id="auth0|primary",
        user_metadata={"plan": "gold"},
        identities=[
            {"provider": "auth0", "user_id": "primary"},
            {"provider": "auth0", "user_id": "0001"},
        ],
    )
    store = MemoryUserStore([ada()])
    await store.put(primary, blocked=blocked)
    return store


async def test_a_linked_primary_user_becomes_the_logins_user() -> None:
    async def link(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("user.setUserMetadata", "lost", True, line=2)
        await api.call("authentication.setPrimaryUser", "auth0|primary", line=3)

    bench = Workbench(
        a_flow("link", "after"),
        {"link": ScriptedAction(link), "after": calls(("user.setUserMetadata", ["kept", True]))},
        users=await linked(),
    )
    outcome = expect(await bench.engine().start(a_login()), Allowed)
    assert outcome.primary_user is not None
    assert outcome.primary_user.model_dump() == {"from": "auth0|0001", "to": "auth0|primary"}
    assert outcome.user is not None
    assert outcome.user["user_metadata"] == {"plan": "gold", "kept": True}
    assert member(bench.events()[1], "user", "user_id") == "auth0|primary"
    assert "metadata-lost" in [warning.code for warning in outcome.warnings]


async def test_a_primary_user_that_is_not_linked_fails_the_login() -> None:
    stranger = ada(user_id="auth0|primary", identities=[])
    for users in (
        MemoryUserStore([ada(), stranger]),
        MemoryUserStore([ada()]),
        await linked(blocked=True),
    ):
        bench = Workbench(
            a_flow("link"),
            {"link": calls(("authentication.setPrimaryUser", ["auth0|primary"]))},
            users=users,
        )
        outcome = expect(await bench.engine().start(a_login()), Failed)
        assert outcome.error is not None
        assert outcome.error.code == "access_denied"
        assert outcome.tokens is None


@pytest.mark.parametrize("identity", [{}, {"provider": "None"}, {"user_id": "None"}, None, "x"])
async def test_an_identity_that_names_nobody_links_nobody(identity: JsonValue) -> None:
    profiles: list[JsonObject] = [
        {"user_id": "None|None"},
        {"user_id": "auth0|2", "identities": [identity]},
    ]
    change = calls(("authentication.setPrimaryUser", ["auth0|2"]))
    bench = Workbench(a_flow("one"), {"one": change}, users=MemoryUserStore(profiles))
    expect(await bench.engine().start(a_login(user_id="None|None")), Failed)


async def test_a_second_primary_user_throws_inside_the_action() -> None:
    made: list[tuple[str, list[JsonValue]]] = [
        ("authentication.setPrimaryUser", ["auth0|primary"]),
        ("authentication.setPrimaryUser", ["auth0|primary"]),
    ]
    bench = Workbench(a_flow("link"), {"link": calls(*made)}, users=await linked())
    outcome = expect(await bench.engine().start(a_login()), Failed)
    assert outcome.error is not None
    assert outcome.error.description == (
        "`authentication.setPrimaryUser` can only be set once per transaction"
    )


def a_signer() -> KeySigner:
    """Return a signer with a fresh key."""
    return KeySigner(rsa.generate_private_key(public_exponent=65537, key_size=2048))


async def test_tokens_carry_the_login_and_no_claim_of_the_engines_own_can_be_set() -> None:
    made: list[tuple[str, list[JsonValue]]] = [
        ("idToken.setCustomClaim", ["https://a.example/b", 1]),
        ("accessToken.setCustomClaim", ["https://a.example/b", {"deep": [1]}]),
        ("accessToken.setCustomClaim", ["scope", "admin"]),
        ("accessToken.addScope", ["extra"]),
        ("accessToken.removeScope", ["profile"]),
        ("idToken.setCustomClaim", ["https://a.example/undefined", {"$undefined": True}]),
    ]
    bench = Workbench(a_flow("one"), {"one": calls(*made)}, signer=a_signer())
    request = a_login(
        token=TokenContext(nonce="n-1", auth_time=int(NOON), sid="sid-1", issuer=f"https://{HOST}/")
    )
    outcome = expect(await bench.engine().start(request, now=NOON), Allowed)

    assert outcome.tokens is not None
    assert outcome.tokens.id_token is not None
    unverified: Options = {"verify_signature": False}
    identity = jwt.decode(outcome.tokens.id_token, options=unverified)
    access = jwt.decode(outcome.tokens.access_token, options=unverified)
    assert identity["nonce"] == "n-1"
    assert identity["aud"] == "spa"
    assert identity["sub"] == access["sub"] == "auth0|0001"
    assert identity["https://a.example/b"] == 1
    assert "https://a.example/undefined" not in identity
    assert access["scope"] == "openid extra" == outcome.tokens.scope
    assert access["aud"] == f"https://{HOST}/userinfo"
    assert outcome.scope.model_dump() == {
        "granted": ("openid", "extra"),
        "added": ("extra",),
        "removed": ("profile",),
    }
    assert [warning.code for warning in outcome.warnings] == ["claim-not-uri"]


async def test_what_the_host_attests_stands_in_the_tokens_and_in_the_outcome() -> None:
    bench = Workbench(a_flow("one"), {"one": ScriptedAction(nothing)}, signer=a_signer())
    token = TokenContext(
        acr="urn:acr:2",
        amr=("pwd",),
        azp="partner",
        cnf={"jkt": "thumb"},
        code="c-0de",
        auth_time=int(NOON) - 5,
        access_token_ttl=120,
        id_token_ttl=60,
    )
    password: JsonObject = {"name": "pwd", "timestamp": "2026-11-23T09:59:55Z"}
    request = a_login(
        token=token,
        authentication=Authentication.model_validate({"methods": [password]}),
        resource_server=ResourceServer(identifier="https://api.example.com"),
    )
    outcome = expect(await bench.engine().start(request, now=NOON), Allowed)

    assert outcome.tokens is not None
    assert outcome.tokens.id_token is not None
    assert outcome.tokens.expires_in == 120
    unverified: Options = {"verify_signature": False}
    identity = jwt.decode(outcome.tokens.id_token, options=unverified)
    access = jwt.decode(outcome.tokens.access_token, options=unverified)
    assert (identity["exp"], access["exp"]) == (int(NOON) + 60, int(NOON) + 120)
    assert (identity["acr"], identity["amr"], identity["azp"]) == ("urn:acr:2", ["pwd"], "partner")
    assert "c_hash" in identity
    assert access["cnf"] == {"jkt": "thumb"}
    assert access["aud"] == "https://api.example.com"
    assert outcome.authentication.model_dump() == {
        "acr": "urn:acr:2",
        "amr": ("pwd",),
        "auth_time": int(NOON) - 5,
        "methods": (password,),
    }


async def test_claims_too_large_for_a_token_fail_the_login_before_anything_is_written() -> None:
    made: list[tuple[str, list[JsonValue]]] = [
        ("user.setUserMetadata", ["seen", True]),
        ("idToken.setCustomClaim", ["https://a.example/b", "x" * 102_400]),
    ]
    bench = Workbench(a_flow("one"), {"one": calls(*made)})
    outcome = expect(await bench.engine().start(a_login()), Failed)
    assert outcome.error is not None
    assert outcome.error.kind == "limit"
    assert outcome.user == ada()


async def test_session_metadata_against_the_rules_fails_with_the_platforms_words() -> None:
    bench = Workbench(a_flow("one"), {"one": calls(("session.setMetadata", ["no spaces", "x"]))})
    outcome = expect(await bench.engine().start(a_login()), Failed)
    assert outcome.error is not None
    assert outcome.error.description == (
        "Failed to set session metadata: Invalid metadata: Metadata keys may only include letters, "
        "numbers, underscores, or hyphens"
    )


async def test_a_login_that_fails_asks_the_host_to_change_nothing() -> None:
    asks = calls(
        ("session.setMetadata", ["device", "known"]),
        ("session.setCookieMode", ["persistent"]),
        ("session.setExpiresAt", [NOON * 1000 + 1000]),
        ("refreshToken.setMetadata", ["device", "known"]),
    )

    async def breaks(_event: JsonObject, _api: ScriptedApi) -> None:
        raise ScriptedThrow("Error", "broken")

    bench = Workbench(a_flow("ask", "break"), {"ask": asks, "break": ScriptedAction(breaks)})
    outcome = expect(await bench.engine().start(a_login(), now=NOON), Failed)
    session, token = outcome.session, outcome.refresh_token
    assert (session.metadata, session.cookie_mode, session.expires_at) == ({}, None, None)
    assert token.metadata == {}
    assert len(outcome.steps[0].calls) == 4


async def test_session_and_refresh_token_changes_reach_the_host_and_later_actions() -> None:
    made: list[tuple[str, list[JsonValue]]] = [
        ("session.setExpiresAt", [(NOON + 100) * 1000]),
        ("session.setExpiresAt", [(NOON + 50) * 1000]),
        ("session.setIdleExpiresAt", [(NOON + 10) * 1000]),
        ("session.setCookieMode", ["non-persistent"]),
        ("session.setMetadata", ["device", "laptop"]),
        ("session.setMetadata", ["old", None]),
        ("refreshToken.setMetadata", ["device", "phone"]),
        ("refreshToken.deleteMetadata", ["before"]),
    ]
    bench = Workbench(a_flow("one", "two"), {"one": calls(*made), "two": ScriptedAction(nothing)})
    request = a_login(
        protocol="oauth2-refresh-token",
        session={"id": "ses_1", "metadata": {"old": "x"}},
        refresh_token={"id": "rt_1", "created_at": "2026-01-01", "metadata": {"before": "x"}},
    )
    outcome = expect(await bench.engine().start(request, now=NOON), Allowed)
    assert outcome.session.model_dump() == {
        "revoked": False,
        "preserve_refresh_tokens": False,
        "expires_at": "2026-11-23T10:00:50Z",
        "idle_expires_at": "2026-11-23T10:00:10Z",
        "cookie_mode": "non-persistent",
        "metadata": {"device": "laptop"},
    }
    assert outcome.refresh_token.metadata == {"device": "phone"}
    assert member(bench.events()[1], "session", "metadata") == {"device": "laptop"}
    assert member(bench.events()[1], "refresh_token", "metadata") == {"device": "phone"}


async def test_an_action_does_not_see_the_session_metadata_that_it_sets_itself() -> None:
    seen: list[JsonValue] = []

    async def sets(event: JsonObject, api: ScriptedApi) -> None:
        await api.call("session.setMetadata", "device", "laptop")
        seen.append(member(event, "session", "metadata"))

    bench = Workbench(a_flow("one"), {"one": ScriptedAction(sets)})
    request = a_login(session={"id": "ses_1", "metadata": {"device": "phone"}})
    expect(await bench.engine().start(request, now=NOON), Allowed)
    assert seen == [{"device": "phone"}]


async def test_a_revoked_session_denies_and_tells_the_host() -> None:
    bench = Workbench(
        a_flow("one"),
        {"one": calls(("session.revoke", ["Stolen.", {"preserveRefreshTokens": True}]))},
    )
    outcome = expect(await bench.engine().start(a_login()), Denied)
    assert (outcome.session.revoked, outcome.session.preserve_refresh_tokens) == (True, True)


async def test_a_refresh_token_is_revoked_in_an_exchange_only() -> None:
    revoke = {"one": calls(("refreshToken.revoke", ["Old device."]))}
    bench = Workbench(a_flow("one"), revoke)
    ignored = expect(await bench.engine().start(a_login()), Allowed)
    assert [warning.code for warning in ignored.warnings] == ["not-available"]
    exchange = a_login(protocol="oauth2-refresh-token", refresh_token={"id": "rt_1"})
    outcome = expect(await bench.engine().start(exchange), Denied)
    assert outcome.refresh_token.revoked == "Old device."


async def test_transaction_metadata_is_live_in_the_same_action_and_seen_by_the_next() -> None:
    seen: list[JsonValue] = []

    async def use(event: JsonObject, api: ScriptedApi) -> None:
        await api.call("transaction.setMetadata", "step", 1)
        seen.append(dict(event)["transaction"])

    bench = Workbench(
        a_flow("one", "two"), {"one": ScriptedAction(use), "two": ScriptedAction(nothing)}
    )
    expect(await bench.engine().start(a_login()), Allowed)
    assert member(seen[0], "metadata") == {"step": 1}
    assert member(bench.events()[1], "transaction", "metadata") == {"step": 1}


async def test_a_short_wait_for_the_user_store_is_waited_and_a_long_one_is_not() -> None:
    write = {"one": calls(("user.setUserMetadata", ["seen", True]))}
    patient = Workbench(a_flow("one"), write)
    patient.users = RateLimitedUserStore(MemoryUserStore([ada()]), refusals=2, retry_after=0.001)
    expect(await patient.engine().start(a_login()), Allowed)

    bench = Workbench(a_flow("one"), write)
    bench.users = RateLimitedUserStore(MemoryUserStore([ada()]), refusals=1, retry_after=11)
    outcome = expect(await bench.engine().start(a_login()), Failed)
    assert outcome.error is not None
    assert oauth_error(outcome, endpoint="token")[:2] == (503, "temporarily_unavailable")


async def test_generic_errors_tell_an_application_nothing_of_the_exception() -> None:
    async def break_down(_event: JsonObject, _api: ScriptedApi) -> None:
        raise RuntimeError("database at 10.0.0.7 refused")

    options = EngineOptions(public_errors="generic")
    bench = Workbench(a_flow("one"), {"one": ScriptedAction(break_down)}, options=options)
    outcome = expect(await bench.engine().start(a_login()), Failed)
    assert outcome.error is not None
    assert "10.0.0.7" in outcome.error.detail
    assert "10.0.0.7" not in oauth_error(outcome, endpoint="authorize").description


async def test_a_secret_is_masked_where_it_is_shown_and_warned_about_where_it_is_served() -> None:
    async def leak(_event: JsonObject, api: ScriptedApi) -> None:
        api.log(f"the secret is {SECRET}")
        await api.call("idToken.setCustomClaim", "https://a.example/leak", f"x{SECRET}")
        raise_later.append(SECRET)

    raise_later: list[str] = []
    bench = Workbench(a_flow("one", secrets={"one": ("SHARED",)}), {"one": ScriptedAction(leak)})
    outcome = expect(await bench.engine().start(a_login()), Allowed)
    assert [log.text for log in outcome.logs] == ["the secret is ***"]
    assert outcome.steps[0].calls[0].args == ["https://a.example/leak", "x***"]
    assert outcome.claims is not None
    assert outcome.claims.id_token == {"https://a.example/leak": f"x{SECRET}"}
    assert [warning.code for warning in outcome.warnings] == ["secret-in-output"]
    assert SECRET not in repr(outcome)


async def test_odd_options_of_a_call_that_asks_are_warned_about_and_not_used() -> None:
    answers: list[JsonValue] = []
    made: list[tuple[str, list[JsonValue]]] = [
        ("roles.getUserEffectiveRoles", [{"limit": 5}]),
        ("cache.set", ["k", "v", "soon"]),
        ("redirect.canRedirect", ["extra"]),
    ]
    bench = Workbench(a_flow("one"), {"one": calls(*made, into=answers)})
    outcome = expect(await bench.engine().start(a_login(), now=NOON), Allowed)
    assert answers[0] == {"roles": []}
    assert member(answers[1], "type") == "success"
    assert [warning.code for warning in outcome.warnings] == [
        "argument-ignored",
        "argument-ignored",
        "extra-arguments",
    ]
    assert "'limit'" in outcome.warnings[0].message


@pytest.mark.parametrize(
    ("method", "before", "status"),
    [
        ("idToken.setCustomClaim", ["https://my-app.example.com/a"], Allowed),
        ("user.setUserMetadata", ["colour"], Allowed),
        ("access.deny", [], Denied),
        ("prompt.render", ["ap_1"], Suspended),
    ],
)
async def test_a_value_nested_too_deeply_breaks_neither_the_login_nor_its_json(
    method: str, before: list[JsonValue], status: type[Outcome]
) -> None:
    deep: JsonValue = "core"
    for _ in range(1000):
        deep = {"in": deep}
    bench = Workbench(a_flow("one"), {"one": calls((method, [*before, deep]))})
    outcome = expect(await bench.engine().start(a_login(), now=NOON), status)
    assert "argument-ignored" in [warning.code for warning in outcome.warnings]
    assert outcome_from_json(outcome.model_dump_json()).status == outcome.status


async def test_a_secret_handed_to_an_mfa_provider_is_warned_about() -> None:
    options: JsonValue = {"providerOptions": {"skey": SECRET}}
    bench = Workbench(
        a_flow("one", secrets={"one": ("SHARED",)}),
        {"one": calls(("multifactor.enable", ["duo", options]))},
    )
    outcome = await bench.engine().start(a_login())
    assert [warning.code for warning in outcome.warnings] == ["secret-in-output"]
    assert "multifactor" in outcome.warnings[0].message


@pytest.mark.parametrize(
    ("parameter", "found"), [("ticket", True), ("session_token", False), ("", False), (7, False)]
)
async def test_a_returned_token_is_looked_for_where_the_action_says(
    parameter: JsonValue, found: bool
) -> None:
    """In ``session_token`` where it says nothing that is a name (reference §2.3)."""
    read: list[JsonValue] = []

    async def leave(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("redirect.sendUserTo", "https://my-app.example.com", line=2)

    async def back(_event: JsonObject, api: ScriptedApi) -> None:
        options: JsonObject = {"secret": SECRET, "tokenParameterName": parameter}
        read.append(await api.call("redirect.validateToken", options, line=5))

    bench = Workbench(a_flow("one"), {"one": ScriptedAction(leave, back)})
    away = expect(await bench.engine().start(a_login(), now=NOON), Suspended)
    assert away.suspension is not None
    state = away.suspension.state
    claims = {
        "iss": "my-app.example.com",
        "sub": "auth0|0001",
        "iat": int(NOON),
        "exp": int(NOON) + 60,
    }
    ticket = jwt.encode({**claims, "state": state}, SECRET)
    outcome = await bench.engine().resume(came_back(state, ticket=ticket), now=NOON)
    assert (outcome.status, bool(read)) == (("allowed", True) if found else ("failed", False))


async def test_a_token_cannot_be_validated_before_anybody_has_left() -> None:
    made = calls(("redirect.validateToken", [{"secret": SECRET}]))
    outcome = await Workbench(a_flow("one"), {"one": made}).engine().start(a_login(), now=NOON)
    assert outcome.status == "failed"
    assert outcome.error is not None
    assert outcome.error.exception is not None


async def refuse(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("access.deny", "closed", line=2)


async def throw(_event: JsonObject, api: ScriptedApi) -> None:
    await api.call("redirect.validateToken", {"secret": SECRET}, line=3)


@pytest.mark.parametrize(
    ("script", "status", "kind"),
    [(nothing, "allowed", None), (refuse, "denied", "denied"), (throw, "failed", "exception")],
)
async def test_a_records_last_entry_tells_how_the_login_ended(
    script: Callable[[JsonObject, ScriptedApi], Awaitable[None]], status: str, kind: str | None
) -> None:
    bench = Workbench(a_flow("one"), {"one": ScriptedAction(script)})
    last = record_of(await bench.engine().start(a_login(), now=NOON)).entries[-1]
    assert isinstance(last, LoginEnded)
    assert last.status == status
    assert (last.error or {}).get("kind") == kind


async def test_a_claim_that_the_engine_sets_itself_is_left_out_and_warned_about() -> None:
    made: list[tuple[str, list[JsonValue]]] = [
        ("accessToken.setCustomClaim", ["scope", "admin"]),
        ("idToken.setCustomClaim", ["sid", "mine"]),
        ("idToken.setCustomClaim", ["name", "Countess"]),
        ("idToken.setCustomClaim", ["plan", "gold"]),
    ]
    flow = a_flow("one", settings=FlowSettings(custom_claims="any"))
    bench = Workbench(flow, {"one": calls(*made)}, signer=a_signer())
    outcome = expect(await bench.engine().start(a_login(), now=NOON), Allowed)

    told = [(one.code, one.action, one.line) for one in outcome.warnings]
    assert told == [("claim-restricted", "one", 2), ("claim-overridden", "one", 2)]
    assert "'scope'" in outcome.warnings[1].message
    assert outcome.claims is not None
    assert outcome.claims.id_token == {"name": "Countess", "plan": "gold"}
    assert outcome.claims.access_token == {}
    issued = [one for one in record_of(outcome).entries if isinstance(one, TokensIssued)]
    assert [one.access_token["scope"] for one in issued] == ["openid profile"]
    assert [one.id_token is not None and one.id_token["plan"] for one in issued] == ["gold"]


async def test_a_login_that_asks_for_no_id_token_gets_none() -> None:
    made = calls(("idToken.setCustomClaim", ["https://a.example/b", 1]))
    bench = Workbench(a_flow("one"), {"one": made}, signer=a_signer())
    request = a_login(transaction=TransactionDetails(requested_scopes=("read:things",)))
    outcome = expect(await bench.engine().start(request, now=NOON), Allowed)
    assert outcome.tokens is not None
    assert (outcome.tokens.id_token, outcome.tokens.scope) == (None, "read:things")
    assert outcome.claims is not None
    assert outcome.claims.id_token == {}
    issued = [one for one in record_of(outcome).entries if isinstance(one, TokensIssued)]
    assert [one.id_token for one in issued] == [None]


async def test_a_worker_that_calls_what_is_no_method_is_told_so() -> None:
    """Its shim has no other methods, but what a worker sends is not believed."""
    bench = Workbench(a_flow("one"), {"one": calls(("idToken.sign", [SECRET]))})
    outcome = expect(await bench.engine().start(a_login(), now=NOON), Failed)
    assert outcome.error is not None
    assert outcome.error.exception is not None
    assert outcome.error.exception.name == "TypeError"
    assert outcome.error.exception.message == "There is no such api method."
    assert [step.calls for step in outcome.steps] == [()]
