"""How the window is divided, as rules."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_designer.main_window.arrangement import (
    CANVAS_LEAST,
    EDITOR_LEAST,
    INSPECTOR_LEAST,
    RAIL,
    SIDE_LEAST,
    Page,
    Pane,
    SidePlace,
    Widths,
    Wish,
    bottom_height,
    column_widths,
    layout_for,
)

RUN = Wish(side=False, editor=True)
wishes = st.builds(
    Wish,
    side=st.booleans(),
    editor=st.booleans(),
    inspector=st.booleans(),
    bottom=st.booleans(),
    page=st.sampled_from(Page),
    front=st.sampled_from(Pane),
)
windows = st.tuples(st.integers(320, 4000), st.integers(200, 2500))
widths = st.builds(
    Widths,
    side=st.integers(0, 3000),
    canvas=st.integers(0, 3000),
    inspector=st.integers(0, 3000),
)


def wished(wish: Wish) -> set[Pane]:
    panes = {
        Pane.CANVAS: True,
        Pane.SIDE: wish.side,
        Pane.EDITOR: wish.editor and wish.page is Page.FLOW,
        Pane.INSPECTOR: wish.inspector,
        Pane.BOTTOM: wish.bottom,
    }
    return {pane for pane, wanted in panes.items() if wanted}


@given(windows, wishes)
def test_all_that_is_wished_can_be_reached_and_nothing_else(
    window: tuple[int, int], wish: Wish
) -> None:
    assert layout_for(*window, wish).reachable == wished(wish)


@given(windows, wishes)
def test_of_tabs_just_one_is_in_front(window: tuple[int, int], wish: Wish) -> None:
    plan = layout_for(*window, wish)
    for tabs in (plan.all_tabs, plan.work_tabs):
        assert len(set(tabs) & plan.shown) == (1 if tabs else 0)


@given(windows, wishes)
def test_a_tab_that_was_chosen_is_in_front(window: tuple[int, int], wish: Wish) -> None:
    plan = layout_for(*window, wish)
    if wish.front in (*plan.all_tabs, *plan.work_tabs):
        assert wish.front in plan.shown


@given(windows, wishes, widths)
def test_columns_share_all_there_is(window: tuple[int, int], wish: Wish, wanted: Widths) -> None:
    available = window[0] - RAIL
    columns = column_widths(available, layout_for(*window, wish), wanted)
    least = SIDE_LEAST + CANVAS_LEAST + INSPECTOR_LEAST
    if columns and available >= least:
        assert sum(columns.values()) == available
    assert all(width >= 0 for width in columns.values())


@given(windows, wishes, widths)
def test_the_editor_has_80_columns_until_all_else_is_at_its_least(
    window: tuple[int, int], wish: Wish, wanted: Widths
) -> None:
    columns = column_widths(window[0] - RAIL, layout_for(*window, wish), wanted)
    if columns.get(Pane.EDITOR, EDITOR_LEAST) < EDITOR_LEAST:
        assert columns.get(Pane.CANVAS, CANVAS_LEAST) == CANVAS_LEAST
        assert columns.get(Pane.INSPECTOR, INSPECTOR_LEAST) == INSPECTOR_LEAST
        assert columns.get(Pane.SIDE, SIDE_LEAST) == SIDE_LEAST


@given(st.integers(100, 2500), st.integers(0, 3000))
def test_the_middle_keeps_some_room_above_the_bottom_panel(available: int, wanted: int) -> None:
    height = bottom_height(available, wanted)
    assert height == 76 or available - height >= 120


@pytest.mark.parametrize(("width", "place"), [(1280, SidePlace.DOCKED), (1279, SidePlace.OVERLAY)])
def test_below_1280_the_side_panel_lies_over(width: int, place: SidePlace) -> None:
    assert layout_for(width, 720, Wish()).side is place


def test_below_1100_the_inspector_is_a_tab_beside_the_code() -> None:
    assert layout_for(1100, 720, RUN).work_tabs == ()
    assert layout_for(1099, 720, RUN).work_tabs == (Pane.EDITOR, Pane.INSPECTOR)
    assert Pane.CANVAS in layout_for(1099, 720, RUN).shown


@given(st.integers(900, 1099), widths)
def test_the_canvas_stays_as_it_is_when_the_inspector_gives_way_to_the_code(
    width: int, wanted: Widths
) -> None:
    code, inspector = (
        column_widths(width - RAIL, layout_for(width, 720, replace(RUN, front=front)), wanted)
        for front in (Pane.EDITOR, Pane.INSPECTOR)
    )
    assert code[Pane.CANVAS] == inspector[Pane.CANVAS]
    assert code[Pane.EDITOR] == inspector[Pane.INSPECTOR]


def test_without_code_the_inspector_keeps_its_column_below_1100() -> None:
    assert layout_for(950, 720, Wish(side=False)).work_tabs == ()


def test_below_900_canvas_and_editor_are_tabs() -> None:
    plan = layout_for(899, 720, RUN)
    assert plan.all_tabs == (Pane.CANVAS, Pane.EDITOR, Pane.INSPECTOR)
    assert plan.shown == {Pane.CANVAS, Pane.BOTTOM}


def test_in_the_smallest_window_the_bottom_panel_is_a_tab_too() -> None:
    plan = layout_for(640, 400, RUN)
    assert plan.all_tabs == (Pane.CANVAS, Pane.EDITOR, Pane.INSPECTOR, Pane.BOTTOM)


def test_a_run_at_1440_is_divided_as_drawn() -> None:
    columns = column_widths(1440 - RAIL, layout_for(1440, 900, RUN), Widths())
    assert columns == {Pane.CANVAS: 320, Pane.EDITOR: 736, Pane.INSPECTOR: 336}


def test_composing_at_1280_is_divided_as_drawn() -> None:
    columns = column_widths(1280 - RAIL, layout_for(1280, 720, Wish()), Widths())
    assert columns == {Pane.SIDE: 240, Pane.CANVAS: 656, Pane.INSPECTOR: 336}


def test_the_grid_has_the_editors_place_as_well() -> None:
    plan = layout_for(1440, 900, Wish(editor=True, page=Page.SCENARIOS))
    assert Pane.EDITOR not in plan.reachable
