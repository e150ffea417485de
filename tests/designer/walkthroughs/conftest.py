"""The whole application, driven by keys and mouse as its user does (walkthroughs.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from typing_extensions import override

from designer_driver import Driver
from loginwright_designer.code_editor import announcement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtGui import QAccessibleEvent
    from PySide6.QtWidgets import QApplication


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's home with nothing in it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    return home


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader was told to say, in its order."""
    said: list[str] = []

    class Ears(QAccessible):
        """Writes down what goes to Qt."""

        @staticmethod
        @override
        def updateAccessibility(event: QAccessibleEvent) -> None:
            if isinstance(event, QAccessibleAnnouncementEvent):
                said.append(event.message())
            QAccessible.updateAccessibility(event)

    monkeypatch.setattr(announcement, "QAccessible", Ears)
    return said


@pytest.fixture
def start(qapp: QApplication, home: Path) -> Iterator[Callable[..., Driver]]:
    """Starts the application; ``start()`` again is the next start of the same user."""
    started: list[Driver] = []
    sheet, font, palette = qapp.styleSheet(), qapp.font(), qapp.palette()

    def begin(folder: Path | None = None, *, size: tuple[int, int] = (1440, 900)) -> Driver:
        driver = Driver(qapp, home, folder, size)
        started.append(driver)
        return driver

    yield begin
    for driver in started:
        driver.close()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)
