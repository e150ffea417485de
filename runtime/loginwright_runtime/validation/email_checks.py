"""Recognises tests of an e-mail address against a literal text or pattern."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loginwright_runtime.validation.syntax_tree import Expression, Member, Name
from loginwright_runtime.validation.values import (
    EventValue,
    ItemsValue,
    RegexValue,
    Value,
    literal,
    sources,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.validation.facts import TextCheckKind

_ADDRESS = re.compile(r"e_?mail(_?address)?\Z", re.IGNORECASE)
_ENDS = frozenset({"endsWith", "endswith"})
_CONTAINS = frozenset({"includes", "indexOf", "lastIndexOf", "find", "count"})
_MATCHES = frozenset({"match", "matchAll", "search", "test", "exec", "fullmatch"})


def is_address(expression: Expression, value: Value, *, whole: bool = False) -> bool:
    """Tell whether a value is an e-mail address, by where it comes from or by its name.

    Args:
        expression: What the value was read from.
        value: What it was found to be.
        whole: Something made of an address (its domain) does not count.
    """
    if isinstance(expression, Name | Member) and _ADDRESS.search(expression.name):
        return True
    if whole:
        return isinstance(value, EventValue) and _ADDRESS.search(value.path[-1]) is not None
    return any(_ADDRESS.search(source) for source in sources(value))


def email_checks(
    owner: Value, name: str, arguments: tuple[Value, ...]
) -> Iterator[tuple[TextCheckKind, str]]:
    """Return what a method call checks an address for.

    Args:
        owner: What the method belongs to: the address, or a pattern.
        name: The method, or Python's ``re`` function.
        arguments: What the method gets.
    """
    method = name.rpartition(".")[2]
    if isinstance(owner, RegexValue):
        if method in _MATCHES:
            yield "matches", _anchored(name, owner.pattern)
        return
    for text in _texts(arguments[:1]):
        if method in _ENDS:
            yield "ends", text
        elif method in _CONTAINS:
            yield "contains", text
    for value in arguments[:1]:
        if isinstance(value, RegexValue) and method in _MATCHES:
            yield "matches", value.pattern


def _anchored(name: str, pattern: str) -> str:
    """Return a pattern with the anchors that Python's function implies."""
    match name.rpartition(".")[2]:
        case "fullmatch":
            return f"^{pattern}$"
        case "match":
            return f"^{pattern}" if name == "re.match" else pattern
        case _:
            return pattern


def _texts(values: tuple[Value, ...]) -> Iterator[str]:
    for value in values:
        text = literal(value)
        if text is not None:
            yield text
        elif isinstance(value, ItemsValue):
            yield from _texts(value.items)
