"""Lines of functions on which a statement begins: those that a run can come to."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from pygments.token import Comment, String, Text  # type: ignore[import-untyped]  # Pygments ships no types

from loginwright_designer.code_editor.javascript_lexer import LineJavascriptLexer

if TYPE_CHECKING:
    from loginwright_runtime.flow.model import Language

_Place: TypeAlias = Literal["function", "block", "other"]

_BLOCK_HEADS = frozenset({"if", "for", "while", "switch", "catch", "with", "await"})
_BLOCK_WORDS = frozenset({"else", "try", "finally", "do", ";", "{", "}", ""})
_NO_STATEMENT = frozenset(
    {"else", "catch", "finally", "case", "default", "function", "}", ")", "]"}
)
_GOES_ON = frozenset("=+-*/%&|^?:,.(<>![~") | {"=>", "&&", "||", "??", "==", "===", "!=", "!=="}
_ENDS = frozenset({";", "{", "}", ")", "]", ":", "else", "do", "", "try"})


def statement_lines(text: str, language: Language) -> frozenset[int]:
    """Return the lines, from 1, of functions on which a statement begins.

    Args:
        text: The source.
        language: Of the source; of one that cannot be read there are none.
    """
    return _python_lines(text) if language == "python" else _javascript_lines(text)


def _python_lines(text: str) -> frozenset[int]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return frozenset()
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
            for statement in body:
                found.update(one.lineno for one in ast.walk(statement) if isinstance(one, ast.stmt))
    return frozenset(found)


def _javascript_lines(text: str) -> frozenset[int]:
    reading = _Reading()
    line = 1
    for _, kind, value in LineJavascriptLexer().get_tokens_unprocessed(text):
        if kind not in Comment and kind not in Text and value.strip():
            reading.take("a" if kind in String else value.strip(), line)
        line += value.count("\n")
    return frozenset(reading.found)


@dataclass(slots=True)
class _Reading:
    """Where the reading of a source is, token by token."""

    found: set[int] = field(default_factory=set[int])
    places: list[_Place] = field(default_factory=list[_Place])
    heads: list[str] = field(default_factory=list[str])
    before: str = ""
    closed_head: str = ""
    line: int = 0

    def take(self, token: str, line: int) -> None:
        """Go on by one token."""
        if line != self.line:
            self.line = line
            if self._begins_statement(token):
                self.found.add(line)
        match token:
            case "(" | "[":
                self.places.append("other")
                self.heads.append(self.before)
            case "{":
                self.places.append(self._opened())
                self.heads.append("")
            case ")" | "]" | "}":
                if self.places:
                    self.places.pop()
                    self.closed_head = self.heads.pop()
            case _:
                pass
        self.before = token

    def _opened(self) -> _Place:
        if self.before == "=>":
            return "function"
        if self.before == ")":
            return "block" if self.closed_head in _BLOCK_HEADS else "function"
        if self.before == ":":  # A case of a switch, or a member of an object.
            return "other" if self.places[-1:] == ["other"] else "block"
        return "block" if self.before in _BLOCK_WORDS else "other"

    def _begins_statement(self, token: str) -> bool:
        if "function" not in self.places or self.places[-1] == "other":
            return False
        if token in _NO_STATEMENT or token[:1] in ".?:*/%&|^=,)]}":
            return False
        return self.before in _ENDS or not (self.before in _GOES_ON or self.before[-1:] in _GOES_ON)
