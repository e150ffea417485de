"""The editor area: tabs of code, the redirect desk, and whatever else needs room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from loginwright_designer.controls.buttons import Button
from loginwright_designer.controls.labels import ElidedLabel, IconLabel
from loginwright_designer.controls.pane_header import HEIGHT
from loginwright_designer.controls.rows import EmptyState
from loginwright_designer.main_window.area_tabs import AreaTabs, TabLook
from loginwright_designer.main_window.pane_ring import first_focusable
from loginwright_designer.main_window.tab_key import TabKey
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loginwright_designer.theme.theme import Theme

__all__ = ["EditorArea", "TabKey"]

translate = QCoreApplication.translate


class EditorArea(QFrame):
    """Pages, each with a tab; it decides nothing about what is in them.

    Closing is asked for with ``close_requested`` and done with ``close``.

    Args:
        theme: The colours.
        parent: Qt's owner.
    """

    current_changed = Signal(object)  # TabKey | None: another page is in front
    close_requested = Signal(object)  # TabKey: the user wishes to close a page
    open_wanted = Signal()  # nothing is open, and the user wishes to choose what is
    restart_requested = Signal(object)  # TabKey: "Restart" under its tab was pressed

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: dict[TabKey, QWidget] = {}
        self._reduced = False
        self._claimed: Mapping[str, tuple[QKeySequence, ...]] = {}
        self.setProperty("ground", "surface")
        self.setAccessibleName(translate("EditorArea", "Editor"))
        self.tabs = AreaTabs(theme)
        self._note = ElidedLabel("", TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        self._header = _TabRow(self._make_room)
        self._header.setProperty("ground", "surface")
        self._header.setProperty("edge", "bottom")
        self._header_row = QHBoxLayout(self._header)
        self._header_row.addWidget(self.tabs, 1, Qt.AlignmentFlag.AlignBottom)
        self._header_row.addWidget(self._note)
        self._strip = _NoteStrip(theme)
        self._strip.restart.clicked.connect(self._on_restart)
        self._stack = QStackedWidget()
        self._empty = EmptyState(
            theme,
            "file-code",
            translate("EditorArea", "No page is open"),
            translate("EditorArea", "Choose a card and press Enter to see its code."),
            translate("EditorArea", "Open…"),
            "Ctrl+P",
        )
        self._empty.offered.connect(self.open_wanted)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._header, self._strip):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self._on_chosen)
        self.tabs.close_wanted.connect(self.close_requested)
        self._fit()
        self._show_strip()
        theme.theme_changed.connect(self._fit)

    @property
    def current(self) -> TabKey | None:
        """The page in front."""
        return self.tabs.current_key

    @property
    def keys(self) -> tuple[TabKey, ...]:
        """All pages in the order of their tabs."""
        return self.tabs.keys

    def has(self, key: TabKey) -> bool:
        """Whether there is such a page."""
        return key in self._pages

    def widget(self, key: TabKey) -> QWidget:
        """Return a page."""
        return self._pages[key]

    def title(self, key: TabKey) -> str:
        """Return a page's title."""
        return self.tabs.look(key).title

    def open(
        self, key: TabKey, widget: QWidget, title: str, icon: str, *, behind: bool = False
    ) -> None:
        """Put a page into the area, which owns it from then on.

        Args:
            key: Which; one that is open already only comes to the front.
            widget: What it shows.
            title: On its tab.
            icon: On its tab.
            behind: Leave another page in front.
        """
        if key not in self._pages:
            self._pages[key] = widget
            self._stack.addWidget(widget)
            self.tabs.add(key, TabLook(title, icon))
            if self.tabs.count() == 1:
                self._on_chosen(key)
        if not behind:
            self.tabs.choose(key)

    def bring(self, key: TabKey) -> None:
        """Bring a page to the front; the keyboard stays where it is."""
        self.tabs.choose(key)

    def focus(self, key: TabKey) -> None:
        """Bring a page to the front and give it the keyboard."""
        self.tabs.choose(key)
        self.focus_page()

    def focus_page(self) -> None:
        """Give the keyboard to the page in front, or to the tabs where there is none.

        While another pane stands in its place, the keyboard stays where it is.
        """
        if self.isVisibleTo(self.window()):
            (self.first() or self.tabs).setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget | None:
        """Return what takes the keyboard in the page in front."""
        page = self._stack.currentWidget()
        if page is None:
            return self.tabs if self._pages else None
        return page.focusProxy() or first_focusable(page)

    @override
    def close(self, key: TabKey | None = None) -> bool:
        """Take a page away and delete its widget; without a key as Qt closes a widget."""
        if key is None:
            return super().close()
        if key not in self._pages:
            return False
        had_focus = _holds_focus(self)
        page = self._pages.pop(key)
        self._stack.removeWidget(page)
        self.tabs.take(key)
        page.deleteLater()
        if had_focus:
            self.focus_page()
        return True

    def set_note(self, key: TabKey, text: str) -> None:
        """Say something under a tab, with "Restart" beside it; empty takes it away.

        Args:
            key: The page.
            text: "edited since this login began".
        """
        self.tabs.change(key, replace(self.tabs.look(key), note=text))
        self._show_strip()

    def set_right_note(self, text: str) -> None:
        """Say something at the right of the tabs: "As it ran · read only"."""
        self._note.setText(text)
        self._make_room()

    @property
    def right_note(self) -> str:
        """What stands at the right of the tabs."""
        return self._note.whole_text()

    def pulse(self, key: TabKey) -> None:
        """Call for attention on a page behind another, once."""
        if key != self.current:
            self.tabs.pulse(key, reduced=self._reduced)

    def set_reduced_motion(self, *, reduced: bool) -> None:
        """Let nothing move."""
        self._reduced = reduced

    def claim_keys(self, claimed: Mapping[str, tuple[QKeySequence, ...]]) -> None:
        """Leave keys to the pages of a kind while they have the keyboard.

        Args:
            claimed: Keys by a tab's kind; the window does not take them for its own commands.
        """
        self._claimed = claimed

    def ask_to_close(self) -> None:
        """Ask for the page in front to be closed, as the key for it does."""
        if self.current is not None:
            self.close_requested.emit(self.current)

    @override
    def event(self, event: QEvent) -> bool:
        """A key that a page answers itself is not taken for a command of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            page, key = self._stack.currentWidget(), self.current
            if key is not None and page is not None and _holds_focus(page):
                pressed = QKeySequence(event.keyCombination())
                if pressed in self._claimed.get(key.kind, ()):
                    event.accept()
                    return True
        return super().event(event)

    def _on_chosen(self, key: TabKey | None) -> None:
        page = self._empty if key is None else self._pages.get(key, self._empty)
        self._stack.setCurrentWidget(page)
        self._show_strip()
        self.current_changed.emit(key)

    def _on_restart(self) -> None:
        if self.current is not None:
            self.restart_requested.emit(self.current)

    def _show_strip(self) -> None:
        key = self.current
        text = "" if key is None or key not in self._pages else self.tabs.look(key).note
        self._strip.show_text(text)

    def _fit(self) -> None:
        px = self._theme.px
        self._header.setFixedHeight(px(HEIGHT))
        self._header_row.setContentsMargins(px(4), 0, px(16), 0)
        self._header_row.setSpacing(px(8))
        self._make_room()

    def _make_room(self) -> None:
        """Let the note give way where tabs would be cut for it: the status bar says it too."""
        around = self._header_row.contentsMargins()
        room = self._header.width() - around.left() - around.right() - self._header_row.spacing()
        room -= self.tabs.sizeHint().width()
        few = self._note.minimumSizeHint().width()
        self._note.setMaximumWidth(max(room, few))
        self._note.setVisible(bool(self.right_note) and room >= few)


class _TabRow(QFrame):
    """The row of the tabs; tells when it, or what stands in it, has another width."""

    def __init__(self, changed: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changed = changed

    @override
    def event(self, event: QEvent) -> bool:
        answer = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._changed()
        return answer


class _NoteStrip(QFrame):
    """One line under a tab: what is to be known of the page, and what can be done."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("ground", "info_tint")
        self.text = ElidedLabel("", TextStyle.SECONDARY)
        self.restart = Button(theme, translate("EditorArea", "Restart"), kind="link")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconLabel(theme, "history", Role.INFO, 16))
        self._row.addWidget(self.text, 0)
        self._row.addWidget(self.restart)
        self._row.addStretch(1)
        self._fit()
        theme.theme_changed.connect(self._fit)

    def show_text(self, text: str) -> None:
        self.text.setText(text)
        self.restart.setAccessibleDescription(text)
        self.setVisible(bool(text))

    def _fit(self) -> None:
        self._row.setContentsMargins(self._theme.px(16), 0, self._theme.px(16), 0)
        self._row.setSpacing(self._theme.px(8))


def _holds_focus(widget: QWidget) -> bool:
    focused = widget.window().focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))
