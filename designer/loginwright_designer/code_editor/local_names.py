"""Lists the names that a file declares, for completion; read by pattern, not by a parser."""

from __future__ import annotations

import re
from functools import lru_cache
from keyword import iskeyword
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    re.compile(r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)"),
    re.compile(r"\bdef[ \t]+\w+[ \t]*\(([^()\n]{0,200})\)"),
    re.compile(r"^[ \t]*([A-Za-z_][\w, \t]{0,100}?)[ \t]*(?::[^=\n]{1,80})?=(?!=)"),
    re.compile(r"\bfor[ \t]+([\w, \t()]{1,100}?)[ \t]+in\b"),
    re.compile(r"\bas[ \t]+(\w+)"),
    re.compile(r"^[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+([\w, \t]{1,200})$"),
    re.compile(r"(\w+)[ \t]*:="),
)
_DECLARES: dict[Language, re.Pattern[str]] = {
    "javascript": re.compile(r"\b(?:const|let|var|function|class|catch)\b|=>"),
    "python": re.compile(r"=|\b(?:def|class|for|as|import)\b"),
}
_LINES_REMEMBERED = 8_192
_JAVASCRIPT_WORDS = frozenset({"async", "await", "function", "const", "let", "var", "return"})
_RENAMED = re.compile(r"[\w$]+\s*:\s*(?=[A-Za-z_$])")
_ANNOTATION = re.compile(r"(?<=\w)\s*:\s*[\w.\[\]| \"']+|=[^,]*")


def local_names(text: str, language: Language) -> tuple[str, ...]:
    """Return the names that ``text`` declares, sorted, each once; read line by line."""
    found: set[str] = set()
    declares = _DECLARES[language]
    for line in text.split("\n"):
        if declares.search(line):
            found.update(_names_in_line(line, language))
    return tuple(sorted(found, key=str.lower))


@lru_cache(maxsize=_LINES_REMEMBERED)
def _names_in_line(line: str, language: Language) -> frozenset[str]:
    """Return what one line declares; remembered, as most lines stay while one is typed."""
    return frozenset(
        name
        for pattern in (_JAVASCRIPT if language == "javascript" else _PYTHON)
        for found in pattern.finditer(line)
        for name in _IDENTIFIER.findall(_names_only(found[1], language))
        if not _is_word(name, language)
    )


def _names_only(declared: str, language: Language) -> str:
    """Take away what a pattern or a parameter list holds besides the names it declares."""
    if language == "javascript":
        return _RENAMED.sub("", declared)
    return _ANNOTATION.sub("", declared)


def _is_word(name: str, language: Language) -> bool:
    return name in _JAVASCRIPT_WORDS if language == "javascript" else iskeyword(name)
