"""The arguments of an api call, from Python's spelling to JavaScript's and to JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from loginwright_runtime.hosts.workers.python_event import snake_case
from loginwright_runtime.hosts.workers.python_wire import encode_json

if TYPE_CHECKING:
    from collections.abc import Mapping

UNDEFINED = {"$undefined": True}

_SNAKE_CASE_OPTIONS = frozenset({"expires_at"})
"""Options that the platform itself writes in snake_case (reference §2, ``cache.set``)."""

_FACTORS = frozenset({"factor", "factors", "additionalFactors", "providerOptions"})
"""Arguments whose own keys are names of the platform, not of a user."""

_DEEPEST = 500

_LONG_NUMBER = re.compile(r"[0-9]{19}")
"""Where an integer may have more than 64 bits."""

_NEXT_WORD = re.compile(r"_([a-z0-9])")


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the table, ready for Python.

    Attributes:
        name: JavaScript's, such as ``idToken.setCustomClaim``.
        python_name: As an action writes it, ``api.id_token.set_custom_claim``.
        waits: The call waits for its reply.
        answers: ``api``, ``value`` or ``undefined``.
        promise: The result is awaitable.
        parameters: JavaScript's names, in order.
        python_parameters: The same in snake_case.
        options: Index of the parameter whose members are keyword arguments, or None.
    """

    name: str
    python_name: str
    waits: bool
    answers: str
    promise: bool
    parameters: tuple[str, ...]
    python_parameters: tuple[str, ...]
    options: int | None


def read_method(shape: Mapping[str, object]) -> Method:
    """Return a method from its row in the ``setup`` frame."""
    name = cast("str", shape["name"])
    parameters = tuple(cast("list[str]", shape["parameters"]))
    options = cast("str | None", shape["options"])
    return Method(
        name=name,
        python_name=f"api.{snake_case(name)}",
        waits=bool(shape["waits"]),
        answers=cast("str", shape["answers"]),
        promise=bool(shape["promise"]),
        parameters=parameters,
        python_parameters=tuple(map(snake_case, parameters)),
        options=None if options is None else parameters.index(options),
    )


def arrange(
    method: Method, args: tuple[object, ...], keywords: Mapping[str, object]
) -> list[object]:
    """Return the arguments as JavaScript's positions and names.

    Args:
        method: What is called.
        args: Positional arguments; more than there are parameters are passed on.
        keywords: Parameters by name, and members of the options object.

    Raises:
        TypeError: A keyword that the method does not know, or that is given twice.
    """
    arranged = list(args)
    for index, value in enumerate(arranged[: len(method.parameters)]):
        if isinstance(value, (dict, list)):
            arranged[index] = _named(method, index, cast("object", value))
    if keywords:
        _place_keywords(method, arranged, keywords)
    return arranged


def _named(method: Method, index: int, value: object) -> object:
    """Return an argument with the platform's names where its keys are the platform's."""
    if index == method.options and isinstance(value, dict):
        options = cast("dict[object, object]", value)
        return {_option(key): _member(_option(key), member) for key, member in options.items()}
    return _member(method.parameters[index], value)


def _member(name: object, value: object) -> object:
    return _camel_keys(value) if name in _FACTORS else value


def _camel_keys(value: object) -> object:
    if isinstance(value, dict):
        members = cast("dict[object, object]", value)
        return {_camel_case(key): _camel_keys(member) for key, member in members.items()}
    if isinstance(value, (list, tuple)):
        return [_camel_keys(item) for item in cast("list[object]", value)]
    return value


def _camel_case(key: object) -> object:
    return _NEXT_WORD.sub(lambda found: found[1].upper(), key) if isinstance(key, str) else key


def _option(key: object) -> object:
    """Return an option's name on the platform; ``from_`` stands for the keyword ``from``."""
    if key in _SNAKE_CASE_OPTIONS or not isinstance(key, str):
        return key
    return _camel_case(key.removesuffix("_"))


