"""Tells from pasted code which language it is written in, and what to call it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.flow.model import Language

MOST_NAME_LETTERS = 60

_JAVASCRIPT: Sequence[tuple[re.Pattern[str], int]] = (
    (re.compile(r"\bonExecutePostLogin\b|\bonContinuePostLogin\b"), 8),
    (re.compile(r"^\s*(?:module\.)?exports\b", re.MULTILINE), 6),
    (re.compile(r"=>|\bfunction\b|\brequire\s*\("), 3),
    (re.compile(r"^\s*(?:const|let|var)\s", re.MULTILINE), 3),
    (re.compile(r"^\s*(?://|/\*)|[;{]\s*$", re.MULTILINE), 1),
    (re.compile(r"===|!==|&&|\|\||\bnull\b|\bundefined\b"), 1),
)
_PYTHON: Sequence[tuple[re.Pattern[str], int]] = (
    (re.compile(r"\bon_execute_post_login\b|\bon_continue_post_login\b"), 8),
    (re.compile(r"^\s*(?:async\s+)?def\s+\w+\s*\(", re.MULTILINE), 6),
    (re.compile(r"^\s*(?:from\s+[\w.]+\s+)?import\s+[\w.]+\s*(?:,|$| as )", re.MULTILINE), 3),
    (re.compile(r"^\s*(?:if|for|while|with|class|try|else|elif)\b.*:\s*$", re.MULTILINE), 3),
    (re.compile(r"^\s*#|\"\"\"", re.MULTILINE), 1),
    (re.compile(r"\bNone\b|\bTrue\b|\bFalse\b|\bself\b|\bis not\b"), 1),
)

_COMMENT = re.compile(
    r"""\A\s*(?:\#![^\n]*\n\s*)?              # a line that names an interpreter
    (?:/\*\*?(?P<block>.*?)\*/|//(?P<line>[^\n]*)|\#(?P<hash>[^\n]*)
      |[rRuU]?\"\"\"(?P<doc>.*?)\"\"\")""",
    re.VERBOSE | re.DOTALL,
)
_REDIRECT = re.compile(r"(?:sendUserTo|send_user_to)\s*\(\s*[fF]?[`'\"]https?://([^/`'\"?#:\s]+)")


def guess_language(code: str) -> Language:
    """Return the language that ``code`` looks like.

    JavaScript where both or neither fit, since most actions of the platform are written in it.
    """
    return "python" if _points(_PYTHON, code) > _points(_JAVASCRIPT, code) else "javascript"


def guess_name(code: str) -> str | None:
    """Return a name for an action made of ``code``, or None where the code suggests none.

    The first line of a comment at the top, when it is short and no tag of a documentation tool;
    else where the action sends people.
    """
    comment = _COMMENT.match(code)
    if comment is not None:
        text = next((group for group in comment.groups() if group is not None), "")
        first = next(filter(None, (line.strip(" \t*#/") for line in text.splitlines())), "")
        if first[:1] not in {"", "@", "-", "="} and len(first) <= MOST_NAME_LETTERS:
            return first.rstrip(".:")
    redirect = _REDIRECT.search(code)
    if redirect is None:
        return None
    name = QCoreApplication.translate("NewAction", "Redirect to {host}").format(host=redirect[1])
    return name[:MOST_NAME_LETTERS]


def _points(signs: Sequence[tuple[re.Pattern[str], int]], code: str) -> int:
    return sum(points for sign, points in signs if sign.search(code))
