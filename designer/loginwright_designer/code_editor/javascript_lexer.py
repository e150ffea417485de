"""JavaScript for Pygments, so that it can be read a line at a time.

The stock lexer reads a block comment in one expression, takes a brace inside ``${ }`` for its end
and lets a string run over lines. Here no expression looks beyond the end of a line: what is still
open there stands in the stack of states.
"""

from __future__ import annotations

import re
from typing import ClassVar

from pygments.lexer import default, include, words  # type: ignore[import-untyped]  # Pygments ships no types
from pygments.lexers.javascript import JavascriptLexer  # type: ignore[import-untyped]  # Pygments ships no types
from pygments.token import (  # type: ignore[import-untyped]  # Pygments ships no types
    Comment,
    Keyword,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Whitespace,
)

_NAME = r"[A-Za-z_$\u00aa-\U0010ffff][\w$\u00aa-\U0010ffff]*"

_KEYWORDS = (
    "async", "await", "break", "case", "catch", "class", "const", "continue", "debugger",
    "default", "delete", "do", "else", "export", "extends", "finally", "for", "from", "if",
    "import", "in", "instanceof", "let", "new", "of", "return", "static", "switch", "throw",
    "try", "typeof", "var", "void", "while", "with", "yield",
)  # fmt: skip
_VALUES = ("this", "super", "true", "false", "null", "undefined", "NaN", "Infinity")
_BUILTINS = (
    "Array", "ArrayBuffer", "Atomics", "BigInt", "Boolean", "Buffer", "DataView", "Date", "Error",
    "EvalError", "Function", "Intl", "JSON", "Map", "Math", "Number", "Object", "Promise",
    "Proxy", "RangeError", "ReferenceError", "Reflect", "RegExp", "Set", "String", "Symbol",
    "SyntaxError", "TypeError", "URIError", "URL", "URLSearchParams", "Uint8Array", "WeakMap",
    "WeakSet", "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent",
    "globalThis", "isFinite", "isNaN", "parseFloat", "parseInt", "require",
)  # fmt: skip
_END = r"(?![\w$])"


class LineJavascriptLexer(JavascriptLexer):  # type: ignore[misc]  # Pygments ships no types
    """JavaScript whose whole memory between two lines is the stack of states.

    ``operand`` lies on top after a value, where a slash divides; without it a slash begins a
    regular expression. Braces are counted inside ``${ }`` only, so the stack stays low.
    """

    flags = re.UNICODE
    tokens: ClassVar = {
        "root": [
            include("space"),
            (r"\}", Punctuation),
            include("code"),
        ],
        "space": [
            (r"[^\S\n]+|\n", Whitespace),
            (r"//[^\n]*", Comment.Single),
            (r"/\*", Comment.Multiline, "comment"),
        ],
        "comment": [
            (r"[^*\n]+", Comment.Multiline),
            (r"\*/", Comment.Multiline, "#pop"),
            (r"\*", Comment.Multiline),
            (r"\n", Comment.Multiline),
        ],
        "operand": [
            include("space"),
            (r"\+\+|--", Operator),
            (r"/=?", Operator, "#pop"),
            default("#pop"),
        ],
        "code": [
            (
                r"/(?![*/])(?:\\[^\n]|[^/\\\[\n]|\[(?:\\[^\n]|[^\]\\\n])*\])+/[A-Za-z]*",
                String.Regex,
                "operand",
            ),
            (r"/", Operator),
            (r'"', String.Double, "double"),
            (r"'", String.Single, "single"),
            (r"`", String.Backtick, "template"),
            (r"\.\.\.", Operator),
            (r"0[bB][01_]+n?|0[oO][0-7_]+n?|0[xX][0-9a-fA-F_]+n?", Number, "operand"),
            (r"(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?n?", Number, "operand"),
            (r"\??\.", Punctuation, "member"),
            (words(_VALUES, suffix=_END), Keyword.Constant, "operand"),
            (rf"function{_END}", Keyword.Declaration, "function name"),
            (rf"class{_END}", Keyword.Declaration, "class name"),
            (words(_KEYWORDS, suffix=_END), Keyword),
            (words(_BUILTINS, suffix=_END), Name.Builtin, "operand"),
            (_NAME, Name, "operand"),
            (rf"#{_NAME}", Name, "operand"),
            (r"[)\]]", Punctuation, "operand"),
            (r"[({\[;,]", Punctuation),
            (r":", Punctuation),
            (r"=>|[-+*%&|^!=<>~?]+", Operator),
        ],
        "member": [
            include("space"),
            (rf"#?{_NAME}", Name, ("#pop", "operand")),
            default("#pop"),
        ],
        "function name": [
            include("space"),
            (r"\*", Operator),
            (_NAME, Name.Function, ("#pop", "operand")),
            default("#pop"),
        ],
        "class name": [
            include("space"),
            (rf"extends{_END}", Keyword, "#pop"),
            (_NAME, Name.Class, "#pop"),
            default("#pop"),
        ],
        "double": [
            (r'"', String.Double, ("#pop", "operand")),
            (r'[^"\\\n]+', String.Double),
            (r"\\(?:.|\n)", String.Double),
            (r"\\", String.Double),
            (r"\n", Whitespace, "#pop"),
        ],
        "single": [
            (r"'", String.Single, ("#pop", "operand")),
            (r"[^'\\\n]+", String.Single),
            (r"\\(?:.|\n)", String.Single),
            (r"\\", String.Single),
            (r"\n", Whitespace, "#pop"),
        ],
        "template": [
            (r"`", String.Backtick, ("#pop", "operand")),
            (r"\$\{", String.Interpol, "interpolation"),
            (r"[^`\\$\n]+", String.Backtick),
            (r"\\(?:.|\n)", String.Backtick),
            (r"[\\$\n]", String.Backtick),
        ],
        "interpolation": [
            include("space"),
            (r"\}", String.Interpol, "#pop"),
            (r"\{", Punctuation, "braces"),
            include("code"),
        ],
        "braces": [
            include("space"),
            (r"\}", Punctuation, "#pop"),
            (r"\{", Punctuation, "#push"),
            include("code"),
        ],
    }
