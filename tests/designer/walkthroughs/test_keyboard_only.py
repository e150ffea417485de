"""Walkthrough C: everything by keys, and all of it said to who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from clipped_texts import clipped_texts
from colour_contrast import contrast
from designer_driver import Driver
from loginwright_designer.panels.bars.bar_signals import OutcomeOffer
from loginwright_designer.preferences import Preferences, PreferencesFile
from loginwright_designer.simulation import states
from loginwright_designer.theme.roles import Role
from pseudo_locale import PseudoLocale, pseudo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtGui import QColor


BUDGET = 80
"""Key presses up to C14; what is typed into fields does not count."""

CODE = "actions/ask-favourite-colour.js"

VALIDATED = 34
"""The line of ``validateToken`` in the sample."""


@dataclass(slots=True)
class Keyboard:
    """Presses keys and counts them; after each, something visible and named has the focus.

    Attributes:
        desk: The application.
        heard: What is announced.
        pressed: How many keys were pressed.
        before: How many of the announcements were there before the last keys.
    """

    desk: Driver
    heard: list[str]
    pressed: int = 0
    before: int = field(default=0, repr=False)

    def press(self, *keys: str) -> None:
        """Press keys."""
        self.before = len(self.heard)
        for key in keys:
            self.desk.press(key)
            self.pressed += 1
            assert self.desk.focus_name(), f"nothing with a name has the focus after {key}"

    def said(self) -> list[str]:
        """Return what was announced since the last keys."""
        return self.heard[self.before :]


@pytest.fixture
def screen_reader() -> Iterator[None]:
    """Somebody reads the tree; only then does Qt keep it up to date."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def test_all_of_it_by_keys(start: Callable[..., Driver], heard: list[str]) -> None:
    desk = start()
    keys = Keyboard(desk, heard)
    the_lane_has_the_keyboard(desk)
    the_panes_go_round(keys)
    a_card_moves(keys)
    a_card_is_placed_by_number(keys)
    the_code_is_edited(keys)
    a_breakpoint_is_set(keys)
    a_secret_is_looked_at(keys)
    the_login_leaves(keys)
    the_login_comes_back(keys)
    it_stops_at_the_breakpoint(keys)
    the_past_is_looked_at(keys)
    the_login_is_allowed(keys)
    assert keys.pressed <= BUDGET
    the_flow_is_exported(keys)


def test_a_screen_reader_reads_the_lane(
    start: Callable[..., Driver], heard: list[str], screen_reader: None
) -> None:
    """C15: C3 to C5 again, as they stand in the tree that a screen reader walks."""
    desk = start()
    root = QAccessible.queryAccessibleInterface(desk.views.lane)
    keys = Keyboard(desk, heard)
    assert root.role() == QAccessible.Role.List
    assert names_of_items(desk) == desk.cards()
    assert states_of_items(desk) == [True, False, False, False]
    keys.press("Down", "Down")
    assert states_of_items(desk) == [False, False, True, False]
    keys.press("Alt+Up")
    assert states_of_items(desk) == [False, True, False, False]
    assert names_of_items(desk)[1].startswith("2 of 4, Ask favourite colour, JavaScript")
    keys.press("Ctrl+Z", "M", "1", "Return")
    assert states_of_items(desk) == [True, False, False, False]
    assert names_of_items(desk)[0].startswith("1 of 4, Ask favourite colour, JavaScript")
    keys.press("Ctrl+Z")
    assert states_of_items(desk) == [False, False, True, False]
    assert all(names_of_items(desk))


def test_twice_as_large_and_in_longer_words(
    start: Callable[..., Driver], qapp: QApplication, home: Path
) -> None:
    """C16: C9 to C13 again, with nothing moving."""
    file = PreferencesFile(home / "config" / "loginwright" / "designer.json")
    file.save(Preferences(zoom=200, reduce_motion=True))
    locale = PseudoLocale()
    qapp.installTranslator(locale)
    try:
        desk = start()
        assert desk.bench.theme.zoom == 200
        desk.press("Down", "Down", "Return", "Ctrl+G")
        desk.type(str(VALIDATED))
        desk.press("Return", "F9", "F5")
        desk.until_state(states.Away)
        everything_can_be_read(desk, "c16-away", "Away at {host}")
        desk.type("red")
        desk.press("Ctrl+Return")
        desk.until_state(states.Paused)
        everything_can_be_read(desk, "c16-back", "Paused {place}")
        desk.press("F5")
        desk.until(lambda: f" {VALIDATED}" in desk.status().partition(" · ")[0])
        everything_can_be_read(desk, "c16-line", "Paused {place}")
        desk.press("Alt+Left", "Alt+Left", "Alt+Left")
        everything_can_be_read(desk, "c16-past", "Past: step {step} of {steps}")
        desk.press("Escape", "F5")
        desk.until_state(states.Finished)
        everything_can_be_read(desk, "c16-allowed", "Allowed")
    finally:
        qapp.removeTranslator(locale)


