"""Name, id, file, language and switch of an action, as rows with a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from loginwright_designer.controls.buttons import Button, Switch
from loginwright_designer.controls.labels import ElidedLabel, text_label
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.document.action_summary import ActionSummary
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class ActionFacts(QWidget):
    """The first part of *Action*.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    name_typed = Signal(str)
    """Another name, when the field is left or Enter is pressed."""
    switched = Signal(bool)
    """The action was turned on or off."""
    file_pressed = Signal()
    """The user asked for the code."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = ""
        self.name = QLineEdit()
        self.name.setAccessibleName(translate("Action", "Name of the action"))
        self.name.editingFinished.connect(self._on_name_finished)
        self.id = ElidedLabel("", TextStyle.VALUE)
        self.file = Button(theme, "", kind="link")
        self.file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.file.clicked.connect(self.file_pressed)
        self.language = ElidedLabel()
        self.enabled = Switch(theme, translate("Action", "Enabled"))
        self.enabled.clicked.connect(self.switched)
        self._on_off = text_label()
        self._switch = switch = QHBoxLayout()
        switch.addWidget(self.enabled)
        switch.addWidget(self._on_off, 1)
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._add(translate("Action", "Name"), self.name)
        self._add(translate("Action", "Id"), self.id)
        self._add(translate("Action", "File"), self.file)
        self._add(translate("Action", "Language"), self.language)
        self._label(translate("Action", "Enabled"))
        self._grid.addLayout(switch, len(self._labels) - 1, 1)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_action(self, summary: ActionSummary) -> None:
        """Show an action; while another name is being typed, the field keeps it."""
        other = summary.id != self.id.whole_text()
        if other or not self.name.isModified():
            self.name.setText(summary.name)
            self.name.setCursorPosition(0)
        self._name = summary.name
        self.id.setText(summary.id)
        self.file.show_text(summary.file_name)
        text = translate("Action", "Open {file}").format(file=summary.file)
        self.file.setAccessibleName(text)
        self.file.setToolTip(summary.file)
        self.language.setText(summary.language)
        self.enabled.setChecked(summary.enabled)
        on, off = translate("Action", "On"), translate("Action", "Off")
        self._on_off.setText(on if summary.enabled else off)

    def _add(self, name: str, widget: QWidget) -> None:
        self._label(name)
        self._grid.addWidget(widget, len(self._labels) - 1, 1)

    def _label(self, name: str) -> None:
        label = text_label(name, TextStyle.BODY, Role.TEXT_SECONDARY)
        self._grid.addWidget(label, len(self._labels), 0, Qt.AlignmentFlag.AlignVCenter)
        self._labels.append(label)

    def _on_name_finished(self) -> None:
        typed = " ".join(self.name.text().split())
        self.name.setModified(False)
        if not typed:
            self.name.setText(self._name)
        elif typed != self._name:
            self.name_typed.emit(typed)

    def _fit(self) -> None:
        self._grid.setHorizontalSpacing(self._theme.px(12))
        self._grid.setVerticalSpacing(self._theme.px(4))
        self._switch.setSpacing(self._theme.px(8))
        for value in (self.id, self.language):
            # Link and switch have room inside for a ring around them; words begin where theirs do.
            value.setContentsMargins(self._theme.px(2), 0, 0, 0)
        self._grid.setColumnMinimumWidth(0, self._theme.px(84))
        for row in range(len(self._labels)):
            self._grid.setRowMinimumHeight(row, self._theme.px(28))
