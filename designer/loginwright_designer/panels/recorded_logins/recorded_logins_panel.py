"""The side panel of recorded logins: the list, and what can be done with each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QVBoxLayout, QWidget

from loginwright_designer.controls.buttons import Button, IconButton
from loginwright_designer.controls.pane_header import PaneHeader
from loginwright_designer.controls.passing_menus import (
    MenuEntry,
    menu_of,
    offer_menu,
    open_menu_below,
)
from loginwright_designer.controls.rows import EmptyState
from loginwright_designer.panels.recorded_logins.login_list import LoginList
from loginwright_designer.panels.recorded_logins.login_wish import LoginWish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loginwright_designer.simulation.recorded_rows import RecordedRow
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_TAB = "recorded"


class RecordedLoginsPanel(QFrame):
    """A page of the side panel.

    Args:
        theme: Colours, fonts and zoom; followed while they change.
        parent: Qt's owner.
    """

    opened = Signal(object)  # LoginWish: show it and step through it again
    saved = Signal(object)  # LoginWish: make a scenario of it
    kept = Signal(object)  # LoginWish: keep it in a file
    deleted = Signal(object)  # LoginWish; Undo is offered afterwards
    all_deleted = Signal()  # every one; Undo is offered afterwards
    trace_requested = Signal()  # open a trace file
    run_requested = Signal()  # there is none yet: run a login

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("ground", "surface")
        name = translate("RecordedLogins", "Recorded logins")
        self.setAccessibleName(name)
        self.header = PaneHeader(theme, name)
        self.header.add_tab(_TAB, name)
        self.header.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.header.tabs.setUsesScrollButtons(False)
        self.header.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.more_button = IconButton(
            theme, "ellipsis", translate("RecordedLogins", "More for recorded logins"), size=28
        )
        self.header.add_widget(self.more_button)
        self.list = LoginList(theme)
        self.open_button = Button(theme, translate("RecordedLogins", "Open"), shortcut="Enter")
        self.save_button = Button(
            theme, translate("RecordedLogins", "Save as scenario"), icon="file-plus"
        )
        self.trace_button = Button(
            theme, translate("RecordedLogins", "Open trace file…"), icon="folder-open"
        )
        self.empty = EmptyState(
            theme,
            "film",
            translate("RecordedLogins", "No recorded logins yet"),
            translate(
                "RecordedLogins", "Every login that ends is listed here, to step through again."
            ),
            translate("RecordedLogins", "Run"),
            "F5",
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.list)
        self._buttons = QVBoxLayout()
        for button in (self.open_button, self.save_button, self.trace_button):
            self._buttons.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.header)
        rows.addWidget(self._pages, 1)
        rows.addLayout(self._buttons)
        self._connect()
        self._fit()
        self.show_logins(())

    def show_logins(self, rows: Iterable[RecordedRow]) -> None:
        """Show the recorded logins, as ``recorded_rows`` returns them."""
        shown = tuple(rows)
        had_focus = self.list.hasFocus()
        self.list.show_rows(shown)
        self._pages.setCurrentIndex(1 if shown else 0)
        self.header.set_count(_TAB, len(shown) or None)
        self.more_button.setEnabled(bool(shown))
        self.open_button.setVisible(bool(shown))
        self.save_button.setVisible(bool(shown))
        if had_focus and not shown and self.empty.button is not None:
            self.empty.button.setFocus()

    @property
    def current_key(self) -> str | None:
        """Key of the current login, or None."""
        return self.list.current_key

    def row_menu(self) -> QMenu:
        """Return the menu of the current login."""
        row = self.list.rows.row_at(self.list.currentIndex())
        some, fresh = row is not None, row is not None and not row.kept
        keep = translate("RecordedLogins", "Keep on this computer, redacted")
        entries = (
            MenuEntry("open", translate("RecordedLogins", "Open"), "Enter", some),
            MenuEntry("save", translate("RecordedLogins", "Save as scenario"), possible=some),
            MenuEntry("keep", keep, possible=fresh),
            MenuEntry("delete", translate("RecordedLogins", "Delete"), "Del", some),
        )
        menu = menu_of(self, entries, self.do)
        menu.addSeparator()
        every = menu.addAction(translate("RecordedLogins", "Delete all"))
        every.triggered.connect(lambda _on=False: self.all_deleted.emit())
        return menu

    def do(self, command: str) -> None:
        """Wish something for the current login, by a key, a button or the menu."""
        key = self.current_key
        if key is None:
            return
        signals = {
            "open": self.opened,
            "save": self.saved,
            "keep": self.kept,
            "delete": self.deleted,
        }
        signals[command].emit(LoginWish(key))

    def _connect(self) -> None:
        self.empty.offered.connect(self.run_requested)
        self.open_button.clicked.connect(lambda _on=False: self.do("open"))
        self.save_button.clicked.connect(lambda _on=False: self.do("save"))
        self.trace_button.clicked.connect(lambda _on=False: self.trace_requested.emit())
        self.more_button.clicked.connect(self._on_more)
        self.list.key_pressed.connect(self.do)
        self.list.doubleClicked.connect(self._on_double_clicked)
        offer_menu(self.list, self.row_menu)
        self._theme.theme_changed.connect(self._fit)

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.do("open")

    def _on_more(self) -> None:
        open_menu_below(self.row_menu(), self.more_button)

    def _fit(self) -> None:
        theme = self._theme
        self._buttons.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        self._buttons.setSpacing(theme.px(8))
