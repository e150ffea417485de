"""Every state of a login has one primary button, and says why the others cannot be pressed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.simulation.states import (
    Away,
    Failed,
    Finished,
    Idle,
    LoginState,
    NowState,
    Past,
    Paused,
    PrimaryCommand,
    Running,
    controls,
    minutes,
    status_text,
)

WORDS = st.text(min_size=1, max_size=12)
COUNTS = st.integers(0, 10_000)
NOW_STATES: st.SearchStrategy[NowState] = st.one_of(
    st.just(Idle()),
    st.builds(Running, st.none() | WORDS, st.booleans(), st.booleans()),
    st.builds(Paused, st.none() | WORDS, WORDS),
    st.builds(Away, WORDS, st.none() | COUNTS),
    st.builds(Finished, st.sampled_from(["allowed", "denied"]), COUNTS, COUNTS),
    st.builds(Failed, WORDS, COUNTS, COUNTS),
)
STATES: st.SearchStrategy[LoginState] = NOW_STATES | st.builds(Past, NOW_STATES, COUNTS, COUNTS)


@given(STATES)
def test_every_state_has_one_named_primary_with_a_key(state: LoginState) -> None:
    primary = controls(state).primary
    assert primary.label
    assert primary.shortcut
    assert primary.enabled != bool(primary.reason)


@given(STATES)
def test_every_disabled_button_says_why(state: LoginState) -> None:
    for command in controls(state).commands:
        assert command.enabled or command.reason.endswith(".")


@given(STATES)
def test_the_status_bar_says_the_state(state: LoginState) -> None:
    assert controls(state).status == status_text(state)


@given(STATES)
def test_only_the_past_says_so_in_the_title(state: LoginState) -> None:
    title = controls(state).title("Customer login")
    assert title.endswith("(past)") == isinstance(state, Past)


@pytest.mark.parametrize(
    ("state", "label", "shortcut", "status", "title"),
    [
        (Idle(), "Run", "F5", "Ready", "Customer login"),
        (
            Running("Block weekends", long=True),
            "Pause",
            "F5",
            "Running Block weekends…",
            "● Running, Customer login",
        ),
        (
            Paused("Ask favourite colour", "at line 16"),
            "Continue",
            "F5",
            "Paused at line 16",
            "● Paused, Customer login",
        ),
        (
            Away("my-app.example.com", 42),
            "Send",
            "Ctrl+Enter",
            "Away at my-app.example.com, 0:42",
            "● Away, Customer login",
        ),
        (
            Finished("allowed", 2, 17),
            "Run again",
            "F5",
            "Allowed, 2 legs, 17 steps",
            "Allowed, Customer login",
        ),
        (
            Failed("at line 12", 1, 1),
            "Run again",
            "F5",
            "Failed at line 12, 1 leg, 1 step",
            "Failed, Customer login",
        ),
        (
            Past(Finished("allowed"), 4, 11),
            "Back to now",
            "Esc",
            "Past: step 4 of 11",
            "Allowed, Customer login (past)",
        ),
    ],
    ids=["idle", "running", "paused", "away", "finished", "failed", "past"],
)
def test_the_table_of_states_holds(
    state: LoginState, label: str, shortcut: str, status: str, title: str
) -> None:
    shown = controls(state)
    assert (shown.primary.label, shown.primary.shortcut) == (label, shortcut)
    assert shown.status == status
    assert shown.title("Customer login") == title


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Failed(stopped=True), "Stopped, before its first step"),
        (Failed("", 1, 0, stopped=True), "Stopped, before its first step"),
        (
            Failed("because it could not run"),
            "Failed because it could not run, before its first step",
        ),
        (Failed("", 1, 2, stopped=True), "Stopped, 1 leg, 2 steps"),
    ],
)
def test_a_login_that_ended_before_it_did_anything_says_so(state: LoginState, said: str) -> None:
    assert controls(state).status == said


@pytest.mark.parametrize(
    ("state", "legal"),
    [
        (Idle(), {"over", "into"}),
        (Running(None), {"stop"}),
        (Paused(None, "at line 1"), {"over", "into", "out", "stop"}),
        (Away("a.example"), {"stop"}),
        (Finished("denied"), set[str]()),
        (Failed(), set[str]()),
    ],
    ids=["idle", "running", "paused", "away", "finished", "failed"],
)
def test_a_state_allows_its_commands_alone(state: NowState, legal: set[str]) -> None:
    assert {one.command for one in controls(state).commands if one.enabled} == legal


def test_nothing_can_be_paused_before_it_has_run_for_a_while() -> None:
    assert not controls(Running("Block weekends")).primary.enabled
    assert controls(Running("Block weekends", long=True)).primary.enabled
    asked = controls(Running("Block weekends", long=True, pausing=True)).primary
    assert asked.command is PrimaryCommand.PAUSE
    assert not asked.enabled


def test_stepping_in_the_past_only_returns_to_now() -> None:
    shown = controls(Past(Away("a.example"), 1, 3))
    assert shown.steps_return_to_now
    assert all(command.enabled for command in (shown.over, shown.into, shown.out))
    assert not controls(Away("a.example")).steps_return_to_now


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (42, "0:42"), (3558, "59:18"), (3605, "1:00:05"), (-3, "0:00")],
)
def test_durations_read_as_on_a_clock(seconds: int, text: str) -> None:
    assert minutes(seconds) == text
