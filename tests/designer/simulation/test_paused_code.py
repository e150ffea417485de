"""What is read of code that stands still, and what becomes of it when nobody looks any more."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from loginwright_designer.simulation.paused_code import PausedCode

if TYPE_CHECKING:
    from qasync import QEventLoop


def test_what_is_asked_for_just_before_the_end_is_given_up_quietly(qt_loop: QEventLoop) -> None:
    code = PausedCode(qt_loop)
    answers: list[object] = []
    code.answered.connect(answers.append)

    async def ask_and_close() -> None:
        code.evaluate("event.user")
        code.want("0:Local/event")
        await code.close()

    qt_loop.run_until_complete(ask_and_close())
    gc.collect()  # a coroutine that was never awaited would be told of here
    assert answers == []