def everything_can_be_read(desk: Driver, picture: str, state: str) -> None:
    """See to it that no text is cut, and that the state is said in words."""
    desk.picture(picture)
    assert not clipped_texts(desk.window)
    word = pseudo(state).partition("{")[0].rstrip("~")
    assert word in desk.status()
    assert desk.focus_name()
    assert not desk.focus().visibleRegion().isEmpty()


def the_lane_has_the_keyboard(desk: Driver) -> None:
    """C1."""
    assert desk.focus() is desk.views.lane
    assert desk.focus_name() == "Customer login, flow, 4 actions"
    assert desk.cards()[0] == "1 of 4, Block weekends, JavaScript, not run yet"
    assert desk.views.lane.currentIndex().row() == 0
    theme = desk.bench.theme
    ring, ground = pixels_at_the_first_card(desk)
    assert ring == theme.colour(Role.ACCENT_TEXT)
    assert contrast(ring, ground) >= 3
    desk.picture("c1")


def the_panes_go_round(keys: Keyboard) -> None:
    """C2; while nothing is open in it, the editor is not there to go to."""
    round_trip = ["Inspector", "Bottom panel", "Status bar", "Top bar", "Rail", "Side panel"]
    for name in [*round_trip, "Canvas"]:
        keys.press("F6")
        assert keys.said() == [name]
    keys.press("Shift+F6")
    assert keys.said() == ["Side panel"]
    keys.press("F6")
    assert keys.desk.focus() is keys.desk.views.lane
    keys.desk.picture("c2")


def a_card_moves(keys: Keyboard) -> None:
    """C3 and C4."""
    desk = keys.desk
    keys.press("Down", "Down", "Alt+Up")
    assert keys.said()[-1] == "Ask favourite colour moved to 2 of 4"
    assert desk.cards()[1].startswith("2 of 4, Ask favourite colour")
    document = desk.flow.session.document
    desk.until(lambda: document.problems.draft is document.draft)
    desk.turn()
    assert [problem.rule for problem in document.problems.problems] == ["mfa-after-redirect"]
    assert "1 warning" in desk.status()
    desk.picture("c3")

    keys.press("Ctrl+Z")
    assert keys.said() == ["Undone: move Ask favourite colour"]
    assert desk.cards()[2].startswith("3 of 4, Ask favourite colour")
    desk.picture("c4")


def a_card_is_placed_by_number(keys: Keyboard) -> None:
    """C5."""
    desk = keys.desk
    keys.press("M")
    assert keys.said() == ["Move Ask favourite colour to place 1 to 4: type the number, then Enter"]
    assert "type the number, then Enter" in desk.status()
    keys.press("1", "Return")
    assert keys.said()[-1] == "Ask favourite colour moved to 1 of 4"
    assert desk.cards()[0].startswith("1 of 4, Ask favourite colour")
    keys.press("Ctrl+Z")
    assert keys.said() == ["Undone: move Ask favourite colour"]
    assert desk.cards()[2].startswith("3 of 4, Ask favourite colour")
    desk.picture("c5")


def the_code_is_edited(keys: Keyboard) -> None:
    """C6."""
    desk = keys.desk
    keys.press("Return")
    editor = desk.flow.code.current
    assert editor is not None
    assert desk.focus() is editor.view
    assert editor.cursor_place.line == 5
    before = editor.text()
    keys.press("Tab")
    assert editor.text() == before.replace("exports.onExecute", "  exports.onExecute")
    keys.press("Ctrl+Z")
    assert editor.text() == before
    keys.press("Ctrl+M")
    assert keys.said() == ["Tab moves focus"]
    assert "Tab moves focus" in desk.status()
    desk.picture("c6")
    keys.press("F6")
    assert keys.said() == ["Inspector"]
    keys.press("Shift+F6")
    assert keys.said() == ["Editor"]
    assert desk.focus() is editor.view
    keys.press("Ctrl+M")
    assert keys.said() == ["Tab indents the code"]


