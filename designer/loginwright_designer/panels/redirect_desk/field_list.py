"""Claims or other fields of an answer, below each other, and adding one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.panels.redirect_desk.desk_row import name_width
from loginwright_designer.panels.redirect_desk.value_row import ValueRow
from loginwright_designer.simulation.desk import AnswerField

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class FieldList(QWidget):
    """Fields of an answer; one without a name is not part of it yet.

    Args:
        theme: The colours.
        add_words: What adding one is called, "Add claim".
        parent: Qt's owner.
    """

    edited = Signal()  # another name or value
    line_opened = Signal(int)  # the line that reads a field

    def __init__(self, theme: Theme, add_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._read_only = False
        self._shown: tuple[AnswerField, ...] = ()
        self.rows: list[ValueRow] = []
        self.add_button = Button(theme, add_words, kind="link", icon="plus")
        self.add_button.clicked.connect(self._on_add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._fit()
        theme.theme_changed.connect(self._fit)

    @property
    def fields(self) -> tuple[AnswerField, ...]:
        """The fields that have a name."""
        return tuple(row.field for row in self.rows if row.field.name)

    @property
    def problem(self) -> str:
        """Why the fields cannot be sent; empty where they can."""
        return next((row.problem for row in self.rows if row.problem), "")

    @property
    def names(self) -> tuple[str, ...]:
        """What stands in the first column."""
        return tuple(row.field.name for row in self.rows)

    def show_fields(self, fields: tuple[AnswerField, ...]) -> None:
        """Show other fields; the same ones stay as they are, with what is typed in them."""
        if fields == self.fields:
            return
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for field in fields:
            self._append(field)
        self._fit()

    def set_read_only(self, read_only: bool) -> None:
        """Let them be read, but not edited."""
        self._read_only = read_only
        self.add_button.setEnabled(not read_only)
        for row in self.rows:
            row.set_read_only(read_only)

    def set_name_width(self, width: int) -> None:
        """Give the first column another width, in pixels."""
        for row in self.rows:
            row.line.set_name_width(width)

    def _append(self, field: AnswerField) -> ValueRow:
        row = ValueRow(self._theme, field)
        row.set_read_only(self._read_only)
        row.edited.connect(self._on_edited)
        row.removed.connect(lambda: self._on_removed(row))
        row.line_opened.connect(self.line_opened)
        self.rows.append(row)
        self._column.addWidget(row)
        self.setVisible(True)
        return row

    def _on_add(self) -> None:
        row = self._append(AnswerField("", ""))
        row.line.set_name_width(name_width(self._theme, self.names))
        row.show()
        row.focus()

    def _on_removed(self, row: ValueRow) -> None:
        index = self.rows.index(row)
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self.setVisible(bool(self.rows))
        near = self.rows[min(index, len(self.rows) - 1)].edit if self.rows else self.add_button
        near.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_edited()

    def _on_edited(self) -> None:
        """Say so, after looking for two fields of one name."""
        seen: set[str] = set()
        twice = translate("RedirectDesk", "There is a field of this name above.")
        for row in self.rows:
            if row.field.name in seen:
                row.show_problem(twice)
            elif row.problem == twice:
                row.show_problem("")
            seen.add(row.field.name)
        self.edited.emit()

    def _fit(self) -> None:
        self._column.setSpacing(self._theme.px(4))
