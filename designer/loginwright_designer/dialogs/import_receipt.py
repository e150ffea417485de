"""What an import says when it is done: what was taken, what was not, what is still to do."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import text_label
from loginwright_designer.controls.sheet import Sheet
from loginwright_designer.dialogs.sheet_parts import CodeText, MessageRow, SheetPart, copy_text
from loginwright_designer.simulation.visible_text import visible_line
from loginwright_designer.theme.marks import State
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from loginwright_designer.theme.theme import Theme
    from loginwright_runtime.flow.platform_import import ImportedFlow, LeftOut

translate = QCoreApplication.translate


class ImportReceipt(Sheet):
    """Tells about a flow that was made of an export; it stands until it is closed.

    Args:
        theme: The colours.
        host: The window.
        imported: What was made.
        folder: Where it stands.
    """

    def __init__(self, theme: Theme, host: QWidget, imported: ImportedFlow, folder: Path) -> None:
        super().__init__(theme, host, translate("ImportReceipt", "Imported"), "check", 640)
        self._install = ""
        self._part("", [_taken(imported)])
        if imported.left_out:
            title = translate("ImportReceipt", "Not in the flow")
            self._part(title, [_left_out(one) for one in imported.left_out])
        for problem in imported.problems:
            row = MessageRow(theme, State.WARNING)
            row.show_message(visible_line(problem.message), visible_line(problem.remedy))
            part = SheetPart(theme)
            part.rows.addWidget(row)
            self.body.addWidget(part)
        if imported.packages:
            self._show_packages(folder)
        secrets = sorted({name for one in imported.flow.actions for name in one.secrets})
        if secrets:
            title = translate("ImportReceipt", "Secrets to fill in")
            self._part(title, [visible_line(", ".join(secrets))])
        self.body.addStretch(1)
        done = translate("ImportReceipt", "Done")
        self.done_button = Button(theme, done, kind="primary", shortcut="Enter")
        self.done_button.clicked.connect(self.close_sheet)
        self.footer.addStretch(1)
        self.footer.addWidget(self.done_button)
        self._reach_the_edges()
        theme.theme_changed.connect(self._reach_the_edges)

    def _reach_the_edges(self) -> None:
        """Leave the room at the sides to its parts."""
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)

    def _part(self, title: str, lines: Sequence[str]) -> None:
        part = SheetPart(self._theme, title)
        for line in lines:
            part.rows.addWidget(text_label(line, TextStyle.BODY, wrap=True, selectable=True))
        self.body.addWidget(part)

    def _show_packages(self, folder: Path) -> None:
        part = SheetPart(self._theme, translate("ImportReceipt", "Packages to install"))
        self._install = f"npm install --prefix {shlex.quote(str(folder))}"
        note = translate("ImportReceipt", "They stand in package.json. In a terminal:")
        part.rows.addWidget(text_label(note, TextStyle.SECONDARY, Role.TEXT_SECONDARY, wrap=True))
        command = CodeText(self._theme, translate("ImportReceipt", "Command"))
        command.show_text(self._install)
        part.rows.addWidget(command)
        copy = translate("ImportReceipt", "Copy the command")
        self.copy_button = Button(self._theme, copy, icon="copy", kind="quiet")
        self.copy_button.clicked.connect(lambda: copy_text(self._install))
        self.footer.addWidget(self.copy_button)
        self.body.addWidget(part)


def _taken(imported: ImportedFlow) -> str:
    names = ", ".join(action.name for action in imported.flow.actions)
    words = translate("ImportReceipt", "{count} actions, in the platform's order: {names}.")
    if len(imported.flow.actions) == 1:
        words = translate("ImportReceipt", "1 action: {names}.")
    return visible_line(words.format(count=len(imported.flow.actions), names=names))


def _left_out(one: LeftOut) -> str:
    return visible_line(f"{one.name}: {one.reason}.")
