"""Rows that become columns where they have no room."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout


def set_stacked(row: QBoxLayout, *, stacked: bool) -> None:
    """Let the parts of a row stand below each other, or beside each other again."""
    below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
    row.setDirection(below if stacked else beside)
