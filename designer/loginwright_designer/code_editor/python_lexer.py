"""Python for Pygments, so that it can be read a line at a time.

Every kind of string is a state of its own, triple quoted and formatted ones with their nested
expressions; no expression looks beyond the end of a line.
"""

from __future__ import annotations

import re
from typing import ClassVar, TypeAlias

from pygments.lexer import bygroups, default, include  # type: ignore[import-untyped]  # Pygments ships no types
from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]  # Pygments ships no types
from pygments.token import Comment, Keyword, Name, Operator, Punctuation, String, Whitespace  # type: ignore[import-untyped]  # Pygments ships no types

_Rules: TypeAlias = list[object]

_NAME = r"[^\W\d]\w*"
_QUOTES = ('"""', "'''", '"', "'")


def _string_states() -> dict[str, _Rules]:
    states: dict[str, _Rules] = {}
    for quote in _QUOTES:
        states[f"text {quote}"] = _text_state(quote, "")
        states[f"formatted {quote}"] = [
            (r"\{\{|\}\}", String),
            (r"\{", String.Interpol, _expression(quote)),
            *_text_state(quote, "{}"),
            (r"\}", String),
        ]
    return states


def _text_state(quote: str, apart: str) -> _Rules:
    line_end: tuple[object, ...] = (
        (r"\n", String) if len(quote) == len('"""') else (r"\n", Whitespace, "#pop")
    )
    return [
        (quote, String, "#pop"),
        (rf"[^{quote[0]}\\\n{re.escape(apart)}]+", String),
        (r"\\(?:.|\n)", String),
        (r"\\", String),
        *([(quote[0], String)] if len(quote) > 1 else []),
        line_end,
    ]


def _expression(quote: str) -> str:
    return "long expression" if len(quote) > 1 else "short expression"


def _expression_states() -> dict[str, _Rules]:
    states: dict[str, _Rules] = {}
    for length in ("long", "short"):
        end: _Rules = [_AT_LINE_END] if length == "short" else []
        states[f"{length} expression"] = [
            *end,
            (r"\}", String.Interpol, "#pop"),
            (r"![rsa](?=[:}])", String.Interpol),
            (r":", String.Interpol, f"{length} specification"),
            (r"[(\[{]", Punctuation, f"{length} brackets"),
            include("code"),
        ]
        states[f"{length} specification"] = [
            *end,
            (r"(?=\})", String, "#pop"),
            (r"\{", String.Interpol, f"{length} expression"),
            (r"[^{}\n]+", String),
            (r"\n", String),
        ]
        states[f"{length} brackets"] = [
            *end,
            (r"[)\]}]", Punctuation, "#pop"),
            (r"[(\[{]", Punctuation, "#push"),
            include("code"),
        ]
    return states


_AT_LINE_END = (r"(?=\n)", Whitespace, "#pop")
_F_PREFIX = r"([fF][rR]?|[rR][fF])"
_PREFIX = r"([rR][bB]?|[bB][rR]?|[uU]|)"


class LinePythonLexer(PythonLexer):  # type: ignore[misc]  # Pygments ships no types
    """Python whose whole memory between two lines is the stack of states.

    A formatted string in single quotes ends with its line, whatever is open in it, so that the
    lines below a half-typed one keep their colours.
    """

    flags = re.MULTILINE | re.UNICODE
    tokens: ClassVar = {
        "root": [
            (r"^([ \t]*)(@[\w.]+)", bygroups(Whitespace, Name.Decorator)),
            (
                r"^([ \t]*)(match|case)(?=[ \t]+[^\s=:,.)\]][^\n]*:[ \t]*(?:#[^\n]*)?$)",
                bygroups(Whitespace, Keyword),
            ),
            (
                r"^([ \t]*)(type)(?=[ \t]+[^\W\d]\w*[ \t]*[=\[])",
                bygroups(Whitespace, Keyword),
            ),
            include("code"),
        ],
        "code": [
            (r"[^\S\n]+|\n", Whitespace),
            (r"#[^\n]*", Comment.Single),
            *(
                (
                    _F_PREFIX + quote,
                    String,
                    f"formatted {quote}",
                )
                for quote in _QUOTES
            ),
            *((_PREFIX + quote, String, f"text {quote}") for quote in _QUOTES),
            (r"\.\.\.", Keyword.Constant),
            (rf"(\.)([ \t]*)({_NAME})", bygroups(Punctuation, Whitespace, Name)),
            (r"def\b", Keyword, "function name"),
            (r"class\b", Keyword, "class name"),
            (r"(?:is|in|and|or|not|from|import)\b", Keyword),
            include("keywords"),
            include("builtins"),
            (r"(?:self|cls)\b", Name.Builtin.Pseudo),
            (_NAME, Name),
            include("numbers"),
            (r":=|[-+*/%&|^~<>=!@]+", Operator),
            (r"[()\[\]{};,:.]", Punctuation),
            (r"\\", Punctuation),
        ],
        "function name": [
            (r"[ \t]+", Whitespace),
            (_NAME, Name.Function, "#pop"),
            default("#pop"),
        ],
        "class name": [
            (r"[ \t]+", Whitespace),
            (_NAME, Name.Class, "#pop"),
            default("#pop"),
        ],
        **_string_states(),
        **_expression_states(),
    }
