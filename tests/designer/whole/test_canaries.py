"""Values of secrets stay where they belong, through a whole session (security.md 23 and 30)."""

from __future__ import annotations

import base64
import json
import shutil
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

from canary_forms import forms_in
from loginwright_designer.document.trust import FolderTrust
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.panels.redirect_desk.redirect_desk import RedirectDesk
from loginwright_designer.panels.secrets.secret_row_view import SecretRowView
from loginwright_designer.simulation import states
from loginwright_designer.simulation.drills import Drill
from loginwright_runtime.flow.sample_files import sample
from menu_choices import choose
from secret_traces import texts_of
from window_states import given

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver
    from loginwright_designer.crash_report_text import CrashReport

NAME = "MY_SHARED_SECRET"
FIRST = 'canary/5b1f8e0c+"first" value & more of it'
SECOND = 'canary/77aa10f3+"second" value & more of it'
LOGS = """exports.onExecutePostLogin = async (event, api) => {
  console.log("signs with", event.secrets.MY_SHARED_SECRET);
"""
BREAKS = """exports.onContinuePostLogin = async (event, api) => {
  if (event.request.query.breaks) throw new Error(event.secrets.MY_SHARED_SECRET);
"""


class Session:
    """One session of a user, and all that came out of it.

    Args:
        desk: The application.
    """

    def __init__(self, desk: Driver) -> None:
        self.desk = desk
        self.seen: dict[str, bytes] = {}

    def look(self, place: str) -> None:
        """Take down every text of the window and what can be pasted from it."""
        texts = texts_of(self.desk.window, typing=True)
        login = self.desk.flow.session.login
        texts += [repr(login.record), repr(login.inputs), repr(self.desk.flow.session)]
        texts += [repr(line) for line in self.desk.bench.sheets.log.lines]
        mime: QMimeData | None = QGuiApplication.clipboard().mimeData()  # None: it is empty
        kinds = () if mime is None else mime.formats()
        content = b"".join(bytes(mime.data(kind).data()) for kind in kinds if mime is not None)
        self.seen[place] = "\n".join(texts).encode() + content


@pytest.mark.allow_logs(reason="a failure that quotes a secret is told on purpose")
def test_no_value_is_found_in_anything_that_a_session_leaves(
    start: Callable[..., Driver], home: Path, crashes: list[CrashReport]
) -> None:
    folder = own_flow(home)
    session = Session(start(folder))
    a_login_is_answered(session)
    everything_is_tried_on_it(session)
    another_value_is_set_in_the_panel(session)
    it_goes_out(session, home / "out" / "flow.loginflow")
    it_fails_in_the_middle(session, crashes)
    session.desk.bench.journal_now()
    kept = {str(one): one.read_bytes() for one in home.rglob("*") if one.is_file()}
    session.desk.close()
    kept |= {f"{one} at the end": one.read_bytes() for one in home.rglob("*") if one.is_file()}
    kept |= {f"crash {one.title}": one.text.encode() for one in crashes}

    assert any("journal" in name or "recover" in name for name in kept)
    assert any(name.endswith(".loginflow") for name in kept)
    assert crashes
    found = {
        place: forms_in(content, FIRST, SECOND)
        for place, content in {**session.seen, **kept}.items()
    }
    assert {place: forms for place, forms in found.items() if forms} == {}


def own_flow(home: Path) -> Path:
    """The sample as this user's own, with an action that tells its secret to whoever listens."""
    folder = home / "own"
    shutil.copytree(sample("customer-login"), folder)
    code = folder / "actions" / "ask-favourite-colour.js"
    text = code.read_text(encoding="utf-8")
    text = text.replace(LOGS.partition("\n")[0] + "\n", LOGS)
    text = text.replace(BREAKS.partition("\n")[0] + "\n", BREAKS)
    assert "console.log" in text
    assert "throw new Error" in text
    code.write_text(text, encoding="utf-8")
    FolderTrust().trust(folder)
    return folder


