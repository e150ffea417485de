"""Starting a program without keeping Python's other threads waiting until it has been loaded.

``os.posix_spawn`` holds Python's lock until the new process runs its program, which takes a busy
machine milliseconds in which no event loop turns. The C library's function behind it, called by
``ctypes``, holds nothing.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import ctypes
    from collections.abc import Mapping, Sequence

Copies: TypeAlias = "Sequence[tuple[int, int]]"
"""Descriptors of this process, each with the one that it becomes in the new process."""

_SETPGROUP = 2
_ROOM = 1024
"""Bytes for a value of the C library whose size only its header tells; the largest takes 336."""


def spawn(argv: list[str], environment: Mapping[str, str], copies: Copies) -> int:
    """Start a program in a process group of its own, and return its process id.

    Its standard input is empty, and it has no descriptors but these: not those either that this
    process was started with and passes on, as a listening socket of a server may be. Ctrl-C in a
    terminal does not reach it: that is the parent's to handle.

    Raises:
        OSError: It cannot be run.
    """
    library = _c_library()
    if library is None:
        return _spawn_in_python(argv, environment, copies)
    sys.audit("os.posix_spawn", argv[0], argv, dict(environment))
    return _Spawning(library).spawn(argv, environment, copies)


def _spawn_in_python(argv: list[str], environment: Mapping[str, str], copies: Copies) -> int:
    actions: list[tuple[int, ...] | tuple[int, int, str, int, int]] = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        *((os.POSIX_SPAWN_DUP2, source, target) for source, target in copies),
        *((os.POSIX_SPAWN_CLOSE, other) for other in _passed_on(_first_above(copies))),
    ]
    return os.posix_spawn(argv[0], argv, environment, file_actions=actions, setpgroup=0)


def _first_above(copies: Copies) -> int:
    return max((target for _, target in copies), default=2) + 1


def _passed_on(first: int) -> list[int]:
    """Return the descriptors from ``first`` on that a new process would get."""
    folder = "/proc/self/fd" if sys.platform == "linux" else "/dev/fd"
    try:
        numbers = [int(name) for name in os.listdir(folder)]
    except OSError:
        return []
    return [number for number in numbers if number >= first and _is_passed_on(number)]


def _is_passed_on(number: int) -> bool:
    try:
        return os.get_inheritable(number)
    except OSError:
        return False  # It was the one that listed them.


def _c_library() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    try:
        import ctypes
    except ImportError:
        return None
    return ctypes.CDLL(None)


class _Spawning:
    """One call of the C library's ``posix_spawn``."""

    def __init__(self, library: ctypes.CDLL) -> None:
        import ctypes

        self._c = ctypes
        self._library = library

    def spawn(self, argv: list[str], environment: Mapping[str, str], copies: Copies) -> int:
        actions = self._c.create_string_buffer(_ROOM)
        attributes = self._c.create_string_buffer(_ROOM)
        self._do("posix_spawn_file_actions_init", actions)
        self._do("posix_spawnattr_init", attributes)
        try:
            self._prepare(actions, attributes, copies)
            pid = self._c.c_int()
            program = os.fsencode(argv[0])
            setting = [f"{name}={value}" for name, value in environment.items()]
            given = (self._texts(argv), self._texts(setting))
            code = self._library.posix_spawn(
                self._c.byref(pid), program, actions, attributes, *given
            )
        finally:
            self._library.posix_spawn_file_actions_destroy(actions)
            self._library.posix_spawnattr_destroy(attributes)
        if code:
            raise OSError(code, os.strerror(code), argv[0])
        return pid.value

    def _prepare(self, actions: object, attributes: object, copies: Copies) -> None:
        null = os.fsencode(os.devnull)
        self._do("posix_spawn_file_actions_addopen", actions, 0, null, os.O_RDONLY, 0)
        for source, target in copies:
            self._do("posix_spawn_file_actions_adddup2", actions, source, target)
        self._close_others(actions, _first_above(copies))
        self._do("posix_spawnattr_setflags", attributes, self._c.c_short(_SETPGROUP))
        self._do("posix_spawnattr_setpgroup", attributes, 0)

    def _close_others(self, actions: object, first: int) -> None:
        # In C libraries since glibc 2.34 at once, whatever other threads open meanwhile.
        if hasattr(self._library, "posix_spawn_file_actions_addclosefrom_np"):
            self._do("posix_spawn_file_actions_addclosefrom_np", actions, first)
            return
        for number in _passed_on(first):
            self._do("posix_spawn_file_actions_addclose", actions, number)

    def _do(self, name: str, *arguments: object) -> None:
        code: int = self._library[name](*arguments)
        if code:
            raise OSError(code, os.strerror(code))

    def _texts(self, texts: list[str]) -> ctypes.Array[ctypes.c_char_p]:
        encoded = [os.fsencode(text) for text in texts]
        if any(b"\0" in text for text in encoded):
            raise ValueError("An argument of a program cannot hold a zero byte.")
        return (self._c.c_char_p * (len(encoded) + 1))(*encoded, None)
