"""One secret in the panel: its value behind dots, who uses it, and what does not fit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from loginwright_designer.controls.buttons import Button, IconButton
from loginwright_designer.controls.labels import ElidedLabel
from loginwright_designer.controls.passing_menus import open_menu, open_menu_below
from loginwright_designer.document.secret_words import length_words
from loginwright_designer.panels.secrets.secret_editing import SecretEditing
from loginwright_designer.panels.secrets.secret_parts import (
    RowHead,
    findings_view,
    state_words,
    users_view,
    warnings_view,
)
from loginwright_designer.panels.secrets.value_face import BUTTON_SIDE, ValueFace
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_focus_ring

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QHideEvent, QPaintEvent

    from loginwright_designer.document.secret_facts import SecretFacts
    from loginwright_designer.document.secret_map import SecretRow
    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

SHOWN_MS = 10_000

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SecretRowView(QFrame):
    """Shows a ``SecretRow``; takes the keyboard as a whole, and its buttons one by one.

    Args:
        theme: Colours and fonts.
        row: What is shown.
        reveal: Returns the value; asked only when somebody wants to see it.
        facts_of: Returns what may be shown of a value that is being typed.
        parent: Qt's owner.
    """

    saved = Signal(object)  # SecretSaved
    commanded = Signal(str)  # "generate", "forget", "copy", "env"
    moved = Signal(int)  # to the next row, or with -1 to the one before
    fixed = Signal(object)  # MapFix
    opened = Signal(object)  # SourcePlace

    def __init__(
        self,
        theme: Theme,
        row: SecretRow,
        reveal: Callable[[str], str | None],
        facts_of: Callable[[str], SecretFacts],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = row
        self._reveal = reveal
        self._below: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._head = RowHead(theme)
        self.face = ValueFace(theme)
        show = translate("Secrets", "Show the value of {name} while held").format(name=row.name)
        self.eye = IconButton(
            theme, "eye", show, shortcut=translate("Secrets", "Space"), size=BUTTON_SIDE
        )
        more = translate("Secrets", "More for {name}").format(name=row.name)
        self.more_button = IconButton(theme, "ellipsis", more, size=BUTTON_SIDE)
        self.set_button = Button(theme, translate("Secrets", "Set value"), shortcut="Enter")
        self.set_button.setAccessibleName(
            translate("Secrets", "Set the value of {name}").format(name=row.name)
        )
        self.editing = SecretEditing(theme, row.name, facts_of)
        self._facts = ElidedLabel("", TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        self._shown_for = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._put_together()
        self._connect()
        self.show_row(row)
        self._fit()

    @property
    def row(self) -> SecretRow:
        """What is shown."""
        return self._row

    @property
    def is_editing(self) -> bool:
        """Whether a value is being typed."""
        return not self.editing.isHidden()

    def show_row(self, row: SecretRow) -> None:
        """Show what has become of the secret; what is being typed stays."""
        before, self._row = self._row, row
        if row.facts != before.facts:
            self.hide_value()
        self._head.show_row(row)
        self._facts.setText("" if row.facts is None else length_words(row.facts))
        said = (row.name, state_words(row), self._facts.whole_text())
        users = ", ".join(user.action for user in row.users)
        self.setAccessibleName(", ".join(filter(None, said)))
        self.setAccessibleDescription(
            translate("Secrets", "Used by {actions}").format(actions=users) if users else ""
        )
        self._show_parts()
        if self._below is None or row != before:
            self._show_below()

    def tab_stops(self) -> list[QWidget]:
        """Return what takes the keyboard in this row, in order."""
        editing = self.editing
        below = [] if self._below is None else self._below.findChildren(Button)
        return [
            self,
            editing.entry.field,
            editing.entry.eye,
            editing.generate_button,
            editing.save_button,
            editing.cancel_button,
            self.set_button,
            self.eye,
            self.more_button,
            *below,
        ]

    def edit(self) -> None:
        """Let somebody type another value."""
        if self._row.state == "undeclared":
            return
        self.hide_value()
        self.editing.show()
        self._show_parts()
        self.editing.entry.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop_editing(self) -> None:
        """Forget what was typed, and take the keyboard back."""
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and self.editing.isAncestorOf(focused)
        self.editing.entry.wipe()
        self.editing.hide()
        self._show_parts()
        if had_keyboard:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_value(self) -> None:
        """Show the value until ``hide_value``, or until the keyboard or the window goes."""
        if self._row.state == "set" and not self.is_editing:
            value = self._reveal(self._row.name)
            if value is not None:
                self.face.show_value(value)

    def show_for_a_while(self) -> None:
        """Show the value for 10 seconds."""
        self.show_value()
        if self.face.is_revealed:
            self._shown_for.start()

    def hide_value(self) -> None:
        """Show dots again."""
        self._shown_for.stop()
        if self.face.is_revealed:
            self.face.hide_value()

    def menu(self) -> QMenu:
        """Return the menu of the row."""
        menu = QMenu(self)
        is_set, declared = self._row.state == "set", self._row.state != "undeclared"
        edit = translate("Secrets", "Edit value") if is_set else translate("Secrets", "Set value")
        generate = translate("Secrets", "Generate 32 random bytes")
        entries = (
            (f"{edit}\tEnter", self.edit, declared),
            (translate("Secrets", "Show for 10 seconds"), self.show_for_a_while, is_set),
            (
                translate("Secrets", "Copy value, cleared after 60 s") + "\tCtrl+C",
                partial(self.commanded.emit, "copy"),
                is_set,
            ),
            (generate, partial(self.commanded.emit, "generate"), declared),
            (translate("Secrets", "From .env…"), partial(self.commanded.emit, "env"), declared),
            (translate("Secrets", "Remove value"), partial(self.commanded.emit, "forget"), is_set),
        )
        for text, what, possible in entries:
            action = menu.addAction(text)
            action.setEnabled(possible)
            action.triggered.connect(lambda _on=False, what=what: what())
        return menu

    @override
    def event(self, event: QEvent) -> bool:
        """Keep the row's own keys from the window's shortcuts, and hide with the window."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Copy) or _is_own(event):
                event.accept()
                return True
        elif kind == QEvent.Type.WindowDeactivate:
            self.hide_value()
        return bool(super().event(event))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide the value when the eye loses the keyboard while it is held."""
        if watched is self.eye and event.type() == QEvent.Type.FocusOut:
            self.hide_value()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if not self.hasFocus():
            super().keyPressEvent(event)  # of a button in it, which had no use for the key
        elif key in _ENTER:
            self.edit()
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.show_value()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif event.matches(QKeySequence.StandardKey.Copy):
            if self._row.state == "set":
                self.commanded.emit("copy")
        elif key == Qt.Key.Key_Escape and self.face.is_revealed:
            self.hide_value()
        else:
            super().keyPressEvent(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.hide_value()
        else:
            super().keyReleaseEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        open_menu(self.menu(), event.globalPos())

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hide_value()
        self.update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hide_value()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            inset = self._theme.px(8)
            ring = QRectF(self.rect()).adjusted(inset, inset / 2, -inset, -inset / 2)
            paint_focus_ring(painter, ring, self._theme.px(4), self._theme)
            painter.end()

    def _put_together(self) -> None:
        self._value_line = QHBoxLayout()
        self._value_line.addWidget(self.face, 1)
        self._value_line.addWidget(self.set_button)
        self._value_line.addStretch()
        self._value_line.addWidget(self.eye, 0, Qt.AlignmentFlag.AlignTop)
        self._value_line.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignTop)
        self._rows = QVBoxLayout(self)
        self._rows.addWidget(self._head)
        self._rows.addLayout(self._value_line)
        self._rows.addWidget(self.editing)
        self._rows.addWidget(self._facts)
        self.editing.hide()

    def _connect(self) -> None:
        self.eye.installEventFilter(self)
        self.eye.pressed.connect(self.show_value)
        self.eye.released.connect(self.hide_value)
        self.more_button.clicked.connect(self._on_more)
        self.set_button.clicked.connect(lambda _on=False: self.edit())
        self.editing.saved.connect(self._on_saved)
        self.editing.cancelled.connect(self.stop_editing)
        self.editing.generate_requested.connect(self._on_generate)
        self._shown_for.timeout.connect(self.hide_value)
        self._theme.theme_changed.connect(self._fit)

    def _show_parts(self) -> None:
        state, editing = self._row.state, self.is_editing
        self.face.setVisible(state == "set" and not editing)
        self.eye.setVisible(state == "set" and not editing)
        self.set_button.setVisible(state == "missing" and not editing)
        self.more_button.setVisible(state != "undeclared" and not editing)
        self._facts.setVisible(state == "set" and not editing)

    def _show_below(self) -> None:
        """Show anew who uses it and what does not fit."""
        if self._below is not None:
            self._rows.removeWidget(self._below)
            self._below.hide()
            self._below.deleteLater()
        below = QWidget()
        rows = QVBoxLayout(below)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self._theme.px(4))
        if self._row.facts is not None:
            rows.addWidget(warnings_view(self._theme, self._row.facts))
        rows.addWidget(users_view(self._theme, self._row, self.opened.emit))
        for finding in self._row.findings:
            rows.addWidget(findings_view(self._theme, finding, self.fixed.emit, self.opened.emit))
        self._below = below
        self._rows.addWidget(below)

    def _on_saved(self, saved: object) -> None:
        self.stop_editing()
        self.saved.emit(saved)

    def _on_generate(self) -> None:
        self.stop_editing()
        self.commanded.emit("generate")

    def _on_more(self) -> None:
        open_menu_below(self.menu(), self.more_button)

    def _fit(self) -> None:
        theme = self._theme
        side, gap = theme.px(16), theme.px(12)
        self._rows.setContentsMargins(side, gap, side, gap)
        self._rows.setSpacing(theme.px(4))
        self._value_line.setSpacing(theme.px(4))


def _is_own(event: QKeyEvent) -> bool:
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return plain == Qt.KeyboardModifier.NoModifier and event.key() in (*_ENTER, Qt.Key.Key_Space)
