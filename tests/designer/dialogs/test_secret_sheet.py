"""A login that needs values asks for them at once, and runs with what is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton

from loginwright_designer.dialogs.secret_sheet import SecretSheet
from loginwright_designer.document.secret_desk import MissingSecret
from loginwright_designer.document.secret_facts import secret_facts
from loginwright_designer.document.secret_wishes import EnvWish, SecretSaved
from secret_traces import texts_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from loginwright_designer.document.secret_facts import SecretFacts
    from loginwright_designer.theme.theme import Theme
    from sheet_host import Host

SHARED = MissingSecret("MY_SHARED_SECRET", ("Ask favourite colour",))
KEY = MissingSecret("API_KEY", ("Call", "Call again"))
TWENTY = "canary-9999999999999"


def facts_of(value: str) -> SecretFacts:
    return secret_facts(value, b"k" * 32)


@pytest.fixture
def sheet(theme: Theme, host: Host) -> SecretSheet:
    return SecretSheet(theme, host, facts_of)


def words(sheet: SecretSheet) -> list[str]:
    shown = [label for label in sheet.findChildren(QLabel) if label.isVisible()]
    return [label.accessibleName() or label.text() for label in shown]


def field(sheet: SecretSheet, name: str = "MY_SHARED_SECRET") -> QLineEdit:
    return sheet.entries[name].field


def test_it_stands_at_the_button_that_opened_it_and_inside_the_window(
    sheet: SecretSheet, host: Host
) -> None:
    opener = QPushButton("Run", host)
    opener.setGeometry(host.width() - 200, 8, 120, 32)
    opener.show()
    sheet.stand_under(opener)
    sheet.open_for((SHARED,))
    assert sheet.card.geometry().right() == opener.geometry().right()
    assert opener.geometry().bottom() < sheet.card.y() <= opener.geometry().bottom() + 9
    host.resize(480, 260)
    assert host.rect().contains(sheet.card.geometry())
    opener.hide()
    sheet.close_sheet()
    sheet.open_for((SHARED,))
    assert abs(sheet.card.geometry().center().x() - host.rect().center().x()) <= 1


def test_it_names_the_secret_and_who_needs_it(sheet: SecretSheet) -> None:
    sheet.open_for((SHARED,), "Values are kept in Secret Service.")
    said = words(sheet)
    assert "Values for this login" in said
    assert "MY_SHARED_SECRET" in said
    assert "Needed by Ask favourite colour" in said
    assert "Values are kept in Secret Service." in said
    assert sheet.env_button.text() == "From .env…"
    assert sheet.save_button.text() == "Save and run"
    assert field(sheet).hasFocus()
    assert not sheet.save_button.isEnabled()


def test_a_value_of_twenty_characters_is_told_and_can_be_saved(sheet: SecretSheet) -> None:
    sheet.open_for((SHARED,))
    QTest.keyClicks(field(sheet), TWENTY)
    facts = sheet.entries["MY_SHARED_SECRET"].facts.text().splitlines()
    assert facts[0].startswith("20 characters · check ")
    assert facts[1] == "shorter than the 32 bytes HS256 asks for (RFC 7518 §3.2)"
    assert set(field(sheet).displayText()) == {field(sheet).displayText()[0]}
    assert sheet.save_button.isEnabled()


def test_every_field_has_to_have_a_value(sheet: SecretSheet, qtbot: QtBot) -> None:
    sheet.open_for((SHARED, KEY))
    QTest.keyClicks(field(sheet), TWENTY)
    assert not sheet.save_button.isEnabled()
    QTest.keyClick(field(sheet), Qt.Key.Key_Return)
    assert field(sheet, "API_KEY").hasFocus()
    QTest.keyClicks(field(sheet, "API_KEY"), "another")
    with qtbot.waitSignal(sheet.saved) as told:
        QTest.keyClick(field(sheet, "API_KEY"), Qt.Key.Key_Return)
    assert told.args == [
        (SecretSaved("MY_SHARED_SECRET", TWENTY), SecretSaved("API_KEY", "another"))
    ]
    assert not sheet.is_open


def test_generate_fills_a_field_with_a_strong_value(sheet: SecretSheet) -> None:
    sheet.open_for((SHARED,))
    generate = next(
        one
        for one in sheet.focus_order()
        if one.accessibleName() == "Generate 32 random bytes for MY_SHARED_SECRET"
    )
    QTest.mouseClick(generate, Qt.MouseButton.LeftButton)
    assert sheet.entries["MY_SHARED_SECRET"].facts.text().startswith("43 characters · check ")
    assert sheet.save_button.isEnabled()


def test_a_file_fills_the_fields_it_has_values_for(
    sheet: SecretSheet, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet.open_for((SHARED, KEY))
    QTest.mouseClick(sheet.env_button, Qt.MouseButton.LeftButton)
    dialog = sheet.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(sheet.env_requested) as told:
        dialog.fileSelected.emit(str(tmp_path / ".env"))
    dialog.close()
    assert told.args == [EnvWish(tmp_path / ".env")]
    sheet.fill({"API_KEY": "another", "ELSE": "unused"})
    assert "1 of 2 values were in the file." in words(sheet)
    assert field(sheet, "API_KEY").text() == "another"
    assert field(sheet).hasFocus()


def test_a_file_with_all_values_leads_to_save_and_run(sheet: SecretSheet) -> None:
    sheet.open_for((SHARED,))
    sheet.fill({"MY_SHARED_SECRET": TWENTY})
    assert sheet.save_button.hasFocus()


def test_a_value_that_is_too_long_is_said_and_not_kept(sheet: SecretSheet) -> None:
    sheet.open_for((SHARED,))
    sheet.entries["MY_SHARED_SECRET"].put("x" * 4097)
    facts = sheet.entries["MY_SHARED_SECRET"].facts.text()
    assert "longer than the 4,096 bytes that are kept" in facts
    assert not sheet.save_button.isEnabled()


def test_white_space_around_a_value_is_said(sheet: SecretSheet) -> None:
    sheet.open_for((SHARED,))
    QTest.keyClicks(field(sheet), "abc ")
    facts = sheet.entries["MY_SHARED_SECRET"].facts.text()
    assert "begins or ends with white space" in facts


def test_closing_forgets_what_was_typed(sheet: SecretSheet, host: Host) -> None:
    sheet.open_for((SHARED,))
    QTest.keyClicks(field(sheet), TWENTY)
    QTest.keyClick(field(sheet), Qt.Key.Key_Escape)
    assert field(sheet).text() == ""
    assert host.field.hasFocus()


def test_no_value_is_left_in_what_the_sheet_shows_and_says(
    sheet: SecretSheet, qtbot: QtBot
) -> None:
    sheet.open_for((SHARED,))
    QTest.keyClicks(field(sheet), TWENTY)
    assert not any("canary" in text for text in texts_of(sheet, typing=True))
    with qtbot.waitSignal(sheet.saved) as told:
        QTest.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    assert not any("canary" in text for text in texts_of(sheet))
    assert "canary" not in repr(told.args)


def test_it_opens_anew_for_other_secrets(sheet: SecretSheet) -> None:
    sheet.open_for((SHARED,))
    sheet.close_sheet()
    sheet.open_for((KEY,))
    assert list(sheet.entries) == ["API_KEY"]
    assert "Needed by Call, Call again" in words(sheet)
