"""What a flow document tells its views: one value for each of its signals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.draft import Draft, EditRefused, Focus
from loginwright_designer.document.folder import ChangedOutside, Saved, SaveRefused
from loginwright_designer.document.folder_lock import LockHolder
from loginwright_runtime.errors import Problem
from loginwright_runtime.validation import SourceFacts

translate = QCoreApplication.translate

ChangeKind: TypeAlias = Literal["edited", "undone", "redone"]


@dataclass(frozen=True, slots=True)
class DraftChange:
    """The draft was edited, or an edit was undone or redone.

    Attributes:
        kind: Which of these.
        name: The edit's name, "Move Ask favourite colour".
        before: The draft until now.
        after: The draft from now on.
        focus: What to show; after undoing it may be gone.
    """

    kind: ChangeKind
    name: str
    before: Draft
    after: Draft
    focus: Focus


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """Other edits can be undone or redone; names as they stand in a sentence, or None."""

    undo_name: str | None
    redo_name: str | None


@dataclass(frozen=True, slots=True)
class SavedState:
    """Where the draft stands on disk.

    Attributes:
        path: The flow folder.
        is_saved: Whether the folder holds what is on the desk.
        is_saving: Whether it is being written.
    """

    path: Path
    is_saved: bool
    is_saving: bool


@dataclass(frozen=True, slots=True)
class ProblemsChange:
    """A draft was looked at; it may be older than the one on the desk.

    Attributes:
        draft: Which one.
        problems: As ``loginwright validate`` lists them.
        facts: What each source does, by file.
    """

    draft: Draft
    problems: tuple[Problem, ...]
    facts: Mapping[str, SourceFacts] = field(repr=False)


@dataclass(frozen=True, slots=True)
class NeedsPlace:
    """The sample that comes with Loginwright is not written to: choose a folder for a copy."""


@dataclass(frozen=True, slots=True)
class SaveWouldLose:
    """``flow.json`` says things that cannot be kept; save with ``accept_loss``."""

    problems: tuple[Problem, ...]


SaveAnswer: TypeAlias = Saved | SaveRefused | ChangedOutside | NeedsPlace | SaveWouldLose


@dataclass(frozen=True, slots=True)
class SaveFinished:
    """A save came to its end, this way or another."""

    answer: SaveAnswer


@dataclass(frozen=True, slots=True)
class OpenElsewhere:
    """Another window edits the folder."""

    holder: LockHolder


@dataclass(frozen=True, slots=True)
class NotWritable:
    """The folder cannot be written back without harm.

    Attributes:
        problem: A newer format, or no JSON.
        unread: Nothing of the flow could be read.
    """

    problem: Problem
    unread: bool = False


ReadOnly: TypeAlias = OpenElsewhere | NotWritable


def refusal(reason: ReadOnly) -> EditRefused:
    """Return why a document that is read-only takes no edit."""
    match reason:
        case OpenElsewhere():
            return EditRefused(
                translate("Edits", "Another window edits this flow."),
                translate("Edits", "Edit it there, or close that window."),
            )
        case NotWritable(problem=problem):
            return EditRefused(problem.message, problem.remedy)


def refused_save(reason: ReadOnly, path: Path) -> SaveRefused:
    """Return why a document that is read-only is not saved."""
    refused = refusal(reason)
    problem = Problem("read-only", "error", refused.message, refused.remedy, str(path))
    return SaveRefused((problem,))
