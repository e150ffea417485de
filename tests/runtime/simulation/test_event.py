from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from login_bench import a_flow, member
from loginwright_runtime.errors import ScenarioError
from loginwright_runtime.extension_points import GroupsQuery, RolesQuery
from loginwright_runtime.login.default_event import default_event
from loginwright_runtime.simulation import Scenario, simulated_login, whole_event
from loginwright_runtime.testing import ScriptedAction, ScriptedApi
from scenario_bench import a_scenario, nothing, played

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject


async def event_seen(**members: object) -> dict[str, object]:
    """Return the event that the first action of a login sees."""
    _run, host = await played(
        a_flow("one"), {"one": ScriptedAction(nothing)}, a_scenario(**members)
    )
    return dict(host.invocations[0].event)


async def test_an_action_sees_the_default_event() -> None:
    seen = await event_seen()
    for name, value in default_event().items():
        if name not in ("transaction", "user"):
            assert seen[name] == value, name
    assert seen["user"] == default_event()["user"]


async def test_changes_are_merged_member_by_member() -> None:
    seen = await event_seen(event={"request": {"geoip": {"continentCode": "NA"}}})
    assert member(seen["request"], "geoip", "continentCode") == "NA"  # type: ignore[arg-type]
    assert member(seen["request"], "geoip", "cityName") == "Berlin"  # type: ignore[arg-type]


async def test_null_removes_a_member() -> None:
    seen = await event_seen(event={"session": None, "user": {"email": None}})
    assert "session" not in seen
    assert "email" not in seen["user"]  # type: ignore[operator]


async def test_a_removed_authorization_is_falsy() -> None:
    seen = await event_seen(event={"authorization": None})
    assert seen.get("authorization") is None


async def test_members_nobody_knows_reach_the_action() -> None:
    seen = await event_seen(
        event={"configuration": {"plan": "a"}, "our_own": [1], "client": {"colour": "teal"}}
    )
    assert seen["configuration"] == {"plan": "a"}
    assert seen["our_own"] == [1]
    assert member(seen["client"], "colour") == "teal"  # type: ignore[arg-type]


async def test_an_empty_base_takes_the_event_as_it_stands() -> None:
    seen = await event_seen(event_base="empty", event={"user": {"user_id": "auth0|7"}})
    assert member(seen["user"], "user_id") == "auth0|7"  # type: ignore[arg-type]
    assert "email" not in seen["user"]  # type: ignore[operator]
    assert "session" not in seen
    assert member(seen["request"], "hostname") == "login.example.com"  # type: ignore[arg-type]


async def test_roles_of_the_event_are_those_of_the_directory() -> None:
    login = simulated_login(a_scenario(event={"authorization": {"roles": ["admin"]}}))
    page = login.directory.roles(RolesQuery("auth0|0001"))
    assert [role["name"] for role in page.roles] == ["admin"]


def test_an_events_own_roles_win_over_the_directorys() -> None:
    login = simulated_login(
        a_scenario(event={"authorization": {"roles": []}}, directory={"roles": ["admin"]})
    )
    assert login.request.event_extras["authorization"] == {"roles": []}


def test_entries_of_the_directory_keep_the_ids_they_are_given() -> None:
    directory = {"roles": [{"name": "a", "id": "rol_7"}, "b"], "groups": [{"name": "c"}]}
    login = simulated_login(a_scenario(directory=directory))
    assert login.directory.roles(RolesQuery("auth0|0001")).roles == (
        {"id": "rol_7", "name": "a", "description": ""},
        {"id": "rol_b", "name": "b", "description": ""},
    )
    groups = login.directory.groups(GroupsQuery("auth0|0001")).groups
    assert groups == ({"id": "grp_c", "name": "c"},)


@pytest.mark.parametrize(
    ("session", "sid", "auth_time"),
    [
        ({"id": "s1", "authenticated_at": "2026-11-23T10:00:00+01:00"}, "s1", 1_795_424_400),
        ({"id": "s1", "authenticated_at": "2026-11-23T09:00:00"}, "s1", 1_795_424_400),
        ({"id": 7, "authenticated_at": "yesterday"}, None, None),
        ({"id": None, "authenticated_at": None}, None, None),
    ],
)
def test_session_tells_what_the_id_token_says_of_it(
    session: JsonObject, sid: str | None, auth_time: int | None
) -> None:
    login = simulated_login(a_scenario(event={"session": session}))
    assert (login.request.token.sid, login.request.token.auth_time) == (sid, auth_time)


