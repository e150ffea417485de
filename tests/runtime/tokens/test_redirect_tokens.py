"""The token that leaves with a redirect, read as the other site reads it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey

from forged_tokens import NOW, SECRET, USER_ID
from loginwright_runtime.api.call import UNDEFINED, ErrorReply
from loginwright_runtime.tokens.redirect_tokens import EncodedRedirectToken, encode_redirect_token

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue


def encode(
    payload: JsonValue,
    *,
    secret: JsonValue = SECRET,
    now: float = NOW,
    expires_in_seconds: JsonValue = None,
) -> EncodedRedirectToken | ErrorReply:
    return encode_redirect_token(
        secret=secret,
        payload=payload,
        hostname="login.example.com",
        user_id=USER_ID,
        ip="203.0.113.7",
        now=now,
        expires_in_seconds=expires_in_seconds,
    )


def made(reply: EncodedRedirectToken | ErrorReply) -> EncodedRedirectToken:
    assert isinstance(reply, EncodedRedirectToken)
    return reply


def claims_of(reply: EncodedRedirectToken | ErrorReply) -> dict[str, object]:
    return dict(
        jwt.decode(made(reply).token, OctKey.import_key(SECRET), algorithms=["HS256"]).claims
    )


def test_the_site_reads_the_payload_at_top_level_beside_the_standard_claims() -> None:
    assert claims_of(encode({"email": "ada@example.com"})) == {
        "iss": "login.example.com",
        "iat": 1_795_428_000,
        "exp": 1_795_428_900,
        "sub": USER_ID,
        "ip": "203.0.113.7",
        "email": "ada@example.com",
    }


def test_the_header_says_hs256_and_jwt_and_nothing_else() -> None:
    header = made(encode({})).token.split(".")[0]
    text = urlsafe_b64decode(header + "=" * (-len(header) % 4))
    assert text == b'{"alg":"HS256","typ":"JWT"}'


def test_a_payload_may_replace_a_standard_claim_and_the_caller_learns_which() -> None:
    reply = made(encode({"sub": "someone else", "color": "teal", "exp": 5}))
    assert reply.overridden == ("exp", "sub")
    assert claims_of(reply)["sub"] == "someone else"
    assert claims_of(reply)["exp"] == 5


def test_a_payload_that_says_what_is_set_for_it_overrides_nothing() -> None:
    repeated: JsonObject = {"sub": USER_ID, "iss": "login.example.com"}
    assert made(encode(repeated)).overridden == ()
    assert made(encode({**repeated, "ip": "198.51.100.1"})).overridden == ("ip",)


def test_an_ordinary_payload_overrides_nothing() -> None:
    assert made(encode({"email": "ada@example.com"})).overridden == ()


@pytest.mark.parametrize(
    ("asked", "lifetime"), [(None, 900), (UNDEFINED, 900), (60, 60), (0.5, 0.5), (3.0, 3), (-1, -1)]
)
def test_the_lifetime_counts_from_iat(asked: JsonValue, lifetime: float) -> None:
    claims = claims_of(encode({}, expires_in_seconds=asked, now=NOW + 0.75))
    assert claims["iat"] == 1_795_428_000
    assert claims["exp"] == 1_795_428_000 + lifetime


@pytest.mark.parametrize("asked", [1e308, -1e308, 2**63, 2**64, -(2**63), 1e19])
def test_a_lifetime_beyond_all_dates_is_a_number_and_no_fault_of_ours(asked: float) -> None:
    expiry = claims_of(encode({}, expires_in_seconds=asked))["exp"]
    assert float(str(expiry)) == pytest.approx(asked)


@pytest.mark.parametrize("asked", ["60", True, [60], {}, float("inf"), float("nan")])
def test_a_lifetime_that_is_no_number_is_ignored_and_told(asked: JsonValue) -> None:
    reply = made(encode({}, expires_in_seconds=asked))
    assert claims_of(reply)["exp"] == claims_of(encode({}))["exp"]
    assert reply.odd_lifetime


@pytest.mark.parametrize("asked", [None, UNDEFINED, 0, 60, 0.5])
def test_a_lifetime_that_is_a_number_or_left_out_is_no_mistake(asked: JsonValue) -> None:
    assert not made(encode({}, expires_in_seconds=asked)).odd_lifetime


@pytest.mark.parametrize("asked", [60, 60.0, 0, 2**53])
def test_whole_seconds_are_written_as_a_whole_number(asked: float) -> None:
    assert isinstance(claims_of(encode({}, expires_in_seconds=asked))["exp"], int)


@pytest.mark.parametrize(
    ("secret", "got"),
    [
        (None, "got nothing"),
        (UNDEFINED, "got nothing"),
        (7, "got a number"),
        (True, "got a boolean"),
        (["s"], "got a list"),
        ({"s": "s"}, "got an object"),
        ("", "must not be empty"),
    ],
)
def test_a_missing_or_empty_secret_throws_a_type_error(secret: JsonValue, got: str) -> None:
    reply = encode({}, secret=secret)
    assert isinstance(reply, ErrorReply)
    assert reply.name == "TypeError"
    assert reply.message.startswith("api.redirect.encodeToken: secret ")
    assert got in reply.message


@pytest.mark.parametrize("payload", [None, UNDEFINED, "text", 7, ["a"]])
def test_a_payload_that_is_no_object_throws_a_type_error(payload: JsonValue) -> None:
    assert encode(payload) == ErrorReply(
        "TypeError", "api.redirect.encodeToken: payload must be an object."
    )


def test_undefined_members_are_left_out_as_json_stringify_does() -> None:
    payload: JsonObject = {
        "gone": UNDEFINED,
        "kept": {"gone": UNDEFINED, "null": None},
        "list": [1, UNDEFINED, {"gone": UNDEFINED}],
    }
    claims = claims_of(encode(payload))
    assert "gone" not in claims
    assert claims["kept"] == {"null": None}
    assert claims["list"] == [1, None, {}]


def test_an_undefined_sub_overrides_nothing() -> None:
    reply = made(encode({"sub": UNDEFINED}))
    assert reply.overridden == ()
    assert claims_of(reply)["sub"] == USER_ID


@pytest.mark.parametrize(
    ("secret", "short"), [("k" * 31, True), ("k" * 32, False), ("é" * 16, False)]
)
def test_a_secret_under_32_bytes_works_and_is_reported(secret: str, short: bool) -> None:
    assert made(encode({}, secret=secret)).short_secret is short


def test_neither_token_nor_secret_stands_in_a_repr() -> None:
    reply = made(encode({"email": "ada@example.com"}))
    assert reply.token not in repr(reply)
    assert SECRET not in repr(reply)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), json_values, max_size=5))
def test_whatever_json_goes_in_comes_out_at_the_site(payload: JsonObject) -> None:
    claims = claims_of(encode(payload))
    assert {name: claims[name] for name in payload} == payload
    assert set(claims) == set(payload) | {"iss", "iat", "exp", "sub", "ip"}
    assert json.dumps(list(claims)[:5]) == '["iss", "iat", "exp", "sub", "ip"]'
