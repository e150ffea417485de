"""The export sheet is read downwards, exports on Enter, and becomes a receipt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from exported_flows import exported, problem, sound_inputs, with_problems
from loginwright_designer.dialogs.export_receipt import size_words
from loginwright_designer.dialogs.export_sheet import (
    CheckOutsideWanted,
    ExportSheet,
    ExportWanted,
)
from loginwright_designer.document.export_blocks import paste_blocks
from loginwright_designer.document.export_checks import Offer, Standing
from loginwright_designer.document.flow_export import ExportFailed
from loginwright_designer.simulation.outside_check import (
    ComparedScenario,
    OutsideCompared,
    OutsideFailed,
)
from sheet_host import assert_fits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from loginwright_designer.document.export_plan import ExportInputs
    from loginwright_designer.theme.theme import Theme
    from sheet_host import Host


@pytest.fixture
def sheet(theme: Theme, host: Host) -> ExportSheet:
    """A sheet over a window."""
    return ExportSheet(theme, host)


def differing() -> ExportInputs:
    inputs = sound_inputs()
    standings = {**inputs.standings, "scenarios/on-a-saturday.json": Standing.DIFFERS}
    return replace(inputs, standings=standings)


def stale(count: int) -> ExportInputs:
    """Inputs of which some scenarios have not run since the last edit."""
    inputs = sound_inputs()
    first = list(inputs.standings)[:count]
    return replace(inputs, standings={**inputs.standings, **dict.fromkeys(first, Standing.STALE)})


def texts(widget: QWidget) -> str:
    labels = [label for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(label.accessibleName() or label.text() for label in labels)


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_it_says_ready_what_goes_out_and_where(sheet: ExportSheet) -> None:
    sheet.open_export(sound_inputs())
    read = texts(sheet.card)
    places = [read.index(words) for words in ("Ready", "No errors", "What goes out", "Where")]
    assert places == sorted(places)
    assert "MY_SHARED_SECRET" in read
    assert "sha256:" in read
    assert sheet.target.text() == "~/exports/customer-login.loginflow"
    assert sheet.export_button.isEnabled()


def test_focus_starts_at_export_where_nothing_is_in_the_way(sheet: ExportSheet) -> None:
    sheet.open_export(sound_inputs())
    assert sheet.export_button.hasFocus()


def test_focus_starts_at_the_first_unmet_check(sheet: ExportSheet) -> None:
    sheet.open_export(with_problems(differing(), problem("syntax-error")))
    focused = QApplication.focusWidget()
    assert focused is sheet.checks.rows[0].button
    assert not sheet.export_button.isEnabled()
    assert sheet.export_button.toolTip() == "1 thing blocks"


def test_enter_exports_and_escape_returns_the_focus(
    sheet: ExportSheet, host: Host, qtbot: QtBot
) -> None:
    sheet.open_export(sound_inputs())
    with qtbot.waitSignal(sheet.export_wanted) as wanted:
        press(Qt.Key.Key_Return)
    assert wanted.args == [ExportWanted(sheet.choices.path, with_scenarios=False)]
    press(Qt.Key.Key_Escape)
    assert not sheet.is_open
    assert host.field.hasFocus()


def test_enter_in_the_field_exports_too(sheet: ExportSheet, qtbot: QtBot) -> None:
    sheet.open_export(sound_inputs())
    sheet.target.setFocus()
    with qtbot.waitSignal(sheet.export_wanted):
        press(Qt.Key.Key_Return)


def test_enter_on_another_button_presses_that_one(sheet: ExportSheet, qtbot: QtBot) -> None:
    sheet.open_export(sound_inputs())
    sheet.cancel_button.setFocus()
    with qtbot.assertNotEmitted(sheet.export_wanted):
        press(Qt.Key.Key_Return)
    assert not sheet.is_open


def test_enter_exports_once_the_scenarios_that_were_run_from_here_have_ended(
    sheet: ExportSheet, qtbot: QtBot
) -> None:
    sheet.open_export(stale(2))
    with qtbot.waitSignal(sheet.offer_pressed):
        press(Qt.Key.Key_Return)
    sheet.show_inputs(stale(1))
    sheet.show_inputs(sound_inputs())
    assert sheet.export_button.hasFocus()
    with qtbot.waitSignal(sheet.export_wanted):
        press(Qt.Key.Key_Return)


def test_what_the_keyboard_is_on_keeps_it_while_scenarios_run(sheet: ExportSheet) -> None:
    sheet.open_export(stale(2))
    sheet.target.setFocus()
    sheet.show_inputs(sound_inputs())
    assert sheet.target.hasFocus()


def test_a_second_enter_does_not_export_twice(sheet: ExportSheet, qtbot: QtBot) -> None:
    sheet.open_export(sound_inputs())
    press(Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(sheet.export_wanted):
        sheet.export_button.click()
        sheet.target.setFocus()
        press(Qt.Key.Key_Return)


def test_a_differing_scenario_needs_a_tick(sheet: ExportSheet, qtbot: QtBot) -> None:
    sheet.open_export(differing())
    assert not sheet.export_button.isEnabled()
    assert sheet.tick.box.accessibleName() == "Export with 1 differing scenario"
    sheet.tick.box.setFocus()
    press(Qt.Key.Key_Space)
    assert sheet.export_button.isEnabled()


def test_running_stale_scenarios_keeps_the_sheet_open_and_shows_what_came(
    sheet: ExportSheet, qtbot: QtBot
) -> None:
    sheet.open_export(replace(sound_inputs(), standings={}))
    (run,) = [row.button for row in sheet.checks.rows if row.check.offer is Offer.RUN_SCENARIOS]
    assert run is not None
    with qtbot.waitSignal(sheet.offer_pressed) as pressed:
        run.click()
    assert pressed.args == [Offer.RUN_SCENARIOS]
    assert sheet.is_open
    sheet.show_inputs(sound_inputs())
    assert sheet.export_button.isEnabled()


def test_showing_problems_closes_the_sheet_that_covers_them(
    sheet: ExportSheet, qtbot: QtBot
) -> None:
    sheet.open_export(with_problems(sound_inputs(), problem("x", "warning")))
    button = sheet.checks.rows[0].button
    assert button is not None
    with qtbot.waitSignal(sheet.offer_pressed) as pressed:
        button.click()
    assert pressed.args == [Offer.SHOW_PROBLEMS]
    assert not sheet.is_open


def test_a_file_that_stands_there_is_said_to_be_replaced(
    sheet: ExportSheet, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "mine.loginflow").write_bytes(b"")
    sheet.open_export(sound_inputs())
    sheet.target.clear()
    QTest.keyClicks(sheet.target, str(tmp_path / "mine"))
    assert "Replaces mine.loginflow, which stands there already." in texts(sheet.card)
    sheet.target.clear()
    QTest.keyClicks(sheet.target, str(tmp_path) + "/")
    assert not sheet.export_button.isEnabled()


def test_a_failure_is_told_with_its_remedy_and_can_be_tried_again(
    sheet: ExportSheet, qtbot: QtBot
) -> None:
    sheet.open_export(sound_inputs())
    press(Qt.Key.Key_Return)
    failed = ExportFailed((problem("unwritable-file", file=str(sheet.choices.path)),))
    sheet.show_failure(failed)
    assert sheet.failure.accessibleName() == "Something is wrong. Correct it."
    assert sheet.target.hasFocus()
    with qtbot.waitSignal(sheet.export_wanted):
        press(Qt.Key.Key_Return)
    assert not sheet.failure.isVisible()


def test_it_becomes_a_receipt_with_three_blocks_to_copy(
    sheet: ExportSheet, tmp_path: Path, qtbot: QtBot
) -> None:
    sheet.open_export(sound_inputs())
    written = exported(tmp_path / "a.loginflow", with_scenarios=True)
    sheet.show_receipt(written, paste_blocks(written))
    read = texts(sheet.card)
    assert "Exported Customer login" in read
    assert str(written.file) in read
    assert size_words(written.size) in read
    assert [view.block.title for view in sheet.receipt.blocks] == [
        "Try it",
        "On a server",
        "In Python",
    ]
    assert sheet.receipt.check_button.hasFocus()
    view = sheet.receipt.blocks[0]
    view.button.click()
    assert QGuiApplication.clipboard().text() == view.block.text
    assert view.button.text() == "Copied"


def test_check_it_outside_is_asked_for_and_its_result_shown(
    sheet: ExportSheet, tmp_path: Path, qtbot: QtBot
) -> None:
    sheet.open_export(sound_inputs())
    written = exported(tmp_path / "a.loginflow", with_scenarios=True)
    sheet.show_receipt(written, paste_blocks(written))
    with qtbot.waitSignal(sheet.check_outside_wanted) as wanted:
        press(Qt.Key.Key_Return)
    assert wanted.args == [CheckOutsideWanted(written)]
    assert sheet.receipt.check_button.text() == "Checking…"
    rows = tuple(ComparedScenario(str(n), str(n), "allowed", "allowed", True) for n in range(12))
    sheet.show_check_result(OutsideCompared(rows))
    assert sheet.receipt.result.message == "12 of 12 scenarios end as in the designer"
    assert sheet.receipt.check_button.isEnabled()


def test_a_scenario_that_ends_otherwise_outside_is_named(
    sheet: ExportSheet, tmp_path: Path
) -> None:
    sheet.open_export(sound_inputs())
    written = exported(tmp_path / "a.loginflow", with_scenarios=True)
    sheet.show_receipt(written, ())
    row = ComparedScenario("f", "First login", "allowed", "denied", same=False)
    sheet.show_check_result(OutsideCompared((row,)))
    assert "First login: here allowed, outside denied" in texts(sheet.receipt)
    sheet.show_check_result(OutsideFailed("It is broken.", "Export it again."))
    assert sheet.receipt.result.accessibleName() == "It is broken. Export it again."
    assert "First login: here" not in texts(sheet.receipt)


def test_a_check_that_takes_long_can_be_cancelled(
    sheet: ExportSheet, tmp_path: Path, qtbot: QtBot
) -> None:
    sheet.open_export(sound_inputs())
    written = exported(tmp_path / "a.loginflow", with_scenarios=True)
    sheet.show_receipt(written, ())
    sheet.receipt.check_button.click()
    qtbot.waitUntil(sheet.receipt.cancel_button.isVisible)
    with qtbot.waitSignal(sheet.check_outside_cancelled):
        sheet.receipt.cancel_button.click()
    assert sheet.receipt.check_button.isEnabled()


def test_an_untrusted_folder_is_exported_and_not_run(sheet: ExportSheet, tmp_path: Path) -> None:
    sheet.open_export(replace(sound_inputs(), may_run=False))
    assert sheet.export_button.isEnabled()
    written = exported(tmp_path / "a.loginflow", with_scenarios=False)
    sheet.show_receipt(written, paste_blocks(written))
    assert not sheet.receipt.check_button.isEnabled()
    assert "not trusted" in texts(sheet.receipt)
    assert sheet.done_button.hasFocus()


def test_tab_goes_round_and_everything_has_a_name(sheet: ExportSheet, qtbot: QtBot) -> None:
    sheet.open_export(differing())
    names = [widget.accessibleName() or widget.text() for widget in sheet.focus_order()]  # type: ignore[attr-defined]  # buttons and fields have one
    assert all(names)
    assert names[-1] == "Close"
    assert names.index("File to write") > names.index("Export with 1 differing scenario")
    for _ in names:
        press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is sheet.checks.rows[-1].button


@pytest.mark.parametrize(
    ("zoom", "width", "height"), [(100, 640, 400), (150, 1280, 720), (200, 720, 450)]
)
def test_nothing_is_wider_than_a_small_window(
    make_theme: Callable[..., Theme],
    styled: Callable[[Theme], None],
    host: Host,
    tmp_path: Path,
    zoom: int,
    width: int,
    height: int,
) -> None:
    theme = make_theme(zoom=zoom)
    styled(theme)
    host.resize(width, height)
    sheet = ExportSheet(theme, host)
    sheet.open_export(differing())
    QApplication.processEvents()
    written = exported(tmp_path / "a.loginflow", with_scenarios=True)
    for _ in range(2):
        assert_fits(sheet)
        sheet.show_receipt(written, paste_blocks(written))
        QApplication.processEvents()
