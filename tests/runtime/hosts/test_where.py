"""The line that is read out of the stack a worker prints when its time is up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.hosts.where import reported_line

NODE = b"""KEYBOARD_INTERRUPT: Script execution was interrupted by `SIGINT`
    at exports.spin (/flows/login/lib/spin.js:2:3)
    at /flows/login/actions/greet.js:7:16
    at exports.onExecutePostLogin (/flows/login/actions/greet.js:9:3)
    at invoke (file:///opt/node_worker.mjs:206:14)

"""
PYTHON = b"""Stack (most recent call first):
  File "/flows/login/lib/spin.py", line 2 in spin
  File "/flows/login/actions/greet.py", line 5 in on_execute_post_login
  File "/usr/lib/python3.11/asyncio/events.py", line 84 in _run
"""


@pytest.mark.parametrize(
    ("report", "file", "line"),
    [
        (NODE, "/flows/login/actions/greet.js", 7),
        (NODE, "/flows/login/lib/spin.js", 2),
        (NODE, "/flows/login/actions/other.js", None),
        (NODE, "/login/actions/greet.js", None),
        (PYTHON, "/flows/login/actions/greet.py", 5),
        (PYTHON, "/login/actions/greet.py", None),
        (b"", "/flows/login/actions/greet.js", None),
    ],
)
def test_the_nearest_frame_in_the_file_counts(report: bytes, file: str, line: int | None) -> None:
    assert reported_line(report, file) == line


def test_a_folder_may_have_any_name() -> None:
    file = "/flows/Käufer (neu) 買/a.js"
    assert reported_line(f"    at f ({file}:3:1)\n".encode(), file) == 3
    python = rb'  File "/flows/K\xe4ufer (neu) \u8cb7/a.js", line 4 in f'
    assert reported_line(python, file) == 4


@given(st.binary(), st.text(max_size=40))
def test_whatever_a_worker_prints_can_be_read(report: bytes, file: str) -> None:
    line = reported_line(report, file)
    assert line is None or line >= 1
