"""A list of choices shows what is chosen, or says it when it is pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from loginwright_designer.panels.redirect_desk.choice_box import ChoiceBox

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme

LONG = "THE_SECRET_THAT_IS_SHARED_WITH_THE_OTHER_SITE_AND_NOBODY_ELSE"


@pytest.fixture
def box(qtbot: QtBot, theme: Theme) -> ChoiceBox:
    """A list on the screen with a name that is too long for most places."""
    box = ChoiceBox("Signed with", code=True)
    qtbot.addWidget(box)
    box.show_choices((("short", "SHORT"), ("long", LONG)), "long")
    with qtbot.waitExposed(box):
        box.show()
    return box


def test_all_its_words_are_read_where_it_has_the_width_that_it_asks_for(box: ChoiceBox) -> None:
    box.resize(box.whole_width, box.height())
    assert not box.is_elided
    box.resize(box.whole_width - 8, box.height())
    assert box.is_elided


def test_what_ends_in_dots_is_said_where_the_mouse_rests(
    box: ChoiceBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, *_: said.append(text))
    for width in (120, box.whole_width):
        box.resize(width, box.height())
        place = QPoint(5, 5)
        asked = QHelpEvent(QEvent.Type.ToolTip, place, box.mapToGlobal(place))
        QApplication.sendEvent(box, asked)
    assert said == [LONG]
