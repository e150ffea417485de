"""Why a worker died, in a sentence."""

from __future__ import annotations

import os
import signal

_OUT_OF_MEMORY = (b"heap out of memory", b"Fatal process out of memory", b"Fatal JavaScript")
_NO_CONNECTION = 70
_UNCONNECTED = "The worker lost its connection to the engine; its descriptors were closed."


def how_it_died(status: int | None, output: bytes) -> str:
    """Return one sentence on the end of a worker.

    Args:
        status: Its wait status; None where it closed its descriptors, went on and was killed.
        output: The last it printed; V8 says there when it ran out of memory.
    """
    if any(sign in output for sign in _OUT_OF_MEMORY):
        return "The worker ran out of memory."
    if status is None:
        return _UNCONNECTED
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return f"The worker was killed by {_signal_name(number)}."
    code = os.waitstatus_to_exitcode(status)
    if code == _NO_CONNECTION:
        return _UNCONNECTED
    return f"The worker ended with exit status {code}."


def last_line(output: bytes) -> str:
    """Return the last line a process printed, which says why it could not start."""
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip() if lines else ""


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
