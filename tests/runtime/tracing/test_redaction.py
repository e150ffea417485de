"""A redacted trace names nobody and still shows what happened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.tracing.record import (
    CallMade,
    CameBack,
    HandlerBegan,
    HandlerEnded,
    Left,
    LoginEnded,
    LogWritten,
    ProfileWritten,
    RecordEntry,
    RunRecord,
    TokenCheck,
    TokenChecked,
    TokensIssued,
)
from loginwright_runtime.tracing.redaction import Concealer, redacted
from loginwright_runtime.tracing.redaction_rules import (
    concealed,
    redacted_args,
    redacted_detail,
    redacted_event,
    redacted_result,
    redacted_url,
)
from recorded_logins import EVENT, LOGIN, PERSONAL, TOKEN_OUT, entries, json_objects, json_values

if TYPE_CHECKING:
    from typing import TypeVar

    from loginwright_runtime.login.json_values import JsonObject, JsonValue

    Kind = TypeVar("Kind", bound=RecordEntry)


def shown() -> str:
    record = redacted(LOGIN)
    return orjson.dumps(record.entries).decode() + b"".join(record.events).decode()


def one(kind: type[Kind], index: int = 0) -> Kind:
    return [entry for entry in redacted(LOGIN).entries if isinstance(entry, kind)][index]


def event(index: int = 0) -> dict[str, dict[str, object]]:
    loaded: dict[str, dict[str, object]] = orjson.loads(redacted(LOGIN).events[index])
    return loaded


@pytest.mark.parametrize("text", PERSONAL)
def test_nothing_personal_is_left_anywhere(text: str) -> None:
    assert text not in shown()


def test_order_times_places_and_ends_stay() -> None:
    before = [(e.seq, e.at, e.leg, type(e)) for e in LOGIN.entries]
    assert [(e.seq, e.at, e.leg, type(e)) for e in redacted(LOGIN).entries] == before
    assert one(HandlerBegan) == LOGIN.entries[0]
    assert one(HandlerEnded) == LOGIN.entries[5]


def test_what_decides_a_login_stays_readable() -> None:
    seen = event()
    assert seen["authorization"] == {"roles": ["admin"]}
    assert seen["request"]["geoip"] == {
        "countryCode": "GB",
        "continentCode": "EU",
        "cityName": "***",
        "latitude": 0,
        "longitude": 0,
    }
    assert seen["request"]["hostname"] == "login.example.com"
    assert seen["client"] == EVENT["client"]
    assert seen["connection"] == EVENT["connection"]
    assert seen["transaction"]["requested_scopes"] == ["openid", "profile"]
    assert seen["transaction"]["id"] == "tx-1"


def test_a_profile_keeps_its_shape() -> None:
    assert event()["user"] == {
        "user_id": "***",
        "email": "***",
        "email_verified": True,
        "name": "***",
        "given_name": "***",
        "phone_number": "***",
        "created_at": "2020-01-01T00:00:00Z",
        "user_metadata": {"nickname_at_work": "***", "visits": 0, "tags": ["***"]},
        "app_metadata": {"plan_of_ada": "***"},
        "identities": [
            {
                "connection": "google-oauth2",
                "provider": "google-oauth2",
                "user_id": "***",
                "isSocial": True,
                "profileData": {"email": "***"},
            }
        ],
        "enrolledFactors": [{"type": "phone", "options": {"number": "***"}}],
    }


def test_parameters_are_hidden_but_those_that_name_nobody() -> None:
    assert event()["request"]["query"] == {
        "client_id": "my-spa",
        "state": "***",
        "login_hint": "***",
    }
    assert event(1)["request"]["body"] == {"session_token": "***", "comment": "***"}
    assert event(1)["request"]["query"] == {"state": "***"}
    assert event(1)["request"]["method"] == "POST"


def test_session_and_form_are_hidden_but_their_shape() -> None:
    assert event()["session"] == {"id": "***", "device": {"initial_ip": "***"}}
    assert event()["prompt"] == {"id": "ap_1", "fields": {"street": "***"}, "vars": {"n": 0}}


def test_calls_show_what_was_asked_for_and_not_of_whom() -> None:
    encode, send, validate, metadata, cache = (one(CallMade, index) for index in range(5))
    assert encode.args == [{"secret": "***", "payload": {"email": "***"}}]
    assert encode.result == "***"
    assert send.args == [
        "https://my-app.example.com/?lang=***",
        {"query": {"session_token": "***"}},
    ]
    assert validate.result == {"sub": "***", "state": "***", "favorite_color": "***"}
    assert metadata.args == ["favorite_color", "***"]
    assert cache.threw is not None
    assert cache.threw.message == "no cache for ***"


def test_a_log_line_loses_names_addresses_and_the_rest_stays() -> None:
    assert one(LogWritten).text == "Hello *** <***> from ***"


def test_what_left_in_a_url_is_hidden_where_it_was_logged() -> None:
    record = RunRecord(
        "tx",
        "f",
        "v",
        (
            LogWritten(1, 0.0, 1, "a", "log", "ticket 4711-bcd for a visitor"),
            Left(2, 0.0, 1, "redirect", "a", "https://a.example/?ticket=4711-bcd", 60.0, {}),
        ),
    )
    line = redacted(record).entries[0]
    assert isinstance(line, LogWritten)
    assert line.text == "ticket *** for a visitor"


def test_an_address_that_the_event_does_not_know_is_hidden_too() -> None:
    record = RunRecord(
        "tx", "f", "v", (LogWritten(1, 0.0, 1, "a", "log", f"bob@example.org sent {TOKEN_OUT}"),)
    )
    (line,) = redacted(record).entries
    assert isinstance(line, LogWritten)
    assert line.text == "*** sent ***"


def test_a_url_keeps_host_and_names() -> None:
    assert one(Left).url == "https://my-app.example.com/?lang=***&session_token=***&state=***"


@pytest.mark.parametrize(
    ("url", "hidden"),
    [
        ("https://a.example/p", "https://a.example/p"),
        ("https://a.example/?a=1&b=&c&a=2", "https://a.example/?a=***&b=&c&a=***"),
        ("https://a.example/#token", "https://a.example/#***"),
    ],
)
def test_query_values_are_hidden_one_by_one(url: str, hidden: str) -> None:
    assert redacted_url(url) == hidden


def test_a_token_check_keeps_its_words_and_loses_its_values() -> None:
    found, state, sub = one(TokenChecked).checks
    assert found.got == "200 characters"
    assert (state.expected, state.got, state.passed) == ("***", "***", True)
    assert (sub.expected, sub.got, sub.passed) == ("***", "no sub", False)


def test_a_token_check_that_could_read_nothing_keeps_its_reason() -> None:
    rows = (
        TokenCheck("state", "s" * 43, "not readable: 2 parts", False, reached=True),
        TokenCheck("sub", "auth0|0001", "not readable: no JSON", False, reached=True),
        TokenCheck("sub", "auth0|0001", "auth0|0002", False, reached=True),
    )
    record = RunRecord("tx", "f", "v", (TokenChecked(1, 0.0, 1, "a", 3, rows),), ())
    (entry,) = redacted(record).entries
    assert isinstance(entry, TokenChecked)
    assert [(row.expected, row.got) for row in entry.checks] == [
        ("***", "not readable: 2 parts"),
        ("***", "not readable: no JSON"),
        ("***", "***"),
    ]


def test_personal_texts_are_hidden_in_lists_of_lists_too() -> None:
    shown = Concealer(["Ada Lovelace"]).json({"a": [["Ada Lovelace", 7], "by Ada Lovelace", None]})
    assert shown == {"a": [["***", 7], "by ***", None]}


@pytest.mark.parametrize(
    ("personal", "shown"),
    [("Al", "Al, Ada and profile"), ("Ada", "Al, *** and profile"), ("profile", None)],
)
def test_words_that_stand_everywhere_hide_nothing(personal: str, shown: str | None) -> None:
    text = "Al, Ada and profile"
    assert Concealer([personal]).text(text) == (shown or text)


def test_claims_keep_what_names_nobody() -> None:
    issued = one(TokensIssued)
    assert issued.id_token == {
        "iss": "https://login.example.com/",
        "sub": "***",
        "email": "***",
        "https://my-app.example.com/roles": ["admin"],
        "https://my-app.example.com/greeting": "Hello ***",
    }
    assert issued.access_token == {"sub": "***", "scope": "openid profile", "jti": "***"}


def test_what_was_written_and_how_it_ended_lose_their_values() -> None:
    assert one(ProfileWritten).user_metadata == {"favorite_color": "***", "old": None}
    assert one(LoginEnded).error == {"description": "*** may not", "detail": None}
    assert one(CameBack).detail == {"method": "POST", "ip": "***"}


def test_a_return_keeps_the_names_of_what_was_filled_in() -> None:
    detail: JsonObject = {
        "query": {"state": "s", "prompt": "login"},
        "fields": {"street": "Main", "n": 1},
        "vars": {"a": None},
        "request": {"body": {"x": "y"}, "ip": "203.0.113.7"},
        "factors": ["otp"],
    }
    assert redacted_detail(detail) == {
        "query": {"state": "***", "prompt": "login"},
        "fields": {"street": "***", "n": 0},
        "vars": {"a": None},
        "request": {"body": {"x": "***"}, "ip": "***"},
        "factors": ["otp"],
    }


@pytest.mark.parametrize(
    ("method", "args", "hidden"),
    [
        ("access.deny", ["no"], ["no"]),
        ("user.setAppMetadata", ["plan", {"a": 1}], ["plan", {"a": 0}]),
        ("authentication.setPrimaryUser", ["auth0|2"], ["***"]),
        ("idToken.setCustomClaim", ["email", "a"], ["email", "***"]),
        ("accessToken.setCustomClaim", ["https://a/roles", ["x"]], ["https://a/roles", ["x"]]),
        ("idToken.setCustomClaim", [], []),
        ("cache.set", ["k", "v", {"ttl": 5}], ["k", "***", {"ttl": 5}]),
        ("prompt.render", ["ap_1", {"vars": {"a": "b"}}], ["ap_1", {"vars": {"a": "***"}}]),
        (
            "multifactor.enable",
            ["duo", {"providerOptions": {"skey": "s"}, "allowRememberBrowser": True}],
            ["duo", {"providerOptions": {"skey": "***"}, "allowRememberBrowser": True}],
        ),
        ("redirect.sendUserTo", [7, "odd"], [7, "odd"]),
        ("redirect.sendUserTo", [], []),
        ("redirect.encodeToken", ["odd"], ["odd"]),
        (
            "redirect.encodeToken",
            [{"secret": "s", "payload": {"a": "b"}, "expiresInSeconds": 60}],
            [{"secret": "***", "payload": {"a": "***"}, "expiresInSeconds": 60}],
        ),
        (
            "redirect.validateToken",
            [{"secret": "s", "tokenParameterName": "t"}],
            [{"secret": "***", "tokenParameterName": "t"}],
        ),
        (
            "redirect.sendUserTo",
            ["https://a.example/", {"query": {"a": "b"}}],
            ["https://a.example/", {"query": {"a": "***"}}],
        ),
        ("user.setUserMetadata", ["color", "teal"], ["color", "***"]),
        ("samlResponse.setKey", ["-----BEGIN"], ["***"]),
    ],
)
def test_arguments_by_method(method: str, args: list[JsonValue], hidden: list[JsonValue]) -> None:
    assert redacted_args(method, args) == hidden


def test_results_by_method() -> None:
    assert redacted_result("cache.get", {"value": "v", "expires_at": 5}) == {
        "value": "***",
        "expires_at": 5,
    }
    assert redacted_result("cache.get", "odd") == "***"
    assert redacted_result("redirect.canRedirect", True) is True
    assert redacted_result("roles.getUserEffectiveRoles", {"roles": []}) == {"roles": []}


@pytest.mark.parametrize("member", ["user", "request", "prompt", "session", "secrets"])
def test_a_member_of_an_odd_kind_is_hidden(member: str) -> None:
    assert redacted_event({member: "odd"}) == {member: "***"}


def test_a_query_of_an_odd_kind_is_hidden() -> None:
    assert redacted_event({"request": {"query": "a=b"}}) == {"request": {"query": "***"}}


def test_members_we_do_not_know_are_searched_by_name() -> None:
    custom: JsonObject = {"configuration": [{"deep": {"ip": "203.0.113.7", "mode": "x"}}]}
    assert redacted_event(custom) == {"configuration": [{"deep": {"ip": "***", "mode": "x"}}]}


def test_a_personal_word_is_hidden_only_as_a_word() -> None:
    user = orjson.dumps({"user": {"given_name": "Ada"}})
    log = LogWritten(1, 0.0, 1, "a", "log", "Ada likes Adagios; Canada")
    (line,) = redacted(RunRecord("tx", "f", "v", (log,), (user,))).entries
    assert isinstance(line, LogWritten)
    assert line.text == "*** likes Adagios; Canada"


def test_an_event_that_is_no_object_is_emptied() -> None:
    assert redacted(RunRecord("tx", "f", "v", (), (b"[1]",))).events == (b"{}",)


def test_redacting_twice_changes_nothing() -> None:
    once = redacted(LOGIN)
    assert redacted(once) == once


@given(json_values)
def test_concealing_keeps_the_shape_and_no_text(value: JsonValue) -> None:
    hidden = concealed(value)
    assert same_shape(value, hidden)
    assert concealed(hidden) == hidden


@given(st.lists(entries, max_size=4), json_objects)
def test_any_record_can_be_redacted(some: list[RecordEntry], seen: JsonObject) -> None:
    record = RunRecord("tx", "f", "v", tuple(some), (orjson.dumps(seen),))
    once = redacted(record)
    assert [type(entry) for entry in once.entries] == [type(entry) for entry in some]
    assert set(orjson.loads(once.events[0])) == set(seen)


def test_the_record_itself_is_not_changed() -> None:
    copy = replace(LOGIN)
    redacted(LOGIN)
    assert copy == LOGIN


def same_shape(one: JsonValue, other: JsonValue) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_shape(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_shape, one, other))
    if isinstance(one, str):
        return other == ("***" if one else "")
    if one is None or isinstance(one, bool):
        return one is other
    return other == 0
