"""What a lane shows of a flow and of a login, read off real records of the sample."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.canvas import lane_words as words
from loginwright_designer.canvas.lane_building import lane_of
from loginwright_designer.canvas.lane_state import (
    CONTINUE,
    EXECUTE,
    AtNow,
    CannotRun,
    CardNotes,
    CardState,
    CoveredLines,
    Marker,
    PastAt,
    PausedAt,
    PillKind,
    PillState,
    Travel,
)
from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.tracing.record import (
    CallMade,
    CameBack,
    HandlerBegan,
    HandlerEnded,
    Left,
    LoginEnded,
    ProfileWritten,
    RunRecord,
)
from recorded_logins import entries

if TYPE_CHECKING:
    from lane_samples import Sample
    from loginwright_runtime.tracing.record import RecordEntry

ASK, NA = "ask-favourite-colour", "require-mfa-in-na"
LEFT, BACK = 9, 10


def test_idle_lane_shows_what_the_code_may_do(sample: Sample) -> None:
    lane = sample.lane()
    assert lane.start.text == "User signed in"
    assert [card.name for card in lane.cards] == [
        "Block weekends",
        "Require MFA in NA",
        "Ask favourite colour",
        "Add roles to tokens",
    ]
    assert [pill.text for pill in lane.ends] == ["Profile written", "Tokens issued"]
    redirect = lane.cards[2].redirect
    assert redirect is not None
    assert (redirect.pill.text, redirect.pill.state) == ("my-app.example.com", PillState.MAY_HAPPEN)
    assert (redirect.back.text, redirect.back.state) == (CONTINUE, CardState.NOT_RUN)
    assert [card.redirect for card in lane.cards if card is not lane.cards[2]] == [None] * 3
    assert {card.travel for card in lane.cards} == {Travel.NOT_YET}


def test_away_login_waits_at_the_site(sample: Sample) -> None:
    lane = sample.lane("first-login", LEFT)
    first, second, third, fourth = lane.cards
    assert (first.state, second.state) == (CardState.RAN, CardState.RAN)
    assert second.line.startswith("Asked for nothing · ")
    assert second.line.endswith(" ms")
    assert (third.state, third.line) == (CardState.WAITING, "Waiting for the browser")
    assert third.spoken == "away at my-app.example.com"
    assert third.redirect is not None
    assert third.redirect.pill.state is PillState.AWAY
    assert third.redirect.pill.text == "Away at my-app.example.com"
    assert third.redirect.pill.travel is Travel.LEAP
    assert third.redirect.back.note == "waiting"
    assert (fourth.state, fourth.travel) == (CardState.NOT_RUN, Travel.NOT_YET)
    assert lane.marker == Marker(ASK, "pill")


def test_a_login_that_was_ended_while_it_was_away_waits_for_nobody(sample: Sample) -> None:
    lane = sample.lane("first-login", LEFT, AtNow(over=True))
    card = lane.cards[2]
    assert card.state is CardState.RAN
    assert card.line.startswith("Sent the user away · ")
    assert card.redirect is not None
    assert card.redirect.pill.state is PillState.CUT_OFF
    assert card.redirect.pill.text == "Was away at my-app.example.com"
    assert card.redirect.back.note == ""
    assert "waiting" not in card.spoken.lower()


def test_returned_login_pauses_before_the_handler_it_comes_back_to(sample: Sample) -> None:
    lane = sample.lane("first-login", BACK, PausedAt(ASK, CONTINUE))
    card = lane.cards[2]
    assert card.redirect is not None
    assert card.redirect.pill.text == "Came back by POST"
    assert card.redirect.back.state is CardState.PAUSED
    assert card.spoken.endswith("came back by POST, paused before onContinuePostLogin")
    assert lane.marker == Marker(ASK, "return")


def test_paused_card_names_its_line(sample: Sample) -> None:
    card = sample.lane("first-login", 3, PausedAt(NA, EXECUTE, 8)).cards[1]
    assert (card.state, card.line) == (CardState.PAUSED, "Paused at line 8")


def test_running_is_shown_only_when_it_takes_long(sample: Sample) -> None:
    assert sample.lane("first-login", 3, AtNow()).cards[1].state is CardState.NOT_RUN
    assert sample.lane("first-login", 3, AtNow(running=NA)).cards[1].state is CardState.RUNNING


def test_running_is_shown_before_anything_was_recorded_of_it(sample: Sample) -> None:
    lane = sample.lane("first-login", 2, AtNow(running=NA))
    assert [card.state for card in lane.cards[1:3]] == [CardState.RUNNING, CardState.NOT_RUN]
    assert lane.cards[1].spoken == "running"
    back = sample.lane("first-login", BACK, AtNow(running=ASK)).cards[2]
    assert back.redirect is not None
    assert (back.state, back.redirect.back.state) == (CardState.RAN, CardState.RUNNING)


def test_allowed_login_has_travelled_the_whole_line(sample: Sample) -> None:
    lane = sample.lane("first-login")
    assert {card.travel for card in lane.cards} == {Travel.TRAVELLED}
    assert [(pill.text, pill.note, pill.state) for pill in lane.ends] == [
        ("Profile written", "1 key", PillState.DONE),
        ("Tokens issued", "", PillState.DONE),
    ]
    assert lane.cards[3].line.startswith("Set 2 claims · ")


def test_past_step_shows_later_ones_as_later(sample: Sample) -> None:
    lane = sample.lane("first-login", None, PastAt(7))
    card = lane.cards[2]
    assert lane.past
    assert (card.state, card.line) == (CardState.HERE, "Here: sendUserTo, line 21")
    assert card.redirect is not None
    assert (card.redirect.pill.state, card.redirect.pill.note) == (PillState.LATER, "later")
    assert card.redirect.back.state is CardState.LATER
    assert (lane.cards[3].state, lane.cards[3].travel) == (CardState.LATER, Travel.LATER)
    assert [pill.note for pill in lane.ends] == ["later", "later"]


def test_denied_login_cuts_the_line(sample: Sample) -> None:
    lane = sample.lane("on-a-saturday")
    first, second, third, _ = lane.cards
    assert (first.state, first.line) == (
        CardState.DENIED,
        "Denied: My SPA is closed at the weekend.",
    )
    assert first.spoken.endswith("My SPA gets access_denied")
    assert (second.travel, second.state) == (Travel.CUT, CardState.CUT_OFF)
    assert third.travel is Travel.NOT_YET
    assert lane.ends == ()


def test_denied_login_that_set_metadata_still_writes_the_profile(sample: Sample) -> None:
    record = sample.record("on-a-saturday")
    written = ProfileWritten(4, 0.0, 1, {"seen": 1}, {})
    last = record.entries[-1]
    assert isinstance(last, LoginEnded)
    changed = replace(record, entries=(*record.entries[:-1], written, replace(last, seq=5)))
    lane = lane_of(sample.flow, sample.facts, changed)
    assert [(pill.kind, pill.note) for pill in lane.ends] == [(PillKind.PROFILE, "1 key")]


def test_failed_login_names_the_line_and_writes_nothing(sample: Sample) -> None:
    card = sample.lane("the-sent-token-echoed").cards[2]
    assert (card.state, card.line) == (CardState.FAILED, "Failed at line 34")
    assert card.spoken.startswith("failed at line 34, nothing written")
    assert card.redirect is not None
    assert card.redirect.back.state is CardState.FAILED
    assert sample.lane("the-sent-token-echoed").ends == ()


def test_silent_login_cannot_leave(sample: Sample) -> None:
    lane = sample.lane("silent-login")
    assert lane.start.kind is PillKind.SILENT
    card = lane.cards[2]
    assert card.state is CardState.CANNOT_LEAVE
    assert card.spoken == "redirect impossible: interaction_required"
    assert card.redirect is not None
    assert (card.redirect.pill.state, card.redirect.pill.note) == (
        PillState.CANNOT_LEAVE,
        "no browser",
    )


def test_mfa_that_was_asked_for_stands_on_the_card_and_at_the_end(sample: Sample) -> None:
    lane = sample.lane("from-north-america")
    assert lane.cards[1].mfa == "MFA: any, at the end"
    assert lane.cards[1].line.startswith("MFA: any, at the end · ")
    assert [pill.text for pill in lane.ends] == [
        "MFA at the end",
        "Profile unchanged",
        "Tokens issued",
    ]
    assert lane.ends[0].note == "Passed: otp"


def test_line_passes_beside_a_turned_off_action(sample: Sample) -> None:
    off = sample.flow.actions[1].model_copy(update={"enabled": False})
    actions = (sample.flow.actions[0], off, *sample.flow.actions[2:])
    flow = sample.flow.model_copy(update={"actions": actions})
    record = sample.record("first-login")
    ran = tuple(entry for entry in record.entries if getattr(entry, "action", None) != NA)
    card = lane_of(flow, sample.facts, replace(record, entries=ran)).cards[1]
    assert (card.state, card.line) == (CardState.TURNED_OFF, "Turned off")
    assert card.travel is Travel.TRAVELLED


def test_missing_handler_is_said_on_the_return_card(sample: Sample) -> None:
    facts = dict(sample.facts)
    facts[ASK] = replace(facts[ASK], handlers=facts[ASK].handlers[:1])
    redirect = lane_of(sample.flow, facts).cards[2].redirect
    assert redirect is not None
    assert (redirect.back.state, redirect.back.note) == (CardState.MISSING, "missing")


def test_secret_without_a_value_is_said_before_the_first_run(sample: Sample) -> None:
    notes = {ASK: CardNotes(problems=2, needs_secret="MY_SHARED_SECRET")}
    card = lane_of(sample.flow, sample.facts, notes=notes).cards[2]
    assert (card.line, card.problems) == ("Needs MY_SHARED_SECRET", 2)


def test_what_cannot_run_here_is_said_before_a_secret_without_a_value(sample: Sample) -> None:
    obstacle = CannotRun("Cannot run: no Node", "There is no Node. Install it.")
    notes = {ASK: CardNotes(needs_secret="MY_SHARED_SECRET", cannot_run=obstacle)}
    card = lane_of(sample.flow, sample.facts, notes=notes).cards[2]
    assert card.line == "Cannot run: no Node"
    assert "cannot run: no Node" in words.spoken_name(card, 4)
    assert "There is no Node. Install it." in words.tooltip(card)
    assert "There is no Node. Install it" in words.spoken_description(card)


def test_what_cannot_run_here_and_is_turned_off_is_turned_off(sample: Sample) -> None:
    actions = [
        action.model_copy(update={"enabled": action.id != ASK}) for action in sample.flow.actions
    ]
    flow = sample.flow.model_copy(update={"actions": tuple(actions)})
    notes = {ASK: CardNotes(cannot_run=CannotRun("Cannot run: no Node", "Install it."))}
    assert lane_of(flow, sample.facts, notes=notes).cards[2].line == "Turned off"


def test_lines_the_scenarios_come_to_are_said_on_the_card(sample: Sample) -> None:
    lines = CoveredLines(14, 20, "2 of 12 scenarios come here: First login, Returning user")
    notes = {ASK: CardNotes(lines=lines)}
    card = lane_of(sample.flow, sample.facts, notes=notes).card(ASK)
    assert card is not None
    assert card.lines == lines
    assert words.lines_covered(lines) == "14/20 lines"
    assert words.lines_covered(CoveredLines(1, 1)) == "1/1 line"
    assert words.lines_covered(lines, short=True) == "14/20"
    said = "scenarios reach 14 of 20 lines: 2 of 12 scenarios come here: First login, Returning"
    assert said in words.spoken_name(card, 4)
    assert said[1:] in words.tooltip(card)


def test_lines_nobody_measured_are_not_spoken_of(sample: Sample) -> None:
    card = sample.lane().card(ASK)
    assert card is not None
    assert card.lines is None
    assert "lines" not in words.spoken_name(card, 4)
    assert words.tooltip(card) == f"{card.name}\n{card.line}"


def test_result_from_before_the_last_edit_is_neither_green_nor_silent_about_it(
    sample: Sample,
) -> None:
    lane = lane_of(sample.flow, sample.facts, sample.record("first-login"), stale=True)
    assert {card.state for card in lane.cards} == {CardState.STALE}
    assert all(card.spoken.endswith(", before your last edit") for card in lane.cards)
    redirect = lane.cards[2].redirect
    assert redirect is not None
    assert redirect.back.state is CardState.STALE


def test_refresh_token_is_said_in_the_first_pill(sample: Sample) -> None:
    event = b'{"transaction": {"protocol": "oauth2-refresh-token"}}'
    lane = lane_of(sample.flow, sample.facts, RunRecord("tx", "f", "v", (), (event,)))
    assert lane.start.text == "Refresh token exchanged"


def test_challenge_is_a_pill_between_cards() -> None:
    flow = Flow(
        name="Step up",
        version="sha256:0",
        actions=(
            Action(id="step-up", name="Step up", code="actions/a.js", language="javascript"),
            Action(id="next", name="Next", code="actions/b.js", language="javascript"),
        ),
    )
    asked = (
        HandlerBegan(1, 0.0, 1, "step-up", EXECUTE, 0),
        CallMade(2, 0.0, 1, "step-up", "authentication.challengeWith", [{"type": "otp"}], 4),
        HandlerEnded(3, 0.0, 1, "step-up", EXECUTE, "returned", 1.0),
        Left(4, 0.0, 1, "challenge", "step-up", None, 60.0),
    )
    waiting = lane_of(flow, {}, RunRecord("tx", "f", "v", asked)).cards[0]
    assert [(pill.text, pill.state) for pill in waiting.between] == [("Challenge", PillState.AWAY)]
    assert waiting.redirect is None
    over = lane_of(flow, {}, RunRecord("tx", "f", "v", asked), AtNow(over=True)).cards[0]
    assert [(pill.note, pill.state) for pill in over.between] == [("", PillState.CUT_OFF)]
    back = CameBack(5, 1.0, 2, "challenge", "step-up", {"factor": "otp", "passed": True})
    passed = lane_of(flow, {}, RunRecord("tx", "f", "v", (*asked, back))).cards[0]
    assert [(pill.note, pill.state) for pill in passed.between] == [("Passed: otp", PillState.DONE)]


def placed(entry: RecordEntry, seq: int, action: str) -> RecordEntry:
    """The entry at another place; where it names an action, it names one of the flow."""
    match entry:
        case HandlerBegan() | CallMade() | HandlerEnded():
            return replace(entry, seq=seq, action=action)
        case Left() | CameBack() if entry.action is not None:
            return replace(entry, seq=seq, action=action)
        case _:
            return replace(entry, seq=seq)


@given(st.lists(entries, max_size=12), st.integers(0, 14))
def test_any_record_can_be_shown_at_any_step(
    sample: Sample, found: list[RecordEntry], seq: int
) -> None:
    known = [action.id for action in sample.flow.actions]
    numbered = tuple(
        placed(entry, number, known[number % len(known)])
        for number, entry in enumerate(found, start=1)
    )
    record = RunRecord("tx", "Customer login", "v", numbered, (b"[]",))
    for position in (AtNow(), PastAt(seq), PausedAt(ASK, CONTINUE, 3)):
        lane = lane_of(sample.flow, sample.facts, record, position)
        assert len(lane.cards) == len(known)
        assert all(card.spoken for card in lane.cards)
