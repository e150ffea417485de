"""Decodes the nested arrays of ``javascript_reader.cjs`` into the syntax tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, cast

from loginwright_runtime.login.json_values import JsonValue
from loginwright_runtime.validation.syntax_tree import (
    Assign,
    Attempt,
    Branch,
    Call,
    Choice,
    Compare,
    Constant,
    Element,
    Evaluate,
    Expression,
    Function,
    Index,
    Items,
    Leave,
    Logical,
    Loop,
    Member,
    Name,
    Opaque,
    Record,
    Regex,
    Select,
    Spread,
    Statement,
    Template,
    Text,
)

Fields: TypeAlias = Sequence[JsonValue]


def decode_block(nodes: JsonValue) -> tuple[Statement, ...]:
    """Return the statements of a block.

    Args:
        nodes: What our own reader wrote; it is trusted to be of its shape.
    """
    return tuple(_statement(node) for node in _list(nodes))


def _list(value: JsonValue) -> list[JsonValue]:
    return cast("list[JsonValue]", value)


def _text(value: JsonValue) -> str:
    return cast("str", value)


def _opened(node: JsonValue) -> tuple[str, int, int, Fields]:
    code, line, column, *fields = _list(node)
    return _text(code), cast("int", line), cast("int", column), fields


def _statement(node: JsonValue) -> Statement:
    code, line, column, fields = _opened(node)
    return _STATEMENTS[code](line, column, fields)


def _expression(node: JsonValue) -> Expression:
    code, line, column, fields = _opened(node)
    return _EXPRESSIONS[code](line, column, fields)


def _expressions(nodes: JsonValue) -> tuple[Expression, ...]:
    return tuple(_expression(node) for node in _list(nodes))


def _optional(node: JsonValue) -> Expression | None:
    return None if node is None else _expression(node)


def _select(line: int, column: int, fields: Fields) -> Statement:
    cases = (_list(case) for case in _list(fields[1]))
    return Select(
        line,
        column,
        _expression(fields[0]),
        tuple((_optional(test), decode_block(body)) for test, body in cases),
    )


def _attempt(line: int, column: int, fields: Fields) -> Statement:
    rescues = tuple(decode_block(block) for block in _list(fields[1]))
    return Attempt(line, column, decode_block(fields[0]), rescues, decode_block(fields[2]))


def _leave(line: int, column: int, fields: Fields) -> Statement:
    match fields[0]:
        case "return":
            return Leave(line, column, "return", _optional(fields[1]))
        case "throw":
            return Leave(line, column, "throw", _optional(fields[1]))
        case _:
            return Leave(line, column, "jump", None)


def _record(line: int, column: int, fields: Fields) -> Expression:
    members = (_list(member) for member in _list(fields[0]))
    return Record(
        line,
        column,
        tuple((cast("str | None", key), _expression(value)) for key, value in members),
    )


def _logical(line: int, column: int, fields: Fields) -> Expression:
    left, right = _expression(fields[1]), _expression(fields[2])
    return Logical(line, column, "and" if fields[0] == "and" else "or", left, right)


def _function(line: int, column: int, fields: Fields) -> Expression:
    name = cast("str | None", fields[0])
    return Function(line, column, name, _expressions(fields[1]), decode_block(fields[2]))


_STATEMENTS: Mapping[str, Callable[[int, int, Fields], Statement]] = {
    "e": lambda line, column, f: Evaluate(line, column, _expression(f[0])),
    "b": lambda line, column, f: Branch(
        line, column, _expression(f[0]), decode_block(f[1]), decode_block(f[2])
    ),
    "v": _select,
    "l": lambda line, column, f: Loop(line, column, _expressions(f[0]), decode_block(f[1])),
    "y": _attempt,
    "q": _leave,
}

_EXPRESSIONS: Mapping[str, Callable[[int, int, Fields], Expression]] = {
    "t": lambda line, column, f: Text(line, column, _text(f[0])),
    "k": lambda line, column, f: Constant(line, column, cast("float | bool | None", f[0])),
    "p": lambda line, column, f: Template(line, column, _expressions(f[0])),
    "n": lambda line, column, f: Name(line, column, _text(f[0])),
    "m": lambda line, column, f: Member(line, column, _expression(f[0]), _text(f[1])),
    "i": lambda line, column, f: Index(line, column, _expression(f[0]), _expression(f[1])),
    "c": lambda line, column, f: Call(
        line,
        column,
        _expression(f[0]),
        _expressions(f[1]),
        None,
        f[2] is True,
        cast("tuple[int, ...]", tuple(_list(f[3]))),
    ),
    "o": _record,
    "a": lambda line, column, f: Items(line, column, _expressions(f[0])),
    "r": lambda line, column, f: Regex(line, column, _text(f[0])),
    "&": _logical,
    "=": lambda line, column, f: Compare(
        line, column, _text(f[0]), _expression(f[1]), _expression(f[2])
    ),
    "?": lambda line, column, f: Choice(
        line, column, _expression(f[0]), _expression(f[1]), _expression(f[2])
    ),
    "f": _function,
    "w": lambda line, column, f: Assign(
        line, column, _expression(f[0]), _expression(f[1]), f[2] is True
    ),
    "[": lambda line, column, f: Element(line, column, _expression(f[0])),
    "s": lambda line, column, f: Spread(line, column, _expression(f[0])),
    "x": lambda line, column, f: Opaque(line, column, _expressions(f[0])),
}
