"""The outcome as contract.md draws it: every key, in JSON and as Python models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from loginwright_runtime.transaction.outcome import (
    Allowed,
    AuthenticationInfo,
    CallInfo,
    Claims,
    Denied,
    ErrorInfo,
    ExceptionInfo,
    Failed,
    FlowInfo,
    LogInfo,
    MultifactorInfo,
    Outcome,
    PrimaryUser,
    ProfileUpdate,
    RefreshTokenInfo,
    Scope,
    SessionInfo,
    StepInfo,
    Suspended,
    SuspensionInfo,
    Tokens,
    WarningInfo,
    outcome_from_json,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonValue

FLOW = FlowInfo(name="Customer login", version="sha256:0")
AWAY = SuspensionInfo(
    kind="redirect",
    action="ask",
    url="https://x.com/?state=s",
    state="s",
    expires_at="2026-11-23T11:00:00Z",
)
CONTRACT: dict[str, JsonValue] = {
    "status": "allowed",
    "transaction_id": "1",
    "flow": {"name": "Customer login", "version": "sha256:0"},
    "host_context": {"a": 1},
    "user": {"user_id": "auth0|0001"},
    "profile_update": {"user_metadata": {"colour": "teal"}, "app_metadata": {"plan": None}},
    "tokens": {
        "id_token": None,
        "access_token": "a.b.c",
        "token_type": "Bearer",
        "expires_in": 86400,
        "scope": "openid profile",
    },
    "claims": {"id_token": {"https://x.com/roles": ["admin"]}, "access_token": {}},
    "scope": {"granted": ["openid"], "added": ["openid"], "removed": ["profile"]},
    "multifactor": {"provider": "any", "options": {}, "satisfied": True, "by": "simulated"},
    "authentication": {
        "acr": None,
        "amr": ["mfa"],
        "auth_time": 5,
        "methods": [{"name": "pwd", "timestamp": "2026-11-23T10:00:00.000Z"}],
    },
    "primary_user": {"from": "auth0|0001", "to": "auth0|0002"},
    "session": {
        "revoked": True,
        "preserve_refresh_tokens": True,
        "expires_at": "2026-11-23T11:00:00Z",
        "idle_expires_at": None,
        "cookie_mode": "persistent",
        "metadata": {"a": "1"},
    },
    "refresh_token": {
        "issue": True,
        "revoked": "stolen",
        "expires_at": None,
        "idle_expires_at": "2026-11-23T11:00:00Z",
        "metadata": {},
    },
    "saml": {"audience": "urn:a"},
    "suspension": {
        "kind": "redirect",
        "action": "ask",
        "url": "https://x.com/?state=s",
        "state": "s",
        "factors": [],
        "form": None,
        "expires_at": "2026-11-23T11:00:00Z",
    },
    "error": {
        "code": "access_denied",
        "description": "x is not a function",
        "kind": "exception",
        "action": "ask",
        "line": 12,
        "exception": {
            "name": "TypeError",
            "message": "x is not a function",
            "stack": ["actions/ask.js:12:5"],
        },
    },
    "warnings": [{"code": "claim-not-uri", "action": "ask", "line": 9, "message": "Left out."}],
    "logs": [{"seq": 4, "action": "ask", "level": "log", "text": "hi", "line": 7}],
    "steps": [
        {
            "seq": 1,
            "action": "ask",
            "handler": "onExecutePostLogin",
            "duration_ms": 0.7,
            "calls": [
                {
                    "seq": 2,
                    "method": "cache.get",
                    "args": ["k", {"$undefined": True}],
                    "read": True,
                    "result": None,
                    "line": None,
                }
            ],
        }
    ],
}


def full() -> Allowed:
    """Return an outcome with every member set."""
    return Allowed(
        transaction_id="1",
        flow=FLOW,
        host_context={"a": 1},
        user={"user_id": "auth0|0001"},
        profile_update=ProfileUpdate(user_metadata={"colour": "teal"}, app_metadata={"plan": None}),
        tokens=Tokens(
            id_token=None, access_token="a.b.c", expires_in=86400, scope="openid profile"
        ),
        claims=Claims(id_token={"https://x.com/roles": ["admin"]}),
        scope=Scope(granted=("openid",), added=("openid",), removed=("profile",)),
        multifactor=MultifactorInfo(provider="any", satisfied=True, by="simulated"),
        authentication=AuthenticationInfo(
            amr=("mfa",),
            auth_time=5,
            methods=({"name": "pwd", "timestamp": "2026-11-23T10:00:00.000Z"},),
        ),
        primary_user=PrimaryUser(from_="auth0|0001", to="auth0|0002"),
        session=SessionInfo(
            revoked=True,
            preserve_refresh_tokens=True,
            expires_at="2026-11-23T11:00:00Z",
            cookie_mode="persistent",
            metadata={"a": "1"},
        ),
        refresh_token=RefreshTokenInfo(
            issue=True, revoked="stolen", idle_expires_at="2026-11-23T11:00:00Z"
        ),
        saml={"audience": "urn:a"},
        suspension=AWAY,
        error=ErrorInfo(
            code="access_denied",
            description="x is not a function",
            kind="exception",
            action="ask",
            line=12,
            exception=ExceptionInfo(
                name="TypeError", message="x is not a function", stack=("actions/ask.js:12:5",)
            ),
        ),
        warnings=(WarningInfo(code="claim-not-uri", action="ask", line=9, message="Left out."),),
        logs=(LogInfo(seq=4, action="ask", level="log", text="hi", line=7),),
        steps=(
            StepInfo(
                seq=1,
                action="ask",
                handler="onExecutePostLogin",
                duration_ms=0.7,
                calls=(
                    CallInfo(
                        seq=2,
                        method="cache.get",
                        args=["k", {"$undefined": True}],
                        read=True,
                        result=None,
                        line=None,
                    ),
                ),
            ),
        ),
    )


def test_an_outcome_is_written_as_the_contract_draws_it() -> None:
    assert full().model_dump(mode="json") == CONTRACT
    assert json.loads(full().model_dump_json()) == CONTRACT


def test_every_key_is_there_when_nothing_is_known() -> None:
    bare = Denied(transaction_id="1", flow=FLOW).model_dump(mode="json")
    assert list(bare) == list(CONTRACT)
    assert [key for key, value in bare.items() if value == []] == ["warnings", "logs", "steps"]
    unknown = [key for key, value in bare.items() if value is None]
    assert unknown == [
        "host_context",
        "user",
        "profile_update",
        "tokens",
        "claims",
        "multifactor",
        "primary_user",
        "suspension",
        "error",
    ]
    for part in ("scope", "authentication", "session", "refresh_token"):
        written = CONTRACT[part]
        assert isinstance(written, dict)
        assert list(bare[part]) == list(written)


@pytest.mark.parametrize(
    "outcome",
    [
        full(),
        Denied(transaction_id="1", flow=FLOW),
        Failed(transaction_id="", flow=FLOW),
        Suspended(transaction_id="1", flow=FLOW, suspension=AWAY),
    ],
    ids=lambda outcome: outcome.status,
)
def test_an_outcome_is_read_back_as_what_it_was(outcome: Outcome) -> None:
    back = outcome_from_json(outcome.model_dump_json())
    assert type(back) is type(outcome)
    assert back == outcome


def test_a_step_that_never_ended_has_no_duration() -> None:
    step = StepInfo(seq=1, action="ask", handler="onExecutePostLogin", duration_ms=None)
    outcome = Failed(transaction_id="1", flow=FLOW, steps=(step,))
    back = outcome_from_json(outcome.model_dump_json())
    assert back.steps[0].duration_ms is None


@pytest.mark.parametrize(
    "text",
    [
        '{"status": "hunter2"}',
        '{"status": "allowed"}',
        '{"status": "denied", "transaction_id": "1", "flow": {"name": "hunter2"}}',
        '{"status": "failed", "hunter2": 1, "flow": {"name": "", "version": ""}}',
        "hunter2",
    ],
)
def test_what_is_no_outcome_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        outcome_from_json(text)
    assert "input_value" not in str(refused.value)


def test_an_outcome_cannot_be_changed() -> None:
    outcome = Allowed(transaction_id="1", flow=FLOW)
    with pytest.raises(ValidationError, match="frozen"):
        outcome.transaction_id = "2"  # type: ignore[misc]  # that it is frozen is what is tested


def test_a_redirect_is_matched_by_kind_and_gives_url_and_key() -> None:
    outcome = Suspended(transaction_id="1", flow=FLOW, suspension=AWAY)
    outcome.keep_browser_key("k" * 43)
    match outcome:
        case Suspended(kind="redirect", url=url, state=state, browser_key=key):
            assert (url, state, key) == ("https://x.com/?state=s", "s", "k" * 43)
        case _:
            pytest.fail("a redirect is a Suspended of that kind")


def test_a_suspended_outcome_without_its_suspension_is_a_fault() -> None:
    outcome = Suspended(transaction_id="1", flow=FLOW)
    assert outcome.browser_key is None
    with pytest.raises(ValueError, match="where it waits"):
        _ = outcome.url


def test_record_and_browser_key_are_carried_beside_the_json() -> None:
    outcome = Suspended(transaction_id="1", flow=FLOW, suspension=AWAY)
    assert (outcome.record, outcome.public_errors) == (None, "message")
    before = outcome.model_dump_json()
    outcome.keep_record(["the record"], "generic")
    outcome.keep_browser_key("hunter2")
    assert (outcome.record, outcome.public_errors) == (["the record"], "generic")
    assert outcome.model_dump_json() == before


def test_the_engines_own_values_make_the_same_part_without_validation() -> None:
    members = {name: getattr(full(), name) for name in Allowed.model_fields}
    made = Allowed.of(**members)
    assert made == full()
    assert (made.record, made.public_errors) == (None, "message")
    made.keep_record("the record", "generic")
    assert made.record == "the record"
    assert made.model_dump(mode="json") == CONTRACT
    log = LogInfo.of(seq=4, action="ask", level="log", text="hi", line=7)
    assert log == LogInfo(seq=4, action="ask", level="log", text="hi", line=7)
