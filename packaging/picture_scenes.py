"""The scenes that pictures of the designer are taken in, each a short run as users do it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent
from PySide6.QtWidgets import QApplication

from loginwright_designer.crash_report_text import Failure, Hook, report_of
from loginwright_designer.dialogs.crash_dialog import CrashDialog
from loginwright_designer.document.action_edits import rename_action
from loginwright_designer.document.drag_types import TEMPLATE_MIME_TYPE
from loginwright_designer.main_window.arrangement import Page
from loginwright_designer.panels.bars.bar_signals import OutcomeOffer
from loginwright_designer.simulation import states
from loginwright_designer.simulation.drills import Drill

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QDialog

    from designer_driver import Driver
    from loginwright_designer.panels.redirect_desk.redirect_desk import RedirectDesk


class Pictures(Protocol):
    """What a scene asks of whoever takes its pictures."""

    @property
    def home(self) -> Path:
        """The user's home."""
        ...

    def open(self, folder: Path | None = None, *, coached: bool = True) -> Driver:
        """Start the designer on a flow, or on the sample."""
        ...

    def copy_of_sample(self, *, trusted: bool = True) -> Path:
        """Copy the sample into the user's home."""
        ...

    def copy_of_template(self, name: str) -> Path:
        """Copy a template into the user's home."""
        ...

    def take(self, name: str, *, sizes: bool = False, size: tuple[int, int] = ...) -> None:
        """Take a picture."""
        ...

    def take_dialog(self, name: str, dialog: QDialog) -> None:
        """Take a picture of a window of its own."""
        ...


Scene: TypeAlias = Callable[[Pictures], None]

ASK: Final = "ask-favourite-colour"
CHALLENGE: Final = re.compile(r"challengeWith\(.*?\n    \);", re.DOTALL)
ENROLMENT: Final = 'enrollWith({ type: "otp" });'
LINE_TO_STOP_AT: Final = 39
AUCKLAND: Final = {
    "format": "loginwright/scenario@1",
    "name": "Monday morning in Auckland",
    "now": "2026-11-22T20:00:00Z",
    "event": {},
    "expect": {"status": "allowed"},
}


def first_login(pictures: Pictures) -> None:
    """The sample, from its first start to the tokens, and back into the past."""
    desk = pictures.open(coached=False)
    pictures.take("first-start", sizes=True)
    desk.views.coach.dismissed.emit()
    _run_until_away(desk)
    pictures.take("away", sizes=True)
    desk.press("Ctrl+Return")
    desk.until_state(states.Paused)
    desk.flow.code.open_action(ASK, line=LINE_TO_STOP_AT)
    desk.window.open_editor(focus=True)
    desk.turn()
    desk.press("F9")
    desk.press("F5")
    desk.until(lambda: isinstance(desk.state, states.Paused) and desk.state.line is not None)
    desk.views.inspector.choose("variables")
    pictures.take("paused", sizes=True)
    desk.press("F5")
    desk.until_state(states.Finished)
    desk.click(desk.views.outcome_bar.offers[OutcomeOffer.SEE_CLAIMS])
    pictures.take("tokens", sizes=True)
    login = desk.flow.session.login
    sent = next(cell for cell in login.steps.cells if cell.label == "sendUserTo")
    desk.views.inspector.choose("variables")
    desk.views.bottom.steps.setFocus()
    login.look_at(sent.number)
    desk.turn()
    pictures.take("past", sizes=True)
    desk.press("Esc")


def drills(pictures: Pictures) -> None:
    """Broken replies, each tried on a copy of the login."""
    desk = pictures.open()
    _finish(desk)
    desk.click(desk.views.outcome_bar.offers[OutcomeOffer.BROKEN_REPLY])
    page = _redirect_desk(desk)
    desk.until(lambda: len(page.drills.results) == len(Drill))
    pictures.take("drills")


def refused_token(pictures: Pictures) -> None:
    """The other site sends back the token that it was sent."""
    desk = pictures.open()
    desk.flow.session.choose_scenario("scenarios/the-sent-token-echoed.json")
    _run_until_away(desk)
    desk.press("Ctrl+Return")
    desk.until_state(states.Paused)
    desk.press("F5")
    desk.until_state(states.Failed)
    pictures.take("refused-token")


