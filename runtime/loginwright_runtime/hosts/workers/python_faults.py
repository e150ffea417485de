"""What an exception of an action looks like to the parent: name, message, frames, line, cause."""

from __future__ import annotations

import importlib.util
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType

    from loginwright_runtime.hosts.workers.python_modules import FlowFiles

_FRAMES = 50
_MESSAGE_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Fault:
    """An exception in the words of a ``threw`` frame (``hosts/messages.py``)."""

    name: str
    message: str
    stack: tuple[str, ...] = ()
    line: int | None = None
    missing_package: str | None = None


def line_in(name: str, frame: FrameType | None) -> int | None:
    """Return the line of the nearest frame in the file ``name``, from ``frame`` outwards."""
    while frame is not None:
        if frame.f_code.co_filename == name:
            return frame.f_lineno
        frame = frame.f_back
    return None


def awaited_line(name: str, awaitable: object) -> int | None:
    """Return the line at which a suspended coroutine waits, as far inside as the file reaches."""
    line: int | None = None
    while awaitable is not None:
        frame: FrameType | None = (
            getattr(awaitable, "cr_frame", None)
            or getattr(awaitable, "gi_frame", None)
            or getattr(awaitable, "ag_frame", None)
        )
        if frame is not None and frame.f_code.co_filename == name:
            line = frame.f_lineno
        awaitable = getattr(awaitable, "cr_await", None) or getattr(awaitable, "gi_yieldfrom", None)
    return line


def describe(
    error: BaseException,
    action: str,
    code: str,
    files: FlowFiles,
    entering: CodeType | None = None,
) -> Fault:
    """Describe what an action raised.

    Args:
        error: The exception; a group of one is described by the one.
        action: The action's id, for messages.
        code: Path of its file in the flow.
        files: The flow's files; frames of others are left out.
        entering: The function that was being called: where it cannot be called so, no frame is its.
    """
    group, error = error, _innermost(error)
    frames = list(_frames(error, files))
    if group is not error:
        frames += _frames(group, files)
    if not frames and error.__cause__ is not None:  # A StopIteration that left a coroutine.
        frames = list(_frames(error.__cause__, files))
    if not frames and entering is not None:
        path = files.path(entering.co_filename)
        frames = [] if path is None else [(path, entering.co_firstlineno)]
    stack = tuple(f"{path}:{line}" for path, line in frames[:_FRAMES])
    line = next((line for path, line in frames if path == code), None)
    package = _missing_package(error)
    own = None if package is None else _own_module(package, files)
    if package is None:
        message = _message(error)
    elif own is not None:
        package, message = None, f"Action '{action}' ({code}) imports {own}"
    else:
        message = (
            f"Action '{action}' ({code}) needs the Python package '{package}', which is not "
            f"installed. Install what provides it into the Python that runs Loginwright "
            f"(often: python -m pip install {package}), or remove the import."
        )
    return Fault(_name(error), message, stack, line, package)


def _innermost(error: BaseException) -> BaseException:
    """Return the only exception of a group such as a TaskGroup raises, else what was given."""
    members = _members(error)
    while len(members) == 1:
        error = members[0]
        members = _members(error)
    return error


def _members(error: BaseException) -> tuple[BaseException, ...]:
    if isinstance(error, BaseExceptionGroup):
        return cast("BaseExceptionGroup[BaseException]", error).exceptions
    return ()


def _frames(error: BaseException, files: FlowFiles) -> Iterator[tuple[str, int]]:
    """Yield path and line of the flow's own frames, nearest first."""
    if isinstance(error, SyntaxError) and error.filename is not None:
        path = files.path(error.filename)
        if path is not None and error.lineno is not None and error.lineno > 0:
            yield path, error.lineno
    places = [
        (frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    for name, line in reversed(places):
        path = files.path(name)
        if path is not None and line:
            yield path, line


def _name(error: BaseException) -> str:
    return str(type(error).__name__)[:200] or "Error"


def _message(error: BaseException) -> str:
    """Return the message, whatever ``__str__`` of an action's own class does."""
    if isinstance(error, SyntaxError):
        return str(error.msg)
    try:
        text = str(error)
    except BaseException:  # noqa: BLE001 - the action's own code, at the border
        text = "(its message cannot be read)"
    if not isinstance(error, Exception):
        text = f"The action raised {_name(error)}({text}); a handler ends by returning."
    return text[:_MESSAGE_CHARACTERS]


def _own_module(package: str, files: FlowFiles) -> str | None:
    """Return what was imported of the flow as if it were a package, with the remedy."""
    if package == "actions":
        return (
            "what stands beside it, and an action is no package. Put the module under lib/, and "
            "import it from there: from lib import NAME."
        )
    for path in (f"lib/{package}.py", f"lib/{package}/__init__.py", f"actions/{package}.py"):
        if path in files.texts:
            move = "write" if path.startswith("lib/") else f"move {path} to lib/, and write"
            return (
                f"'{package}' as a package, and modules of the flow are imported from lib only: "
                f"{move}: from lib import {package}."
            )
    return None


def _missing_package(error: BaseException) -> str | None:
    """Return the package that an import did not find; None when it is there or is the flow's."""
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return None
    package = error.name.partition(".")[0]
    if package == "lib":
        return None
    try:
        found = importlib.util.find_spec(package) is not None
    except (ImportError, ValueError):
        found = True
    return None if found else package
