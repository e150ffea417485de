"""The lane worked with by real key and mouse events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from loginwright_designer.canvas.lane_signals import (
    ActionOpening,
    ActionSelection,
    DeleteRequest,
    InsertRequest,
    MenuRequest,
    MoveRequest,
    PlacingChange,
    RenameRequest,
)
from loginwright_designer.canvas.lane_state import CONTINUE, PastAt

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from lane_samples import Sample
    from loginwright_designer.canvas.lane_view import LaneView

FIRST, NA, ASK, LAST = (
    "block-weekends",
    "require-mfa-in-na",
    "ask-favourite-colour",
    "add-roles-to-tokens",
)
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(show: Callable[..., LaneView], sample: Sample) -> LaneView:
    return show(sample.lane())


def heard(view: LaneView) -> list[str]:
    """What is said from now on."""
    said: list[str] = []
    view.announced.connect(lambda announcement: said.append(announcement.text))
    return said


def asked(signal: object) -> list[object]:
    """What a signal asks for from now on."""
    requests: list[object] = []
    signal.connect(requests.append)  # type: ignore[attr-defined]  # a bound signal has no public type
    return requests


def centre(view: LaneView, action: str) -> QPoint:
    """The middle of an action's card, in the viewport."""
    row = next(card.number for card in view.shown_lane().cards if card.action == action) - 1
    place = (
        view.shown_places().rows[row].card.translated(0, view.visualRect(index(view, row)).top())
    )
    return place.center().toPoint()


def index(view: LaneView, row: int) -> QModelIndex:
    """The row of the lane's model."""
    return view.model().index(row, 0)


def test_the_current_card_stays_in_sight_when_the_window_gets_lower(view: LaneView) -> None:
    view.select(ASK)
    view.resize(view.width(), 900)
    QApplication.processEvents()
    view.resize(view.width(), 300)
    QApplication.processEvents()
    place = view.visualRect(view.currentIndex())
    assert place.top() >= 0
    assert place.bottom() <= view.viewport().height()


def test_a_lane_that_was_scrolled_away_from_the_current_card_stays_there(view: LaneView) -> None:
    view.select(LAST)
    view.resize(view.width(), 300)
    QApplication.processEvents()
    view.verticalScrollBar().setValue(0)
    view.resize(view.width(), 280)
    QApplication.processEvents()
    assert view.verticalScrollBar().value() == 0


def test_keyboard_begins_on_the_first_card(view: LaneView) -> None:
    assert view.selected_actions() == (FIRST,)
    assert view.currentIndex().row() == 0


def test_arrows_go_from_card_to_card(view: LaneView) -> None:
    selections = asked(view.action_selected)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.selected_actions() == (ASK,)
    assert selections[-1] == ActionSelection((ASK,), ASK)


def test_enter_opens_the_card(view: LaneView) -> None:
    opened = asked(view.action_opened)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [ActionOpening(FIRST)]


def test_alt_up_moves_the_third_card_to_second_and_says_so(view: LaneView, sample: Sample) -> None:
    requests, said = asked(view.move_requested), heard(view)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Up, ALT)
    assert requests == [MoveRequest((ASK,), 1)]
    view.show_lane(sample.reordered(1, 3, 2, 4))
    assert said == ["Ask favourite colour moved to 2 of 4"]
    assert view.selected_actions() == (ASK,)
    assert view.currentIndex().row() == 1


@pytest.mark.parametrize(
    ("downs", "key", "words"),
    [(0, Qt.Key.Key_Up, "Already the first"), (3, Qt.Key.Key_Down, "Already the last")],
)
def test_card_at_the_edge_says_that_it_cannot_move(
    view: LaneView, downs: int, key: Qt.Key, words: str
) -> None:
    requests, said = asked(view.move_requested), heard(view)
    for _ in range(downs):
        QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, key, ALT)
    assert (requests, said) == ([], [words])


