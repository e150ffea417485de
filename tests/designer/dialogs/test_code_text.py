"""Blocks of code in sheets are as high as their lines, at every zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from loginwright_designer.dialogs.sheet_parts import CodeText

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme

LINES = "mkdir -p login/secrets\nchmod 700 login/secrets\n" + "x" * 400


@pytest.mark.parametrize("zoom", [100, 125, 150, 200])
def test_lines_that_a_block_has_room_for_do_not_scroll(
    qtbot: QtBot,
    make_theme: Callable[..., Theme],
    styled: Callable[[Theme], None],
    zoom: int,
) -> None:
    theme = make_theme(zoom=zoom)
    styled(theme)
    block = CodeText(theme, "On a server", most=12)
    qtbot.addWidget(block)
    block.show_text(LINES)
    block.resize(theme.px(560), block.height())
    with qtbot.waitExposed(block):
        block.show()
    for focused in (False, True):
        if focused:
            block.setFocus()
        QApplication.processEvents()
        assert block.horizontalScrollBar().isVisible()
        assert not block.verticalScrollBar().isVisible()
