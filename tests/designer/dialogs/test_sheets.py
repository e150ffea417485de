"""New flow, recent flows, preferences, about, log, crash, keys, and closing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QTreeWidgetItem

from login_bench import a_flow
from loginwright_designer.crash_report_text import CrashReport, Hook
from loginwright_designer.dialogs.about_sheet import AboutSheet
from loginwright_designer.dialogs.crash_dialog import CrashAnswer, CrashDialog
from loginwright_designer.dialogs.import_receipt import ImportReceipt
from loginwright_designer.dialogs.log_viewer import LogViewer
from loginwright_designer.dialogs.new_flow_sheet import NewFlowSheet
from loginwright_designer.dialogs.open_flow import OpenFlow, OpenFlowWanted
from loginwright_designer.dialogs.preferences_sheet import (
    BackgroundRunsPreferred,
    DistrustWanted,
    PreferencesSheet,
    PreferencesShown,
    ReducedMotionPreferred,
    SchemePreferred,
    ZoomPreferred,
)
from loginwright_designer.dialogs.shortcuts_sheet import (
    ShortcutRow,
    ShortcutsSheet,
    matching_rows,
)
from loginwright_designer.document.folder import SaveRefused
from loginwright_designer.document.licences import LicensedPart
from loginwright_designer.document.log_ring import LogLine
from loginwright_designer.document.new_flow import NewFlowWanted
from loginwright_designer.theme.roles import SchemeChoice
from loginwright_runtime.errors import Problem
from loginwright_runtime.flow.platform_import import ImportedFlow, LeftOut
from sheet_host import assert_fits

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from loginwright_designer.controls.sheet import Sheet
    from loginwright_designer.theme.theme import Theme
    from sheet_host import Host

MOMENT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
REPORT = CrashReport(Hook.CODE, "RuntimeError in app.py:3", "RuntimeError\n  app.py:3\n")
ROWS = (
    ShortcutRow("Run", "Run", "F5"),
    ShortcutRow("Run", "Step over", "F10"),
    ShortcutRow("Edit", "Undo", "Ctrl+Z"),
)


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def chooser(owner: object) -> QFileDialog:
    (dialog,) = owner.findChildren(QFileDialog)  # type: ignore[attr-defined]  # any widget has it
    assert isinstance(dialog, QFileDialog)
    return dialog


def test_a_new_flow_is_named_and_made_with_enter(theme: Theme, host: Host, qtbot: QtBot) -> None:
    sheet = NewFlowSheet(theme, host)
    sheet.open_new()
    assert sheet.name.hasFocus()
    assert not sheet.make_button.isEnabled()
    QTest.keyClicks(sheet.name, "Checkout login")
    assert sheet.folder.text() == "~/Loginwright/checkout-login"
    with qtbot.waitSignal(sheet.flow_wanted) as wanted:
        press(Qt.Key.Key_Return)
    folder = Path.home() / "Loginwright" / "checkout-login"
    assert wanted.args == [NewFlowWanted("Checkout login", folder, None)]


def test_a_typed_folder_stays_while_the_name_changes(
    theme: Theme, host: Host, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = NewFlowSheet(theme, host)
    sheet.open_new()
    sheet.folder.clear()
    QTest.keyClicks(sheet.folder, str(tmp_path / "mine"))
    QTest.keyClicks(sheet.name, "Checkout")
    assert sheet.folder.text() == str(tmp_path / "mine")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x").write_text("", encoding="utf-8")
    QTest.keyClicks(sheet.name, "s")
    assert not sheet.make_button.isEnabled()
    assert sheet.place.note.text().startswith("This folder is not empty")


def test_a_flow_that_could_not_be_made_says_why(theme: Theme, host: Host) -> None:
    sheet = NewFlowSheet(theme, host)
    sheet.open_new()
    problem = Problem("x", "error", "You may not write there.", "Choose another folder.")
    sheet.show_failure(SaveRefused((problem,)))
    assert sheet.failure.isVisible()
    assert sheet.failure.message == "You may not write there."
    assert sheet.folder.hasFocus()


def test_a_folder_is_chosen_without_holding_up_the_window(
    theme: Theme, host: Host, qtbot: QtBot, tmp_path: Path
) -> None:
    opening = OpenFlow(host)
    opening.choose(tmp_path)
    dialog = chooser(host)
    with qtbot.waitSignal(opening.flow_chosen) as chosen:
        dialog.fileSelected.emit(str(tmp_path))
    assert chosen.args == [OpenFlowWanted(tmp_path)]
    dialog.close()


def test_each_preference_is_told_as_it_is_chosen(theme: Theme, host: Host, qtbot: QtBot) -> None:
    sheet = PreferencesSheet(theme, host)
    folder = Path("/flows/a")
    told: list[object] = []
    sheet.preference_wanted.connect(told.append)
    sheet.show_preferences(PreferencesShown(zoom=130, keyring="In memory.", trusted=(folder,)))
    assert told == []
    assert sheet.zoom.currentText() == "130 %"
    sheet.open()
    sheet.scheme.setCurrentIndex(sheet.scheme.findData("dark"))
    sheet.zoom.setCurrentIndex(sheet.zoom.findData(150))
    sheet.motion.click()
    sheet.background.click()
    sheet.folder_rows[0][2].setFocus()
    sheet.folder_rows[0][2].click()
    assert told == [
        SchemePreferred(SchemeChoice.DARK),
        ZoomPreferred(150),
        ReducedMotionPreferred(reduced=True),
        BackgroundRunsPreferred(on=False),
        DistrustWanted(folder),
    ]
    sheet.show_preferences(PreferencesShown())
    assert sheet.done_button.hasFocus()


def test_about_shows_each_licence(theme: Theme, host: Host, tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("Do as you like.", encoding="utf-8")
    parts = (
        LicensedPart("loginwright", "0.1.0", "Apache-2.0"),
        LicensedPart("Inter", "", "OFL-1.1", (tmp_path / "LICENSE",)),
    )
    sheet = AboutSheet(theme, host)
    sheet.show_parts("Loginwright 0.1.0", parts)
    sheet.open(sheet.list)
    assert "brings no text" in sheet.text.toPlainText()
    sheet.list.setCurrentRow(1)
    assert sheet.text.toPlainText() == "Do as you like."
    assert sheet.text.accessibleName() == "Licence of Inter"
    sheet.copy_button.click()
    assert QGuiApplication.clipboard().text() == "Loginwright 0.1.0"


def test_the_log_is_copied_and_saved(
    theme: Theme, host: Host, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = LogViewer(theme, host)
    sheet.show_lines(())
    assert not sheet.copy_button.isEnabled()
    sheet.add_line(LogLine(MOMENT, "WARNING", "loginwright_designer.app", "it took long\u202e"))
    sheet.open()
    assert "\\u202e" in sheet.text.toPlainText()
    sheet.copy_button.click()
    assert "WARNING loginwright_designer.app: it took long" in QGuiApplication.clipboard().text()
    sheet.save_button.click()
    dialog = chooser(sheet)
    dialog.fileSelected.emit(str(tmp_path / "log.txt"))
    dialog.close()
    assert "it took long" in (tmp_path / "log.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("go_on_button", CrashAnswer.GO_ON),
        ("restart_button", CrashAnswer.RESTART_LOGIN),
        ("quit_button", CrashAnswer.QUIT),
    ],
)
def test_a_crash_is_told_and_answered(
    theme: Theme, host: Host, button: str, answer: CrashAnswer
) -> None:
    dialog = CrashDialog(theme, REPORT, login_runs=True, parent=host)
    QTimer.singleShot(0, lambda: getattr(dialog, button).click())
    assert dialog.ask() is answer
    dialog.deleteLater()


def test_after_a_fatal_crash_there_is_no_going_on(theme: Theme, host: Host, tmp_path: Path) -> None:
    fatal = CrashReport(Hook.QT, "Qt", "Qt ended.\n", fatal=True)
    dialog = CrashDialog(theme, fatal, login_runs=True, parent=host)
    dialog.show()
    assert not dialog.go_on_button.isVisible()
    assert not dialog.restart_button.isVisible()
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "Qt ended.\n"
    dialog.save_button.click()
    files = chooser(dialog)
    files.fileSelected.emit(str(tmp_path / "none" / "report.txt"))
    files.close()
    dialog.close()
    assert dialog.answer is CrashAnswer.QUIT
    dialog.deleteLater()


def test_keys_are_found_by_words_of_group_text_or_key() -> None:
    assert matching_rows(ROWS, "run f5") == ROWS[:1]
    assert matching_rows(ROWS, "CTRL") == ROWS[2:]
    assert matching_rows(ROWS, "") == ROWS
    assert matching_rows(ROWS, "nothing") == ()


def shown_rows(sheet: ShortcutsSheet) -> list[QTreeWidgetItem]:
    tree = sheet.tree
    rows = (tree.topLevelItem(place) for place in range(tree.topLevelItemCount()))
    return [row for row in rows if row is not None]


def test_keys_are_listed_by_group_and_searched(theme: Theme, host: Host, qtbot: QtBot) -> None:
    sheet = ShortcutsSheet(theme, host)
    sheet.show_rows(ROWS)
    sheet.open(sheet.search)
    assert sheet.tree.topLevelItemCount() == 5
    QTest.keyClicks(sheet.search, "undo")
    assert [row.text(0) for row in shown_rows(sheet)] == ["Edit", "Undo"]
    press(Qt.Key.Key_Down)
    assert sheet.tree.hasFocus()
    sheet.search.setText("nothing")
    assert sheet.tree.topLevelItemCount() == 0


def every_sheet(theme: Theme, host: Host) -> list[Sheet]:
    new = NewFlowSheet(theme, host)
    preferences, about = PreferencesSheet(theme, host), AboutSheet(theme, host)
    log, keys = LogViewer(theme, host), ShortcutsSheet(theme, host)
    long = Path("/srv") / ("a-long-name-" * 8)
    preferences.show_preferences(PreferencesShown(keyring="In memory.", trusted=(long,)))
    about.show_parts("Loginwright 0.1.0", (LicensedPart("loginwright", "0.1.0", "Apache-2.0"),))
    log.show_lines((LogLine(MOMENT, "INFO", "x", "a long line " * 20),))
    keys.show_rows(ROWS)
    exported = NewFlowSheet(theme, host)
    exported.open_new(long)
    exported.close_sheet()
    problem = Problem("package-version", "warning", "Two versions. " * 9, "Choose. " * 9)
    receipt = ImportReceipt(
        theme,
        host,
        ImportedFlow(
            a_flow(*(f"action-{number}" for number in range(20)), secrets={"action-1": ("A_KEY",)}),
            {"lodash": "4.17.21"},
            tuple(LeftOut(f"Left out {number}", "is bound to no trigger") for number in range(20)),
            (problem, problem),
        ),
        long,
    )
    return [new, exported, receipt, preferences, about, log, keys]


@pytest.mark.parametrize(
    ("zoom", "width", "height"), [(100, 640, 400), (150, 1280, 720), (200, 720, 450)]
)
def test_every_sheet_fits_a_small_window_and_names_all_that_takes_the_keyboard(
    make_theme: Callable[..., Theme],
    styled: Callable[[Theme], None],
    host: Host,
    zoom: int,
    width: int,
    height: int,
) -> None:
    theme = make_theme(zoom=zoom)
    styled(theme)
    host.resize(width, height)
    for sheet in every_sheet(theme, host):
        sheet.open()
        QApplication.processEvents()
        assert_fits(sheet)
        for widget in sheet.focus_order():
            named = widget.accessibleName() or widget.property("text")
            assert named, (type(sheet).__name__, widget)
        sheet.close_sheet()
        assert host.field.hasFocus()
