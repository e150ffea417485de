"""Columns of Qt count UTF-16 units, those of Python characters; this turns one into the other."""

from __future__ import annotations


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units a text is long."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def utf16_column(text: str, column: int) -> int:
    """Return Qt's column for the character at ``column`` of ``text``."""
    if text.isascii():
        return column
    return column + sum(ord(character) > 0xFFFF for character in text[:column])


def character_column(text: str, units: int) -> int:
    """Return the character of ``text`` at Qt's column ``units``; inside a pair, the next one."""
    if text.isascii():
        return min(units, len(text))
    seen = 0
    for index, character in enumerate(text):
        if seen >= units:
            return index
        seen += 2 if ord(character) > 0xFFFF else 1
    return len(text)
