"""An answer is edited piece by piece, and says what a correct site would not send."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.simulation.answer_edits import (
    AnswerSource,
    answer_source,
    as_correct_site,
    correct_claims,
    json_value,
    with_folded,
)
from loginwright_designer.simulation.desk import (
    FOLDED_CLAIMS,
    Answer,
    AnswerField,
    Desk,
    default_answer,
    live_checks,
)
from loginwright_designer.simulation.scenario_members import UnusableText
from loginwright_runtime.simulation import Away, RedirectReply

if TYPE_CHECKING:
    from loginwright_runtime.simulation import Scenario, ScenarioRun
    from loginwright_runtime.validation.facts import SourceFacts

SECRET = "MY_SHARED_SECRET"
NOW = 1795428000.0


@pytest.fixture
def desk(first_login: ScenarioRun, ask_colour_facts: SourceFacts) -> Desk:
    """The desk of the sample's login while it is away."""
    suspension = first_login.outcomes[0].suspension
    assert suspension is not None
    value = "placeholder-of-at-least-thirty-two-bytes"
    away = Away(suspension, "auth0|0001", "login.example.com", NOW, {SECRET: value})
    return Desk.of(away, first_login.record, ask_colour_facts)


@pytest.fixture
def answer(desk: Desk, sample_scenario: Scenario) -> Answer:
    """What the desk proposes for the sample."""
    reply = sample_scenario.resume[0]
    assert isinstance(reply, RedirectReply)
    return default_answer(desk, reply)


def test_the_claims_of_a_correct_site_are_known(desk: Desk, answer: Answer) -> None:
    claims = correct_claims(answer, desk)
    assert set(claims) == set(FOLDED_CLAIMS)
    assert claims["state"] == desk.away.suspension.state
    assert (claims["sub"], claims["iat"], claims["exp"]) == ("auth0|0001", NOW, NOW + 900)


def test_they_are_the_same_whatever_was_changed(desk: Desk, answer: Answer) -> None:
    spoiled = replace(answer, changed={"sub": "auth0|0002", "exp": None}, state="other")
    assert correct_claims(spoiled, desk) == correct_claims(answer, desk)


def test_without_a_token_or_a_secret_there_are_none(desk: Desk, answer: Answer) -> None:
    assert correct_claims(Answer("GET"), desk) == {}
    nobody = replace(desk, away=replace(desk.away, secrets={}))
    assert correct_claims(replace(answer, secret=None), nobody) == {}


def test_a_changed_claim_is_sent_and_changed_back_is_correct_again(
    desk: Desk, answer: Answer
) -> None:
    correct = correct_claims(answer, desk)
    other = with_folded(answer, "sub", "auth0|0002", correct["sub"])
    assert other.changed == {"sub": "auth0|0002"}
    assert answer_source(other, desk) is AnswerSource.CHANGED
    back = with_folded(other, "sub", "auth0|0001", correct["sub"])
    assert back == answer
    assert answer_source(back, desk) is AnswerSource.CORRECT


def test_an_answer_without_the_token_that_is_asked_for_is_not_a_correct_sites(
    desk: Desk, answer: Answer
) -> None:
    assert desk.validates
    assert answer_source(answer, desk) is AnswerSource.CORRECT
    echo = replace(answer, parameter=None, claims=(), fields=(AnswerField("session_token", "x"),))
    assert answer_source(echo, desk) is AnswerSource.CHANGED


def test_a_time_is_a_number_and_an_emptied_claim_is_left_out(desk: Desk, answer: Answer) -> None:
    correct = correct_claims(answer, desk)
    early = with_folded(answer, "exp", "1795427999", correct["exp"])
    assert early.changed == {"exp": 1795427999}
    report = live_checks(early, desk)
    assert report is not None
    assert [row.check for row in report.checks if not row.passed] == ["time"]
    without = with_folded(answer, "exp", "", correct["exp"])
    report = live_checks(without, desk)
    assert report is not None
    assert "claims" in [row.check for row in report.checks if not row.passed]


def test_a_correct_site_keeps_its_own_claims(desk: Desk, answer: Answer) -> None:
    own = (AnswerField("favorite_color", "blue"),)
    spoiled = replace(answer, claims=own, changed={"sub": "x"}, state="y", token="z")
    assert answer_source(spoiled, desk) is AnswerSource.PASTED
    correct = as_correct_site(spoiled, desk)
    assert correct.claims == own
    assert correct.is_correct
    report = live_checks(correct, desk)
    assert report is not None
    assert report.error is None


def test_a_site_that_sent_no_token_sends_one_where_the_handler_asks_for_it(
    desk: Desk, answer: Answer
) -> None:
    correct = as_correct_site(replace(answer, parameter=None, secret=None), desk)
    assert (correct.parameter, correct.secret) == ("session_token", SECRET)


@pytest.mark.parametrize(
    ("text", "value"), [('{"a": [1, null]}', {"a": [1, None]}), ("true", True), ('"x"', "x")]
)
def test_json_is_read_as_what_it_is(text: str, value: object) -> None:
    assert json_value(text) == value


@given(st.sampled_from(["{", '{"a":}', "teal", "[1,]", ""]))
def test_what_is_no_json_says_where(text: str) -> None:
    with pytest.raises(UnusableText, match=r"^This is no JSON\. Line \d+, column \d+: "):
        json_value(text)
