"""Finds words that a widget has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

TOLERANCE = 1
"""Pixels; sizes are rounded more than once."""


def clipped(window: QWidget, *, elided: bool = False) -> set[str]:
    """Return the words of a window that are cut off, with where they stand.

    Args:
        window: Where to look.
        elided: Buttons may end in dots: the language is longer than any that there is.
    """
    return {
        f"{words!r} in {type(widget.parentWidget()).__name__}: {_seen(widget)} of {needed} pixels, "
        f"{_height(widget)} of {widget.height()} high"
        for widget, words, needed in _words(window, elided=elided)
        if _seen(widget) < needed - TOLERANCE or _height(widget) < widget.height() - TOLERANCE
    }


def _words(window: QWidget, *, elided: bool) -> Iterator[tuple[QWidget, str, int]]:
    """Yield what says words, the words, and how wide they are."""
    for label in window.findChildren(QLabel):
        shown = label.isVisible() and label.text() and not isinstance(label, ElidedLabel)
        if shown and not label.wordWrap():
            yield label, label.text(), label.fontMetrics().horizontalAdvance(label.text())
    for button in window.findChildren(Button):
        if button.isVisible() and button.text():
            dots = button.is_elided and not elided
            yield button, button.text(), button.width() + 2 * TOLERANCE if dots else 0
    for box in window.findChildren(QComboBox):
        if box.isVisible() and not box.isEditable() and not elided:
            yield box, box.currentText(), _width_of(box)


def _width_of(box: QComboBox) -> int:
    """Return how wide a box is in which the chosen words have room."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(kind, option, part, box).width()
    return box.width() - room + box.fontMetrics().horizontalAdvance(box.currentText())


def _visible(widget: QWidget) -> QRect:
    """Return what is seen of a widget; what scrolls is seen when it is scrolled to."""
    area = QRect(QPoint(0, 0), widget.size())
    current = widget
    parent = widget.parentWidget()
    while parent is not None and not widget.isWindow():
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            break
        area = area.intersected(parent.rect().translated(-widget.mapTo(parent, QPoint(0, 0))))
        current, parent = parent, parent.parentWidget()
        if current.isWindow():
            break
    return area


def _seen(widget: QWidget) -> int:
    return _visible(widget).width()


def _height(widget: QWidget) -> int:
    return _visible(widget).height()
