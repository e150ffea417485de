"""Whether a way through the code ends in a denial, an error or a suspension."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import TypeAlias

from loginwright_runtime.login.platform_spelling import camel_case
from loginwright_runtime.validation.facts import DENYING, SUSPENDING
from loginwright_runtime.validation.syntax_tree import (
    Assign,
    Attempt,
    Branch,
    Call,
    Choice,
    Evaluate,
    Expression,
    Function,
    Import,
    Leave,
    Loop,
    Member,
    Name,
    Opaque,
    Select,
    Statement,
)

Block: TypeAlias = tuple[Statement, ...]
FunctionLookup: TypeAlias = Callable[[str], Function | None]

_CLOSING_ENDS = frozenset(tuple(method.split(".")) for method in DENYING | SUSPENDING)


class _Way(Enum):
    """How a piece of code ends."""

    CLOSES = "it denies, throws or suspends"
    LEAVES = "it returns without any of these"
    GOES_ON = "what comes after it decides"


class Ways:
    """Follows the ways through some blocks.

    Attributes:
        visited: How many statements were looked at so far.
    """

    def __init__(self, function: FunctionLookup) -> None:
        """Take what tells the function of the source that a plain name stands for."""
        self.visited = 0
        self._function = function
        self._known: dict[str, bool] = {}

    def close(self, blocks: Iterable[Block]) -> bool:
        """Tell whether running ``blocks`` one after the other always denies, throws or suspends.

        Args:
            blocks: The rest of a block, then the rest of the one around it, and so on.
        """
        return self._of_blocks(blocks) is _Way.CLOSES

    def _of_blocks(self, blocks: Iterable[Block]) -> _Way:
        for block in blocks:
            way = self._of_block(block)
            if way is not _Way.GOES_ON:
                return way
        return _Way.GOES_ON

    def _of_block(self, block: Block) -> _Way:
        for statement in block:
            self.visited += 1
            if isinstance(statement, Leave) and statement.kind == "jump":
                return _Way.GOES_ON
            way = self._of_statement(statement)
            if way is not _Way.GOES_ON:
                return way
        return _Way.GOES_ON

    def _of_statement(self, statement: Statement) -> _Way:
        match statement:
            case Evaluate(expression=expression):
                return _Way.CLOSES if self._closes(expression) else _Way.GOES_ON
            case Leave(kind=kind, value=value):
                closing = kind == "throw" or (value is not None and self._closes(value))
                return _Way.CLOSES if closing else _Way.LEAVES
            case Branch(then=then, otherwise=otherwise):
                return _either((self._of_block(then), self._of_block(otherwise)))
            case Select():
                return self._of_select(statement)
            case Loop(body=body):
                return _either((self._of_block(body), _Way.GOES_ON))
            case Attempt():
                return self._of_attempt(statement)
            case Import():
                return _Way.GOES_ON

    def _of_select(self, statement: Select) -> _Way:
        ways: list[_Way] = []
        following = _Way.GOES_ON
        for _, body in reversed(statement.cases):
            way = self._of_block(body)
            if way is _Way.GOES_ON and not _ends_in_jump(body):
                way = following
            following = way
            ways.append(way)
        if all(test is not None for test, _ in statement.cases):
            ways.append(_Way.GOES_ON)
        return _either(ways)

    def _of_attempt(self, statement: Attempt) -> _Way:
        last = self._of_block(statement.finally_)
        if last is not _Way.GOES_ON:
            return last
        tried = self._of_block(statement.body)
        if not statement.rescues:
            return tried
        return _either((tried, *(self._of_block(rescue) for rescue in statement.rescues)))

    def _closes(self, expression: Expression) -> bool:
        match expression:
            case Call(callee=Member(object=Member(name=group), name=name)):
                return _is_closing(group, name)
            case Call(callee=Member(object=Name(name=group), name=name)):
                return _is_closing(group, name)
            case Call(callee=Name(name=name)):
                return self._calls_closing(name)
            case Assign(value=value):
                return self._closes(value)
            case Choice(then=then, otherwise=otherwise):
                return self._closes(then) and self._closes(otherwise)
            case Opaque(children=children):
                return any(self._closes(child) for child in children)
            case _:
                return False

    def _calls_closing(self, name: str) -> bool:
        if name not in self._known:
            self._known[name] = False  # a function that calls itself does not close by that
            function = self._function(name)
            if function is not None:
                self._known[name] = self._of_block(function.body) is _Way.CLOSES
        return self._known[name]


def _ends_in_jump(body: Block) -> bool:
    return any(isinstance(statement, Leave) and statement.kind == "jump" for statement in body)


def _is_closing(group: str, name: str) -> bool:
    return (camel_case(group), camel_case(name)) in _CLOSING_ENDS


def _either(ways: Sequence[_Way]) -> _Way:
    """Return how a choice of ways ends: one that leaves is enough to leave."""
    if _Way.LEAVES in ways:
        return _Way.LEAVES
    return _Way.CLOSES if all(way is _Way.CLOSES for way in ways) else _Way.GOES_ON
