"""*Tokens*: both tokens decoded, who set each claim, and what was left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.panels.inspector.claim_pictures import ClaimPicture, is_wide
from loginwright_designer.panels.inspector.row_list import RowList
from loginwright_designer.panels.inspector.row_values import (
    ClaimRow,
    CommandRow,
    Row,
    place_of,
)
from loginwright_designer.panels.inspector.token_rows import token_rows
from loginwright_designer.simulation.token_list import TokenList

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class TokensView(QWidget):
    """Shows a ``TokenList``.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    place_opened = Signal(object)
    """A ``SourcePlace``: the user asked for the line that set a claim."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown = TokenList()
        self._open: frozenset[tuple[str, str]] = frozenset()
        self._wide: bool | None = None
        self.list = RowList(theme, translate("Tokens", "Tokens"), self)
        self.list.link_pressed.connect(self._on_link_pressed)
        self.list.row_toggled.connect(self._on_row_toggled)
        self.list.viewport().installEventFilter(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.list)
        self.setFocusProxy(self.list)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.theme_changed.connect(self._lay_out)
        self._lay_out()

    @property
    def shown(self) -> TokenList:
        """What is shown."""
        return self._shown

    def show_tokens(self, shown: TokenList) -> None:
        """Show the tokens of a login at a step."""
        self._shown = shown
        self._lay_out()

    def _lay_out(self) -> None:
        self._wide = is_wide(self.list.viewport().width(), self._theme)
        self.list.show_rows(token_rows(self._shown, self._open, wide=self._wide))

    def _on_link_pressed(self, row: Row) -> None:
        place = place_of(row)
        if place is not None:
            self.place_opened.emit(place)
        elif isinstance(row, CommandRow) and row.copied:
            QGuiApplication.clipboard().setText(row.copied)
        elif isinstance(row, ClaimRow):
            self._toggle(row)

    def _on_row_toggled(self, number: int) -> None:
        row = self.list.rows[number]
        if isinstance(row, ClaimRow):
            self._toggle(row)

    def _toggle(self, row: ClaimRow) -> None:
        """Show a cut value as a whole, or no longer."""
        width = self.list.viewport().width()
        if not row.open and not ClaimPicture(row, self._theme).is_cut(width):
            return
        self._open = self._open ^ {(row.token, row.claim.name)}
        number = self.list.rows.index(row)
        self.list.replace(number, replace(row, open=not row.open))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.list.viewport():
            wide = is_wide(self.list.viewport().width(), self._theme)
            if wide != self._wide:
                self._lay_out()
        return super().eventFilter(watched, event)
