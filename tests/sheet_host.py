"""A window to open sheets over, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loginwright_designer.controls.sheet import Sheet


class Host(QWidget):
    """A window with one field, which has the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setAccessibleName("below")
        QVBoxLayout(self).addWidget(self.field)


def shown_host(qtbot: QtBot, width: int = 1440, height: int = 900) -> Host:
    """Show a window that has the keyboard."""
    window = Host()
    qtbot.addWidget(window)
    window.resize(width, height)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.field.setFocus()
    qtbot.waitUntil(window.field.hasFocus)
    return window


def assert_fits(sheet: Sheet) -> None:
    """A sheet stands inside its window, and needs no scrolling to the side."""
    name = type(sheet).__name__
    content = sheet.body.parentWidget()
    assert content is not None
    viewport = content.parentWidget()
    assert viewport is not None
    assert content.width() <= viewport.width(), name
    assert sheet.rect().contains(sheet.card.geometry()), name
