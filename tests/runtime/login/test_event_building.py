"""The event an action sees: the request, the profile, and what the login has set so far."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from json_strategies import json_objects, json_values
from loginwright_runtime.login.event_building import (
    PROTECTED_ROOT_FIELDS,
    LoginSoFar,
    event_for_handler,
    event_frame,
    returning_request,
    user_of,
)
from loginwright_runtime.login.requests import (
    Authentication,
    Client,
    Connection,
    HttpRequest,
    LoginRequest,
    NoBrowser,
    ResourceServer,
    TransactionDetails,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

CLIENT = Client(client_id="my-spa", name="My SPA")
ADA: JsonObject = {"user_id": "auth0|0001", "email": "ada@example.com"}
BARE = LoginRequest(user_id="auth0|0001", client=CLIENT, browser=NoBrowser())
pending_strategy = st.fixed_dictionaries(
    {}, optional={"user_metadata": json_objects, "app_metadata": json_objects}
)


def frame_of(request: LoginRequest, roles: tuple[str, ...] | None = None) -> JsonObject:
    """Return the frame of a login's first leg."""
    return event_frame(request, request.request, "1", roles)


def member(parent: JsonObject, *path: str) -> JsonValue:
    """Return a member of a member."""
    value: JsonValue = parent
    for name in path:
        assert isinstance(value, dict)
        value = value[name]
    return value


def test_a_bare_login_has_every_member_that_is_always_there() -> None:
    assert event_for_handler(frame_of(BARE), ADA, LoginSoFar()) == {
        "client": {"client_id": "my-spa", "name": "My SPA", "metadata": {}},
        "connection": {
            "id": "con_loginwright",
            "name": "Username-Password-Authentication",
            "strategy": "auth0",
        },
        "request": {"ip": "127.0.0.1", "method": "GET", "query": {}, "body": {}, "geoip": {}},
        "tenant": {"id": "loginwright"},
        "stats": {"logins_count": 1},
        "configuration": {},
        "authorization": {"roles": []},
        "transaction": {
            "id": "1",
            "protocol": "oidc-basic-profile",
            "requested_scopes": [],
            "acr_values": [],
            "ui_locales": [],
            "metadata": {},
        },
        "user": {**ADA, "user_metadata": {}, "app_metadata": {}, "identities": []},
    }


def test_what_the_login_brings_stands_in_the_event() -> None:
    request = LoginRequest(
        user_id="auth0|0001",
        protocol="oauth2-refresh-token",
        client=CLIENT,
        connection=Connection(name="github", strategy="github"),
        organization={"id": "org_1"},
        request=HttpRequest(hostname="login.example.com", query={"scope": "openid"}),
        transaction=TransactionDetails(prompt=("none",), state="app-state"),
        authentication=Authentication(methods=({"name": "pwd", "timestamp": "t"},)),
        session={"id": "s"},
        refresh_token={"id": "r"},
        resource_server=ResourceServer(identifier="https://api.example.com"),
        browser=NoBrowser(),
    )
    frame = frame_of(request)
    assert member(frame, "tenant", "id") == "login"
    assert member(frame, "transaction", "protocol") == "oauth2-refresh-token"
    assert member(frame, "transaction", "prompt") == ["none"]
    assert member(frame, "connection", "name") == "github"
    assert member(frame, "authentication", "methods") == [{"name": "pwd", "timestamp": "t"}]
    assert member(frame, "resource_server") == {"identifier": "https://api.example.com"}
    assert [frame[name] for name in ("organization", "session", "refresh_token")] == [
        {"id": "org_1"},
        {"id": "s"},
        {"id": "r"},
    ]


def test_roles_come_from_the_directory_and_are_none_without_one() -> None:
    assert member(frame_of(BARE), "authorization", "roles") == []
    assert member(frame_of(BARE, ("admin",)), "authorization", "roles") == ["admin"]


