"""Walkthrough A: a new user, with mouse and keys, who has read nothing (walkthroughs.md)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from loginwright_designer.canvas.lane_signals import DroppedTemplate, DropRequest
from loginwright_designer.canvas.lane_state import PillState
from loginwright_designer.main_window.arrangement import Pane
from loginwright_designer.panels.bars.bar_signals import OutcomeOffer
from loginwright_designer.panels.scenarios.wishes import PresetWish
from loginwright_designer.simulation import states
from loginwright_designer.simulation.drills import Drill, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer_driver import Driver
    from loginwright_designer.panels.redirect_desk.redirect_desk import RedirectDesk


def first_login(desk: Driver) -> None:
    """F5, Ctrl+Enter, F5: three keys to the first finished login."""
    desk.press("F5")
    desk.until_state(states.Away)
    desk.press("Ctrl+Return")
    desk.until_state(states.Paused)
    desk.press("F5")
    desk.until_state(states.Finished)


def redirect_desk(desk: Driver) -> RedirectDesk:
    """The desk of the login's last suspension."""
    page = desk.flow.desk.page
    assert page is not None
    return page.view  # type: ignore[return-value]  # a redirect's


def test_it_opens_on_the_sample_and_says_what_to_press(start: Callable[..., Driver]) -> None:
    desk = start()

    # A1
    rows = desk.cards()
    assert [any(name in row for row in rows) for name in ("Block weekends", "Add roles")] == [
        True
    ] * 2
    assert len(rows) == 4
    assert desk.primaries() == ["Run"]
    assert desk.window.top_bar.primary.shortcut_text == "F5"
    assert desk.views.picker.shown_name == "First login"
    assert desk.shows("runs this login", desk.views.coach)
    lane = desk.views.lane
    assert lane.verticalScrollBar().maximum() == 0, "everything of the lane is in sight"
    desk.picture("a1")

    # A2
    assert desk.status().startswith("Ready")
    redirect = desk.views.lane.shown_lane().cards[2].redirect
    assert redirect is not None
    assert redirect.pill.text == "my-app.example.com"
    assert redirect.pill.state is PillState.MAY_HAPPEN
    assert redirect.back.text == "onContinuePostLogin"
    assert desk.views.bottom.problems.counts.total == 0
    assert desk.flow.run.runs == 0


def test_the_first_login_takes_three_keys(start: Callable[..., Driver]) -> None:
    desk = start()

    # A3
    desk.press("F5")
    desk.until_state(states.Away)
    rows = desk.cards()
    assert "asked for nothing" in rows[0]
    assert "ms" in rows[0]
    assert "asked for nothing" in rows[1]
    assert desk.status().startswith("Away at my-app.example.com")
    assert desk.shows("Away at my-app.example.com", redirect_desk(desk))
    assert desk.primaries() == ["Send"]
    assert desk.window.top_bar.primary.shortcut_text == "Ctrl+Enter"
    for button in desk.window.top_bar.steps.values():
        if button.accessibleName() != "Stop":
            assert not button.isEnabled()
            assert "only an answer moves the login on" in button.toolTip()
    assert desk.views.coach.progress == 1
    assert desk.views.inspector.changes.shown.count == 0
    desk.picture("a3")

    # A4
    page = redirect_desk(desk)
    colour = next(field for field in page.answer.claims if field.name == "favorite_color")
    assert colour.value == "teal"
    assert colour.read_at
    for text in ("from your code:12", "set for you", "read at line", "validateToken would accept"):
        assert desk.shows(text, page), text
    assert desk.shows("Will not run again: Block weekends, Require MFA in NA.", page)
    assert desk.shows("ada@example.com", page)

    # A5
    desk.press("Ctrl+Return")
    desk.until_state(states.Paused)
    assert desk.status().startswith("Paused before onContinuePostLogin")
    assert desk.flow.code.current_file == "actions/ask-favourite-colour.js"
    assert any("came back by POST" in row or "Came back by POST" in row for row in desk.cards())
    request = next(
        variable
        for scope in desk.views.inspector.variables.scopes
        for variable in scope.variables
        if variable.name == "request"
    )
    assert request.mark.value == "new"
    desk.picture("a5")

    # A6
    desk.press("F5")
    desk.until_state(states.Finished)
    bar = desk.views.outcome_bar
    assert bar.isVisible()
    assert bar.word.text() == "Allowed"
    assert bar.accessibleName().startswith("Allowed. My SPA gets an ID and an access token")
    assert not desk.views.coach.isVisible()
    offers = [bar.offers[offer].text() for offer in bar.offers]
    assert offers == ["See who set each claim", "Try a broken reply", "Start with your own action"]
    assert desk.shows_pill("Profile written", "1 key")
    desk.picture("a6")


