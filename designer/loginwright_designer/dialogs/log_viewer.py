"""Shows the designer's own log, to be copied or saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel
from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.dialogs.form_rows import note_label
from loginwright_designer.dialogs.sheet_parts import CodeText, copy_text
from loginwright_designer.dialogs.text_file import TextFile
from loginwright_designer.document.log_ring import log_text
from loginwright_designer.simulation.visible_text import visible
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loginwright_designer.document.log_ring import LogLine
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class LogViewer(Sheet):
    """The last lines of the log; no value of a secret stands in them.

    Args:
        theme: The colours.
        host: The window.
    """

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, translate("LogViewer", "Log"), "scroll-text", 880)
        self._lines: tuple[LogLine, ...] = ()
        self._file = TextFile(self, "loginwright-log.txt")
        said = translate(
            "LogViewer",
            "What the designer noted since it was started. Values of secrets are masked.",
        )
        self.text = CodeText(theme, translate("LogViewer", "Log lines"), most=24, yields=True)
        self.body.addWidget(note_label(said))
        self.body.addWidget(self.text)
        self._said = ElidedLabel("", TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        self.copy_button = Button(theme, translate("LogViewer", "Copy"), icon="copy")
        self.copy_button.clicked.connect(self._on_copy)
        self.save_button = Button(theme, translate("LogViewer", "Save…"), icon="save")
        self.save_button.clicked.connect(self._on_save)
        self.done_button = Button(theme, translate("LogViewer", "Done"), kind="primary")
        self.done_button.clicked.connect(self.close_sheet)
        self.footer.addWidget(self._said, 1)
        for button in (self.copy_button, self.save_button, self.done_button):
            self.footer.addWidget(button)

    def show_lines(self, lines: tuple[LogLine, ...]) -> None:
        """Show lines, the newest at the end and in view."""
        self._lines = lines
        nothing = translate("LogViewer", "Nothing was noted yet.")
        self.text.show_text(visible(log_text(lines)) or nothing)
        self.copy_button.setEnabled(bool(lines))
        self.save_button.setEnabled(bool(lines))
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum())
        self.fit()

    def add_line(self, line: LogLine) -> None:
        """Show one more line at the end."""
        self.show_lines((*self._lines, line))

    def _on_copy(self) -> None:
        copy_text(log_text(self._lines))
        self._said.setText(translate("LogViewer", "Copied"))

    def _on_save(self) -> None:
        dialog = self._file.chooser()
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, file: str) -> None:
        self._said.setText(self._file.write(file, log_text(self._lines)))