def a_login_is_answered(session: Session) -> None:
    """The value that is missing is typed into the sheet at the button."""
    desk = session.desk
    desk.press("F5")
    sheet = desk.bench.secret_views.sheet
    assert sheet.is_open
    desk.type(FIRST)
    session.look("the sheet")
    desk.press("Return")
    desk.until_state(states.Away)
    assert desk.flow.session.secrets.value(NAME) == FIRST
    session.look("away")
    given(desk, CommandId.SHOW_DESK)
    desk.press("Ctrl+Return")
    desk.until_state(states.Paused)
    for command in (CommandId.SHOW_VARIABLES, CommandId.SHOW_CHANGES, CommandId.SHOW_CONSOLE):
        session.look(given(desk, command))
    desk.press("F5")
    desk.until_state(states.Finished)
    session.look(given(desk, CommandId.SHOW_TOKENS))


def everything_is_tried_on_it(session: Session) -> None:
    """Drills, the past, what was recorded, what can be copied, and scenarios made of it."""
    desk = session.desk
    desk.press("Alt+Left")
    session.look("the past")
    desk.press("Escape")
    desk.inside(desk.flow.desk.show_drills)
    page = desk.flow.desk.page
    assert page is not None
    assert isinstance(page.view, RedirectDesk)
    drills = page.view.drills
    choose(desk, desk.button("Drills", page.view.footer), "Run all")
    desk.until(lambda: len(drills.results) == len(Drill))
    session.look("drills")
    desk.inside(desk.flow.recorded.copy_last)
    session.look("copied as JSON")
    given(desk, CommandId.SAVE_AS_SCENARIO)
    session.look(given(desk, CommandId.SHOW_RECORDED))
    given(desk, CommandId.RUN_SCENARIOS)
    desk.until(lambda: not desk.flow.scenarios.runs.is_running)
    session.look(given(desk, CommandId.SHOW_GRID))
    given(desk, CommandId.SHOW_GRID)
    given(desk, CommandId.SELECT_ALL)
    given(desk, CommandId.COPY)
    session.look("copied actions")


def another_value_is_set_in_the_panel(session: Session) -> None:
    """The panel takes another value, and a login runs with it to the end."""
    desk = session.desk
    given(desk, CommandId.SHOW_SECRETS)
    [row] = desk.views.secrets.findChildren(SecretRowView)
    desk.inside(row.edit)
    desk.type(SECOND)
    session.look("the panel while somebody types")
    desk.press("Return")
    desk.until(lambda: desk.flow.session.secrets.value(NAME) == SECOND)
    session.look("the panel")
    desk.press("Ctrl+F5")
    desk.until_state(states.Finished)
    session.look("run to the end")
    desk.press("Ctrl+S")
    desk.until(lambda: desk.flow.session.document.saved_state.is_saved)


def it_goes_out(session: Session, target: Path) -> None:
    """The bundle is written."""
    desk = session.desk
    desk.press("Ctrl+E")
    sheet = desk.bench.export_sheet
    desk.until(lambda: sheet.plan is not None and "sha256:" in " ".join(desk.texts(sheet)))
    session.look("what goes out")
    sheet.target.setFocus()
    sheet.target.selectAll()
    desk.type(str(target))
    desk.until(lambda: sheet.export_button.isEnabled() or sheet.tick.isVisible())
    if sheet.tick.isVisible():
        desk.click(sheet.tick.box)
    desk.click(sheet.export_button)
    desk.until(target.exists)
    desk.until(lambda: desk.shows("Check it outside", sheet))
    session.look("the receipt")
    desk.press("Escape")


def it_fails_in_the_middle(session: Session, crashes: list[CrashReport]) -> None:
    """A failure quotes the value in its message, its notes and its frames."""
    desk = session.desk

    def fail() -> None:
        value = desk.flow.session.secrets.value(NAME)
        error = ValueError(f"it was {value}")
        error.add_note(json.dumps(value))
        raise error

    QTimer.singleShot(0, fail)
    desk.until(lambda: bool(crashes))
    session.look(given(desk, CommandId.SHOW_LOG))
    desk.press("Escape")
    given(desk, CommandId.ADD_PYTHON)


@pytest.mark.parametrize(
    "hidden",
    [
        FIRST,
        FIRST[::-1],
        json.dumps({"value": FIRST}),
        quote(FIRST),
        FIRST.encode().hex(),
        *(
            base64.b64encode(f"{before}{FIRST} after".encode()).decode()
            for before in ("", "1", "12")
        ),
    ],
)
def test_a_value_is_found_in_whatever_form(hidden: str) -> None:
    assert forms_in(f"before {hidden} after".encode(), FIRST)
