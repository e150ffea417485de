"""Paints what a flow without actions offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt

from loginwright_designer.theme.marks import State, paint_mark
from loginwright_designer.theme.roles import Role, TextStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from loginwright_designer.theme.theme import Theme

translate = QCoreApplication.translate

_MARK = 18
_MOST = 400
"""As wide as a lane is at most (mocks/notes.md, "Geometry")."""


def empty_words() -> str:
    """Say how a first action gets into a flow."""
    return translate(
        "Lane", "Paste an action, drop a file, or pick one from the library. Ctrl+V pastes."
    )


def paint_offer(painter: QPainter, below: QRectF, theme: Theme) -> None:
    """Paint the one sentence that an empty lane says, under its pills.

    Args:
        painter: Where.
        below: What is left under the lane.
        theme: Its colours.
    """
    room = theme.px(16)
    place = below.adjusted(room, 0, -room, 0)
    painter.setFont(theme.font(TextStyle.BODY))
    painter.setPen(theme.colour(Role.TEXT_SECONDARY))
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.drawText(place, flags, empty_words())


def paint_unread(painter: QPainter, room: QRectF, words: tuple[str, str], theme: Theme) -> None:
    """Paint what is wrong, in place of a lane, where nothing of the flow could be read.

    Args:
        painter: Where.
        room: All of the canvas.
        words: A title and a text.
        theme: Its colours.
    """
    title, text = words
    width = min(room.width() - theme.px(32), theme.px(_MOST))
    left = room.center().x() - width / 2
    top = room.top() + theme.px(16)
    mark, gap = theme.px(_MARK), theme.px(12)
    strong = theme.fonts.metrics(TextStyle.BODY_STRONG)
    line = QRectF(left + mark + gap, top, width - mark - gap, strong.height())
    paint_mark(painter, QPointF(left + mark / 2, line.center().y()), theme, State.ERROR, _MARK)
    painter.setFont(theme.font(TextStyle.BODY_STRONG))
    painter.setPen(theme.colour(Role.TEXT))
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
    below = QRectF(line.left(), line.bottom() + theme.px(4), line.width(), room.bottom() - top)
    painter.setFont(theme.font(TextStyle.BODY))
    painter.setPen(theme.colour(Role.TEXT_SECONDARY))
    painter.drawText(below, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, text)
