"""Work that is done beside something else."""

from __future__ import annotations

import threading

import pytest

from loginwright_runtime.cli.meanwhile import meanwhile


async def test_the_work_is_done_beside_the_block() -> None:
    came = threading.Event()
    go = threading.Event()

    def work() -> None:
        came.set()
        assert go.wait(60)

    async with meanwhile(work):
        go.set()
    assert came.is_set()


async def test_the_block_ends_only_when_the_work_has_ended() -> None:
    done: list[str] = []
    async with meanwhile(lambda: done.append("work")):
        pass
    assert done == ["work"]


async def test_an_error_of_the_block_comes_out_as_it_is() -> None:
    done: list[str] = []
    with pytest.raises(LookupError):
        async with meanwhile(lambda: done.append("work")):
            raise LookupError
    assert done == ["work"]
