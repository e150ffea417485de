"""A simulated login stops on lines of its code, in both languages."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from typing import TYPE_CHECKING

from loginwright_designer.simulation import states
from loginwright_runtime.debugging import ExceptionBreakpoint, LineBreakpoint
from watched_logins import with_first_action
from worker_watch import processes

if TYPE_CHECKING:
    from watched_logins import Watched

COLOUR = "actions/ask-favourite-colour.js"
MFA = "actions/require-mfa-in-na.py"
LOOPS = b"""
exports.onExecutePostLogin = async (event, api) => {
  api.user.setAppMetadata("loops", true);
  let turns = 0;
  while (true) {
    turns += 1;
  }
};
"""
CALLS = b"""
const doubled = (value) => {
  const twice = value * 2;
  return twice;
};

exports.onExecutePostLogin = async (event, api) => {
  const four = doubled(2);
  api.user.setAppMetadata("four", four);
};
"""
THROWS = b"""
exports.onExecutePostLogin = async (event) => {
  event.nothing.here();
};
"""


def words(state: states.LoginState) -> str:
    return states.status_text(state)


def test_a_line_breakpoint_stops_before_its_line(watched: Watched) -> None:
    watched.login.set_breakpoints((LineBreakpoint(COLOUR, 34),))
    watched.start()
    watched.login.answer(watched.reply(), run=True)
    assert words(watched.settled()) == "Paused at line 34"
    pause = watched.login.pause
    assert pause is not None
    assert pause.stack[0].file == COLOUR
    watched.login.continue_()
    assert isinstance(watched.settled(), states.Finished)


def test_a_line_of_a_python_action_stops_too(watched: Watched) -> None:
    line = next(
        number
        for number, text in enumerate(watched.inputs.flow.files[MFA].decode().splitlines(), 1)
        if text.startswith("    ") and "event" in text
    )
    watched.login.set_breakpoints((LineBreakpoint(MFA, line),))
    assert words(watched.start()) == f"Paused at line {line}"


def test_into_an_action_then_over_its_lines_until_the_metadata_are_set(watched: Watched) -> None:
    watched.start()
    watched.login.answer(watched.reply())
    assert words(watched.settled()) == "Paused before onContinuePostLogin"
    places = []
    watched.login.step_into()
    for _ in range(3):
        places.append(words(watched.settled()))
        watched.login.step_over()
    assert places == ["Paused at line 34", "Paused at line 38", "Paused at line 39"]


def test_into_goes_into_a_function_and_out_leads_back(watched: Watched) -> None:
    flow = with_first_action(watched.inputs.flow, CALLS)
    watched.login.set_breakpoints((LineBreakpoint(flow.actions[0].code, 8),))
    assert words(watched.start(flow=flow)) == "Paused at line 8"
    watched.login.step_into()
    assert words(watched.settled()) == "Paused at line 3"
    watched.login.step_out()
    assert words(watched.settled()) in ("Paused at line 8", "Paused at line 9")


def test_a_condition_is_looked_at_before_the_login_stops(watched: Watched) -> None:
    flow = with_first_action(watched.inputs.flow, CALLS)
    file = flow.actions[0].code
    watched.login.set_breakpoints(
        (LineBreakpoint(file, 4, condition="twice === 5"), LineBreakpoint(file, 9, "four === 4"))
    )
    assert words(watched.start(flow=flow)) == "Paused at line 9"


def test_pause_interrupts_a_loop_without_an_end(watched: Watched) -> None:
    flow = with_first_action(watched.inputs.flow, LOOPS)
    watched.login.start(replace(watched.inputs, flow=flow))
    watched.until(lambda: watched.login.steps.total == 2)
    watched.login.pause_soon()
    state = watched.settled()
    assert words(state) in ("Paused at line 5", "Paused at line 6")
    assert isinstance(state, states.Paused)
    assert state.file == watched.inputs.flow.actions[0].code
    watched.login.stop()
    assert isinstance(watched.ended(), states.Failed)


def test_a_breakpoint_set_while_code_runs_holds_at_once(watched: Watched) -> None:
    flow = with_first_action(watched.inputs.flow, LOOPS)
    watched.login.start(replace(watched.inputs, flow=flow))
    watched.until(lambda: watched.login.steps.total == 2)
    watched.login.set_breakpoints((LineBreakpoint(flow.actions[0].code, 6),))
    assert words(watched.settled()) == "Paused at line 6"


def test_a_login_runs_to_a_line(watched: Watched) -> None:
    flow = with_first_action(watched.inputs.flow, CALLS)
    watched.start("into", flow=flow)
    watched.login.run_to(LineBreakpoint(flow.actions[0].code, 9))
    assert words(watched.settled()) == "Paused at line 9"


def test_what_code_throws_is_shown_where_it_throws(watched: Watched) -> None:
    watched.login.set_breakpoints((ExceptionBreakpoint(),))
    state = watched.start(flow=with_first_action(watched.inputs.flow, THROWS))
    assert words(state) == "Paused at line 3"
    pause = watched.login.pause
    assert pause is not None
    assert pause.exception is not None
    assert "TypeError" in pause.exception.text


def test_a_worker_killed_at_a_pause_fails_the_login(watched: Watched) -> None:
    watched.login.set_breakpoints((LineBreakpoint(COLOUR, 8),))
    before = processes()
    assert words(watched.start()) == "Paused at line 8"
    for pid in processes() - before:
        os.kill(pid, signal.SIGKILL)
    state = watched.ended()
    assert isinstance(state, states.Failed)
    assert watched.login.pause is None
    assert isinstance(watched.start(), states.Paused)


def test_closing_at_a_pause_leaves_no_process(watched: Watched) -> None:
    before = processes()
    watched.login.set_breakpoints((LineBreakpoint(COLOUR, 8),))
    watched.start()
    assert processes() - before
    watched.loop.run_until_complete(watched.login.close())
    assert processes() == before


def test_a_handler_that_is_watched_still_says_how_long_it_took(watched: Watched) -> None:
    watched.start()
    groups = watched.login.steps.groups
    took = [group.duration_ms for group in groups if group.duration_ms is not None]
    assert len(took) == 3
    assert all(duration > 0 for duration in took)