def second_factor(pictures: Pictures) -> None:
    """A login from North America, at the end of which a second factor is asked for."""
    desk = pictures.open()
    desk.flow.session.choose_scenario("scenarios/from-north-america.json")
    _run_until_away(desk)
    pictures.take("second-factor")


def challenge(pictures: Pictures) -> None:
    """An action asks for a security key, or else for a one-time password."""
    desk = pictures.open(pictures.copy_of_template("step-up"))
    desk.flow.session.choose_scenario("scenarios/factor-passed.json")
    _run_until_away(desk)
    pictures.take("challenge")


def enrolment(pictures: Pictures) -> None:
    """The same action lets people set up a factor instead."""
    folder = pictures.copy_of_template("step-up")
    code = folder / "actions/step-up.js"
    text, asked = CHALLENGE.subn(ENROLMENT, code.read_text(encoding="utf-8"))
    if asked != 1:
        raise RuntimeError("The template asks for a factor in another way now.")
    code.write_text(text, encoding="utf-8")
    flow = folder / "flow.json"
    named = flow.read_text(encoding="utf-8").replace("Step-up challenge", "Set up a factor")
    flow.write_text(named, encoding="utf-8")
    desk = pictures.open(folder)
    desk.flow.session.choose_scenario("scenarios/factor-passed.json")
    _run_until_away(desk)
    pictures.take("enrolment")


def form(pictures: Pictures) -> None:
    """An action shows a form."""
    desk = pictures.open(pictures.copy_of_template("terms-consent"))
    desk.flow.session.choose_scenario("scenarios/accepts.json")
    _run_until_away(desk)
    pictures.take("form")


def not_trusted(pictures: Pictures) -> None:
    """A flow that came from elsewhere: it can be looked at, and nothing of it runs."""
    pictures.open(pictures.copy_of_sample(trusted=False))
    pictures.take("not-trusted")


def crash(pictures: Pictures) -> None:
    """Something in Loginwright failed while a login was under way."""
    desk = pictures.open()
    _run_until_away(desk)
    try:
        desk.bench.theme.icons.icon("no-such-icon")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is shown
        inside = error.__traceback__.tb_next if error.__traceback__ is not None else None
        error.with_traceback(inside)  # without this scene
        report = report_of(Failure(Hook.CODE, error), desk.bench.masker())
    else:
        raise RuntimeError("Nothing failed.")
    dialog = CrashDialog(desk.bench.theme, report, login_runs=True, parent=desk.window)
    pictures.take_dialog("crash", dialog)


def denied(pictures: Pictures) -> None:
    """A login on a Saturday."""
    desk = pictures.open()
    desk.flow.session.choose_scenario("scenarios/on-a-saturday.json")
    desk.press("F5")
    desk.until_state(states.Finished)
    pictures.take("denied")


def recorded(pictures: Pictures) -> None:
    """Three logins that ran, and their list."""
    desk = pictures.open()
    _finish(desk)
    for file in ("on-a-saturday", "silent-login"):
        desk.flow.session.choose_scenario(f"scenarios/{file}.json")
        runs = desk.flow.session.login.run_number
        desk.press("F5")
        desk.until(partial(_has_run_since, desk, runs))
        desk.until(lambda: isinstance(desk.state, states.Finished | states.Failed))
    desk.window.open_side("recorded", focus=True)
    pictures.take("recorded-logins")


