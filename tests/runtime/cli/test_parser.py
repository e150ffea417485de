from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from loginwright_runtime.cli.arguments import ResumeArguments, RunArguments
from loginwright_runtime.cli.parser import COMMANDS, UsageError, parse

if TYPE_CHECKING:
    from command_runs import InProcess

NAMES = ["new", "designer", "run", "resume", "debug", "dap", "test", "validate", "export", "keys"]


def test_there_are_the_commands_that_exist_and_no_others() -> None:
    assert [command.name for command in COMMANDS] == NAMES


@pytest.mark.parametrize("words", [["--help"], *([name, "--help"] for name in NAMES)])
def test_help_is_a_result(run: InProcess, words: list[str]) -> None:
    result = run(*words)
    assert result.status == 0
    assert result.out.startswith("usage: loginwright")


def test_help_of_run_says_whose_profile_a_store_holds(run: InProcess) -> None:
    told = " ".join(run("run", "--help").out.split())
    assert "the user of this login replaces the one it holds" in told


def test_help_lists_every_command(run: InProcess) -> None:
    out = run("--help").out
    assert all(f"\n  {name} " in out for name in NAMES)


def test_the_version_is_told(run: InProcess) -> None:
    assert run("--version").out.startswith("loginwright 0.")


def test_arguments_become_values() -> None:
    _command, arguments = parse(["run", "flow", "--scenario", "First", "--network", "none"])
    assert arguments == RunArguments(flow="flow", scenario="First", network="none")


def test_options_that_repeat_are_collected() -> None:
    words = ["resume", "--store", "s", "--state", "x", "--query", "a=1", "--query", "b=2"]
    _command, arguments = parse(words)
    assert arguments == ResumeArguments(store="s", state="x", query=["a=1", "b=2"])


@pytest.mark.parametrize("state", ["-" + "a" * 42, "--" + "b" * 41, "-" * 43, "-", "plain"])
def test_a_state_may_begin_with_a_hyphen(state: str) -> None:
    _command, arguments = parse(["resume", "--store", "s", "--state", state, "--json"])
    assert arguments == ResumeArguments(store="s", state=state, json=True)


def test_arguments_do_not_show_what_a_browser_brings() -> None:
    words = ["resume", "--store", "s", "--state", "hidden", "--body", "token=hidden"]
    assert "hidden" not in repr(parse(words)[1])


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--frob"],
        ["frob"],
        ["debug"],
        ["dap", "flow"],
        ["run"],
        ["run", "flow", "--scen", "First"],
        ["run", "flow", "--scenario", "a", "--event", "b"],
        ["run", "flow", "--network", "some"],
        ["run", "flow", "--mfa", "maybe"],
        ["resume", "--store", "s"],
        ["resume", "--store", "s", "--state", "x", "--passed", "a", "--not-passed", "b"],
        ["export", "flow"],
    ],
)
def test_a_wrong_command_line_is_refused_with_its_usage(words: list[str]) -> None:
    with pytest.raises(UsageError) as refused:
        parse(words)
    assert refused.value.usage.startswith("usage: loginwright")


def test_a_wrong_command_line_is_bad_input_also_as_json(run: InProcess) -> None:
    result = run("run", "--json")
    assert result.problems[0]["rule"] == "usage"
    assert "FLOW" in str(result.problems[0]["message"])


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from loginwright_runtime.cli import main; main(['--help']);"
        "print([name for name in ('pydantic', 'rich', 'orjson', 'asyncio', 'jwt')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
