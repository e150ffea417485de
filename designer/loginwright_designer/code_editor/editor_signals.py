"""What the editor tells: one payload for each of its signals."""

from __future__ import annotations

from dataclasses import dataclass, field

from loginwright_designer.code_editor.breakpoint_marks import BreakpointPart


@dataclass(frozen=True, slots=True)
class CodeEdit:
    """The code was changed by the user; the editor's ``text()`` has it.

    Attributes:
        revision: Of the text; grows with every change.
        typed: Characters came in by the keyboard, so that those of one word may be undone
            together.
    """

    revision: int
    typed: bool


@dataclass(frozen=True, slots=True)
class BreakpointToggle:
    """The user asked for a breakpoint, or for its removal.

    Attributes:
        line: From 1.
        wanted: Whether there should be one from now on.
    """

    line: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class BreakpointLines:
    """Breakpoints have moved with the code.

    Attributes:
        lines: All of them, from 1.
    """

    lines: frozenset[int]


@dataclass(frozen=True, slots=True)
class CursorPlace:
    """The cursor came to another place.

    Attributes:
        line: From 1.
        column: From 1, counted in characters.
    """

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class TabUse:
    """The user decided what Tab does in the editor.

    Attributes:
        moves_focus: Tab goes to the next control instead of indenting.
    """

    moves_focus: bool


@dataclass(frozen=True, slots=True)
class Zoom:
    """The text became larger or smaller.

    Attributes:
        percent: Of the usual size.
    """

    percent: int


@dataclass(frozen=True, slots=True)
class RefusedTyping:
    """Somebody typed into code that is shown as it ran.

    Attributes:
        reason: In words.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class ValueQuestion:
    """The mouse or a key asks what a name holds.

    Attributes:
        expression: A chain of names as it stands in the code: ``payload.favorite_color``.
    """

    expression: str


@dataclass(frozen=True, slots=True)
class BreakpointEdit:
    """The user typed a part of a line's breakpoint, which is set where there was none.

    Attributes:
        line: From 1.
        part: Which.
        text: Empty takes it away.
    """

    line: int
    part: BreakpointPart
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BreakpointTurn:
    """The user turned a line's breakpoint on or off.

    Attributes:
        line: From 1.
        on: Whether it does anything from now on.
    """

    line: int
    on: bool


@dataclass(frozen=True, slots=True)
class RunToLine:
    """The user wants the login to go on to a line.

    Attributes:
        line: From 1.
    """

    line: int
