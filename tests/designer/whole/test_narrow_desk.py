"""In the narrowest window the desk says all it has to say, whatever it asks for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clipped_texts import clipped_texts
from clipped_widgets import clipped
from designer_driver import rect_in
from loginwright_designer.main_window.arrangement import SMALLEST
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.panels.redirect_desk.desk_signals import DrillWish, WaitWish
from loginwright_designer.panels.redirect_desk.redirect_desk import RedirectDesk
from loginwright_designer.simulation import states
from loginwright_designer.simulation.drills import Drill
from loginwright_runtime.cli.trusted_folders import trust
from loginwright_runtime.flow.sample_files import template
from patience import PATIENCE
from window_states import given

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer_driver import Driver

CHALLENGE = re.compile(r"challengeWith\(.*?\n    \);", re.DOTALL)
ENROLMENT = 'enrollWith({ type: "otp" });'
AN_HOUR = 3600


def cut(desk: Driver) -> set[str]:
    """What is cut in either theme."""
    found: set[str] = set()
    for theme in (CommandId.THEME_DARK, CommandId.THEME_LIGHT):
        given(desk, theme)
        found |= clipped(desk.window) | set(clipped_texts(desk.window))
    return found


def sent_away(desk: Driver, scenario: str) -> None:
    """Run a scenario until its login is away, and show the desk."""
    desk.flow.session.choose_scenario(f"scenarios/{scenario}.json")
    desk.press("F5")
    desk.until_state(states.Away)
    given(desk, CommandId.SHOW_DESK)


def answered(desk: Driver) -> None:
    """Send the answer that is proposed, and show the desk that can only be read."""
    desk.press("Ctrl+Return")
    desk.until(lambda: not isinstance(desk.state, states.Away))
    given(desk, CommandId.SHOW_DESK)


def redirect_desk(desk: Driver) -> RedirectDesk:
    """The desk of a redirect."""
    page = desk.flow.desk.page
    assert page is not None
    assert isinstance(page.view, RedirectDesk)
    return page.view


def with_enrolment(folder: Path) -> None:
    """Let the action set up a factor where it asked for one."""
    code = folder / "actions/step-up.js"
    text, asked = CHALLENGE.subn(ENROLMENT, code.read_text(encoding="utf-8"))
    assert asked == 1
    code.write_text(text, encoding="utf-8")


def test_narrowest_desk_says_all_about_a_redirect(start: Callable[..., Driver]) -> None:
    desk = start(size=SMALLEST)
    sent_away(desk, "first-login")
    page = redirect_desk(desk)
    assert cut(desk) == set()

    desk.click(page.footer.paste)
    assert page.answer_view.head.source.currentText() == "Paste what came back"
    assert cut(desk) == set()
    desk.click(page.answer_view.paste.close_button)

    page.answer_view.head.state_link.click()
    assert page.answer_view.head.state_edit.isVisible()
    assert cut(desk) == set()
    page.answer_view.head.state_link.click()

    page.drill_requested.emit(DrillWish())
    desk.until(lambda: len(page.drills.results) == len(Drill))
    assert cut(desk) == set()

    answered(desk)
    assert page.is_read_only
    assert cut(desk) == set()


def test_narrowest_desk_says_all_about_a_token_that_expired(start: Callable[..., Driver]) -> None:
    desk = start(size=SMALLEST)
    sent_away(desk, "first-login")
    redirect_desk(desk).wait_requested.emit(WaitWish(AN_HOUR))
    desk.until(lambda: desk.shows("45:00 ago"))
    assert cut(desk) == set()


def test_narrowest_desk_says_all_about_a_refused_token(start: Callable[..., Driver]) -> None:
    desk = start(size=SMALLEST)
    sent_away(desk, "the-sent-token-echoed")
    answered(desk)
    desk.press("F5")
    desk.until_state(states.Failed)
    given(desk, CommandId.SHOW_DESK)
    page = redirect_desk(desk)
    assert page.refusal.isVisible()
    assert page.rect().contains(rect_in(page.refusal.message, page))
    assert desk.focus() is page.refusal.correct_button
    assert cut(desk) == set()


@pytest.mark.parametrize(
    ("name", "scenario", "change"),
    [
        ("terms-consent", "accepts", None),
        ("step-up", "factor-passed", None),
        ("step-up", "factor-passed", with_enrolment),
    ],
    ids=["form", "challenge", "enrolment"],
)
def test_narrowest_desk_says_all_about_a_question(
    start: Callable[..., Driver],
    home: Path,
    name: str,
    scenario: str,
    change: Callable[[Path], None] | None,
) -> None:
    folder = home / name
    shutil.copytree(template(name), folder)
    if change is not None:
        change(folder)
    trust(folder)
    desk = start(folder, size=SMALLEST)
    sent_away(desk, scenario)
    assert cut(desk) == set()
    answered(desk)
    assert cut(desk) == set()


def test_narrowest_desk_says_all_about_a_second_factor_at_the_end(
    start: Callable[..., Driver],
) -> None:
    desk = start(size=SMALLEST)
    sent_away(desk, "from-north-america")
    assert cut(desk) == set()
    answered(desk)
    assert cut(desk) == set()


@pytest.mark.timeout(11 * PATIENCE)
def test_a_screen_with_larger_points_cuts_nothing_either() -> None:
    """Qt reads the scale once, when it starts; so the tests above start anew."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    done = subprocess.run(
        [*command, "-k", "test_narrowest_desk"],
        env={**os.environ, "QT_SCALE_FACTOR": "1.25"},
        capture_output=True,
        text=True,
        timeout=10 * PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout
