"""What stands in the tokens, and what no action can put there."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.tokens.payloads import (
    ENGINE_CLAIMS,
    TokenInputs,
    access_token_claims,
    half_hash,
    id_token_claims,
    issues_id_token,
    userinfo_audience,
)
from loginwright_runtime.transaction.claims import PROFILE_CLAIMS, RESTRICTED_CLAIMS

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue
    from loginwright_runtime.transaction.claims import ClaimMode

ADA: JsonObject = {
    "user_id": "auth0|0001",
    "name": "Ada Lovelace",
    "given_name": "Ada",
    "email": "ada@example.com",
    "email_verified": True,
    "phone_number": "+44 20 7946 0000",
    "phone_verified": False,
    "address": {"country": "UK"},
    "updated_at": "2026-11-23T09:00:00.500Z",
    "user_metadata": {"favorite_color": "teal"},
}


def inputs(
    *,
    scopes: tuple[str, ...] = ("openid",),
    profile: JsonObject | None = None,
    id_claims: JsonObject | None = None,
    access_claims: JsonObject | None = None,
    custom_claims: ClaimMode = "uri",
) -> TokenInputs:
    return TokenInputs(
        issuer="https://login.example.com/",
        subject="auth0|0001",
        client_id="my-spa",
        access_audience="https://api.example.com/",
        scopes=scopes,
        issued_at=1_795_428_000,
        jti="id-1",
        profile=ADA if profile is None else profile,
        id_claims=id_claims or {},
        access_claims=access_claims or {},
        custom_claims=custom_claims,
    )


def everything_known() -> TokenInputs:
    return TokenInputs(
        issuer="https://login.example.com/",
        subject="auth0|0001",
        client_id="my-spa",
        access_audience="https://api.example.com/",
        scopes=("openid", "read:books", "openid"),
        issued_at=1_795_428_000,
        jti="id-1",
        profile={},
        id_claims={},
        access_claims={},
        id_token_ttl=60,
        access_token_ttl=120,
        nonce="n-0S6",
        auth_time=1_795_427_000,
        sid="session-1",
        acr="urn:example:mfa",
        amr=("pwd", "mfa"),
        azp="my-backend",
        cnf={"jkt": "abc"},
        code="SplxlOBeZQQYbYS6WxSbIA",
        organization={"id": "org_1", "name": "example"},
    )


def test_an_id_token_says_who_for_whom_by_whom_and_until_when() -> None:
    assert id_token_claims(inputs(), None) == {
        "iss": "https://login.example.com/",
        "sub": "auth0|0001",
        "aud": "my-spa",
        "iat": 1_795_428_000,
        "exp": 1_795_464_000,
    }


def test_an_access_token_carries_what_rfc_9068_requires() -> None:
    assert access_token_claims(inputs(scopes=())) == {
        "iss": "https://login.example.com/",
        "sub": "auth0|0001",
        "aud": "https://api.example.com/",
        "client_id": "my-spa",
        "iat": 1_795_428_000,
        "exp": 1_795_514_400,
        "jti": "id-1",
    }


def test_an_id_token_carries_all_that_is_known_of_the_authentication() -> None:
    claims = id_token_claims(everything_known(), "access-token")
    assert claims == {
        "iss": "https://login.example.com/",
        "sub": "auth0|0001",
        "aud": "my-spa",
        "iat": 1_795_428_000,
        "exp": 1_795_428_060,
        "azp": "my-backend",
        "nonce": "n-0S6",
        "sid": "session-1",
        "auth_time": 1_795_427_000,
        "acr": "urn:example:mfa",
        "amr": ["pwd", "mfa"],
        "org_id": "org_1",
        "at_hash": half_hash("access-token"),
        "c_hash": half_hash("SplxlOBeZQQYbYS6WxSbIA"),
    }


def test_an_access_token_carries_scope_confirmation_and_authentication() -> None:
    claims = access_token_claims(everything_known())
    assert claims["scope"] == "openid read:books"
    assert claims["cnf"] == {"jkt": "abc"}
    assert claims["exp"] == 1_795_428_120
    assert (claims["auth_time"], claims["acr"], claims["amr"], claims["org_id"]) == (
        1_795_427_000,
        "urn:example:mfa",
        ["pwd", "mfa"],
        "org_1",
    )
    assert not {"nonce", "sid", "azp", "at_hash", "c_hash"} & set(claims)


def test_at_hash_is_the_left_half_of_the_sha_256_of_the_token() -> None:
    digest = hashlib.sha256(b"jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y").digest()
    half = base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")
    assert half == "77QmUPtjPfzWtF2AnpK9RQ"  # the example of OpenID Connect Core 1.0, A.3
    assert half_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y") == half


def test_c_hash_agrees_with_the_example_of_openid_connect() -> None:
    assert half_hash("Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk") == (
        "LDktKdoQak3Pk0cnXxCltA"  # OpenID Connect Core 1.0, A.4
    )


def test_without_a_signed_access_token_there_is_no_at_hash() -> None:
    assert "at_hash" not in id_token_claims(inputs(), None)


@pytest.mark.parametrize(
    ("scope", "claims"),
    [
        ("profile", {"name": "Ada Lovelace", "given_name": "Ada", "updated_at": 1_795_424_400}),
        ("email", {"email": "ada@example.com", "email_verified": True}),
        ("phone", {"phone_number": "+44 20 7946 0000", "phone_number_verified": False}),
        ("address", {"address": {"country": "UK"}}),
        ("openid", {}),
        ("email:read", {}),
    ],
)
def test_each_scope_brings_its_profile_claims_and_no_others(scope: str, claims: JsonObject) -> None:
    given = id_token_claims(inputs(scopes=("openid", scope)), None)
    assert {name: given[name] for name in given if name in PROFILE_CLAIMS} == claims


def test_the_access_token_carries_no_profile() -> None:
    claims = access_token_claims(inputs(scopes=("openid", "profile", "email", "phone")))
    assert not PROFILE_CLAIMS & set(claims)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("name", ""),
        ("name", None),
        ("name", 7),
        ("email_verified", "true"),
        ("address", "10 Downing Street"),
        ("address", {}),
        ("updated_at", "yesterday"),
        ("updated_at", True),
        ("updated_at", None),
    ],
)
def test_a_profile_member_of_another_kind_is_left_out(member: str, value: JsonValue) -> None:
    scopes = ("openid", "profile", "email", "address")
    assert member not in id_token_claims(inputs(scopes=scopes, profile={member: value}), None)


@pytest.mark.parametrize(
    ("stored", "claim"),
    [
        (1_795_424_400, 1_795_424_400),
        (1_795_424_400.9, 1_795_424_400),
        ("2026-11-23T10:00:00+01:00", 1_795_424_400),
        ("2026-11-23T09:00:00", 1_795_424_400),
    ],
)
def test_updated_at_is_a_number_of_seconds(stored: JsonValue, claim: int) -> None:
    given = id_token_claims(inputs(scopes=("profile",), profile={"updated_at": stored}), None)
    assert given["updated_at"] == claim


def test_a_profile_that_already_uses_the_claims_name_is_read_too() -> None:
    profile: JsonObject = {"phone_number_verified": True}
    assert id_token_claims(inputs(scopes=("phone",), profile=profile), None) == {
        **id_token_claims(inputs(), None),
        "phone_number_verified": True,
    }


def test_custom_claims_go_into_their_own_token() -> None:
    made = inputs(
        id_claims={"https://my-app.example.com/roles": ["admin"]},
        access_claims={"https://my-app.example.com/plan": "gold"},
    )
    assert id_token_claims(made, None)["https://my-app.example.com/roles"] == ["admin"]
    assert access_token_claims(made)["https://my-app.example.com/plan"] == "gold"
    assert "https://my-app.example.com/plan" not in id_token_claims(made, None)
    assert "https://my-app.example.com/roles" not in access_token_claims(made)


@pytest.mark.parametrize("mode", ["uri", "any"])
@pytest.mark.parametrize("name", sorted(RESTRICTED_CLAIMS | {"scope", "cnf", "token_use"}))
def test_no_restricted_name_reaches_a_token_in_either_mode(name: str, mode: ClaimMode) -> None:
    clean = inputs(custom_claims=mode)
    made = inputs(custom_claims=mode, id_claims={name: "x"}, access_claims={name: "x"})
    assert id_token_claims(made, "a.b.c") == id_token_claims(clean, "a.b.c")
    assert access_token_claims(made) == access_token_claims(clean)


def test_every_claim_that_the_engine_sets_is_its_own() -> None:
    made = everything_known()
    own = set(id_token_claims(made, "a.b.c")) | set(access_token_claims(made))
    assert own <= ENGINE_CLAIMS


@pytest.mark.parametrize("name", sorted(PROFILE_CLAIMS))
def test_in_any_mode_a_custom_claim_replaces_the_profiles(name: str) -> None:
    scopes = ("openid", "profile", "email", "phone", "address")
    made = inputs(scopes=scopes, id_claims={name: "mine"}, custom_claims="any")
    assert id_token_claims(made, None)[name] == "mine"


@pytest.mark.parametrize("name", sorted(PROFILE_CLAIMS))
def test_in_uri_mode_the_profile_stays(name: str) -> None:
    scopes = ("openid", "profile", "email", "phone", "address")
    made = inputs(scopes=scopes, id_claims={name: "mine"})
    assert id_token_claims(made, None) == id_token_claims(inputs(scopes=scopes), None)


@pytest.mark.parametrize(
    ("requested", "issued"),
    [((), True), (("openid",), True), (("profile", "openid"), True), (("profile",), False)],
)
def test_an_id_token_needs_openid_or_no_scopes_at_all(
    requested: tuple[str, ...], issued: bool
) -> None:
    assert issues_id_token(requested) is issued


def test_without_an_api_the_access_token_is_for_userinfo() -> None:
    assert userinfo_audience("login.example.com") == "https://login.example.com/userinfo"


def test_an_organization_without_an_id_adds_nothing() -> None:
    assert "org_id" not in access_token_claims(inputs())


def test_inputs_show_neither_profile_nor_code_in_their_repr() -> None:
    claims: JsonObject = {"https://my-app.example.com/plan": "gold"}
    shown = repr(everything_known()) + repr(inputs(id_claims=claims, access_claims=claims))
    for hidden in ("auth0|0001", "Splx", "n-0S6", "session-1", "ada@", "gold", "org_1", "jkt"):
        assert hidden not in shown