def test_every_claim_says_who_set_it_and_leads_there(start: Callable[..., Driver]) -> None:
    desk = start()
    first_login(desk)
    runs = desk.flow.run.runs

    # A7
    desk.click(desk.views.outcome_bar.offers[OutcomeOffer.SEE_CLAIMS])
    assert desk.views.inspector.chosen == "tokens"
    tokens = desk.views.inspector.tokens.shown
    roles = next(c for c in tokens.tokens[0].claims if c.name.endswith("/roles"))
    assert roles.value == '["admin"]'
    assert roles.set_by.startswith("Add roles to tokens : ")
    changed = [
        row for row in desk.views.inspector.changes.shown.rows if "favorite_color" in row.name
    ]
    assert [row.action for row in changed] == ["ask-favourite-colour"]
    desk.picture("a7")

    # A8
    desk.views.inspector.choose("changes")
    desk.turn()
    place = changed[0]
    changes = desk.views.inspector.changes
    changes.list.setFocus()
    row = next(
        index
        for index in map(
            changes.list.model().index, range(changes.list.model().rowCount()), [0] * 99
        )
        if "favorite_color" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    )
    changes.list.setCurrentIndex(row)
    desk.press("Return")
    editor = desk.flow.code.current
    assert editor is not None
    assert editor.cursor_place.line == place.line
    assert desk.views.lane.selected_actions() == ("ask-favourite-colour",)
    assert desk.status().startswith("Allowed")
    assert desk.flow.run.runs == runs


