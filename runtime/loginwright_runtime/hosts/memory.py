"""How much memory a worker holds, where the system does not limit it for us."""

from __future__ import annotations

import ctypes
import sys

_PROC_PIDTASKINFO = 4


class _TaskInfo(ctypes.Structure):
    """The beginning of ``struct proc_taskinfo`` of macOS; the rest is not looked at."""

    _fields_ = (
        ("virtual_size", ctypes.c_uint64),
        ("resident_size", ctypes.c_uint64),
        ("rest", ctypes.c_uint64 * 10),
    )


def resident_bytes(pid: int) -> int | None:
    """Return the resident memory of a process, or None where it cannot be told."""
    readers = {"linux": _linux, "darwin": _macos}
    reader = readers.get(sys.platform)
    return None if reader is None else reader(pid)


def _linux(pid: int) -> int | None:
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            sizes = [line.split()[1] for line in status if line.startswith("VmRSS:")]
    except OSError:
        return None
    return int(sizes[0]) * 1024 if sizes else None


def _macos(pid: int) -> int | None:
    info = _TaskInfo()
    size = ctypes.sizeof(info)
    ask = ctypes.CDLL("/usr/lib/libproc.dylib").proc_pidinfo
    ask.argtypes = (
        *(ctypes.c_int, ctypes.c_int, ctypes.c_uint64),
        *(ctypes.c_void_p, ctypes.c_int),
    )
    filled = ask(pid, _PROC_PIDTASKINFO, 0, ctypes.byref(info), size)
    return int(info.resident_size) if filled == size else None
