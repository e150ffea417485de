"""The console's rows as Qt's list model, with the words that are spoken and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from typing_extensions import override

from loginwright_designer.controls.model_index import NOWHERE
from loginwright_designer.controls.rows_model import ROW_ROLE, RowsModel
from loginwright_designer.panels.bottom.row_painting import plain_tip
from loginwright_designer.simulation.console_lines import (
    ConsoleLevel,
    ConsoleLine,
    ConsoleRow,
    LegBreak,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


LATER_ROLE = ROW_ROLE + 1
"""Whether the row is later than the step that is looked at."""

translate = QCoreApplication.translate


def level_word(level: ConsoleLevel) -> str:
    """Return a level's word, as it stands before a line."""
    match level:
        case ConsoleLevel.ERROR:
            return translate("Console", "Error")
        case ConsoleLevel.WARNING:
            return translate("Console", "Warning")
        case ConsoleLevel.INFO:
            return translate("Console", "Info")
        case ConsoleLevel.DEBUG:
            return translate("Console", "Debug")


def later_word() -> str:
    """Say that a line was printed after the step that is looked at."""
    return translate("Console", "later")


def break_words(row: LegBreak) -> str:
    """Say that the login was away between two lines, and which leg begins."""
    leg = translate("Console", "leg {leg}").format(leg=row.leg)
    if not row.host:
        return translate("Console", "Came back · {leg}").format(leg=leg)
    text = translate("Console", "Away at {host}, {away} · {leg}")
    return text.format(host=row.host, away=row.away, leg=leg)


def one_line(text: str, most: int = 500) -> str:
    """Return a text as one line, and no more of it than can be seen."""
    cut = text[: most + 1]
    return " ↵ ".join(cut[:most].splitlines()) + ("…" if len(cut) > most else "")


def spoken_row(row: ConsoleRow, *, later: bool) -> str:
    """Return a row in words."""
    if isinstance(row, LegBreak):
        said = [break_words(row)]
    else:
        said = [level_word(row.level), one_line(row.text), row.code, row.place]
    return ", ".join([part for part in said if part] + ([later_word()] if later else []))


class ConsoleModel(RowsModel[ConsoleRow]):
    """The rows that a filter left.

    Args:
        parent: Qt's owner of this object.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._position: int | None = None

    @property
    def position(self) -> int | None:
        """``seq`` of the last entry of the step that is looked at; None is now."""
        return self._position

    def show_filtered(self, rows: Sequence[ConsoleRow], *, grows: bool) -> None:
        """Show other rows.

        Args:
            rows: All that the filter left.
            grows: They begin with those that are shown.
        """
        before = len(self._rows)
        if grows and len(rows) >= before:
            if len(rows) > before:
                self.beginInsertRows(NOWHERE, before, len(rows) - 1)
                self._rows = tuple(rows)
                self.endInsertRows()
            return
        self.show_rows(rows)

    def show_position(self, position: int | None) -> None:
        """Tell the rows that are later than a step from those that are not."""
        if position != self._position:
            self._position = position
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def is_later(self, row: ConsoleRow) -> bool:
        """Tell whether a row is later than the step that is looked at."""
        return self._position is not None and row.seq > self._position

    @override
    def told(self, row: ConsoleRow, role: int) -> object:
        if role == LATER_ROLE:
            return self.is_later(row)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(row.text) if isinstance(row, ConsoleLine) else break_words(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken_row(row, later=self.is_later(row))
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(row.text if isinstance(row, ConsoleLine) else break_words(row))
            case _:
                return None
