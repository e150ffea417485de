"""Draws the claims of a token: stacked in a narrow panel, in three columns in a wide one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt

from loginwright_designer.panels.inspector.row_look import EDGE, INDENT, Linkless, RowLook
from loginwright_designer.panels.inspector.row_values import ClaimHeads, ClaimRow, LeftOutRow
from loginwright_designer.panels.inspector.text_painting import (
    Ink,
    paint_line,
    paint_wrapped,
    text_width,
    wrapped_height,
)
from loginwright_designer.simulation.visible_text import visible, visible_line
from loginwright_designer.theme.marks import State, paint_mark
from loginwright_designer.theme.roles import Role, TextStyle
from loginwright_designer.theme.shapes import paint_edge_bar
from loginwright_designer.theme.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter


translate = QCoreApplication.translate

WIDE = 560
"""From which width on claims stand in three columns."""
_LINE = 18


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the three columns begin, and where the last ends."""

    name: float
    value: float
    by: float
    right: float


def is_wide(width: float, theme: Theme) -> bool:
    """Tell whether there is room for three columns."""
    return width >= theme.px(WIDE)


def _columns(rect: QRectF, theme: Theme) -> _Columns:
    left, right = rect.left() + theme.px(EDGE), rect.right() - theme.px(EDGE)
    width = right - left
    return _Columns(left, left + width * 0.375, left + width * 0.69, right)


def _span(left: float, right: float, top: float, height: float) -> QRectF:
    return QRectF(left, top, max(right - left, 1), height)


@dataclass(frozen=True, slots=True)
class ClaimHeadsPicture(Linkless):
    """Draws what the columns are called."""

    row: ClaimHeads
    theme: Theme

    def height(self, width: float) -> float:
        """Return 28; nothing in a narrow panel, which has no columns."""
        return self.theme.px(28)

    def paint(self, painter: QPainter, rect: QRectF, look: RowLook) -> None:
        """Paint three words and a line under them."""
        theme, columns = self.theme, _columns(rect, self.theme)
        ink = Ink(TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        gap = theme.px(8)
        words = (
            (columns.name, columns.value - gap, translate("Tokens", "Claim")),
            (columns.value, columns.by - gap, translate("Tokens", "Value")),
            (columns.by, columns.right, translate("Tokens", "Set by")),
        )
        for left, right, word in words:
            place = _span(left, right, rect.top(), rect.height() - 2)
            paint_line(painter, place, word, theme, ink)
        under = QRectF(columns.name, rect.bottom() - 2, columns.right - columns.name, 1)
        painter.fillRect(under, theme.colour(Role.SEPARATOR))


@dataclass(frozen=True, slots=True)
class ClaimPicture:
    """Draws a claim; one that an action set stands on the accent's tint."""

    row: ClaimRow
    theme: Theme

    def height(self, width: float) -> float:
        """Return as much as its lines take."""
        rect = QRectF(0, 0, width, 0)
        name, value, by = self._places(rect)
        return max(name.bottom(), value.bottom(), by.bottom()) + self._padding()

    def paint(self, painter: QPainter, rect: QRectF, look: RowLook) -> None:
        """Paint name, value and who set it."""
        theme, claim = self.theme, self.row.claim
        if claim.place is not None:
            self._paint_ground(painter, rect)
        name, value, by = self._places(rect)
        mono = Ink(TextStyle.VALUE, mode=Qt.TextElideMode.ElideMiddle)
        quiet = Ink(TextStyle.VALUE, self._name_role(rect))
        self._paint_text(painter, name, claim.name, quiet if claim.place is None else mono)
        self._paint_text(painter, value, claim.value, Ink(TextStyle.VALUE))
        if claim.place is None:
            if is_wide(rect.width(), theme):
                ink = Ink(TextStyle.SECONDARY, Role.TEXT_SECONDARY)
                paint_line(painter, by, claim.set_by, theme, ink)
            return
        link = Ink(TextStyle.SECONDARY, Role.ACCENT_TEXT, underlined=look.link_hovered)
        first = QRectF(by.left(), by.top(), by.width(), theme.px(_LINE))
        paint_line(painter, first, claim.set_by, theme, link)
        second = first.translated(0, theme.px(_LINE))
        ink = Ink(TextStyle.SECONDARY, Role.TEXT_SECONDARY)
        paint_line(painter, second, visible_line(claim.replaced), theme, ink)

    def link(self, rect: QRectF) -> QRectF:
        """Return where the words stand that lead to the code."""
        if self.row.claim.place is None:
            return QRectF()
        by = self._places(rect)[2]
        width = text_width(self.row.claim.set_by, self.theme, TextStyle.SECONDARY)
        return QRectF(by.left(), by.top(), min(width, by.width()), self.theme.px(_LINE))

    def is_cut(self, width: float) -> bool:
        """Tell whether there is more of it than fits into its lines."""
        name, value, _by = self._places(QRectF(0, 0, width, 0))
        claim = self.row.claim
        return any(
            text_width(visible_line(text), self.theme, TextStyle.VALUE) > place.width()
            for text, place in ((claim.name, name), (claim.value, value))
        )

    def _padding(self) -> float:
        return self.theme.px(8 if self.row.claim.place is not None else 3)

    def _name_role(self, rect: QRectF) -> Role:
        return Role.TEXT if is_wide(rect.width(), self.theme) else Role.TEXT_SECONDARY

    def _paint_text(self, painter: QPainter, place: QRectF, text: str, ink: Ink) -> None:
        if self.row.open:
            paint_wrapped(painter, place, visible(text), self.theme, ink, anywhere=True)
        else:
            paint_line(painter, place, visible_line(text), self.theme, ink)

    def _paint_ground(self, painter: QPainter, rect: QRectF) -> None:
        theme = self.theme
        side = theme.px(8)
        ground = rect.adjusted(side, 0, -side, -theme.px(4))
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Role.ACCENT_TINT))
        painter.drawRoundedRect(ground, theme.px(6), theme.px(6))
        painter.restore()
        bar = ground.adjusted(0, theme.px(8), 0, -theme.px(8))
        paint_edge_bar(painter, bar, theme, Role.ACCENT, 3)

    def _places(self, rect: QRectF) -> tuple[QRectF, QRectF, QRectF]:
        """Return where name, value, and who set it stand."""
        if is_wide(rect.width(), self.theme):
            return self._beside(rect)
        if self.row.claim.place is None:
            return self._on_one_line(rect)
        return self._stacked(rect)

    def _beside(self, rect: QRectF) -> tuple[QRectF, QRectF, QRectF]:
        columns, gap = _columns(rect, self.theme), self.theme.px(12)
        top = rect.top() + self._padding()
        lines = 1 if self.row.claim.place is None else 2
        by = _span(columns.by, columns.right, top, self.theme.px(_LINE) * lines)
        name = self._text(columns.name, columns.value - gap, top, self.row.claim.name)
        value = self._text(columns.value, columns.by - gap, top, self.row.claim.value)
        return name, value, by

    def _on_one_line(self, rect: QRectF) -> tuple[QRectF, QRectF, QRectF]:
        px = self.theme.px
        left, right = rect.left() + px(EDGE), rect.right() - px(EDGE)
        top, border = rect.top() + self._padding(), left + max(px(116), (right - left) * 0.36)
        name = self._text(left, border - px(8), top, self.row.claim.name)
        value = self._text(border, right, top, self.row.claim.value)
        return name, value, name

    def _stacked(self, rect: QRectF) -> tuple[QRectF, QRectF, QRectF]:
        px = self.theme.px
        left, right = rect.left() + px(EDGE), rect.right() - px(EDGE)
        name = self._text(left, right, rect.top() + self._padding(), self.row.claim.name)
        value = self._text(left, right, name.bottom(), self.row.claim.value)
        return name, value, _span(left, right, value.bottom(), px(_LINE) * 2)

    def _text(self, left: float, right: float, top: float, text: str) -> QRectF:
        line = float(self.theme.px(_LINE))
        if self.row.open:
            width = max(right - left, 1)
            style = TextStyle.VALUE
            whole = wrapped_height(visible(text), width, self.theme, style, anywhere=True)
            line = max(line, whole)
        return _span(left, right, top, line)