def test_members_the_reference_does_not_name_reach_the_action() -> None:
    request = LoginRequest(
        user_id="auth0|0001",
        client=Client.model_validate({"client_id": "my-spa", "colour": "teal", "nil": None}),
        request=HttpRequest.model_validate({"ja4": "t13d"}),
        browser=NoBrowser(),
        event_extras={"my_own": {"a": 1}, "stats": {"logins_count": 7}, "configuration": {"b": 2}},
    )
    frame = frame_of(request)
    assert member(frame, "client", "colour") == "teal"
    assert "nil" not in frame["client"] if isinstance(frame["client"], dict) else False
    assert member(frame, "request", "ja4") == "t13d"
    assert member(frame, "my_own", "a") == 1
    assert member(frame, "stats", "logins_count") == 7
    assert member(frame, "configuration", "b") == 2


def test_an_extra_that_is_null_leaves_the_member_out() -> None:
    request = BARE.model_copy(update={"event_extras": {"authorization": None, "stats": None}})
    assert frame_of(request).keys().isdisjoint({"authorization", "stats"})


@pytest.mark.parametrize(
    "name",
    [
        "secrets",
        "user",
        "client",
        "connection",
        "request",
        "transaction",
        "authentication",
        "organization",
        "session",
        "refresh_token",
        "resource_server",
    ],
)
def test_no_extra_replaces_what_the_login_itself_carries(name: str) -> None:
    request = BARE.model_copy(update={"event_extras": {name: {"hunter2": "hunter2"}}})
    assert frame_of(request) == frame_of(BARE)


def test_later_actions_see_metadata_that_earlier_ones_set_and_not_what_they_removed() -> None:
    stored: JsonObject = {
        **ADA,
        "user_metadata": {"colour": "teal", "size": "L"},
        "app_metadata": {"plan": "free"},
    }
    pending: dict[str, JsonObject] = {
        "user_metadata": {"colour": "red", "size": None, "never": None},
        "app_metadata": {"plan": {"name": "gold"}},
    }
    event = event_for_handler(frame_of(BARE), stored, LoginSoFar(pending=pending))
    assert member(event, "user", "user_metadata") == {"colour": "red"}
    assert member(event, "user", "app_metadata") == {"plan": {"name": "gold"}}
    assert member(event, "user", "plan") == {"name": "gold"}
    assert member(stored, "user_metadata", "colour") == "teal"


def test_app_metadata_stand_at_the_root_of_the_user_too_but_replace_no_identity() -> None:
    stored: JsonObject = {
        **ADA,
        "nickname": "ada",
        "app_metadata": {
            "nickname": "countess",
            "user_id": "evil",
            "identities": ["evil"],
            "user_metadata": {"evil": True},
            "app_metadata": {"evil": True},
        },
    }
    user = user_of(stored, {})
    assert (user["nickname"], user["user_id"], user["identities"]) == (
        "countess",
        "auth0|0001",
        [],
    )
    assert user["user_metadata"] == {}
    assert user["app_metadata"] == stored["app_metadata"]


def test_odd_metadata_in_a_stored_profile_read_as_none() -> None:
    user = user_of({**ADA, "user_metadata": "odd", "app_metadata": None}, {})
    assert (user["user_metadata"], user["app_metadata"]) == ({}, {})


def test_recorded_methods_follow_those_of_the_session() -> None:
    request = BARE.model_copy(
        update={"authentication": Authentication(methods=({"name": "pwd", "timestamp": "1"},))}
    )
    recorded: JsonObject = {"name": "https://mfa.example.com", "timestamp": "2"}
    frame = frame_of(request)
    event = event_for_handler(frame, ADA, LoginSoFar(methods=(recorded,)))
    assert member(event, "authentication", "methods") == [
        {"name": "pwd", "timestamp": "1"},
        recorded,
    ]
    assert member(frame, "authentication", "methods") == [{"name": "pwd", "timestamp": "1"}]
    alone = event_for_handler(frame_of(BARE), ADA, LoginSoFar(methods=(recorded,)))
    assert member(alone, "authentication", "methods") == [recorded]


