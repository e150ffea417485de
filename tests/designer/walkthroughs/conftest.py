"""The whole application, driven by keys and mouse as its user does (walkthroughs.md)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from typing_extensions import override

from loginwright_designer.code_editor import announcement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QAccessibleEvent


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


@pytest.fixture(autouse=True)
def no_word_about_the_screen() -> Iterator[None]:
    """Popups are opened on a platform without a screen, which says that it cannot raise them."""
    log = logging.getLogger("loginwright_designer.qt")
    log.addFilter(_not_about_this_screen)
    yield
    log.removeFilter(_not_about_this_screen)


def _not_about_this_screen(record: logging.LogRecord) -> bool:
    """Leave out what a platform without a screen says of popups: that it cannot raise them."""
    return "This plugin does not support" not in record.getMessage()
