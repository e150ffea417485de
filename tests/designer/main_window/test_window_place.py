"""Where the window goes on the screens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from loginwright_designer.main_window.window_place import place_of, state_of
from loginwright_designer.preferences import WindowState

MAIN = QRect(0, 0, 1920, 1040)
SECOND = QRect(1920, 0, 1280, 1000)

places = st.integers(-20_000, 20_000)
lengths = st.integers(1, 20_000)
states = st.builds(WindowState, left=places, top=places, width=lengths, height=lengths)


@given(states)
def test_the_window_is_always_wholly_on_a_screen(state: WindowState) -> None:
    placed = place_of(state, [MAIN, SECOND])
    assert MAIN.contains(placed) or SECOND.contains(placed)


def test_a_window_that_fits_stays_where_it_was() -> None:
    place = QRect(2000, 50, 1000, 700)
    assert place_of(state_of(place, maximized=False), [MAIN, SECOND]) == place


def test_a_window_of_a_screen_that_is_gone_comes_to_the_one_that_is_left() -> None:
    state = state_of(QRect(2000, 50, 1000, 700), maximized=False)
    assert MAIN.contains(place_of(state, [MAIN]))


def test_the_first_window_is_in_the_middle() -> None:
    assert place_of(None, [MAIN]).center() == MAIN.center()


def test_the_first_window_is_no_larger_than_a_small_screen() -> None:
    assert place_of(None, [QRect(0, 0, 1024, 700)]) == QRect(0, 0, 1024, 700)
