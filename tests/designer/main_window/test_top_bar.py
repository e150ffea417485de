"""The top bar: always the same buttons at the same places."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.simulation.states import (
    Away,
    Failed,
    Finished,
    Idle,
    LoginState,
    Past,
    Paused,
    Running,
    controls,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.main_window.top_bar import TopBar
    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.theme.theme import Theme

STATES: tuple[LoginState, ...] = (
    Idle(),
    Running("Block weekends"),
    Paused("Block weekends", "at line 16"),
    Away("my-app.example.com"),
    Finished("allowed"),
    Failed("at line 12"),
    Past(Idle(), 4, 11),
)
SIZES = ((1440, 900), (1280, 720), (1100, 720), (900, 600), (720, 450), (640, 400))


def places(bar: TopBar) -> list[tuple[int, int]]:
    """Left edge and width of what may not move."""
    parts = (bar.command_box, bar.undo, bar.redo, bar.export, bar.picker, bar.primary)
    widgets = (*parts, *bar.steps.values())
    return [(part.mapTo(bar, QPoint(0, 0)).x(), part.width()) for part in widgets]


@pytest.mark.parametrize("size", SIZES)
def test_nothing_moves_from_state_to_state(
    show_window: Callable[..., MainWindow], size: tuple[int, int]
) -> None:
    window = show_window(*size)
    seen = []
    for state in STATES:
        window.show_controls(controls(state))
        QApplication.processEvents()
        seen.append(places(window.top_bar))
    assert seen == [seen[0]] * len(STATES)


@pytest.mark.parametrize("zoom", [100, 125])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_and_nothing_overlaps(
    show_window: Callable[..., MainWindow],
    make_theme: Callable[..., Theme],
    styled: Callable[[Theme], None],
    size: tuple[int, int],
    zoom: int,
) -> None:
    theme = make_theme(zoom=zoom)
    styled(theme)
    width = size[0] * zoom // 100
    window = show_window(width, size[1] * zoom // 100, theme=theme)
    window.show_flow("A flow with a name of rather more letters than fit", True, "Post-login")
    window.show_controls(controls(Away("my-app.example.com")))
    window.resize(width, size[1] * zoom // 100)
    QApplication.processEvents()
    edges = places(window.top_bar)
    for (left, wide), (following, _) in itertools.pairwise(edges):
        assert left + wide <= following
    assert edges[-1][0] + edges[-1][1] <= window.top_bar.width()
    primary = window.top_bar.primary
    assert primary.width() >= primary.sizeHint().width()


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_a_long_name_gives_way_to_the_state(
    show_window: Callable[..., MainWindow], size: tuple[int, int]
) -> None:
    window = show_window(*size)
    bar = window.top_bar
    before = places(bar)
    name = "Customer login for everybody who buys something in one of our many shops"
    bar.show_flow(name, dirty=True, state_text="Post-login · running")
    QApplication.processEvents()
    texts = [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]
    assert "Post-login · running" in texts
    assert any(text.endswith("…") and name.startswith(text[:8]) for text in texts)
    assert places(bar) == before


def test_there_is_one_primary_button(show_window: Callable[..., MainWindow]) -> None:
    window = show_window()
    buttons = window.findChildren(QPushButton)
    primary = [button for button in buttons if button.property("kind") == "primary"]
    assert primary == [window.top_bar.primary]
    assert window.top_bar.primary.text() == "Run"
    assert window.top_bar.primary.shortcut_text == "F5"


def test_away_the_step_buttons_are_there_but_say_why_not(
    show_window: Callable[..., MainWindow],
) -> None:
    window = show_window()
    window.show_controls(controls(Away("my-app.example.com")))
    over = window.top_bar.steps[CommandId.OVER]
    assert over.isVisible()
    assert not over.isEnabled()
    assert "Waiting for the browser" in over.toolTip()
    assert window.top_bar.primary.text() == "Send"
    assert window.top_bar.primary.shortcut_text == "Ctrl+Enter"


def test_undo_names_what_it_undoes(show_window: Callable[..., MainWindow]) -> None:
    window = show_window()
    window.show_history("add Deny by audience", "")
    assert window.top_bar.undo.toolTip().startswith("Undo: add Deny by audience")
    assert not window.top_bar.redo.isEnabled()
    assert "Nothing to redo." in window.top_bar.redo.toolTip()


def test_a_press_gives_the_command(show_window: Callable[..., MainWindow]) -> None:
    window = show_window()
    given: list[object] = []
    window.commands.invoked.connect(given.append)
    window.show_history("add Deny by audience", "")
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(window.top_bar.primary, left)
    QTest.mouseClick(window.top_bar.undo, left)
    QTest.mouseClick(window.top_bar.export, left)
    assert given == [CommandId.PRIMARY, CommandId.UNDO, CommandId.EXPORT]


def test_the_title_carries_the_state(show_window: Callable[..., MainWindow]) -> None:
    window = show_window()
    window.show_flow("Customer login", False, "")
    window.show_controls(controls(Away("my-app.example.com")))
    assert window.windowTitle() == "● Away, Customer login"
    window.show_flow("Customer login", True, "")
    window.show_controls(controls(Past(Finished("allowed"), 4, 11)))
    assert window.windowTitle() == "Allowed, Customer login* (past)"
