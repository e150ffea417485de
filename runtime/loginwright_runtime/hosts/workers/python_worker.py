"""Starts a Python worker: fences its process in, then serves one flow until the parent leaves.

Run as ``python -I python_worker.py`` with the descriptors that ``hosts/messages.py`` describes.
Only the standard library and the ``python_*.py`` files beside this one are loaded; they are found
under the package name they have outside, through stand-ins that leave the package itself unread.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import time
import types

_PR_SET_NO_NEW_PRIVS = 38
_KEPT_VARIABLES = frozenset({"LANG", "LC_CTYPE", "PATH", "TZ"})


def fence_in() -> None:
    """Give up what no action needs: privileges, core dumps, environment, standard input.

    security.md 20. The parent sets the memory limit and hands over a stripped environment; what
    the interpreter or a wrapper added to it goes here.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in tuple(os.environ):
        if name not in _KEPT_VARIABLES:
            del os.environ[name]
    os.environ["TZ"] = "UTC"
    time.tzset()
    sys.stdin = None
    sys.argv = [""]


def stand_in(name: str, *folders: str) -> None:
    """Put an empty package into ``sys.modules`` that finds its modules in ``folders`` only."""
    module = types.ModuleType(name)
    module.__path__ = list(folders)
    sys.modules[name] = module


def main() -> None:
    """Serve the parent; returns never, the process ends with it."""
    fence_in()
    stand_in("loginwright_runtime")
    stand_in("loginwright_runtime.hosts")
    stand_in("loginwright_runtime.hosts.workers", os.path.dirname(os.path.realpath(__file__)))
    # Not at the top: the files beside this one are found only from here on.
    from loginwright_runtime.hosts.workers.python_session import serve

    serve()


if __name__ == "__main__":
    main()
