"""The flow on the desk: its draft, its history, its problems and its folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from loginwright_designer.document.action_edits import add_actions
from loginwright_designer.document.analyst import Analyst
from loginwright_designer.document.document_changes import (
    DraftChange,
    HistoryChange,
    NotWritable,
    OpenElsewhere,
    ProblemsChange,
    ReadOnly,
    SavedState,
    SaveFinished,
    refusal,
    refused_save,
)
from loginwright_designer.document.document_folder import DocumentFolder, FolderUpdate
from loginwright_designer.document.draft import Draft, Edit, EditRefused, EditResult, FlowFocus
from loginwright_designer.document.folder_lock import FolderLock
from loginwright_designer.document.recovery import Journal
from loginwright_designer.document.undo_history import UndoHistory
from loginwright_designer.document.unsaved_changes import UnsavedChanges

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.document.document_changes import ChangeKind
    from loginwright_designer.document.draft_check import CheckedDraft
    from loginwright_designer.document.folder import ReadFolder
    from loginwright_designer.document.new_actions import NewActions
    from loginwright_designer.document.outside_changes import OutsideChange
    from loginwright_designer.document.recovery import Recovery
    from loginwright_runtime.errors import Problem
    from loginwright_runtime.flow.model import Flow

TYPING_MILLISECONDS = 250
"""How long problems wait for the next letter."""


@dataclass(frozen=True, slots=True)
class DocumentSetting:
    """What surrounds a document.

    Attributes:
        lock: Of its folder; taken when the document is made.
        state: Where journals lie; None takes the user's own state.
        bundled: It is a sample that came with Loginwright: edited, and saved elsewhere only.
    """

    lock: FolderLock
    state: Path | None = None
    bundled: bool = False


class FlowDocument(QObject):
    """Owns the draft: views listen to it and hand it edits.

    Lives on the GUI thread; what takes time happens on two threads of its own, which ``close``
    ends. Nothing here runs an action.
    """

    draft_changed = Signal(object)  # DraftChange: the draft is another one
    history_changed = Signal(object)  # HistoryChange: other edits can be undone or redone
    problems_changed = Signal(object)  # ProblemsChange: a draft was looked at
    saved_state_changed = Signal(object)  # SavedState: saved, changed, being saved, or moved
    save_finished = Signal(object)  # SaveFinished: it was saved, or why not
    edit_refused = Signal(object)  # EditRefused: actions that were brought along cannot be added
    outside_change_found = Signal(object)  # OutsideChange: both sides changed a file; choose

    def __init__(
        self, folder: ReadFolder, setting: DocumentSetting, parent: QObject | None = None
    ) -> None:
        """Show what was read from a folder, and begin to look for its problems."""
        super().__init__(parent)
        self._history = UndoHistory(folder.draft, saved=folder.draft)
        self._state = setting.state
        self._problems = ProblemsChange(folder.draft, folder.problems, {})
        self._lock = setting.lock
        self._holder = setting.lock.take()
        self._folder = DocumentFolder(
            folder, lambda: self._history.current, bundled=setting.bundled, parent=self
        )
        self._folder.folder_updated.connect(self._on_folder_updated)
        self._folder.conflict_found.connect(self._on_conflict_found)
        self._folder.save_finished.connect(self._on_save_finished)
        self._analyst = Analyst(self)
        self._analyst.draft_checked.connect(self._on_draft_checked)
        self._unsaved = UnsavedChanges(
            self, Journal(folder.path, setting.state), self._folder.run_in_order, self
        )
        self._check_due = QTimer(self, singleShot=True)
        self._check_due.timeout.connect(self._on_check_due)
        self._check_due.start(0)
        if self.read_only is None:
            self._unsaved.find()

    @property
    def draft(self) -> Draft:
        """What is on the desk."""
        return self._history.current

    @property
    def folder(self) -> ReadFolder:
        """The folder as it was last read or written."""
        return self._folder.folder

    @property
    def lost_folder(self) -> Problem | None:
        """Why the folder holds no flow any more: it was moved, deleted, or cannot be read."""
        return self._folder.lost

    def placed_flow(self) -> Flow:
        """Return the flow as it stands on the desk, in its folder; without its version."""
        return self.folder.placed(self.draft)

    @property
    def history(self) -> UndoHistory:
        """The edits around the draft, as a value."""
        return self._history

    @property
    def problems(self) -> ProblemsChange:
        """What was last found."""
        return self._problems

    @property
    def read_only(self) -> ReadOnly | None:
        """Why it takes no edits, None when it does."""
        if self._holder is not None:
            return OpenElsewhere(self._holder)
        unwritable = self.folder.unwritable
        if unwritable is None:
            return None
        return NotWritable(unwritable, unread=self.folder.unread is not None)

    @property
    def recovery(self) -> Recovery | None:
        """Unsaved changes of a window that ended without saving, until they are decided about."""
        return self._unsaved.recovery

    @property
    def saved_state(self) -> SavedState:
        """Where the draft stands on disk."""
        saved = self._history.is_saved
        return SavedState(self.folder.path, saved, self._folder.is_saving)

    def apply(self, result: EditResult) -> EditRefused | None:
        """Make an edit; what was in the way otherwise.

        Raises:
            ValueError: The edit was made on another draft than this document's.
        """
        if isinstance(result, EditRefused):
            return result
        reason = self.read_only
        if reason is not None:
            return refusal(reason)
        self._turn_to(self._history.do(result), "edited", result)
        return None

    def bring(
        self, read: Callable[[], NewActions], position: int | None = None, name: str | None = None
    ) -> None:
        """Add actions that take time to be read; ``draft_changed`` or ``edit_refused`` follows.

        Args:
            read: One of ``new_actions``, with its arguments; called on a thread.
            position: Index of the first of them afterwards; None: behind all others.
            name: Name of the edit; None: "Add Deny by audience".
        """

        def add(actions: NewActions) -> None:
            refused = actions if isinstance(actions, EditRefused) else None
            if not isinstance(actions, EditRefused):
                refused = self.apply(add_actions(self.draft, actions, position, name=name))
            if refused is not None:
                self.edit_refused.emit(refused)

        self._folder.run_in_order(read, add)

    def undo(self) -> None:
        """Take the last edit back; nothing when there is none."""
        edit = self._history.undo_edit
        if edit is not None:
            self._turn_to(self._history.undo(), "undone", edit)

    def redo(self) -> None:
        """Do again what was undone last; nothing when there is none."""
        edit = self._history.redo_edit
        if edit is not None:
            self._turn_to(self._history.redo(), "redone", edit)

    def end_typing(self) -> None:
        """Let the next letter be undone by itself: the caret moved, or the focus left."""
        self._history = self._history.end_typing()

    def edit_here(self, *, take_over: bool = False) -> ReadOnly | None:
        """Try to become the window that edits; why it is not, None when it is now.

        Args:
            take_over: Although another window seems to, because the user says so.
        """
        self._holder = self._lock.take_over() if take_over else self._lock.take()
        self._tell_saved_state()
        return self.read_only

    def save(self, *, accept_loss: bool = False) -> None:
        """Write the draft into its folder; ``save_finished`` tells what came of it.

        Args:
            accept_loss: Also when ``flow.json`` says things that are gone then.
        """
        self.end_typing()
        reason = self.read_only
        if isinstance(reason, OpenElsewhere):
            self.save_finished.emit(SaveFinished(refused_save(reason, self.folder.path)))
            return
        self._folder.save(accept_loss=accept_loss)
        self._tell_saved_state()

    def save_as(self, path: Path) -> None:
        """Write the draft into a new folder and go on there; ``save_finished`` follows."""
        self.end_typing()
        self._folder.save_as(path)
        self._tell_saved_state()

    def take_theirs(self, change: OutsideChange) -> None:
        """Take what stands on disk where both sides changed a file; it can be undone."""
        self._folder.decide(change, theirs=True)

    def keep_mine(self, change: OutsideChange) -> None:
        """Keep what is on the desk where both sides changed a file; a save writes it."""
        self._folder.decide(change, theirs=False)

    def recover(self) -> EditRefused | None:
        """Bring unsaved changes back as one edit; None when that was done."""
        found = self._unsaved.take()
        if found is None:
            message = QCoreApplication.translate("Edits", "There is nothing to recover.")
            return EditRefused(message, "")
        after = found.applied_to(self.folder)
        name = QCoreApplication.translate("Edits", "Recover unsaved changes")
        return self.apply(Edit(name, self.draft, after, FlowFocus()))

    def forget_recovery(self) -> None:
        """Drop the unsaved changes that were found."""
        self._unsaved.take()
        self._unsaved.note(saved=self._history.is_saved)

    def journal_now(self) -> None:
        """Journal at once what is not saved: the focus left, or the session ends."""
        if self.read_only is None and not self._history.is_saved:
            self._unsaved.write_now()

    def close(self) -> None:
        """Journal what is not saved, let another window edit, and end the threads.

        The document is gone at the next turn of the event loop.
        """
        self._check_due.stop()
        self._unsaved.stop()
        self._analyst.close()
        self._folder.close()
        self.journal_now()
        self._lock.release()
        self.deleteLater()

    def _turn_to(self, history: UndoHistory, kind: ChangeKind, edit: Edit) -> None:
        """Show the draft of another history."""
        before = self._history
        if history is before:
            return
        self._history = history
        change = DraftChange(kind, edit.name, before.current, history.current, edit.focus)
        self.draft_changed.emit(change)
        self._tell_history()
        self._after_change(typed=edit.typing is not None)

    def _after_change(self, *, typed: bool = False) -> None:
        self._tell_saved_state()
        self._check_due.start(TYPING_MILLISECONDS if typed else 0)
        if self.read_only is None:
            self._unsaved.note(saved=self._history.is_saved)

    def _tell_history(self) -> None:
        undo, redo = self._history.undo_edit, self._history.redo_edit
        self.history_changed.emit(
            HistoryChange(
                None if undo is None else undo.name_in_sentence,
                None if redo is None else redo.name_in_sentence,
            )
        )

    def _tell_saved_state(self) -> None:
        self.saved_state_changed.emit(self.saved_state)

    def _on_check_due(self) -> None:
        self._analyst.check(self.draft, self.folder)

    def _on_draft_checked(self, checked: CheckedDraft) -> None:
        self._problems = ProblemsChange(checked.draft, checked.problems, checked.facts)
        self.problems_changed.emit(self._problems)

    def _on_folder_updated(self, update: FolderUpdate) -> None:
        """Take over what was read or written, and what changed on disk beside the draft."""
        if update.moved:
            self._move()
        history = self._history
        if update.draft == history.current:
            self._history = history.with_saved(update.saved)
            self._after_change()
            return
        name = QCoreApplication.translate("Edits", "Take changes made outside")
        edit = Edit(name, history.current, update.draft, FlowFocus())
        self._turn_to(history.do(edit).with_saved(update.saved), "edited", edit)

    def _move(self) -> None:
        """Go on in the folder that the document was saved into."""
        self._unsaved.move(Journal(self.folder.path, self._state))
        self._lock.release()
        self._lock = self._lock.for_folder(self.folder.path)
        self._holder = self._lock.take()

    def _on_conflict_found(self, change: OutsideChange) -> None:
        self.outside_change_found.emit(change)

    def _on_save_finished(self, finished: SaveFinished) -> None:
        self._tell_saved_state()
        self.save_finished.emit(finished)
