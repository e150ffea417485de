"""What was edited, what was undone, and whether all of it is saved; an immutable value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from loginwright_designer.document.draft import Draft, Edit, Typing

MOST_EDITS = 1_000
"""Older edits are forgotten; drafts share what they have in common, so each costs little."""


@dataclass(frozen=True, slots=True)
class UndoHistory:
    """The edits around the draft that is shown.

    Attributes:
        current: The draft that is shown.
        saved: The draft that stands on disk, None when there is none.
        past: Edits that can be undone, the oldest first.
        future: Edits that can be redone, the nearest last.
        typing_goes_on: Whether the next letter may belong to the word of the last edit.
    """

    current: Draft
    saved: Draft | None = None
    past: tuple[Edit, ...] = field(default=(), repr=False)
    future: tuple[Edit, ...] = field(default=(), repr=False)
    typing_goes_on: bool = False

    @property
    def is_saved(self) -> bool:
        """Whether the draft that is shown is the one on disk."""
        return self.current is self.saved or self.current == self.saved

    @property
    def undo_edit(self) -> Edit | None:
        """What ``undo`` takes back."""
        return self.past[-1] if self.past else None

    @property
    def redo_edit(self) -> Edit | None:
        """What ``redo`` does again."""
        return self.future[-1] if self.future else None

    def do(self, edit: Edit) -> UndoHistory:
        """Add an edit; what was undone before is gone. An edit that changes nothing is left out.

        Raises:
            ValueError: The edit was made on another draft than the one that is shown.
        """
        if edit.before is not self.current and edit.before != self.current:
            raise ValueError("The edit belongs to another draft.")
        if edit.changes_nothing:
            return self
        past = self.past
        joined = self._joined(edit)
        if joined is not None:
            past, edit = past[:-1], joined
        return UndoHistory(
            current=edit.after,
            saved=self.saved,
            past=(*past, edit)[-MOST_EDITS:],
            typing_goes_on=edit.typing is not None,
        )

    def undo(self) -> UndoHistory:
        """Take back the last edit; the same history when there is none."""
        if not self.past:
            return self
        edit = self.past[-1]
        return UndoHistory(edit.before, self.saved, self.past[:-1], (*self.future, edit))

    def redo(self) -> UndoHistory:
        """Do again what was undone last; the same history when there is nothing."""
        if not self.future:
            return self
        edit = self.future[-1]
        return UndoHistory(edit.after, self.saved, (*self.past, edit), self.future[:-1])

    def end_typing(self) -> UndoHistory:
        """Let the next letter begin an edit of its own: the caret moved, or the focus left."""
        return replace(self, typing_goes_on=False)

    def with_saved(self, draft: Draft | None) -> UndoHistory:
        """Note what stands on disk; typing does not go on over it, so undo leads back to it."""
        return replace(self, saved=draft, typing_goes_on=False)

    def _joined(self, edit: Edit) -> Edit | None:
        """Return the last edit and this one as one, when they are the typing of one word."""
        last = self.undo_edit
        if not self.typing_goes_on or last is None or last.typing is None or edit.typing is None:
            return None
        typing = join_typing(last.typing, edit.typing)
        return None if typing is None else replace(edit, before=last.before, typing=typing)


def join_typing(first: Typing, second: Typing) -> Typing | None:
    """Return two changes that follow each other as one, None where a new word or line begins."""
    if first.file != second.file:
        return None
    if second.inserted and not second.removed:
        return _join_insertions(first, second)
    if second.removed and not second.inserted and not first.inserted:
        return _join_removals(first, second)
    return None


def _join_insertions(first: Typing, second: Typing) -> Typing | None:
    follows = second.start == first.start + len(first.inserted)
    if not first.inserted or not follows or _new_word(first.inserted, second.inserted):
        return None
    return Typing(first.file, first.start, first.removed, first.inserted + second.inserted)


def _join_removals(first: Typing, second: Typing) -> Typing | None:
    if second.start + len(second.removed) == first.start:  # backspace
        if _new_word(first.removed[::-1], second.removed[::-1]):
            return None
        return Typing(first.file, second.start, second.removed + first.removed, "")
    if second.start == first.start:  # delete
        if _new_word(first.removed, second.removed):
            return None
        return Typing(first.file, first.start, first.removed + second.removed, "")
    return None


def _new_word(before: str, after: str) -> bool:
    """Tell whether a word or a line begins between two stretches; spaces end the word before."""
    if "\n" in before[-1:] + after:
        return True
    return before[-1:].isspace() and not after[:1].isspace()
