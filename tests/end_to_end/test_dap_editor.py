"""A login debugged with the messages that Visual Studio Code sends, in a real process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from command_runs import SECRET
from debug_clients import editor
from debugged_flows import (
    COLOUR,
    MFA,
    SAMPLE,
    WORDS,
    flow_of,
    javascript_flow,
    python_flow,
    spinning_flow,
    throwing_flow,
)

if TYPE_CHECKING:
    from pathlib import Path


async def test_stops_on_lines_of_both_languages_before_and_after_the_redirect() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.break_at(MFA, 7)
        await client.break_at(COLOUR, 12, 34)
        await client.begin()
        assert (await client.stopped())["reason"] == "breakpoint"
        frame = (await client.frames())[0]
        assert (frame["name"], frame["line"]) == ("on_execute_post_login", 7)
        assert frame["source"] == {"name": MFA.name, "path": str(MFA)}
        await client.ask("continue", threadId=1)
        assert (await client.stopped())["reason"] == "breakpoint"
        assert await client.line() == 12
        await client.ask("continue", threadId=1)
        assert (await client.stopped())["reason"] == "suspension"
        await client.ask("continue", threadId=1)
        assert (await client.stopped())["reason"] == "breakpoint"
        assert await client.line() == 34
        await client.ask("next", threadId=1)
        assert (await client.stopped())["reason"] == "step"
        assert await client.evaluate("payload.favorite_color") == '"teal"'
        await client.ask("continue", threadId=1)
        assert (await client.event("exited"))["exitCode"] == 0
        assert "Stored favorite_color teal" in client.outputs("stdout")
        assert await client.leave() == 0


async def test_a_suspension_is_one_frame_at_its_call_without_locals() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.begin()
        stop = await client.stopped()
        assert stop["description"] == "Away at my-app.example.com"
        frames = await client.frames()
        assert [frame["line"] for frame in frames] == [21]
        body = await client.ask("scopes", frameId=frames[0]["id"])
        assert "Local" not in str(body)
        assert (await client.scope("Away"))["site"]["value"] == "my-app.example.com"
        await client.leave()


async def test_an_expression_typed_at_a_suspension_is_its_answer() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.break_at(COLOUR, 38)
        await client.begin()
        await client.stopped()
        assert "The login goes on" in str(await client.evaluate("token favorite_color=red"))
        await client.event("continued")
        await client.stopped()
        assert await client.evaluate("payload.favorite_color") == '"red"'
        await client.leave()


async def test_a_watch_never_answers_a_suspension() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.begin()
        await client.stopped()
        await client.refusal("evaluate", expression="colour=red", context="watch")
        assert await client.evaluate("event.user.email", "watch") == '"ada@example.com"'
        assert await client.line() == 21
        await client.leave()


async def test_a_refused_answer_leaves_the_login_away() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.begin()
        await client.stopped()
        await client.evaluate('{"query": {"state": "nobody-knows-this-one"}}')
        assert (await client.stopped())["reason"] == "suspension"
        assert "Refused: The state is unknown." in client.outputs("important")
        await client.ask("continue", threadId=1)
        assert (await client.event("exited"))["exitCode"] == 0
        await client.leave()


async def test_the_scenario_answers_where_nobody_stops_at_suspensions() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login", stopOnSuspension=False)
        await client.begin()
        assert (await client.event("exited"))["exitCode"] == 0
        assert not [one for one in client.messages if one.get("event") == "stopped"]
        await client.leave()


async def test_stops_on_entry_at_the_first_line_of_the_first_handler() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login", stopOnEntry=True)
        await client.begin()
        assert (await client.stopped())["reason"] == "entry"
        assert (await client.frames())[0]["line"] == 8
        await client.leave()


async def test_going_back_shows_the_past_and_runs_nothing() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.break_at(COLOUR, 12, 39)
        await client.begin()
        for _ in range(2):
            await client.stopped()
            await client.ask("continue", threadId=1)
        await client.stopped()
        now = await client.line()
        await client.ask("stepBack", threadId=1)
        stop = await client.stopped()
        assert "already happened. Nothing runs here." in str(stop["description"])
        assert await client.line() == 38
        assert await client.refusal("evaluate", expression="1 + 1", context="repl")
        assert await client.evaluate("event.request.method") == '"POST"'
        await client.ask("reverseContinue", threadId=1)
        await client.stopped()
        assert await client.line() == 12
        assert "user.setUserMetadata" not in str(await client.scope("Asked for"))
        await client.ask("continue", threadId=1)
        await client.stopped()
        assert await client.line() == now == 39
        assert client.outputs("stdout") == ""
        await client.leave()


async def test_lines_that_were_recorded_are_gone_back_through_one_by_one(tmp_path: Path) -> None:
    flow = javascript_flow(tmp_path / "flow")
    async with editor() as client:
        await client.launch(flow, recordLines=True)
        await client.break_at(flow / "actions" / "sums.js", 9)
        await client.begin()
        await client.stopped()
        await client.ask("stepBack", threadId=1)
        await client.stopped()
        await client.ask("stepBack", threadId=1)
        await client.stopped()
        assert await client.line() in (6, 7)
        assert (await client.scope("Recorded variables"))["sum"]["value"] in ("12", "20")
        await client.leave()


@pytest.mark.parametrize("language", ["javascript", "python"])
async def test_conditions_hits_and_log_points(tmp_path: Path, language: str) -> None:
    flow = (javascript_flow if language == "javascript" else python_flow)(tmp_path / "flow")
    name, line, names = (
        ("sums.js", 7, ("number", "sum"))
        if language == "javascript"
        else ("totals.py", 4, ("number", "total"))
    )
    file = flow / "actions" / name
    async with editor() as client:
        await client.launch(flow)
        await client.break_at(file, line, condition=f"{names[0]} == 2")
        await client.begin()
        await client.stopped()
        assert await client.evaluate(names[0]) == "2"
        await client.break_at(file, line, logMessage=f"now {{{names[1]}}}")
        await client.ask("continue", threadId=1)
        await client.event("exited")
        assert "now " in client.outputs("stdout")
        await client.ask("restart")
        await client.event("exited")
        assert client.outputs("stdout").count("now ") > 3
        await client.leave()


async def test_a_hit_count_passes_over_the_first_hits(tmp_path: Path) -> None:
    flow = javascript_flow(tmp_path / "flow")
    file = flow / "actions" / "sums.js"
    async with editor() as client:
        await client.launch(flow)
        odd = await client.break_at(file, 7, hitCondition="% 2")
        assert [(one["verified"], "hits" in one["message"]) for one in odd] == [(False, True)]
        await client.break_at(file, 7, hitCondition="> 3")
        await client.begin()
        await client.stopped()
        assert await client.evaluate("number") == "6"
        await client.leave()


async def test_steps_into_the_library_and_out_again(tmp_path: Path) -> None:
    flow = javascript_flow(tmp_path / "flow")
    async with editor() as client:
        await client.launch(flow)
        await client.break_at(flow / "actions" / "sums.js", 9)
        await client.begin()
        await client.stopped()
        await client.ask("stepIn", threadId=1)
        await client.stopped()
        frames = await client.frames()
        assert [frame["line"] for frame in frames[:2]] == [2, 9]
        assert str(frames[0]["source"]).count("words.js") == 2
        assert await client.evaluate("name") == '"ada@example.com"'
        await client.ask("stepOut", threadId=1)
        await client.stopped()
        assert (await client.frames())[0]["source"] == (await client.frames())[0]["source"]
        assert len(await client.frames()) == 1
        await client.leave()


async def test_names_and_members_are_completed_where_code_stands_still_and_elsewhere() -> None:
    async def labels(text: str) -> list[object]:
        told = await client.ask("completions", text=text, column=len(text) + 1, line=1)
        starts = {one["start"] + one["length"] for one in told["targets"]}
        assert starts <= {len(text) + 1}
        return [one["label"] for one in told["targets"]]

    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.break_at(COLOUR, 39)
        await client.begin()
        await client.stopped()
        assert await labels("event.user.ema") == ["email", "email_verified"]
        assert await labels("ev") == ["event"]
        await client.ask("continue", threadId=1)
        await client.stopped()
        assert await labels("1 + payl") == ["payload"]
        assert await labels("payload.favo") == ["favorite_color"]
        assert await labels("nothing.like.it.") == []
        assert await labels("1 + ?") != ["payload"]
        await client.leave()


async def test_an_expression_is_assigned_to() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.break_at(COLOUR, 39)
        await client.begin()
        await client.stopped()
        await client.ask("continue", threadId=1)
        await client.stopped()
        colour = "payload.favorite_color"
        told = await client.ask("setExpression", expression=colour, value='"plum"')
        assert told["value"] == '"plum"'
        assert await client.evaluate(colour) == '"plum"'
        assert await client.refusal("setExpression", expression="payload.a()", value="1")
        assert await client.refusal("setExpression", expression="payload.x", value="nobody()")
        await client.leave()


async def test_long_lists_come_in_pages(tmp_path: Path) -> None:
    flow = javascript_flow(tmp_path / "flow")
    async with editor() as client:
        await client.launch(flow)
        await client.break_at(flow / "actions" / "sums.js", 5)
        await client.begin()
        await client.stopped()
        numbers = (await client.scope("Local"))["numbers"]
        assert numbers["indexedVariables"] == 250
        body = await client.ask(
            "variables",
            variablesReference=numbers["variablesReference"],
            filter="indexed",
            start=200,
            count=3,
        )
        assert [one["value"] for one in body["variables"]] == ["400", "402", "404"]
        await client.leave()


async def test_a_variable_is_changed(tmp_path: Path) -> None:
    flow = python_flow(tmp_path / "flow")
    async with editor() as client:
        await client.launch(flow)
        await client.break_at(flow / "actions" / "totals.py", 5)
        await client.begin()
        await client.stopped()
        frame = (await client.frames())[0]
        scopes = (await client.ask("scopes", frameId=frame["id"]))["scopes"]
        body = await client.ask(
            "setVariable",
            variablesReference=scopes[0]["variablesReference"],
            name="total",
            value="40 + 2",
        )
        assert body["value"] == "42"
        await client.ask("continue", threadId=1)
        await client.event("terminated")
        assert "https://example.com/total  42" in client.outputs("console")
        await client.leave()


async def test_the_event_is_changed_before_an_action() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login", stopOnSuspension=False)
        await client.ask("setFunctionBreakpoints", breakpoints=[{"name": "add-roles-to-tokens"}])
        await client.ask("setExceptionBreakpoints", filters=[])
        await client.ask("configurationDone")
        assert (await client.stopped())["reason"] == "function breakpoint"
        assert await client.evaluate('event.authorization.roles = ["owner"]') == '["owner"]'
        await client.ask("continue", threadId=1)
        await client.event("terminated")
        assert '["owner"]' in client.outputs("console")
        await client.leave()


async def test_exceptions_stop_where_they_are_thrown(tmp_path: Path) -> None:
    flow = throwing_flow(tmp_path / "flow")
    async with editor() as client:
        await client.launch(flow)
        await client.ask("setExceptionBreakpoints", filters=["caught", "uncaught"])
        await client.ask("configurationDone")
        lines, modes = [], []
        for _ in range(2):
            assert (await client.stopped())["reason"] == "exception"
            lines.append(await client.line())
            info = await client.ask("exceptionInfo", threadId=1)
            modes.append(info["breakMode"])
            assert info["exceptionId"] == "TypeError"
            await client.ask("continue", threadId=1)
        assert lines == [3, 7]
        assert modes == ["always", "unhandled"]
        assert (await client.event("exited"))["exitCode"] == 5
        await client.leave()


async def test_a_meaning_stops_by_filter_and_by_name(tmp_path: Path) -> None:
    flow = javascript_flow(tmp_path / "flow")
    async with editor() as client:
        await client.launch(flow)
        told = await client.ask("setFunctionBreakpoints", breakpoints=[{"name": "nonsense"}])
        assert [one["verified"] for one in told["breakpoints"]] == [False]
        await client.ask("setExceptionBreakpoints", filters=["claim"])
        await client.ask("configurationDone")
        assert (await client.stopped())["reason"] == "breakpoint"
        assert await client.line() == 10
        await client.leave()


async def test_pause_stops_code_that_never_ends(tmp_path: Path) -> None:
    flow = spinning_flow(tmp_path / "flow")
    async with editor() as client:
        await client.launch(flow)
        await client.begin()
        await client.event("output")
        await client.ask("pause", threadId=1)
        assert (await client.stopped())["reason"] == "pause"
        await client.evaluate("turns = -10")
        await client.ask("continue", threadId=1)
        assert (await client.event("exited"))["exitCode"] == 0
        assert "ended" in client.outputs("stdout")
        await client.leave()


async def test_code_is_shown_as_it_ran_when_its_file_was_edited(tmp_path: Path) -> None:
    flow = javascript_flow(tmp_path / "flow")
    words = flow / "lib" / "words.js"
    async with editor() as client:
        await client.launch(flow)
        await client.break_at(words, 3)
        await client.begin()
        words.write_bytes(b"// edited\n" + WORDS)
        await client.stopped()
        source = (await client.frames())[0]["source"]
        assert source["sourceReference"] > 0
        body = await client.ask("source", source=source, sourceReference=source["sourceReference"])
        assert body["content"] == WORDS.decode()
        await client.leave()


async def test_a_restart_runs_the_code_as_it_is_now(tmp_path: Path) -> None:
    flow = javascript_flow(tmp_path / "flow")
    words = flow / "lib" / "words.js"
    async with editor() as client:
        await client.launch(flow)
        await client.break_at(words, 3)
        await client.begin()
        await client.stopped()
        words.write_bytes(WORDS.replace(b"Hello", b"Goodbye"))
        await client.ask("restart")
        await client.stopped()
        assert await client.evaluate("text") == '"Goodbye ada@example.com"'
        await client.leave()


async def test_secrets_are_masked_wherever_they_would_be_seen() -> None:
    async with editor() as client:
        await client.launch(
            SAMPLE, scenario="first-login", secrets={"MY_SHARED_SECRET": SECRET + "-other"}
        )
        await client.break_at(COLOUR, 12)
        await client.begin()
        await client.stopped()
        assert await client.evaluate("event.secrets.MY_SHARED_SECRET") == '"***"'
        await client.evaluate("console.log(event.secrets.MY_SHARED_SECRET)")
        await client.scope("Event")
        assert SECRET not in str(client.messages)
        await client.leave()


async def test_a_missing_secret_is_said_and_ends_it() -> None:
    async with editor("--secrets-dir", str(SAMPLE / "scenarios")) as client:
        await client.launch(SAMPLE, secrets={"OTHER": "value"})
        await client.begin()
        assert (await client.event("exited"))["exitCode"] == 2
        assert "MY_SHARED_SECRET" in client.outputs("important")
        await client.leave()


async def test_a_flow_that_cannot_be_used_is_refused_in_words(tmp_path: Path) -> None:
    async with editor() as client:
        await client.ask("initialize", adapterID="loginwright")
        reason = await client.refusal("launch", flow=str(tmp_path / "nowhere"))
        assert "nowhere" in reason
        assert await client.leave() == 0


async def test_without_debugging_nothing_stops() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login", noDebug=True)
        await client.break_at(COLOUR, 12)
        await client.begin()
        assert (await client.event("exited"))["exitCode"] == 0
        await client.leave()


async def test_terminate_ends_a_login_that_is_away() -> None:
    async with editor() as client:
        await client.launch(SAMPLE, scenario="first-login")
        await client.begin()
        await client.stopped()
        await client.ask("terminate")
        await client.event("terminated")
        assert await client.leave() == 0


async def test_terminate_ends_a_login_that_has_only_just_begun(tmp_path: Path) -> None:
    flow = python_flow(tmp_path / "flow")
    async with editor() as client:
        await client.launch(flow)
        await client.break_at(flow / "actions" / "totals.py", 5)
        client.send("configurationDone")
        client.send("terminate")
        await client.event("terminated")
        assert "The login was stopped in the debugger." in client.outputs("console")
        assert [one for one in client.messages if one.get("event") == "stopped"] == []
        assert await client.leave() == 0


async def test_members_of_a_python_dict_are_named_and_changed_by_their_keys(
    tmp_path: Path,
) -> None:
    code = b"def on_execute_post_login(event, api):\n    it = {'a-b': [1]}\n    print(it)\n"
    flow = flow_of(tmp_path / "flow", {"actions/it.py": code})
    async with editor() as client:
        await client.launch(flow)
        await client.break_at(flow / "actions" / "it.py", 3)
        await client.begin()
        await client.stopped()
        it = (await client.scope("Local"))["it"]["variablesReference"]
        (entry,) = (await client.variables(it)).values()
        (first,) = (await client.variables(entry["variablesReference"])).values()
        assert await client.evaluate(first["evaluateName"], "watch") == "1"
        await client.ask("setVariable", variablesReference=it, name=entry["name"], value="7")
        assert await client.evaluate("it['a-b']") == "7"
        await client.leave()
