"""Walks through what Qt tells assistive programs of a window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QAccessibleInterface

ROWS: Final = frozenset(
    {
        QAccessible.Role.ListItem,
        QAccessible.Role.TreeItem,
        QAccessible.Role.PageTab,
        QAccessible.Role.MenuItem,
        QAccessible.Role.Button,
        QAccessible.Role.CheckBox,
        QAccessible.Role.RadioButton,
        QAccessible.Role.Link,
    }
)
"""Each of them says something for itself, whether it takes the keyboard or not."""

NEIGHBOURS: Final = 5
"""As many of those around a nameless item are named."""


def nameless(window: QWidget) -> list[str]:
    """Return what stands on the screen, takes the keyboard or is a row, and says nothing."""
    roots = [window, *(one for one in QApplication.topLevelWidgets() if one.isVisible())]
    return [
        _described(item)
        for root in dict.fromkeys(roots)
        for item in every_item(QAccessible.queryAccessibleInterface(root))
        if _speaks(item) and not item.text(QAccessible.Text.Name).strip()
    ]


def every_item(item: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    """Yield an item and all below it that is shown."""
    if item is None or not item.isValid() or item.state().invisible:
        return
    yield item
    for number in range(item.childCount()):
        yield from every_item(item.child(number))


def _speaks(item: QAccessibleInterface) -> bool:
    """Whether it has to; for a row of tabs the tab in front speaks."""
    if item.role() is QAccessible.Role.PageTabList:
        return False
    return bool(item.state().focusable) or item.role() in ROWS


def _described(item: QAccessibleInterface) -> str:
    """Say where a nameless item is: its own class and those around it."""
    words = [str(item.role()).rpartition(".")[2]]
    current: QAccessibleInterface | None = item
    while current is not None and current.isValid() and len(words) < NEIGHBOURS:
        words.append(type(current.object()).__name__)
        current = current.parent()
    return " in ".join(words)
