"""Asks for the name and the folder of a new flow, and what it begins with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget
from typing_extensions import override

from loginwright_designer.code_editor.announcement import announce
from loginwright_designer.controls.buttons import Button
from loginwright_designer.dialogs.answered_sheet import AnsweredSheet
from loginwright_designer.dialogs.form_rows import FormRow, beside
from loginwright_designer.dialogs.sheet_parts import MessageRow
from loginwright_designer.document.new_flow import (
    NewFlowWanted,
    beginnings,
    folder_kind,
    plan_new_flow,
    proposed_folder,
    typed_folder,
)
from loginwright_designer.theme.marks import State

if TYPE_CHECKING:
    from loginwright_designer.document.folder import SaveRefused
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class NewFlowSheet(AnsweredSheet):
    """Name, folder, beginning; the folder follows the name until somebody types one.

    Args:
        theme: The colours.
        host: The window.
    """

    flow_wanted = Signal(object)  # NewFlowWanted: make it; the sheet stays until it is closed

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, translate("NewFlow", "New flow"), "file-plus", 560)
        self._own_folder = False
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.name.textEdited.connect(self._on_name)
        self.folder = QLineEdit()
        self.folder.setProperty("text_style", "value")
        self.folder.setAccessibleName(translate("NewFlow", "Folder"))
        self.folder.textEdited.connect(self._on_folder)
        self.choose = Button(theme, translate("NewFlow", "Choose…"))
        self.choose.clicked.connect(self._on_choose)
        self.beginning = QComboBox()
        for one in beginnings():
            self.beginning.addItem(one.title, one.sample)
        self.body.addWidget(FormRow(theme, translate("NewFlow", "Name"), self.name))
        place = beside(theme, self.folder, self.choose)
        self.place = FormRow(theme, translate("NewFlow", "Folder"), place)
        self.body.addWidget(self.place)
        self.body.addWidget(FormRow(theme, translate("NewFlow", "Begin with"), self.beginning))
        self.failure = MessageRow(theme, State.ERROR)
        self.body.addWidget(self.failure)
        self.failure.hide()
        self.body.addStretch(1)
        self.cancel_button = Button(theme, translate("NewFlow", "Cancel"))
        self.cancel_button.clicked.connect(self.close_sheet)
        make = translate("NewFlow", "Make flow")
        self.make_button = Button(theme, make, kind="primary", shortcut="Enter")
        self.make_button.clicked.connect(self._on_make)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel_button)
        self.footer.addWidget(self.make_button)

    def open_new(self) -> None:
        """Open with empty fields; the keyboard is on the name."""
        self._own_folder = False
        self.name.clear()
        self.folder.setText(proposed_folder("new flow"))
        self.beginning.setCurrentIndex(0)
        self.failure.hide()
        self._update()
        self.open(self.name)

    def show_failure(self, refused: SaveRefused) -> None:
        """Say why it could not be made."""
        first = refused.problems[0]
        self.failure.show_message(first.message, first.remedy)
        self.failure.show()
        self._update()
        announce(self, f"{first.message} {first.remedy}")
        self.folder.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    @override
    def answer(self) -> None:
        self._on_make()

    def _on_name(self, name: str) -> None:
        if not self._own_folder:
            self.folder.setText(proposed_folder(name or "new flow"))
        self._update()

    def _on_folder(self, _text: str) -> None:
        self._own_folder = True
        self.failure.hide()
        self._update()

    def _on_choose(self) -> None:
        dialog = QFileDialog(self, translate("NewFlow", "Folder of the new flow"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, folder: str) -> None:
        self.folder.setText(folder)
        self._on_folder(folder)

    def _on_make(self) -> None:
        if not self.make_button.isEnabled():
            return
        sample = self.beginning.currentData()
        chosen = sample if isinstance(sample, str) else None
        self.make_button.setEnabled(False)
        name = self.name.text().strip()
        self.flow_wanted.emit(NewFlowWanted(name, typed_folder(self.folder.text()), chosen))

    def _update(self) -> None:
        plan = plan_new_flow(self.name.text(), folder_kind(self.folder.text()))
        self.place.show_note(plan.where)
        self.make_button.setEnabled(plan.can_make)
        self.fit()
