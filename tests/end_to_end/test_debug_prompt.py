"""``loginwright debug`` with commands from a pipe, in a real process."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

from command_runs import PROGRAM, SECRET, command
from debugged_flows import (
    SAMPLE,
    WORDS,
    flow_of,
    javascript_flow,
    python_flow,
    spinning_flow,
    throwing_flow,
)
from flow_folders import action, document, write_folder
from guards import child_processes

if TYPE_CHECKING:
    from pathlib import Path

    from command_runs import CommandResult

SECRETS = {"LOGINWRIGHT_SECRET_MY_SHARED_SECRET": SECRET}


def debug(flow: Path, *commands: str, options: tuple[str, ...] = ()) -> CommandResult:
    """Send commands to a prompt."""
    given = "".join(f"{one}\n" for one in commands)
    return command("debug", str(flow), *options, given=given, environment=SECRETS)


def first_login(*commands: str) -> CommandResult:
    """Debug the sample's first login."""
    return debug(SAMPLE, *commands, options=("--scenario", "first-login"))


def after(result: CommandResult, typed: str) -> list[str]:
    """Return the lines that a command was answered with, the first time it was typed."""
    lines = iter(result.out.splitlines())
    for line in lines:
        if line.startswith("(") and line.partition(") ")[2] == typed:
            break
    answer: list[str] = []
    for line in lines:
        if line.startswith(("(paused) ", "(away) ", "(past ", "(over) ")):
            break
        answer.append(line)
    return answer


def test_starts_paused_before_the_first_action() -> None:
    result = first_login("quit")
    assert result.out.startswith("Paused  Block weekends: before onExecutePostLogin\n")
    assert (result.status, result.err) == (0, "")


def test_stops_on_lines_of_both_languages_before_and_after_the_redirect() -> None:
    result = first_login(
        "break require-mfa-in-na:7",
        "break ask-favourite-colour:34",
        "continue",
        "print event.request.geoip.continent_code",
        "continue",
        "continue",
        "next",
        "print payload.favorite_color",
    )
    assert "Paused  Require MFA in NA: line 7" in result.out
    assert after(result, "print event.request.geoip.continent_code") == ["'EU'"]
    assert "Away  at my-app.example.com  Ask favourite colour" in result.out
    assert "Paused  Ask favourite colour: line 34" in result.out
    assert after(result, "print payload.favorite_color") == ['"teal"']


def test_an_answer_is_given_for_the_other_site() -> None:
    result = first_login("continue", "answer token favorite_color=red", "tokens")
    assert 'user.setUserMetadata("favorite_color", "red")' in result.out
    assert result.status == 0


def test_an_answer_that_is_refused_leaves_the_login_away() -> None:
    result = first_login("continue", "answer state=nobody-knows-it", "continue")
    assert after(result, "answer state=nobody-knows-it")[0] == "Refused  The state is unknown."
    assert result.status == 0


def test_steps_into_a_library_and_out_again(tmp_path: Path) -> None:
    result = debug(javascript_flow(tmp_path / "flow"), "break sums:9", "c", "step", "where", "out")
    assert "lib/words.js:2" in after(result, "where")[-2]
    assert "line 9" in after(result, "out")[0] or "line 10" in after(result, "out")[0]


def test_a_condition_holds_and_is_taken_away(tmp_path: Path) -> None:
    result = debug(
        python_flow(tmp_path / "flow"),
        "break totals:4 if number == 2",
        "continue",
        "print number",
        "condition 1",
        "continue",
        "print total",
    )
    assert after(result, "print number") == ["2"]
    assert after(result, "print total") == ["3"]


def test_a_breakpoint_for_once_stops_once(tmp_path: Path) -> None:
    result = debug(python_flow(tmp_path / "flow"), "tbreak totals:4", "c", "break", "c")
    assert after(result, "break") == ["There are no breakpoints."]
    assert result.status == 0


def test_hits_are_counted(tmp_path: Path) -> None:
    flow = python_flow(tmp_path / "flow")
    result = debug(flow, "b totals:4", "hits 1 3", "c", "p number")
    assert after(result, "p number") == ["2"]


def test_a_log_point_prints_and_stops_never(tmp_path: Path) -> None:
    result = debug(javascript_flow(tmp_path / "flow"), "log sums:7 so far {sum}", "c")
    printed = [line for line in result.out.splitlines() if "console so far" in line]
    assert printed == [f"    console so far {total}" for total in (0, 0, 2, 6, 12)]
    assert result.status == 0


