"""Turns what a worker says was called into a validated call; odd arguments are named, not lost."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson

from loginwright_runtime.api.call import UNDEFINED, WorkerCall
from loginwright_runtime.api.method import Kind, Method, Parameter
from loginwright_runtime.api.methods import METHODS
from loginwright_runtime.login.json_values import JsonObject, JsonValue

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DEPTH = 100
"""How deep a value may be nested: well below what JSON writers of all kinds put up with."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a known method.

    Attributes:
        method: The row of the table.
        args: As the action gave them.
        line: Source line, or None.
        odd: Why the call is ignored when applied, in words; None for a usable one. Odd options
            do not make a call odd: ``multifactor.enable("any", 1)`` must still owe MFA.
        extra: How many arguments came beyond the parameters.
        too_deep: Names of arguments that are ``[]`` here, because no file could hold them.
    """

    method: Method
    args: list[JsonValue] = field(repr=False)
    line: int | None = None
    odd: str | None = None
    extra: int = 0
    too_deep: tuple[str, ...] = ()

    def arg(self, index: int) -> JsonValue:
        """Return an argument; ``{"$undefined": true}`` where none was given."""
        return self.args[index] if index < len(self.args) else UNDEFINED

    def text(self, index: int) -> str:
        """Return an argument as text: a string as it is, nothing as ``""``, else as JSON."""
        return text_of(self.arg(index))

    def number(self, index: int) -> float:
        """Return an argument of a method that takes a number there."""
        value = self.arg(index)
        assert isinstance(value, int | float)
        return value

    def options(self, index: int) -> JsonObject:
        """Return an options object without its undefined members; ``{}`` when none was given."""
        value = self.arg(index)
        if not isinstance(value, dict) or is_undefined(value):
            return {}
        return {key: member for key, member in value.items() if not is_undefined(member)}

    def left_out(self) -> tuple[str, ...]:
        """Return what is ignored when the call is applied, in words."""
        deep = tuple(f"{self.method.name}: {name} is nested too deeply" for name in self.too_deep)
        return deep or self._options_left_out()

    def _options_left_out(self) -> tuple[str, ...]:
        index = self.method.option_index
        if self.method.options is None or len(self.args) <= index:
            return ()
        value = self.args[index]
        if not isinstance(value, dict):
            return () if value is None else (f"{self.method.name}: options must be an object",)
        known = self.method.option_names
        strangers = [name for name in self.options(index) if name not in known]
        if not strangers:
            return ()
        return (f"{self.method.name} knows no option {', '.join(map(repr, strangers))}",)


def is_undefined(value: JsonValue) -> bool:
    """Tell whether a wire value stands for JavaScript's ``undefined``."""
    return isinstance(value, dict) and len(value) == 1 and value.get("$undefined") is True


def text_of(value: JsonValue) -> str:
    """Return a value as the text an application would read."""
    if isinstance(value, str):
        return value
    if value is None or is_undefined(value):
        return ""
    return orjson.dumps(value).decode()


def _is_number(value: JsonValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_attribute(value: JsonValue) -> bool:
    if isinstance(value, list):
        return all(not isinstance(item, list | dict) for item in value)
    return not isinstance(value, dict) or is_undefined(value)


def _anything(_value: JsonValue) -> bool:
    return True


_CHECKS: dict[Kind, tuple[Callable[[JsonValue], bool], str]] = {
    "any": (_anything, "anything"),
    "text": (_anything, "text"),
    "factor": (_anything, "a factor"),
    "factors": (_anything, "a list of factors"),
    "provider": (_anything, "a provider"),
    "string": (lambda value: isinstance(value, str), "a string"),
    "boolean": (lambda value: isinstance(value, bool), "a boolean"),
    "number": (_is_number, "a finite number"),
    "milliseconds": (_is_number, "a finite number of milliseconds"),
    "object": (lambda value: isinstance(value, dict) and not is_undefined(value), "an object"),
    "strings": (
        lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
        "a list of strings",
    ),
    "metadata": (lambda value: value is None or isinstance(value, str), "a string or null"),
    "cookie_mode": (
        lambda value: value in ("persistent", "non-persistent"),
        "'persistent' or 'non-persistent'",
    ),
    "attribute": (_is_attribute, "a string, number, boolean, null or a list of them"),
}


_TOLERANT: frozenset[Kind] = frozenset({"text", "factor", "factors", "provider"})
"""What a method uses whatever it is, since ignoring the call would let a login pass."""


def read_call(call: WorkerCall) -> Call | None:
    """Read what a worker sent.

    Args:
        call: Untrusted, but of the right shape.

    Returns:
        The call, odd or not; None when the table has no such method (the worker lies).
    """
    method = METHODS.get(call.method)
    if method is None:
        return None
    count = len(method.parameters)
    args = call.args
    too_deep: tuple[str, ...] = ()
    if any(map(_is_too_deep, args)):
        args, too_deep = _without_deep(method, args)
    return Call(
        method,
        args,
        call.line,
        _oddity(method, args, too_deep),
        len(args) - count if len(args) > count else 0,
        too_deep,
    )


def _is_too_deep(value: JsonValue, left: int = MAX_DEPTH) -> bool:
    if isinstance(value, str):
        return False
    if isinstance(value, dict):
        return left == 0 or any(_is_too_deep(item, left - 1) for item in value.values())
    if isinstance(value, list):
        return left == 0 or any(_is_too_deep(item, left - 1) for item in value)
    return False


def _without_deep(method: Method, args: list[JsonValue]) -> tuple[list[JsonValue], tuple[str, ...]]:
    """Return the arguments without those that are nested too deeply, and their names."""
    kept: list[JsonValue] = [[] if _is_too_deep(value) else value for value in args]
    pairs = zip(method.parameters, args, strict=False)
    return kept, tuple(parameter.name for parameter, value in pairs if _is_too_deep(value))


_REQUIRED: dict[str, tuple[tuple[int, Parameter], ...]] = {
    name: tuple(pair for pair in enumerate(method.parameters) if not pair[1].optional)
    for name, method in METHODS.items()
}
_PARTICULAR: dict[str, tuple[tuple[int, Parameter], ...]] = {
    name: tuple(pair for pair in pairs if _CHECKS[pair[1].kind][0] is not _anything)
    for name, pairs in _REQUIRED.items()
}
"""Required parameters that do not take just anything; most calls have none."""


def _oddity(method: Method, args: list[JsonValue], too_deep: tuple[str, ...]) -> str | None:
    given = len(args)
    for index, parameter in (_REQUIRED if too_deep else _PARTICULAR)[method.name]:
        if parameter.name in too_deep and parameter.kind not in _TOLERANT:
            return f"{method.name}: {parameter.name} is nested too deeply"
        accepts, words = _CHECKS[parameter.kind]
        if not accepts(args[index] if index < given else UNDEFINED):
            return f"{method.name}: {parameter.name} must be {words}"
    return None
