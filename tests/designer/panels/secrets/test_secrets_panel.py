"""The panel keeps values behind dots, shows one while it is asked to, and wishes the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from loginwright_designer.document.keyring_store import NO_KEYRING, InKeyring
from loginwright_designer.document.secret_map import MapFix, SecretRow
from loginwright_designer.document.secret_wishes import EnvWish, SecretSaved, SecretWish
from loginwright_designer.simulation.source_place import SourcePlace
from secret_traces import texts_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from loginwright_designer.panels.secrets.secret_row_view import SecretRowView
    from loginwright_designer.panels.secrets.secrets_panel import SecretsPanel
    from loginwright_designer.theme.theme import Theme

KEPT = "canary-5b1f8e0c-of-a-value-that-is-long"
TYPED = "canary-77aa-typed-just-now"


@pytest.fixture
def missing(panel: SecretsPanel) -> SecretRowView:
    """The row of API_KEY."""
    return panel.views[0]


@pytest.fixture
def kept(panel: SecretsPanel) -> SecretRowView:
    """The row of MY_SHARED_SECRET, with the keyboard."""
    panel.focus_secret("MY_SHARED_SECRET")
    return panel.views[1]


def words(view: SecretRowView) -> list[str]:
    shown = [label for label in view.findChildren(QLabel) if label.isVisible()]
    return [label.accessibleName() or label.text() for label in shown]


def shows(view: SecretRowView) -> bool:
    return view.face.is_revealed


def press(view: SecretRowView, accessible_name: str) -> None:
    button = next(
        one for one in view.findChildren(QPushButton) if one.accessibleName() == accessible_name
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def entry(view: SecretRowView, text: str) -> None:
    menu = view.menu()
    next(one for one in menu.actions() if one.text().startswith(text)).trigger()
    menu.close()


def test_each_secret_says_whether_it_is_set(panel: SecretsPanel) -> None:
    said = [view.accessibleName() for view in panel.views]
    assert said[0] == "API_KEY, missing"
    assert said[1].startswith("MY_SHARED_SECRET, set, 39 characters · check ")
    assert panel.views[1].accessibleDescription() == "Used by Ask favourite colour"


def test_a_short_value_is_said_with_its_rule(panel: SecretsPanel) -> None:
    assert "Shorter than the 32 bytes HS256 asks for (RFC 7518 §3.2)" in words(panel.views[2])
    assert not any(word.startswith("Shorter") for word in words(panel.views[1]))


def test_the_keyboard_goes_to_the_first_row_and_on_with_arrows(panel: SecretsPanel) -> None:
    panel.focus_first()
    assert panel.views[0].hasFocus()
    QTest.keyClick(panel.views[0], Qt.Key.Key_Down)
    assert panel.views[1].hasFocus()
    QTest.keyClick(panel.views[1], Qt.Key.Key_Up)
    QTest.keyClick(panel.views[0], Qt.Key.Key_Up)
    assert panel.views[0].hasFocus()


def test_enter_edits_behind_dots_and_enter_saves(
    panel: SecretsPanel, missing: SecretRowView, qtbot: QtBot
) -> None:
    panel.focus_first()
    QTest.keyClick(missing, Qt.Key.Key_Return)
    field = missing.editing.entry.field
    assert field.hasFocus()
    assert not missing.editing.save_button.isEnabled()
    QTest.keyClicks(field, TYPED)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert set(field.displayText()) == {field.displayText()[0]}
    assert any(word.startswith("26 characters · check ") for word in words(missing))
    with qtbot.waitSignal(panel.secret_saved) as told:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [SecretSaved("API_KEY", TYPED)]
    assert field.text() == ""
    assert missing.hasFocus()
    assert not missing.is_editing


def test_escape_gives_up_what_was_typed(panel: SecretsPanel, missing: SecretRowView) -> None:
    missing.edit()
    QTest.keyClicks(missing.editing.entry.field, TYPED)
    QTest.keyClick(missing.editing.entry.field, Qt.Key.Key_Escape)
    assert missing.editing.entry.field.text() == ""
    assert missing.hasFocus()


def test_nothing_typed_comes_back_by_undo(missing: SecretRowView) -> None:
    field = missing.editing.entry.field
    missing.edit()
    QTest.keyClicks(field, TYPED)
    missing.stop_editing()
    missing.edit()
    field.set_revealed(True)
    field.undo()
    assert field.text() == ""


def test_a_field_tells_input_methods_that_it_is_secret(missing: SecretRowView) -> None:
    hints = missing.editing.entry.field.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhSensitiveData
    assert hints & Qt.InputMethodHint.ImhNoPredictiveText


def test_space_in_the_field_is_a_letter_and_shows_nothing(missing: SecretRowView) -> None:
    missing.edit()
    QTest.keyClicks(missing.editing.entry.field, "a b")
    assert missing.editing.entry.field.text() == "a b"
    assert missing.is_editing


def test_holding_space_shows_the_value_and_release_hides_it(kept: SecretRowView) -> None:
    QTest.keyPress(kept, Qt.Key.Key_Space)
    assert shows(kept)
    assert kept.face.accessibleName() == KEPT
    QTest.keyRelease(kept, Qt.Key.Key_Space)
    assert not shows(kept)
    assert kept.face.accessibleName() == "Hidden value"


def test_holding_the_eye_shows_the_value(kept: SecretRowView) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(kept.eye, left)
    assert shows(kept)
    QTest.mouseRelease(kept.eye, left)
    assert not shows(kept)


def test_the_eye_of_the_field_shows_what_is_typed_while_held(missing: SecretRowView) -> None:
    missing.edit()
    typed = missing.editing.entry
    QTest.keyClicks(typed.field, "abc")
    QTest.mousePress(typed.eye, Qt.MouseButton.LeftButton)
    assert typed.field.displayText() == "abc"
    QTest.mouseRelease(typed.eye, Qt.MouseButton.LeftButton)
    assert typed.field.displayText() != "abc"


def test_the_value_hides_when_the_keyboard_leaves(panel: SecretsPanel, kept: SecretRowView) -> None:
    QTest.keyPress(kept, Qt.Key.Key_Space)
    panel.views[0].setFocus()
    assert not shows(kept)


def test_the_value_hides_with_the_window(panel: SecretsPanel, kept: SecretRowView) -> None:
    kept.show_for_a_while()
    QApplication.sendEvent(kept, QEvent(QEvent.Type.WindowDeactivate))
    assert not shows(kept)
    kept.show_for_a_while()
    panel.hide()
    assert not shows(kept)


def test_show_for_ten_seconds_ends_by_itself(kept: SecretRowView) -> None:
    entry(kept, "Show for 10 seconds")
    assert shows(kept)
    (timer,) = (one for one in kept.findChildren(QTimer) if one.isActive())
    assert timer.interval() == 10_000
    timer.timeout.emit()
    assert not shows(kept)


def test_a_value_that_changes_while_shown_is_hidden(
    panel: SecretsPanel, kept: SecretRowView, rows: tuple[SecretRow, ...]
) -> None:
    kept.show_for_a_while()
    panel.show_secrets((rows[0], replace(rows[1], facts=rows[2].facts), rows[2]))
    assert not shows(kept)


def test_a_missing_value_has_nothing_to_show(panel: SecretsPanel, missing: SecretRowView) -> None:
    panel.focus_first()
    QTest.keyPress(missing, Qt.Key.Key_Space)
    assert not shows(missing)
    QTest.keyRelease(missing, Qt.Key.Key_Space)


def test_copy_is_a_command_of_its_own(
    panel: SecretsPanel, kept: SecretRowView, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.copy_requested) as told:
        QTest.keyClick(kept, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [SecretWish("MY_SHARED_SECRET")]
    with qtbot.waitSignal(panel.copy_requested):
        entry(kept, "Copy value")


def test_generate_and_remove_are_wished(
    panel: SecretsPanel, kept: SecretRowView, qtbot: QtBot
) -> None:
    wish = SecretWish("MY_SHARED_SECRET")
    with qtbot.waitSignal(panel.generate_requested) as told:
        entry(kept, "Generate 32 random bytes")
    assert told.args == [wish]
    with qtbot.waitSignal(panel.forget_requested) as told:
        entry(kept, "Remove value")
    assert told.args == [wish]


def test_generate_while_editing_ends_the_editing(
    panel: SecretsPanel, missing: SecretRowView, qtbot: QtBot
) -> None:
    missing.edit()
    with qtbot.waitSignal(panel.generate_requested) as told:
        QTest.mouseClick(missing.editing.generate_button, Qt.MouseButton.LeftButton)
    assert told.args == [SecretWish("API_KEY")]
    assert not missing.is_editing


def test_a_file_of_values_is_named_in_a_dialog(
    panel: SecretsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    QTest.mouseClick(panel.env_button, Qt.MouseButton.LeftButton)
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    path = tmp_path / ".env"
    with qtbot.waitSignal(panel.env_requested) as told:
        dialog.fileSelected.emit(str(path))
    assert told.args == [EnvWish(path)]
    dialog.close()


def test_what_does_not_fit_is_mended_by_one_press(
    panel: SecretsPanel, missing: SecretRowView, qtbot: QtBot
) -> None:
    assert "Idle declares it and never reads it." in words(missing)
    with qtbot.waitSignal(panel.fix_requested) as told:
        press(missing, "Declare it no longer: Idle declares it and never reads it.")
    assert told.args == [MapFix("undeclare", "API_KEY", "idle")]


def test_a_line_leads_to_the_code(panel: SecretsPanel, kept: SecretRowView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.place_opened) as told:
        press(kept, "Ask favourite colour: lines 13, 35")
    assert told.args == [SourcePlace("ask", 13)]


def test_an_undeclared_secret_takes_no_value(
    panel: SecretsPanel, rows: tuple[SecretRow, ...]
) -> None:
    undeclared = SecretRow("OTHER", read_by=rows[1].declared_by)
    panel.show_secrets((*rows, undeclared))
    view = panel.views[3]
    assert view.accessibleName() == "OTHER, not declared"
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert not view.is_editing


def test_what_is_typed_stays_when_other_secrets_come(
    panel: SecretsPanel, missing: SecretRowView, rows: tuple[SecretRow, ...]
) -> None:
    missing.edit()
    QTest.keyClicks(missing.editing.entry.field, "abc")
    panel.show_secrets((SecretRow("AAA", rows[0].declared_by), *rows))
    assert panel.views[1] is missing
    assert missing.editing.entry.field.text() == "abc"
    assert missing.editing.entry.field.hasFocus()


def test_where_values_are_kept_is_said(panel: SecretsPanel) -> None:
    panel.show_keeping(NO_KEYRING)
    shown = [label.text() for label in panel.findChildren(QLabel)]
    assert any(one.startswith("Values are in memory only until") for one in shown)
    panel.show_keeping(InKeyring("Secret Service"))
    shown = [label.text() for label in panel.findChildren(QLabel)]
    assert "Values are kept in Secret Service." in shown


def test_without_secrets_one_can_be_declared(panel: SecretsPanel, qtbot: QtBot) -> None:
    panel.show_secrets(())
    assert panel.empty.isVisible()
    panel.focus_first()
    assert panel.empty.button is not None
    assert panel.empty.button.hasFocus()
    with qtbot.waitSignal(panel.declare_requested):
        QTest.keyClick(panel.empty.button, Qt.Key.Key_Space)


def test_no_value_is_left_in_what_the_panel_shows_and_says(
    panel: SecretsPanel, missing: SecretRowView, kept: SecretRowView, qtbot: QtBot
) -> None:
    kept.show_value()
    assert KEPT in texts_of(panel)  # the search finds what is there
    kept.hide_value()
    missing.edit()
    QTest.keyClicks(missing.editing.entry.field, TYPED)
    assert not any("canary" in text for text in texts_of(panel, typing=True))
    with qtbot.waitSignal(panel.secret_saved) as told:
        QTest.keyClick(missing.editing.entry.field, Qt.Key.Key_Return)
    assert not any("canary" in text for text in texts_of(panel))
    assert "canary" not in repr(told.args)
    held = (*vars(panel).values(), *vars(kept).values(), *vars(kept.face).values())
    assert not any("canary" in repr(one) for one in held)


def test_tab_goes_down_the_rows_after_they_have_changed(
    panel: SecretsPanel, rows: tuple[SecretRow, ...], qtbot: QtBot
) -> None:
    panel.show_secrets((rows[0], replace(rows[1], facts=None), rows[2]))
    panel.show_secrets(rows)
    qtbot.waitUntil(lambda: panel.views[1].tab_stops()[-1].isVisible())
    panel.views[1].setFocus()
    passed = []
    for _ in range(5):
        focused = QApplication.focusWidget()
        assert focused is not None
        passed.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    view = panel.views[1]
    assert passed[:3] == [view, view.eye, view.more_button]
    assert passed[3].accessibleName() == "Ask favourite colour: lines 13, 35"
    assert passed[4] is panel.views[2]


def test_long_names_widen_nothing(panel: SecretsPanel, theme: Theme) -> None:
    long = "A" * 60
    user = replace(panel.views[1].row.declared_by[0], action="An action " * 6)
    panel.show_secrets((SecretRow(long, (user,), facts=panel.views[1].row.facts),))
    theme.choose_zoom(150)
    panel.resize(360, 700)
    assert panel.views[0].minimumSizeHint().width() <= 360
    assert panel.views[0].accessibleName().startswith(long)


@pytest.mark.parametrize(("width", "below"), [(240, False), (180, True)])
def test_its_buttons_stand_below_each_other_where_their_words_have_no_room(
    panel: SecretsPanel, qtbot: QtBot, width: int, below: bool
) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(400, 700)
    panel.setParent(around)
    panel.setMinimumWidth(0)
    panel.resize(width, 600)
    around.show()
    QApplication.processEvents()
    env, declare = panel.env_button, panel.declare_button
    assert (declare.y() > env.y()) is below
    assert env.width() >= env.sizeHint().width()
    assert declare.width() >= declare.sizeHint().width()
    panel.setParent(None)
