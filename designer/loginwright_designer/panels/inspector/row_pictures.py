"""Finds the drawing of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from loginwright_designer.panels.inspector import plain_pictures as plain
from loginwright_designer.panels.inspector.change_picture import ChangePicture
from loginwright_designer.panels.inspector.claim_pictures import (
    ClaimHeadsPicture,
    ClaimPicture,
    LeftOutPicture,
)
from loginwright_designer.panels.inspector.row_values import (
    ChangeRow,
    ClaimHeads,
    ClaimRow,
    CodeText,
    CommandRow,
    EmptyRow,
    FactLine,
    HeadingRow,
    LeftOutRow,
    Row,
    TextLine,
)

if TYPE_CHECKING:
    from loginwright_designer.panels.inspector.row_look import RowPicture
    from loginwright_designer.theme.theme import Theme


def picture_of(row: Row, theme: Theme) -> RowPicture:
    """Return the drawing of a row."""
    match row:
        case ChangeRow():
            return ChangePicture(row, theme)
        case ClaimRow():
            return ClaimPicture(row, theme)
        case ClaimHeads():
            return ClaimHeadsPicture(row, theme)
        case LeftOutRow():
            return LeftOutPicture(row, theme)
        case _:
            return _plain(row, theme)


def _plain(
    row: HeadingRow | FactLine | TextLine | CodeText | EmptyRow | CommandRow, theme: Theme
) -> RowPicture:
    match row:
        case HeadingRow():
            return plain.HeadingPicture(row, theme)
        case FactLine():
            return plain.FactPicture(row, theme)
        case TextLine():
            return plain.TextPicture(row, theme)
        case CodeText():
            return plain.CodePicture(row, theme)
        case EmptyRow():
            return plain.EmptyPicture(row, theme)
        case CommandRow():
            return plain.CommandPicture(row, theme)
        case _:
            assert_never(row)
