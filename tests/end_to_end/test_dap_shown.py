"""What a person sees of a debugged login in Visual Studio Code, found by debugging in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debug_clients import editor
from debugged_flows import javascript_flow

if TYPE_CHECKING:
    from pathlib import Path


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
