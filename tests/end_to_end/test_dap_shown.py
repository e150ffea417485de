"""What a person sees of a debugged login in Visual Studio Code, found by debugging in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debug_clients import editor
from debugged_flows import SAMPLE, javascript_flow, python_flow

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import JsonValue


async def test_a_restart_of_a_login_that_stands_still_says_that_it_goes_on(
    tmp_path: Path,
) -> None:
    flow = javascript_flow(tmp_path / "flow")
    async with editor() as client:
        await client.launch(flow)
        await client.break_at(flow / "actions" / "sums.js", 10)
        await client.begin()
        await client.stopped()
        before = len(client.messages)
        await client.ask("restart")
        await client.stopped()
        events = [one["event"] for one in client.messages[before:] if one["type"] == "event"]
        assert [one for one in events if one != "output"] == ["continued", "stopped"]
        await client.leave()


@pytest.mark.parametrize("language", ["javascript", "python"])
async def test_a_condition_that_throws_is_said_in_the_debug_console(
    tmp_path: Path, language: str
) -> None:
    flow = (javascript_flow if language == "javascript" else python_flow)(tmp_path / "flow")
    name, line = ("sums.js", 7) if language == "javascript" else ("totals.py", 4)
    async with editor() as client:
        await client.launch(flow)
        await client.break_at(flow / "actions" / name, line, condition="nobody > 1")
        await client.begin()
        await client.stopped()
        said = client.outputs("console")
        assert said.count("The condition cannot be evaluated") == 1
        assert "nobody" in said
        await client.leave()


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"network": "closed"}, '"network" is one of open, none.'),
        ({"flow": 7}, '"flow"'),
        ({"secrets": ["value"]}, '"secrets" is neither a file nor an object'),
        ({"scenario": "nobody-knows"}, 'There is no scenario "nobody-knows"'),
    ],
)
async def test_what_is_wrong_with_a_launch_is_shown_to_the_person(
    wanted: dict[str, JsonValue], said: str
) -> None:
    async with editor() as client:
        await client.ask("initialize", adapterID="loginwright")
        launch: dict[str, JsonValue] = {"flow": str(SAMPLE), **wanted}
        response = await client.response(client.send("launch", **launch))
        error = response["body"]["error"]
        assert said in error["variables"]["reason"]
        assert error["showUser"] is True
        assert await client.leave() == 0


async def test_what_cannot_be_evaluated_is_shown_only_where_it_was_asked(tmp_path: Path) -> None:
    flow = javascript_flow(tmp_path / "flow")
    async with editor() as client:
        await client.launch(flow)
        await client.break_at(flow / "actions" / "sums.js", 10)
        await client.begin()
        await client.stopped()
        response = await client.response(client.send("evaluate", expression="nobody"))
        assert response["body"]["error"]["showUser"] is False
        await client.leave()


@pytest.mark.parametrize("secrets", [{"MY_SHARED_SECRET": ""}, {}])
async def test_a_secret_from_a_variable_that_is_not_set_has_no_value(
    secrets: dict[str, JsonValue],
) -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login", secrets=secrets)
        await client.begin()
        assert (await client.event("exited"))["exitCode"] == 2
        said = client.outputs("important")
        assert "MY_SHARED_SECRET" in said
        assert 'under "secrets" of the launch' in said
        await client.leave()


@pytest.mark.parametrize("in_arguments", [True, False])
async def test_a_restart_takes_the_launch_as_it_was_written_meanwhile(
    *, in_arguments: bool
) -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.begin()
        assert (await client.stopped())["reason"] == "suspension"
        written: dict[str, JsonValue] = {"flow": str(SAMPLE), "scenario": "on-a-saturday"}
        more: dict[str, JsonValue] = {"arguments": {**written}} if in_arguments else written
        await client.ask("restart", **more)
        await client.event("exited")
        assert "Denied" in client.outputs("console")
        await client.leave()


async def test_a_restart_keeps_to_its_flow(tmp_path: Path) -> None:
    other = python_flow(tmp_path / "flow")
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.begin()
        await client.stopped()
        await client.ask("restart", arguments={"flow": str(other)})
        assert (await client.event("exited"))["exitCode"] == 2
        assert "another flow" in client.outputs("important")
        await client.leave()


async def test_a_restart_of_code_that_broke_meanwhile_says_why_and_ends(tmp_path: Path) -> None:
    flow = javascript_flow(tmp_path / "flow")
    code = flow / "actions" / "sums.js"
    whole = code.read_bytes()
    async with editor() as client:
        await client.launch(flow)
        await client.break_at(code, 10)
        await client.begin()
        await client.stopped()
        code.write_bytes(whole.replace(b"let sum = 0", b"let sum = "))
        await client.ask("restart")
        assert (await client.event("exited"))["exitCode"] == 2
        await client.event("terminated")
        assert "sums.js:5:13" in client.outputs("important")
        code.write_bytes(whole)
        await client.ask("restart")
        await client.stopped()
        assert await client.line() == 10
        assert await client.leave() == 0
