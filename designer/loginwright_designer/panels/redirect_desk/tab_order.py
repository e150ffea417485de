"""The order in which Tab goes through a page whose rows come and go: as they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from loginwright_designer.controls.layout_parts import widgets_in

if TYPE_CHECKING:
    from collections.abc import Iterator


def drawn_order(page: QWidget) -> list[QWidget]:
    """Return what takes the keyboard in a page, in the order of its layouts."""
    return [widget for widget in _below(page) if _takes_tab(widget)]


def go_on(page: QWidget, now: QWidget | None, *, forward: bool) -> bool:
    """Give the keyboard to the next widget of a page, or to what follows the page.

    Args:
        page: Whose layouts say the order.
        now: What has the keyboard.
        forward: Tab, not Shift+Tab.

    Returns:
        False where nothing else takes the keyboard.
    """
    order = drawn_order(page)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    if now is not None and now in order:
        index = order.index(now) + (1 if forward else -1)
        wanted = order[index] if 0 <= index < len(order) else _outside(page, forward=forward)
    else:
        wanted = order[0 if forward else -1] if order else None
    if wanted is None and order:
        wanted = order[0 if forward else -1]
    if wanted is None:
        return False
    wanted.setFocus(reason)
    return True


def _outside(page: QWidget, *, forward: bool) -> QWidget | None:
    """Return what Qt's own chain has behind the page, or before it."""
    one = page.nextInFocusChain() if forward else page.previousInFocusChain()
    while one is not None and one is not page:
        if not page.isAncestorOf(one) and _takes_tab(one):
            return one
        one = one.nextInFocusChain() if forward else one.previousInFocusChain()
    return None


def _below(widget: QWidget) -> Iterator[QWidget]:
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    if inner is not None:
        yield from _below(inner)
    layout = widget.layout()
    if layout is not None:
        for part in widgets_in(layout):
            yield part
            yield from _below(part)


def _takes_tab(widget: QWidget) -> bool:
    policy = widget.focusPolicy()
    return bool(policy & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
