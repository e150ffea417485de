"""What shows and asks for secrets: made once, for whichever flow is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from loginwright_designer.dialogs.declare_secret_sheet import DeclareSecretSheet
from loginwright_designer.dialogs.secret_sheet import SecretSheet
from loginwright_designer.panels.secrets.clipboard_timer import ClipboardTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from loginwright_designer.document.secret_facts import SecretFacts
    from loginwright_designer.panels.secrets.secrets_panel import SecretsPanel
    from loginwright_designer.theme.theme import Theme


class SecretViews:
    """Panel, sheets, and the clipboard that forgets.

    Args:
        theme: The colours.
        window: Where sheets belong.
        panel: The side panel.
        facts_of: Returns what may be shown of a value that is being typed.
    """

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        panel: SecretsPanel,
        facts_of: Callable[[str], SecretFacts],
    ) -> None:
        self.panel = panel
        self.sheet = SecretSheet(theme, window, facts_of)
        self.declare = DeclareSecretSheet(theme, window)
        self.clipboard = ClipboardTimer(QGuiApplication.clipboard(), parent=window)

    def close(self) -> None:
        """Take a value off the clipboard, and away from the sheet."""
        self.clipboard.clear()
        for sheet in (self.sheet, self.declare):
            if sheet.is_open:
                sheet.close_sheet()
