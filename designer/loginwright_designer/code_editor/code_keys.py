"""The keys that mean something of their own in the editor."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class EditorKey(Enum):
    """What a key asks for; ``edits`` says whether it changes the code."""

    NEW_LINE = ("new line", True)
    INDENT = ("indent", True)
    INDENT_OUT = ("indent out", True)
    COMMENT = ("comment", True)
    LINE_BEGIN = ("line begin", False)
    SELECT_TO_LINE_BEGIN = ("select to line begin", False)
    TAB_MOVES_FOCUS = ("tab moves focus", False)
    COMPLETE = ("complete", False)
    HOVER = ("hover", False)
    FIND = ("find", False)
    REPLACE = ("replace", False)
    FIND_NEXT = ("find next", False)
    FIND_PREVIOUS = ("find previous", False)
    GO_TO_LINE = ("go to line", False)
    BREAKPOINT = ("breakpoint", False)
    LARGER = ("larger", False)
    SMALLER = ("smaller", False)
    USUAL_SIZE = ("usual size", False)

    @property
    def edits(self) -> bool:
        """Whether the key changes the code."""
        return self.value[1]


_WITH_CTRL = {
    Qt.Key.Key_Slash: EditorKey.COMMENT,
    Qt.Key.Key_M: EditorKey.TAB_MOVES_FOCUS,
    Qt.Key.Key_Space: EditorKey.COMPLETE,
    Qt.Key.Key_F: EditorKey.FIND,
    Qt.Key.Key_H: EditorKey.REPLACE,
    Qt.Key.Key_G: EditorKey.GO_TO_LINE,
    Qt.Key.Key_I: EditorKey.HOVER,
    Qt.Key.Key_Plus: EditorKey.LARGER,
    Qt.Key.Key_Equal: EditorKey.LARGER,
    Qt.Key.Key_Minus: EditorKey.SMALLER,
    Qt.Key.Key_0: EditorKey.USUAL_SIZE,
}
_SHIFT_TOO = {Qt.Key.Key_Slash, Qt.Key.Key_Plus, Qt.Key.Key_Equal}
_PLAIN = {
    (Qt.Key.Key_Return, False): EditorKey.NEW_LINE,
    (Qt.Key.Key_Enter, False): EditorKey.NEW_LINE,
    (Qt.Key.Key_Return, True): EditorKey.NEW_LINE,
    (Qt.Key.Key_F9, False): EditorKey.BREAKPOINT,
    (Qt.Key.Key_F3, False): EditorKey.FIND_NEXT,
    (Qt.Key.Key_F3, True): EditorKey.FIND_PREVIOUS,
}


def editor_key(event: QKeyEvent, *, tab_moves_focus: bool) -> EditorKey | None:
    """Return what a key event asks for, or None for one that Qt's text widget answers.

    Args:
        event: As Qt delivers it.
        tab_moves_focus: Tab and Shift+Tab go to the next control.
    """
    modifiers = event.modifiers() & ~_KEYPAD
    key = Qt.Key(event.key())
    if event.matches(QKeySequence.StandardKey.MoveToStartOfLine):
        return EditorKey.LINE_BEGIN
    if event.matches(QKeySequence.StandardKey.SelectStartOfLine):
        return EditorKey.SELECT_TO_LINE_BEGIN
    if modifiers == _CTRL or (modifiers == _CTRL | _SHIFT and key in _SHIFT_TOO):
        return _WITH_CTRL.get(key)
    if not tab_moves_focus and key == Qt.Key.Key_Tab and not modifiers:
        return EditorKey.INDENT
    if not tab_moves_focus and key == Qt.Key.Key_Backtab:
        return EditorKey.INDENT_OUT
    if modifiers in (Qt.KeyboardModifier.NoModifier, _SHIFT):
        return _PLAIN.get((key, bool(modifiers & _SHIFT)))
    return None


def types(event: QKeyEvent) -> bool:
    """Whether a key puts a character into the text."""
    modifiers = event.modifiers()
    commands = _CTRL | Qt.KeyboardModifier.MetaModifier
    alt_graph = _CTRL | Qt.KeyboardModifier.AltModifier
    if modifiers & commands and modifiers & alt_graph != alt_graph:
        return False
    return bool(event.text()) and event.text().isprintable()


def undoes(event: QKeyEvent) -> bool:
    """Whether a key takes an edit back, or makes it again."""
    standard = QKeySequence.StandardKey
    return event.matches(standard.Undo) or event.matches(standard.Redo)
