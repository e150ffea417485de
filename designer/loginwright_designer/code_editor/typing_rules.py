"""What Enter, Tab and the comment key make of the code around them: text in, text out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loginwright_runtime.flow.model import Language

_CLOSING = {"{": "}", "(": ")", "[": "]"}
_DEFAULT_UNIT: dict[Language, str] = {"javascript": "  ", "python": "    "}
_LEAVES_BLOCK = re.compile(r"\s*(?:return|raise|pass|break|continue)\b")
_MARKER: dict[Language, str] = {"javascript": "//", "python": "#"}
_MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class NewLine:
    """What Enter inserts.

    Attributes:
        before: Text that stands before the cursor afterwards, the line end included.
        after: Text that stands behind it.
    """

    before: str
    after: str = ""


def indentation(line: str) -> str:
    """Return the white space that a line begins with."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def indent_unit(lines: Sequence[str], language: Language) -> str:
    """Return one level of indentation as the code has it: a tab, or some spaces.

    The commonest step between a line and a deeper one below it decides; where there is none, two
    spaces in JavaScript and four in Python.
    """
    steps: Counter[str] = Counter()
    above = ""
    for line in lines[:_MOST_LINES]:
        if not line.strip():
            continue
        own = indentation(line)
        if own.startswith(above) and own != above:
            steps[own.removeprefix(above)] += 1
        above = own
    commonest = steps.most_common(1)
    if not commonest:
        return _DEFAULT_UNIT[language]
    step = commonest[0][0]
    return "\t" if step[0] == "\t" else step


def new_line(before: str, after: str, unit: str, language: Language) -> NewLine:
    """Return what Enter inserts.

    Args:
        before: The line up to the cursor.
        after: The line behind the cursor.
        unit: One level of indentation.
        language: Of the code.
    """
    own = indentation(before)
    code = before.rstrip()
    last = code[-1:]
    if last in _CLOSING:
        deeper = f"\n{own}{unit}"
        closes = after.lstrip().startswith(_CLOSING[last])
        return NewLine(deeper, f"\n{own}") if closes else NewLine(deeper)
    if language == "python" and last == ":":
        return NewLine(f"\n{own}{unit}")
    if language == "python" and own and not after.strip() and _LEAVES_BLOCK.match(before):
        return NewLine(f"\n{own.removesuffix(unit)}")
    return NewLine(f"\n{own}")


def dedents_itself(before: str, typed: str) -> bool:
    """Whether a closing bracket, typed on an otherwise empty line, moves that line out."""
    return typed in ("}", ")", "]") and bool(before) and not before.strip()


def tab_text(before: str, unit: str) -> str:
    """Return what Tab inserts: a tab, or the spaces up to the next stop."""
    if unit == "\t":
        return unit
    return " " * (len(unit) - len(before.expandtabs(len(unit))) % len(unit))


def indented(lines: Sequence[str], unit: str) -> tuple[str, ...]:
    """Return the lines one level deeper; empty ones stay empty."""
    return tuple(unit + line if line.strip() else line for line in lines)


def dedented(lines: Sequence[str], unit: str) -> tuple[str, ...]:
    """Return the lines one level higher, as far as they are indented."""
    return tuple(_one_level_out(line, unit) for line in lines)


def _one_level_out(line: str, unit: str) -> str:
    if line.startswith("\t"):
        return line[1:]
    width = 4 if unit == "\t" else len(unit)
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(width, spaces) :]


def comment_toggled(lines: Sequence[str], language: Language) -> tuple[str, ...]:
    """Return the lines as comments, or as code when every line that is not empty is a comment.

    The marks stand in one column, at the least deep line.
    """
    marker = _MARKER[language]
    filled = [line for line in lines if line.strip()]
    if filled and all(line.lstrip().startswith(marker) for line in filled):
        return tuple(_without_comment(line, marker) for line in lines)
    column = min((len(indentation(line)) for line in filled), default=0)
    return tuple(
        f"{line[:column]}{marker} {line[column:]}" if line.strip() or not filled else line
        for line in lines
    )


def _without_comment(line: str, marker: str) -> str:
    if not line.strip():
        return line
    own = indentation(line)
    code = line[len(own) + len(marker) :]
    return own + code.removeprefix(" ")


def begins_word(before: str, typed: str) -> bool:
    """Whether a typed character begins something to undo by itself.

    Letters that go on with a word belong to it; so does white space to white space.
    """
    if not before:
        return True
    return _kind(before[-1]) != _kind(typed[0])


def _kind(character: str) -> str:
    if character.isalnum() or character in "_$":
        return "word"
    return "space" if character.isspace() else "sign"
