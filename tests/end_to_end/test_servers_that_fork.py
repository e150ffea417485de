"""Engines in servers that fork or have several event loops: what cannot work says so at once."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import asyncio, json, os, sys
import loginwright_runtime as lw

folder, how = sys.argv[1:]
store = lw.SqliteStore(folder + "/store/logins.db")
engine = lw.FlowEngine(
    lw.load_flow(folder + "/flow"),
    users=lw.MemoryUserStore([{"user_id": "auth0|0001"}]),
    suspensions=store.suspensions,
    secrets=lw.MappingSecrets({}),
    hostnames={"login.example.com"},
    store_keys=[bytes(32)],
)
request = lw.LoginRequest(
    user_id="auth0|0001", client=lw.Client(client_id="spa"), browser=lw.NoBrowser()
)


async def login():
    outcome = await asyncio.wait_for(engine.start(request), 60)
    return outcome.error.description if outcome.error else outcome.status


async def open_store():
    try:
        await asyncio.wait_for(store.open(), 60)
    except lw.StoreError as error:
        return str(error)
    return "open"


async def close():
    await engine.aclose()
    await store.aclose()


async def in_child():
    said = [await open_store(), await login()]
    await close()
    return said


async def close_elsewhere():
    try:
        await engine.aclose()
    except lw.HostError as error:
        return str(error)


loop = asyncio.new_event_loop()
said = {}
if how != "unused":
    said["before"] = [loop.run_until_complete(open_store()), loop.run_until_complete(login())]
if how == "two loops":
    said["other loop"] = [asyncio.run(login()), asyncio.run(close_elsewhere())]
else:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        said = (loop.run_until_complete if how == "same loop" else asyncio.run)(in_child())
        os.write(writing, json.dumps(said).encode())
        os._exit(0)
    os.waitpid(child, 0)
    said["child"] = json.loads(os.read(reading, 65536))
said["after"] = loop.run_until_complete(login())
loop.run_until_complete(close())
loop.close()
print(json.dumps(said))
"""
FLOW = {
    "format": "loginwright/flow@1",
    "name": "Leave",
    "trigger": "post-login",
    "actions": [{"id": "leave", "name": "Leave", "code": "actions/leave.py"}],
}
ACTION = """
def on_execute_post_login(event, api):
    api.redirect.send_user_to("https://my-app.example.com")
"""
FORKED = (
    "The workers belong to the process that this one was forked from. "
    "Make a FlowEngine in each process, after the fork."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    actions = tmp_path / "flow" / "actions"
    actions.mkdir(parents=True)
    (actions / "leave.py").write_text(ACTION, encoding="utf-8")
    (tmp_path / "flow" / "flow.json").write_text(json.dumps(FLOW), encoding="utf-8")
    return tmp_path


def run(folder: Path, how: str) -> dict[str, object]:
    """Return what a server said that forks, or changes its event loop, so."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), how],
        env={"PYTHONPATH": str(ROOT / "runtime"), "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    said: dict[str, object] = json.loads(ran.stdout)
    return said


def test_an_engine_that_was_made_before_a_fork_runs_logins_in_the_child(folder: Path) -> None:
    assert run(folder, "unused") == {"child": ["open", "suspended"], "after": "suspended"}


@pytest.mark.parametrize("how", ["new loop", "same loop"])
def test_an_engine_that_was_used_before_a_fork_says_so_in_the_child_and_goes_on_in_the_parent(
    folder: Path, how: str
) -> None:
    opened = (
        f"The store {folder / 'store' / 'logins.db'} was opened before this process was forked. "
        "Open a SqliteStore in each process, after the fork."
    )
    assert run(folder, how) == {
        "before": ["open", "suspended"],
        "child": [opened, FORKED],
        "after": "suspended",
    }


def test_an_engine_that_is_used_in_a_second_event_loop_says_so_and_goes_on_in_the_first(
    folder: Path,
) -> None:
    elsewhere = (
        "The workers belong to another event loop. "
        "Make a FlowEngine in each event loop, or run every login in the first one."
    )
    assert run(folder, "two loops") == {
        "before": ["open", "suspended"],
        "other loop": [elsewhere, elsewhere],
        "after": "suspended",
    }
