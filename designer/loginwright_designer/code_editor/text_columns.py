"""Columns of Qt count UTF-16 units, those of Python characters; this turns one into the other."""

from __future__ import annotations


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