def test_several_cards_move_together(view: LaneView) -> None:
    requests = asked(view.move_requested)
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert view.selected_actions() == (FIRST, NA)
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    assert requests == [MoveRequest((FIRST, NA), 1)]


def test_m_and_a_number_place_the_card(view: LaneView) -> None:
    requests, said = asked(view.move_requested), heard(view)
    view.select(ASK)
    QTest.keyClicks(view, "m1")
    assert said[-1] == "Move Ask favourite colour to 1 of 4: Enter moves, Esc cancels"
    assert view.shown_drop() is not None
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert requests == [MoveRequest((ASK,), 0)]
    assert view.shown_drop() is None


def test_placing_can_be_corrected_and_given_up(view: LaneView) -> None:
    requests, changes = asked(view.move_requested), asked(view.placing_changed)
    QTest.keyClicks(view, "m9")
    QTest.keyClicks(view, "3")
    QTest.keyClick(view, Qt.Key.Key_Backspace)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert requests == []
    assert changes[-1] == PlacingChange("")
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.selected_actions() == (NA,)


def test_placing_ends_when_the_keyboard_goes_elsewhere(view: LaneView) -> None:
    changes = asked(view.placing_changed)
    QTest.keyClicks(view, "m2")
    view.clearFocus()
    assert changes[-1] == PlacingChange("")
    assert view.shown_drop() is None


def test_delete_asks_without_a_dialog(view: LaneView) -> None:
    requests = asked(view.delete_requested)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert requests == [DeleteRequest((FIRST,))]
    assert QApplication.activeModalWidget() is None


def test_deleted_card_leaves_the_keyboard_on_a_neighbour(view: LaneView, sample: Sample) -> None:
    view.select(ASK)
    view.show_lane(sample.reordered(1, 2, 4))
    assert view.currentIndex().isValid()
    assert view.selected_actions() != ()


def test_selection_never_names_a_card_that_is_not_there(view: LaneView, sample: Sample) -> None:
    view.selectAll()
    selections = asked(view.action_selected)
    view.show_lane(sample.reordered(4, 2))
    known = {FIRST, NA, ASK, LAST}
    assert selections
    assert all(isinstance(one, ActionSelection) and {*one.actions} <= known for one in selections)
    assert view.selected_actions() == (LAST, NA)


def test_keys_mean_the_card_the_keyboard_is_on_where_none_is_selected(view: LaneView) -> None:
    requests = asked(view.delete_requested)
    view.select(NA)
    view.clearSelection()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert requests == [DeleteRequest((NA,))]


@pytest.mark.parametrize("beside", [False, True])
def test_menu_is_asked_for_what_is_under_the_pointer(view: LaneView, beside: bool) -> None:
    requests = asked(view.menu_requested)
    at = QPoint(3, 3) if beside else centre(view, NA)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    assert requests == [MenuRequest(() if beside else (NA,), view.viewport().mapToGlobal(at))]


def test_menu_key_asks_at_the_card(view: LaneView) -> None:
    requests = asked(view.menu_requested)
    view.select(ASK)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(view.viewport(), event)
    at = view.viewport().mapToGlobal(centre(view, ASK))
    assert requests == [MenuRequest((ASK,), at)]


def test_f2_renames_in_place(view: LaneView, qtbot: QtBot) -> None:
    requests, opened = asked(view.rename_requested), asked(view.action_opened)
    QTest.keyClick(view, Qt.Key.Key_F2)
    field = view.viewport().findChild(QLineEdit)
    assert field is not None
    assert (field.text(), field.accessibleName()) == ("Block weekends", "Name of Block weekends")
    QTest.keyClicks(field, "Closed at weekends")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: requests == [RenameRequest(FIRST, "Closed at weekends")])
    qtbot.waitUntil(view.hasFocus)
    assert opened == []


def test_escape_gives_the_old_name_back(view: LaneView) -> None:
    requests = asked(view.rename_requested)
    QTest.keyClick(view, Qt.Key.Key_F2)
    field = view.viewport().findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "Something else")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert requests == []
    assert view.hasFocus()


