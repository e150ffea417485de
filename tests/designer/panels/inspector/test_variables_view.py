"""*Variables* shows the event as a tree that fills as it opens, and lets it be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from loginwright_designer.panels.inspector.inspector_signals import EventEdit, MembersWish
from loginwright_designer.panels.inspector.variable_model import FETCHED_AT_ONCE
from loginwright_designer.panels.inspector.variables_view import VariablesView
from loginwright_designer.simulation.change_list import ChangesAt
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_designer.simulation.variables import Path, Scope, Unread, Variable

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_logins import Logins
    from loginwright_designer.theme.theme import Theme


@pytest.fixture
def view(make_theme: Callable[..., Theme], show: Callable[..., None]) -> VariablesView:
    """The view, in a window, with its theme kept alive by it."""
    made = VariablesView(make_theme())
    show(made)
    return made


def index_of(view: VariablesView, *path: str | int) -> QModelIndex:
    """The row of a member of the event."""
    node = view.model.find(("event", path))
    assert node is not None, path
    return view.model.index_of(node)


def words(index: QModelIndex) -> str:
    """A row in words."""
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def field_of(view: VariablesView) -> QLineEdit:
    """The field in which a value is typed."""
    (field,) = view.tree.viewport().findChildren(QLineEdit)
    return field


def test_a_new_request_opens_by_itself_and_is_told_as_new(
    view: VariablesView, logins: Logins
) -> None:
    view.show_scopes([logins.event("first-login", 11, since=9)])
    request = index_of(view, "request")
    assert words(request) == "event.request, {9}, new"
    assert view.tree.isExpanded(request)
    assert words(index_of(view, "request", "method")) == 'event.request.method, "POST"'
    assert not view.tree.isExpanded(index_of(view, "user"))


def test_changed_values_say_so(view: VariablesView, logins: Logins) -> None:
    view.show_scopes([logins.event("first-login", 17, since=16)])
    assert words(index_of(view, "user", "user_metadata")).endswith(", changed")
    key = index_of(view, "user", "user_metadata", "favorite_color")
    assert words(key) == 'event.user.user_metadata.favorite_color, "teal", new'


def test_what_is_open_stays_open_at_the_next_stop(view: VariablesView, logins: Logins) -> None:
    view.show_scopes([logins.event("first-login", 5)])
    view.tree.expand(index_of(view, "client"))
    view.tree.setCurrentIndex(index_of(view, "client", "name"))
    view.show_scopes([logins.event("first-login", 11, since=9)])
    assert view.tree.isExpanded(index_of(view, "client"))
    assert words(view.tree.currentIndex()) == 'event.client.name, "My SPA"'


def test_arrows_open_and_close_and_pass_the_title_over(
    view: VariablesView, logins: Logins, qtbot: QtBot
) -> None:
    view.show_scopes([logins.event("first-login", 5)])
    view.tree.setFocus()
    view.tree.setCurrentIndex(index_of(view, "user"))
    QTest.keyClick(view.tree, Qt.Key.Key_Up)
    assert words(view.tree.currentIndex()).startswith("event.user, ")
    QTest.keyClick(view.tree, Qt.Key.Key_Right)
    assert view.tree.isExpanded(index_of(view, "user"))
    QTest.keyClick(view.tree, Qt.Key.Key_Left)
    assert not view.tree.isExpanded(index_of(view, "user"))
    QTest.keyClick(view.tree, Qt.Key.Key_Return)
    assert view.tree.isExpanded(index_of(view, "user"))


def test_a_long_list_is_filled_in_pieces(view: VariablesView) -> None:
    rows = Variable("rows", list(range(250)), ("rows",))
    view.show_scopes([Scope("event", "Event", "", (rows,), "event")])
    index = index_of(view, "rows")
    counts = []
    while view.model.canFetchMore(index):
        view.model.fetchMore(index)
        counts.append(view.model.rowCount(index))
    assert counts == [FETCHED_AT_ONCE, 200, 250]


def test_a_huge_text_is_shown_in_part_and_copied_as_a_whole(view: VariablesView) -> None:
    text = "x" * 100_000
    view.show_scopes([Scope("event", "Event", "", (Variable("big", text, ("big",)),), "event")])
    assert len(words(index_of(view, "big"))) < 3_000
    view.tree.copy_value(index_of(view, "big"))
    assert QGuiApplication.clipboard().text() == f'"{text}"'


def test_secrets_are_dots_on_screen_and_on_the_clipboard(
    view: VariablesView, logins: Logins
) -> None:
    view.show_scopes([logins.event("first-login", 7)])
    secret = index_of(view, "secrets", "MY_SHARED_SECRET")
    assert words(secret) == "event.secrets.MY_SHARED_SECRET, ••••••••"
    view.tree.copy_value(secret)
    assert QGuiApplication.clipboard().text() == "••••••••"


def test_path_and_value_are_copied(view: VariablesView, logins: Logins, qtbot: QtBot) -> None:
    view.show_scopes([logins.event("first-login", 7)])
    provider = index_of(view, "user", "identities", 0, "provider")
    view.tree.setCurrentIndex(provider)
    QTest.keyClick(view.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == '"auth0"'
    view.tree.copy_path(provider)
    assert QGuiApplication.clipboard().text() == "event.user.identities[0].provider"


def test_a_value_is_typed_as_json_while_the_login_is_paused_before_an_action(
    view: VariablesView, logins: Logins, qtbot: QtBot
) -> None:
    view.show_scopes([logins.event("first-login", 5)])
    view.set_editable(True)
    view.tree.setFocus()
    view.tree.setCurrentIndex(index_of(view, "user", "email"))
    QTest.keyClick(view.tree, Qt.Key.Key_Return)
    field = field_of(view)
    assert field.accessibleName() == "Value of event.user.email, as JSON"
    field.setText('"bob@example.com"')
    with qtbot.waitSignal(view.event_edited) as edited:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert edited.args == [EventEdit(("user", "email"), '"bob@example.com"')]


def test_what_is_no_json_is_refused_with_the_reason(
    view: VariablesView, logins: Logins, qtbot: QtBot
) -> None:
    edited: list[object] = []
    view.event_edited.connect(edited.append)
    view.show_scopes([logins.event("first-login", 5)])
    view.set_editable(True)
    view.tree.setFocus()
    view.tree.setCurrentIndex(index_of(view, "user", "email"))
    QTest.keyClick(view.tree, Qt.Key.Key_F2)
    field = field_of(view)
    field.clear()
    QTest.keyClicks(field, "bob")
    assert field.property("invalid") is True
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert edited == []
    assert "Text stands in quotes" in view.refusal.text()
    assert view.refusal.isVisible()


@pytest.mark.parametrize("how", ["secret", "past", "running"])
def test_what_must_not_be_edited_opens_no_field(
    view: VariablesView, logins: Logins, qtbot: QtBot, how: str
) -> None:
    view.show_scopes([logins.event("first-login", 7)])
    view.set_editable(how != "running")
    view.set_past(how == "past")
    path: Path = ("secrets", "MY_SHARED_SECRET") if how == "secret" else ("user", "email")
    view.tree.setFocus()
    view.tree.setCurrentIndex(index_of(view, *path))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F2):
        QTest.keyClick(view.tree, key)
    assert view.tree.viewport().findChildren(QLineEdit) == []


def test_a_value_of_the_debugger_is_read_when_it_is_opened(
    view: VariablesView, qtbot: QtBot
) -> None:
    held = Variable("api", Unread("h1", "PostLoginAPI"), ("api",))
    view.show_scopes([Scope("local", "Local", "onContinuePostLogin", (held,))])
    node = view.model.find(("local", ("api",)))
    assert node is not None
    index = view.model.index_of(node)
    assert words(index) == "api, PostLoginAPI"
    with qtbot.waitSignal(view.members_wanted) as wanted:
        view.tree.expand(index)
    assert wanted.args == [MembersWish("h1")]
    view.show_members("h1", [Variable("user", Unread("h2", "{…}"), ("api", "user"))])
    assert words(view.model.index(0, 0, index)) == "api.user, {…}"


def test_the_newest_changes_stand_below_and_lead_to_their_line(
    view: VariablesView, logins: Logins, qtbot: QtBot
) -> None:
    view.show_scopes([logins.event("first-login", 15)])
    view.show_changes(logins.changes("first-login", 15, ChangesAt(since=11)))
    said = [view.changes.model().index(row, 0).data() for row in range(len(view.changes.rows))]
    assert said == [
        "Changes, 1 since the last stop",
        'user_metadata.favorite_color, none → "teal", set by Ask favourite colour : 38, new',
        "Pending: written to the profile at the end.",
    ]
    view.changes.setCurrentIndex(view.changes.model().index(1, 0))
    with qtbot.waitSignal(view.place_opened) as opened:
        QTest.keyClick(view.changes, Qt.Key.Key_Return)
    assert opened.args == [SourcePlace("ask-favourite-colour", 38)]


def test_the_changes_below_give_way_where_few_variables_would_be_seen(
    view: VariablesView, logins: Logins
) -> None:
    view.show_scopes([logins.event("first-login", 15)])
    view.show_changes(logins.changes("first-login", 15, ChangesAt(since=11)))
    assert view.changes.isVisible()
    seen = []
    for height in (260, 720):
        view.resize(view.width(), height)
        QApplication.processEvents()
        seen.append(view.changes.isVisible())
        assert view.tree.viewport().height() >= 5 * 24
    assert seen == [False, True]


@pytest.mark.parametrize(
    ("position", "since", "heading"),
    [
        (15, None, "Changes, 1 so far"),
        (15, 14, "Changes, 1 so far, none new"),
        (None, None, "Changes, 3 in all"),
    ],
)
def test_the_heading_counts_the_rows_below_it(
    view: VariablesView, logins: Logins, position: int | None, since: int | None, heading: str
) -> None:
    shown = logins.changes("first-login", position, ChangesAt(since=since))
    view.show_changes(shown)
    assert view.changes.model().index(0, 0).data() == heading
    assert shown.new_rows == ()


def test_without_a_login_one_sentence_says_what_would_stand_here(view: VariablesView) -> None:
    assert view.empty.isVisible()
    assert not view.tree.isVisible()
