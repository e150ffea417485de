"""The side panel of secrets: each with its value behind dots, and where values are kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import IconLabel, text_label
from loginwright_designer.controls.rows import EmptyState, Separator
from loginwright_designer.controls.secret_entry import ask_for_env_file
from loginwright_designer.controls.turning_rows import set_stacked
from loginwright_designer.document.keyring_store import InKeyring
from loginwright_designer.document.secret_wishes import EnvWish, SecretWish
from loginwright_designer.document.secret_words import keeping_words
from loginwright_designer.panels.secrets.secret_row_view import SecretRowView
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from loginwright_designer.document.keyring_store import Keeping
    from loginwright_designer.document.secret_facts import SecretFacts
    from loginwright_designer.document.secret_map import SecretRow
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate


class SecretsPanel(QFrame):
    """A page of the side panel; its header is the window's.

    No value is kept here: it is asked for while somebody holds the key or the button that shows
    it, and what is typed goes with the signal.

    Args:
        theme: Colours, fonts and zoom.
        reveal: Returns the value of a secret, None where it has none.
        facts_of: Returns what may be shown of a value that is being typed.
        parent: Qt's owner.
    """

    secret_saved = Signal(object)  # SecretSaved: a value was typed
    generate_requested = Signal(object)  # SecretWish: give it a random value
    forget_requested = Signal(object)  # SecretWish: remove its value
    copy_requested = Signal(object)  # SecretWish: put its value on the clipboard for a minute
    env_requested = Signal(object)  # EnvWish: take values from a file
    declare_requested = Signal()  # declare one more
    fix_requested = Signal(object)  # MapFix
    place_opened = Signal(object)  # SourcePlace

    def __init__(
        self,
        theme: Theme,
        reveal: Callable[[str], str | None],
        facts_of: Callable[[str], SecretFacts],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reveal = reveal
        self._facts_of = facts_of
        self._views: dict[str, SecretRowView] = {}
        self._lines: list[Separator] = []
        self.setProperty("ground", "surface")
        self.setAccessibleName(translate("Secrets", "Secrets"))
        self.env_button = Button(theme, translate("Secrets", "From .env…"))
        self.declare_button = Button(theme, translate("Secrets", "Declare…"))
        self.declare_button.setAccessibleName(translate("Secrets", "Declare a secret…"))
        self.empty = EmptyState(
            theme,
            "lock-keyhole",
            "",
            "",
            translate("Secrets", "Declare a secret…"),
        )
        self.show_whether_read(read=True)
        self._put_together()
        self._connect()
        self._fit()
        self.show_secrets(())

    def show_secrets(self, rows: tuple[SecretRow, ...]) -> None:
        """Show secrets; a value that is being typed stays where its secret stays."""
        names = [row.name for row in rows]
        if names == list(self._views):
            for row in rows:
                self._views[row.name].show_row(row)
        else:
            self._lay_out(rows)
        self._set_tab_order()
        self._pages.setCurrentIndex(1 if rows else 0)
        self.env_button.setEnabled(any(row.declared_by for row in rows))
        button = self.env_button if self.env_button.isEnabled() else self.declare_button
        self.setFocusProxy(next(iter(self.views), button))

    def show_whether_read(self, *, read: bool) -> None:
        """Say that there are no secrets, or that nobody knows: the flow could not be read."""
        title = translate("Secrets", "No action needs a secret")
        text = translate("Secrets", "A secret is a value that code reads and no file holds.")
        if not read:
            title = translate("Secrets", "The flow's secrets are not known")
            text = translate("Secrets", "They stand here once its file can be read.")
        self.empty.show_texts(title, text)
        if self.empty.button is not None:
            self.empty.button.setVisible(read)

    def show_keeping(self, keeping: Keeping) -> None:
        """Show where values are kept, and say so where it is in memory only."""
        safe = isinstance(keeping, InKeyring)
        self._keeping.setText(keeping_words(keeping))
        self._keeping_icon.show_icon("lock-keyhole" if safe else "info")

    @property
    def views(self) -> tuple[SecretRowView, ...]:
        """The rows, from the top."""
        return tuple(self._views.values())

    def focus_first(self) -> None:
        """Put the keyboard on the first secret."""
        first = next(iter(self._views.values()), None)
        target: QWidget | None = self.empty.button if first is None else first
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_secret(self, name: str) -> None:
        """Put the keyboard on a secret; nothing where it is not shown."""
        view = self._views.get(name)
        if view is not None:
            view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._area.ensureWidgetVisible(view)

    def ask_for_env_file(self) -> None:
        """Let somebody name a ``.env`` file; does not wait for the answer."""
        ask_for_env_file(self, self._on_env_chosen)

    def _put_together(self) -> None:
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.addWidget(self.env_button)
        self._bar.addWidget(self.declare_button)
        self._bar.addStretch(1)
        content = QWidget()
        self._list = QVBoxLayout(content)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(content)
        for ground in (content, self._area.viewport()):
            ground.setAutoFillBackground(False)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._area)
        self._keeping_icon = IconLabel(self._theme, "info", size=16)
        quiet = Role.TEXT_SECONDARY
        self._keeping = text_label("", TextStyle.SECONDARY, quiet, wrap=True)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._keeping_icon, 0, Qt.AlignmentFlag.AlignTop)
        self._foot.addWidget(self._keeping, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._bar)
        rows.addWidget(self._pages, 1)
        rows.addWidget(Separator())
        rows.addLayout(self._foot)

    def _connect(self) -> None:
        self.env_button.clicked.connect(lambda _on=False: self.ask_for_env_file())
        self.declare_button.clicked.connect(lambda _on=False: self.declare_requested.emit())
        self.empty.offered.connect(self.declare_requested)
        self._theme.theme_changed.connect(self._fit)

    def _lay_out(self, rows: tuple[SecretRow, ...]) -> None:
        """Put rows in their order; those of secrets that stay are kept, with what is typed."""
        kept, self._views = self._views, {}
        for line in self._lines:
            self._list.removeWidget(line)
            line.deleteLater()
        self._lines = []
        for number, row in enumerate(rows):
            view = kept.pop(row.name, None)
            if view is None:
                view = self._made(row)
            else:
                self._list.removeWidget(view)
                view.show_row(row)
            line = Separator()
            self._views[row.name] = view
            self._lines.append(line)
            self._list.insertWidget(2 * number, view)
            self._list.insertWidget(2 * number + 1, line)
        for gone in kept.values():
            gone.editing.entry.wipe()
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def _made(self, row: SecretRow) -> SecretRowView:
        view = SecretRowView(self._theme, row, self._reveal, self._facts_of)
        view.saved.connect(self.secret_saved)
        view.commanded.connect(partial(self._on_commanded, row.name))
        view.moved.connect(partial(self._on_moved, row.name))
        view.fixed.connect(self.fix_requested)
        view.opened.connect(self.place_opened)
        return view

    def _set_tab_order(self) -> None:
        """Let Tab go down the rows, whenever their parts were made."""
        before: QWidget = self.declare_button
        for view in self._views.values():
            for stop in view.tab_stops():
                QWidget.setTabOrder(before, stop)
                before = stop

    def _on_commanded(self, name: str, command: str) -> None:
        if command == "env":
            self.ask_for_env_file()
            return
        signals = {
            "generate": self.generate_requested,
            "forget": self.forget_requested,
            "copy": self.copy_requested,
        }
        signals[command].emit(SecretWish(name))

    def _on_moved(self, name: str, step: int) -> None:
        names = list(self._views)
        number = names.index(name) + step
        if 0 <= number < len(names):
            self.focus_secret(names[number])

    def _on_env_chosen(self, path: Path) -> None:
        self.env_requested.emit(EnvWish(path))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn_bar()

    def _turn_bar(self) -> None:
        """Put the buttons below each other where their words have no room beside each other."""
        wanted = self.env_button.sizeHint().width() + self.declare_button.sizeHint().width()
        wanted += self._theme.px(2 * 16 + 8)
        set_stacked(self._bar, stacked=self.width() < wanted)

    def _fit(self) -> None:
        self._turn_bar()
        theme = self._theme
        side, gap = theme.px(16), theme.px(8)
        self._bar.setContentsMargins(side, theme.px(12), side, gap)
        self._bar.setSpacing(gap)
        self._foot.setContentsMargins(side, gap, side, theme.px(12))
        self._foot.setSpacing(gap)