def compose(pictures: Pictures) -> None:
    """An action from the library is carried over the lane, and not dropped yet."""
    desk = pictures.open()
    lane = desk.views.lane
    lane.select(ASK)
    desk.window.resize(1280, 720)
    desk.turn()
    data = QMimeData()
    data.setData(TEMPLATE_MIME_TYPE, QByteArray(b"deny-by-audience"))
    port = lane.viewport()
    at = QPoint(port.width() // 2, round(lane.gap_height(1)))
    about = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    keys = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(port, QDragEnterEvent(at, *about, keys))
    QApplication.sendEvent(port, QDragMoveEvent(at, *about, keys))
    pictures.take("compose", size=(1280, 720))
    QApplication.sendEvent(port, QDragLeaveEvent())


def scenarios(pictures: Pictures) -> None:
    """Scenarios in the grid: one differs, one was not run since the last edit."""
    folder = pictures.copy_of_sample()
    _write(folder / "scenarios/monday-morning-in-auckland.json", AUCKLAND)
    desk = pictures.open(folder)
    flow = desk.flow
    flow.session.secrets.generate("MY_SHARED_SECRET")
    flow.scenarios.run_all()
    desk.until(lambda: not flow.scenarios.runs.is_running)
    draft = flow.session.document.draft
    flow.lane.apply(rename_action(draft, "add-roles-to-tokens", "Roles in tokens"))
    names = [one.file for one in flow.session.document.draft.scenarios]
    flow.scenarios.run_all(tuple(name for name in names if "silent" not in name))
    desk.until(lambda: not flow.scenarios.runs.is_running)
    desk.window.show_page(Page.SCENARIOS, focus=True)
    desk.views.grid.select("scenarios/monday-morning-in-auckland.json")
    desk.turn()
    pictures.take("grid", sizes=True)
    flow.scenarios.keep("scenarios/monday-morning-in-auckland.json")
    pictures.take("difference")
    flow.scenarios.open_form("scenarios/first-login.json")
    pictures.take("scenario-form")


def export(pictures: Pictures) -> None:
    """The flow goes out, and its bundle is checked outside."""
    desk = pictures.open()
    _finish(desk)
    desk.flow.scenarios.run_all()
    desk.until(lambda: not desk.flow.scenarios.runs.is_running)
    desk.press("Ctrl+E")
    sheet = desk.bench.export_sheet
    desk.until(lambda: sheet.plan is not None and desk.shows("sha256:", sheet))
    sheet.target.setText("~/exports/customer-login.loginflow")
    desk.turn()
    pictures.take("export")
    desk.press("Return")
    desk.until(lambda: desk.shows("Check it outside", sheet))
    desk.click(desk.button("Check it outside", sheet))
    desk.until(lambda: desk.shows("scenarios end as in the designer", sheet))
    pictures.take("receipt")


def secrets(pictures: Pictures) -> None:
    """A flow of one's own: a value is missing, is asked for, and stands in its panel."""
    desk = pictures.open(pictures.copy_of_sample())
    desk.press("F5")
    desk.turn()
    desk.type("short, and with a space ")
    pictures.take("missing-secret")
    desk.press("Esc")
    desk.flow.session.secrets.generate("MY_SHARED_SECRET")
    desk.window.open_side("secrets", focus=True)
    pictures.take("secrets")


def code(pictures: Pictures) -> None:
    """Code with a mistake in it, while it is typed, and a run that does not begin because of it."""
    desk = pictures.open(pictures.copy_of_sample())
    desk.flow.session.secrets.generate("MY_SHARED_SECRET")
    desk.flow.code.open_action("add-roles-to-tokens", line=8)
    desk.window.open_editor(focus=True)
    desk.press("End", "Return")
    desk.type("api.idToken.setCustomClaim(")
    desk.until(lambda: desk.views.bottom.problems.counts.total > 0)
    desk.window.open_bottom("problems")
    pictures.take("code-problem")
    desk.press("F5")
    pictures.take("run-refused")


def empty(pictures: Pictures) -> None:
    """A new flow with nothing in it."""
    desk = pictures.open()
    desk.press("Ctrl+N")
    desk.type("Checkout login")
    desk.press("Return")
    desk.until(lambda: not desk.has_actions)
    pictures.take("empty")


SCENES: Final[dict[str, Scene]] = {
    one.__name__.replace("_", "-"): one
    for one in (
        first_login,
        compose,
        code,
        secrets,
        refused_token,
        drills,
        second_factor,
        challenge,
        enrolment,
        form,
        not_trusted,
        crash,
        denied,
        recorded,
        scenarios,
        export,
        empty,
    )
}


def _has_run_since(desk: Driver, runs: int) -> bool:
    return desk.flow.session.login.run_number > runs


def _run_until_away(desk: Driver) -> None:
    desk.press("F5")
    desk.until_state(states.Away)


def _finish(desk: Driver) -> None:
    """Let a login of the chosen scenario run to its end, answered as the scenario says."""
    _run_until_away(desk)
    desk.press("Ctrl+Return")
    desk.until_state(states.Paused)
    desk.press("F5")
    desk.until_state(states.Finished)


def _redirect_desk(desk: Driver) -> RedirectDesk:
    page = desk.flow.desk.page
    if page is None:
        raise RuntimeError("The login has not been away.")
    return page.view  # type: ignore[return-value]  # a redirect's


def _write(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