@dataclass(frozen=True, slots=True)
class LeftOutPicture:
    """Draws what was left out, why, and who had asked."""

    row: LeftOutRow
    theme: Theme

    def height(self, width: float) -> float:
        """Return as much as its words take."""
        return self._words(QRectF(0, 0, width, 0)).bottom() + self.theme.px(_LINE + 8)

    def paint(self, painter: QPainter, rect: QRectF, look: RowLook) -> None:
        """Paint a mark, the reason, and the link."""
        theme = self.theme
        centre = QPointF(rect.left() + theme.px(EDGE + 8), rect.top() + theme.px(14))
        paint_mark(painter, centre, theme, State.WARNING)
        words = self._words(rect)
        message = visible(self.row.left_out.message)
        paint_wrapped(painter, words, message, theme, Ink(TextStyle.SECONDARY))
        link = Ink(TextStyle.SECONDARY, Role.ACCENT_TEXT, underlined=look.link_hovered)
        place = QRectF(words.left(), words.bottom(), words.width(), theme.px(_LINE))
        paint_line(painter, place, self.row.left_out.set_by, theme, link)

    def link(self, rect: QRectF) -> QRectF:
        """Return where the words stand that lead to the code."""
        words = self._words(rect)
        width = text_width(self.row.left_out.set_by, self.theme, TextStyle.SECONDARY)
        return QRectF(words.left(), words.bottom(), width, self.theme.px(_LINE))

    def _words(self, rect: QRectF) -> QRectF:
        px = self.theme.px
        left, right = rect.left() + px(INDENT), rect.right() - px(EDGE)
        message = visible(self.row.left_out.message)
        height = wrapped_height(message, right - left, self.theme, TextStyle.SECONDARY)
        return _span(left, right, rect.top() + px(6), height)
