"""The whole application, driven by keys and mouse as its user does (walkthroughs.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from typing_extensions import override

from loginwright_designer.code_editor import announcement

if TYPE_CHECKING:
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
