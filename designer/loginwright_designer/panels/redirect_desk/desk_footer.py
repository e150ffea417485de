"""The desk's last row: the real site, pasting, code for the site, drills, and Send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from loginwright_designer.controls.buttons import Button
from loginwright_designer.panels.redirect_desk.desk_signals import DrillWish
from loginwright_designer.panels.redirect_desk.wrapping_row import WrappingRow
from loginwright_designer.simulation.drill_words import drill_name
from loginwright_designer.simulation.drills import Drill

if TYPE_CHECKING:
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class DeskFooter(QFrame):
    """What can be done with an answer.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    drill_requested = Signal(object)  # DrillWish: one drill, or all
    code_requested = Signal(str)  # "html", "node" or "python" is to be copied

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top")
        words = translate
        self.real_site = Button(
            theme, words("RedirectDesk", "Open real site"), icon="external-link"
        )
        self.paste = Button(theme, words("RedirectDesk", "Paste reply…"), icon="clipboard-paste")
        self.code = Button(theme, words("RedirectDesk", "Site code"), icon="code")
        self.drills = Button(theme, words("RedirectDesk", "Drills"))
        self.send = Button(
            theme,
            words("RedirectDesk", "Send"),
            kind="outlined",
            icon="send",
            shortcut="Ctrl+Enter",
        )
        self.code.setMenu(self._code_menu())
        self.drills.setMenu(self._drill_menu())
        self.row = WrappingRow(self, push_last=True)
        for button in (self.real_site, self.paste, self.code, self.drills, self.send):
            self.row.add(button)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def open_code_menu(self) -> None:
        """Offer code for the site."""
        self.code.setFocus()
        self.code.showMenu()

    def show_code(self, *, token: bool) -> None:
        """Offer code that makes a token, where one is asked for."""
        for action in (self.node_action, self.python_action):
            action.setEnabled(token)

    def show_send(self, *, enabled: bool, reason: str) -> None:
        """Let it be sent, or say why it cannot be."""
        self.send.setEnabled(enabled)
        self.send.setToolTip(reason)
        self.send.setAccessibleDescription(reason)

    def _code_menu(self) -> QMenu:
        menu = QMenu(self.code)
        kinds = (
            ("html", translate("RedirectDesk", "Copy the HTML form")),
            ("node", translate("RedirectDesk", "Copy the code for Node")),
            ("python", translate("RedirectDesk", "Copy the code for Python")),
        )
        actions = [menu.addAction(words) for _key, words in kinds]
        for (key, _words), action in zip(kinds, actions, strict=True):
            action.triggered.connect(lambda _on, kind=key: self.code_requested.emit(kind))
        _form, self.node_action, self.python_action = actions
        return menu

    def _drill_menu(self) -> QMenu:
        menu = QMenu(self.drills)
        every = menu.addAction(translate("RedirectDesk", "Run all"))
        every.triggered.connect(lambda _on: self.drill_requested.emit(DrillWish()))
        menu.addSeparator()
        for drill in Drill:
            action = menu.addAction(drill_name(drill))
            action.triggered.connect(
                lambda _on, one=drill: self.drill_requested.emit(DrillWish(one))
            )
        return menu

    def _fit(self) -> None:
        theme = self._theme
        self.row.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        self.row.setSpacing(theme.px(8))