def on_screen(view: LaneView, gap: int) -> QPoint:
    """Where an insert point is."""
    middle = QPoint(view.viewport().width() // 2, round(view.gap_height(gap)))
    return view.viewport().mapToGlobal(middle)


def test_insert_asks_for_an_action_behind_the_card(view: LaneView) -> None:
    requests = asked(view.insert_requested)
    view.select(NA)
    QTest.keyClick(view, Qt.Key.Key_Insert)
    assert requests == [InsertRequest(2, on_screen(view, 2))]


@pytest.mark.parametrize("gap", range(5))
def test_click_on_an_insert_point_asks_for_an_action(view: LaneView, gap: int) -> None:
    requests = asked(view.insert_requested)
    point = QPoint(view.viewport().width() // 2, round(view.gap_height(gap)))
    QTest.mouseMove(view.viewport(), point)
    QTest.mouseClick(view.viewport(), LEFT, pos=point)
    assert requests == [InsertRequest(gap, on_screen(view, gap))]


def test_click_selects_and_double_click_opens(view: LaneView) -> None:
    opened = asked(view.action_opened)
    QTest.mouseClick(view.viewport(), LEFT, pos=centre(view, LAST))
    assert view.selected_actions() == (LAST,)
    QTest.mouseDClick(view.viewport(), LEFT, pos=centre(view, LAST))
    assert opened == [ActionOpening(LAST)]


def test_double_click_on_the_return_card_opens_its_handler(view: LaneView) -> None:
    opened = asked(view.action_opened)
    back = view.shown_places().rows[2].back
    assert back is not None
    point = back.center().toPoint() + view.visualRect(index(view, 2)).topLeft()
    QTest.mouseDClick(view.viewport(), LEFT, pos=point)
    assert opened == [ActionOpening(ASK, CONTINUE)]


def test_canvas_beside_the_cards_is_no_card(view: LaneView) -> None:
    assert not view.indexAt(QPoint(3, centre(view, FIRST).y())).isValid()
    assert view.indexAt(centre(view, FIRST)).row() == 0


@pytest.mark.parametrize("row", range(4))
def test_gap_of_a_drop_is_the_one_beside_the_pointer(view: LaneView, row: int) -> None:
    middle = centre(view, view.shown_lane().cards[row].action).y()
    assert view.gap_at(middle - 10) == row
    assert view.gap_at(middle + 10) == row + 1


def test_past_offers_no_insert_points(view: LaneView, sample: Sample) -> None:
    view.show_lane(sample.lane("first-login", None, PastAt(7)))
    requests = asked(view.insert_requested)
    point = QPoint(view.viewport().width() // 2, round(view.gap_height(1)))
    QTest.mouseClick(view.viewport(), LEFT, pos=point)
    view.select(NA)
    QTest.keyClick(view, Qt.Key.Key_Insert)
    assert requests == []


def test_empty_lane_says_what_can_be_done(show: Callable[..., LaneView], sample: Sample) -> None:
    view = show(sample.reordered())
    assert "Paste an action, drop a file" in view.accessibleDescription()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_M):
        QTest.keyClick(view, key)
    view.show_lane(sample.reordered(3))
    assert view.selected_actions() == (ASK,)


def test_marker_travels_and_arrives(
    show: Callable[..., LaneView], sample: Sample, qtbot: QtBot
) -> None:
    view = show(sample.lane("first-login", 8))
    view.set_reduced_motion(reduced=False)
    view.show_lane(sample.lane("first-login", 9))
    qtbot.waitUntil(lambda: view.marker_point() is not None)
    qtbot.waitUntil(lambda: view.marker_point() is None)


def test_reduced_motion_lets_the_marker_jump(show: Callable[..., LaneView], sample: Sample) -> None:
    view = show(sample.lane("first-login", 8))
    view.show_lane(sample.lane("first-login", 9))
    assert view.marker_point() is None
