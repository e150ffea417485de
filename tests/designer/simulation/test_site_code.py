"""The code for the site works as it stands: what it makes is accepted."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loginwright_designer.simulation.desk import Answer, AnswerField, Desk
from loginwright_designer.simulation.site_code import SECRET_VARIABLE, SiteCode, site_code
from loginwright_runtime.hosts.node_command import find_node
from loginwright_runtime.simulation import Away
from loginwright_runtime.tokens.redirect_tokens import (
    EncodedRedirectToken,
    check_redirect_token,
    encode_redirect_token,
)

if TYPE_CHECKING:
    from loginwright_runtime.simulation import ScenarioRun

VALUE = "placeholder-of-at-least-thirty-two-bytes"
STATE = "S" * 43
ANSWER = Answer(
    "POST",
    "session_token",
    "MY_SHARED_SECRET",
    (AnswerField("favorite_color", 'te"al'), AnswerField("list", [True, None])),
)


@pytest.fixture
def code(first_login: ScenarioRun) -> SiteCode:
    """Code for the sample's site."""
    suspension = first_login.outcomes[0].suspension
    assert suspension is not None
    away = Away(suspension, "auth0|0001", "login.example.com", 0.0, {"MY_SHARED_SECRET": VALUE})
    return site_code(ANSWER, Desk.of(away, None, None))


def sent_now() -> str:
    """A token that goes out now."""
    token = encode_redirect_token(
        secret=VALUE,
        payload={},
        hostname="login.example.com",
        user_id="auth0|0001",
        ip="203.0.113.7",
        now=time.time(),
    )
    assert isinstance(token, EncodedRedirectToken)
    return token.token


def run(*command: str) -> str:
    """What a program prints that knows the shared secret."""
    done = subprocess.run(
        command, env={SECRET_VARIABLE: VALUE}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def accepted(token: str) -> object:
    """The payload of a token that validateToken accepts."""
    report = check_redirect_token(
        token=token,
        parameter="session_token",
        secret=VALUE,
        state=STATE,
        user_id="auth0|0001",
        now=time.time(),
    )
    assert report.error is None
    assert report.payload is not None
    return report.payload["favorite_color"], report.payload["list"]


def test_the_python_code_makes_an_accepted_token(code: SiteCode) -> None:
    call = f"\nprint(reply_token({STATE!r}, {sent_now()!r}))\n"
    assert accepted(run(sys.executable, "-c", code.python + call)) == ('te"al', [True, None])


def test_the_node_code_makes_an_accepted_token(code: SiteCode) -> None:
    node = find_node()
    assert node is not None
    call = f"\nconsole.log(replyToken({json.dumps(STATE)}, {json.dumps(sent_now())}));\n"
    assert accepted(run(str(node), "-e", code.node + call)) == ('te"al', [True, None])


def test_no_value_of_a_secret_and_no_state_is_in_the_code(
    code: SiteCode, first_login: ScenarioRun
) -> None:
    suspension = first_login.outcomes[0].suspension
    assert suspension is not None
    for text in (code.html, code.node, code.python):
        assert VALUE not in text
        assert suspension.state not in text


def test_the_form_goes_to_the_login_and_escapes_values(first_login: ScenarioRun) -> None:
    suspension = first_login.outcomes[0].suspension
    assert suspension is not None
    desk = Desk.of(Away(suspension, "u", "login.example.com", 0.0), None, None)
    answer = replace(ANSWER, fields=(AnswerField("a", '"><script>'),))
    html = site_code(answer, desk).html
    assert '<form method="post" action="https://login.example.com/continue">' in html
    assert "<script>" not in html


def test_without_a_token_only_a_form_is_needed(first_login: ScenarioRun) -> None:
    suspension = first_login.outcomes[0].suspension
    assert suspension is not None
    desk = Desk.of(Away(suspension, "u", "login.example.com", 0.0), None, None)
    code = site_code(Answer("GET", fields=(AnswerField("colour", "red"),)), desk)
    assert (code.node, code.python) == ("", "")
    assert 'name="colour" value="red"' in code.html
