"""*Changes* lists what was asked for, leads to its line, and says what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest

from loginwright_designer.panels.inspector.change_picture import kind_of
from loginwright_designer.panels.inspector.changes_view import ChangesView
from loginwright_designer.panels.inspector.row_values import ChangeRow, EmptyRow, spoken
from loginwright_designer.simulation.change_list import ChangeList, ChangesAt
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_designer.theme.marks import Change

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_logins import Logins
    from loginwright_designer.theme.theme import Theme


def said(view: ChangesView) -> list[str]:
    """Every row in words."""
    return [spoken(row) for row in view.list.rows]


def row_of(view: ChangesView, start: str) -> int:
    """The number of the row that begins with a word."""
    return next(number for number, words in enumerate(said(view)) if words.startswith(start))


def test_a_login_that_asked_for_nothing_yet_says_so(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None]
) -> None:
    view = ChangesView(make_theme())
    show(view)
    view.show_changes(logins.changes("first-login", 9))
    assert said(view)[0].startswith("No changes yet. So far no action has asked for anything.")
    assert "status: suspended" in said(view)
    assert "Saved with the login" in said(view)


def test_groups_without_rows_are_named(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None]
) -> None:
    view = ChangesView(make_theme())
    show(view)
    view.show_changes(logins.changes("first-login"))
    words = said(view)
    assert words[:2] == [
        "Profile, 1",
        'user_metadata.favorite_color, none → "teal", set by Ask favourite colour : 38',
    ]
    assert [one for one in words if one.endswith("nothing asked for")] == [
        "Access: nothing asked for",
        "Multifactor: nothing asked for",
        "Session: nothing asked for",
    ]
    assert words[-2] == "Profile after the write"


def test_the_past_says_what_is_later(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None]
) -> None:
    view = ChangesView(make_theme())
    show(view)
    view.show_changes(logins.changes("first-login", at=ChangesAt(position=7)))
    assert said(view) == ["None at this step. 3 were asked for later, in steps 13, 16 and 17."]


def test_enter_on_a_row_opens_its_line(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None], qtbot: QtBot
) -> None:
    view = ChangesView(make_theme())
    show(view)
    view.show_changes(logins.changes("first-login"))
    view.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_Down)
    view.list.setCurrentIndex(view.list.model().index(row_of(view, "user_metadata"), 0))
    with qtbot.waitSignal(view.place_opened) as opened:
        QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert opened.args == [SourcePlace("ask-favourite-colour", 38)]


def test_a_click_on_the_link_opens_its_line_and_one_beside_it_does_not(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None], qtbot: QtBot
) -> None:
    view = ChangesView(make_theme())
    show(view)
    view.show_changes(logins.changes("first-login"))
    number = row_of(view, "id_token")
    link = view.list.link_rect(number).center().toPoint()
    opened: list[object] = []
    view.place_opened.connect(opened.append)
    beside = view.list.visualRect(view.list.model().index(number, 0)).topRight()
    QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert opened == []
    QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=link)
    assert opened == [SourcePlace("add-roles-to-tokens", 11)]


def test_copying_a_row_copies_its_value(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None], qtbot: QtBot
) -> None:
    view = ChangesView(make_theme())
    show(view)
    view.show_changes(logins.changes("first-login"))
    view.list.setCurrentIndex(view.list.model().index(row_of(view, "user_metadata"), 0))
    QTest.keyClick(view.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == '"teal"'


def test_a_row_that_came_since_is_new_and_keeps_the_keyboard_where_it_was(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None]
) -> None:
    view = ChangesView(make_theme())
    show(view)
    view.show_changes(logins.changes("first-login", 15, ChangesAt(since=11)))
    assert said(view)[1].endswith(", new")
    view.list.setCurrentIndex(view.list.model().index(0, 0))
    view.show_changes(logins.changes("first-login"))
    assert view.list.currentIndex().row() == 0
    assert not said(view)[1].endswith(", new")


def test_what_a_broken_handler_asked_for_is_told_as_lost(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None]
) -> None:
    shown = logins.changes("first-login")
    lost = replace(shown, rows=tuple(replace(row, lost=True) for row in shown.rows))
    view = ChangesView(make_theme())
    show(view)
    view.show_changes(lost)
    assert "lost: its handler broke off" in said(view)[1]
    assert not view.grab().isNull()


def test_what_was_taken_away_is_marked_as_removed(logins: Logins) -> None:
    row = logins.changes("first-login").rows[0]
    assert kind_of(row) is Change.ADDED
    assert kind_of(replace(row, before="1")) is Change.CHANGED
    assert kind_of(replace(row, before="1", after="none")) is Change.REMOVED


def test_many_rows_are_laid_out_in_pieces_and_every_one_is_named(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None]
) -> None:
    first = logins.changes("first-login").rows[0]
    many = ChangeList(rows=tuple(replace(first, seq=seq) for seq in range(5_000)))
    view = ChangesView(make_theme())
    show(view)
    view.show_changes(many)
    assert sum(isinstance(row, ChangeRow) for row in view.list.rows) == 5_000
    assert all(said(view))


def test_a_denial_and_a_failure_tell_their_outcome(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None]
) -> None:
    view = ChangesView(make_theme())
    show(view)
    view.show_changes(logins.changes("on-a-saturday"))
    assert "status: denied" in said(view)
    assert "description: My SPA is closed at the weekend." in said(view)
    view.show_changes(logins.changes("the-sent-token-echoed"))
    assert isinstance(view.list.rows[0], EmptyRow)
    assert "status: failed" in said(view)
    assert not view.grab().isNull()


def test_a_screen_reader_finds_a_named_list_of_named_rows(
    logins: Logins, make_theme: Callable[..., Theme], show: Callable[..., None]
) -> None:
    view = ChangesView(make_theme())
    show(view)
    view.show_changes(logins.changes("first-login"))
    found = QAccessible.queryAccessibleInterface(view.list)
    assert found.text(QAccessible.Text.Name) == "Changes"
    names = [
        found.child(number).text(QAccessible.Text.Name) for number in range(found.childCount())
    ]
    assert 'user_metadata.favorite_color, none → "teal", set by Ask favourite colour : 38' in names
