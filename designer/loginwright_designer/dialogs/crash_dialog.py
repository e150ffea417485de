"""Tells of a failure that nobody caught, and asks whether to go on."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel, IconLabel, text_label
from loginwright_designer.dialogs.sheet_parts import CodeText, copy_text
from loginwright_designer.dialogs.text_file import TextFile
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from loginwright_designer.crash_report_text import CrashReport
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


_REPORT_HEIGHT = 120
_MOST_HEIGHT = 560


class CrashAnswer(Enum):
    """What is to be done now."""

    GO_ON = auto()
    RESTART_LOGIN = auto()
    QUIT = auto()


class CrashDialog(QDialog):
    """A window of its own, because the main window may be what failed.

    The recovery copy has been written before; the report holds neither secrets nor personal data,
    and nothing sends it anywhere.

    Args:
        theme: The colours.
        report: What happened.
        login_runs: Whether a login is under way that can be started again.
        parent: The main window, or None.
    """

    def __init__(
        self,
        theme: Theme,
        report: CrashReport,
        *,
        login_runs: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._report = report
        self.answer = CrashAnswer.QUIT if report.fatal else CrashAnswer.GO_ON
        self.setWindowTitle(translate("CrashDialog", "Something failed"))
        self._file = TextFile(self, "loginwright-crash-report.txt")
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        icon = IconLabel(theme, "triangle-alert", Role.DANGER)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        title = translate("CrashDialog", "Something in Loginwright failed")
        words.addWidget(text_label(title, TextStyle.TITLE, wrap=True))
        said = translate(
            "CrashDialog",
            "What is not saved was copied first, and is offered again at the next start.",
        )
        if not report.fatal:
            more = translate("CrashDialog", "You can go on; save soon.")
            said = f"{said} {more}"
        words.addWidget(text_label(said, TextStyle.BODY, wrap=True))
        words.addWidget(ElidedLabel(report.title, TextStyle.SECONDARY, Role.TEXT_SECONDARY))
        head.addLayout(words, 1)
        self.text = CodeText(theme, translate("CrashDialog", "Report"), most=14, grows=True)
        self.text.show_text(report.text)
        free = translate(
            "CrashDialog",
            "The report holds no secrets and no personal data. Nothing sends it anywhere.",
        )
        rows = QVBoxLayout(self)
        side = theme.px(24)
        rows.setContentsMargins(side, side, side, theme.px(16))
        rows.setSpacing(theme.px(12))
        rows.addLayout(head)
        rows.addWidget(self.text, 1)
        rows.addWidget(text_label(free, TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True))
        self._said = ElidedLabel("", TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        rows.addWidget(self._said)
        self._said.hide()
        rows.addLayout(self._buttons(login_runs=login_runs))
        first = self.quit_button if report.fatal else self.go_on_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit(parent)

    def ask(self) -> CrashAnswer:
        """Show it and wait for an answer; closing it goes on where that is possible."""
        self.exec()
        return self.answer

    def _buttons(self, *, login_runs: bool) -> QHBoxLayout:
        theme, fatal = self._theme, self._report.fatal
        self.copy_button = Button(theme, translate("CrashDialog", "Copy"), icon="copy")
        self.copy_button.clicked.connect(self._on_copy)
        self.save_button = Button(theme, translate("CrashDialog", "Save…"), icon="save")
        self.save_button.clicked.connect(self._on_save)
        self.quit_button = Button(theme, translate("CrashDialog", "Quit"))
        self.quit_button.clicked.connect(lambda: self._end(CrashAnswer.QUIT))
        restart = translate("CrashDialog", "Restart login")
        self.restart_button = Button(theme, restart)
        self.restart_button.clicked.connect(lambda: self._end(CrashAnswer.RESTART_LOGIN))
        go_on = translate("CrashDialog", "Go on")
        self.go_on_button = Button(theme, go_on, kind="primary")
        self.go_on_button.clicked.connect(lambda: self._end(CrashAnswer.GO_ON))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button in (self.copy_button, self.save_button):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.quit_button, self.restart_button, self.go_on_button):
            row.addWidget(button)
        self.restart_button.setVisible(login_runs and not fatal)
        self.go_on_button.setVisible(not fatal)
        return row

    def _fit(self, parent: QWidget | None) -> None:
        width = self._theme.px(640)
        most = self._theme.px(_MOST_HEIGHT)
        height = min(self.heightForWidth(width) + self._theme.px(_REPORT_HEIGHT), most)
        screen = self.screen().availableGeometry() if self.screen() is not None else None
        if screen is not None:
            width, height = min(width, screen.width()), min(height, screen.height())
        if parent is not None:
            width = min(width, max(parent.width(), self.minimumSizeHint().width()))
        self.resize(width, height)

    def _end(self, answer: CrashAnswer) -> None:
        self.answer = answer
        self.accept()

    def _on_copy(self) -> None:
        copy_text(self._report.text)
        self._say(translate("CrashDialog", "Copied"))

    def _on_save(self) -> None:
        dialog = self._file.chooser()
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, file: str) -> None:
        self._say(self._file.write(file, self._report.text))

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()
