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
    proposed_name,
    typed_folder,
)
from loginwright_designer.simulation.visible_text import visible_line
from loginwright_designer.theme.marks import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from loginwright_designer.document.folder import SaveRefused
    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.errors import Problem

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
        self._beginnings = beginnings()
        self.beginning = QComboBox()
        self.beginning.addItems([one.title for one in self._beginnings])
        self.beginning.currentIndexChanged.connect(self._on_beginning)
        self.export = QLineEdit()
        self.export.setProperty("text_style", "value")
        self.export.setAccessibleName(translate("NewFlow", "Export"))
        self.export.textEdited.connect(self._on_export)
        self.choose_export = Button(theme, translate("NewFlow", "Choose…"))
        self.choose_export.setAccessibleName(translate("NewFlow", "Choose the export…"))
        self.choose_export.clicked.connect(self._on_choose_export)
        self.body.addWidget(FormRow(theme, translate("NewFlow", "Name"), self.name))
        place = beside(theme, self.folder, self.choose)
        self.place = FormRow(theme, translate("NewFlow", "Folder"), place)
        self.body.addWidget(self.place)
        self.body.addWidget(FormRow(theme, translate("NewFlow", "Begin with"), self.beginning))
        exported = beside(theme, self.export, self.choose_export)
        self.export_row = FormRow(theme, translate("NewFlow", "Export"), exported)
        self.export_row.show_note(
            translate(
                "NewFlow",
                "The folder that the deployment tool wrote, which holds triggers/triggers.json. "
                "Values of secrets are not taken.",
            )
        )
        self.body.addWidget(self.export_row)
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

    def open_new(self, export: Path | None = None) -> None:
        """Open with empty fields; the keyboard is on the name.

        Args:
            export: Begin with this export of a tenant.
        """
        self._own_folder = False
        name = "" if export is None else proposed_name(export)
        self.name.setText(name)
        self.folder.setText(proposed_folder(name or "new flow"))
        self.beginning.setCurrentIndex(0 if export is None else len(self._beginnings) - 1)
        self.export.setText("" if export is None else str(export))
        self.export_row.setVisible(export is not None)
        self.failure.hide()
        self._update()
        self.open(self.name)

    def show_failure(self, refused: SaveRefused) -> None:
        """Say why it could not be made."""
        first = refused.problems[0]
        message = visible_line(first.message if not self._begins_with_export else _placed(first))
        self.failure.show_message(message, first.remedy)
        self.failure.show()
        self._update()
        announce(self, f"{message} {first.remedy}")
        at_fault = self.export if self._begins_with_export else self.folder
        at_fault.setFocus(Qt.FocusReason.OtherFocusReason)
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

    @property
    def _begins_with_export(self) -> bool:
        return self._beginnings[self.beginning.currentIndex()].is_export

    def _on_beginning(self, _index: int) -> None:
        self.export_row.setVisible(self._begins_with_export)
        self.failure.hide()
        self._update()

    def _on_export(self, _text: str) -> None:
        self.failure.hide()
        self._update()

    def _on_choose_export(self) -> None:
        title = translate("NewFlow", "Folder that the deployment tool wrote")
        self._choose_folder(title, self._on_export_chosen)

    def _on_export_chosen(self, folder: str) -> None:
        self.export.setText(folder)
        if not self.name.text().strip():
            self.name.setText(proposed_name(Path(folder)))
            self._on_name(self.name.text())
        self._on_export(folder)

    def _on_choose(self) -> None:
        self._choose_folder(translate("NewFlow", "Folder of the new flow"), self._on_chosen)

    def _choose_folder(self, title: str, then: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(then)
        dialog.open()

    def _on_chosen(self, folder: str) -> None:
        self.folder.setText(folder)
        self._on_folder(folder)

    def _on_make(self) -> None:
        if not self.make_button.isEnabled():
            return
        chosen = self._beginnings[self.beginning.currentIndex()]
        export = typed_folder(self.export.text()) if chosen.is_export else None
        self.make_button.setEnabled(False)
        name, folder = self.name.text().strip(), typed_folder(self.folder.text())
        self.flow_wanted.emit(NewFlowWanted(name, folder, chosen.sample, export))

    def _update(self) -> None:
        export = self.export.text() if self._begins_with_export else None
        plan = plan_new_flow(self.name.text(), folder_kind(self.folder.text()), export=export)
        self.place.show_note(plan.where)
        self.make_button.setEnabled(plan.can_make)
        self.fit()


def _placed(problem: Problem) -> str:
    """Return what is wrong with an export, behind the file and the line where it is."""
    if problem.file is None:
        return problem.message
    line = "" if problem.line is None else f":{problem.line}"
    return f"{problem.file}{line}: {problem.message}"
