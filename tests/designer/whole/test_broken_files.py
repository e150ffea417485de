"""Broken folders, scenarios and traces open as far as they can be read (issue 3, 7)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog

from flow_folders import JAVASCRIPT, action, document, write_files, write_folder
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.simulation import states
from window_states import given

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from designer_driver import Driver

FLOW = json.dumps(document(action())).encode()
CODE = {"actions/colour.js": JAVASCRIPT}

READ_IN_PART: Mapping[str, Mapping[str, bytes]] = {
    "a member of flow.json is of another type": {
        **CODE,
        "flow.json": json.dumps(document(action(enabled="yes"))).encode(),
    },
    "a member is not known": {
        **CODE,
        "flow.json": json.dumps(document(action(), colour="teal")).encode(),
    },
    "the code of an action is not there": {"flow.json": FLOW},
    "the code of an action is no text": {
        "flow.json": FLOW,
        "actions/colour.js": b"\xff\xfe\x00exports",
    },
    "the code does not parse": {"flow.json": FLOW, "actions/colour.js": b"exports.on = (\n"},
    "two actions have one id": {
        **CODE,
        "flow.json": json.dumps(document(action(), action())).encode(),
    },
    "a scenario is cut off": {
        **CODE,
        "flow.json": FLOW,
        "scenarios/cut.json": b'{"format": "loginwright/scenario@1", "name": "Cu',
    },
    "a scenario has wrong types": {
        **CODE,
        "flow.json": FLOW,
        "scenarios/odd.json": b'{"format": "loginwright/scenario@1", "name": 4, "resume": "x"}',
    },
}
NOT_READ: Mapping[str, bytes] = {
    "cut off": b'{"format": "loginwright/flow@1", "actions": [',
    "no object": b"[]",
    "no text": b"\xff\xfe\x00\x01",
    "deep": b"[" * 5000,
    "empty": b"",
}
TRACES: Mapping[str, bytes] = {
    "empty": b"",
    "no JSON": b"not a trace\n",
    "cut off": b'{"format": "loginwright/trace@1"}\n{"seq": 1, "kind": "ac',
    "of something else": b'{"format": "something/else@1"}\n',
    "no text": b"\xff\xfe\x00\x01",
}


@pytest.mark.parametrize("broken", READ_IN_PART)
def test_a_folder_opens_as_far_as_it_can_be_read(
    start: Callable[..., Driver], home: Path, broken: str, crashes: list[object]
) -> None:
    folder = home / "broken"
    write_files(folder, READ_IN_PART[broken])
    FolderTrust().trust(folder)
    desk = start()
    before = desk.bench.flow

    desk.inside(lambda: desk.bench.opening.open(folder))
    desk.until(lambda: desk.bench.flow not in {None, before})
    desk.until(lambda: bool(desk.flow.session.document.problems.problems))
    given(desk, CommandId.SHOW_PROBLEMS)
    assert desk.views.bottom.problems.counts.total > 0
    given(desk, CommandId.NEXT_PROBLEM)

    desk.press("F5")
    desk.until(lambda: not isinstance(desk.state, states.Running))
    assert crashes == []


@pytest.mark.parametrize("broken", NOT_READ)
def test_a_folder_that_cannot_be_read_says_why_and_the_open_flow_stays(
    start: Callable[..., Driver], home: Path, broken: str, crashes: list[object]
) -> None:
    folder = write_folder(home / "broken")
    (folder / "flow.json").write_bytes(NOT_READ[broken])
    desk = start()
    before = desk.bench.flow

    desk.inside(lambda: desk.bench.opening.open(folder))
    desk.until(lambda: bool(desk.window.toasts.texts) or desk.bench.flow not in {None, before})
    if desk.bench.flow is before:
        assert "broken" in " ".join(desk.window.toasts.texts)
    else:
        desk.until(lambda: bool(desk.flow.session.document.problems.problems))
    assert crashes == []


@pytest.mark.parametrize("broken", TRACES)
def test_a_trace_that_cannot_be_read_says_why(
    start: Callable[..., Driver],
    home: Path,
    broken: str,
    crashes: list[object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trace = home / "login.trace"
    trace.write_bytes(TRACES[broken])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(trace), ""))
    desk = start()

    given(desk, CommandId.OPEN_TRACE)
    desk.until(lambda: bool(desk.window.toasts.texts))
    assert any("login.trace" in text for text in desk.window.toasts.texts)
    assert isinstance(desk.state, states.Idle | states.Failed)  # it stopped where it was cut
    assert crashes == []
