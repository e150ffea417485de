"""The wall clock of Python actions: real, or fixed at the login's time (contract.md, ``now``).

``time`` and ``datetime`` get replacements once, before any action is loaded; which time they tell
is decided at each call, so a module loaded under one login's clock is right under the next. Timers
and monotonic clocks stay real.
"""

from __future__ import annotations

import datetime
import time
from typing import TYPE_CHECKING, TypeVar

from loginwright_runtime.hosts.workers.python_override import override

if TYPE_CHECKING:
    from collections.abc import Callable

_Value = TypeVar("_Value")

_real_time = time.time
_real_time_ns = time.time_ns


class WallClock:
    """Tells the time of the running login.

    Attributes:
        fixed: Epoch seconds that every reading answers, or None for the real time.
    """

    __slots__ = ("fixed",)

    def __init__(self) -> None:
        """Begin with the real time."""
        self.fixed: float | None = None

    def seconds(self) -> float:
        """Return epoch seconds."""
        return _real_time() if self.fixed is None else self.fixed

    def nanoseconds(self) -> int:
        """Return epoch nanoseconds."""
        if self.fixed is None:
            return _real_time_ns()
        whole, fraction = divmod(self.fixed, 1)
        return int(whole) * 1_000_000_000 + round(fraction * 1_000_000_000)


def install(clock: WallClock) -> None:
    """Let ``time`` and ``datetime`` ask ``clock`` from now on."""
    _replace_time(clock)
    moment = _datetime_class(clock)
    datetime.date = _date_class(clock)  # type: ignore[misc]  # the purpose of this module
    datetime.datetime = moment  # type: ignore[misc]  # the purpose of this module


def _replace_time(clock: WallClock) -> None:
    """Replace the functions of ``time`` that tell what time it is."""
    time.time = clock.seconds
    time.time_ns = clock.nanoseconds
    for name in ("localtime", "gmtime", "ctime"):
        setattr(time, name, _seconds_by_default(getattr(time, name), clock))
    _replace_formatting(clock)
    if hasattr(time, "clock_gettime"):
        _replace_clock_gettime(clock)


def _seconds_by_default(
    convert: Callable[[float], _Value], clock: WallClock
) -> Callable[[float | None], _Value]:
    def converted(seconds: float | None = None, /) -> _Value:
        return convert(clock.seconds() if seconds is None else seconds)

    converted.__name__ = converted.__qualname__ = convert.__name__
    return converted


def _replace_formatting(clock: WallClock) -> None:
    real_asctime, real_strftime, local = time.asctime, time.strftime, time.localtime

    def asctime(parts: time.struct_time | None = None, /) -> str:
        return real_asctime(local(clock.seconds()) if parts is None else parts)

    def strftime(form: str, parts: time.struct_time | None = None, /) -> str:
        return real_strftime(form, local(clock.seconds()) if parts is None else parts)

    time.asctime, time.strftime = asctime, strftime  # type: ignore[assignment]  # same calls


def _replace_clock_gettime(clock: WallClock) -> None:
    real, real_ns, wall = time.clock_gettime, time.clock_gettime_ns, time.CLOCK_REALTIME

    def clock_gettime(which: int, /) -> float:
        return clock.seconds() if which == wall else real(which)

    def clock_gettime_ns(which: int, /) -> int:
        return clock.nanoseconds() if which == wall else real_ns(which)

    time.clock_gettime, time.clock_gettime_ns = clock_gettime, clock_gettime_ns


class _AsReal(type):
    """Metaclass of a replacement: what the real class makes is an instance of it too.

    A subclass that an action writes is judged as any class is.
    """

    @override
    def __instancecheck__(cls, instance: object) -> bool:
        real = cls.__dict__.get("_real")
        return type.__instancecheck__(cls, instance) if real is None else isinstance(instance, real)

    @override
    def __subclasscheck__(cls, subclass: type) -> bool:
        real = cls.__dict__.get("_real")
        return type.__subclasscheck__(cls, subclass) if real is None else issubclass(subclass, real)


def _date_class(clock: WallClock) -> type[datetime.date]:
    class date(datetime.date, metaclass=_AsReal):  # noqa: N801 - it takes the place of date
        _real = datetime.date
        __slots__ = ()

        @override
        @classmethod
        def today(cls) -> date:
            return cls.fromtimestamp(clock.seconds())

        @override
        def __repr__(self) -> str:
            return f"datetime.{super().__repr__()}"

    return _named_as(date, "date")


def _datetime_class(clock: WallClock) -> type[datetime.datetime]:
    class moment(datetime.datetime, metaclass=_AsReal):  # noqa: N801 - named datetime below
        _real = datetime.datetime
        __slots__ = ()

        @override
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> moment:
            return cls.fromtimestamp(clock.seconds(), tz)

        @override
        @classmethod
        def utcnow(cls) -> moment:
            return cls.fromtimestamp(clock.seconds(), datetime.UTC).replace(tzinfo=None)

        @override
        @classmethod
        def today(cls) -> moment:
            return cls.fromtimestamp(clock.seconds())

        @override
        def __repr__(self) -> str:
            return f"datetime.{super().__repr__()}"

    return _named_as(moment, "datetime")


def _named_as(cls: type[_Value], name: str) -> type[_Value]:
    """Give a replacement the name of what it replaces: it is pickled and printed as that."""
    cls.__name__ = cls.__qualname__ = name
    cls.__module__ = "datetime"
    return cls