def a_breakpoint_is_set(keys: Keyboard) -> None:
    """C7."""
    desk = keys.desk
    keys.press("Ctrl+G")
    desk.type(str(VALIDATED))
    keys.press("Return", "F9")
    editor = desk.flow.code.current
    assert editor is not None
    assert editor.cursor_place.line == VALIDATED
    assert keys.said() == [f"breakpoint set, line {VALIDATED}"]
    assert set(editor.breakpoints) == {VALIDATED}
    desk.picture("c7")
    keys.press("F9")
    assert keys.said() == [f"breakpoint removed, line {VALIDATED}"]
    assert not editor.breakpoints
    keys.press("F9")
    assert keys.said() == [f"breakpoint set, line {VALIDATED}"]


def a_secret_is_looked_at(keys: Keyboard) -> None:
    """C8."""
    desk = keys.desk
    keys.press("Ctrl+K")
    desk.type("sec")
    keys.press("Return")
    [row] = desk.views.secrets.views
    assert desk.focus() is row
    assert desk.focus_name().startswith("MY_SHARED_SECRET, set, 43 characters")
    keys.press("Return")
    assert desk.focus_name() == "Value of MY_SHARED_SECRET"
    desk.type("typed")
    assert "●" * 5 in desk.texts(row)
    desk.picture("c8")
    keys.press("Escape")
    assert desk.focus() is row
    QTest.keyPress(row, Qt.Key.Key_Space)
    held = row.face.is_revealed
    QTest.keyRelease(row, Qt.Key.Key_Space)
    assert (held, row.face.is_revealed) == (True, False)
    keys.pressed += 1
    keys.press("Tab", "Tab")
    assert desk.focus_name() == "More for MY_SHARED_SECRET"
    keys.press("Space")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Show for 10 seconds" in [action.text() for action in menu.actions()]
    keys.press("Down", "Down", "Return")
    assert row.face.is_revealed
    row.hide_value()


def the_login_leaves(keys: Keyboard) -> None:
    """C9."""
    desk = keys.desk
    keys.press("F5")
    desk.until_state(states.Away)
    assert keys.said() == ["Away at my-app.example.com. Redirect desk."]
    assert desk.focus_name() == "favorite_color"
    assert desk.primaries() == ["Send"]
    desk.picture("c9")
    order = []
    while desk.focus_name() != "Send":
        order.append(desk.focus_name())
        keys.press("Tab")
    assert order == [
        "favorite_color",
        "favorite_color, read at line 38, 39",
        "Edit the claims that are filled in",
        "Add claim",
        "Send no token",
        "Add field",
        f"validateToken, line {VALIDATED}",
        "Open real site",
        "Paste reply…",
        "Site code",
        "Drills",
    ]
    keys.press("Escape")
    assert desk.focus_name() == "Send"
    assert isinstance(desk.state, states.Away)
    keys.press("F5")
    assert desk.focus_name() == "favorite_color"
    assert isinstance(desk.state, states.Away)


def the_login_comes_back(keys: Keyboard) -> None:
    """C10."""
    desk = keys.desk
    desk.type("red")
    keys.press("Ctrl+Return")
    desk.until_state(states.Paused)
    assert keys.said() == ["Came back by POST. Paused before onContinuePostLogin"]
    assert desk.focus_name() == f"Code of {CODE}"
    editor = desk.flow.code.current
    assert editor is not None
    assert editor.cursor_place.line == 30
    desk.picture("c10")


def it_stops_at_the_breakpoint(keys: Keyboard) -> None:
    """C11."""
    desk = keys.desk
    keys.press("F5")
    desk.until_state(states.Paused)
    assert f"Paused at line {VALIDATED}" in keys.said()
    assert desk.status().startswith(f"Paused at line {VALIDATED}")
    keys.press("F6")
    assert keys.said() == ["Inspector"]
    assert desk.focus_name() == "Variables"
    desk.picture("c11")


