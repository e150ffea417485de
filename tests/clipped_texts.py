"""Finds texts of a window that cannot be read whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

SLACK = 2
"""Pixels that rounding may cost."""


def clipped_texts(window: QWidget) -> list[str]:
    """Return every visible text that is cut, and neither elided with its whole name nor scrolled.

    Args:
        window: Whose labels and buttons are looked at.
    """
    return [
        f"{type(widget).__name__} {text!r}: {widget.width()}x{widget.height()}, "
        f"needs {needed.width()}x{needed.height()}"
        for widget, text, needed in _texts(window)
        if not _fits(widget, needed) or _is_cut_off(widget)
    ]


def _texts(window: QWidget) -> Iterator[tuple[QWidget, str, QSize]]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window:
            continue
        if isinstance(widget, QLabel) and widget.text():
            whole = getattr(widget, "whole_text", None)
            if whole is not None and whole() == widget.accessibleName():
                continue
            yield widget, widget.text(), _needed_by(widget)
        elif isinstance(widget, QAbstractButton) and widget.text():
            yield widget, widget.text(), widget.minimumSizeHint()


def _needed_by(label: QLabel) -> QSize:
    if label.wordWrap():
        return QSize(0, label.heightForWidth(label.width()))
    if label.textFormat() is Qt.TextFormat.RichText or "<" in label.text():
        return label.sizeHint()
    metrics = label.fontMetrics()
    lines = label.text().split("\n")
    return QSize(max(map(metrics.horizontalAdvance, lines)), metrics.height() * len(lines))


def _fits(widget: QWidget, needed: QSize) -> bool:
    return widget.width() + SLACK >= needed.width() and widget.height() + SLACK >= needed.height()


def _is_cut_off(widget: QWidget) -> bool:
    """Tell whether a parent hides a part of it, where nothing scrolls to that part."""
    seen = widget.visibleRegion().boundingRect()
    if seen.width() + SLACK >= widget.width() and seen.height() + SLACK >= widget.height():
        return False
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return False
        parent = parent.parentWidget()
    return not seen.isEmpty() or not _is_covered(widget)


def _is_covered(widget: QWidget) -> bool:
    """Tell whether something lies over it, as toasts and sheets do for a while."""
    middle = widget.mapTo(widget.window(), widget.rect().center())
    return widget.window().rect().contains(middle)
