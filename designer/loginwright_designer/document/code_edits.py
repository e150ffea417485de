"""Edits of source files: typed, pasted, or replaced as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.document.changed_stretch import changed_stretch
from loginwright_designer.document.draft import CodeFocus, Edit, EditRefused, Typing

if TYPE_CHECKING:
    from loginwright_designer.document.draft import Draft, EditResult

translate = QCoreApplication.translate


def change_code(draft: Draft, file: str, code: bytes, *, typed: bool = False) -> EditResult:
    """Put other bytes into a source file of the flow.

    Args:
        draft: What is edited.
        file: POSIX path below the flow folder; the file has to exist.
        code: Byte for byte what it holds from now on.
        typed: Somebody is typing, so that the letters of one word can be undone together.
    """
    old = draft.flow.files.get(file)
    if old is None:
        return EditRefused(
            translate("Edits", "The flow has no such file."),
            translate("Edits", "Open a file of the flow."),
        )
    change = changed_stretch(old.decode(errors="replace"), code.decode(errors="replace"))
    action = next((one for one in draft.flow.actions if one.code == file), None)
    shown = file if action is None else action.name
    words = translate("Edits", "Type in {name}") if typed else translate("Edits", "Change {name}")
    after = draft.with_flow(files={**draft.flow.files, file: code})
    focus = CodeFocus(file, change.start + len(change.inserted))
    typing = Typing(file, change.start, change.removed, change.inserted) if typed else None
    return Edit(words.format(name=shown), draft, after, focus, typing)
