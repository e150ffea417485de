"""Tests for the fields to search in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from loginwright_designer.controls.search_field import SearchField
from loginwright_designer.theme.roles import Role, SchemeChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> SearchField:
    field = SearchField(theme, "Search actions")
    qtbot.addWidget(field)
    field.resize(240, 32)
    field.show()
    return field


@pytest.mark.parametrize("zoom", [100, 125, 150, 200])
def test_glass_and_cross_grow_with_the_zoom_and_stand_in_the_middle(
    field: SearchField, theme: Theme, styled: Callable[[Theme], None], zoom: int
) -> None:
    theme.choose_zoom(zoom)
    styled(theme)
    field.setText("roles")
    field.resize(theme.px(240), theme.px(32))
    QApplication.processEvents()

    assert field.glass.width() == field.glass.height() == theme.px(16)
    assert field.cross.iconSize().width() == theme.px(12)
    for part in (field.glass, field.cross):
        assert abs(part.geometry().center().y() - field.rect().center().y()) <= 1
        assert field.rect().contains(part.geometry())
    assert field.cursorRect().left() < field.cross.geometry().left()


def test_what_is_typed_begins_behind_the_glass(field: SearchField, theme: Theme) -> None:
    theme.choose_zoom(150)
    field.setCursorPosition(0)
    assert field.cursorRect().center().x() > field.glass.geometry().right()


def test_the_cross_is_there_while_there_is_something_to_empty(field: SearchField) -> None:
    assert not field.cross.isVisible()
    QTest.keyClicks(field, "mfa")
    assert field.cross.isVisible()
    assert field.cross.accessibleName() == "Clear"

    QTest.mouseClick(field.cross, Qt.MouseButton.LeftButton)

    assert field.text() == ""
    assert not field.cross.isVisible()


def test_it_is_called_by_what_it_searches(field: SearchField) -> None:
    assert field.placeholderText() == field.accessibleName() == "Search actions"


@pytest.mark.parametrize("scheme", [SchemeChoice.LIGHT, SchemeChoice.DARK])
def test_what_a_field_says_while_it_is_empty_can_be_read(
    qtbot: QtBot,
    make_theme: Callable[..., Theme],
    styled: Callable[[Theme], None],
    scheme: SchemeChoice,
) -> None:
    theme = make_theme(scheme, 200)
    styled(theme)
    field = QLineEdit()
    field.setPlaceholderText("IIIII")
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    assert field.palette().color(QPalette.ColorRole.PlaceholderText) == theme.colour(
        Role.TEXT_MUTED
    )
