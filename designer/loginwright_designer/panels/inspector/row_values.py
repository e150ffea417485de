"""The rows that *Changes* and *Tokens* are made of, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

from PySide6.QtCore import QCoreApplication

from loginwright_designer.simulation.changes import NONE, Change, side_words
from loginwright_designer.simulation.source_place import SourcePlace
from loginwright_designer.simulation.token_list import LeftOutWords, ShownClaim
from loginwright_designer.simulation.visible_text import visible, visible_line
from loginwright_designer.theme.marks import State

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The title of a part.

    Attributes:
        text: The title.
        note: At the right.
        large: Set in the style of titles.
        line_above: A line parts it from what is above.
    """

    text: str
    note: str = ""
    large: bool = False
    line_above: bool = False


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change that was asked for.

    Attributes:
        change: Which.
        set_by: Who asked, in words.
    """

    change: Change
    set_by: str

    @property
    def place(self) -> SourcePlace:
        """Where in the code it was asked for."""
        return SourcePlace(self.change.action, self.change.line)


@dataclass(frozen=True, slots=True)
class FactLine:
    """A name and its value.

    Attributes:
        at_right: The value stands at the right, quietly.
        line_above: A line parts it from what is above.
        wraps: A long value takes several lines.
    """

    name: str
    value: str = field(repr=False)
    at_right: bool = False
    line_above: bool = False
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """A sentence, over as many lines as it takes.

    Attributes:
        mark: A state's mark before it, or None.
        line_above: A line parts it from what is above.
    """

    text: str
    mark: State | None = None
    line_above: bool = False


@dataclass(frozen=True, slots=True)
class CodeText:
    """JSON as it is, over several lines; ``name`` says what it is."""

    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class EmptyRow:
    """Why there is nothing here, and what would be."""

    icon: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ClaimHeads:
    """What the columns of a wide table of claims are called."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim of a token.

    Attributes:
        token: Which token, to tell rows apart.
        claim: Which claim.
        open: Its value is shown as a whole.
    """

    token: str
    claim: ShownClaim
    open: bool = False


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """What no token carries, and why."""

    left_out: LeftOutWords


@dataclass(frozen=True, slots=True)
class CommandRow:
    """Something to do with what stands above.

    Attributes:
        icon: Before it.
        text: What it does.
        spoken: The same where nothing around is seen.
        copied: What it puts on the clipboard.
    """

    icon: str
    text: str
    spoken: str
    copied: str = field(default="", repr=False)


Row: TypeAlias = (
    HeadingRow
    | ChangeRow
    | FactLine
    | TextLine
    | CodeText
    | EmptyRow
    | ClaimHeads
    | ClaimRow
    | LeftOutRow
    | CommandRow
)


def change_name(change: Change) -> str:
    """Return a change's name as it fits into a row: a claim's URL gives way to its path."""
    name = visible_line(change.name)
    token, _, claim = name.partition(".")
    if "://" in claim:
        path = claim.partition("://")[2].partition("/")[2]
        return f"{token} …/{path}" if path else f"{token} {claim}"
    return name


def spoken(row: Row) -> str:
    """Return a row in words, for who does not see it."""
    match row:
        case HeadingRow(text=text, note=note):
            return f"{text}, {note}" if note else text
        case ChangeRow():
            return _spoken_change(row)
        case FactLine(name=name, value=value):
            return f"{name}: {visible_line(value)}"
        case TextLine(text=text):
            return visible(text)
        case CodeText(name=name, text=text):
            return f"{name}: {visible_line(text)}"
        case EmptyRow(title=title, text=text):
            return f"{title}. {text}"
        case CommandRow(spoken=words):
            return words
        case _:
            return _spoken_of_token(row)


def place_of(row: Row) -> SourcePlace | None:
    """Return the place that a row's link leads to, or None."""
    match row:
        case ChangeRow():
            return row.place
        case ClaimRow(claim=claim):
            return claim.place
        case LeftOutRow(left_out=left_out):
            return left_out.place
        case _:
            return None


def copied_text(row: Row) -> str:
    """Return what of a row can be copied; empty where nothing can."""
    match row:
        case ChangeRow(change=change):
            return "" if change.after == NONE else change.after
        case FactLine(value=value):
            return value
        case CodeText(text=text):
            return text
        case ClaimRow(claim=claim):
            return claim.value
        case TextLine(text=text) | EmptyRow(text=text) | HeadingRow(text=text):
            return text
        case LeftOutRow(left_out=left_out):
            return left_out.message
        case CommandRow(copied=copied):
            return copied
        case ClaimHeads():
            return ""
        case _:
            assert_never(row)


def _spoken_change(row: ChangeRow) -> str:
    change = row.change
    text = translate("Changes", "{name}, {before} → {after}, set by {place}")
    said = text.format(
        name=visible_line(change.name),
        before=visible_line(side_words(change.before)),
        after=visible_line(side_words(change.after)),
        place=row.set_by,
    )
    if change.lost:
        said += translate("Changes", ", lost: its handler broke off")
    return said + (translate("Changes", ", new") if change.new else "")


def _spoken_of_token(row: ClaimHeads | ClaimRow | LeftOutRow) -> str:
    match row:
        case ClaimHeads():
            return translate("Tokens", "Columns: claim, value, set by")
        case ClaimRow(claim=claim):
            return _spoken_claim(claim)
        case LeftOutRow(left_out=left_out):
            said = translate("Tokens", "Left out: {message}").format(message=left_out.message)
            return f"{visible(said)} {left_out.set_by}".rstrip()
        case _:
            assert_never(row)


def _spoken_claim(claim: ShownClaim) -> str:
    text = translate("Tokens", "{name}, {value}, set by {place}")
    said = text.format(
        name=visible_line(claim.name), value=visible_line(claim.value), place=claim.set_by
    )
    return f"{said}, {claim.replaced}" if claim.replaced else said
