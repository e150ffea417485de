"""*Call stack* says in a narrow panel which function stands, and at which line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loginwright_designer.panels.inspector.call_stack import CallStackView
from loginwright_designer.panels.inspector.frame_delegate import FRAME_ROLE, place_that_fits
from loginwright_runtime.debugging.inspection import Frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.theme.theme import Theme

COLOUR = "actions/ask-favourite-colour.js"
PAUSED = Frame("0", "exports.onContinuePostLogin", COLOUR, 39)
NARROWEST, USUAL = 280, 336


def painted(stack: CallStackView, theme: Theme) -> list[tuple[str, str]]:
    """Function and place of every row, as there is room for them."""
    rows = []
    for row in range(stack.list.count()):
        words = stack.list.item(row).data(FRAME_ROLE)
        rows.append(place_that_fits(words, stack.list.viewport().width(), theme))
    return rows


@pytest.mark.parametrize("width", [NARROWEST, USUAL])
def test_function_and_line_are_read_whole_where_the_file_has_no_room(
    make_theme: Callable[..., Theme], show: Callable[..., None], width: int
) -> None:
    theme = make_theme()
    stack = CallStackView(theme)
    show(stack, width)
    stack.show_frames([PAUSED], PAUSED)
    assert painted(stack, theme) == [("exports.onContinuePostLogin", "line 39")]


def test_the_file_stands_there_where_it_has_room(
    make_theme: Callable[..., Theme], show: Callable[..., None]
) -> None:
    theme = make_theme()
    stack = CallStackView(theme)
    show(stack, 480)
    stack.show_frames([PAUSED], PAUSED)
    assert painted(stack, theme) == [("exports.onContinuePostLogin", "ask-favourite-colour.js:39")]


def test_functions_of_two_files_keep_their_files(
    make_theme: Callable[..., Theme], show: Callable[..., None]
) -> None:
    theme = make_theme()
    stack = CallStackView(theme)
    show(stack, USUAL)
    stack.show_frames([Frame("0", "sign", "lib/tokens.js", 4), PAUSED], PAUSED)
    (inner, outer) = painted(stack, theme)
    assert inner == ("sign", "tokens.js:4")
    assert outer[1].endswith(".js:39")
    assert outer[0].startswith("exports.onContinue")


def test_the_whole_place_is_told_to_who_points_at_a_row_or_hears_it(
    make_theme: Callable[..., Theme], show: Callable[..., None]
) -> None:
    theme = make_theme()
    stack = CallStackView(theme)
    show(stack, NARROWEST)
    stack.show_frames([PAUSED], PAUSED)
    item = stack.list.item(0)
    assert f"exports.onContinuePostLogin, {COLOUR}:39" in item.toolTip()
    assert item.text() == "exports.onContinuePostLogin   ask-favourite-colour.js:39"