def test_until_runs_to_a_line(tmp_path: Path) -> None:
    result = debug(javascript_flow(tmp_path / "flow"), "step", "until 10", "print sum")
    assert after(result, "print sum") == ["20"]


def test_action_goes_on_to_the_next_action() -> None:
    result = first_login("action", "action")
    assert after(result, "action") == ["Paused  Require MFA in NA: before onExecutePostLogin"]


def test_exceptions_stop_where_they_are_thrown(tmp_path: Path) -> None:
    flow = throwing_flow(tmp_path / "flow")
    result = debug(flow, "break exceptions all", "c", "continue", "c")
    said = [line for line in result.out.splitlines() if "throws TypeError" in line]
    assert ["line 3" in said[0], "line 7" in said[1]] == [True, True]
    assert [line.rpartition(", ")[2] for line in said] == ["caught", "not caught"]
    assert result.status == 5


def test_a_meaning_stops_at_its_call(tmp_path: Path) -> None:
    result = debug(javascript_flow(tmp_path / "flow"), "break claim", "continue", "effects")
    assert "idToken.setCustomClaim has been called" in after(result, "continue")[1]
    assert "sums:10" in after(result, "effects")[0]


def test_a_variable_is_changed(tmp_path: Path) -> None:
    result = debug(
        python_flow(tmp_path / "flow"), "b totals:5", "c", "set total = 40 + 2", "locals", "c"
    )
    assert "    total  42" in after(result, "locals")
    assert "https://example.com/total  42" in result.out


def test_a_member_of_a_value_is_changed(tmp_path: Path) -> None:
    result = debug(
        javascript_flow(tmp_path / "flow"),
        "break sums:6",
        "continue",
        "set numbers[1] = 1000",
        'set event.user.email = "grace@example.com"',
        "clear",
        "continue",
    )
    assert "Hello grace@example.com" in result.out
    assert "https://example.com/sum  1018" in result.out


def test_the_event_is_changed_before_an_action(tmp_path: Path) -> None:
    result = debug(
        javascript_flow(tmp_path / "flow"),
        'set event.user.email = "grace@example.com"',
        "event user.email",
        "continue",
    )
    assert after(result, "event user.email") == ['"grace@example.com"']
    assert "Hello grace@example.com" in result.out


def test_the_past_is_looked_at_and_nothing_runs() -> None:
    result = first_login(
        "break ask-favourite-colour:39",
        "c",
        "c",
        "back",
        "back 2",
        "effects",
        "print 1 + 1",
        "next",
    )
    assert after(result, "back")[0].startswith("Past  step 10 of 10, already happened.")
    assert after(result, "back 2")[0].startswith("Past  step 8 of 10")
    assert "setUserMetadata" not in "".join(after(result, "effects"))
    assert "No code stands still" in after(result, "print 1 + 1")[0]
    assert after(result, "next")[0] == "Paused  Ask favourite colour: line 39"
    assert "console Stored" not in result.out


def test_recorded_lines_are_gone_back_through(tmp_path: Path) -> None:
    result = debug(
        javascript_flow(tmp_path / "flow"),
        "break sums:9",
        "c",
        "back 2",
        "locals",
        options=("--record-lines",),
    )
    assert any("sum" in line for line in after(result, "locals"))


def test_secrets_are_masked() -> None:
    result = first_login(
        "break ask-favourite-colour:12",
        "c",
        "print event.secrets.MY_SHARED_SECRET",
        "locals",
        "event",
    )
    assert after(result, "print event.secrets.MY_SHARED_SECRET") == ['"***"']
    assert SECRET not in result.out + result.err


