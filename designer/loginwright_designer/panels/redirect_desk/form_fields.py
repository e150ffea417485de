"""Names and values of a form's answer, to be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button, IconButton
from loginwright_designer.controls.labels import ElidedLabel
from loginwright_designer.panels.redirect_desk.desk_row import LEAST_VALUE, name_width
from loginwright_designer.panels.redirect_desk.desk_title import DeskTitle
from loginwright_designer.panels.redirect_desk.wrapping_row import RowWidget
from loginwright_designer.simulation.desk import AnswerField
from loginwright_designer.simulation.second_factor_desk import field_text, field_value
from loginwright_designer.theme.roles import TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class _FieldRow(RowWidget):
    """One field: its name, which can be typed where it is new, its value, and who reads it."""

    removed = Signal(object)  # the row itself
    line_opened = Signal(int)  # where the handler reads it

    def __init__(self, theme: Theme, one: AnswerField, parent: QWidget | None = None) -> None:
        super().__init__(theme.px(8), parent=parent)
        self._theme = theme
        self._field = one
        self.name: ElidedLabel | QLineEdit
        if one.name:
            self.name = ElidedLabel(one.name, TextStyle.VALUE)
        else:
            self.name = QLineEdit()
            self.name.setProperty("text_style", "value")
            self.name.setPlaceholderText(translate("SecondFactorDesk", "name"))
            self.name.setAccessibleName(translate("SecondFactorDesk", "Name of the new field"))
        self.row.add(self.name)
        self.value = QLineEdit(field_text(one.value))
        self.value.setProperty("text_style", "value")
        self.value.setCursorPosition(0)
        called = one.name or translate("SecondFactorDesk", "the new field")
        value_of = translate("SecondFactorDesk", "Value of {name}").format(name=called)
        self.value.setAccessibleName(one.name or value_of)
        self.value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.row.add(self.value, grows=True, least=theme.px(LEAST_VALUE))
        self.link: Button | None = None
        if one.read_at:
            text = translate("SecondFactorDesk", "read at line {line}").format(line=one.read_at[0])
            self.link = Button(theme, text, kind="link")
            self.link.setAccessibleName(f"{one.name}: {text}")
            line = one.read_at[0]
            self.link.clicked.connect(lambda: self.line_opened.emit(line))
            self.row.add(self.link)
        remove = translate("SecondFactorDesk", "Do not send {name}").format(name=called)
        self.remove = IconButton(theme, "x", remove, size=28)
        self.remove.clicked.connect(lambda: self.removed.emit(self))
        self.row.add(self.remove)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def field(self) -> AnswerField:
        """Return what is typed."""
        name = self.name.text().strip() if isinstance(self.name, QLineEdit) else self._field.name
        return AnswerField(name, field_value(self.value.text()), self._field.read_at)

    def set_editable(self, editable: bool) -> None:
        """Let it be typed in, or only read."""
        if isinstance(self.name, QLineEdit):
            self.name.setReadOnly(not editable)
        self.value.setReadOnly(not editable)
        if not editable:
            self.value.setCursorPosition(0)
        self.remove.setEnabled(editable)

    def _fit(self) -> None:
        self.row.setSpacing(self._theme.px(8))
        self.setMinimumHeight(self._theme.px(32))


class FormFields(QWidget):
    """A title, the fields under it, and one more on request.

    Args:
        theme: The colours.
        title: What the fields are.
        note: At the title's right.
        parent: Qt's owner.
    """

    line_opened = Signal(int)  # a line of the action's code

    def __init__(self, theme: Theme, title: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[_FieldRow] = []
        self._names: tuple[str, ...] = ()
        self._editable = True
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(DeskTitle(theme, title, note))
        text = translate("SecondFactorDesk", "Add field")
        self.add = Button(theme, text, kind="link", icon="plus")
        self.add.setAccessibleName(f"{text}: {title}")
        self.add.clicked.connect(self._on_add)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_fields(
        self, fields: tuple[AnswerField, ...], beside: tuple[AnswerField, ...] = ()
    ) -> None:
        """Show other fields.

        Args:
            fields: Which.
            beside: Fields of a neighbour, whose names take as much room.
        """
        self._names = tuple(one.name for one in beside)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for one in fields:
            self._append(one)
        self._fit()

    def fields(self) -> tuple[AnswerField, ...]:
        """Return what is typed."""
        return tuple(row.field() for row in self._rows)

    def values(self) -> tuple[QLineEdit, ...]:
        """Return the fields that values are typed in, in order."""
        return tuple(row.value for row in self._rows)

    def set_editable(self, editable: bool) -> None:
        """Let the fields be typed in, or only read."""
        self._editable = editable
        self.add.setVisible(editable)
        for row in self._rows:
            row.set_editable(editable)

    def _append(self, one: AnswerField) -> _FieldRow:
        row = _FieldRow(self._theme, one)
        row.removed.connect(self._on_removed)
        row.line_opened.connect(self.line_opened)
        row.set_editable(self._editable)
        self._column.insertWidget(self._column.count() - 1, row)
        before = self._rows[-1].remove if self._rows else None
        if before is not None:
            QWidget.setTabOrder(before, row.name if not one.name else row.value)
        QWidget.setTabOrder(row.remove, self.add)
        self._rows.append(row)
        return row

    def _on_add(self) -> None:
        row = self._append(AnswerField(""))
        self._fit()
        row.name.setFocus()

    def _on_removed(self, row: _FieldRow) -> None:
        index = self._rows.index(row)
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        left = self._rows[min(index, len(self._rows) - 1)].value if self._rows else self.add
        left.setFocus()

    def _fit(self) -> None:
        self._column.setSpacing(self._theme.px(8))
        names = (*self._names, *(row.field().name for row in self._rows))
        width = name_width(self._theme, names)
        for row in self._rows:
            row.name.setFixedWidth(width)
