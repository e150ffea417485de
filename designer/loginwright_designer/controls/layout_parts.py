"""What stands in a layout, without asking Qt for its items.

``QLayout.itemAt`` makes a Python object for an item that Qt deletes unseen, and keeps it as long as
the layout. A layout that later comes to the same address is then taken for it, which crashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLayout, QWidget
from shiboken6 import Shiboken

if TYPE_CHECKING:
    from collections.abc import Iterator


def parts_of(layout: QLayout) -> list[QWidget | QLayout]:
    """Return the widgets and layouts that stand in a layout itself, in its order."""
    owner = layout.parentWidget()
    widgets = [] if owner is None else owner.children()
    inside = [
        (layout.indexOf(part), part)
        for part in (*widgets, *layout.children())
        if isinstance(part, QWidget | QLayout)
    ]
    return [part for index, part in sorted(inside, key=lambda pair: pair[0]) if index >= 0]


def widgets_in(layout: QLayout) -> Iterator[QWidget]:
    """Go through the widgets of a layout and of the layouts in it, in their order."""
    for part in parts_of(layout):
        if isinstance(part, QWidget):
            yield part
        else:
            yield from widgets_in(part)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if inner is not None:
            empty(inner)
            inner.deleteLater()
            continue
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        Shiboken.delete(item)