def test_session_and_refresh_token_metadata_are_live_where_the_event_has_them() -> None:
    so_far = LoginSoFar(session_metadata={"a": "1"}, refresh_token_metadata={"b": "2"})
    request = BARE.model_copy(
        update={"session": {"id": "s", "metadata": {"old": "x"}}, "refresh_token": {"id": "r"}}
    )
    event = event_for_handler(frame_of(request), ADA, so_far)
    assert event["session"] == {"id": "s", "metadata": {"a": "1"}}
    assert event["refresh_token"] == {"id": "r", "metadata": {"b": "2"}}
    without = event_for_handler(frame_of(BARE), ADA, so_far)
    assert without.keys().isdisjoint({"session", "refresh_token"})


def test_transaction_metadata_and_a_forms_result_are_there_for_the_next_handler() -> None:
    prompt: JsonObject = {"id": "ap_1", "fields": {"a": 1}, "vars": {}}
    so_far = LoginSoFar(metadata={"k": 1}, prompt=prompt)
    event = event_for_handler(frame_of(BARE), ADA, so_far)
    assert member(event, "transaction", "metadata") == {"k": 1}
    assert event["prompt"] == prompt
    assert "prompt" not in event_for_handler(frame_of(BARE), ADA, LoginSoFar())


@given(json_objects, pending_strategy, json_objects, json_objects)
def test_building_an_event_changes_nothing_it_is_built_from(
    profile: JsonObject, pending: dict[str, JsonObject], metadata: JsonObject, extras: JsonObject
) -> None:
    request = BARE.model_copy(update={"event_extras": extras, "session": {"id": "s"}})
    frame = frame_of(request)
    so_far = LoginSoFar(pending=pending, metadata=metadata)
    before = copy.deepcopy((frame, profile, so_far, extras))
    event = event_for_handler(frame, profile, so_far)
    json.dumps(event)
    assert (frame, profile, so_far, extras) == before
    assert member(event, "transaction", "metadata") == metadata


@given(json_objects, pending_strategy)
def test_pending_metadata_lie_over_the_stored_key_by_key(
    stored: JsonObject, pending: dict[str, JsonObject]
) -> None:
    user = user_of({**ADA, "user_metadata": stored}, pending)
    laid = {**stored, **pending.get("user_metadata", {})}
    removed = {key for key, value in pending.get("user_metadata", {}).items() if value is None}
    assert user["user_metadata"] == {key: one for key, one in laid.items() if key not in removed}


@given(
    st.dictionaries(
        st.one_of(st.text(), st.sampled_from(sorted(PROTECTED_ROOT_FIELDS))), json_values
    )
)
def test_no_app_metadata_replace_who_the_user_is(app_metadata: JsonObject) -> None:
    profile: JsonObject = {**ADA, "user_metadata": {"a": 1}, "identities": [{"provider": "auth0"}]}
    user = user_of({**profile, "app_metadata": app_metadata}, {})
    assert user["user_id"] == "auth0|0001"
    assert user["identities"] == profile["identities"]
    assert user["user_metadata"] == {"a": 1}


def test_a_return_keeps_what_it_does_not_bring() -> None:
    before = HttpRequest(
        ip="1.2.3.4",
        geoip={"countryCode": "DE"},
        user_agent="Browser",
        hostname="login.example.com",
        language="de",
        asn="1",
        query={"a": "1"},
        body={"b": "2"},
    )
    back = returning_request(before, HttpRequest(method="POST", body={"session_token": "t"}))
    assert back.model_dump() == {
        **before.model_dump(),
        "method": "POST",
        "query": {},
        "body": {"session_token": "t"},
    }


def test_a_return_replaces_what_it_brings_even_with_nothing() -> None:
    before = HttpRequest(ip="1.2.3.4", user_agent="Browser", language="de")
    back = returning_request(before, HttpRequest(ip="5.6.7.8", user_agent=None, geoip={}))
    assert (back.ip, back.user_agent, back.geoip, back.language) == ("5.6.7.8", None, {}, "de")


def test_a_store_that_tells_odd_factors_does_not_hide_what_was_enrolled() -> None:
    odd: list[JsonValue] = [{"type": ["otp"]}, "otp", {"type": "email"}]
    profile: JsonObject = {**ADA, "enrolledFactors": odd}
    event = event_for_handler(frame_of(BARE), profile, LoginSoFar(enrolled=("otp", "email", "otp")))
    assert member(event, "user", "enrolledFactors") == [*odd, {"type": "otp"}]
