"""The console shows what a login printed, and lets it be searched and copied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from loginwright_designer.panels.bottom.bottom_signals import SourcePlace
from loginwright_designer.panels.bottom.console import ConsolePanel
from loginwright_designer.panels.bottom.row_painting import plain_tip
from loginwright_designer.simulation.console_lines import (
    ConsoleFold,
    ConsoleLevel,
    ConsoleLine,
    LegBreak,
    filtered,
    plain_text,
)
from loginwright_runtime.tracing.record import (
    CameBack,
    Left,
    LogWritten,
    RecordEntry,
    RunRecord,
    WarningRaised,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytestqt.qtbot import QtBot

    from lane_samples import Sample
    from loginwright_designer.simulation.console_lines import ConsoleRow
    from loginwright_designer.theme.theme import Theme

NAMES = {"ask": "Ask favourite colour"}
ENTRIES: tuple[RecordEntry, ...] = (
    LogWritten(1, 0.0, 1, "ask", "log", "before", 11),
    Left(2, 0.0, 1, "redirect", "ask", "https://my-app.example.com/?state=…", 60.0),
    CameBack(3, 42.0, 2, "redirect", "ask"),
    LogWritten(4, 42.0, 2, "ask", "error", "broken\nin two", 39),
    WarningRaised(5, 42.0, 2, "ask", "claim-namespace", "The claim roles is left out.", 8),
    LogWritten(6, 42.0, 2, "gone", "debug", "<b>deep</b>", None),
)
RECORD = RunRecord("t", "F", "v", ENTRIES)


@pytest.fixture
def console(qtbot: QtBot, make_theme: Callable[..., Theme]) -> ConsolePanel:
    """A console on the screen that shows RECORD."""
    console = ConsolePanel(make_theme())
    qtbot.addWidget(console)
    console.resize(800, 240)
    with qtbot.waitExposed(console):
        console.show()
    console.show_record(RECORD, None, NAMES)
    return console


def console_rows(record: RunRecord, names: Mapping[str, str]) -> tuple[ConsoleRow, ...]:
    fold = ConsoleFold()
    fold.take(record, names)
    return tuple(fold.rows)


def said(console: ConsolePanel) -> list[str]:
    """What a screen reader says of each row."""
    tree = QAccessible.queryAccessibleInterface(console.list)
    assert tree is not None
    return [tree.child(row).text(QAccessible.Text.Name) for row in range(tree.childCount())]


def test_lines_come_with_level_place_and_the_time_away() -> None:
    rows = console_rows(RECORD, NAMES)
    assert rows[0] == ConsoleLine(1, ConsoleLevel.INFO, "before", "ask", "Ask favourite colour", 11)
    assert rows[1] == LegBreak(3, 2, "my-app.example.com", "42 s")
    lines = [row for row in rows if isinstance(row, ConsoleLine)]
    assert [line.level for line in lines] == ["info", "error", "warning", "debug"]
    assert [line.place for line in lines[1:]] == [
        "Ask favourite colour : 39",
        "Ask favourite colour : 8",
        "gone",
    ]


def test_record_that_grows_is_read_on_and_another_one_anew() -> None:
    fold = ConsoleFold()
    assert not fold.take(replace(RECORD, entries=ENTRIES[:1]), NAMES)
    assert fold.take(RECORD, NAMES)
    assert tuple(fold.rows) == console_rows(RECORD, NAMES)
    other = replace(RECORD, entries=(LogWritten(1, 0.0, 1, "ask", "log", "other", 11),))
    assert not fold.take(other, NAMES)
    assert fold.lines == 1
    fold.take(None, NAMES)
    assert fold.rows == []


def test_filter_keeps_a_break_only_between_two_lines() -> None:
    rows = console_rows(RECORD, NAMES)
    every = frozenset(ConsoleLevel)
    assert [type(row) for row in filtered(rows, "Ask", every)] == [
        ConsoleLine,
        LegBreak,
        ConsoleLine,
        ConsoleLine,
    ]
    assert [type(row) for row in filtered(rows, "BROKEN", every)] == [ConsoleLine]
    assert len(filtered(rows, "", {ConsoleLevel.WARNING})) == 1


def test_text_of_lines_can_be_pasted() -> None:
    assert plain_text(console_rows(RECORD, NAMES)[:2]) == (
        "info     Ask favourite colour : 11  before\n--- my-app.example.com, 42 s, leg 2 ---\n"
    )


def test_sample_prints_what_its_action_stored(sample: Sample, names: dict[str, str]) -> None:
    rows = console_rows(sample.record("first-login"), names)
    lines = [row for row in rows if isinstance(row, ConsoleLine)]
    assert [(line.text, line.place) for line in lines] == [
        ("Stored favorite_color teal", "Ask favourite colour : 39")
    ]


def test_every_row_is_read_out(console: ConsolePanel) -> None:
    assert said(console) == [
        "Info, before, Ask favourite colour : 11",
        "Away at my-app.example.com, 42 s · leg 2",
        "Error, broken ↵ in two, Ask favourite colour : 39",
        "Warning, The claim roles is left out., claim-namespace, Ask favourite colour : 8",
        "Debug, <b>deep</b>, gone",
    ]


def test_later_lines_say_so_in_the_past(console: ConsolePanel) -> None:
    console.show_record(RECORD, 3, NAMES)
    assert [row.endswith(", later") for row in said(console)] == [False, False, True, True, True]
    console.show_record(RECORD, None, NAMES)
    assert not any(row.endswith("later") for row in said(console))


def test_link_of_a_line_opens_it(console: ConsolePanel) -> None:
    opened: list[SourcePlace] = []
    console.place_opened.connect(opened.append)
    model = console.list.model()
    assert model is not None
    row = console.list.visualRect(model.index(2, 0))
    view = console.list.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=row.center())
    assert opened == []
    at = row.topRight()
    at.setX(at.x() - 40)
    at.setY(row.center().y())
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    assert opened == [SourcePlace("ask", 39)]


def test_enter_opens_the_line_the_keyboard_is_on(qtbot: QtBot, console: ConsolePanel) -> None:
    opened: list[SourcePlace] = []
    console.place_opened.connect(opened.append)
    console.list.setFocus()
    qtbot.waitUntil(console.list.hasFocus)
    QTest.keyClick(console.list, Qt.Key.Key_Home)
    QTest.keyClick(console.list, Qt.Key.Key_End)
    QTest.keyClick(console.list, Qt.Key.Key_Return)
    assert opened == [SourcePlace("gone", None)]


def test_filter_field_and_toggles_leave_what_matches(console: ConsolePanel) -> None:
    QTest.keyClicks(console.tools.field, "claim")
    assert console.shown_lines == 1
    console.tools.field.clear()
    console.tools.toggles[ConsoleLevel.DEBUG].click()
    assert console.shown_lines == 4
    assert console.tools.toggles[ConsoleLevel.ERROR].accessibleName() == "Error lines: 1"


def test_filter_that_leaves_nothing_offers_to_show_all(console: ConsolePanel) -> None:
    QTest.keyClicks(console.tools.field, "nowhere")
    assert console.empty.isVisible()
    QTest.mouseClick(console.empty.button, Qt.MouseButton.LeftButton)
    assert console.shown_lines == 5


def test_copy_takes_the_selected_lines_or_all(console: ConsolePanel) -> None:
    QTest.mouseClick(console.tools.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().count("\n") == 6
    QTest.keyClick(console.list, Qt.Key.Key_Home)
    QTest.keyClick(console.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "info     Ask favourite colour : 11  before\n"


def test_empty_console_says_why(console: ConsolePanel) -> None:
    counts: list[object] = []
    console.count_changed.connect(counts.append)
    console.show_record(replace(RECORD, entries=()), None, NAMES)
    assert console.empty.isVisible()
    assert not console.empty.button.isVisible()
    console.show_record(None, None, NAMES)
    assert console.empty.button.isVisible()
    assert counts == [0, None]


def test_tooltip_shows_markup_as_text() -> None:
    assert "&lt;img src=x&gt;" in plain_tip("<img src=x>")


def test_what_was_printed_last_is_in_sight_when_the_console_is_opened_after_the_login(
    qtbot: QtBot, make_theme: Callable[..., Theme]
) -> None:
    entries = tuple(
        LogWritten(seq, 0.0, 1, "ask", "log", f"line {seq}", 11) for seq in range(1, 101)
    )
    console = ConsolePanel(make_theme())
    qtbot.addWidget(console)
    console.resize(800, 600)
    console.show_record(RunRecord("t", "F", "v", entries), None, NAMES)
    with qtbot.waitExposed(console):
        console.show()
    console.resize(800, 120)
    QApplication.processEvents()
    last = console.list.model().index(console.shown_lines - 1, 0)
    assert console.list.viewport().rect().contains(console.list.visualRect(last))

    console.list.scrollToTop()
    console.resize(800, 200)
    QApplication.processEvents()
    assert console.list.verticalScrollBar().value() == 0
