"""What a host hands in: strict about names, explicit about browsers, silent about values."""

from __future__ import annotations

import base64
import hashlib
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from loginwright_runtime.login.requests import (
    Authentication,
    BindBrowser,
    ChallengeResult,
    Client,
    EnrollmentResult,
    FormResult,
    HttpRequest,
    LoginRequest,
    NoBrowser,
    RedirectReturn,
    TokenContext,
)

CLIENT = Client(client_id="my-spa")
CANARY = "hunter2-canary"


def test_a_login_needs_a_user_a_client_and_a_choice_of_browser_and_nothing_else() -> None:
    request = LoginRequest(user_id="auth0|0001", client=CLIENT, browser=NoBrowser())
    assert (request.protocol, request.interactive) == ("oidc-basic-profile", None)
    assert (request.granted_scopes, request.available_factors, request.host_context) == (
        None,
        None,
        None,
    )
    assert request.token == TokenContext()
    for missing in ("user_id", "client", "browser"):
        members = {"user_id": "auth0|0001", "client": CLIENT, "browser": NoBrowser()}
        del members[missing]
        with pytest.raises(ValidationError, match=missing):
            LoginRequest.model_validate(members)


@pytest.mark.parametrize("browser", [None, {}, {"key": "k"}, "none", NoBrowser, False])
def test_what_is_no_choice_of_browser_is_refused(browser: object) -> None:
    members = {"user_id": "auth0|0001", "client": CLIENT, "browser": browser}
    with pytest.raises(ValidationError, match="browser"):
        LoginRequest.model_validate(members)


@pytest.mark.parametrize(
    "members",
    [
        {"user_id": ""},
        {"userid": CANARY},
        {"protocol": 7},
        {"granted_scopes": CANARY},
        {"token": {"access_token_ttl": 0}},
        {"token": {"access_token_ttl": 10**20}},
        {"token": {"auth_time": 10**20}},
        {"token": {"noncee": CANARY}},
    ],
)
def test_an_odd_member_is_refused_without_showing_its_value(members: dict[str, object]) -> None:
    whole = {"user_id": "auth0|0001", "client": CLIENT, "browser": NoBrowser(), **members}
    with pytest.raises(ValidationError) as refused:
        LoginRequest.model_validate(whole)
    assert CANARY not in str(refused.value)
    assert "input_value" not in str(refused.value)


def test_parts_of_the_event_take_members_the_reference_does_not_name() -> None:
    request = HttpRequest.model_validate({"ip": "1.2.3.4", "ja4": "t13d"})
    assert request.model_dump()["ja4"] == "t13d"


def test_a_request_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        CLIENT.name = "Another"  # type: ignore[misc]  # that it is frozen is what is tested


@pytest.mark.parametrize(
    "value",
    [
        LoginRequest(
            user_id=CANARY,
            client=Client(client_id=CANARY, metadata={"a": CANARY}),
            request=HttpRequest(query={"a": CANARY}),
            authentication=Authentication(methods=({"name": CANARY},)),
            token=TokenContext(nonce=CANARY, code=CANARY),
            browser=BindBrowser(CANARY),
            host_context={"a": CANARY},
        ),
        RedirectReturn(CANARY, HttpRequest(query={"a": CANARY}), BindBrowser(CANARY)),
        ChallengeResult(CANARY, "otp", passed=True, browser=BindBrowser(CANARY)),
        EnrollmentResult(CANARY, "otp", passed=True, browser=BindBrowser(CANARY)),
        FormResult(CANARY, {"a": CANARY}, {"b": CANARY}, HttpRequest(query={"a": CANARY})),
        BindBrowser(CANARY),
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_request_shows_what_it_carries(value: object) -> None:
    assert CANARY not in repr(value)
    assert CANARY not in str(value)


def test_a_browser_key_is_compared_by_its_digest() -> None:
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
    assert BindBrowser(key).digest() == hashlib.sha256(key.encode()).hexdigest()


@pytest.mark.parametrize(
    "key", [None, "", "k" * 42, "k" * 44, "k" * 42 + "=", "k" * 42 + "\n", "k" * 42 + "\u00fc"]
)
def test_a_key_that_is_absent_or_malformed_has_no_digest(key: str | None) -> None:
    assert BindBrowser(key).digest() is None


@given(st.text())
def test_only_a_key_as_the_engine_makes_them_has_a_digest(key: str) -> None:
    well_formed = (
        len(key) == 43 and key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    )
    assert (BindBrowser(key).digest() is not None) == bool(well_formed)
