"""What tests of the library's panel stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_designer.document.templates import read_templates
from loginwright_designer.panels.library.library_panel import LibraryPanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme


@pytest.fixture
def panel(theme: Theme, qtbot: QtBot) -> LibraryPanel:
    """The panel with all templates, shown and with the keyboard in its search."""
    shown = LibraryPanel(theme)
    qtbot.addWidget(shown)
    shown.show_templates(read_templates())
    shown.resize(240, 700)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    shown.search.setFocus()
    qtbot.waitUntil(shown.search.hasFocus)
    return shown
