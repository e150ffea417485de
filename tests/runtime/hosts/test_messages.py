"""Frames of a worker are read into values, or refused without telling their content."""

from __future__ import annotations

from contextlib import suppress

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from json_strategies import json_values
from loginwright_runtime.api.call import WorkerCall
from loginwright_runtime.hosts.frame_members import BadFrame
from loginwright_runtime.hosts.messages import (
    FRAME_BYTES,
    BeganFrame,
    CallFrame,
    DoneFrame,
    LateFrame,
    LogFrame,
    MissingFrame,
    ReadyFrame,
    ThrewFrame,
    WhereFrame,
    WorkerFrame,
    decode_frame,
)

RUN = "0" * 32
CALL = {
    "type": "call",
    "run": RUN,
    "method": "access.deny",
    "args": ["no"],
    "line": 3,
    "waits": False,
}
THREW = {
    "type": "threw",
    "run": RUN,
    "name": "TypeError",
    "message": "wrong",
    "stack": ["actions/x.js:1:2"],
    "line": 1,
    "missing_package": None,
    "uncaught": False,
    "duration_ms": 0.5,
}
FRAMES: list[tuple[dict[str, object], WorkerFrame]] = [
    ({"type": "ready", "version": "v24.0.0"}, ReadyFrame("v24.0.0")),
    ({"type": "began", "run": RUN}, BeganFrame(RUN)),
    (CALL, CallFrame(RUN, WorkerCall("access.deny", ["no"], 3), waits=False)),
    (
        CALL | {"line": None, "waits": True},
        CallFrame(RUN, WorkerCall("access.deny", ["no"], None), waits=True),
    ),
    (
        {"type": "log", "run": RUN, "level": "warn", "text": "ä", "line": None},
        LogFrame(RUN, "warn", "ä", None),
    ),
    ({"type": "done", "run": RUN, "duration_ms": 2}, DoneFrame(RUN, 2.0)),
    (
        THREW,
        ThrewFrame(RUN, "TypeError", "wrong", ("actions/x.js:1:2",), 1, duration_ms=0.5),
    ),
    (
        THREW | {"missing_package": "axios", "uncaught": True, "stack": [], "line": None},
        ThrewFrame(RUN, "TypeError", "wrong", (), None, "axios", uncaught=True, duration_ms=0.5),
    ),
    ({"type": "missing", "run": RUN, "exported": ["a", "b"]}, MissingFrame(RUN, ("a", "b"))),
    ({"type": "late", "run": RUN, "message": "Error: x"}, LateFrame(RUN, "Error: x")),
    ({"type": "where", "run": RUN, "line": 7}, WhereFrame(RUN, 7)),
]


@pytest.mark.parametrize(("frame", "expected"), FRAMES)
def test_each_frame_is_read_into_its_value(frame: dict[str, object], expected: WorkerFrame) -> None:
    assert decode_frame(orjson.dumps(frame)) == expected


WRONG: dict[str, list[object]] = {
    "type": [None, "", "reply", 5, ["call"]],
    "run": [None, 5, [RUN]],
    "version": [None, 24],
    "method": [None, 1],
    "args": [None, {}, "x"],
    "line": [0, -1, 1.5, "3", True],
    "waits": [None, 0, "false"],
    "level": ["loud", None, 1],
    "text": [None, 1],
    "duration_ms": [None, -1, "1", True, False],
    "name": [None, 1],
    "message": [None, 1],
    "stack": [None, [1], "x"],
    "missing_package": [1, []],
    "uncaught": [None, 1],
    "exported": [None, [None], "x"],
}


@pytest.mark.parametrize(("frame", "_expected"), FRAMES)
def test_each_member_is_checked(frame: dict[str, object], _expected: WorkerFrame) -> None:
    for member in frame:
        for wrong in WRONG[member]:
            with pytest.raises(BadFrame):
                decode_frame(orjson.dumps(frame | {member: wrong}))
        if member not in ("line", "missing_package"):
            with pytest.raises(BadFrame):
                decode_frame(orjson.dumps({key: frame[key] for key in frame if key != member}))


@pytest.mark.parametrize("line", [b"", b"null", b"[]", b"{", b'"ready"', b"\xff", b'{"a": NaN}'])
def test_what_is_no_object_is_refused(line: bytes) -> None:
    with pytest.raises(BadFrame):
        decode_frame(line)


def test_frame_that_is_too_long_is_refused_before_it_is_read() -> None:
    text = "x" * FRAME_BYTES
    with pytest.raises(BadFrame, match="longer than 1048576 bytes"):
        decode_frame(orjson.dumps({"type": "late", "run": RUN, "message": text}))


@given(json_values)
def test_any_json_is_read_or_refused(value: object) -> None:
    with suppress(BadFrame):
        decode_frame(orjson.dumps(value))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(line: bytes) -> None:
    with pytest.raises(BadFrame):
        decode_frame(line)


@given(st.sampled_from(FRAMES), st.sampled_from(sorted(WRONG)), json_values)
def test_refusal_does_not_tell_what_came(
    frame: tuple[dict[str, object], WorkerFrame], member: str, value: object
) -> None:
    told = ""
    try:
        decode_frame(orjson.dumps(frame[0] | {member: ["s3cret", value]}))
    except BadFrame as error:
        told = str(error)
    assert "s3cret" not in told


def test_frames_do_not_show_what_an_action_said() -> None:
    shown = repr([decode_frame(orjson.dumps(frame)) for frame, _ in FRAMES])
    assert "ä" not in shown
    assert "wrong" not in shown