def _place_keywords(method: Method, arranged: list[object], keywords: Mapping[str, object]) -> None:
    options: dict[object, object] = {}
    for name, value in keywords.items():
        if name in method.python_parameters:
            _place(method, arranged, method.python_parameters.index(name), value)
        elif method.options is not None:
            option = _option(name)
            options[option] = _member(option, value)
        else:
            known = ", ".join(method.python_parameters) or "none"
            raise TypeError(
                f"{method.python_name}() got an unknown keyword argument '{name}'; it knows {known}"
            )
    if options and method.options is not None:
        _place_options(method, arranged, method.options, options)


def _place(method: Method, arranged: list[object], index: int, value: object) -> None:
    if index < len(arranged) and arranged[index] is not UNDEFINED:
        raise TypeError(
            f"{method.python_name}() got '{method.python_parameters[index]}' twice; give it once"
        )
    _reach(arranged, index)
    arranged[index] = _named(method, index, value)


def _place_options(
    method: Method, arranged: list[object], index: int, options: dict[object, object]
) -> None:
    _reach(arranged, index)
    given = arranged[index]
    if given is UNDEFINED or given is None:
        arranged[index] = options
        return
    if not isinstance(given, dict):
        raise TypeError(
            f"{method.python_name}() got keyword arguments beside "
            f"'{method.python_parameters[index]}', which is no dict; give one of the two"
        )
    both = cast("dict[object, object]", given)
    twice = sorted(str(name) for name in both.keys() & options.keys())
    if twice:
        raise TypeError(f"{method.python_name}() got '{snake_case(twice[0])}' twice; give it once")
    arranged[index] = {**both, **options}


def _reach(arranged: list[object], index: int) -> None:
    arranged.extend([UNDEFINED] * (index + 1 - len(arranged)))


def encode_arguments(method: Method, args: list[object]) -> str:
    """Return the arguments as JSON; an integer of more than 64 bits is its digits as text.

    Whoever reads it further on would take it for a float, and lose the last of its digits. A
    BigInt of JavaScript goes out as text too.

    Raises:
        TypeError: One of them is not JSON; names it.
        RecursionError: The action called from too deep down.
    """
    try:
        text = encode_json(args)
        return encode_json(_with_digits(args)) if _LONG_NUMBER.search(text) else text
    except (TypeError, ValueError) as error:
        reason = str(error)
    except RecursionError:
        if not _is_deep(args):
            raise  # It is the action's own stack that is full.
        reason = "it is nested too deeply"
    raise TypeError(f"{method.python_name}(): {_culprit(method, args)} is not JSON: {reason}")


def _with_digits(value: object) -> object:
    if isinstance(value, dict):
        members = cast("dict[object, object]", value)
        return {key: _with_digits(member) for key, member in members.items()}
    if isinstance(value, (list, tuple)):
        return [_with_digits(item) for item in cast("list[object]", value)]
    is_long = isinstance(value, int) and not -(1 << 63) <= value < 1 << 64
    return str(int(value)) if isinstance(value, int) and is_long else value


def _is_deep(value: object) -> bool:
    """Tell whether a value is nested deeper than JSON is written and read."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [item for container in level for item in _items(container)]
        if not level:
            return False
    return True


def _items(container: object) -> list[object]:
    if isinstance(container, dict):
        return list(cast("dict[object, object]", container).values())
    if isinstance(container, (list, tuple)):
        return list(cast("list[object]", container))
    return []


def _culprit(method: Method, args: list[object]) -> str:
    """Return the name of the first argument that is not JSON."""
    for index, value in enumerate(args):
        if _is_json(value):
            continue
        if index == method.options and isinstance(value, dict):
            for key, member in cast("dict[object, object]", value).items():
                if not _is_json(member):
                    return f"argument '{snake_case(str(key))}'"
        known = method.python_parameters
        return f"argument '{known[index]}'" if index < len(known) else f"argument {index + 1}"
    return "an argument"


def _is_json(value: object) -> bool:
    try:
        encode_json(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True
