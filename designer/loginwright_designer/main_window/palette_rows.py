"""What the palette lists, and which of it fits what was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

translate = QCoreApplication.translate

LINE_MARK: Final = ":"
HANDLER_MARK: Final = "@"
RECENT_MARK: Final = "recent:"
MOST_DIGITS: Final = 7
_NO_MATCH: Final = -1


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """One thing to choose in the palette.

    Attributes:
        key: Tells it from all others: a command's id, a file's path, ``@`` and a handler.
        text: What is searched and shown.
        detail: Shown quietly beside it: the menu, the folder.
        shortcut: The key that does the same.
        enabled: Whether it can be chosen.
        reason: Why not, in words.
        keywords: What else finds it.
    """

    key: str
    text: str
    detail: str = ""
    shortcut: str = ""
    enabled: bool = True
    reason: str = ""
    keywords: str = ""

    def spoken(self) -> str:
        """Return the row as it is read out."""
        words = [self.text, self.detail, self.shortcut, self.reason]
        return ", ".join(word for word in words if word)


def line_row(query: str) -> PaletteRow | None:
    """Return the row that ``:42`` asks for, None where no line is typed."""
    found = re.fullmatch(rf":\s*([1-9][0-9]{{0,{MOST_DIGITS - 1}}})", query.strip(), re.ASCII)
    if found is None:
        return None
    number = found.group(1)
    text = translate("Palette", "Go to line {number}").format(number=number)
    return PaletteRow(f"{LINE_MARK}{number}", text)


def line_of(row: PaletteRow) -> int | None:
    """Return the line that a row made of ``:42`` means, None for any other row."""
    return int(row.key[1:]) if re.fullmatch(r":[0-9]+", row.key, re.ASCII) else None


def fitting_rows(
    query: str, rows: Sequence[PaletteRow], recent: Sequence[str] = ()
) -> tuple[PaletteRow, ...]:
    """Return the rows that fit what was typed, the best first.

    Without a query the recently used ones come first, then all in their order. A row fits when
    the letters typed follow one another in its text, or one of its keywords begins with them.
    Handlers show only after ``@``, a line only after ``:``.

    Args:
        query: As it was typed.
        rows: All there are.
        recent: Keys of those used before, the last first.
    """
    wanted = query.strip().casefold()
    if wanted.startswith(LINE_MARK):
        line = line_row(wanted)
        return () if line is None else (line,)
    handlers = wanted.startswith(HANDLER_MARK)
    listed = [row for row in rows if row.key.startswith(HANDLER_MARK) == handlers]
    wanted = wanted.removeprefix(HANDLER_MARK).strip()
    ranks = {key: number for number, key in enumerate(recent)}
    scored = [(score(wanted, row), row) for row in listed]
    fitting = [(points, row) for points, row in scored if points != _NO_MATCH]
    fitting.sort(key=lambda pair: (-pair[0], not pair[1].enabled, ranks.get(pair[1].key, 10_000)))
    return tuple(row for _, row in fitting)


def score(wanted: str, row: PaletteRow) -> int:
    """Return how well a row fits: more is better, -1 not at all.

    Args:
        wanted: In small letters, without spaces around.
        row: The row.
    """
    if not wanted:
        return 0
    text = row.text.casefold()
    words = re.split(r"[\s\-_./:]+", text)
    if text == wanted:
        return 100
    if text.startswith(wanted):
        return 80
    if any(word.startswith(wanted) for word in words):
        return 60
    if _begins_words(wanted, words):
        return 50
    if wanted in text:
        return 40
    if any(word.startswith(wanted) for word in row.keywords.casefold().split()):
        return 30
    return 10 if _follow(wanted, text) else _NO_MATCH


def _begins_words(wanted: str, words: Sequence[str]) -> bool:
    """Whether each typed word begins a word of the text, or its letters begin one each."""
    typed = wanted.split()
    if len(typed) > 1:
        rest = iter(words)
        return all(any(word.startswith(part) for word in rest) for part in typed)
    return "".join(word[:1] for word in words).startswith(wanted)


def _follow(wanted: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in wanted.replace(" ", ""))