def test_restart_takes_edited_code_and_breakpoints_follow_the_text(tmp_path: Path) -> None:
    flow = javascript_flow(tmp_path / "flow")
    with subprocess.Popen(
        [PROGRAM, "debug", str(flow)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write("break lib/words.js:3\ncontinue\nlist lib/words.js:1\n")
        program.stdin.flush()
        while "return text" not in program.stdout.readline():
            pass
        (flow / "lib" / "words.js").write_bytes(b"// new\n// lines\n" + WORDS)
        out, _err = program.communicate("restart\ncontinue\nbreak\n", timeout=60)
    assert "Breakpoint 1: lib/words.js:5" in out
    assert "->    5    return text;" in out


def test_quitting_ends_the_login_wherever_it_is(tmp_path: Path) -> None:
    flow = spinning_flow(tmp_path / "flow")
    assert debug(flow, "break spins:5", "continue", "quit").status == 0


def test_the_end_of_the_pipe_ends_it() -> None:
    assert first_login("break require-mfa-in-na:7", "continue").status == 0


def test_the_outcome_decides_the_exit_status() -> None:
    result = debug(SAMPLE, "continue", options=("--scenario", "on-a-saturday"))
    assert result.status == 3


def test_json_prints_the_outcome_and_talks_on_standard_error() -> None:
    given = "continue\ncontinue\n"
    result = command(
        "debug",
        str(SAMPLE),
        "--scenario",
        "first-login",
        "--json",
        given=given,
        environment=SECRETS,
    )
    assert result.document["status"] == "allowed"
    assert "Paused  Block weekends" in result.err


def test_a_challenge_is_answered(tmp_path: Path) -> None:
    code = b"exports.onExecutePostLogin = async (event, api) => { api.multifactor.enable('any'); };"
    flow = flow_of(tmp_path / "flow", {"actions/mfa.js": code})
    passed = debug(flow, "continue", "answer passed=true")
    assert "Away  waits for a challenge" in passed.out
    assert passed.status == 0
    assert debug(flow, "continue", "answer passed=false").status == 3
    assert debug(flow, "continue", "continue").status == 0, "--mfa pass answers"


def test_code_shared_by_two_actions_stops_in_the_one_that_is_meant(tmp_path: Path) -> None:
    flow = write_folder(
        tmp_path / "flow",
        document(action("first", code="actions/it.py"), action("second", code="actions/it.py")),
        {"actions/it.py": b"def on_execute_post_login(event, api):\n    pass\n"},
    )
    result = debug(flow, "break second:2", "continue", "continue")
    assert after(result, "continue")[0] == "Paused  Second: line 2"


REFUSED = {
    "brek 1": 'There is no command "brek".',
    "break nowhere:3": 'There is no action or file "nowhere".',
    "break sums:99": "has 11 lines",
    "break sums:": "Write ACTION:LINE",
    "answer a=b": "not away",
    "forward": "This is now.",
    "frame 3": "No code stands still here.",
    "set event": "Write set NAME = EXPR.",
    "event user.nothing": "The event has no event.user.nothing.",
    "print 1 + 1": "only the event can be looked at",
    "back": "Nothing has happened yet.",
    "condition 7 x": "Of which breakpoint?",
    "log sums:7": "What shall be printed?",
}


def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path: Path) -> None:
    result = debug(javascript_flow(tmp_path / "flow"), *REFUSED)
    unsaid = [typed for typed, told in REFUSED.items() if told not in after(result, typed)[0]]
    assert unsaid == []


def test_secrets_cannot_come_from_the_pipe_that_brings_commands() -> None:
    result = command("debug", str(SAMPLE), "--secrets", "-", "--json", given="{}")
    assert "Standard input brings commands" in str(result.problems[0]["message"])


def test_a_missing_secret_is_bad_input() -> None:
    environment = {name: value for name, value in os.environ.items() if "SECRET" not in name}
    done = subprocess.run(
        [PROGRAM, "debug", str(SAMPLE)],
        input="continue\n",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, "MY_SHARED_SECRET" in done.stderr) == (2, True)


def test_a_worker_that_is_killed_at_a_pause_is_said_and_ends_the_login(tmp_path: Path) -> None:
    flow = python_flow(tmp_path / "flow")
    with subprocess.Popen(
        [PROGRAM, "debug", str(flow)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write("break totals:5\ncontinue\nprint total\n")
        program.stdin.flush()
        while program.stdout.readline() != "6\n":
            pass
        for worker in child_processes(program.pid):
            os.kill(worker, signal.SIGKILL)
        out, _err = program.communicate("print total\ncontinue\n", timeout=60)
    assert program.returncode == 5
    assert "Failed: " in out


def test_what_is_printed_is_shown_before_the_stop_after_it() -> None:
    result = first_login("break ask-favourite-colour:39", "c", "c", "next")
    assert after(result, "next")[0] == "    console Stored favorite_color teal"
