"""Differences are read line by line; bars say what a folder's matter is and take a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from designer_drafts import done, sample_draft, text_difference
from loginwright_designer.dialogs.bars import (
    LostFolderBar,
    ReadOnlyBar,
    RecoveryBar,
    SaveProblemBar,
    TrustBar,
    TrustWanted,
)
from loginwright_designer.dialogs.diff_view import DiffView
from loginwright_designer.dialogs.difference_sheet import DifferenceSheet, OutsideChangeSheet
from loginwright_designer.document.code_edits import change_code
from loginwright_designer.document.document_changes import (
    NeedsPlace,
    NotWritable,
    OpenElsewhere,
    SaveWouldLose,
)
from loginwright_designer.document.folder import ReadFolder, Saved, SaveRefused
from loginwright_designer.document.folder_lock import LockHolder
from loginwright_designer.document.outside_changes import OutsideChange, compare
from loginwright_designer.document.recovery import Recovery
from loginwright_designer.theme.roles import Role
from loginwright_runtime.errors import Problem

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from loginwright_designer.theme.theme import Theme
    from sheet_host import Host

BLOCK = "actions/block-weekends.js"
PROBLEM = Problem("x", "error", "There is no room left.", "Free some.", "flow.json")


def conflict() -> OutsideChange:
    """The same file changed on both sides."""
    base = sample_draft()
    mine = done(change_code(base, BLOCK, b"// mine\n")).after
    theirs = done(change_code(base, BLOCK, b"// theirs\n")).after
    here = Path("/flows/sample")
    change = compare(
        ReadFolder(here, base, (), base.content()),
        mine,
        ReadFolder(here, theirs, (), theirs.content()),
    )
    assert change is not None
    return change


def test_each_row_of_a_difference_is_read_out(theme: Theme, host: Host) -> None:
    view = DiffView(theme, host)
    view.show_difference(text_difference("a.js", "one\ntwo\n", "one\n2\n"))
    view.show()
    tree = QAccessible.queryAccessibleInterface(view)
    names = [
        child.text(QAccessible.Text.Name)
        for place in range(tree.childCount())
        if (child := tree.child(place)) is not None and child.role() is QAccessible.Role.ListItem
    ]
    assert names == ["same, line 1: one", "removed, line 2: two", "added, line 2: 2"]
    assert view.accessibleName() == "a.js: lines added 1, removed 1"


def test_a_difference_opens_at_its_first_changed_line(theme: Theme, host: Host) -> None:
    view = DiffView(theme, host)
    view.show_difference(text_difference("a.js", "one\ntwo\n", "one\n2\n"))
    assert view.currentIndex().row() == 1


def test_a_difference_is_painted_with_its_marks(theme: Theme, host: Host, qtbot: QtBot) -> None:
    view = DiffView(theme, host)
    view.resize(400, 200)
    view.show_difference(text_difference("a.js", "one\n\u202etwo\n", "one\n2\n"))
    view.show()
    picture = view.viewport().grab().toImage()
    colours = {picture.pixelColor(390, y).name() for y in range(0, 100, 2)}
    assert theme.colour(Role.SUCCESS_TINT).name() in colours


def test_a_conflict_is_shown_before_anything_is_overwritten(
    theme: Theme, host: Host, qtbot: QtBot
) -> None:
    sheet = OutsideChangeSheet(theme, host)
    change = conflict()
    sheet.show_change(change)
    marked = {row.mark: row.text for row in sheet.view.shown}
    assert marked["added"] == "// theirs"
    assert marked["removed"] == "// mine"
    assert sheet.view.hasFocus()
    with qtbot.waitSignal(sheet.mine_kept) as kept:
        sheet.mine.click()
    assert kept.args == [change]
    assert not sheet.is_open


def test_their_version_is_taken_once(theme: Theme, host: Host, qtbot: QtBot) -> None:
    sheet = OutsideChangeSheet(theme, host)
    change = conflict()
    sheet.show_change(change)
    with qtbot.waitSignal(sheet.theirs_taken) as taken:
        sheet.theirs.click()
    assert taken.args == [change]
    with qtbot.assertNotEmitted(sheet.theirs_taken):
        sheet.theirs.click()


def test_escape_decides_nothing(theme: Theme, host: Host, qtbot: QtBot) -> None:
    sheet = OutsideChangeSheet(theme, host)
    sheet.show_change(conflict())
    with qtbot.assertNotEmitted(sheet.mine_kept), qtbot.assertNotEmitted(sheet.theirs_taken):
        QTest.keyClick(sheet.view, Qt.Key.Key_Escape)
    assert not sheet.is_open
    assert host.field.hasFocus()


def test_several_files_are_picked_from_a_list(theme: Theme, host: Host) -> None:
    sheet = DifferenceSheet(theme, host)
    files = [text_difference("a.js", "1\n", "2\n"), text_difference("b.js", "3\n", "4\n")]
    sheet.show_differences("Unsaved changes", "", [files[0], replace(files[1], conflict=True)])
    sheet.open()
    assert sheet.picker.currentText().startswith("b.js")
    sheet.picker.setCurrentIndex(0)
    assert [row.text for row in sheet.view.shown] == ["1", "2"]


def test_a_strange_folder_is_trusted_only_by_a_press(
    theme: Theme, host: Host, qtbot: QtBot
) -> None:
    bar = TrustBar(theme, host)
    bar.show_folder(Path("/flows/strange\u202e"))
    assert "is not trusted, so nothing of it runs." in bar.words
    assert "\u202e" not in bar.words
    with qtbot.waitSignal(bar.trust_wanted) as wanted:
        bar.trust_button.click()
    assert wanted.args == [TrustWanted(Path("/flows/strange\u202e"))]
    with qtbot.waitSignal(bar.looked_only):
        bar.look_button.click()


@pytest.mark.parametrize("width", [1392, 1232])
def test_a_sentence_that_does_not_fit_beside_the_words_in_bold_stands_below_them(
    theme: Theme, host: Host, width: int
) -> None:
    bar = TrustBar(theme, host)
    bar.resize(width, 48)
    bar.show()
    bar.show_folder(Path("/flows/customer-login"))
    strong, text = (one for one in bar.findChildren(QLabel) if len(one.text()) > 9)
    bar.resize(width, bar.sizeHint().height())
    QApplication.processEvents()
    assert text.y() >= strong.geometry().bottom()
    assert text.height() < 2 * text.fontMetrics().lineSpacing()
    bar.show_words("It is not trusted.", "Nothing of it runs.")
    QApplication.processEvents()
    assert text.x() > strong.geometry().right()


def test_a_recovery_is_brought_back_compared_or_dropped(
    theme: Theme, host: Host, qtbot: QtBot
) -> None:
    moment = datetime(2026, 11, 23, 10, 42, tzinfo=UTC).astimezone()
    recovery = Recovery(Path("/flows/a"), moment, {"flow.json": b"{}"})
    bar = RecoveryBar(theme, host)
    bar.show_recovery(recovery)
    assert bar.words.startswith(f"Unsaved changes of {moment:%H:%M} were found.")
    for signal, button in (
        (bar.bring_back_wanted, bar.back_button),
        (bar.difference_wanted, bar.difference_button),
        (bar.drop_wanted, bar.drop_button),
    ):
        with qtbot.waitSignal(signal) as told:
            button.click()
        assert told.args == [recovery]


def test_another_window_can_be_taken_over_and_a_newer_format_cannot(
    theme: Theme, host: Host, qtbot: QtBot
) -> None:
    bar = ReadOnlyBar(theme, host)
    reason = OpenElsewhere(LockHolder(4711, "desk"))
    bar.show_reason(reason)
    assert "Another window edits this flow." in bar.words
    with qtbot.waitSignal(bar.take_over_wanted) as wanted:
        bar.over_button.click()
    assert wanted.args == [reason]
    bar.show_reason(NotWritable(PROBLEM))
    assert not bar.over_button.isVisibleTo(bar)
    assert "There is no room left. Free some." in bar.words
    assert not bar.file_button.isVisibleTo(bar)


def test_a_flow_that_cannot_be_read_offers_its_file(theme: Theme, host: Host, qtbot: QtBot) -> None:
    bar = ReadOnlyBar(theme, host)
    bar.show_reason(NotWritable(PROBLEM, unread=True))
    assert bar.words.startswith("flow.json cannot be read.")
    assert bar.file_button.text() == "Open flow.json"
    with qtbot.waitSignal(bar.file_wanted) as wanted:
        bar.file_button.click()
    assert wanted.args == [PROBLEM]
    bar.show_reason(NotWritable(PROBLEM))
    assert not bar.file_button.isVisibleTo(bar)


@pytest.mark.parametrize(
    ("answer", "shown", "button"),
    [
        (SaveRefused((PROBLEM,)), True, "Try again"),
        (SaveWouldLose((PROBLEM,)), True, "Save anyway"),
        (NeedsPlace(), True, ""),
    ],
)
def test_a_save_that_failed_says_what_to_do(
    theme: Theme, host: Host, answer: SaveRefused, shown: bool, button: str
) -> None:
    bar = SaveProblemBar(theme, host)
    assert bar.show_answer(answer) is shown
    assert bar.words.startswith("Not saved.")
    offered = [one.text() for one in (bar.anyway_button, bar.again_button) if one.isVisibleTo(bar)]
    assert offered == ([button] if button else [])


@pytest.mark.parametrize(
    ("rule", "said", "may_save"),
    [
        ("missing-folder", "/flows/a was moved or deleted.", True),
        ("missing-file", "/flows/a holds no flow.json any more.", True),
        ("unreadable-folder", f"{PROBLEM.message} {PROBLEM.remedy}", False),
    ],
)
def test_a_folder_that_has_gone_is_told_with_a_way_to_keep_the_flow(
    theme: Theme, host: Host, rule: str, said: str, *, may_save: bool
) -> None:
    bar = LostFolderBar(theme, host)
    bar.show_lost(replace(PROBLEM, rule=rule), Path("/flows/a"))
    assert said in bar.words
    assert bar.save_button.isVisibleTo(bar) is may_save
    assert bar.as_button.isVisibleTo(bar)


def test_a_save_that_succeeded_needs_no_bar(theme: Theme, host: Host) -> None:
    draft = sample_draft()
    folder = ReadFolder(Path("/flows/a"), draft, (), draft.content())
    assert not SaveProblemBar(theme, host).show_answer(Saved(folder))
