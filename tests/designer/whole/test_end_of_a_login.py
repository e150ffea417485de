"""A login that is over shows where it ended, if nothing else is in front in the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loginwright_designer.document.code_edits import change_code
from loginwright_designer.main_window.tab_key import TabKey
from loginwright_designer.main_window.wiring.status_words import mark_of
from loginwright_designer.simulation import states
from loginwright_designer.theme.marks import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer_driver import Driver

WEEKENDS = TabKey("code", "actions/block-weekends.js")
ASK = TabKey("code", "actions/ask-favourite-colour.js")


def test_a_denied_login_opens_its_action_at_the_line_that_denied(
    start: Callable[..., Driver],
) -> None:
    desk = start()
    ran(desk, "on-a-saturday")
    assert desk.window.editor_area.keys == (WEEKENDS,)
    editor = desk.flow.code.current
    assert editor is not None
    assert editor.cursor_place.line == 16
    assert desk.focus() is desk.views.lane
    [selected] = desk.views.lane.selected_actions()
    assert selected == "block-weekends"


def test_a_failed_login_opens_its_action_at_the_line_that_failed(
    start: Callable[..., Driver],
) -> None:
    desk = start()
    ran(desk, "silent-login")
    assert desk.window.editor_area.keys == (ASK,)
    editor = desk.flow.code.current
    assert editor is not None
    assert editor.cursor_place.line == 21
    assert desk.views.lane.selected_actions() == ("ask-favourite-colour",)


def test_what_is_in_front_stays_there(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.flow.code.open_action("ask-favourite-colour", line=3)
    ran(desk, "on-a-saturday")
    assert desk.window.editor_area.keys == (ASK,)


def test_code_that_is_in_front_goes_to_the_line_that_failed_in_it(
    start: Callable[..., Driver],
) -> None:
    desk = start()
    desk.flow.code.open_action("ask-favourite-colour", line=3)
    ran(desk, "silent-login")
    editor = desk.flow.code.current
    assert editor is not None
    assert editor.cursor_place.line == 21


def test_code_that_was_edited_meanwhile_stays_where_it_is(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.flow.session.choose_scenario("scenarios/silent-login.json")
    desk.flow.code.open_action("ask-favourite-colour", line=3)
    desk.inside(lambda: begin_and_edit(desk))
    desk.until(lambda: isinstance(desk.state, states.Finished | states.Failed))
    desk.turn()
    editor = desk.flow.code.current
    assert editor is not None
    assert editor.cursor_place.line != 21


def test_login_that_was_stopped_is_called_stopped_everywhere(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.press("F5")
    desk.until_state(states.Away)
    desk.press("Shift+F5")
    desk.until_state(states.Failed)
    assert desk.status().startswith("Stopped, 1 leg, ")
    assert desk.shows("Post-login · stopped")
    assert mark_of(desk.state) is State.READY  # Nothing has failed.


def test_an_empty_editor_offers_to_open_something(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.press("Ctrl+2")
    area = desk.window.editor_area
    assert desk.shows("No page is open", area)
    desk.click(desk.button("Open…", area))
    assert desk.window.palette_popup.isVisible()
    desk.press("Escape")
    while desk.focus_name() != "Open…":
        desk.press("F6")
    assert area.isAncestorOf(desk.focus())


def ran(desk: Driver, scenario: str) -> None:
    """Run a scenario of the sample to its end."""
    desk.flow.session.choose_scenario(f"scenarios/{scenario}.json")
    desk.press("F5")
    desk.until(lambda: isinstance(desk.state, states.Finished | states.Failed))
    desk.turn()


def begin_and_edit(desk: Driver) -> None:
    """Begin a login, and write a line into the action before any of it has run."""
    desk.flow.run.start()
    document = desk.flow.session.document
    code = b"// mine\n" + document.draft.flow.files[ASK.id]
    result = change_code(document.draft, ASK.id, code)
    assert document.apply(result) is None
