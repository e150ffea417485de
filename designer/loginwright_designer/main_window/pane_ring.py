"""Takes the keyboard round the panes with F6, and keeps it from getting lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from weakref import ref

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from loginwright_designer.code_editor.announcement import announce


@dataclass(frozen=True, slots=True)
class RingPane:
    """One stop.

    Attributes:
        name: As it is announced.
        widget: What it consists of.
        first: Returns what takes the keyboard when nothing in the pane has had it yet; None
            leaves it to Tab's order.
        bring: Brings the pane to the front where it is a tab behind another; returns whether it
            can be seen then.
    """

    name: str
    widget: QWidget
    first: Callable[[], QWidget | None]
    bring: Callable[[], bool]


class PaneRing(QObject):
    """Knows the panes in their order, and what had the keyboard in each.

    Args:
        window: The window that the panes are in.
        panes: In the order of F6; those that are hidden, or where nothing takes the keyboard, are
            left out as long as that is so.
        fallback: Name of the pane that the keyboard goes to when the one that had it is hidden.
    """

    entered = Signal(object)  # str: the name of the pane that the keyboard came to

    def __init__(self, window: QWidget, panes: tuple[RingPane, ...], fallback: str) -> None:
        super().__init__(window)
        self._window = window
        self._panes = panes
        self._fallback = next(pane for pane in panes if pane.name == fallback)
        self._last: dict[str, ref[QWidget]] = {}
        self._pane: RingPane | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication), "widgets need one"
        application.focusChanged.connect(self._on_focus_changed)

    @property
    def names(self) -> tuple[str, ...]:
        """The panes that can be reached now, in order."""
        return tuple(pane.name for pane in self._panes if self._target(pane) is not None)

    @property
    def current(self) -> str:
        """The pane that has, or last had, the keyboard; empty before any."""
        return "" if self._pane is None else self._pane.name

    def go(self, step: int) -> None:
        """Give the keyboard to the next pane, or to the one before.

        Args:
            step: 1 or -1.
        """
        count = len(self._panes)
        focused = self._pane_of(QApplication.focusWidget()) or self._pane
        start = self._panes.index(focused) if focused is not None else -1 if step > 0 else 0
        for distance in range(1, count + 1):
            pane = self._panes[(start + step * distance) % count]
            if self._enter(pane, Qt.FocusReason.ShortcutFocusReason):
                return

    def focus(self, name: str) -> bool:
        """Give the keyboard to a pane, where it was in it last; return whether it could be done."""
        found = [pane for pane in self._panes if pane.name == name]
        return bool(found) and self._enter(found[0], Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Take the keyboard from what is hidden; Qt leaves it there while a pane goes or comes."""
        focused = self._window.focusWidget()
        if focused is None or focused.isVisibleTo(self._window):
            return
        pane = self._pane_of(focused)
        wanted = [self._fallback, *self._panes] if pane is None else [pane, self._fallback]
        for one in [*wanted, *self._panes]:
            target = self._target(one)
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _enter(self, pane: RingPane, reason: Qt.FocusReason) -> bool:
        if _alive(pane.widget) and not pane.widget.isVisibleTo(self._window) and not pane.bring():
            return False
        target = self._target(pane)
        if target is None:
            return False
        target.setFocus(reason)
        announce(pane.widget, pane.name)
        self.entered.emit(pane.name)
        return True

    def _target(self, pane: RingPane) -> QWidget | None:
        """Return what takes the keyboard in a pane: what had it last, else the first that can."""
        if not _alive(pane.widget) or not pane.widget.isVisibleTo(self._window):
            return None
        kept = self._last.get(pane.name)
        last = kept() if kept is not None else None
        if last is not None and _takes_focus(last) and pane.widget.isAncestorOf(last):
            return last
        first = pane.first()
        if first is not None and _takes_focus(first):
            return first
        return first_focusable(pane.widget)

    def _pane_of(self, widget: QWidget | None) -> RingPane | None:
        if widget is None:
            return None
        holding = [
            pane
            for pane in self._panes
            if _alive(pane.widget) and (pane.widget is widget or pane.widget.isAncestorOf(widget))
        ]
        return holding[-1] if holding else None

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Remember where the keyboard is; where it fell out of a pane, bring it back to it."""
        if not _alive(self._window):
            return
        if new is None:
            QTimer.singleShot(0, self, self._recover)
            return
        lost = old is not None and _alive(old) and not (old.isVisible() and old.isEnabled())
        left = self._pane_of(old) if lost else None
        pane = self._pane_of(new)
        if left is not None and pane is not left:
            target = self._target(left) or self._target(self._fallback)
            if target is not None and target is not new:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if pane is not None:
            self._pane = pane
            self._last[pane.name] = ref(new)

    def _recover(self) -> None:
        """Put the keyboard somewhere, if the window is in front and nothing has it."""
        if not self._window.isActiveWindow() or QApplication.focusWidget() is not None:
            return
        if QApplication.activePopupWidget() is not None:
            return
        wanted = [self._pane] if self._pane is not None else []
        for pane in [*wanted, *self._panes]:
            if self._target(pane) is not None:
                self._enter(pane, Qt.FocusReason.OtherFocusReason)
                return


def first_focusable(parent: QWidget) -> QWidget | None:
    """Return the first in Tab's order that takes the keyboard, None where nothing does."""
    if _takes_focus(parent):
        return parent
    current = parent.nextInFocusChain()
    while current is not None and current is not parent:
        if parent.isAncestorOf(current) and _takes_focus(current):
            return current
        current = current.nextInFocusChain()
    return None


def _takes_focus(widget: QWidget) -> bool:
    if not _alive(widget) or not widget.isEnabled() or not widget.isVisibleTo(widget.window()):
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _alive(widget: QWidget) -> bool:
    return bool(isValid(widget))
