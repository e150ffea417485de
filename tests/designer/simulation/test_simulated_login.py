"""A simulated login runs real actions, stops where somebody wants it to, and can be answered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from loginwright_designer.simulation import states
from loginwright_runtime.debugging import MeaningBreakpoint
from loginwright_runtime.simulation import RedirectReply
from loginwright_runtime.transaction.outcome import Allowed
from watched_logins import Watched, with_first_action

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Flow
    from loginwright_runtime.simulation import ScenarioRun

HANGS = b"""
exports.onExecutePostLogin = async (event, api) => {
  api.user.setAppMetadata("hangs", true);
  for (;;) {}
};
"""
DIES = b"""
exports.onExecutePostLogin = async () => {
  const kept = [];
  for (;;) kept.push(Array(4e6).fill(1.5));
};
"""


def test_a_login_goes_away_comes_back_and_is_allowed(watched: Watched) -> None:
    assert watched.start() == states.Away("my-app.example.com", None)
    watched.login.answer(watched.reply())
    paused = watched.settled()
    assert isinstance(paused, states.Paused)
    assert states.status_text(paused) == "Paused before onContinuePostLogin"
    watched.login.continue_()
    ended = watched.settled()
    assert ended == states.Finished("allowed", 2, 20)
    (end,) = watched.ends
    assert isinstance(end.outcome, Allowed)
    assert end.outcome.user is not None
    assert end.outcome.user["user_metadata"] == {"favorite_color": "teal"}


def test_what_was_stepped_through_is_what_a_scenario_run_gives(
    watched: Watched, first_login: ScenarioRun
) -> None:
    watched.start()
    watched.login.answer(watched.reply(), run=True)
    watched.settled()
    assert watched.login.record is not None
    kinds = [type(entry) for entry in watched.login.record.entries]
    assert kinds == [type(entry) for entry in first_login.record.entries]
    outcome = watched.ends[0].outcome
    assert isinstance(outcome, Allowed)
    assert isinstance(first_login.outcome, Allowed)
    assert outcome.claims == first_login.outcome.claims


def test_a_login_can_answer_for_itself(watched: Watched) -> None:
    watched.login.start(watched.inputs, on_its_own=True)
    assert isinstance(watched.settled(), states.Finished)
    assert not any(isinstance(state, states.Away) for state in watched.told)


def test_stepping_into_stops_before_the_first_action(watched: Watched) -> None:
    state = watched.start("into")
    assert state == states.Paused(
        "Block weekends",
        "before onExecutePostLogin",
        "block-weekends",
        "onExecutePostLogin",
    )


def test_over_goes_from_action_to_action_and_into_goes_to_lines(watched: Watched) -> None:
    watched.start("into")
    places = []
    for step in (watched.login.step_over, watched.login.step_over, watched.login.step_into):
        step()
        state = watched.settled()
        assert isinstance(state, states.Paused)
        places.append((state.action, state.place))
    assert places == [
        ("Require MFA in NA", "before onExecutePostLogin"),
        ("Ask favourite colour", "before onExecutePostLogin"),
        ("Ask favourite colour", "at line 8"),
    ]
    watched.login.step_over()
    assert states.status_text(watched.settled()) == "Paused at line 12"
    watched.login.step_out()
    assert states.status_text(watched.settled()) == "Paused before the login leaves"


def test_a_breakpoint_on_a_meaning_stops_the_run(watched: Watched) -> None:
    watched.login.set_breakpoints((MeaningBreakpoint("metadata_changed"),))
    watched.start()
    watched.login.answer(watched.reply(), run=True)
    assert states.status_text(watched.settled()) == "Paused at line 38"


def test_stop_at_a_pause_ends_the_login(watched: Watched) -> None:
    watched.start("into")
    watched.login.stop()
    assert isinstance(watched.ended(), states.Failed)


def test_stop_while_away_ends_the_login_and_keeps_its_record(watched: Watched) -> None:
    watched.start()
    watched.login.stop()
    assert states.status_text(watched.ended()) == ("Stopped, 1 leg, 9 steps")


def test_a_hanging_action_is_stopped_and_the_next_login_runs(
    watched: Watched, sample_flow: Flow
) -> None:
    watched.login.start(replace(watched.inputs, flow=with_first_action(sample_flow, HANGS)))
    watched.until(lambda: watched.login.steps.total == 2)
    watched.login.stop()
    assert isinstance(watched.settled(), states.Failed)
    assert isinstance(watched.start(flow=sample_flow), states.Away)


def test_no_login_begins_once_it_is_being_closed(watched: Watched) -> None:
    watched.start()

    async def story() -> None:
        closing = asyncio.create_task(watched.login.close())
        await asyncio.sleep(0)
        watched.login.start(watched.inputs)
        assert not watched.login.answer_again(watched.reply())
        await closing

    watched.loop.run_until_complete(story())
    assert not isinstance(watched.login.state, states.Running)
    assert watched.login.run_number == 1


def test_a_dying_action_fails_the_login(watched: Watched, sample_flow: Flow) -> None:
    state = watched.start(flow=with_first_action(sample_flow, DIES))
    assert isinstance(state, states.Failed)
    assert state.place == "in Block weekends"


def test_a_wrong_state_leaves_the_login_where_it_is(watched: Watched) -> None:
    watched.start()
    wrong = watched.reply().model_copy(update={"state": "A" * 43})
    watched.login.answer(wrong)
    assert isinstance(watched.settled(), states.Away)
    assert watched.refusals[0].outcome is not None
    watched.login.answer(watched.reply(), run=True)
    assert isinstance(watched.settled(), states.Finished)


def test_an_answer_that_cannot_be_made_leaves_the_login_where_it_is(watched: Watched) -> None:
    watched.start()
    watched.login.answer(RedirectReply(method="POST", body={"t": {"$sent": "nothing_like_it"}}))
    assert isinstance(watched.settled(), states.Away)
    assert watched.refusals[0].error is not None


def test_looking_at_the_past_runs_nothing(watched: Watched) -> None:
    watched.start()
    told = len(watched.told)
    assert watched.login.look_at(7)
    assert watched.login.position == 7
    watched.login.answer(watched.reply())
    away = states.Away("my-app.example.com")
    assert watched.told[told:] == [states.Past(away, 7, 9), away]
    assert not watched.login.look_at(99)


def test_restart_begins_again_with_the_same_inputs(watched: Watched) -> None:
    watched.start("into")
    watched.login.restart()
    assert isinstance(watched.settled(), states.Away)
    assert watched.login.inputs == watched.inputs


def test_waiting_moves_the_logins_clock(watched: Watched) -> None:
    watched.start()
    assert watched.login.away is not None
    before = watched.login.away.now
    watched.login.wait(900)
    assert watched.login.away.now == before + 900


def test_edits_since_the_login_began_are_told(watched: Watched, sample_flow: Flow) -> None:
    watched.start()
    assert not watched.login.edited_since(watched.inputs).anything
    edited = with_first_action(sample_flow, HANGS)
    since = watched.login.edited_since(replace(watched.inputs, flow=edited))
    assert since.files == (sample_flow.actions[0].code,)


def test_a_scenario_that_cannot_be_used_says_why(watched: Watched) -> None:
    broken = watched.inputs.scenario.model_copy(update={"event": {"client": 1}})
    state = watched.start(scenario=broken)
    assert isinstance(state, states.Failed)
    assert watched.ends[0].error is not None


def test_a_login_that_is_over_can_be_answered_again_from_where_it_was_away(
    watched: Watched,
) -> None:
    watched.start()
    away_steps = watched.login.steps.total
    watched.login.answer(watched.reply(), run=True)
    watched.ended()
    first = watched.login.record
    kept = watched.login.kept
    assert kept is not None
    assert first is not None

    assert watched.login.answer_again(watched.reply())
    paused = watched.settled()

    assert isinstance(paused, states.Paused)
    assert states.status_text(paused) == "Paused before onContinuePostLogin"
    assert watched.login.run_number == 2
    again = watched.login.record
    assert again is not None
    assert again.entries[: len(kept.record.entries)] == kept.record.entries
    assert watched.login.steps.total == away_steps + 1
    assert watched.login.drill_bench() is not None


def test_nothing_is_answered_again_in_a_login_that_never_went_away(watched: Watched) -> None:
    flow = with_first_action(
        watched.inputs.flow,
        b'exports.onExecutePostLogin = async (e, api) => api.access.deny("no");',
    )
    watched.start(flow=flow)
    assert watched.login.kept is None
    assert watched.login.drill_bench() is None
    assert not watched.login.answer_again(watched.reply())


def test_a_recorded_login_is_looked_at_and_nothing_runs(
    watched: Watched, first_login: ScenarioRun
) -> None:
    record = first_login.record
    assert record is not None
    watched.login.show_record(watched.inputs, record, first_login.outcome)

    assert watched.login.state == states.Finished("allowed", 2, 20)
    assert watched.login.look_at(3)
    assert watched.login.position is not None
    assert watched.login.run_number == 0
    assert watched.login.away is None
    assert [end.outcome for end in watched.ends] == [first_login.outcome]
