"""Writes what went wrong in words that somebody can send off: no secret, no personal data."""

from __future__ import annotations

import platform
import re
import sys
import sysconfig
import traceback
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from loginwright_runtime.errors import LoginwrightError
from loginwright_runtime.tracing.masking import MASK, Masker
from loginwright_runtime.tracing.redaction import Concealer

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN_PACKAGES = ("loginwright_designer", "loginwright_runtime")
MOST_FRAMES = 60
MOST_ERRORS = 8

TELLING_ERRORS = (
    LoginwrightError,
    AttributeError,
    ImportError,
    NameError,
    NotImplementedError,
    RuntimeError,
    TypeError,
)
"""Their messages speak of code, or were written by us; those of others may quote what they met."""

LEFT_OUT = "(message left out, it may quote data)"

_QUOTED = re.compile(r"""'([^'\n]*)'|"([^"\n]*)"|“([^”\n]*)”|`([^`\n]*)`""")
_NAME = re.compile(r"[A-Za-z_][\w.]{0,59}(?:\(\))?")
_URL = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_PATH = re.compile(r"(?<![\w.*])(?:~|/|\\\\|[A-Za-z]:[\\/])[^\s'\":;,()]*")
_ADDRESS = re.compile(
    r"(?<![\w.])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-fA-F]{0,4}:){3,}[0-9a-fA-F]{0,4})"
)
_LONG_NUMBER = re.compile(r"\d{6,}")
_USER_ID = re.compile(r"[\w.-]+\|[\w.|-]+")


class Hook(StrEnum):
    """Where a failure was noticed that nobody caught."""

    CODE = "sys.excepthook"
    THREAD = "threading.excepthook"
    LOOP = "event loop"
    UNRAISABLE = "sys.unraisablehook"
    QT = "Qt message handler"


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that nobody caught.

    Attributes:
        hook: Where it was noticed.
        error: The exception; None where Qt or asyncio only has words.
        words: What was said beside the exception.
        fatal: Whether the process ends, whatever anybody decides.
    """

    hook: Hook
    error: BaseException | None = field(repr=False)
    words: str = field(default="", repr=False)
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class CrashReport:
    """What is shown of a failure, and what may be sent off.

    Attributes:
        hook: Where it was noticed.
        title: The kind of failure and its place, one line.
        text: Everything, several lines.
        fatal: Whether the process ends, whatever anybody decides.
    """

    hook: Hook
    title: str
    text: str
    fatal: bool = False


def report_of(failure: Failure, masker: Masker) -> CrashReport:
    """Return what may be shown of a failure.

    Local variables are never in it, paths begin at a package, source lines are our own only, and
    messages that may quote data are left out (security.md 23).

    Args:
        failure: What happened.
        masker: Knows the secrets that are loaded.
    """
    writer = _Writer(masker)
    title = writer.title(failure)
    words = [writer.safe(failure.words)] if failure.words else []
    chain = writer.chain(failure.error) if failure.error is not None else ()
    lines = [*_versions(), f"Noticed by: {failure.hook}", *words, "", *chain]
    return CrashReport(failure.hook, title, "\n".join(lines).rstrip() + "\n", failure.fatal)


class _Writer:
    """Writes the parts of a report without what a masker knows."""

    def __init__(self, masker: Masker) -> None:
        self._masker = masker
        self._concealer = Concealer(())

    def title(self, failure: Failure) -> str:
        """Name the failure by its kind and the innermost place in our own code."""
        if failure.error is None:
            return self.safe(failure.words.strip().partition("\n")[0]) or str(failure.hook)
        frames = _frames(failure.error)
        own = [frame for frame in frames if _is_own(_place(frame.filename))]
        place = (own or frames)[-1:]
        where = "".join(f" in {_place(frame.filename)}:{frame.lineno}" for frame in place)
        return f"{type(failure.error).__qualname__}{where}"

    def chain(self, error: BaseException) -> Iterator[str]:
        """Write an exception and those that led to it, the last one first."""
        seen: set[int] = set()
        following: list[tuple[str, BaseException]] = [("", error)]
        while following and len(seen) < MOST_ERRORS:
            relation, current = following.pop(0)
            if id(current) in seen:
                continue
            seen.add(id(current))
            yield f"{relation}{self._named(current)}"
            yield from self._traceback(current)
            following += _led_to(current)

    def safe(self, text: str) -> str:
        """Take secrets, addresses, paths, long numbers and quoted data out of a text."""
        text = self._concealer.text(self._masker.text(text))
        text = _QUOTED.sub(_without_data, text)
        for pattern in (_URL, _PATH, _ADDRESS, _USER_ID, _LONG_NUMBER):
            text = pattern.sub(MASK, text)
        return text

    def _named(self, error: BaseException) -> str:
        name = type(error).__qualname__
        if isinstance(error, OSError):
            return f"{name}: {self.safe(error.strerror)}" if error.strerror else name
        if not isinstance(error, TELLING_ERRORS):
            return f"{name}: {LEFT_OUT}" if _message(error) else name
        message = _message(error)
        return f"{name}: {self.safe(message)}" if message else name

    def _traceback(self, error: BaseException) -> Iterator[str]:
        frames = _frames(error)
        if len(frames) > MOST_FRAMES:
            yield f"  ({len(frames) - MOST_FRAMES} frames left out)"
        for frame in frames[-MOST_FRAMES:]:
            place = _place(frame.filename)
            yield f"  {place}:{frame.lineno} in {frame.name}"
            if _is_own(place) and frame.line:
                yield f"    {self._masker.text(frame.line)}"


def _led_to(error: BaseException) -> list[tuple[str, BaseException]]:
    """Return what an exception says of others: its members, and its cause or context."""
    members = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    others: list[tuple[str, BaseException]] = [("Together with: ", member) for member in members]
    if error.__cause__ is not None:
        others.append(("Caused by: ", error.__cause__))
    elif error.__context__ is not None and not error.__suppress_context__:
        others.append(("While handling: ", error.__context__))
    return others


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(error.__traceback__))


def _message(error: BaseException) -> str:
    """Return an exception's message; one that cannot even be written has none."""
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - the report of a crash must not crash
        return ""


def _without_data(found: re.Match[str]) -> str:
    """Keep a quoted name of code, such as 'NoneType'; of other quotes only the quotation marks."""
    inside = next((group for group in found.groups() if group is not None), "")
    whole = found[0]
    return whole if _NAME.fullmatch(inside) else f"{whole[0]}{MASK}{whole[-1]}"


def _is_own(place: str) -> bool:
    return place.startswith(OWN_PACKAGES)


@cache
def _place(filename: str) -> str:
    """Return a file's path from its package on; of a stranger's only the name."""
    if filename.startswith("<"):
        return filename
    path = Path(filename)
    parts = path.parts
    for package in OWN_PACKAGES:
        if package in parts:
            return "/".join(parts[parts.index(package) :])
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    standard = Path(sysconfig.get_path("stdlib"))
    if path.is_relative_to(standard):
        return f"python/{path.relative_to(standard).as_posix()}"
    return f"elsewhere/{path.name}"


def _versions() -> list[str]:
    """Name what runs here; nothing of whom or where."""
    qt, own = (_version(name) for name in ("PySide6_Essentials", "loginwright"))
    python = ".".join(map(str, sys.version_info[:3]))
    return [
        f"Loginwright designer {own}",
        f"Python {python}, PySide6 {qt}, {platform.system()} {platform.machine()}",
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "of unknown version"
