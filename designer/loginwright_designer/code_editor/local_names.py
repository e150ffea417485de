"""Lists the names that a file declares, for completion; read by pattern, not by a parser."""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loginwright_runtime.flow.model import Language

_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
_JAVASCRIPT = (
    re.compile(r"\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)"),
    re.compile(r"\b(?:const|let|var)\s*[{\[]([^}\]=\n]{0,300})[}\]]\s*="),
    re.compile(r"\bfunction\b\s*\*?\s*([A-Za-z_$][\w$]*)"),
    re.compile(r"\bclass\s+([A-Za-z_$][\w$]*)"),
    re.compile(r"\bfunction\b[^(\n]{0,80}\(([^()\n]{0,200})\)"),
    re.compile(r"\(([\w$\s,]{1,200})\)\s*=>"),
    re.compile(r"([A-Za-z_$][\w$]*)\s*=>"),
    re.compile(r"\bcatch\s*\(\s*([A-Za-z_$][\w$]*)"),
)
_PYTHON = (
    re.compile(r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.MULTILINE),
    re.compile(r"\bdef[ \t]+\w+[ \t]*\(([^()\n]{0,200})\)"),
    re.compile(r"^[ \t]*([A-Za-z_][\w, \t]{0,100}?)[ \t]*(?::[^=\n]{1,80})?=(?!=)", re.MULTILINE),
    re.compile(r"\bfor[ \t]+([\w, \t()]{1,100}?)[ \t]+in\b"),
    re.compile(r"\bas[ \t]+(\w+)"),
    re.compile(r"^[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+([\w, \t]{1,200})$", re.MULTILINE),
    re.compile(r"(\w+)[ \t]*:="),
)
_JAVASCRIPT_WORDS = frozenset({"async", "await", "function", "const", "let", "var", "return"})
_RENAMED = re.compile(r"[\w$]+\s*:\s*(?=[A-Za-z_$])")
_ANNOTATION = re.compile(r"(?<=\w)\s*:\s*[\w.\[\]| \"']+|=[^,]*")


def local_names(text: str, language: Language) -> tuple[str, ...]:
    """Return the names that ``text`` declares, sorted, each once."""
    return tuple(sorted(set(_found(text, language)), key=str.lower))


def _found(text: str, language: Language) -> Iterator[str]:
    for pattern in _JAVASCRIPT if language == "javascript" else _PYTHON:
        for found in pattern.finditer(text):
            for name in _IDENTIFIER.findall(_names_only(found[1], language)):
                if not _is_word(name, language):
                    yield name


def _names_only(declared: str, language: Language) -> str:
    """Take away what a pattern or a parameter list holds besides the names it declares."""
    if language == "javascript":
        return _RENAMED.sub("", declared)
    return _ANNOTATION.sub("", declared)


def _is_word(name: str, language: Language) -> bool:
    return name in _JAVASCRIPT_WORDS if language == "javascript" else iskeyword(name)
