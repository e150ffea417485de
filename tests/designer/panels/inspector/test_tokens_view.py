"""*Tokens* shows each claim with who set it, in a narrow panel as in a wide one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from loginwright_designer.panels.inspector.row_values import (
    ClaimHeads,
    ClaimRow,
    CommandRow,
    spoken,
)
from loginwright_designer.panels.inspector.tokens_view import TokensView
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_designer.simulation.token_list import LeftOutWords, TokenList

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_logins import Logins
    from loginwright_designer.simulation.change_list import Standing
    from loginwright_designer.theme.theme import Theme


def said(view: TokensView) -> list[str]:
    """Every row in words."""
    return [spoken(row) for row in view.list.rows]


def choose(view: TokensView, start: str) -> int:
    """Put the keyboard on the row that begins with some words."""
    number = next(number for number, words in enumerate(said(view)) if words.startswith(start))
    view.list.setCurrentIndex(view.list.model().index(number, 0))
    return number


def test_a_claim_names_the_line_that_set_it(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None], qtbot: QtBot
) -> None:
    view = TokensView(make_theme())
    show(view)
    view.show_tokens(logins.tokens("first-login"))
    assert said(view)[0] == "ID token, ends 20:00:00, in 10 h"
    assert said(view)[1] == (
        'https://my-app.example.com/roles, ["admin"], set by Add roles to tokens : 11, '
        "replaced nothing"
    )
    assert 'sub, "auth0|0001", set by the engine' in said(view)
    assert said(view)[-1] == "Nothing was left out of either token."
    choose(view, "https://my-app.example.com/roles")
    with qtbot.waitSignal(view.place_opened) as opened:
        QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert opened.args == [SourcePlace("add-roles-to-tokens", 11)]


def test_before_the_end_there_are_no_tokens(
    make_theme: Callable[..., Theme], show: Callable[..., None]
) -> None:
    view = TokensView(make_theme())
    show(view)
    assert said(view)[0].startswith("No tokens yet. They are built last")


def test_a_wide_panel_has_columns_and_a_narrow_one_has_none(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None], qtbot: QtBot
) -> None:
    view = TokensView(make_theme())
    show(view, 336)
    view.show_tokens(logins.tokens("first-login"))
    assert not any(isinstance(row, ClaimHeads) for row in view.list.rows)
    view.resize(736, 720)
    qtbot.waitUntil(lambda: any(isinstance(row, ClaimHeads) for row in view.list.rows))
    assert not view.grab().isNull()


def test_a_cut_value_is_shown_as_a_whole_on_space_and_a_short_one_stays(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None], qtbot: QtBot
) -> None:
    view = TokensView(make_theme())
    show(view)
    view.show_tokens(logins.tokens("first-login"))
    number = choose(view, "picture")
    before = view.list.visualRect(view.list.currentIndex()).height()
    QTest.keyClick(view.list, Qt.Key.Key_Space)
    row = view.list.rows[number]
    assert isinstance(row, ClaimRow)
    assert row.open
    view.grab()
    assert view.list.visualRect(view.list.currentIndex()).height() > before
    QTest.keyClick(view.list, Qt.Key.Key_Space)
    row = view.list.rows[number]
    assert isinstance(row, ClaimRow)
    assert not row.open
    number = choose(view, "sub")
    QTest.keyClick(view.list, Qt.Key.Key_Space)
    row = view.list.rows[number]
    assert isinstance(row, ClaimRow)
    assert not row.open


def test_claims_are_copied_as_json_and_tokens_as_they_are(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None], qtbot: QtBot
) -> None:
    shown = logins.tokens("first-login")
    signed = replace(shown, tokens=(replace(shown.tokens[0], text="a.b.c"), *shown.tokens[1:]))
    view = TokensView(make_theme())
    show(view)
    view.show_tokens(signed)
    choose(view, "Copy the claims of the ID token")
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert orjson.loads(QGuiApplication.clipboard().text())["sub"] == "auth0|0001"
    choose(view, "Copy the ID token")
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "a.b.c"
    copies = [row.spoken for row in view.list.rows if isinstance(row, CommandRow)]
    assert "Copy the Access token" not in copies


def test_what_was_left_out_says_why_and_where(
    make_theme: Callable[..., Theme], show: Callable[..., None], qtbot: QtBot
) -> None:
    place = SourcePlace("a", 7)
    view = TokensView(make_theme())
    show(view)
    words = LeftOutWords("claim-not-uri", "roles is no URL.", "Add roles : 7", place)
    view.show_tokens(TokenList(left_out=(words,)))
    choose(view, "Left out: roles is no URL. Add roles : 7")
    with qtbot.waitSignal(view.place_opened) as opened:
        QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert opened.args == [place]
    assert not view.grab().isNull()


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        ("going", "No tokens yet. They are built last"),
        ("away", "No tokens yet. They are built last"),
        ("denied", "No tokens. The login was denied, so the application gets none."),
        ("failed", "No tokens. The login failed, so the application gets none."),
    ],
)
def test_a_login_that_is_over_without_tokens_promises_none(
    make_theme: Callable[..., Theme], show: Callable[..., None], standing: Standing, words: str
) -> None:
    view = TokensView(make_theme())
    show(view)
    view.show_tokens(TokenList(standing=standing))
    (row,) = said(view)
    assert row.startswith(words)
