"""Messages of the Debug Adapter Protocol, cut out of any bytes in any pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from hypothesis import given
from hypothesis import strategies as st

from json_strategies import json_objects
from loginwright_runtime.cli.debug_adapter.framing import (
    MOST_BYTES,
    MOST_HEADER_BYTES,
    Lost,
    Message,
    MessageCutter,
    Received,
    Unusable,
    framed,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject


def cut(data: bytes, size: int) -> list[Received]:
    """Feed bytes in pieces."""
    cutter = MessageCutter()
    pieces = (data[start : start + size] for start in range(0, len(data), size))
    return [one for piece in pieces for one in cutter.take(piece)]


@given(st.lists(json_objects, max_size=4), st.integers(1, 50))
def test_messages_come_out_as_they_went_in(messages: list[JsonObject], size: int) -> None:
    data = b"".join(framed(one) for one in messages)
    found = cut(data, size)
    assert [one.members for one in found if isinstance(one, Message)] == [
        orjson.loads(orjson.dumps(one)) for one in messages
    ]
    assert len(found) == len(messages)


@given(st.binary(max_size=400), st.integers(1, 50))
def test_any_bytes_are_judged_and_none_raise(data: bytes, size: int) -> None:
    for one in cut(data, size):
        assert isinstance(one, Message | Unusable | Lost)


@given(st.binary(max_size=60))
def test_a_body_that_is_no_object_loses_nothing_after_it(body: bytes) -> None:
    data = b"Content-Length: %d\r\n\r\n%s" % (len(body), body) + framed({"seq": 7})
    *_first, last = cut(data, 1000)
    assert last == Message({"seq": 7})


def test_other_headers_are_passed_over() -> None:
    data = b"Content-Type: x\r\ncontent-length:2\r\n\r\n{}"
    assert cut(data, 3) == [Message({})]


def test_a_body_that_is_too_long_is_passed_over_and_never_kept() -> None:
    cutter = MessageCutter()
    header = b"Content-Length: %d\r\n\r\n" % (MOST_BYTES + 1)
    assert [type(one) for one in cutter.take(header)] == [Unusable]
    for _ in range((MOST_BYTES + 1) // 1000):
        assert list(cutter.take(b"x" * 1000)) == []
    assert list(cutter.take(b"x" + framed({"seq": 1}))) == [Message({"seq": 1})]


def test_a_header_without_end_is_given_up() -> None:
    assert [type(one) for one in cut(b"x" * (MOST_HEADER_BYTES + 1), 512)] == [Lost]


def test_half_characters_of_an_action_are_sent_escaped() -> None:
    assert b'"\\ud800"' in framed({"value": "\ud800"})
