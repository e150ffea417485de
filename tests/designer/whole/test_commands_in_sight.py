"""What a command does is seen, whatever stands in front; else it is off, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flow_folders import write_folder
from loginwright_designer.main_window.arrangement import Page
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.simulation import states
from loginwright_runtime.debugging import ActionBreakpoint, LineBreakpoint
from window_states import given

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (CommandId.FLOW_SETTINGS, "Names of custom claims"),
        (CommandId.SHOW_BREAKPOINTS, "Wherever it happens"),
    ],
)
def test_the_inspector_comes_to_the_front_from_the_grid_of_scenarios(
    start: Callable[..., Driver], command: CommandId, words: str
) -> None:
    desk = start(size=(1440, 900))
    given(desk, CommandId.SHOW_GRID)
    assert desk.window.page is Page.SCENARIOS
    assert not desk.views.inspector.isVisible()
    given(desk, command)
    assert desk.views.inspector.isVisible()
    assert desk.shows(words, desk.views.inspector), desk.texts(desk.views.inspector)
    assert desk.views.inspector.isAncestorOf(desk.focus())


def test_a_breakpoint_set_from_the_grid_brings_its_code_into_sight(
    start: Callable[..., Driver],
) -> None:
    desk = start(size=(1440, 900))
    desk.flow.code.open_action("ask-favourite-colour", line=12)
    given(desk, CommandId.SHOW_GRID)
    desk.press("F9")
    assert desk.window.page is Page.FLOW
    assert "ask-favourite-colour.js" in desk.focus_name()
    line = LineBreakpoint("actions/ask-favourite-colour.js", 12)
    assert line in desk.flow.session.breakpoints


def test_a_card_turned_off_from_the_grid_is_seen_in_the_lane(start: Callable[..., Driver]) -> None:
    desk = start(size=(1440, 900))
    selected = desk.flow.lane.selected
    given(desk, CommandId.SHOW_GRID)
    given(desk, CommandId.TURN_ON_OR_OFF)
    assert desk.window.page is Page.FLOW
    assert desk.views.lane.isVisible()
    off = {one.id for one in desk.flow.session.document.draft.flow.actions if not one.enabled}
    assert off == set(selected)
    given(desk, CommandId.SHOW_GRID)
    given(desk, CommandId.BREAK_BEFORE)
    assert desk.window.page is Page.FLOW
    assert ActionBreakpoint(selected[0], "before") in desk.flow.session.breakpoints


def test_a_flow_is_opened_again_from_the_palette(start: Callable[..., Driver], home: Path) -> None:
    first, second = write_folder(home / "first"), write_folder(home / "second")
    start(first).close()
    desk = start(second)
    given(desk, CommandId.OPEN_RECENT)
    popup = desk.window.palette_popup
    assert popup.isVisible()
    desk.type("first")
    desk.press("Return")
    desk.until(lambda: desk.flow.session.document.folder.path == first)


def test_commands_that_have_nothing_to_act_on_say_so(start: Callable[..., Driver]) -> None:
    desk = start(size=(1440, 900))
    reasons = {
        CommandId.CLOSE_TAB: "No tab is open.",
        CommandId.NEXT_TAB: "No tab is open.",
        CommandId.PREVIOUS_TAB: "No tab is open.",
        CommandId.SHOW_DESK: "No login has left yet.",
        CommandId.NEXT_PROBLEM: "No problems.",
    }
    commands = desk.window.commands
    desk.turn()
    for command, reason in reasons.items():
        assert not commands.state(command).enabled, command
        assert commands.state(command).reason == reason, command
    desk.press("F8")
    assert "No problems." in desk.status()

    desk.flow.code.open_action("ask-favourite-colour", line=12)
    desk.turn()
    assert commands.state(CommandId.CLOSE_TAB).enabled
    assert commands.state(CommandId.NEXT_TAB).reason == "No other tab is open."
    assert commands.state(CommandId.TURN_BREAKPOINT).reason == (
        "There is no breakpoint on this line."
    )
    given(desk, CommandId.TOGGLE_BREAKPOINT)
    assert commands.state(CommandId.TURN_BREAKPOINT).enabled
    given(desk, CommandId.TOGGLE_BREAKPOINT)
    desk.press("F5")
    desk.until_state(states.Away)
    desk.turn()
    for command in (CommandId.SHOW_DESK, CommandId.NEXT_TAB, CommandId.PREVIOUS_TAB):
        assert commands.state(command).enabled, command


def test_tabs_behind_the_grid_come_into_sight_before_anything_is_done_to_them(
    start: Callable[..., Driver],
) -> None:
    desk = start(size=(1440, 900))
    desk.flow.code.open_action("ask-favourite-colour", line=12)
    desk.flow.code.open_action("block-weekends", line=1)
    area = desk.window.editor_area
    keys, front = area.keys, area.current
    given(desk, CommandId.SHOW_GRID)
    given(desk, CommandId.CLOSE_TAB)
    assert desk.window.page is Page.FLOW
    assert (area.keys, area.current) == (keys, front)
    assert area.isAncestorOf(desk.focus())
    given(desk, CommandId.SHOW_GRID)
    given(desk, CommandId.PREVIOUS_TAB)
    assert desk.window.page is Page.FLOW
    assert area.current != front
    given(desk, CommandId.CLOSE_TAB)
    assert area.keys == (front,)


@pytest.mark.parametrize("command", [CommandId.COMPOSE, CommandId.RUN_ARRANGEMENT])
def test_an_arrangement_that_is_asked_for_is_shown_in_place_of_the_grid(
    start: Callable[..., Driver], command: CommandId
) -> None:
    desk = start(size=(1440, 900))
    given(desk, command)
    given(desk, CommandId.SHOW_GRID)
    given(desk, command)
    assert desk.window.page is Page.FLOW
    assert desk.views.lane.isVisible()


def test_a_breakpoint_without_a_place_says_that_it_is_on_or_off(
    start: Callable[..., Driver],
) -> None:
    desk = start(size=(1440, 900))
    given(desk, CommandId.SHOW_GRID)
    given(desk, CommandId.BREAK_ON_CLAIM)
    assert "Break when a claim is set: on" in desk.status()
    given(desk, CommandId.BREAK_ON_CLAIM)
    assert "Break when a claim is set: off" in desk.status()


def test_what_is_on_the_desk_is_saved_as_a_scenario_while_the_login_is_away(
    start: Callable[..., Driver],
) -> None:
    desk = start(size=(1440, 900))
    desk.press("F5")
    desk.until_state(states.Away)
    document = desk.flow.session.document
    before = {entry.file for entry in document.draft.scenarios}
    given(desk, CommandId.SAVE_AS_SCENARIO)
    (made,) = [entry for entry in document.draft.scenarios if entry.file not in before]
    assert made.scenario is not None
    assert [reply.method for reply in made.scenario.resume] == ["POST"]  # type: ignore[union-attr]  # a redirect's


def test_a_login_that_waits_for_a_factor_is_not_saved_as_another_one(
    start: Callable[..., Driver],
) -> None:
    desk = start(size=(1440, 900))
    session = desk.flow.session
    desk.inside(lambda: session.choose_scenario("scenarios/from-north-america.json"))
    desk.press("F5")
    desk.until_state(states.Away)
    assert not desk.flow.recorded.logins.logins
    reason = "Answer the login that is away, or stop it, first."
    desk.until(lambda: desk.window.commands.state(CommandId.SAVE_AS_SCENARIO).reason == reason)


def test_a_problem_that_appears_can_be_gone_to(start: Callable[..., Driver]) -> None:
    desk = start(size=(1440, 900))
    desk.flow.code.open_action("ask-favourite-colour", line=1)
    desk.window.open_editor(focus=True)
    desk.type("const broken = ;")
    desk.until(lambda: desk.window.commands.state(CommandId.NEXT_PROBLEM).enabled)


def test_a_desk_that_gets_low_leaves_the_keyboard_where_it_is(start: Callable[..., Driver]) -> None:
    desk = start(size=(1440, 900))
    desk.press("F5")
    desk.until_state(states.Away)
    page = desk.flow.desk.page
    assert page is not None
    assert page.view.isAncestorOf(desk.focus())
    desk.views.lane.setFocus()
    for height in (560, 900):
        desk.window.resize(1440, height)
        desk.turn()
        assert desk.focus() is desk.views.lane, height
    given(desk, CommandId.SHOW_GRID)
    desk.window.resize(1440, 560)
    desk.window.grab()  # lays hidden pages out too
    desk.turn()
    assert desk.views.grid.isAncestorOf(desk.focus())
