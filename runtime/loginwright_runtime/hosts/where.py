"""How a worker whose time is up is asked where its code is, and what it prints in answer.

Code that never returns cannot answer in a frame. What can is the language itself, when a signal
comes: Node (``--trace-sigint``) prints its stack and ends, Python's ``faulthandler`` prints its
stack, also while C code runs. Both write to the worker's output, which is untrusted as its frames
are: all it can do is name another line of the action that is stopped.
"""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Language

REPORT_BYTES = 65536
_ANSWERED_BY = {"javascript": signal.SIGINT, "python": signal.SIGUSR1}


def where_signal(language: Language) -> signal.Signals:
    """Return the signal that a worker of a language answers with where its code is."""
    return _ANSWERED_BY[language]


def reported_line(report: bytes, file: str) -> int | None:
    """Return the line of the nearest frame in a file, or None where no frame is in it.

    Args:
        report: What the worker has printed since it got the signal.
        file: The name of the action's file for its language, ``<root>/<path>``.
    """
    javascript = re.escape(file.encode("utf-8", "replace"))
    python = re.escape(file.encode("ascii", "backslashreplace"))
    frame = rb'^ +(?:at (?:.* \()?%b:([1-9]\d{0,8}):\d+\)?|File "%b", line ([1-9]\d{0,8}) in .*)$'
    found = re.search(frame % (javascript, python), report, re.MULTILINE)
    return int(found[1] or found[2]) if found else None
