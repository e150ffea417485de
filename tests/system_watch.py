"""Notes what the process asks of the system: new processes, addresses, sockets."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

TELLING: Final = frozenset(
    {
        "subprocess.Popen",
        "os.posix_spawn",
        "os.fork",
        "os.forkpty",
        "os.exec",
        "os.system",
        "os.startfile",
        "socket.bind",
        "socket.connect",
        "socket.sendto",
        "socket.getaddrinfo",
        "webbrowser.open",
    }
)

_open: list[list[str]] = []


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if _open and event in TELLING:
        for noted in _open:
            noted.append(f"{event} {_words(arguments)}")


def _words(arguments: tuple[object, ...]) -> str:
    """Say what was asked; of a process its arguments, told from one another by spaces."""
    parts = (one if isinstance(one, list | tuple) else [one] for one in arguments[:2])
    return " ".join(str(word) for part in parts for word in part)


sys.addaudithook(_note)  # Python has no way to take it back; it does nothing while nobody looks


@contextmanager
def asked_of_the_system() -> Iterator[list[str]]:
    """Yield what is asked from now on, as it is asked."""
    noted: list[str] = []
    _open.append(noted)
    try:
        yield noted
    finally:
        _open.remove(noted)
