"""A secret is declared by its name and the action that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from loginwright_designer.dialogs.declare_secret_sheet import DeclareSecretSheet, SecretDeclared
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.sample_files import sample

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme
    from sheet_host import Host

ACTIONS = read_flow_folder(sample("ask-favourite-colour")).actions


@pytest.fixture
def sheet(theme: Theme, host: Host) -> DeclareSecretSheet:
    sheet = DeclareSecretSheet(theme, host)
    sheet.open_for(ACTIONS)
    return sheet


def test_enter_declares_what_was_typed(sheet: DeclareSecretSheet, qtbot: QtBot) -> None:
    QTest.keyClicks(sheet.name, " MY_SECRET ")
    with qtbot.waitSignal(sheet.declared) as declared:
        QTest.keyClick(sheet.name, Qt.Key.Key_Return)
    assert declared.args == [SecretDeclared(ACTIONS[0].id, "MY_SECRET")]
    assert not sheet.is_open


def test_a_name_that_is_none_is_not_declared(sheet: DeclareSecretSheet, qtbot: QtBot) -> None:
    QTest.keyClicks(sheet.name, "2 FAST")
    assert "begins with a letter" in sheet.note.text()
    with qtbot.assertNotEmitted(sheet.declared):
        QTest.keyClick(sheet.name, Qt.Key.Key_Return)
    assert sheet.is_open


def test_enter_on_cancel_declares_nothing(sheet: DeclareSecretSheet, qtbot: QtBot) -> None:
    QTest.keyClicks(sheet.name, "MY_SECRET")
    (cancel,) = (one for one in sheet.findChildren(QPushButton) if one.text() == "Cancel")
    cancel.setFocus()
    with qtbot.assertNotEmitted(sheet.declared):
        QTest.keyClick(cancel, Qt.Key.Key_Return)
    assert not sheet.is_open
