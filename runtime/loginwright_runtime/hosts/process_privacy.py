"""Keeps other processes of the same user out of this one's memory (security.md 20)."""

from __future__ import annotations

import ctypes
import os
import sys

DUMPABLE_VARIABLE = "LOGINWRIGHT_DUMPABLE"
_PR_SET_DUMPABLE = 4


def keep_process_private() -> None:
    """Refuse debuggers and readers of ``/proc/<pid>``, so that no action reads secrets there.

    Linux only; ``exec`` takes it back. ``LOGINWRIGHT_DUMPABLE=1`` leaves the process as it is, for
    whoever debugs Loginwright itself.
    """
    if sys.platform != "linux" or os.environ.get(DUMPABLE_VARIABLE) == "1":
        return
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
