"""The redirect desk says in words who holds the login, until when, and what runs next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loginwright_designer.simulation.desk import Desk
from loginwright_designer.simulation.desk_words import (
    DeskClock,
    away_title,
    check_word,
    claim_words,
    decoded_text,
    drill_sent_words,
    next_sentence,
    not_run_again,
    shortened,
    validate_line,
    waiting_sentence,
)
from loginwright_designer.simulation.drills import Drill
from loginwright_runtime.simulation import Away, parse_moment
from loginwright_runtime.tracing import record_of

if TYPE_CHECKING:
    from loginwright_designer.simulation.sent_out import SentClaim
    from loginwright_runtime.simulation import ScenarioRun
    from loginwright_runtime.validation.facts import SourceFacts

NOW = parse_moment("2026-11-23T10:00:00Z")


@pytest.fixture
def desk(first_login: ScenarioRun, ask_colour_facts: SourceFacts) -> Desk:
    """The desk of the sample's login while it is away."""
    suspension = first_login.outcomes[0].suspension
    assert suspension is not None
    away = Away(suspension, "auth0|0001", "login.example.com", NOW)
    return Desk.of(away, first_login.record, ask_colour_facts)


def sent(desk: Desk, name: str) -> SentClaim:
    """A claim of the token that went out."""
    parameter = desk.sent.token
    assert parameter is not None
    assert parameter.token is not None
    claim = parameter.token.claim(name)
    assert claim is not None
    return claim


def test_the_band_says_who_holds_the_login(desk: Desk) -> None:
    assert away_title(desk) == "Away at my-app.example.com"
    assert waiting_sentence(desk) == (
        "The login is saved and waits for its browser at login.example.com/continue."
    )


def test_a_fixed_clock_stands_still_and_says_so(desk: Desk) -> None:
    clock = DeskClock.of(desk.away, is_fixed=True, now=NOW, left_at=NOW)
    assert clock.words == "Login clock 10:00:00, fixed"
    assert "1:00:00" in clock.more


def test_a_running_clock_says_how_long_and_until_when(desk: Desk) -> None:
    clock = DeskClock.of(desk.away, is_fixed=False, now=NOW + 42.9, left_at=NOW)
    assert clock.words == "away 0:42 · login ends in 59:18"
    over = DeskClock.of(desk.away, is_fixed=False, now=NOW + 7200, left_at=NOW)
    assert over.words.endswith("login ends in 0:00")


def test_a_claim_of_the_code_leads_to_its_line(desk: Desk) -> None:
    words = claim_words(sent(desk, "email"))
    assert (words.value, words.line) == ("ada@example.com", 12)
    assert words.whole == "ada@example.com, from your code, line 12"


def test_the_rest_was_set_for_the_action(desk: Desk) -> None:
    subject, expires = claim_words(sent(desk, "sub")), claim_words(sent(desk, "exp"))
    assert (subject.note, subject.line) == ("set for you", None)
    assert (expires.value, expires.note) == ("10:15:00", "in 15:00")


def test_a_claim_whose_line_nobody_knows_is_still_the_codes(desk: Desk) -> None:
    words = claim_words(replace(sent(desk, "email"), line=None))
    assert (words.note, words.line) == ("from your code", None)


@pytest.mark.parametrize(
    ("text", "short"),
    [("short", "short"), ("a" * 16, "a" * 16), ("abcdefgh" + "-" * 9 + "WXYZ", "abcdefgh…WXYZ")],
)
def test_long_values_show_their_ends(text: str, short: str) -> None:
    assert shortened(text) == short


def test_a_decoded_token_is_text_and_an_unreadable_part_says_why(desk: Desk) -> None:
    parameter = desk.sent.token
    assert parameter is not None
    assert '"email": "ada@example.com"' in decoded_text(parameter.value)
    assert decoded_text("no token")


def test_what_runs_next_and_what_does_not(
    desk: Desk, first_login: ScenarioRun, action_names: dict[str, str]
) -> None:
    action = desk.away.suspension.action
    names = not_run_again(record_of(first_login.outcomes[0]), action_names, action)
    assert names == ("Block weekends", "Require MFA in NA")
    assert next_sentence(names) == (
        "Next: onContinuePostLogin, with a new event.request. "
        "Will not run again: Block weekends, Require MFA in NA."
    )
    assert next_sentence(()) == "Next: onContinuePostLogin, with a new event.request."
    assert not_run_again(None, {}, None) == ()


def test_the_check_leads_to_its_call(desk: Desk, ask_colour_facts: SourceFacts) -> None:
    line = validate_line(desk)
    assert line == ask_colour_facts.calls("redirect.validateToken")[0].line
    assert validate_line(replace(desk, facts=None)) is None


def test_checks_are_called_as_the_verdict_shows_them() -> None:
    assert [check_word(one) for one in ("found", "time")] == ["found", "in time"]


@pytest.mark.parametrize("drill", Drill)
def test_every_drill_says_what_it_sends(desk: Desk, drill: Drill) -> None:
    words = drill_sent_words(drill, desk)
    assert words
    assert "{" not in words
