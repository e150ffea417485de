"""Walkthrough B: an engineer with an action of the platform on the clipboard."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from designer_driver import rect_in
from loginwright_designer.panels.redirect_desk.redirect_desk import RedirectDesk
from loginwright_designer.simulation import states
from loginwright_designer.simulation.drill_words import drill_name
from loginwright_designer.simulation.drills import Drill, Verdict
from loginwright_designer.simulation.scenario_results import ScenarioState
from loginwright_runtime.tokens.strict_jwt import read_unverified
from menu_choices import choose, choose_from_context_menu
from seed_page_actions import REDIRECT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver
    from loginwright_runtime.flow.model import Action

SECRET = "twenty-characters-ok"
NAME = "Redirect to my-app.example.com"
REFUSED = "The session token is invalid: State in the token does not match the /continue state."
VALIDATED, ASKED, BEHIND = 33, 37, 38
"""Lines of the pasted code: ``validateToken``, ``setUserMetadata``, and the one behind."""

CATCHING = """\
let payload;
  try {
    payload = api.redirect.validateToken({
      secret: event.secrets.MY_SHARED_SECRET,
    });
  } catch (error) {
    api.access.deny("The answer cannot be trusted.");
    return;
  }
"""

WITH_AXIOS = """\
const axios = require("axios");

