"""What docs/debugging.md shows is what happens."""

from __future__ import annotations

import json
import re

import pytest

from command_runs import SECRET, command
from debug_clients import editor
from debugged_flows import COLOUR, SAMPLE
from loginwright_runtime.cli.debug_prompt.table import COMMANDS
from source_tree import ROOT

PAGE = (ROOT / "docs" / "debugging.md").read_text(encoding="utf-8")
TIME = re.compile(r"\d+\.\d ms")
PROMPT = re.compile(r"\((?:paused|away|over|past \d+/\d+)\) (.*)")


def transcript() -> list[str]:
    """Return the conversation on the page, without what starts it."""
    lines = PAGE.splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith("    $ "))
    found: list[str] = []
    for line in lines[begin + 1 :]:
        if not line.startswith("    "):
            break
        found.append(line.removeprefix("    "))
    return found


def test_the_conversation_is_held_as_it_is_printed() -> None:
    expected = transcript()
    typed = [found[1] for found in map(PROMPT.fullmatch, expected) if found is not None]
    assert len(typed) > 10
    result = command(
        "debug",
        str(SAMPLE),
        "--scenario",
        "first-login",
        given="".join(f"{one}\n" for one in typed),
        environment={"LOGINWRIGHT_SECRET_MY_SHARED_SECRET": SECRET},
    )
    shown = [TIME.sub("0.1 ms", line).rstrip() for line in result.out.splitlines()]
    assert shown == [TIME.sub("0.1 ms", line) for line in expected]


@pytest.mark.parametrize("name", [one.name for one in COMMANDS])
def test_every_command_of_the_prompt_is_described(name: str) -> None:
    table = PAGE[PAGE.index("| command | does |") : PAGE.index("### Answers")]
    assert re.search(rf"`{name}[ `\[]", table)


async def test_the_configuration_for_visual_studio_code_starts_a_login() -> None:
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.S)]
    extension, launching = blocks
    (configuration,) = launching["configurations"]
    known = extension["contributes"]["debuggers"][0]["configurationAttributes"]["launch"]
    assert configuration.keys() - {"type", "request", "name"} <= known["properties"].keys()
    assert configuration["type"] == extension["contributes"]["debuggers"][0]["type"]
    flow = configuration["flow"].replace("${workspaceFolder}", str(SAMPLE.parent))
    more = {"scenario": configuration["scenario"], "secrets": {"MY_SHARED_SECRET": SECRET}}
    async with editor() as client:
        await client.launch(SAMPLE.parent / flow, **more)
        await client.break_at(COLOUR, 12)
        await client.begin()
        assert (await client.stopped())["reason"] == "breakpoint"
        await client.leave()


def test_every_member_of_a_launch_is_described() -> None:
    code = ROOT / "runtime" / "loginwright_runtime" / "cli" / "debug_adapter" / "launching.py"
    read = re.findall(
        r'asked\.(?:flag|text|optional_text|members\.get)\("(\w+)"|_one_of\(asked, "(\w+)"',
        code.read_text(encoding="utf-8"),
    )
    names = {first or second for first, second in read} - {"noDebug"}
    assert len(names) == 9
    assert [name for name in sorted(names) if f"`{name}`" not in PAGE] == []
