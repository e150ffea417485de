"""The bottom area brings steps, console and problems under one header."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from loginwright_designer.panels.bottom.bottom_area import BottomArea
from loginwright_runtime.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from lane_samples import Sample
    from loginwright_designer.simulation.steps import Steps
    from loginwright_designer.theme.theme import Theme

PROBLEM = Problem("missing-lock", "warning", "There is no lock.", "Run npm install.")


@pytest.fixture
def area(qtbot: QtBot, make_theme: Callable[..., Theme]) -> BottomArea:
    """An empty bottom area on the screen."""
    area = BottomArea(make_theme())
    qtbot.addWidget(area)
    area.resize(900, 144)
    with qtbot.waitExposed(area):
        area.show()
    return area


def test_before_a_login_it_offers_to_run_one(qtbot: QtBot, area: BottomArea) -> None:
    with qtbot.waitSignal(area.run_asked):
        QTest.mouseClick(area.focus_target(), Qt.MouseButton.LeftButton)


def test_tabs_count_what_they_hold(area: BottomArea, sample: Sample, names: dict[str, str]) -> None:
    area.console.show_record(sample.record("first-login"), None, names)
    area.problems.show_problems([PROBLEM], sample.flow)
    tabs = area.header.tabs
    assert [tabs.tabText(index) for index in range(3)] == ["Steps", "Console  1", "Problems  1"]


def test_header_says_where_the_strip_stands_and_only_there(
    area: BottomArea, first_login: Steps
) -> None:
    area.show_steps(first_login, 8)
    assert area.header.note == "Hollow: step 8, shown · Solid: step 20, now"
    area.choose("problems")
    assert area.header.note == ""
    area.choose("steps")
    assert area.header.note.startswith("Hollow")


def test_each_tab_has_its_tools(area: BottomArea, first_login: Steps) -> None:
    area.show_steps(first_login)
    QTest.mouseClick(area.durations, Qt.MouseButton.LeftButton)
    assert area.steps.durations_shown
    area.choose("console")
    assert area.console.tools.isVisible()
    assert not area.durations.isVisible()


def test_everything_that_takes_the_keyboard_has_a_name(
    area: BottomArea, sample: Sample, names: dict[str, str], first_login: Steps
) -> None:
    area.show_steps(first_login)
    area.console.show_record(sample.record("first-login"), None, names)
    area.problems.show_problems([PROBLEM], sample.flow)
    for tab in ("steps", "console", "problems"):
        area.header.choose(tab)
        for widget in area.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                tree = QAccessible.queryAccessibleInterface(widget)
                assert tree is not None
                assert tree.text(QAccessible.Text.Name), widget


def test_keyboard_goes_to_what_the_tab_shows(
    area: BottomArea, sample: Sample, first_login: Steps
) -> None:
    area.show_steps(first_login)
    assert area.focus_target() is area.steps
    area.choose("problems")
    assert area.focus_target() is area.header.tabs
    area.problems.show_problems([PROBLEM], sample.flow)
    assert area.focus_target() is area.problems.list
