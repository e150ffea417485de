"""A comparison of two texts as rows to be read: what is the same is folded where it is long."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.outside_changes import FileChange
from loginwright_designer.document.recovery import unsaved_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loginwright_designer.document.draft import Draft
    from loginwright_designer.document.folder import ReadFolder
    from loginwright_designer.document.outside_changes import DiffLine
    from loginwright_designer.document.recovery import Recovery

translate = QCoreApplication.translate

CONTEXT_LINES = 3
"""How many lines that are the same stand around those that are not."""

RowMark: TypeAlias = Literal["same", "removed", "added", "gap"]


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A row of a comparison.

    Attributes:
        mark: On both sides, only before, only after, or lines left out.
        text: The line; of left out lines, how many.
        old: Number of the line before, from 1; None where it is not there.
        new: Number of the line after, from 1; None where it is not there.
    """

    mark: RowMark
    text: str = field(repr=False)
    old: int | None = None
    new: int | None = None


@dataclass(frozen=True, slots=True)
class FileDifference:
    """How one file differs.

    Attributes:
        file: POSIX path below the flow folder.
        rows: Line by line; empty where the content is no text.
        note: What else is to be said: the file is new, gone, or no text.
        conflict: Both sides changed it.
    """

    file: str
    rows: tuple[DifferenceRow, ...] = field(repr=False)
    note: str = ""
    conflict: bool = False

    @property
    def counts(self) -> tuple[int, int]:
        """How many lines are added, and how many removed."""
        marks = [row.mark for row in self.rows]
        return marks.count("added"), marks.count("removed")


def file_difference(change: FileChange) -> FileDifference:
    """Return how a file differs: "removed" is what stands here, "added" what the others wrote."""
    note = ""
    if not change.is_text:
        note = translate("Difference", "This is no text.")
    elif change.theirs is None:
        note = translate("Difference", "The file is gone there.")
    elif change.mine is None:
        note = translate("Difference", "The file is new there.")
    rows = folded(tuple(_numbered(change.lines()))) if change.is_text else ()
    return FileDifference(change.file, rows, note, change.conflict)


def recovery_differences(base: ReadFolder, recovery: Recovery) -> tuple[FileDifference, ...]:
    """Return how unsaved changes differ from the folder; "added" is what was not saved."""
    return draft_differences(base, recovery.applied_to(base))


def draft_differences(base: ReadFolder, draft: Draft) -> tuple[FileDifference, ...]:
    """Return how a draft differs from the folder it grew from; "added" is what is not saved."""
    return tuple(
        file_difference(FileChange(file, base.draft.content().get(file), data, conflict=False))
        for file, data in sorted(unsaved_files(base, draft).items())
    )


def folded(
    rows: Sequence[DifferenceRow], context: int = CONTEXT_LINES
) -> tuple[DifferenceRow, ...]:
    """Leave out lines that are the same and far from those that are not."""
    near = {
        neighbour
        for place, row in enumerate(rows)
        if row.mark != "same"
        for neighbour in range(place - context, place + context + 1)
    }
    return tuple(_with_gaps(rows, near))


def _with_gaps(rows: Sequence[DifferenceRow], near: set[int]) -> Iterator[DifferenceRow]:
    left_out: list[DifferenceRow] = []
    for place, row in enumerate(rows):
        if place in near:
            yield from _gap(left_out)
            left_out = []
            yield row
        else:
            left_out.append(row)
    yield from _gap(left_out)


def _gap(rows: list[DifferenceRow]) -> Iterator[DifferenceRow]:
    if len(rows) == 1:  # saying so would take as much room
        yield rows[0]
    elif rows:
        words = translate("Difference", "{count} lines are the same")
        yield DifferenceRow("gap", words.format(count=len(rows)))


def _numbered(lines: Sequence[DiffLine]) -> Iterator[DifferenceRow]:
    old = new = 0
    for line in lines:
        match line.mark:
            case "same":
                old, new = old + 1, new + 1
                yield DifferenceRow("same", line.text, old, new)
            case "mine":
                old += 1
                yield DifferenceRow("removed", line.text, old, None)
            case "theirs":
                new += 1
                yield DifferenceRow("added", line.text, None, new)
