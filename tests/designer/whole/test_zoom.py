"""Every zoom, both themes, and a language half as long again: nothing is cut, all is reached."""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QScrollArea, QScrollBar, QWidget

from clipped_widgets import clipped
from loginwright_designer.code_editor.code_view import CodeView
from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.dialogs.about_sheet import AboutSheet
from loginwright_designer.dialogs.log_viewer import LogViewer
from loginwright_designer.dialogs.shortcuts_sheet import ShortcutsSheet
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.simulation import states
from loginwright_designer.theme.roles import Role
from pseudo_locale import PseudoLocale
from window_states import composing, given, logging_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from designer_driver import Driver

SIZES = [(1440, 900), (1280, 720), (720, 450), (640, 400)]


@pytest.fixture
def pseudo_locale(qapp: QCoreApplication) -> Iterator[None]:
    """The designer speaks a language that nobody speaks, from its start."""
    language = PseudoLocale()
    qapp.installTranslator(language)
    yield
    qapp.removeTranslator(language)


@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_the_open_window_takes_every_zoom_and_theme(
    start: Callable[..., Driver], zoom: int
) -> None:
    desk = start(size=(1440 * zoom // 100, 900 * zoom // 100))
    desk.press("F5")
    desk.until_state(states.Away)
    grounds = set()
    for theme in (CommandId.THEME_DARK, CommandId.THEME_LIGHT):
        given(desk, theme)
        desk.bench.commands.zoom(zoom)
        desk.turn()
        grounds.add(desk.bench.theme.colour(Role.SURFACE).name())
        assert desk.views.lane.fontMetrics().height() >= 12 * zoom // 100
        assert clipped(desk.window) == set()
    assert len(grounds) == 2
    assert desk.primaries()[0] == "Send"


@pytest.mark.parametrize("sheet", [CommandId.EXPORT, CommandId.PREFERENCES])
def test_a_zoom_leaves_the_keyboard_in_an_open_sheet(
    start: Callable[..., Driver], sheet: CommandId
) -> None:
    desk = start()
    desk.press("F5")
    desk.until_state(states.Away)
    desk.press("Ctrl+Return")
    desk.until_state(states.Paused)
    desk.flow.code.open_action("ask-favourite-colour")
    desk.window.open_editor(focus=True)
    given(desk, sheet)
    for zoom in (125, 150, 200, 100):
        desk.bench.commands.zoom(zoom)
        desk.turn()
        assert isinstance(sheet_around(desk.focus()), Sheet)
    desk.press("Esc")
    assert sheet_around(desk.focus()) is None


@pytest.mark.parametrize("sheet", [CommandId.EXPORT, CommandId.PREFERENCES])
def test_an_open_sheet_is_as_high_as_its_content_after_a_zoom(
    start: Callable[..., Driver], sheet: CommandId
) -> None:
    desk = start()
    given(desk, sheet)
    opened = sheet_around(desk.focus())
    assert opened is not None
    for zoom in (110, 125, 100):
        desk.bench.commands.zoom(zoom)
        desk.turn()
        assert opened.card.height() < opened.height() - desk.bench.theme.px(32)
        assert scroll_bar(opened).maximum() == 0


def test_a_list_in_a_sheet_gives_way_instead_of_scrolling_inside_a_scrolling_sheet(
    start: Callable[..., Driver],
) -> None:
    desk = start(size=(1280, 800))
    given(desk, CommandId.KEYBOARD_SHORTCUTS)
    opened = sheet_around(desk.focus())
    assert isinstance(opened, ShortcutsSheet)
    full = opened.tree.height()
    for zoom in (150, 175, 125):
        desk.bench.commands.zoom(zoom)
        desk.turn()
        assert scroll_bar(opened).maximum() == 0
        assert opened.tree.verticalScrollBar().maximum() > 0
    desk.bench.commands.zoom(100)
    desk.turn()
    assert opened.tree.height() == full


@pytest.mark.parametrize("sheet", [CommandId.ABOUT, CommandId.SHOW_LOG])
@pytest.mark.allow_logs(reason="what the log shows")
def test_texts_in_a_sheet_give_way_before_the_sheet_scrolls(
    start: Callable[..., Driver], sheet: CommandId
) -> None:
    desk = start(size=(1280, 800))
    for number in range(60):
        getLogger("loginwright_designer").warning("noted %s", number)
    given(desk, sheet)
    opened = sheet_around(desk.focus())
    assert isinstance(opened, AboutSheet | LogViewer)
    desk.until(lambda: opened.text.blockCount() > 1)
    full = opened.text.height()
    for zoom in (150, 125):
        desk.bench.commands.zoom(zoom)
        desk.turn()
        assert scroll_bar(opened).maximum() == 0
        assert opened.text.verticalScrollBar().maximum() > 0
        assert opened.text.height() >= 4 * opened.text.fontMetrics().lineSpacing()
    desk.bench.commands.zoom(100)
    desk.turn()
    assert opened.text.height() == full


def test_a_panel_that_lies_over_gives_way_to_the_next_by_keys(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.bench.commands.zoom(150)
    desk.turn()
    for command in (
        CommandId.SHOW_LIBRARY,
        CommandId.SHOW_SCENARIOS,
        CommandId.SHOW_SECRETS,
        CommandId.SHOW_RECORDED,
    ):
        given(desk, command)
        assert desk.window.side_panel.isVisible(), command
        assert desk.window.side_panel.isAncestorOf(desk.focus())


def test_facts_of_an_action_stand_where_they_stood_before_a_zoom(
    start: Callable[..., Driver],
) -> None:
    desk = start()
    desk.views.lane.setFocus()
    desk.press("Home", "Down")
    name = desk.views.inspector.action.facts.name
    before = name.geometry()
    for zoom in (150, 100):
        desk.bench.commands.zoom(zoom)
        desk.turn()
    assert name.geometry() == before


@pytest.mark.parametrize("zoom", [100, 150])
def test_code_scrolls_where_its_pane_is_narrow(start: Callable[..., Driver], zoom: int) -> None:
    desk = start()
    desk.flow.code.open_action("ask-favourite-colour")
    desk.window.open_side("recorded", focus=False)
    desk.window.open_editor(focus=True)
    desk.bench.commands.zoom(zoom)
    desk.turn()
    editor = desk.focus().parentWidget()
    while editor is not None and editor is not desk.window:
        area = editor.parentWidget()
        assert area is None or area.rect().contains(editor.geometry())
        editor = area


def test_a_zoom_leaves_the_cursor_in_sight(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.flow.code.open_action("ask-favourite-colour", line=18)
    desk.window.open_editor(focus=True)
    desk.turn()
    code = desk.focus()
    assert isinstance(code, CodeView)
    for zoom in (125, 150, 200, 150, 100):
        desk.bench.commands.zoom(zoom)
        desk.turn()
        assert code.viewport().rect().contains(code.cursorRect())


@pytest.mark.parametrize("size", SIZES)
def test_no_word_is_cut_while_a_flow_is_composed(
    start: Callable[..., Driver], size: tuple[int, int]
) -> None:
    desk = start(size=size)
    assert {words for _ in composing(desk) for words in clipped(desk.window)} == set()


@pytest.mark.parametrize("size", SIZES)
def test_no_word_is_cut_in_a_login(start: Callable[..., Driver], size: tuple[int, int]) -> None:
    desk = start(size=size)
    assert {words for _ in logging_in(desk) for words in clipped(desk.window)} == set()


@pytest.mark.parametrize("size", [(1440, 900), (640, 400)])
def test_no_word_is_cut_in_a_longer_language(
    start: Callable[..., Driver], size: tuple[int, int], pseudo_locale: None
) -> None:
    desk = start(size=size)
    cut = {words for _ in composing(desk) for words in clipped(desk.window, elided=True)}
    assert cut == set()


@pytest.mark.parametrize("size", [(1440, 900), (640, 400)])
def test_everything_is_reached_by_keys(start: Callable[..., Driver], size: tuple[int, int]) -> None:
    desk = start(size=size)
    reached: set[QWidget] = set()
    for _ in range(8):
        desk.press("F6")
        first = desk.focus()
        reached |= tabbed_through(desk)
        first.setFocus()
    missed = [
        (type(widget).__name__, widget.accessibleName())
        for widget in desk.window.findChildren(QWidget)
        if takes_tab(widget) and widget not in reached
    ]
    assert missed == []


def tabbed_through(desk: Driver) -> set[QWidget]:
    """Return what Tab comes to, from where the keyboard is."""
    came: set[QWidget] = set()
    while desk.focus() not in came:
        came.add(desk.focus())
        desk.press("Tab")
    return came


def sheet_around(widget: QWidget | None) -> Sheet | None:
    """Return the sheet that a widget stands in, None where it stands in none."""
    while widget is not None and not isinstance(widget, Sheet):
        widget = widget.parentWidget()
    return widget


def scroll_bar(sheet: Sheet) -> QScrollBar:
    """Return what scrolls a sheet's content where it is higher than the window."""
    area = sheet.card.findChild(QScrollArea, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert area is not None
    return area.verticalScrollBar()


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab is to stop at a widget."""
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    proxied = widget.focusProxy() is not None
    return bool(policy) and widget.isVisible() and widget.isEnabled() and not proxied
