"""Values beside the code: each variable at the line that last gave it a value, as far as is seen.

Only lines of the function that stands still, above the line that is next, are looked at: what is
below has not run in this round, and a value beside it would be wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_LINES = 400
"""How far above the line the function is looked for."""
LONGEST = 120
_FUNCTION = re.compile(
    r"=>|\bfunction\b|^\s*(?:async\s+)?def\s"
    r"|^\s*(?:async\s+)?(?!(?:if|for|while|switch|catch|with)\b)[\w$]+\s*\(.*\)\s*\{"
)
_DECLARES = re.compile(r"\b(?:const|let|var|for|catch|function|def|import)\b(.*)")
_GIVES = re.compile(r"=(?![=>])|\s(?:of|in)\s")
_NOT_CODE = re.compile(r"""//.*$|\#.*$|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")


def values_beside(lines: Sequence[str], line: int, variables: Mapping[str, str]) -> dict[int, str]:
    """Return the text beside each line that gave a variable its value, or that is next.

    Args:
        lines: The file's.
        line: The one that is next, from 1.
        variables: Name → text of the function's own.
    """
    if not 0 < line <= len(lines):
        return {}
    begin = _function_begins(lines, line)
    placed: dict[int, list[str]] = {}
    here = _code(lines[line - 1])
    for name, text in variables.items():
        at = line if _names(name, here) else _given_at(lines, begin, line, name)
        if at is not None:
            placed.setdefault(at, []).append(f"{name} = {_short(text)}")
    return {at: "  ".join(texts) for at, texts in placed.items()}


def _function_begins(lines: Sequence[str], line: int) -> int:
    """Return the line of the function's head, from 1: less far in, with the look of a function."""
    depth = _indent(lines[line - 1])
    for number in range(line, max(0, line - MOST_LINES), -1):
        text = lines[number - 1]
        if not text.strip():
            continue
        if (number == line or _indent(text) < depth) and _FUNCTION.search(_code(text)):
            return number
        depth = min(depth, _indent(text))
    return max(1, line - MOST_LINES)


def _given_at(lines: Sequence[str], begin: int, line: int, name: str) -> int | None:
    given = re.compile(
        rf"(?<![\w$.]){re.escape(name)}(?![\w$])\s*"
        r"(?:=(?!=|>)|[-+*/%&|^]{1,2}=|\+\+|--|:\s*[\w.\[\]| ]+=(?!=))"
    )
    for number in range(line - 1, begin - 1, -1):
        text = _code(lines[number - 1])
        is_head = number == begin and _names(name, text)
        if is_head or given.search(text) or _binds(text, name):
            return number
    return begin if begin == line else None


def _binds(text: str, name: str) -> bool:
    """Tell whether a line declares a name: before what it is given, not behind."""
    declared = _DECLARES.search(text)
    if declared is not None and _names(name, _GIVES.split(declared[1], maxsplit=1)[0]):
        return True
    return re.search(rf"\bas\s+{re.escape(name)}(?![\w$])", text) is not None


def _names(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", text) is not None


def _code(text: str) -> str:
    """Return a line without its strings and comments."""
    return _NOT_CODE.sub("", text)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
