"""Looks for a value in everything that widgets show, say and hand to assistive programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QAccessibleInterface

_PROPERTIES = (
    "text",
    "plainText",
    "placeholderText",
    "windowTitle",
    "toolTip",
    "statusTip",
    "whatsThis",
    "accessibleName",
    "accessibleDescription",
)


def texts_of(root: QWidget, *, typing: bool = False) -> list[str]:
    """All texts of a widget and those in it.

    Args:
        root: Where to begin.
        typing: Take of fields what they show instead of what they hold.
    """
    found: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        for name in _PROPERTIES:
            value = widget.property(name)
            if typing and name == "text" and isinstance(widget, QLineEdit):
                value = widget.displayText()
            if isinstance(value, str):
                found.append(value)
        found.append(repr(widget))
    interface = QAccessible.queryAccessibleInterface(root)
    found.extend(_spoken(interface))
    found.append(QApplication.clipboard().text())
    return found


def _spoken(interface: QAccessibleInterface | None) -> Iterator[str]:
    if interface is None or not interface.isValid():
        return
    for kind in QAccessible.Text:
        if kind is not QAccessible.Text.UserText:
            yield interface.text(kind)
    written = interface.textInterface()
    if written is not None:
        yield written.text(0, written.characterCount())
    for number in range(interface.childCount()):
        yield from _spoken(interface.child(number))