exports.onExecutePostLogin = async (event, api) => {
  const { data } = await axios.get("https://risk.example.com/score");
  api.idToken.setCustomClaim("https://example.com/score", data.score);
};
"""


def test_an_engineer_brings_an_action_and_learns_what_it_checks(
    start: Callable[..., Driver], heard: list[str], home: Path
) -> None:
    desk = start()
    a_new_flow(desk)
    the_action_is_pasted(desk, heard)
    its_name_is_taken(desk)
    a_value_is_asked_for(desk)
    the_login_leaves(desk, heard)
    what_came_back_is_pasted(desk)
    it_is_sent_anyway(desk, heard)
    a_correct_reply_is_sent_instead(desk, heard)
    one_change_at_one_step(desk)
    the_login_is_allowed(desk, heard)
    every_drill_is_run(desk)
    two_drills_become_scenarios(desk)
    the_code_catches_the_refusal(desk)
    what_came_is_kept_as_expected(desk)
    a_package_is_missing(desk)
    it_is_turned_off_and_exported(desk, home)


def a_new_flow(desk: Driver) -> None:
    """B1."""
    desk.press("Ctrl+N")
    assert desk.focus_name() == "Name"
    desk.type("Checkout login")
    desk.press("Return")
    desk.until(lambda: not desk.has_actions)
    desk.turn()
    assert desk.cards() == []
    assert desk.shows("Checkout login", desk.window.top_bar)
    assert desk.views.lane.shown_lane().start.text == "User signed in"
    assert [pill.text for pill in desk.views.lane.shown_lane().ends] == [
        "Profile written",
        "Tokens issued",
    ]
    offer = desk.views.lane.accessibleDescription()
    assert "Paste an action, drop a file, or pick one from the library" in offer
    assert "Ctrl+V" in offer
    assert desk.focus() is desk.views.lane
    desk.picture("b1")


def the_action_is_pasted(desk: Driver, heard: list[str]) -> None:
    """B2."""
    QGuiApplication.clipboard().setText(REDIRECT)
    desk.press("Ctrl+V")
    desk.until(lambda: bool(desk.flow.session.document.problems.facts))
    desk.turn()
    assert desk.focus_name() == f"Name of {NAME}"
    assert desk.shows("1 secret declared: MY_SHARED_SECRET", desk.window.toasts)
    assert "1 secret declared: MY_SHARED_SECRET" in heard
    [card] = desk.views.lane.shown_lane().cards
    assert card.language == "JavaScript"
    assert card.redirect is not None
    assert card.redirect.pill.text == "my-app.example.com"
    assert card.redirect.back.text == "onContinuePostLogin"
    assert "Needs MY_SHARED_SECRET" in desk.cards()[0]
    desk.picture("b2")


def its_name_is_taken(desk: Driver) -> None:
    """B3."""
    desk.press("Return")
    assert desk.focus() is desk.views.lane
    assert desk.cards() == [
        f"1 of 1, {NAME}, JavaScript, not run yet, Needs MY_SHARED_SECRET",
    ]
    for problem in desk.flow.session.document.problems.problems:
        assert problem.severity == "warning"
        assert problem.rule
        assert problem.remedy
        assert problem.line
    desk.press("Ctrl+S")
    desk.until(lambda: desk.flow.session.document.saved_state.is_saved)
    assert on_disk(desk, pasted(desk).code) == REDIRECT.encode()
    desk.picture("b3")


def a_value_is_asked_for(desk: Driver) -> None:
    """B4 and B5."""
    desk.press("F5")
    sheet = desk.bench.secret_views.sheet
    assert sheet.is_open
    assert desk.focus_name() == "Value of MY_SHARED_SECRET"
    for text in ("MY_SHARED_SECRET", "Generate", "From .env…", "Save and run"):
        assert desk.shows(text, sheet), text
    assert not desk.button("Save and run").isEnabled()
    assert isinstance(desk.state, states.Idle)
    desk.picture("b4")
    for size in ((1280, 720), (1440, 900)):
        desk.window.resize(*size)
        desk.turn()
        run = rect_in(desk.window.top_bar.primary, desk.window)
        card = rect_in(sheet.card, desk.window)
        assert (card.right(), card.top() - run.bottom()) == (
            run.right(),
            desk.bench.theme.px(8) + 1,
        )

    QGuiApplication.clipboard().setText(SECRET)
    desk.press("Ctrl+V")
    assert "●" * 20 in desk.texts(sheet)
    assert desk.shows("20 characters · check ", sheet)
    assert desk.shows("shorter than the 32 bytes HS256 asks for (RFC 7518 §3.2)", sheet)
    assert desk.button("Save and run").isEnabled()
    desk.picture("b5")


def the_login_leaves(desk: Driver, heard: list[str]) -> None:
    """B6."""
    desk.click(desk.button("Save and run"))
    desk.until_state(states.Away)
    assert desk.status().startswith("Away at my-app.example.com")
    assert "Away at my-app.example.com. Redirect desk." in heard
    assert desk.focus_name() == "favorite_color"
    desk.click(desk.button("Copy URL"))
    exact = r"https://my-app\.example\.com/\?session_token=[\w-]+\.[\w-]+\.[\w-]+&state=[\w-]+"
    assert re.fullmatch(exact, QGuiApplication.clipboard().text())
    claims = read_unverified(token_of(QGuiApplication.clipboard().text())).payload
    assert isinstance(claims, dict)
    expires, issued = claims["exp"], claims["iat"]
    assert isinstance(expires, int)
    assert isinstance(issued, int)
    assert expires - issued == 15 * 60
    assert desk.shows("login ends in ", the_desk(desk))
    desk.picture("b6")


def what_came_back_is_pasted(desk: Driver) -> None:
    """B7."""
    query = query_of(QGuiApplication.clipboard().text())
    page = the_desk(desk)
    desk.click(page.answer_view.head.source)
    desk.press("Down", "Return")
    assert page.answer_view.head.source.currentText() == "Paste what came back"
    came = f"https://anything/continue?state={query['state']}&session_token="
    QGuiApplication.clipboard().setText(came + query["session_token"])
    desk.press("Ctrl+V")
    assert page.answer_view.head.get.isChecked()
    assert desk.shows("this login's", page.answer_view)
    assert desk.shows("validateToken would refuse this", page.strip)
    assert isinstance(desk.state, states.Away)
    assert {"found: passes", "signature: passes", "state: fails"} < set(spoken(page.strip))
    desk.picture("b7")


def it_is_sent_anyway(desk: Driver, heard: list[str]) -> None:
    """B8."""
    desk.press("Ctrl+Return")
    desk.until_state(states.Paused)
    assert desk.status().startswith("Paused before onContinuePostLogin")
    assert "Came back by GET. Paused before onContinuePostLogin" in heard
    desk.press("F5")
    desk.until_state(states.Failed)
    assert desk.status().startswith(f"Failed at line {VALIDATED}")
    page = the_desk(desk)
    refusal = page.refusal
    assert refusal.message.text() == REFUSED
    assert [row.check.check for row in refusal.rows] == [
        *("found", "signature", "state", "claims", "type", "sub", "time"),
    ]
    failed = refusal.rows[2]
    assert not failed.check.passed
    assert failed.check.got == "no state"
    assert desk.shows("This is the token that was sent out. It has no `state`.", refusal)
    assert desk.shows("the login failed with access_denied", refusal)
    assert f"failed at line {VALIDATED}, nothing written" in desk.cards()[0]
    assert not any(pill.text == "Profile written" for pill in desk.views.lane.shown_lane().ends)
    assert desk.primaries() == ["Run again"]
    desk.picture("b8")


def a_correct_reply_is_sent_instead(desk: Driver, heard: list[str]) -> None:
    """B9."""
    desk.click(desk.button("Send a correct reply instead"))
    assert desk.focus_name() == "favorite_color"
    assert desk.shows("Another answer begins a new run from here", the_desk(desk))
    desk.type("blue")
    desk.press("Ctrl+Return")
    desk.until_state(states.Paused)
    assert desk.shows("Run 2, same inputs to step 5", desk.window.toasts)
    assert "Run 2, same inputs to step 5" in heard
    assert heard[-1] == "Came back by POST. Paused before onContinuePostLogin"
    assert desk.status().startswith("Paused before onContinuePostLogin")
    assert desk.focus_name() == f"Code of {pasted(desk).code}"
    desk.picture("b9")


def one_change_at_one_step(desk: Driver) -> None:
    """B10."""
    stops = ["F11", "F10", "F10"]
    for key, line in zip(stops, (VALIDATED, ASKED, BEHIND), strict=True):
        changes = desk.views.inspector.changes.shown
        assert changes.rows == ()
        desk.press(key)
        desk.until(lambda: isinstance(desk.state, states.Paused))
        desk.turn()
        assert desk.status().startswith(f"Paused at line {line}")
        assert [*desk.texts(desk.views.status)[1:6:2]] == ["Flow", NAME, f"line {line}"]
    [row] = desk.views.inspector.changes.shown.rows
    assert row.new
    assert row.name == "user_metadata.favorite_color"
    assert row.line == ASKED
    desk.picture("b10")


def the_login_is_allowed(desk: Driver, heard: list[str]) -> None:
    """B11."""
    desk.press("F5")
    desk.until_state(states.Finished)
    assert desk.status().startswith("Allowed, 2 legs")
    assert heard[-1].startswith("Allowed. My SPA gets an ID and an access token.")
    assert '"favorite_color": "blue"' in desk.views.inspector.changes.shown.profile
    desk.press("Ctrl+Shift+H")
    assert desk.focus_name() == "Recorded logins"
    rows = desk.views.recorded.list.rows
    words = [rows.row_at(rows.index(number, 0)) for number in range(rows.rowCount())]
    assert [row.word.split(" ")[0] for row in words if row is not None] == ["Allowed", "Failed"]
    desk.picture("b11")


def every_drill_is_run(desk: Driver) -> None:
    """B13, its first half."""
    desk.press("Ctrl+4")
    page = the_desk(desk)
    before = desk.flow.session.login.record
    choose(desk, desk.button("Drills", page.footer), "Run all")
    desk.until(lambda: len(page.drills.results) == len(Drill))
    desk.turn()
    assert [result.drill for result in page.drills.results] == list(Drill)
    assert all(row.verdict_text for row in page.drills.rows)
    twice = next(row for row in page.drills.rows if row.result.drill is Drill.TWICE)
    assert "The state was used before. The engine refuses it before code is asked." in twice.spoken
    expired = next(row for row in page.drills.rows if row.result.drill is Drill.EXPIRED)
    assert "The engine" not in expired.spoken
    assert Verdict.ACCEPTED not in {result.verdict for result in page.drills.results}
    assert desk.flow.session.login.record is before
    assert isinstance(desk.state, states.Finished)
    desk.picture("b13")


def two_drills_become_scenarios(desk: Driver) -> None:
    """B13, its second half."""
    page = the_desk(desk)
    for drill in (Drill.EXPIRED, Drill.TWICE):
        row = next(one for one in page.drills.rows if one.result.drill is drill)
        choose(desk, row.menu_button, "Save as scenario")
        name = f"Default login: {drill_name(drill)}"
        assert desk.shows(f"Saved as the scenario {name}", desk.window.toasts)
    saved_and_run(desk)
    for entry in desk.flow.session.document.draft.scenarios:
        assert expected_of(desk, entry.file) == "failed"
        assert json.loads(on_disk(desk, entry.file))["expect"]["status"] == "failed"
    assert "2/2" in desk.status()
    desk.picture("b13-saved")


def the_code_catches_the_refusal(desk: Driver) -> None:
    """B14.

    One of the two can differ. What is sent again is refused before any code is asked, as security
    rule 12 guarantees, so no code can catch it; that one stays as expected.
    """
    desk.press("Ctrl+Tab", "Ctrl+G")
    desk.type(str(VALIDATED))
    desk.press("Return", "Home", "Shift+Down", "Shift+Down", "Shift+Down", "Shift+Home")
    QGuiApplication.clipboard().setText(CATCHING)
    desk.press("Ctrl+V")
    assert desk.shows("edited since this login began", desk.window.editor_area)
    assert "0/2 stale" in desk.status()
    saved_and_run(desk)
    results = {result.name: result for result in desk.flow.scenarios.runs.results}
    expired = results["Default login: an expired token"]
    assert expired.state is ScenarioState.DIFFERS
    twice = results["Default login: the same reply twice"]
    assert twice.state is ScenarioState.AS_EXPECTED
    assert "1/2" in desk.status()
    desk.press("Ctrl+3")
    [differing, same] = desk.views.grid.texts
    assert any("an expired token" in cell for cell in differing)
    assert any("failed → denied" in cell for cell in differing)
    assert any("the same reply twice" in cell for cell in same)
    assert not any("→" in cell for cell in same)
    desk.picture("b14")


def what_came_is_kept_as_expected(desk: Driver) -> None:
    """B15."""
    assert desk.focus() is desk.views.grid.table
    assert desk.views.grid.current_file is not None
    desk.press("Space")
    difference = desk.views.difference
    assert any("failed" in row.spoken for row in difference.rows)
    desk.press("A")
    assert difference.is_choosing
    assert all(row.tick.isVisible() and row.tick.isChecked() for row in difference.rows)
    assert desk.focus_name() == "Keep what is ticked"
    desk.picture("b15")
    desk.press("Space")
    file = desk.views.grid.current_file or ""
    assert expected_of(desk, file) == "denied"
    assert desk.shows("Undo: keep ", desk.window.top_bar)
    desk.press("Ctrl+Z")
    assert expected_of(desk, file) == "failed"
    desk.press("Ctrl+Shift+Z")
    saved_and_run(desk)
    assert "2/2" in desk.status()


def a_package_is_missing(desk: Driver) -> None:
    """B16."""
    desk.press("Ctrl+1")
    lane = desk.views.lane
    desk.click(lane.viewport(), lane.visualRect(lane.currentIndex()).center())
    assert desk.focus() is lane
    runs = desk.flow.run.runs
    QGuiApplication.clipboard().setText(WITH_AXIOS)
    desk.press("Ctrl+V")
    document = desk.flow.session.document
    desk.until(lambda: len(document.problems.facts) == 2)
    desk.turn()
    desk.press("Return")
    assert len(desk.cards()) == 2
    assert "1 warning" in desk.status()
    assert "1 problem" in desk.cards()[1]
    [problem] = document.problems.problems
    assert "needs the package axios" in problem.message
    assert problem.remedy.startswith("Run npm install axios in the flow folder")
    desk.press("F5")
    assert desk.flow.run.runs == runs
    assert desk.shows("needs the package axios", desk.window.toasts)
    assert not desk.shows("Cannot find module")
    desk.picture("b16")


def it_is_turned_off_and_exported(desk: Driver, home: Path) -> None:
    """B17."""
    folder = desk.flow.session.document.folder.path
    desk.press("Ctrl+S")
    desk.until(lambda: desk.flow.session.document.saved_state.is_saved)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Before")
    lane = desk.views.lane
    top = lane.visualRect(lane.model().index(1, 0)).topLeft()
    place = lane.shown_places().rows[1].card.center().toPoint() + top
    desk.click(lane.viewport(), place)
    assert lane.selected_actions() == (desk.flow.session.document.draft.flow.actions[1].id,)
    choose_from_context_menu(desk, lane.viewport(), place, "Turn on or off")
    assert "turned off" in desk.cards()[1]
    saved_and_run(desk)
    difference = git(folder, "diff")
    assert '+      "enabled": false' in difference
    assert difference.count("\n+") <= 4
    desk.press("Ctrl+E")
    sheet = desk.bench.export_sheet
    desk.until(lambda: sheet.plan is not None and sheet.plan.can_export)
    desk.turn()
    assert desk.focus() is sheet.export_button
    desk.press("Return")
    desk.until(lambda: desk.shows("Exported Checkout login", sheet))
    desk.picture("b17")
    for file in [one for one in home.rglob("*") if one.is_file()]:
        assert SECRET.encode() not in file.read_bytes(), file
    desk.press("Escape")
    assert not sheet.is_open


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, and return what it prints."""
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.com")
    done = subprocess.run(
        ["git", *who, *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def expected_of(desk: Driver, file: str) -> object:
    """Return how a scenario expects its login to end."""
    entry = desk.flow.session.document.draft.scenario(file)
    assert entry is not None
    assert entry.scenario is not None
    assert entry.scenario.expect is not None
    return entry.scenario.expect["status"]


def query_of(url: str) -> dict[str, str]:
    """Return the parameters of an address."""
    return dict(parse_qsl(urlsplit(url).query))


def token_of(url: str) -> str:
    """Return the token of an address."""
    return query_of(url)["session_token"]


def spoken(root: QWidget) -> list[str]:
    """Return what is read out of everything visible in a part of the window."""
    return [one.accessibleName() for one in root.findChildren(QWidget) if one.isVisible()]


def the_desk(desk: Driver) -> RedirectDesk:
    """Return the redirect desk."""
    page = desk.flow.desk.page
    assert page is not None
    assert isinstance(page.view, RedirectDesk)
    return page.view


def pasted(desk: Driver) -> Action:
    """Return the action that was pasted."""
    return desk.flow.session.document.draft.flow.actions[0]


def on_disk(desk: Driver, file: str) -> bytes:
    """Return a file of the flow as it is saved."""
    return (desk.flow.session.document.folder.path / file).read_bytes()


def saved_and_run(desk: Driver) -> None:
    """Save, and wait until the scenarios have run."""
    desk.press("Ctrl+S")
    desk.until(lambda: desk.flow.session.document.saved_state.is_saved)
    desk.until(lambda: re.search(r"\d/\d ·", desk.status()) is not None)
    desk.turn()