def test_the_past_is_looked_at_and_nothing_runs(start: Callable[..., Driver]) -> None:
    desk = start()
    first_login(desk)
    login, runs = desk.flow.session.login, desk.flow.run.runs
    strip = desk.views.bottom.steps
    total = login.steps.total
    sent = next(cell for cell in login.steps.cells if cell.label == "sendUserTo")

    # A9: the playhead is dragged to the left.
    model = strip.model()
    begin = strip.visualRect(model.index(total - 1, 0)).center()
    end = strip.visualRect(model.index(sent.number - 1, 0)).center()
    viewport = strip.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin)
    for share in (3, 2, 1):
        between = QPoint(end.x() + (begin.x() - end.x()) * (share - 1) // 3, begin.y())
        desk.drag_to(viewport, between)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    desk.turn()
    state = desk.state
    assert isinstance(state, states.Past)
    assert state.step == sent.number
    assert desk.shows(f"Step {sent.number} of {total}, already happened.", desk.views.past_bar)
    assert desk.shows("Nothing runs here.", desk.views.past_bar)
    assert desk.views.inspector.changes.shown.count == 0
    assert "(past)" in desk.window.windowTitle()
    assert desk.primaries() == ["Back to now"]
    assert desk.window.top_bar.primary.shortcut_text == "Esc"
    assert "Later" in desk.cards()[3] or "later" in desk.cards()[3]
    desk.picture("a9")

    # A10
    desk.press("F10")
    assert not isinstance(desk.state, states.Past)
    assert not desk.views.past_bar.isVisible()
    assert desk.status().startswith("Allowed")
    assert login.steps.total == total
    assert desk.flow.run.runs == runs
    assert login.run_number == runs


def test_a_broken_reply_is_tried_on_a_copy(start: Callable[..., Driver]) -> None:
    desk = start()
    first_login(desk)
    before = desk.flow.session.login.record

    # A11
    desk.click(desk.views.outcome_bar.offers[OutcomeOffer.BROKEN_REPLY])
    page = redirect_desk(desk)
    desk.until(lambda: len(page.drills.results) == len(Drill))
    desk.turn()
    echoed = next(one for one in page.drills.results if one.drill is Drill.ECHOED)
    assert "State in the token does not match the /continue state." in echoed.words
    assert echoed.verdict is Verdict.REFUSED
    assert echoed.verdict.value == "Refused, as it should be"
    assert page.drills.explain(echoed)
    desk.turn()
    assert desk.shows("This is the token that was sent out. It has no `state`", page.drills)
    assert len(page.drills.refusal.rows) == 7
    assert desk.flow.session.login.record is before
    assert desk.status().startswith("Allowed")
    desk.picture("a11")


def test_an_action_from_the_library_goes_between_two_others(start: Callable[..., Driver]) -> None:
    desk = start()
    first_login(desk)

    # A12; that a real drag ends in such a request is a story of the lane's own.
    desk.views.lane.drop_requested.emit(DropRequest(1, DroppedTemplate("deny-by-audience")))
    desk.until(lambda: desk.views.lane.model().rowCount() == 5)
    desk.turn()
    names = [action.name for action in desk.flow.session.document.draft.flow.actions]
    assert names[1] == "Deny by audience"
    assert desk.shows("5 of 20 actions")
    assert desk.window.top_bar.is_dirty
    assert desk.window.top_bar.undo.toolTip().startswith("Undo: add Deny by audience")
    assert any("before your last edit" in row for row in desk.cards())
    assert "before your last edit" in desk.views.outcome_bar.accessibleName()
    desk.picture("a12")


def test_a_login_from_another_country_owes_mfa(start: Callable[..., Driver]) -> None:
    desk = start()

    # A13
    desk.views.picker.preset_chosen.emit(PresetWish("another-country"))
    desk.turn()
    assert desk.views.picker.shown_name == "From another country (US)"
    desk.press("F5")
    desk.until_state(states.Away)
    assert any("MFA: any, at the end" in row for row in desk.cards())
    desk.press("Ctrl+Return")
    desk.until_state(states.Paused)
    desk.press("F5")
    desk.until(lambda: desk.status().startswith("Away at the second factor"))
    desk.turn()
    assert desk.shows_pill("MFA at the end")
    desk.picture("a13")


def test_it_goes_out_and_is_checked_outside(
    start: Callable[..., Driver], home: Path, tmp_path: Path
) -> None:
    desk = start()
    desk.flow.scenarios.run_all()
    desk.until(lambda: not desk.flow.scenarios.runs.is_running)

    # A14
    desk.press("Ctrl+E")
    sheet = desk.bench.export_sheet
    desk.until(lambda: sheet.plan is not None and "sha256:" in " ".join(desk.texts(sheet)))
    for text in ("Ready", "What goes out", "Where", "MY_SHARED_SECRET", "sha256:"):
        assert desk.shows(text, sheet), text
    value = desk.flow.session.secrets.value("MY_SHARED_SECRET")
    assert value is not None
    assert not desk.shows(value)
    assert sheet.export_button.isEnabled()
    desk.picture("a14")

    # A15
    target = tmp_path / "out" / "customer-login.loginflow"
    sheet.target.setFocus()
    sheet.target.selectAll()
    desk.type(str(target))
    desk.press("Return")
    desk.until(target.exists)
    desk.until(lambda: desk.shows("Check it outside", sheet))
    desk.click(desk.button("Check it outside", sheet))
    desk.until(lambda: desk.shows("scenarios end as in the designer", sheet))
    assert desk.shows("5 of 5 scenarios end as in the designer", sheet)
    block = sheet.receipt.blocks[0].block.text
    desk.picture("a15")
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "/roles" in ran.stdout
    desk.press("Esc")


def test_nothing_is_lost_between_two_starts(start: Callable[..., Driver]) -> None:
    desk = start()
    desk.flow.lane.add_blank("javascript")
    desk.flow.session.choose_scenario("scenarios/on-a-saturday.json")
    desk.flow.scenarios.run_all()
    desk.until(lambda: not desk.flow.scenarios.runs.is_running)
    desk.press("Ctrl+Shift+K")
    desk.flow.code.open_file("actions/block-weekends.js")
    desk.turn()
    desk.close()

    # A16
    again = start()
    names = [action.name for action in again.flow.session.document.draft.flow.actions]
    assert "New action" in names
    assert len(names) == 5
    assert again.views.picker.shown_name == "On a Saturday"
    assert again.window.top_bar.is_dirty
    assert again.window.memory.shown(Pane.SIDE) == "secrets"
    assert again.flow.code.files == ("actions/block-weekends.js",)
    assert not any(result.has_run for result in again.flow.scenarios.runs.results)
    assert "✓" not in again.status()
    again.picture("a16")
