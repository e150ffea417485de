"""Reads the code of a document as it is; Qt's own plain text turns odd spaces into plain ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument

_LINE_END = "\u2029"
"""What Qt's raw text has between two lines."""


def document_text(document: QTextDocument) -> str:
    """Return the whole code, its lines ended by a line feed, every other character kept."""
    return document.toRawText().replace(_LINE_END, "\n")
