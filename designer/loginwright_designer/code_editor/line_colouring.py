"""Colours code a line at a time; what is open at a line's end is a stack of lexer states."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias, cast

from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType  # type: ignore[import-untyped]  # Pygments ships no types

from loginwright_designer.code_editor.javascript_lexer import LineJavascriptLexer
from loginwright_designer.code_editor.python_lexer import LinePythonLexer
from loginwright_designer.theme.roles import SyntaxRole

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from pygments.lexer import RegexLexer  # type: ignore[import-untyped]  # Pygments ships no types

    from loginwright_runtime.flow.model import Language

Stack: TypeAlias = tuple[str, ...]

START: Stack = ("root",)
"""The stack before the first line."""


_ROLES: tuple[tuple[_TokenType, SyntaxRole], ...] = (
    (Comment, SyntaxRole.COMMENT),
    (String.Regex, SyntaxRole.REGEX),
    (String.Interpol, SyntaxRole.INTERPOLATION),
    (String, SyntaxRole.STRING),
    (Keyword, SyntaxRole.KEYWORD),
    (Name.Function, SyntaxRole.FUNCTION),
    (Name.Decorator, SyntaxRole.FUNCTION),
    (Name.Class, SyntaxRole.CLASS),
    (Name.Builtin, SyntaxRole.BUILTIN),
    (Number, SyntaxRole.NUMBER),
    (Operator, SyntaxRole.OPERATOR),
)


@dataclass(frozen=True, slots=True)
class Span:
    """A coloured piece of a line; columns count characters of the string, from 0."""

    start: int
    length: int
    role: SyntaxRole


@dataclass(frozen=True, slots=True)
class ColouredLine:
    """The colours of one line and the stack that the next one begins with."""

    spans: tuple[Span, ...]
    stack: Stack


@cache
def lexer_of(language: Language) -> RegexLexer:
    """Return the lexer of a language; it keeps nothing between calls."""
    match language:
        case "javascript":
            return LineJavascriptLexer()
        case "python":
            return LinePythonLexer()


def colour_line(language: Language, line: str, stack: Stack) -> ColouredLine:
    """Return the colours of one line.

    Args:
        language: Of the code.
        line: The line without its end.
        stack: What was open at the end of the line before.
    """
    if not line and stack == START:
        return ColouredLine((), START)  # an empty editor does not wait for its lexer to be made
    states = list(stack)
    spans: list[Span] = []
    end = len(line)
    for start, token, text in _tokens(lexer_of(language), f"{line}\n", states):
        role = role_of(token)
        length = min(len(text), end - start)
        if role is None or length <= 0:
            continue
        last = spans[-1] if spans else None
        if last is not None and last.role is role and last.start + last.length == start:
            spans[-1] = Span(last.start, last.length + length, role)
        else:
            spans.append(Span(start, length, role))
    return ColouredLine(tuple(spans), tuple(states))


@cache
def role_of(token: _TokenType) -> SyntaxRole | None:
    """Return how a token of Pygments is coloured; None is the plain colour."""
    return next((role for kind, role in _ROLES if token in kind), None)


_Callback: TypeAlias = (
    "Callable[[RegexLexer, re.Match[str]], Iterator[tuple[int, _TokenType, str]]]"
)
_Rule: TypeAlias = (
    "tuple[Callable[[str, int], re.Match[str] | None], _TokenType | _Callback | None, object]"
)


def _tokens(
    lexer: RegexLexer, text: str, states: list[str]
) -> Iterator[tuple[int, _TokenType, str]]:
    """Do as ``RegexLexer.get_tokens_unprocessed``, and leave the last stack in ``states``."""
    tables = cast("dict[str, list[_Rule]]", vars(type(lexer))["_tokens"])
    position = 0
    while position < len(text):
        for matches, action, new_state in tables[states[-1]]:
            found = matches(text, position)
            if not found:
                continue
            if action is not None:
                if isinstance(action, _TokenType):
                    yield position, action, found.group()
                else:
                    yield from action(lexer, found)
            position = found.end()
            if new_state is not None:
                _enter(new_state, states)
            break
        else:
            position += 1


def _enter(new_state: object, states: list[str]) -> None:
    """Change the stack as a rule says, in Pygments' words for it."""
    match new_state:
        case tuple():
            for one in new_state:
                _enter(one, states)
        case int():
            del states[max(1, len(states) + new_state) :]
        case "#pop":
            if len(states) > 1:
                states.pop()
        case "#push":
            states.append(states[-1])
        case str():
            states.append(new_state)
        case _:
            raise TypeError(f"unknown state {new_state!r}")
