"""Puts the window back where it was, as far as the screens still allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize

from loginwright_designer.preferences import WindowState

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_SIZE = QSize(1440, 900)
"""Of the window at the first start."""


def place_of(state: WindowState | None, screens: Sequence[QRect]) -> QRect:
    """Return where the window goes: wholly on the screen that it was mostly on.

    Args:
        state: As it was left; None at the first start.
        screens: The part of each screen that windows may use, the main one first.
    """
    if not screens:
        size = FIRST_SIZE if state is None else QSize(state.width, state.height)
        return QRect(QPoint(0, 0), size)
    if state is None:
        size = FIRST_SIZE.boundedTo(screens[0].size())
        wanted = QRect(QPoint(0, 0), size)
        wanted.moveCenter(screens[0].center())
        return wanted
    wanted = QRect(state.left, state.top, state.width, state.height)
    screen = max(screens, key=lambda area: _shared(area, wanted))
    size = wanted.size().boundedTo(screen.size())
    left = min(max(wanted.left(), screen.left()), screen.right() + 1 - size.width())
    top = min(max(wanted.top(), screen.top()), screen.bottom() + 1 - size.height())
    return QRect(QPoint(left, top), size)


def state_of(normal: QRect, *, maximized: bool) -> WindowState:
    """Return what is kept of a window's place.

    Args:
        normal: Where it is while it is not maximized.
        maximized: Whether it is.
    """
    return WindowState(
        left=normal.left(),
        top=normal.top(),
        width=max(normal.width(), 1),
        height=max(normal.height(), 1),
        maximized=maximized,
    )


def _shared(area: QRect, wanted: QRect) -> int:
    both = area.intersected(wanted)
    return both.width() * both.height() if both.isValid() else 0
