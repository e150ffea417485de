"""The tokens are shown with who set each claim, what it replaced, and when they end."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from loginwright_designer.simulation.changes import AskedChanges
from loginwright_designer.simulation.issued_tokens import tokens
from loginwright_designer.simulation.token_list import (
    TokenList,
    duration_words,
    end_words,
    header_words,
    token_list,
)
from loginwright_designer.simulation.visible_text import visible, visible_line
from loginwright_runtime.tracing.record import (
    CallMade,
    HandlerBegan,
    RecordEntry,
    RunRecord,
    TokensIssued,
    WarningRaised,
)

if TYPE_CHECKING:
    from loginwright_runtime.simulation import ScenarioRun

MONDAY = 1_795_428_000.0


def listed(record: RunRecord, names: dict[str, str] | None = None) -> TokenList:
    """The tokens of a record."""
    return token_list(record, tokens(record), AskedChanges.of(record), names or {})


def test_a_claim_says_which_line_of_which_action_set_it(
    first_login: ScenarioRun, action_names: dict[str, str]
) -> None:
    shown = listed(first_login.record, action_names)
    first = shown.tokens[0].claims[0]
    assert first.value == '["admin"]'
    assert first.set_by == "Add roles to tokens : 11"
    assert first.replaced == "replaced nothing"
    assert first.place is not None
    assert first.place.line == 11
    assert {claim.set_by for claim in shown.tokens[0].claims[1:]} == {"the engine"}


def test_tokens_end_on_the_logins_own_clock(first_login: ScenarioRun) -> None:
    shown = listed(first_login.record)
    assert [token.ends for token in shown.tokens] == [
        "ends 20:00:00, in 10 h",
        "ends 24 Nov 10:00:00, in 24 h",
    ]


def test_a_second_call_replaces_what_the_first_one_set() -> None:
    entries: tuple[RecordEntry, ...] = (
        HandlerBegan(1, 0.0, 1, "a", "onExecutePostLogin", 0),
        CallMade(2, 0.0, 1, "a", "idToken.setCustomClaim", ["urn:x", 1], 2),
        CallMade(3, 0.0, 1, "a", "idToken.setCustomClaim", ["urn:x", 2], 3),
        TokensIssued(4, MONDAY, 1, {"urn:x": 2, "iss": "i"}, {"iss": "i"}),
    )
    claim = listed(RunRecord("t", "", "", entries, (b"{}",))).tokens[0].claims[0]
    assert (claim.value, claim.replaced) == ("2", "replaced 1")


def test_what_was_left_out_is_told_before_there_are_tokens() -> None:
    warning = WarningRaised(2, 0.0, 1, "a", "claim-not-uri", "No URL.", 7)
    shown = listed(RunRecord("t", "", "", (warning,)), {"a": "Add roles"})
    assert not shown.issued
    assert [(one.message, one.set_by) for one in shown.left_out] == [("No URL.", "Add roles : 7")]


def test_a_login_without_openid_has_no_id_token() -> None:
    shown = listed(RunRecord("t", "", "", (TokensIssued(1, MONDAY, 1, None, {"iss": "i"}),)))
    assert shown.no_id_token
    assert [token.key for token in shown.tokens] == ["access_token"]


def test_ends_and_durations_are_said_in_one_unit() -> None:
    assert [duration_words(seconds) for seconds in (45, 900, 36_000, 2_592_000)] == [
        "45 s",
        "15 min",
        "10 h",
        "30 d",
    ]
    assert end_words(MONDAY - 1, MONDAY) == "ended 09:59:59"
    assert end_words(1e20, MONDAY) == ""


def test_a_header_that_cannot_be_read_says_nothing() -> None:
    header = base64.urlsafe_b64encode(b'{"alg":"RS256","kid":"dev-1"}').decode().rstrip("=")
    assert header_words(f"{header}.e30.x") == "alg RS256 · kid dev-1"
    assert header_words("") == header_words("!!!.x") == header_words("bnVsbA.x") == ""


def test_what_steers_the_direction_of_text_is_seen() -> None:
    assert visible("a\u202eb") == "a\\u202eb"
    assert visible_line("a\nb\tc") == "a⏎b c"
