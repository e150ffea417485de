"""Answers that are typed for a suspended login, and paths into its event."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_runs import SECRET
from forged_tokens import forge
from loginwright_runtime.cli.debugged_login.answers import is_answer, typed_answer
from loginwright_runtime.cli.debugged_login.errors import RefusedError
from loginwright_runtime.cli.debugged_login.event_paths import (
    event_path,
    member,
    path_text,
    with_member,
)
from loginwright_runtime.simulation import Away, FactorReply, FormReply, RedirectReply
from loginwright_runtime.transaction.outcome import SuspensionInfo

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject

Kind = Literal["redirect", "form", "challenge", "enrollment"]


def away(
    kind: Kind = "redirect", url: str = "https://site.example/?state=s", **secrets: str
) -> Away:
    """A login that waits."""
    info = SuspensionInfo(
        kind=kind,
        action="colour",
        url=url if kind == "redirect" else None,
        state="s",
        factors=["otp"] if kind == "challenge" else [],
        form=None,
        expires_at="2026-11-23T11:00:00Z",
    )
    return Away(info, "auth0|0001", "login.example.com", 0.0, secrets)


def test_nothing_typed_is_the_scenarios_answer() -> None:
    assert typed_answer("  ", away(), None) is None


def test_pairs_come_back_by_post_as_text() -> None:
    reply = typed_answer("colour=red age=5 'words=a b'", away(), None)
    assert reply == RedirectReply(method="POST", body={"colour": "red", "age": "5", "words": "a b"})


def test_pairs_come_back_as_a_query() -> None:
    assert typed_answer("get code=x", away(), None) == RedirectReply(query={"code": "x"})


def test_a_token_is_signed_as_the_scenarios_answer_is() -> None:
    own = RedirectReply(body={"reply": {"$token": {"secret": "SHARED", "claims": {"a": 1}}}})
    reply = typed_answer("token colour=red age=5", away(), own)
    assert isinstance(reply, RedirectReply)
    assert reply.body == {
        "reply": {
            "$token": {
                "secret": "SHARED",
                "claims": {"colour": "red", "age": 5},
                "parameter": "reply",
            }
        }
    }


def test_a_token_is_signed_as_the_one_that_was_sent_out() -> None:
    sent = forge({"sub": "x"}, secret=SECRET)
    where = away(url=f"https://site.example/?token={sent}", OTHER="x" * 40, SHARED=SECRET)
    reply = typed_answer("token colour=red", where, None)
    assert isinstance(reply, RedirectReply)
    assert "SHARED" in str(reply.body["token"])


def test_which_secret_is_asked_where_nothing_tells_it() -> None:
    with pytest.raises(RefusedError, match="which secret"):
        typed_answer("token colour=red", away(ONE="x" * 40, TWO="y" * 40), None)


def test_a_whole_answer_is_json() -> None:
    reply = typed_answer('{"method": "POST", "body": {"a": {"$sent": "t"}}}', away(), None)
    assert reply == RedirectReply(method="POST", body={"a": {"$sent": "t"}})


def test_a_form_and_a_challenge_are_answered() -> None:
    assert typed_answer("name=Ada", away("form"), None) == FormReply(fields={"name": "Ada"})
    assert typed_answer("passed=true", away("challenge"), None) == FactorReply(
        factor="otp", passed=True
    )


@pytest.mark.parametrize("text", ["colour", "=x", "{", "{}x", '{"methd": "GET"}', "a='", "token x"])
def test_what_is_no_answer_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        typed_answer(text, away(S="x" * 40), None)


@given(st.text(max_size=40), st.sampled_from(["redirect", "form", "challenge", "enrollment"]))
def test_any_text_is_an_answer_or_refused(text: str, kind: Kind) -> None:
    with suppress(RefusedError):
        typed_answer(text, away(kind, S="x" * 40), None)


@pytest.mark.parametrize("text", ["event.user", "payload", "event.a == 1", "x => x"])
def test_a_question_is_no_answer(text: str) -> None:
    assert not is_answer(text)


EVENT: JsonObject = {"user": {"email": "ada@example.com", "a-b": [1, {"c": 2}]}}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("event.user.email", "ada@example.com"),
        ('event.user["a-b"][1].c', 2),
        ("event", EVENT),
        (" event.user ", EVENT["user"]),
    ],
)
def test_a_path_leads_into_the_event(text: str, value: object) -> None:
    path = event_path(text)
    assert member(EVENT, path) == value
    assert event_path(path_text(path)) == path


@pytest.mark.parametrize(
    "text", ["events.user", "event.", "event..a", "event[x]", "event.a()", "1 + 1", 'event["a', ""]
)
def test_code_is_no_path(text: str) -> None:
    with pytest.raises(RefusedError):
        event_path(text)


def test_a_changed_event_leaves_the_first_as_it_was() -> None:
    changed = with_member(EVENT, event_path('event.user["a-b"][0]'), 9)
    assert member(changed, event_path('event.user["a-b"][0]')) == 9
    assert member(EVENT, event_path('event.user["a-b"][0]')) == 1
    with pytest.raises(RefusedError):
        with_member(EVENT, event_path("event.nobody.email"), 1)
    with pytest.raises(RefusedError):
        with_member(EVENT, (), 1)
