"""What an application is told when a login does not succeed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.transaction.oauth import MAX_DESCRIPTION, oauth_error, wire_text
from loginwright_runtime.transaction.outcome import Denied, ErrorInfo, Failed, FlowInfo

if TYPE_CHECKING:
    from loginwright_runtime.transaction.next_step import ErrorKind

FLOW = FlowInfo(name="Customer login", version="sha256:0")
Endpoint = Literal["authorize", "token"]
DESCRIPTION = re.compile(r"[\x20-\x21\x23-\x5b\x5d-\x7e]*")


def denied(description: str, kind: ErrorKind = "denied") -> Denied:
    """Return a denied login."""
    error = ErrorInfo(code="access_denied", description=description, kind=kind)
    return Denied(transaction_id="1", flow=FLOW, error=error)


def failed(
    code: str,
    kind: ErrorKind,
    *,
    transaction_id: str = "1",
    description: str = "what happened",
    public: Literal["message", "generic"] = "message",
) -> Failed:
    """Return a failed login."""
    error = ErrorInfo(code=code, description=description, kind=kind)
    outcome = Failed(transaction_id=transaction_id, flow=FLOW, error=error)
    outcome.keep_record(None, public)
    return outcome


@pytest.mark.parametrize(("endpoint", "status"), [("authorize", 302), ("token", 403)])
def test_a_denied_login_is_access_denied_with_the_reason(endpoint: Endpoint, status: int) -> None:
    told = oauth_error(denied("This app is only available during the week."), endpoint)
    assert told == (status, "access_denied", "This app is only available during the week.")


@pytest.mark.parametrize(
    ("code", "kind", "endpoint", "status", "told"),
    [
        ("access_denied", "exception", "authorize", 302, "access_denied"),
        ("access_denied", "timeout", "token", 403, "access_denied"),
        ("access_denied", "limit", "token", 403, "access_denied"),
        ("access_denied", "challenge_failed", "authorize", 302, "access_denied"),
        ("interaction_required", "interaction_required", "authorize", 302, "interaction_required"),
        ("interaction_required", "interaction_required", "token", 403, "interaction_required"),
        ("mfa_required", "mfa_required", "token", 403, "mfa_required"),
        ("mfa_required", "mfa_required", "authorize", 302, "interaction_required"),
        ("server_error", "host", "authorize", 302, "server_error"),
        ("server_error", "host", "token", 500, "server_error"),
        ("temporarily_unavailable", "host", "authorize", 302, "temporarily_unavailable"),
        ("temporarily_unavailable", "host", "token", 503, "temporarily_unavailable"),
        ("invalid_request", "invalid_request", "authorize", 400, "invalid_request"),
        ("invalid_request", "invalid_request", "token", 400, "invalid_request"),
        ("some_day_new", "exception", "token", 400, "some_day_new"),
    ],
)
def test_each_end_has_its_code_and_status(
    code: str, kind: ErrorKind, endpoint: Endpoint, status: int, told: str
) -> None:
    assert oauth_error(failed(code, kind), endpoint)[:2] == (status, told)


@pytest.mark.parametrize(
    ("code", "kind", "status"),
    [
        ("invalid_request", "invalid_request", 400),
        ("server_error", "flow_version", 500),
        ("server_error", "host", 500),
    ],
)
def test_a_return_that_continues_no_login_is_answered_by_a_page_and_no_redirect(
    code: str, kind: ErrorKind, status: int
) -> None:
    told = oauth_error(failed(code, kind, transaction_id=""), "authorize")
    assert told.status == status


def test_an_outcome_without_an_error_is_still_access_denied() -> None:
    outcome = Denied(transaction_id="1", flow=FLOW)
    assert oauth_error(outcome, "authorize") == (302, "access_denied", "Access denied.")
    assert oauth_error(outcome, "token") == (403, "access_denied", "Access denied.")


@pytest.mark.parametrize("reason", ["", " "])
def test_a_denial_without_a_reason_still_has_a_description(reason: str) -> None:
    assert oauth_error(denied(reason), "token").description == "Access denied."


@pytest.mark.parametrize("code", ["server_error", "temporarily_unavailable"])
def test_a_fault_of_the_server_says_nothing_of_its_cause(code: str) -> None:
    outcome = failed(code, "host", description="/var/lib/store.sqlite3 is locked")
    description = oauth_error(outcome, "authorize").description
    assert "sqlite" not in description
    assert description.endswith(".")
    assert outcome.error is not None
    assert outcome.error.detail == "/var/lib/store.sqlite3 is locked"


@pytest.mark.parametrize(
    ("kind", "hidden"), [("exception", True), ("timeout", True), ("limit", True), ("host", False)]
)
def test_generic_errors_replace_the_text_of_exceptions(kind: ErrorKind, *, hidden: bool) -> None:
    outcome = failed("access_denied", kind, description="x is not a function", public="generic")
    description = oauth_error(outcome, "authorize").description
    assert (description == "The login could not be completed.") is hidden
    assert ("x is not a function" in description) is not hidden


def test_generic_errors_leave_a_denials_reason_as_it_is() -> None:
    outcome = denied("Only on weekdays.")
    outcome.keep_record(None, "generic")
    assert oauth_error(outcome, "token").description == "Only on weekdays."


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ('say "hi"', "say 'hi'"),
        ("a\\b", "a/b"),
        ("one\ntwo\tthree", "one two three"),
        ("one\r\ntwo", "one two"),
        ("f\u00fcr dich", "f?r dich"),
        ("nul\x00", "nul?"),
        ("x" * 600, "x" * MAX_DESCRIPTION),
    ],
)
def test_a_description_is_put_into_the_characters_of_rfc_6749(text: str, sent: str) -> None:
    assert wire_text(text) == sent


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=700))
def test_no_text_leaves_the_character_set_or_its_length(text: str) -> None:
    sent = wire_text(text)
    assert DESCRIPTION.fullmatch(sent)
    assert len(sent) <= MAX_DESCRIPTION
    assert wire_text(sent) == sent


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=512))
def test_text_that_needs_no_change_is_sent_as_it_is(text: str) -> None:
    plain = text.replace('"', "").replace("\\", "")
    assert wire_text(plain) == plain