def test_a_blocked_user_is_blocked_in_the_store() -> None:
    assert simulated_login(a_scenario(event={"user": {"blocked": True}})).blocked


def test_hostnames_of_returns_are_served_too() -> None:
    scenario = a_scenario(resume=[{"request": {"hostname": "other.example.com"}}])
    assert simulated_login(scenario).hostnames == {"login.example.com", "other.example.com"}


def test_protocol_and_client_reach_the_request() -> None:
    scenario = a_scenario(
        event={"transaction": {"protocol": "oauth2-refresh-token"}, "client": {"client_id": "api"}}
    )
    request = simulated_login(scenario).request
    assert (request.protocol, request.client.client_id) == ("oauth2-refresh-token", "api")


@pytest.mark.parametrize(
    ("event", "path"),
    [
        ({"user": "ada"}, "$.event.user"),
        ({"user": {"user_id": 7}}, "$.event.user.user_id"),
        ({"client": {"client_id": 7}}, "$.event.client.client_id"),
        ({"request": {"ip": []}}, "$.event.request.ip"),
        ({"transaction": {"protocol": 1}}, "$.event.transaction.protocol"),
        ({"transaction": {"requested_scopes": "openid"}}, "$.event.transaction.requested_scopes"),
    ],
)
def test_a_member_no_login_can_have_is_named(event: dict[str, object], path: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        simulated_login(a_scenario(event=event), file="scenarios/x.json")
    problem = refused.value.problems[0]
    assert (problem.file, problem.path) == ("scenarios/x.json", path)


def test_errors_do_not_repeat_personal_data() -> None:
    scenario = a_scenario(event={"request": {"ip": {"secret-value": 1}}})
    with pytest.raises(ScenarioError) as refused:
        simulated_login(scenario)
    assert "secret-value" not in str(refused.value)
    assert "secret-value" not in repr(scenario)


def test_the_whole_event_is_what_the_merge_gives() -> None:
    assert whole_event(Scenario(name="Default")) == default_event()


@pytest.mark.parametrize("name", ["authorization", "configuration", "stats", "tenant"])
async def test_null_removes_what_is_there_by_default_too(name: str) -> None:
    assert name in await event_seen()
    assert name not in await event_seen(event={name: None})


async def test_null_removes_what_every_login_has_on_the_platform() -> None:
    removed = {
        "client": {"name": None, "metadata": None},
        "connection": {"name": None},
        "request": {"geoip": None},
        "transaction": {"acr_values": None, "ui_locales": None},
    }
    seen = await event_seen(event=removed)
    assert seen["client"] == {"client_id": "my-spa"}
    connection = default_event()["connection"]
    assert isinstance(connection, dict)
    assert seen["connection"] == {k: v for k, v in connection.items() if k != "name"}
    assert "geoip" not in seen["request"]  # type: ignore[operator]
    assert {"acr_values", "ui_locales"}.isdisjoint(seen["transaction"])  # type: ignore[arg-type]
    assert "connection" not in await event_seen(event={"connection": None})


async def test_an_empty_base_gets_only_what_the_engine_needs() -> None:
    seen = await event_seen(event_base="empty")
    assert seen["client"] == {"client_id": "my-spa"}
    assert seen["user"] == {
        "user_id": "auth0|0001",
        "identities": [],
        "user_metadata": {},
        "app_metadata": {},
    }
    assert seen["request"] == {
        "method": "GET",
        "query": {},
        "body": {},
        "ip": "127.0.0.1",
        "hostname": "login.example.com",
    }
    transaction = seen["transaction"]
    assert isinstance(transaction, dict)
    assert transaction.keys() == {"id", "protocol", "requested_scopes", "metadata"}
    assert seen.keys() == {"client", "request", "transaction", "user", "secrets"}


async def test_what_was_removed_stays_removed_after_a_return() -> None:
    async def leave(_event: JsonObject, api: ScriptedApi) -> None:
        await api.call("redirect.sendUserTo", "https://my-app.example.com")

    scenario = a_scenario(event={"request": {"geoip": None}, "connection": None}, resume=[{}])
    _run, host = await played(a_flow("one"), {"one": ScriptedAction(leave, nothing)}, scenario)
    back = host.invocations[1].event
    assert "geoip" not in back["request"]  # type: ignore[operator]
    assert "connection" not in back
