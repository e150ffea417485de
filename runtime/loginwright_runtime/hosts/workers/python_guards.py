"""Guard rails inside a Python worker: what an action should not reach, refused with a reason.

They stop mistakes, not attackers: an audit hook can be undone from within (security.md 19). Refused
are other processes, files outside the interpreter and the flow, any write, and, with ``network``
``none``, every connection.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING, NoReturn, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Arguments: TypeAlias = "tuple[object, ...]"

_READABLE = (
    "/dev/null",
    "/dev/random",
    "/dev/urandom",
    "/etc/ca-certificates",
    "/etc/hosts",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/nsswitch.conf",
    "/etc/pki",
    "/etc/resolv.conf",
    "/etc/services",
    "/etc/ssl",
    "/private/etc/ssl",
    "/usr/lib/ssl",
    "/usr/local/share/ca-certificates",
    "/usr/share/ca-certificates",
    "/usr/share/zoneinfo",
)
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PROCESS_EVENTS = (
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.kill",
    "os.killpg",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "pty.spawn",
    "signal.pthread_kill",
    "subprocess.Popen",
)
_CHANGE_EVENTS = (
    "os.chflags",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.removexattr",
    "os.rename",
    "os.rmdir",
    "os.setxattr",
    "os.symlink",
    "os.truncate",
    "os.utime",
)
_LIMIT_EVENTS = ("resource.prlimit", "resource.setrlimit")
_LOG_EVENTS = ("syslog.openlog", "syslog.syslog")
# What makes files, reaches other processes or ends this one, and announces itself by no event.
_SILENT = (
    *("_exit", "abort", "mkfifo", "mknod", "pidfd_open", "setpriority"),
    *("sched_setaffinity", "sched_setparam", "sched_setscheduler"),
)
_ENDS = ("_exit", "abort")
_LIST_EVENTS = ("os.listdir", "os.scandir")
_NETWORK_EVENTS = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyaddr",
    "socket.gethostbyname",
    "socket.sendmsg",
    "socket.sendto",
)


class Guards:
    """Refuses what the audit events of the interpreter announce.

    Attributes:
        network: Whether the running handler may open connections.
    """

    def __init__(self, flow_files: Iterable[str]) -> None:
        """Prepare the rules; ``flow_files`` are the names under which the flow's code may be read.

        Nothing is refused before ``install``.
        """
        self.network = True
        self._readable = {*_READABLE, *flow_files}
        for folder in (sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path):
            if folder:
                self._readable |= {os.path.abspath(folder), os.path.realpath(folder)}
        self._rules: dict[str, Callable[[str, Arguments], None]] = {
            "open": self._open,
            "socket.bind": self._bind,
            "sqlite3.connect": self._database,
            **dict.fromkeys(_PROCESS_EVENTS, self._process),
            **dict.fromkeys(_CHANGE_EVENTS, self._change),
            **dict.fromkeys(_LIMIT_EVENTS, self._limit),
            **dict.fromkeys(_LIST_EVENTS, self._list),
            **dict.fromkeys(_LOG_EVENTS, self._log),
            **dict.fromkeys(_NETWORK_EVENTS, self._connect),
        }

    def install(self) -> None:
        """Begin to refuse, for good: an audit hook cannot be taken back."""
        rules = self._rules

        def audit(event: str, arguments: Arguments) -> None:
            rule = rules.get(event)
            if rule is not None:
                rule(event, arguments)

        sys.addaudithook(audit)
        for name in _SILENT:
            if hasattr(os, name):
                setattr(os, name, _refuse_to_exit if name in _ENDS else _refuser(name))

    def _process(self, event: str, _arguments: Arguments) -> None:
        raise _refused(
            f"An action cannot start, signal or replace a process ({event}). "
            "Let a service do that and call it."
        )

    def _limit(self, event: str, _arguments: Arguments) -> None:
        raise _refused(f"An action cannot change limits ({event}).")

    def _change(self, event: str, arguments: Arguments) -> None:
        raise _refused(f"An action cannot change files ({event})", arguments[0])

    def _database(self, _event: str, arguments: Arguments) -> None:
        if arguments[0] not in (":memory:", "", b":memory:", b""):
            raise _refused("An action can open databases in memory only", arguments[0])

    def _bind(self, event: str, arguments: Arguments) -> None:
        if isinstance(arguments[1], (str, bytes)):
            raise _refused(f"An action cannot change files ({event})", arguments[1])

    def _log(self, event: str, _arguments: Arguments) -> None:
        raise _refused(f"An action cannot write into the system's log ({event}); print instead.")

    def _list(self, _event: str, arguments: Arguments) -> None:
        if arguments[0] is None or not self._may_read(arguments[0]):
            raise _refused("An action can list the folders of its packages only", arguments[0])

    def _open(self, _event: str, arguments: Arguments) -> None:
        path, _mode, flags = arguments
        if _file_name(path) == os.devnull:
            return
        if isinstance(flags, int) and flags & _WRITE_FLAGS and not isinstance(path, int):
            raise _refused("An action cannot write files", path)
        if not self._may_read(path):
            raise _refused("An action can read its flow's code and its packages only", path)

    def _may_read(self, path: object) -> bool:
        given = _file_name(path)
        if given is None:
            return True
        # The name alone does not tell what a relative one is relative to (``dir_fd``).
        if not os.path.isabs(given):
            return False
        name = os.path.abspath(given)
        return self._is_below(name) and self._is_below(os.path.realpath(name))

    def _is_below(self, name: str) -> bool:
        while name not in self._readable:
            above: str = os.path.dirname(name)
            if above == name:
                return False
            name = above
        return True

    def _connect(self, event: str, arguments: Arguments) -> None:
        if not self.network:
            where = _destination(event, arguments)
            error = ConnectionRefusedError(
                f"This run has no network ('network' is 'none'), so {where} cannot be reached. "
                "Set 'network' to 'open' in the scenario or on the command line to allow it."
            )
            error.errno = errno.ECONNREFUSED
            raise error


def _destination(event: str, arguments: Arguments) -> str:
    """Return the host an audit event of ``socket`` is about, in words."""
    place: object = arguments[-1]
    if event == "socket.getaddrinfo":
        place = arguments[:2]
    elif event.startswith("socket.get"):
        place = arguments[0]
    if isinstance(place, tuple):
        parts = cast("Arguments", place)[:2]
        return ":".join(str(part) for part in parts if part is not None)
    return place if isinstance(place, str) else "the address"


def _refused(reason: str, path: object = None) -> PermissionError:
    """Return the error for an operation; its message is the reason alone, without a number."""
    name = _file_name(path)
    error = PermissionError(reason if name is None else f"{reason}, not {name!r}.")
    error.errno = errno.EACCES
    return error


def _file_name(path: object) -> str | None:
    """Return a path as text; None for a descriptor.

    Of a subclass only what it holds counts, not what it says of itself.
    """
    if isinstance(path, str):
        return str.__str__(path)
    if isinstance(path, bytes):
        return os.fsdecode(bytes.__getitem__(path, slice(None)))
    return os.fsdecode(cast("str", path)) if isinstance(path, os.PathLike) else None


def _refuser(name: str) -> Callable[..., NoReturn]:
    def refuse(*_arguments: object, **_named: object) -> NoReturn:
        raise _refused(f"An action cannot change files or other processes (os.{name}).")

    return refuse


def _refuse_to_exit(*_arguments: object) -> NoReturn:
    raise _refused("An action cannot end its process; return from the handler instead.")
