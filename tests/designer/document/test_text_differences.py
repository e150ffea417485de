"""Two texts are compared line by line, with long runs of the same folded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from designer_drafts import text_difference
from flow_folders import action, document, write_folder
from loginwright_designer.document.folder import ReadFolder, read_folder
from loginwright_designer.document.outside_changes import FileChange
from loginwright_designer.document.recovery import Recovery
from loginwright_designer.document.text_differences import (
    DifferenceRow,
    file_difference,
    folded,
    recovery_differences,
)

if TYPE_CHECKING:
    from pathlib import Path


def same(number: int) -> DifferenceRow:
    return DifferenceRow("same", str(number), number, number)


def test_lines_keep_their_numbers_on_both_sides() -> None:
    shown = text_difference("a.js", "one\ntwo\nthree\n", "one\n2\nthree\n")
    assert [(row.mark, row.old, row.new, row.text) for row in shown.rows] == [
        ("same", 1, 1, "one"),
        ("removed", 2, None, "two"),
        ("added", None, 2, "2"),
        ("same", 3, 3, "three"),
    ]
    assert shown.counts == (1, 1)


def test_long_runs_of_the_same_are_folded() -> None:
    rows = [*map(same, range(1, 21)), DifferenceRow("added", "x", None, 21)]
    shown = folded(rows)
    assert [row.mark for row in shown] == ["gap", "same", "same", "same", "added"]
    assert shown[0].text == "17 lines are the same"


def test_one_line_is_never_folded() -> None:
    rows = [*map(same, range(1, 5)), DifferenceRow("added", "x", None, 5)]
    assert folded(rows) == tuple(rows)


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_the_rows_tell_both_texts(before: list[str], after: list[str]) -> None:
    rows = text_difference("x", "\n".join(before), "\n".join(after)).rows
    shown_old = {row.old: row.text for row in rows if row.old is not None}
    shown_new = {row.new: row.text for row in rows if row.new is not None}
    assert all(before[number - 1] == text for number, text in shown_old.items())
    assert all(after[number - 1] == text for number, text in shown_new.items())
    removed, added = len(before) - len(shown_old), len(after) - len(shown_new)
    assert removed == added  # only what is the same was left out


def test_what_is_no_text_new_or_gone_is_said() -> None:
    change = FileChange("lib/x", b"a\0", b"b", conflict=True)
    assert file_difference(change).note == "This is no text."
    assert file_difference(change).rows == ()
    assert file_difference(replace(change, mine=None, theirs=b"b")).note == "The file is new there."
    assert file_difference(replace(change, mine=b"", theirs=None)).note == "The file is gone there."


def test_a_recovery_is_shown_as_what_it_would_add(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, document(action("a")), {"actions/a.js": b"one\n"})
    base = read_folder(folder)
    assert isinstance(base, ReadFolder)
    found = Recovery(folder, datetime(2026, 11, 23, tzinfo=UTC), {"actions/a.js": b"one\ntwo\n"})
    (difference,) = recovery_differences(base, found)
    assert difference.file == "actions/a.js"
    assert [row.text for row in difference.rows if row.mark == "added"] == ["two"]
