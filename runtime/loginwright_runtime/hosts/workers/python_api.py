"""``api`` as a Python action sees it, made from the method table that the parent sends."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Protocol, TypeAlias

from loginwright_runtime.hosts.workers.python_arguments import Method, arrange
from loginwright_runtime.hosts.workers.python_event import snake_case
from loginwright_runtime.hosts.workers.python_override import override

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping

Value: TypeAlias = object


class Error(Exception):
    """What an api method raises when the platform's would throw an ``Error``.

    Actions catch it as ``api.Error``; a wrong argument raises TypeError instead.
    """

    __module__ = "loginwright_runtime"


class Caller(Protocol):
    """Forwards the calls of one handler call to the parent."""

    def call(self, method: Method, args: list[object]) -> Value:
        """Return what the call answers; raises what it throws."""
        ...


class Answered:
    """What a method answered that gives a Promise in JavaScript: ``await`` it for the value.

    The call has been made already. An error is raised by ``await``; one that nobody awaits ends
    the handler as an unhandled rejection does.
    """

    __slots__ = ("_error", "_method", "_value", "awaited")

    def __init__(self, method: str, value: Value, error: Exception | None) -> None:
        """Hold the value, or the error that ``await`` raises."""
        self._method = method
        self._value = value
        self._error = error
        self.awaited = False

    @property
    def unawaited_error(self) -> Exception | None:
        """The error that nobody has seen yet."""
        return None if self.awaited else self._error

    def __await__(self) -> Generator[None, None, Value]:
        self.awaited = True
        yield from ()  # nothing to wait for; makes this the generator that ``await`` wants
        if self._error is not None:
            raise self._error
        return self._value

    def __getattr__(self, name: str) -> Value:
        raise AttributeError(
            f"{self._method}() is awaitable; write (await {self._method}(…)).{name}"
        )

    @override
    def __repr__(self) -> str:
        return f"<awaitable result of {self._method}()>"


class MethodGroup:
    """The methods of one part of the api, such as ``api.id_token``."""

    _path = "api"
    _members: tuple[str, ...] = ()

    def __init__(self, caller: Caller) -> None:
        """Forward to ``caller``."""
        self._caller = caller

    def __getattr__(self, name: str) -> object:
        raise _unknown(self._path, name, self._members)

    @override
    def __repr__(self) -> str:
        return f"<{self._path}: {', '.join(self._members)}>"


class PostLoginAPI:
    """The api of one handler call; an action may add members of its own.

    Attributes:
        Error: What a method raises where the platform's throws an ``Error``.
    """

    Error = Error
    _groups: Mapping[str, type[MethodGroup]] = {}

    def __init__(self, caller: Caller) -> None:
        """Forward calls to ``caller``."""
        self._caller = caller

    def __getattr__(self, name: str) -> object:
        group = self._groups.get(name)
        if group is None:
            raise _unknown("api", name, self._groups)
        made = self.__dict__[name] = group(self._caller)
        return made

    @override
    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._groups})

    @override
    def __repr__(self) -> str:
        return f"<api: {', '.join(self._groups)}>"


def api_class(methods: Iterable[Method]) -> type[PostLoginAPI]:
    """Return the class of ``api`` with all ``methods`` of the table."""
    by_group: dict[str, list[Method]] = {}
    for method in methods:
        by_group.setdefault(method.name.partition(".")[0], []).append(method)
    groups = {snake_case(name): _group(name, members) for name, members in by_group.items()}
    return type("PostLoginAPI", (PostLoginAPI,), {"_groups": groups})


def _group(name: str, methods: list[Method]) -> type[MethodGroup]:
    members = {method.python_name.rpartition(".")[2]: _function(method) for method in methods}
    path = f"api.{snake_case(name)}"
    return type(path, (MethodGroup,), {**members, "_path": path, "_members": tuple(members)})


def _function(method: Method) -> Callable[..., Value]:
    def function(self: MethodGroup, /, *args: object, **options: object) -> Value:
        return self._caller.call(method, arrange(method, args, options))  # pyright: ignore[reportPrivateUsage]  # a method of the class

    function.__name__ = method.python_name.rpartition(".")[2]
    function.__qualname__ = method.python_name
    function.__doc__ = f"``{method.name}`` of the platform, with {', '.join(method.parameters)}."
    return function


def _unknown(path: str, name: str, known: Iterable[str]) -> AttributeError:
    near = difflib.get_close_matches(snake_case(name), list(known), n=1, cutoff=0.5)
    hint = f"; did you mean '{near[0]}'?" if near else f"; it has {', '.join(sorted(known))}."
    return AttributeError(f"{path} has no member '{name}'{hint}")
