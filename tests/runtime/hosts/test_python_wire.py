"""The Python worker's side of the wire: whole frames, in order, whoever sends meanwhile."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from loginwright_runtime.hosts import messages
from loginwright_runtime.hosts.process_start import Command, start_process
from loginwright_runtime.hosts.workers import python_wire
from loginwright_runtime.hosts.workers.python_wire import LineReader, ReplyChannel, utf8

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Parent:
    """The other end of a channel."""

    channel: ReplyChannel
    rpc: socket.socket
    aside: int

    def heard(self) -> list[bytes]:
        """Frames that came over the socket."""
        return self.rpc.recv(1_000_000).splitlines()

    def found_aside(self) -> list[bytes]:
        """Frames that were put aside."""
        return os.read(self.aside, 1_000_000).splitlines()


@pytest.fixture
def parent() -> Iterator[Parent]:
    with ExitStack() as stack:
        ours, theirs = socket.socketpair()
        stack.enter_context(ours)
        stack.enter_context(theirs)
        reading, writing = os.pipe()
        stack.callback(os.close, reading)
        stack.callback(os.close, writing)
        os.set_blocking(reading, False)
        yield Parent(ReplyChannel(theirs.fileno(), writing), ours, reading)


def test_numbers_of_both_sides_agree() -> None:
    for name in ("CTL_DESCRIPTOR", "RPC_DESCRIPTOR", "ASIDE_DESCRIPTOR", "ASIDE_BYTES"):
        assert getattr(python_wire, name) == getattr(messages, name)


@given(st.lists(st.binary().map(lambda line: line.replace(b"\n", b"")), max_size=5), st.data())
def test_lines_are_found_wherever_a_stream_is_cut(lines: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(line + b"\n" for line in lines)
    reading, writing = os.pipe()
    reader = LineReader(reading)
    found: list[bytes] = []
    try:
        while stream:
            size = data.draw(st.integers(1, len(stream)))
            os.write(writing, stream[:size])
            stream = stream[size:]
            reader.fill()
            while (line := reader.next_line()) is not None:
                found.append(bytes(line))
    finally:
        os.close(reading)
        os.close(writing)
    assert found == lines


@given(st.text())
def test_any_text_can_be_sent(text: str) -> None:
    utf8(text).decode("utf-8")


def test_surrogates_that_belong_together_become_their_character() -> None:
    assert utf8("\ud83d\ude00 \ud83d") == "😀 �".encode()


def test_reply_is_read_after_the_call(parent: Parent) -> None:
    parent.rpc.sendall(b'{"value":1}\n')
    assert parent.channel.ask(b"call") == {"value": 1}
    assert parent.heard() == [b"call"]


def test_frame_that_needs_no_reply_is_put_aside(parent: Parent) -> None:
    parent.channel.open_aside()
    parent.channel.put_aside(b"call")
    parent.channel.send(b"done")
    assert parent.found_aside() == [b"call"]
    assert parent.heard() == [b"done"]


def test_nothing_is_put_aside_before_a_run_and_after_it(parent: Parent) -> None:
    parent.channel.put_aside(b"before")
    parent.channel.open_aside()
    parent.channel.close_aside()
    parent.channel.put_aside(b"after")
    assert parent.heard() == [b"before", b"after"]


def test_frames_go_over_the_socket_once_one_has_until_a_reply_has_come(parent: Parent) -> None:
    parent.channel.open_aside()
    parent.channel.put_aside(b"x" * python_wire.ASIDE_BYTES)
    parent.channel.put_aside(b"small")
    assert [len(frame) for frame in parent.heard()] == [python_wire.ASIDE_BYTES, 5]
    parent.rpc.sendall(b'{"value":1}\n')
    parent.channel.ask(b"call")
    parent.channel.put_aside(b"aside again")
    assert parent.found_aside() == [b"aside again"]


def test_pipe_is_never_filled_so_far_that_writing_to_it_would_block(parent: Parent) -> None:
    parent.channel.open_aside()
    for _ in range(400):
        parent.channel.put_aside(b"x" * 50)
    assert sum(len(frame) + 1 for frame in parent.found_aside()) <= python_wire.ASIDE_BYTES


def test_question_of_a_signal_is_answered_while_a_reply_is_awaited(parent: Parent) -> None:
    parent.rpc.sendall(b'{"value":')

    class Interrupted(LineReader):
        @override
        def fill(self) -> None:
            super().fill()
            parent.channel.send_from_signal(b"where")
            parent.rpc.sendall(b"1}\n")

    parent.channel._replies = Interrupted(parent.channel._rpc)
    assert parent.channel.ask(b"call") == {"value": 1}
    assert parent.heard()[:2] == [b"call", b"where"]


def test_finalizer_speaks_after_the_call_it_came_in_between(parent: Parent) -> None:
    parent.rpc.sendall(b'{"value":1}\n')

    class Finalizing(LineReader):
        @override
        def fill(self) -> None:
            super().fill()
            parent.channel.put_aside(b"log")
            with pytest.raises(RuntimeError, match="another call of it is under way"):
                parent.channel.ask(b"call in between")

    parent.channel._replies = Finalizing(parent.channel._rpc)
    parent.channel.ask(b"call")
    assert parent.heard() == [b"call", b"log"]


def test_reply_that_nobody_read_is_not_taken_for_the_next_calls(parent: Parent) -> None:
    parent.rpc.sendall(b'{"value":1}\n{"value":2}\n')

    class Overflowing(LineReader):
        @override
        def fill(self) -> None:
            raise RecursionError

    readable, parent.channel._replies = parent.channel._replies, Overflowing(0)
    with pytest.raises(RecursionError):
        parent.channel.ask(b"first")
    parent.channel._replies = readable
    assert parent.channel.ask(b"second") == {"value": 2}


def test_worker_ends_when_its_parent_leaves() -> None:
    program = str(Path(python_wire.__file__).with_name("python_worker.py"))
    process = start_process(Command([sys.executable, "-I", program], 512))
    process.ctl.close()
    _, status = os.waitpid(process.pid, 0)
    process.close()
    assert os.waitstatus_to_exitcode(status) == 0
