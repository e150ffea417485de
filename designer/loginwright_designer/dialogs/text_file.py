"""Saves a text where its user says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QIODevice, QSaveFile, Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

translate = QCoreApplication.translate


class TextFile:
    """Asks where a text is to be saved, and writes it; nothing waits for the answer.

    Args:
        owner: Whom the chooser belongs to.
        name: The file's name as it is proposed.
    """

    def __init__(self, owner: QWidget, name: str) -> None:
        self._owner = owner
        self._name = name

    def chooser(self) -> QFileDialog:
        """Return the chooser; ``open`` shows it."""
        dialog = QFileDialog(self._owner, translate("TextFile", "Save as"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(str(Path.home()))
        dialog.selectFile(self._name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def write(self, file: str, text: str) -> str:
        """Write a text in one step; return what came of it, one sentence."""
        stream = QSaveFile(file)
        if stream.open(QIODevice.OpenModeFlag.WriteOnly):
            stream.write(text.encode())
            if stream.commit():
                return translate("TextFile", "Saved as {file}").format(file=Path(file).name)
        words = translate("TextFile", "Not saved: {reason}. Choose another place.")
        return words.format(reason=stream.errorString())
