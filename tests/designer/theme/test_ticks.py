"""Ticks and choices that cannot be changed still say what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QRadioButton, QStyle, QStyleOptionButton

from colour_contrast import SHAPE_CONTRAST, contrast
from loginwright_designer.theme.roles import Role, SchemeChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QColor, QImage
    from PySide6.QtWidgets import QAbstractButton
    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme

MARK = 9
"""Pixels that a mark has at least."""


@pytest.fixture(params=[SchemeChoice.LIGHT, SchemeChoice.DARK])
def dressed(
    qtbot: QtBot,
    make_theme: Callable[..., Theme],
    styled: Callable[[Theme], None],
    request: pytest.FixtureRequest,
) -> Theme:
    """The application in one of its themes."""
    theme = make_theme(request.param)
    styled(theme)
    return theme


def indicator(button: QAbstractButton) -> QRect:
    """Where a button's mark stands."""
    button.ensurePolished()
    button.resize(button.sizeHint())
    option = QStyleOptionButton()
    option.initFrom(button)
    element = (
        QStyle.SubElement.SE_RadioButtonIndicator
        if isinstance(button, QRadioButton)
        else QStyle.SubElement.SE_CheckBoxIndicator
    )
    return button.style().subElementRect(element, option, button)


def inside(button: QAbstractButton) -> QImage:
    """The middle of a button's mark, without its edge."""
    area = indicator(button).adjusted(3, 3, -3, -3)
    return button.grab(area).toImage()


def pixels(image: QImage) -> list[QColor]:
    """Every pixel of a picture."""
    return [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]


def marked(button: QAbstractButton, ground: QColor) -> int:
    """How many pixels of the middle can be told from what is there when nothing is chosen."""
    return sum(contrast(one, ground) >= SHAPE_CONTRAST for one in pixels(inside(button)))


def disabled_choices() -> dict[Qt.CheckState, QAbstractButton]:
    """A radio button that is not chosen and one that is."""
    found: dict[Qt.CheckState, QAbstractButton] = {}
    for state in (Qt.CheckState.Unchecked, Qt.CheckState.Checked):
        button = QRadioButton("One-time code")
        button.setChecked(state is Qt.CheckState.Checked)
        found[state] = button
    return found


def disabled_ticks() -> dict[Qt.CheckState, QAbstractButton]:
    """A box without a tick, one with it, and one that is ticked in part."""
    found: dict[Qt.CheckState, QAbstractButton] = {}
    for state in Qt.CheckState:
        button = QCheckBox("Save as scenario")
        button.setTristate(True)
        button.setCheckState(state)
        found[state] = button
    return found


@pytest.mark.parametrize("make", [disabled_choices, disabled_ticks])
def test_what_is_chosen_is_seen_where_it_cannot_be_changed(
    qtbot: QtBot,
    dressed: Theme,
    make: Callable[[], dict[Qt.CheckState, QAbstractButton]],
) -> None:
    made = make()
    for button in made.values():
        button.setEnabled(False)
        qtbot.addWidget(button)
    ground = inside(made[Qt.CheckState.Unchecked]).pixelColor(1, 1)
    seen = {state: marked(button, ground) for state, button in made.items()}
    assert seen.pop(Qt.CheckState.Unchecked) == 0
    assert all(count >= MARK for count in seen.values()), seen


@pytest.mark.parametrize("kind", [QRadioButton, QCheckBox])
def test_what_is_chosen_looks_otherwise_where_it_cannot_be_changed(
    qtbot: QtBot, dressed: Theme, kind: type[QRadioButton | QCheckBox]
) -> None:
    pictures = []
    for enabled in (True, False):
        button = kind("One-time code")
        qtbot.addWidget(button)
        button.setChecked(True)
        button.setEnabled(enabled)
        pictures.append({one.name() for one in pixels(button.grab(indicator(button)).toImage())})
    accent = dressed.colour(Role.ACCENT).name()
    assert [accent in seen for seen in pictures] == [True, False]


def test_a_choice_stays_where_it_is_when_it_can_no_longer_be_changed(
    qtbot: QtBot, dressed: Theme
) -> None:
    """Words that move by a pixel look like a mistake."""
    widths = set()
    for checked in (True, False):
        for enabled in (True, False):
            button = QRadioButton("One-time code")
            qtbot.addWidget(button)
            button.setChecked(checked)
            button.setEnabled(enabled)
            widths.add((button.sizeHint().width(), button.sizeHint().height()))
    assert len(widths) == 1
