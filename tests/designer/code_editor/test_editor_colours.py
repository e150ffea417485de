"""Code can be read on every ground that it can have (desktop.md, "Rules of the surface")."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from colour_contrast import SHAPE_CONTRAST, TEXT_CONTRAST, contrast
from loginwright_designer.code_editor.colours import editor_colours
from loginwright_designer.theme.roles import Scheme, SchemeChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.code_editor.colours import EditorColours
    from loginwright_designer.theme.theme import Theme

GROUNDS = (
    "ground", "current_line", "selection", "paused_tint", "past_tint", "match_tint", "found_tint",
)  # fmt: skip


@pytest.fixture(params=list(Scheme))
def colours(request: pytest.FixtureRequest, make_theme: Callable[..., Theme]) -> EditorColours:
    """The editor's colours, light and dark."""
    return editor_colours(make_theme(SchemeChoice(request.param)).tokens)


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_kind_of_code_is_readable(colours: EditorColours, ground: str) -> None:
    behind = getattr(colours, ground)
    unreadable = {
        role.value: round(contrast(colour, behind), 2)
        for role, colour in colours.syntax.items()
        if contrast(colour, behind) < TEXT_CONTRAST
    }
    assert unreadable == {}


@pytest.mark.parametrize("ground", ["ground", "current_line", "paused_tint", "past_tint"])
def test_numbers_and_values_are_readable_and_marks_are_seen(
    colours: EditorColours, ground: str
) -> None:
    behind = getattr(colours, ground)

    assert contrast(colours.number, behind) >= TEXT_CONTRAST
    assert contrast(colours.current_number, behind) >= TEXT_CONTRAST
    assert contrast(colours.breakpoint, behind) >= SHAPE_CONTRAST
    assert contrast(colours.warning, behind) >= SHAPE_CONTRAST
    assert contrast(colours.match, colours.ground) >= SHAPE_CONTRAST


def test_the_arrow_of_a_run_is_seen_on_its_band(colours: EditorColours) -> None:
    assert contrast(colours.paused, colours.paused_tint) >= SHAPE_CONTRAST
    assert contrast(colours.past, colours.past_tint) >= SHAPE_CONTRAST
