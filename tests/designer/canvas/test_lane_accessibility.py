"""The lane for who cannot see it, in every state of the sample's logins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest

from loginwright_designer.canvas.lane_state import PastAt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QAccessibleInterface

    from lane_samples import Sample
    from loginwright_designer.canvas.lane_view import LaneView

SCENARIOS = (
    None,
    "first-login",
    "from-north-america",
    "on-a-saturday",
    "silent-login",
    "the-sent-token-echoed",
)


def every_item(item: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """The item and all below it."""
    yield item
    for number in range(item.childCount()):
        child = item.child(number)
        if child is not None:
            yield from every_item(child)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_nothing_that_can_have_the_keyboard_is_nameless(
    show: Callable[..., LaneView], sample: Sample, scenario: str | None
) -> None:
    view = show(sample.lane(scenario))
    root = QAccessible.queryAccessibleInterface(view)
    nameless = [
        item.role()
        for item in every_item(root)
        if item.state().focusable and not item.text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []


def test_lane_is_a_list_of_four_named_items(show: Callable[..., LaneView], sample: Sample) -> None:
    root = QAccessible.queryAccessibleInterface(show(sample.lane()))
    assert root.role() == QAccessible.Role.List
    assert root.text(QAccessible.Text.Name) == "Customer login, flow, 4 actions"
    items = [root.child(number) for number in range(root.childCount())]
    assert [item.text(QAccessible.Text.Name) for item in items] == [
        "1 of 4, Block weekends, JavaScript, not run yet",
        "2 of 4, Require MFA in NA, Python, not run yet",
        "3 of 4, Ask favourite colour, JavaScript, not run yet",
        "4 of 4, Add roles to tokens, JavaScript, not run yet",
    ]
    assert [bool(item.state().selected) for item in items] == [True, False, False, False]
    assert [bool(item.state().focused) for item in items] == [True, False, False, False]


def test_way_out_and_back_is_described(show: Callable[..., LaneView], sample: Sample) -> None:
    root = QAccessible.queryAccessibleInterface(show(sample.lane("first-login", 9)))
    item = root.child(2)
    assert item is not None
    assert item.text(QAccessible.Text.Name).endswith("away at my-app.example.com")
    assert "onContinuePostLogin: waiting" in item.text(QAccessible.Text.Description)


def test_ends_are_described_with_the_lane(show: Callable[..., LaneView], sample: Sample) -> None:
    root = QAccessible.queryAccessibleInterface(show(sample.lane("first-login")))
    described = root.text(QAccessible.Text.Description)
    assert described == "User signed in. Profile written, 1 key. Tokens issued"


def test_past_is_spoken_as_later(show: Callable[..., LaneView], sample: Sample) -> None:
    root = QAccessible.queryAccessibleInterface(show(sample.lane("first-login", None, PastAt(7))))
    last = root.child(3)
    assert last is not None
    assert last.text(QAccessible.Text.Name).endswith("later")


def test_a_card_is_selected_alone_also_while_ctrl_is_held(
    show: Callable[..., LaneView], sample: Sample
) -> None:
    view = show(sample.lane())
    window = view.window().windowHandle()
    ctrl, none = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
    QTest.keyPress(window, Qt.Key.Key_Z, ctrl)
    try:
        assert QGuiApplication.keyboardModifiers() == ctrl
        for _ in range(2):
            view.select("require-mfa-in-na")
            assert view.selected_actions() == ("require-mfa-in-na",)
        view.clearSelection()
        view.show_lane(sample.lane())
        assert view.selected_actions() == ("require-mfa-in-na",)
    finally:
        QTest.keyRelease(window, Qt.Key.Key_Z, none)
    item = QAccessible.queryAccessibleInterface(view).child(1)
    assert item is not None
    assert (item.state().selected, item.state().focused) == (1, 1)
