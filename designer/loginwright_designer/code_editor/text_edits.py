"""Carries out what ``typing_rules`` says on a document, each as one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtGui import QTextCursor

from loginwright_designer.code_editor.text_columns import utf16_length
from loginwright_designer.code_editor.typing_rules import (
    comment_toggled,
    dedented,
    dedents_itself,
    indent_unit,
    indentation,
    indented,
    new_line,
    tab_text,
)
from loginwright_designer.document.changed_stretch import changed_stretch

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock, QTextDocument

    from loginwright_runtime.flow.model import Language

LineRule: TypeAlias = Callable[[Sequence[str]], tuple[str, ...]]

_KEEP = QTextCursor.MoveMode.KeepAnchor


@contextmanager
def one_step(cursor: QTextCursor) -> Iterator[None]:
    """Let everything that is done to the document meanwhile be undone at once."""
    cursor.beginEditBlock()
    try:
        yield
    finally:
        cursor.endEditBlock()


def unit_of(document: QTextDocument, language: Language) -> str:
    """Return one level of indentation as the document has it."""
    lines: list[str] = []
    block = document.firstBlock()
    while block.isValid() and len(lines) < 200:
        lines.append(block.text())
        block = block.next()
    return indent_unit(lines, language)


def insert_new_line(cursor: QTextCursor, language: Language) -> None:
    """Do what Enter does; the cursor ends on the new line."""
    unit = unit_of(cursor.document(), language)
    with one_step(cursor):
        cursor.removeSelectedText()
        before, after = text_around(cursor)
        made = new_line(before, after, unit, language)
        cursor.insertText(made.before)
        if made.after:
            cursor.insertText(made.after)
            cursor.setPosition(cursor.position() - len(made.after))


def insert_tab(cursor: QTextCursor, language: Language) -> None:
    """Do what Tab does: indent selected lines, or move on to the next stop."""
    unit = unit_of(cursor.document(), language)
    if len(selected_blocks(cursor)) > 1:
        change_lines(cursor, lambda lines: indented(lines, unit))
    else:
        with one_step(cursor):
            cursor.removeSelectedText()
            cursor.insertText(tab_text(text_around(cursor)[0], unit))


def indent_out(cursor: QTextCursor, language: Language) -> None:
    """Do what Shift+Tab does: move the selected lines one level out."""
    unit = unit_of(cursor.document(), language)
    change_lines(cursor, lambda lines: dedented(lines, unit))


def toggle_comment(cursor: QTextCursor, language: Language) -> None:
    """Turn the selected lines into comments or back."""
    change_lines(cursor, lambda lines: comment_toggled(lines, language))


def insert_closing(cursor: QTextCursor, typed: str, language: Language) -> bool:
    """Insert a closing bracket that moves its line out; False where it does not."""
    before, _after = text_around(cursor)
    if cursor.hasSelection() or not dedents_itself(before, typed):
        return False
    unit = unit_of(cursor.document(), language)
    with one_step(cursor):
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, _KEEP)
        cursor.insertText(dedented([before], unit)[0] + typed)
    return True


def to_line_begin(cursor: QTextCursor, mode: QTextCursor.MoveMode) -> None:
    """Move to the first character of the line's code, or from there to its very start."""
    block = cursor.block()
    code = block.position() + len(indentation(block.text()))
    cursor.setPosition(block.position() if cursor.position() == code else code, mode)


def text_around(cursor: QTextCursor) -> tuple[str, str]:
    """Return what stands in the cursor's line before and behind it."""
    block = cursor.block()
    before = QTextCursor(block)
    before.setPosition(cursor.position(), _KEEP)
    after = QTextCursor(cursor)
    after.clearSelection()
    after.movePosition(QTextCursor.MoveOperation.EndOfBlock, _KEEP)
    return before.selectedText(), after.selectedText()


def selected_blocks(cursor: QTextCursor) -> tuple[QTextBlock, ...]:
    """Return the lines that a selection touches; one in which it only ends is not among them."""
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    end = cursor.selectionEnd()
    blocks = [block]
    while (block := block.next()).isValid() and block.position() < end:
        blocks.append(block)
    return tuple(blocks)


def change_lines(cursor: QTextCursor, rule: LineRule) -> None:
    """Put what ``rule`` makes of the selected lines in their place, as one step.

    Only what differs is touched, so that the selection and other cursors keep their places.
    """
    blocks = selected_blocks(cursor)
    changed = rule([block.text() for block in blocks])
    writer = QTextCursor(cursor)
    with one_step(writer):
        for block, text in zip(blocks, changed, strict=True):
            replace_range(writer, block.position(), block.text(), text)


def replace_range(cursor: QTextCursor, position: int, old: str, new: str) -> None:
    """Turn ``old``, which stands at ``position``, into ``new`` where the two differ."""
    if old == new:
        return
    stretch = changed_stretch(old, new)
    first = position + utf16_length(old[: stretch.start])
    cursor.setPosition(first)
    cursor.setPosition(first + utf16_length(stretch.removed), _KEEP)
    cursor.insertText(stretch.inserted)
