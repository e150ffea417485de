"""The redirect desk shows what went out, proposes a right answer and judges it beforehand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.simulation.desk import (
    Answer,
    AnswerField,
    Desk,
    default_answer,
    live_checks,
    reply_of,
)
from loginwright_designer.simulation.pasted_reply import PasteRefused, pasted_answer
from loginwright_designer.simulation.refused_token import cause_of_refusal
from loginwright_runtime.login.requests import RedirectReturn
from loginwright_runtime.simulation import Away, RedirectReply, resume_request
from loginwright_runtime.tracing.record import TokenCheck

if TYPE_CHECKING:
    from loginwright_runtime.simulation import Scenario, ScenarioRun
    from loginwright_runtime.validation.facts import SourceFacts

SECRET = "MY_SHARED_SECRET"
VALUE = "placeholder-of-at-least-thirty-two-bytes"


@pytest.fixture
def desk(first_login: ScenarioRun, ask_colour_facts: SourceFacts) -> Desk:
    """The desk of the sample's login while it is away."""
    suspension = first_login.outcomes[0].suspension
    assert suspension is not None
    away = Away(suspension, "auth0|0001", "login.example.com", 1795428000.0, {SECRET: VALUE})
    return Desk.of(away, first_login.record, ask_colour_facts)


@pytest.fixture
def answer(desk: Desk, sample_scenario: Scenario) -> Answer:
    """What the desk proposes for the sample."""
    reply = sample_scenario.resume[0]
    assert isinstance(reply, RedirectReply)
    return default_answer(desk, reply)


def sent_token(desk: Desk) -> str:
    """The token that went out."""
    parameter = desk.sent.token
    assert parameter is not None
    return parameter.value


def test_the_address_is_shown_in_parts(desk: Desk) -> None:
    assert desk.sent.address == "https://my-app.example.com/"
    assert [(one.name, one.by_engine) for one in desk.sent.parameters] == [
        ("session_token", False),
        ("state", True),
    ]


def test_claims_from_code_carry_their_line(desk: Desk) -> None:
    parameter = desk.sent.token
    assert parameter is not None
    assert parameter.token is not None
    email, expires = parameter.token.claim("email"), parameter.token.claim("exp")
    assert email is not None
    assert expires is not None
    assert (email.value, email.from_code, email.line) == ("ada@example.com", True, 12)
    assert not expires.from_code
    assert expires.words == "10:15:00, in 15:00 on the login's clock"


def test_the_first_send_is_right(desk: Desk, answer: Answer) -> None:
    assert (answer.method, answer.parameter, answer.secret) == ("POST", "session_token", SECRET)
    assert answer.claims == (AnswerField("favorite_color", "teal", (38, 39)),)
    assert answer.is_correct
    report = live_checks(answer, desk)
    assert report is not None
    assert report.error is None
    assert [row.passed for row in report.checks] == [True] * 7


def test_without_a_scenario_names_come_from_the_code(desk: Desk) -> None:
    proposed = default_answer(desk)
    assert (proposed.method, proposed.secret) == ("POST", SECRET)
    assert proposed.claims == (AnswerField("favorite_color", "", (38, 39)),)


def test_the_last_answer_is_proposed_again(desk: Desk, answer: Answer) -> None:
    last = replace(answer, claims=(AnswerField("favorite_color", "blue"),))
    assert default_answer(desk, None, last).claims[0] == AnswerField(
        "favorite_color", "blue", (38, 39)
    )


def test_a_proposed_answer_is_the_scenarios_own(desk: Desk, sample_scenario: Scenario) -> None:
    reply = sample_scenario.resume[0]
    assert isinstance(reply, RedirectReply)
    made = reply_of(default_answer(desk, reply), desk)
    assert (made.method, made.body) == (reply.method, reply.body)


def test_the_sent_token_echoed_would_be_refused(desk: Desk) -> None:
    pasted = pasted_answer(sent_token(desk), desk)
    assert isinstance(pasted, Answer)
    report = live_checks(pasted, desk)
    assert report is not None
    failed = [row.check for row in report.checks if not row.passed]
    assert "state" in failed


def test_the_cause_of_a_refusal_is_told(desk: Desk, answer: Answer) -> None:
    echoed = sent_token(desk)
    report = live_checks(replace(answer, token=echoed), desk)
    assert report is not None
    assert cause_of_refusal(echoed, report.checks, desk) == (
        "This is the token that was sent out. It has no `state`. The site has to sign a new one."
    )
    missing = live_checks(replace(answer, parameter=None), desk)
    assert missing is not None
    cause = cause_of_refusal(None, missing.checks, desk)
    assert cause == "No token came in session_token. The site has to send it there."


@pytest.mark.parametrize("check", ["found", "signature", "state", "claims", "type", "sub", "time"])
def test_every_row_that_fails_has_a_cause(desk: Desk, check: str) -> None:
    row = TokenCheck(check, "this", "that", passed=False, reached=True)
    assert cause_of_refusal("a token", (row,), desk)
    assert cause_of_refusal("a token", (replace(row, passed=True),), desk) is None


def test_a_changed_claim_is_not_what_a_correct_site_sends(desk: Desk, answer: Answer) -> None:
    other = replace(answer, changed={"sub": "auth0|0002"})
    report = live_checks(other, desk)
    assert not other.is_correct
    assert report is not None
    assert [row.check for row in report.checks if not row.passed] == ["sub"]


def test_another_state_goes_out_in_the_address(desk: Desk, answer: Answer) -> None:
    reply = reply_of(replace(answer, state="B" * 43), desk)
    request = resume_request(reply, desk.away)
    assert isinstance(request, RedirectReturn)
    assert request.state == "B" * 43


def test_a_pasted_address_is_a_get_of_this_login(desk: Desk) -> None:
    state = desk.away.suspension.state
    text = f"https://anything.example/continue?state={state}&session_token={sent_token(desk)}"
    pasted = pasted_answer(text, desk)
    assert isinstance(pasted, Answer)
    assert (pasted.method, pasted.state, pasted.parameter) == ("GET", None, "session_token")
    assert pasted.token == sent_token(desk)


def test_a_pasted_body_is_a_post_with_its_other_fields(desk: Desk) -> None:
    pasted = pasted_answer("state=other&colour=dark+blue", desk)
    assert pasted == Answer("POST", fields=(AnswerField("colour", "dark blue"),), state="other")


@pytest.mark.parametrize("text", ["", "hello", "https://a.example/continue", "a.b.c"])
def test_a_text_that_is_no_answer_is_refused_in_words(desk: Desk, text: str) -> None:
    assert isinstance(pasted_answer(text, desk), PasteRefused)


NAMES = st.text("abcdef", min_size=1, max_size=6)


@given(
    st.dictionaries(NAMES, st.text("xyz &=é", min_size=1, max_size=6), max_size=3), st.booleans()
)
def test_every_answer_reads_back_from_its_reply(
    first_login: ScenarioRun,
    ask_colour_facts: SourceFacts,
    claims: dict[str, str],
    post: bool,
) -> None:
    suspension = first_login.outcomes[0].suspension
    assert suspension is not None
    away = Away(suspension, "u", "login.example.com", 0.0, {SECRET: VALUE})
    desk = Desk.of(away, None, ask_colour_facts)
    answer = Answer(
        "POST" if post else "GET",
        "session_token",
        SECRET,
        tuple(AnswerField(name, value) for name, value in claims.items()),
    )
    assert default_answer(desk, reply_of(answer, desk)) == answer
