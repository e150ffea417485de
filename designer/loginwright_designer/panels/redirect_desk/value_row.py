"""A claim or another field of an answer: its name, its value, and where the code reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import IconButton
from loginwright_designer.controls.labels import restyle, text_label
from loginwright_designer.controls.passing_menus import open_menu
from loginwright_designer.panels.redirect_desk.desk_row import LEAST_VALUE, DeskRow
from loginwright_designer.simulation.answer_edits import json_value
from loginwright_designer.simulation.desk import AnswerField
from loginwright_designer.simulation.desk_words import value_text
from loginwright_designer.simulation.scenario_members import UnusableText
from loginwright_designer.simulation.visible_text import visible_line
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


def value_edit(name: str, text: str = "") -> QLineEdit:
    """Return a field for a value, in the editor's font."""
    edit = QLineEdit(text)
    edit.setProperty("text_style", TextStyle.VALUE.value)
    edit.setAccessibleName(name)
    edit.setCursorPosition(0)
    return edit


class ValueRow(QWidget):
    """A field of an answer; what cannot be used stays in it, with the reason below.

    Args:
        theme: The colours.
        shown: The field; one without a name has a field for its name too.
        parent: Qt's owner.
    """

    edited = Signal()  # another name or value, or one that cannot be used
    removed = Signal()  # the field is not to be sent
    line_opened = Signal(int)  # the line that reads it

    def __init__(self, theme: Theme, shown: AnswerField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._field = shown
        self._is_json = not isinstance(shown.value, str)
        self._unusable = ""
        self.line = DeskRow(theme, visible_line(shown.name), code=True)
        self.name_edit: QLineEdit | None = None
        if not shown.name:
            self._add_name()
        self.edit = value_edit(shown.name, value_text(shown.value))
        self.edit.textEdited.connect(self._on_edited)
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.edit.customContextMenuRequested.connect(self._on_menu)
        self.line.row.add(self.edit, grows=True, least=theme.px(LEAST_VALUE))
        self._kind = self.line.add_note("")
        if shown.read_at:
            self._add_link(shown)
        self.menu_button = self._new_menu()
        self.line.row.add(self.menu_button)
        self.menu_button.setVisible(not shown.read_at)
        self._reason = text_label("", TextStyle.SECONDARY, Role.DANGER, wrap=True)
        self._reason.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(2))
        rows.addWidget(self.line)
        rows.addWidget(self._reason)
        self._show_kind()

    @property
    def field(self) -> AnswerField:
        """The field as it was last usable."""
        return self._field

    @property
    def problem(self) -> str:
        """Why what stands there cannot be sent; empty where it can."""
        return self._unusable

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.edit.text()

    def set_read_only(self, read_only: bool) -> None:
        """Let it be read, but not edited."""
        self.edit.setReadOnly(read_only)
        if read_only:
            self.edit.setCursorPosition(0)
        self.menu_button.setEnabled(not read_only)
        if self.name_edit is not None:
            self.name_edit.setReadOnly(read_only)

    def show_problem(self, reason: str) -> None:
        """Say why it cannot be sent; empty when it can."""
        if reason == self._unusable:
            return
        self._unusable = reason
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.edit.setProperty("invalid", "true" if reason else None)
        self.edit.setAccessibleDescription(reason)
        restyle(self.edit)

    def _add_name(self) -> None:
        self.line.name.hide()
        self.name_edit = value_edit(translate("RedirectDesk", "Name"))
        self.name_edit.setPlaceholderText(translate("RedirectDesk", "name"))
        self.name_edit.textEdited.connect(self._on_edited)
        self.line.row.add(self.name_edit, least=self._theme.px(LEAST_VALUE))

    def _add_link(self, shown: AnswerField) -> None:
        line = shown.read_at[0]
        text = translate("RedirectDesk", "read at line {line}").format(line=line)
        every = ", ".join(map(str, shown.read_at))
        whole = translate("RedirectDesk", "{name}, read at line {lines}")
        link = self.line.add_link(text, whole.format(name=shown.name, lines=every))
        link.setToolTip(translate("RedirectDesk", "read at line {lines}").format(lines=every))
        link.clicked.connect(lambda: self.line_opened.emit(line))

    def _new_menu(self) -> IconButton:
        button = IconButton(self._theme, "ellipsis", self._menu_name(), size=28)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = self._menu = QMenu(button)
        self._as_json = menu.addAction(translate("RedirectDesk", "The value is JSON"))
        self._as_json.setCheckable(True)
        self._as_json.setChecked(self._is_json)
        self._as_json.toggled.connect(self._on_kind)
        menu.addSeparator()
        remove = menu.addAction(translate("RedirectDesk", "Leave out"))
        remove.triggered.connect(lambda _on: self.removed.emit())
        button.setMenu(menu)
        return button

    def _on_menu(self, place: QPoint) -> None:
        """Offer the same beside what every field offers."""
        standard = self.edit.createStandardContextMenu()
        if not self.edit.isReadOnly():
            standard.addSeparator()
            standard.addActions(self._menu.actions())
        open_menu(standard, self.edit.mapToGlobal(place))

    def _menu_name(self) -> str:
        name = self._field.name or translate("RedirectDesk", "new field")
        return translate("RedirectDesk", "More about {name}").format(name=name)

    def _on_kind(self, is_json: bool) -> None:
        self._is_json = is_json
        self._show_kind()
        self._on_edited()

    def _show_kind(self) -> None:
        self._kind.setText(translate("RedirectDesk", "JSON") if self._is_json else "")
        self._kind.setVisible(self._is_json)
        name = self._field.name or translate("RedirectDesk", "Value")
        said = translate("RedirectDesk", "{name}, JSON") if self._is_json else "{name}"
        self.edit.setAccessibleName(said.format(name=name))

    def _on_edited(self) -> None:
        name = self._field.name
        if self.name_edit is not None:
            name = self.name_edit.text().strip()
        text = self.edit.text()
        reason = ""
        value = self._field.value
        try:
            value = json_value(text) if self._is_json else text
        except UnusableText as error:
            reason = str(error)
        self._field = AnswerField(name, value, self._field.read_at)
        self.show_problem(reason)
        self._show_kind()
        self.menu_button.show_name(self._menu_name())
        self.edited.emit()

    def focus(self) -> None:
        """Give the keyboard to what is to be typed first."""
        wanted = self.edit if self.name_edit is None else self.name_edit
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        wanted.selectAll()
