"""Whatever takes the keyboard, and every row, says what it is to who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spoken_widgets import nameless
from window_states import composing, logging_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer_driver import Driver


def test_nothing_is_nameless_while_a_flow_is_composed(start: Callable[..., Driver]) -> None:
    desk = start()
    assert {item for _ in composing(desk) for item in nameless(desk.window)} == set()


def test_nothing_is_nameless_in_any_state_of_a_login(start: Callable[..., Driver]) -> None:
    desk = start()
    assert {item for _ in logging_in(desk) for item in nameless(desk.window)} == set()
