"""The window as a whole: its arrangements, its panes, and the keyboard in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget

from loginwright_designer.main_window.arrangement import Mode, Page, Pane, SidePlace
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.main_window.command_set import Refusal
from loginwright_designer.main_window.editor_area import TabKey
from loginwright_designer.main_window.palette_rows import PaletteRow
from loginwright_designer.simulation.states import Finished, Idle, Past, controls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from PySide6.QtGui import QAccessibleInterface

    from loginwright_designer.main_window.window import MainWindow
    from loginwright_designer.theme.theme import Theme

    ShowWindow: TypeAlias = Callable[..., MainWindow]

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
RING = [
    "Top bar",
    "Rail",
    "Side panel",
    "Canvas",
    "Editor",
    "Inspector",
    "Bottom panel",
    "Status bar",
]


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    """Press a key where the keyboard is."""
    focus = QApplication.focusWidget()
    target = window if focus is None else focus
    QTest.keyClick(target, key, modifiers or Qt.KeyboardModifier.NoModifier)
    QApplication.processEvents()


def type_text(window: MainWindow, text: str) -> None:
    target = window.focusWidget()
    assert target is not None
    QTest.keyClicks(target, text)
    QApplication.processEvents()


def focused(window: MainWindow) -> str:
    """Return the name of what has the keyboard."""
    widget = window.focusWidget()
    return "" if widget is None else widget.accessibleName()


def open_code(window: MainWindow, name: str = "ask.js") -> QPlainTextEdit:
    """Open code as Enter on a card does."""
    page = QPlainTextEdit("code\n" * 50)
    page.setAccessibleName(name)
    window.editor_area.open(TabKey("code", name), page, name, "file-code")
    window.open_editor()
    QApplication.processEvents()
    return page


def test_it_starts_with_the_keyboard_on_the_canvas(show_window: ShowWindow) -> None:
    assert focused(show_window()) == "Lane"


def test_a_window_that_was_painted_empty_gives_the_keyboard_to_the_canvas(
    fill_a_shown_window: Callable[[], MainWindow],
) -> None:
    assert focused(fill_a_shown_window()) == "Lane"


def test_the_keyboard_stays_in_its_pane_when_what_has_it_can_no_longer_be_used(
    show_window: ShowWindow,
) -> None:
    window = show_window()
    open_code(window)
    answer = QPushButton("Passed")
    answer.setAccessibleName("Passed")
    window.editor_area.open(TabKey("desk", "answer"), answer, "Answer", "shield-check")
    answer.setFocus()
    assert focused(window) == "Passed"
    answer.setEnabled(False)
    QApplication.processEvents()
    now = window.focusWidget()
    assert now is not None
    assert window.editor_area.isAncestorOf(now)


def test_composing_shows_library_canvas_inspector_and_problems(show_window: ShowWindow) -> None:
    window = show_window()
    assert window.side_panel.shown == "library"
    assert window.bottom_panel.shown == "problems"
    assert window.division.plan.shown == {Pane.CANVAS, Pane.INSPECTOR, Pane.BOTTOM}
    assert not window.editor_area.isVisible()


def test_a_run_at_1440_has_the_widths_of_the_drawing(show_window: ShowWindow) -> None:
    window = show_window()
    open_code(window)
    window.show_mode(Mode.RUN)
    QApplication.processEvents()
    assert not window.side_panel.isVisible()
    assert window.canvas_pane.width() == 320
    assert abs(window.editor_area.width() - 736) <= 2
    assert abs(window.division.widget(Pane.INSPECTOR).width() - 336) <= 2
    assert window.bottom_panel.height() == 144
    assert window.bottom_panel.shown == "steps"


def test_the_two_arrangements_have_keys(show_window: ShowWindow) -> None:
    window = show_window()
    told: list[object] = []
    window.mode_changed.connect(told.append)
    press(window, Qt.Key.Key_2, CTRL)
    assert window.mode is Mode.RUN
    press(window, Qt.Key.Key_1, CTRL)
    assert told == [Mode.RUN, Mode.COMPOSE]
    assert window.commands.action(CommandId.COMPOSE).isChecked()


def test_a_panel_opened_by_hand_stays_open_when_the_run_begins(show_window: ShowWindow) -> None:
    window = show_window()
    QTest.mouseClick(window.rail.button("secrets"), Qt.MouseButton.LeftButton)
    window.show_mode(Mode.RUN)
    assert window.side_panel.isVisible()
    assert window.side_panel.shown == "secrets"
    assert window.rail.open_panel == "secrets"


def test_the_rail_closes_the_panel_that_it_has_opened(show_window: ShowWindow) -> None:
    window = show_window()
    button = window.rail.button("library")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not window.side_panel.isVisible()
    assert not button.isChecked()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.side_panel.isVisible()


def test_the_rail_marks_no_panel_that_the_grid_hides_and_opens_it_with_one_press(
    show_window: ShowWindow,
) -> None:
    window = show_window()
    window.show_page(Page.SCENARIOS)
    assert not window.side_panel.isVisible()
    assert [button for button in window.rail.buttons if button.isChecked()] == []

    QTest.mouseClick(window.rail.button("library"), Qt.MouseButton.LeftButton)

    assert window.side_panel.isVisible()
    assert window.rail.open_panel == "library"


def test_arrows_go_along_the_rail(show_window: ShowWindow) -> None:
    window = show_window()
    window.rail.button("library").setFocus()
    press(window, Qt.Key.Key_Down)
    assert focused(window) == "Scenarios"
    press(window, Qt.Key.Key_Up)
    press(window, Qt.Key.Key_Up)
    assert focused(window) == "Preferences"


def test_opening_code_while_composing_shows_the_editor(show_window: ShowWindow) -> None:
    window = show_window()
    page = open_code(window)
    assert page.isVisible()
    assert window.canvas_pane.isVisible()
    window.editor_area.close(TabKey("code", "ask.js"))
    QApplication.processEvents()
    assert not window.editor_area.isVisible()


def test_the_grid_takes_the_place_of_canvas_and_editor(show_window: ShowWindow) -> None:
    window = show_window()
    open_code(window)
    press(window, Qt.Key.Key_3, CTRL)
    assert window.page.value == Page.SCENARIOS
    assert focused(window) == "Grid"
    assert not window.editor_area.isVisible()
    press(window, Qt.Key.Key_3, CTRL)
    assert window.page.value == Page.FLOW
    assert window.editor_area.isVisible()


def test_what_is_dragged_is_remembered_at_100_percent(
    show_window: ShowWindow, make_theme: Callable[..., Theme]
) -> None:
    window = show_window(2400, 1200, theme=make_theme(zoom=150))
    window.division._outer.moveSplitter(450, 1)
    widths = window.memory.sizes.widths
    assert (widths.side, widths.canvas, widths.inspector) == (300, 320, 336)
    assert abs(window.division.widget(Pane.INSPECTOR).width() - 504) <= 2


def test_f6_goes_round_all_panes_and_back(show_window: ShowWindow) -> None:
    window = show_window()
    open_code(window)
    entered: list[str] = []
    window.ring.entered.connect(entered.append)
    window.top_bar.primary.setFocus()
    for _ in RING:
        press(window, Qt.Key.Key_F6)
    assert entered == [*RING[1:], RING[0]]
    entered.clear()
    press(window, Qt.Key.Key_F6, SHIFT)
    press(window, Qt.Key.Key_F6, SHIFT)
    assert entered == ["Status bar", "Bottom panel"]


def test_f6_leaves_out_what_is_closed(show_window: ShowWindow) -> None:
    window = show_window()
    window.open_side(None)
    entered: list[str] = []
    window.ring.entered.connect(entered.append)
    window.rail.button("library").setFocus()
    press(window, Qt.Key.Key_F6)
    press(window, Qt.Key.Key_F6)
    assert entered == ["Canvas", "Inspector"]


def test_f6_comes_back_to_where_the_keyboard_was_in_a_pane(show_window: ShowWindow) -> None:
    window = show_window()
    window.top_bar.undo.setEnabled(True)
    window.top_bar.undo.setFocus()
    press(window, Qt.Key.Key_F6)
    press(window, Qt.Key.Key_F6, SHIFT)
    assert window.focusWidget() is window.top_bar.undo


def test_f6_brings_panes_to_the_front_that_are_tabs(show_window: ShowWindow) -> None:
    window = show_window(640, 400)
    open_code(window)
    window.show_pane(Pane.CANVAS)
    window.focus_pane(Pane.CANVAS)
    seen = []
    for _ in range(3):
        press(window, Qt.Key.Key_F6)
        seen.append(focused(window))
    assert seen == ["ask.js", "Inspector", "Problems"]


def test_the_keyboard_is_not_lost_with_the_panel_that_had_it(show_window: ShowWindow) -> None:
    window = show_window()
    window.open_side("secrets", focus=True)
    assert focused(window) == "Secrets"
    window.open_side(None)
    QApplication.processEvents()
    assert window.focusWidget() is not None
    assert window.focusWidget().isVisible()


def test_the_keyboard_stays_in_a_pane_whose_view_hides(show_window: ShowWindow) -> None:
    window = show_window()
    page = open_code(window)
    open_code(window, "other.js")
    window.editor_area.focus(TabKey("code", "ask.js"))
    assert window.focusWidget() is page
    window.editor_area.open(TabKey("code", "other.js"), page, "", "")
    QApplication.processEvents()
    assert window.editor_area.isAncestorOf(window.focusWidget())


def test_ctrl_k_sec_enter_opens_the_secrets_with_the_keyboard_in_them(
    show_window: ShowWindow,
) -> None:
    window = show_window()
    press(window, Qt.Key.Key_K, CTRL)
    type_text(window, "sec")
    press(window, Qt.Key.Key_Return)
    assert window.side_panel.shown == "secrets"
    assert focused(window) == "Secrets"


def test_esc_closes_the_palette_and_gives_the_keyboard_back(show_window: ShowWindow) -> None:
    window = show_window()
    press(window, Qt.Key.Key_K, CTRL)
    shown = [window.palette_popup.is_open]
    press(window, Qt.Key.Key_Escape)
    shown.append(window.palette_popup.is_open)
    assert shown == [True, False]
    assert focused(window) == "Lane"


def test_the_palette_offers_what_was_used_last_first(show_window: ShowWindow) -> None:
    window = show_window()
    window.open_commands()
    type_text(window, "about")
    press(window, Qt.Key.Key_Return)
    window.open_commands()
    assert window.palette_popup.rows[0].text == "About Loginwright"


def test_a_command_that_is_off_stays_and_says_why(show_window: ShowWindow) -> None:
    window = show_window()
    window.show_controls(controls(Idle()))
    window.open_commands()
    type_text(window, "stop")
    row = window.palette_popup.rows[0]
    assert (row.text, row.enabled, row.reason) == ("Stop", False, "No login is running.")
    press(window, Qt.Key.Key_Return)
    assert window.palette_popup.is_open


def test_no_command_is_given_by_key_while_the_palette_is_open(show_window: ShowWindow) -> None:
    window = show_window()
    given: list[object] = []
    window.open_commands()
    window.commands.invoked.connect(given.append)
    press(window, Qt.Key.Key_F5)
    press(window, Qt.Key.Key_2, CTRL)
    assert given == []


def test_files_and_lines_are_told_to_the_owner(show_window: ShowWindow) -> None:
    window = show_window()
    chosen: list[object] = []
    window.palette_chosen.connect(chosen.append)
    file = PaletteRow("actions/ask.js", "ask.js")
    window.open_rows((file,))
    press(window, Qt.Key.Key_Return)
    window.open_rows((file,))
    type_text(window, ":42")
    press(window, Qt.Key.Key_Return)
    assert chosen == [file, PaletteRow(":42", "Go to line 42")]


def test_a_press_beside_the_palette_closes_it(show_window: ShowWindow) -> None:
    window = show_window()
    window.open_commands()
    QTest.mouseClick(window.rail.button("library"), Qt.MouseButton.LeftButton)
    window.rail.button("library").setFocus()
    assert not window.palette_popup.is_open


def test_code_keeps_the_keys_that_it_answers_itself(show_window: ShowWindow) -> None:
    window = show_window()
    given: list[object] = []
    window.commands.invoked.connect(given.append)
    open_code(window).setFocus()
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_F, CTRL)
    press(window, Qt.Key.Key_M, CTRL)
    assert given == []
    window.focus_pane(Pane.CANVAS)
    press(window, Qt.Key.Key_F9)
    assert given == [CommandId.TOGGLE_BREAKPOINT]


def test_the_grid_keeps_the_key_that_runs_all(show_window: ShowWindow) -> None:
    window = show_window()
    given: list[object] = []
    window.commands.invoked.connect(given.append)
    press(window, Qt.Key.Key_Return, CTRL)
    window.show_page(Page.SCENARIOS, focus=True)
    press(window, Qt.Key.Key_Return, CTRL)
    assert given == [CommandId.SEND]


def test_f5_reaches_the_login_from_within_code(show_window: ShowWindow) -> None:
    window = show_window()
    given: list[object] = []
    window.commands.invoked.connect(given.append)
    open_code(window).setFocus()
    press(window, Qt.Key.Key_F5)
    assert given == [CommandId.PRIMARY]


def test_the_key_of_a_command_that_is_off_is_answered_with_the_reason(
    show_window: ShowWindow,
) -> None:
    window = show_window()
    refused: list[object] = []
    window.commands.refused.connect(refused.append)
    window.show_controls(controls(Finished("allowed")))
    press(window, Qt.Key.Key_F10)
    assert refused == [Refusal(CommandId.OVER, "The login is over.")]


def test_esc_leads_from_the_past_back_to_now_and_does_nothing_else(
    show_window: ShowWindow,
) -> None:
    window = show_window()
    given: list[object] = []
    window.commands.invoked.connect(given.append)
    window.show_controls(controls(Finished("allowed")))
    press(window, Qt.Key.Key_Escape)
    assert given == []
    window.show_controls(controls(Past(Finished("allowed"), 1, 2)))
    press(window, Qt.Key.Key_Escape)
    assert given == [CommandId.BACK_TO_NOW]


def test_in_a_narrow_window_the_side_panel_waits_until_it_is_asked_for(
    show_window: ShowWindow,
) -> None:
    window = show_window(1100, 720)
    assert not window.side_panel.isVisible()
    window.open_side("library", focus=True)
    assert window.division.plan.side is SidePlace.OVERLAY
    assert window.canvas_pane.mapTo(window, QPoint(0, 0)).x() == 48
    assert window.side_panel.mapTo(window, QPoint(0, 0)).x() == 48
    assert focused(window) == "Library"


def test_the_panel_that_lies_over_goes_when_the_keyboard_goes_on(show_window: ShowWindow) -> None:
    window = show_window(1100, 720)
    window.open_side("library", focus=True)
    press(window, Qt.Key.Key_F6)
    assert focused(window) == "Lane"
    assert not window.side_panel.isVisible()


def test_esc_closes_the_panel_that_lies_over(show_window: ShowWindow) -> None:
    window = show_window(1100, 720)
    window.open_side("library", focus=True)
    press(window, Qt.Key.Key_Escape)
    assert not window.side_panel.isVisible()
    assert focused(window) == "Lane"


def test_the_side_panel_comes_back_when_the_window_is_wide_again(show_window: ShowWindow) -> None:
    window = show_window(1440, 900)
    window.resize(1000, 700)
    QApplication.processEvents()
    assert not window.side_panel.isVisible()
    window.resize(1440, 900)
    QApplication.processEvents()
    assert window.side_panel.isVisible()


@pytest.mark.parametrize(
    ("width", "height", "zoom"),
    [(1440, 900, 100), (1280, 720, 100), (720, 450, 100), (640, 400, 100), (1440, 900, 200)],
)
def test_everything_can_be_reached_and_lies_inside(
    show_window: ShowWindow,
    make_theme: Callable[..., Theme],
    styled: Callable[[Theme], None],
    width: int,
    height: int,
    zoom: int,
) -> None:
    theme = make_theme(zoom=zoom)
    styled(theme)
    window = show_window(width, height, theme=theme)
    open_code(window)
    assert (window.width(), window.height()) == (width, height)
    for pane in (Pane.CANVAS, Pane.EDITOR, Pane.INSPECTOR, Pane.BOTTOM):
        window.show_pane(pane)
        QApplication.processEvents()
        widget = window.division.widget(pane)
        assert widget.isVisible(), pane
        corner = widget.mapTo(window, QPoint(0, 0))
        assert window.rect().contains(widget.rect().translated(corner)), pane
        assert widget.height() >= theme.px(76), pane


def test_headers_that_stand_beside_each_other_are_equally_high(show_window: ShowWindow) -> None:
    window = show_window()
    open_code(window)
    tops = {
        header.mapTo(window, QPoint(0, 0)).y()
        for header in (window.canvas_pane.header, window.editor_area._header)
    }
    heights = {window.canvas_pane.header.height(), window.editor_area._header.height()}
    assert (len(tops), heights) == (1, {40})


def test_bars_lie_under_the_top_bar_and_move_the_rest_down(show_window: ShowWindow) -> None:
    window = show_window()
    bar = QLabel("Allowed")
    bar.setFixedHeight(48)
    window.add_bar(bar)
    QApplication.processEvents()
    assert bar.mapTo(window, QPoint(0, 0)) == QPoint(48, 48)
    assert bar.width() == 1440 - 48
    assert window.canvas_pane.mapTo(window, QPoint(0, 0)).y() == 96


def test_the_window_can_be_made_as_small_as_the_design_says(show_window: ShowWindow) -> None:
    assert show_window().minimumSize().toTuple() == (640, 400)


def test_closing_is_left_to_the_owner(show_window: ShowWindow) -> None:
    window = show_window()

    def refuse(event: QCloseEvent) -> None:
        event.ignore()

    window.closing.connect(refuse)
    assert not window.close()
    assert window.isVisible()
    window.closing.disconnect(refuse)


def test_the_window_comes_back_where_it_was(show_window: ShowWindow) -> None:
    window = show_window(700, 500)
    state = window.window_state()
    other = show_window()
    other.restore_place(state)
    assert other.size().toTuple() == (700, 500)


def test_on_macos_the_menus_stand_on_the_menu_bar(show_window: ShowWindow) -> None:
    bar = show_window(mac=True).menuBar()
    assert [action.text() for action in bar.actions()][:3] == ["File", "Edit", "Flow"]


def every_item(item: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """The item and all below it."""
    yield item
    for number in range(item.childCount()):
        child = item.child(number)
        if child is not None:
            yield from every_item(child)


def test_nothing_that_can_have_the_keyboard_is_nameless(show_window: ShowWindow) -> None:
    window = show_window()
    open_code(window)
    window.toasts.show_text("Deleted Block weekends.", "Undo")
    window.open_commands()
    nameless = [
        (item.role(), item.object())
        for item in every_item(QAccessible.queryAccessibleInterface(window))
        if item.state().focusable
        and not item.state().invisible
        and not item.text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []


def test_the_toasts_lie_above_the_status_line(show_window: ShowWindow) -> None:
    window = show_window()
    window.toasts.show_text("Deleted Block weekends.", "Undo")
    status = window._status
    assert isinstance(status, QWidget)
    top = status.mapTo(window, QPoint(0, 0)).y()
    assert window.toasts.geometry().bottom() < top


def test_f6_reaches_a_message_as_long_as_there_is_one(show_window: ShowWindow) -> None:
    window = show_window()
    toast = window.toasts.show_text("The folder cannot be written.", error=True)
    window.focus_pane(Pane.BOTTOM)
    press(window, Qt.Key.Key_F6)
    press(window, Qt.Key.Key_F6)
    assert focused(window) == "Dismiss"
    QTest.mouseClick(toast.dismiss, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert focused(window) == "Lane"
    assert "Messages" not in window.ring.names


def test_the_menu_holds_all_menus(show_window: ShowWindow) -> None:
    menu = show_window().top_bar.menu_button.menu()
    titles = [action.text() for action in menu.actions()]
    assert titles == ["File", "Edit", "Flow", "Run", "Scenarios", "View", "Help"]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen platform
@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_a_key_opens_the_menu_and_waits_for_nothing(show_window: ShowWindow, key: Qt.Key) -> None:
    button = show_window().top_bar.menu_button
    button.setFocus()
    QTest.keyClick(button, key)
    assert button.menu().isVisible()
    QTest.keyClick(button.menu(), Qt.Key.Key_Escape)
    assert not button.menu().isVisible()


def test_changing_the_zoom_divides_the_window_anew(
    show_window: ShowWindow, make_theme: Callable[..., Theme]
) -> None:
    theme = make_theme()
    window = show_window(1440, 900, theme=theme)
    theme.choose_zoom(200)
    QApplication.processEvents()
    assert window.top_bar.height() == 96
    assert window.rail.width() == 96
    assert window.division.plan.all_tabs
    theme.choose_zoom(100)
    QApplication.processEvents()
    assert window.division.plan.all_tabs == ()
    assert window.side_panel.isVisible()
