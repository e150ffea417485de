"""Finds words on the screen that were never given to a translator, under ``PseudoLocale``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from pseudo_locale import ACCENTED
from spoken_widgets import every_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PLAIN = frozenset(map(chr, ACCENTED))
CHANGED = frozenset(chr(code) for code in ACCENTED.values())
CODE = re.compile(
    r"[^\s,]*(?:\w[._/:@+…-]\w|\d|[a-z][A-Z])[^\s,]*|(?:Ctrl|Alt|Shift)\+\S*|\b[A-Z]{4}\b"
)
"""Names of files, hosts, functions and keys, tokens, times, a secret's four check characters."""

ADDRESS = re.compile(r"https?://[^\s\"]+")

MARKUP = re.compile(r"</?span[^>]*>")

LETTERS = re.compile(r"[^\W\d_]+")


class Data:
    """What nobody translates: names, data, and the sentences of the runtime itself."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take it down.

        Args:
            phrases: Each stands on the screen as it is.
        """
        longest_first = sorted({one for one in phrases if one.strip()}, key=len, reverse=True)
        ends = r"(?<!\w){}(?!\w)"
        self._known = re.compile("|".join(ends.format(re.escape(one)) for one in longest_first))

    def without(self, text: str) -> str:
        """Return what is left of a text."""
        return self._known.sub(" ", text)


def strings_in(value: object) -> Iterator[str]:
    """Yield every string and name of a decoded JSON document."""
    match value:
        case str():
            yield value
        case dict():
            yield from (text for pair in value.items() for one in pair for text in strings_in(one))
        case list():
            yield from (text for one in value for text in strings_in(one))
        case _:
            pass


def said_on_screen() -> set[str]:
    """Return every text of the windows that is shown, pointed out or read out."""
    said: set[str] = set()
    for root in QApplication.topLevelWidgets():
        if not root.isVisible():
            continue
        said.add(root.windowTitle())
        for widget in (root, *root.findChildren(QWidget)):
            if widget.isVisible():
                said |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
                said.add(str(widget.property("placeholderText") or ""))
        for item in every_item(QAccessible.queryAccessibleInterface(root)):
            if item.role() is not QAccessible.Role.EditableText:
                kinds = (QAccessible.Text.Name, QAccessible.Text.Description)
                said |= {item.text(kind) for kind in kinds}
    return said


def untranslated(texts: Iterable[str], data: Data) -> set[str]:
    """Return the texts that have a word no translator was given, with those words.

    Args:
        texts: As they stand on the screen.
        data: What may stand there as it is.
    """
    found = ((" ".join(_plain_words(text, data)), text) for text in texts)
    return {f"{words!r} in {text!r}" for words, text in found if words}


def _plain_words(text: str, data: Data) -> Iterator[str]:
    text = ADDRESS.sub(" ", MARKUP.sub("", text))
    for word in LETTERS.findall(CODE.sub(" ", data.without(text))):
        if PLAIN.intersection(word) and not CHANGED.intersection(word):
            yield word
