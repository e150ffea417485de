"""Menus that open without anybody waiting for them, and go when they close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """Something that can be done.

    Attributes:
        command: What it is called in the code.
        text: What people call it.
        key: Does the same; only shown.
        possible: Whether it can be done now.
    """

    command: str
    text: str
    key: str = ""
    possible: bool = True


def menu_of(owner: QWidget, entries: Iterable[MenuEntry], do: Callable[[str], object]) -> QMenu:
    """Return a menu of commands.

    Args:
        owner: Qt's owner of the menu.
        entries: What stands in it, from its top.
        do: Takes the command that is chosen.
    """
    menu = QMenu(owner)
    for entry in entries:
        action = menu.addAction(f"{entry.text}\t{entry.key}" if entry.key else entry.text)
        action.setEnabled(entry.possible)
        action.triggered.connect(lambda _on=False, command=entry.command: do(command))
    return menu


def open_menu(menu: QMenu, at: QPoint) -> None:
    """Open a menu at a place of the screen."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)


def open_menu_below(menu: QMenu, button: QWidget) -> None:
    """Open a menu that a button was pressed for."""
    open_menu(menu, button.mapToGlobal(button.rect().bottomLeft()))


def offer_menu(rows: QAbstractItemView, menu: Callable[[], QMenu]) -> None:
    """Open a menu where a row is pressed by the right button.

    Args:
        rows: The list; its current row is the one that is pressed.
        menu: Returns the menu of the current row.
    """

    def open_at(place: QPoint) -> None:
        if rows.indexAt(place).isValid():
            open_menu(menu(), rows.viewport().mapToGlobal(place))

    rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    rows.customContextMenuRequested.connect(open_at)
