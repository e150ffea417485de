"""Every word that the designer says of its own is given to a translator, in every state."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QPainter

from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.main_window.command_ids import CommandId
from loginwright_designer.panels.redirect_desk.redirect_desk import RedirectDesk
from loginwright_designer.simulation.drills import Drill
from loginwright_runtime.flow.sample_files import sample
from menu_choices import choose
from pseudo_locale import PseudoLocale, pseudo
from untranslated import Data, said_on_screen, strings_in, untranslated
from window_states import PANELS, given, logging_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from designer_driver import Driver

RESOURCES = sample("customer-login").parents[1]

NAMES = (
    *("Loginwright", "JavaScript", "Python", "Node", "Linux", "JS", "Py", "My SPA", "Inter"),
    *("Esc", "Enter", "Space", "HS256", "alg", "kid", "typ", "js", "py"),
    *("at_hash", "aud", "exp", "iat", "iss", "nickname", "nonce", "picture", "sid", "state", "sub"),
    *("tenant", "configuration", "true", "false", "null", "ada", "Ada", "Example", "Ada Example"),
    *("profile_update: null", "status: allowed", "status: suspended", "kind: redirect", "auth0"),
    *("application-nonce-0001", "exports"),
)
"""Of programs, keys, algorithms, claims and members of the event; and the sample's user."""

CODE_WORDS = ("Stored favorite_color teal", "Aa", "ab", "A")
"""What the sample prints; what stands on the buttons of the find bar; a key of the grid."""


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What views write by themselves; what ends in dots is left out."""
    texts: set[str] = set()
    draw = QPainter.drawText

    def take_down(painter: QPainter, *arguments: object) -> object:
        texts.update(one for one in arguments if isinstance(one, str) and "…" not in one)
        return draw(painter, *arguments)  # type: ignore[call-overload]  # passed on as it came

    monkeypatch.setattr(QPainter, "drawText", take_down)
    return texts


@pytest.fixture
def pseudo_locale(qapp: QApplication) -> Iterator[None]:
    """The designer speaks a language that nobody speaks, from its start."""
    language = PseudoLocale()
    qapp.installTranslator(language)
    yield
    qapp.removeTranslator(language)


@pytest.mark.usefixtures("pseudo_locale")
def test_every_word_of_the_designer_is_translated(
    start: Callable[..., Driver], painted: set[str]
) -> None:
    desk = start()
    said: set[str] = set()
    for _ in session(desk):
        desk.turn()
        desk.window.grab()
        said |= said_on_screen() | painted | set(desk.texts())
    page = desk.flow.desk.page
    assert page is not None
    assert isinstance(page.view, RedirectDesk)
    sentences = [result.words for result in page.view.drills.results]
    data = Data([*NAMES, *CODE_WORDS, *names_in(RESOURCES), *sentences])
    assert "\n".join(sorted(untranslated(said, data))) == ""


def session(desk: Driver) -> Iterator[str]:
    """Lead the designer through a login, the drills, the grid and an export."""
    for command in PANELS:
        yield given(desk, command)
    yield from logging_in(desk)
    desk.inside(desk.flow.desk.show_drills)
    page = desk.flow.desk.page
    assert page is not None
    assert isinstance(page.view, RedirectDesk)
    choose(desk, desk.button(pseudo("Drills"), page.view.footer), pseudo("Run all"))
    yield "drills begin"
    drills = page.view.drills
    desk.until(lambda: len(drills.results) == len(Drill))
    yield "drills"
    given(desk, CommandId.RUN_SCENARIOS)
    desk.until(lambda: not desk.flow.scenarios.runs.is_running)
    yield given(desk, CommandId.SHOW_GRID)
    yield given(desk, CommandId.KEYBOARD_SHORTCUTS)
    close_sheets(desk)
    given(desk, CommandId.EXPORT)
    sheet = desk.bench.export_sheet
    desk.until(lambda: sheet.plan is not None and desk.shows("sha256:", sheet))
    yield "export"
    close_sheets(desk)


def close_sheets(desk: Driver) -> None:
    """Leave none open."""
    for sheet in desk.window.findChildren(Sheet):
        sheet.close_sheet()
    desk.turn()


def names_in(folder: Path) -> Iterator[str]:
    """Yield every name and value of the JSON files in a folder, and each line of its code."""
    for file in folder.rglob("*.json"):
        yield from strings_in(json.loads(file.read_text(encoding="utf-8")))
    for file in (*folder.rglob("*.js"), *folder.rglob("*.py")):
        yield from (line.strip("/*\"' .") for line in file.read_text(encoding="utf-8").splitlines())