def the_past_is_looked_at(keys: Keyboard) -> None:
    """C12."""
    desk = keys.desk
    keys.press("Shift+F6")
    total = desk.flow.session.login.steps.total
    for step in (total - 1, total - 2, total - 3):
        keys.press("Alt+Left")
        [said] = keys.said()
        assert said.startswith(f"Past, step {step} of {total}")
    bar = desk.views.past_bar
    assert bar.isVisible()
    assert desk.shows(f"Step {step} of {total}, already happened.", bar)
    assert desk.shows("Nothing runs here.", bar)
    assert "(past)" in desk.window.windowTitle()
    assert desk.primaries() == ["Back to now"]
    desk.picture("c12")
    editor = desk.flow.code.current
    assert editor is not None
    before = editor.text()
    for key in ("F9", "X"):
        keys.press(key)
        assert keys.said() == ["You are looking at the past"]
        assert "You are looking at the past" in desk.status()
    assert editor.text() == before
    assert len(desk.flow.session.breakpoints.lines_of(CODE)) == 1


def the_login_is_allowed(keys: Keyboard) -> None:
    """C13."""
    desk = keys.desk
    keys.press("Escape")
    assert keys.said()[0] == "Now."
    assert desk.status().startswith(f"Paused at line {VALIDATED}")
    assert "You are looking at the past" not in desk.status()
    keys.press("F5")
    desk.until_state(states.Finished)
    assert keys.said()[-1].startswith("Allowed. My SPA gets an ID and an access token.")
    assert desk.status().startswith("Allowed, 2 legs")
    offers = desk.views.outcome_bar.offers
    for offer in (OutcomeOffer.SEE_CLAIMS, OutcomeOffer.BROKEN_REPLY, OutcomeOffer.OWN_ACTION):
        button = offers[offer]
        assert button.isVisible()
        assert button.isEnabled()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        interface = QAccessible.queryAccessibleInterface(button)
        assert interface.role() == QAccessible.Role.Button
        assert interface.text(QAccessible.Text.Name)
    desk.picture("c13")


def the_flow_is_exported(keys: Keyboard) -> None:
    """C14."""
    desk = keys.desk
    before = desk.focus()
    keys.press("Ctrl+E")
    sheet = desk.bench.export_sheet
    desk.until(lambda: desk.focus_name() == "5 scenarios are stale: Run")
    desk.picture("c14")
    keys.press("Return")
    desk.until(lambda: sheet.plan is not None and sheet.plan.can_export)
    desk.turn()
    seen = []
    for _ in range(10):
        seen.append(desk.focus_name())
        assert sheet.isAncestorOf(desk.focus())
        keys.press("Tab")
    assert {"File to write", "Choose…", "Cancel", "Export", "Close"} <= set(seen)
    while desk.focus() is not sheet.export_button:
        keys.press("Tab")
    keys.press("Return")
    desk.until(lambda: desk.shows("Exported Customer login", sheet))
    assert any(one.startswith("Exported Customer login. ") for one in keys.said())
    desk.picture("c14-receipt")
    keys.press("Escape")
    assert not sheet.is_open
    assert desk.focus() is before


def pixels_at_the_first_card(desk: Driver) -> tuple[QColor, QColor]:
    """Return the colour of the ring around the first card, and of the ground beside it."""
    lane = desk.views.lane
    picture = lane.viewport().grab().toImage()
    card = (
        lane.shown_places().rows[0].card.translated(lane.visualRect(lane.currentIndex()).topLeft())
    )
    middle = round(card.center().y())
    left = round(card.left())
    return picture.pixelColor(left - 3, middle), picture.pixelColor(left - 8, middle)


def names_of_items(desk: Driver) -> list[str]:
    """Return the lane's rows as a screen reader finds them."""
    root = QAccessible.queryAccessibleInterface(desk.views.lane)
    items = [root.child(number) for number in range(root.childCount())]
    return [
        item.text(QAccessible.Text.Name)
        for item in items
        if item is not None and item.role() == QAccessible.Role.ListItem
    ]


def states_of_items(desk: Driver) -> list[bool]:
    """Return which of the rows a screen reader finds selected, and with the focus."""
    root = QAccessible.queryAccessibleInterface(desk.views.lane)
    items = [root.child(number) for number in range(root.childCount())]
    rows = [one.state() for one in items if one is not None]
    return [bool(one.selected and one.focused) for one in rows if one.selectable]
